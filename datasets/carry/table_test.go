package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/seeds"
)

// rates is a dataset with a category, a value and a limit.
var rates = datasets.Dataset{Columns: []datasets.Column{
	{Name: "area", Role: "area"}, {Name: "period", Role: "period"}, {Name: "group", Role: "category"}, {Name: "rate", Role: "value"},
	{Name: "lower", Role: "lower", Of: "rate"}, {Name: "rate_status", Role: "status", Of: "rate"},
}}

func TestTableSortsAndExplainsEmptyCells(t *testing.T) {
	t.Parallel()
	table := newTable(rates)
	for _, put := range []struct {
		at     place
		column string
		cell   cell
	}{
		{place{"E92000001", "2022/23", []string{"all"}}, "rate", cell{number: "5", status: " p"}},
		{place{"E06000034", "2022/23", []string{"all"}}, "lower", cell{number: "1", status: "u"}},
		{place{"E06000034", "2021/22", []string{"other"}}, "rate", cell{status: "c"}},
		{place{"E06000034", "2021/22", []string{"all"}}, "rate", cell{number: "2"}},
	} {
		if err := table.set(put.at, put.column, put.cell); err != nil {
			t.Fatal(err)
		}
	}
	got, err := table.csv()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"area,period,group,rate,lower,rate_status",
		"E06000034,2021/22,all,2,,",
		"E06000034,2021/22,other,,,c",
		"E06000034,2022/23,all,,1,x",
		"E92000001,2022/23,all,5,,p",
		"",
	}, "\n")
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestTableRefusesTwoFiguresForOnePlace(t *testing.T) {
	t.Parallel()
	table := newTable(rates)
	at := place{area: "E08000038", period: "2023", categories: []string{"all"}}
	if err := table.set(at, "rate", cell{number: "1"}); err != nil {
		t.Fatal(err)
	}
	if err := table.set(at, "rate", cell{number: "1"}); err != nil {
		t.Errorf("the same figure again: got %v, want no error", err)
	}
	if err := table.set(at, "rate", cell{number: "2"}); err == nil {
		t.Error("another figure: got no error, want one")
	}
}

func TestCarriedArea(t *testing.T) {
	t.Parallel()
	areas, faults := seeds.LoadAreas(seeds.Files(), "areas.csv")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for code, want := range map[string]string{
		"E06000034": "E06000034",
		"E08000016": "E08000038",
		"E10000023": "E06000065",
		"E06000028": "E06000028", // Bournemouth was joined with others, so it keeps its code
		"E92000001": "E92000001",
		"E12000006": "E12000006",
		"E07000066": "",
		"E13000001": "",
		"K02000001": "",
		"":          "",
	} {
		got, isCarried := carriedArea(code, areas)
		if !isCarried {
			got = ""
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", code, got, want)
		}
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	from := datasets.Dataset{Columns: []datasets.Column{{Name: "value", Role: "value"}, {Name: "flag", Role: "status", Of: "value"}}}
	p := part{
		Columns: map[string]string{"rate": "value", "lower": "value - 1"}, Categories: map[string]string{"group": "'all'"},
		Period: "ending(years)", Where: "measure = 'A'", Letters: map[string]string{"p": "years = '2025'"},
	}
	got, columns, err := p.query(rates, from)
	want := `SELECT area, ending(years), 'all', value - 1, coalesce('', '') || CASE WHEN (value - 1) IS NULL THEN '' ELSE '' || CASE WHEN years = '2025' THEN ' p' ELSE '' END END, ` +
		`value, coalesce("flag", '') || CASE WHEN (value) IS NULL THEN '' ELSE '' || CASE WHEN years = '2025' THEN ' p' ELSE '' END END FROM data WHERE measure = 'A'`
	if diff := cmp.Diff(want, got); diff != "" || err != nil || len(columns) != 2 || columns[0] != "lower" {
		t.Errorf("got the columns %v and %v (-want +got):\n%s", columns, err, diff)
	}
	if _, _, err := (part{Columns: p.Columns}).query(rates, from); err == nil {
		t.Error("without its category: got no error, want one")
	}
}
