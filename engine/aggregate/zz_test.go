//go:build cgo

package aggregate_test

import (
	"fmt"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	s := open(t, 2)
	_ = s.Exec(t.Context(), "set memory_limit='2GB'")
	if err := s.Exec(t.Context(), "create table figures as select i as _row, 'E' || (i*7 % 155) as code, (2000 + i % 20)::varchar as year, case when hash(i)%2=0 then 'F' else 'M' end as sex, (hash(i) % 100)::bigint as n, (hash(i+1) % 2)::bigint as b, case when hash(i)%100 < 2 then 'p' end as n_status from range(5000000) r(i)"); err != nil {
		t.Fatal(err)
	}
	run := func(name, sql string) {
		best := time.Hour
		for k := range 2 {
			st := time.Now()
			if err := s.Create(t.Context(), fmt.Sprint(name, k), sql); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(st))
		}
		t.Log(name, best)
	}
	mask := "case n_status when 'c' then 1 when 'x' then 2 when 'z' then 4 when 'u' then 8 when 'low' then 16 when 'p' then 32 when 'r' then 64 when 'e' then 128 when 'b' then 256 end"
	var a, b, c, d, e, g string
	for k := range 20 {
		f := fmt.Sprintf("b = 1 and n > %d", k)
		a += fmt.Sprintf(", sum(n) filter (where %s)", f)
		b += fmt.Sprintf(", sum(n) filter (where %s), bit_or(coalesce(_s, 2)) filter (where (n is null) or ((%s) and n is null)), bit_or(_s) filter (where (%s) and n is not null and _s is not null)", f, f, f)
		c += fmt.Sprintf(", sum(n) filter (where %s), bit_or(coalesce(_s, 2)) filter (where n is null), bit_or(_s) filter (where _s is not null and n is not null and (%s) )", f, f)
		d += fmt.Sprintf(", sum(n) filter (where %s), min('x') filter (where (n is null) or ((%s) and n is null))", f, f)
		e += fmt.Sprintf(", sum(n) filter (where %s), bit_or(case when n is null or ((%s) and n is null) then coalesce(_s,2) end), bit_or(case when %s then _s end)", f, f, f)
		g += fmt.Sprintf(", sum(n) filter (where f%d), bit_or(coalesce(_s, 2)) filter (where n is null or (f%d and n is null)), bit_or(_s) filter (where f%d and n is not null)", k,k,k)
	}
	src := " from (select *, "+mask+" as _s from figures) group by code, year, sex"
	run("hand", "select code, year, sex"+a+" from figures group by all")
	run("mask", "select code, year, sex"+b+src)
	run("mask2", "select code, year, sex"+c+src)
	run("nostatus", "select code, year, sex"+d+src)
	run("case", "select code, year, sex"+e+src)
	fs := ""
	for k := range 20 { fs += fmt.Sprintf(", (b = 1 and n > %d) as f%d", k, k) }
	run("pre", "select code, year, sex"+g+" from (select *, "+mask+" as _s"+fs+" from figures) group by code, year, sex")
}
