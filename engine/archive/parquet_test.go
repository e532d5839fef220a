package archive_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/google/go-cmp/cmp"

	"levelfield/engine/archive"
	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
)

// resultsHeader is the header of results.csv in the contract of what a run writes.
const resultsHeader = "indicator,area,area_name,area_type,period,period_start,period_end,breakdown,category,numerator,denominator,value,lower95,upper95,lower998,upper998,unit,method,status,reason,warnings,dataset,snapshot"

func someValues(t *testing.T) []results.Value {
	t.Helper()
	parsed := func(kind period.Kind, label string) period.Period {
		p, err := period.Parse(kind, label)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	return []results.Value{
		{
			Indicator: "neet", Area: "E06000034", AreaName: "Thurrock", AreaType: "unitary authority",
			Period: parsed(period.Months, "Dec 2024 to Feb 2025"), Denominator: new(4421.5),
			Estimate: stats.Estimate{Value: new(3.8), Lower95: new(3.3), Upper95: new(4.4), Lower998: new(3.0), Upper998: new(4.8),
				Method: "Wilson score", Status: "r", Warnings: []string{"derived", "rounded, \"to one decimal\""}},
			Unit: "%", Dataset: "dfe-neet", Snapshot: "0123abcd",
		},
		{
			Indicator: "neet", Area: "E09000001", AreaName: "City of London", AreaType: "London borough",
			Period: parsed(period.Academic, "2022/23"), Breakdown: "sex", Category: "Ynys Môn",
			Estimate: stats.Missing("c", "fewer than five"), Unit: "%", Dataset: "dfe-neet", Snapshot: "0123abcd",
		},
		{
			Indicator: "pay", Area: "E92000001", AreaName: "England", AreaType: "country",
			Period: parsed(period.Calendar, "1969"), Numerator: new(0.0), Estimate: stats.Estimate{Value: new(math.SmallestNonzeroFloat64), Method: "published"},
			Unit: "£", Dataset: "ons-weekly-pay",
		},
	}
}

func TestParquetReadsBack(t *testing.T) {
	t.Parallel()
	data, err := archive.Parquet(results.Values{someValues(t)[:2], someValues(t)[2:]}, "Under a licence.")
	if err != nil {
		t.Fatal(err)
	}
	want := resultsHeader + `
neet,E06000034,Thurrock,unitary authority,Dec 2024 to Feb 2025,2024-12-01,2025-02-28,,,,4421.5,3.8,3.3,4.4,3,4.8,%,Wilson score,r,,"derived; rounded, ""to one decimal""",dfe-neet,0123abcd
neet,E09000001,City of London,London borough,2022/23,2022-09-01,2023-08-31,sex,Ynys Môn,,,,,,,,%,,c,fewer than five,,dfe-neet,0123abcd
pay,E92000001,England,country,1969,1969-01-01,1969-12-31,,,0,,5e-324,,,,,£,published,,,,ons-weekly-pay,
`
	if diff := cmp.Diff(want, readParquet(t, data)); diff != "" {
		t.Errorf("as CSV (-want +got):\n%s", diff)
	}
	reader, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := reader.MetaData().KeyValueMetadata().FindValue("rights"); got == nil || *got != "Under a licence." {
		t.Errorf("rights: got %v", got)
	}
}

func TestParquetOfNothing(t *testing.T) {
	t.Parallel()
	data, err := archive.Parquet(nil, "Under a licence.")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(resultsHeader+"\n", readParquet(t, data)); diff != "" {
		t.Errorf("as CSV (-want +got):\n%s", diff)
	}
}

func TestParquetIsTheSameBytes(t *testing.T) {
	t.Parallel()
	values := someValues(t)
	for range 10 {
		values = append(values, values...)
	}
	first, err := archive.Parquet(results.Values{values}, "Under a licence.")
	if err != nil {
		t.Fatal(err)
	}
	second, err := archive.Parquet(results.Values{values}, "Under a licence.")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("got other bytes the second time, want the same")
	}
	if got, want := strings.Count(readParquet(t, first), "\n"), len(values)+1; got != want {
		t.Errorf("got %d lines of %d values, want %d", got, len(values), want)
	}
}

func TestParquetRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*results.Value)
		want   string
	}{
		{"not a number", func(v *results.Value) { v.Upper998 = new(math.NaN()) }, "column upper998: neet, E06000034, Dec 2024 to Feb 2025: not a finite number"},
		{"infinite", func(v *results.Value) { v.Numerator = new(math.Inf(1)) }, "column numerator: neet, E06000034, Dec 2024 to Feb 2025: not a finite number"},
		{"suppressed", func(v *results.Value) { v.Status = "p c" }, "a suppressed value still holds a number"},
		{"no day", func(v *results.Value) { v.Period.End = "" }, `column period_end: neet, E06000034, Dec 2024 to Feb 2025: "" is not a day`},
	} {
		values := someValues(t)
		c.change(&values[0])
		if data, err := archive.Parquet(results.Values{values}, "Under a licence."); data != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %d bytes and %v, want an error that says %q", c.name, len(data), err, c.want)
		}
	}
}

// readParquet reads a file of results and writes it as results.csv would be.
func readParquet(t *testing.T, data []byte) string {
	t.Helper()
	reader, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}()
	width := reader.MetaData().Schema.NumColumns()
	rows := make([][]string, reader.NumRows()+1)
	for i := range width {
		rows[0] = append(rows[0], reader.MetaData().Schema.Column(i).Name())
	}
	for g := range reader.NumRowGroups() {
		group := reader.RowGroup(g)
		for i := range width {
			chunk, err := group.Column(i)
			if err != nil {
				t.Fatal(err)
			}
			for j, cell := range readChunk(t, chunk, group.NumRows()) {
				rows[j+1] = append(rows[j+1], cell)
			}
		}
	}
	var out strings.Builder
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func readChunk(t *testing.T, chunk file.ColumnChunkReader, rows int64) []string {
	t.Helper()
	cells := make([]string, rows)
	var total int64
	var err error
	switch chunk := chunk.(type) {
	case *file.Float64ColumnChunkReader:
		numbers, present := make([]float64, rows), make([]int16, rows)
		total, _, err = chunk.ReadBatch(rows, numbers, present, nil)
		for i, next := 0, 0; i < len(cells); i++ {
			if present[i] == 1 {
				cells[i] = strconv.FormatFloat(numbers[next], 'g', -1, 64)
				next++
			}
		}
	case *file.Int32ColumnChunkReader:
		days := make([]int32, rows)
		total, _, err = chunk.ReadBatch(rows, days, nil, nil)
		for i, day := range days {
			cells[i] = time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly)
		}
	case *file.ByteArrayColumnChunkReader:
		texts := make([]parquet.ByteArray, rows)
		total, _, err = chunk.ReadBatch(rows, texts, nil, nil)
		for i, text := range texts {
			cells[i] = string(text)
		}
	default:
		t.Fatalf("no reader for %T", chunk)
	}
	if err != nil || total != rows {
		t.Fatalf("read %d of %d cells: %v", total, rows, err)
	}
	return cells
}
