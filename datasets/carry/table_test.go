package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseKeepsNumbersAndMarkersApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]cell{
		"2.2000000000000002":    {number: "2.2"},
		"70.099999999999994":    {number: "70.1"},
		"7.0000000000000007E-2": {number: "0.07"},
		" 9.0 ":                 {number: "9"},
		"-0.05":                 {number: "-0.05"},
		"0":                     {number: "0"},
		"c":                     {status: "c"},
		"z":                     {status: "z"},
		"low":                   {status: "low"},
		"":                      {},
	} {
		got, err := statisticalMarkers.parse(text)
		if err != nil || got != want {
			t.Errorf("parse %q: got %+v and %v, want %+v", text, got, err, want)
		}
	}
	if got, err := statisticalMarkers.parse("~"); err == nil {
		t.Errorf("parse ~: got %+v, want an error", got)
	}
	if got, err := careLeaverMarkers.parse("k"); err != nil || got.status != "low" {
		t.Errorf("parse k: got %+v and %v, want status low", got, err)
	}
}

func TestLocalValueJoinsStatusAndNote(t *testing.T) {
	t.Parallel()
	note := "Estimate and confidence interval unreliable since the group sample size is small (3-9)"
	for _, test := range []struct {
		text, status, note string
		want               cell
	}{
		{"3.3", "", note, cell{number: "3.3", status: "u"}},
		{"", "x", note, cell{status: "x"}},
		{"", "u", "", cell{status: "u"}},
		{"na", "", "", cell{status: "x"}},
		{"12", "", "Obsolete code", cell{number: "12"}},
	} {
		got, err := localValue(test.text, test.status, test.note)
		if err != nil || got != test.want {
			t.Errorf("localValue %q %q: got %+v and %v, want %+v", test.text, test.status, got, err, test.want)
		}
	}
	if got, err := localValue("3", "w", ""); err == nil {
		t.Errorf("status w: got %+v, want an error", got)
	}
}

func TestTableSortsAndExplainsEmptyCells(t *testing.T) {
	t.Parallel()
	table := newTable([]string{"group"}, []column{{name: "rate"}, {name: "lower", limit: true}})
	for _, put := range []struct {
		at     place
		column string
		cell   cell
	}{
		{place{"E92000001", "2022/23", []string{"all"}}, "rate", cell{number: "5", status: "p"}},
		{place{"E06000034", "2022/23", []string{"all"}}, "lower", cell{number: "1"}},
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
	table := newTable(nil, values("rate"))
	at := place{area: "E08000038", period: "2023"}
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

func TestCurrentArea(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"E06000034 ": "E06000034",
		"E08000016":  "E08000038",
		"E10000023":  "E06000065",
		"E06000028":  "E06000028", // Bournemouth was joined with others, so it keeps its code
		"E92000001":  "E92000001",
		"E12000006":  "E12000006",
		"E07000066":  "",
		"E13000001":  "",
		"TLH32":      "",
		"K02000001":  "",
		"":           "",
	} {
		got, isCarried := currentArea(code)
		if !isCarried {
			got = ""
		}
		if got != want {
			t.Errorf("currentArea %q: got %q, want %q", code, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		read  periodOf
		label string
		want  string // empty where an error is wanted
	}{
		{"calendar", isoCalendarYear, "2023-01-01/P1Y", "2023"},
		{"calendar given academic", isoCalendarYear, "2023-08-01/P1Y", ""},
		{"academic", isoSplitYear, "2024-09-01/P1Y", "2024/25"},
		{"century", isoSplitYear, "1999-04-01/P1Y", "1999/00"},
		{"quarter", isoSplitYear, "2020-08-01/P3M", ""},
		{"six digits", sixDigitYears, "201718", "2017/18"},
		{"six digits out of step", sixDigitYears, "201719", ""},
		{"dashed", dashedSplitYear, "2017-18", "2017/18"},
		{"ending", splitYearEnding, "2025", "2024/25"},
		{"winter", winterEnding, "2025", "Dec 2024 to Feb 2025"},
		{"march", marchOf, "2025", "2025-03"},
		{"reference date", referenceMonth, "2025-04-30", "2025-04"},
		{"instant", isoInstant, "2026-01-01", "2026-01-01"},
		{"suffix", splitYearEnding, "2025 (prov)", ""},
	} {
		got, err := test.read(test.label)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: %q gave %q and %v, want %q", test.name, test.label, got, err, test.want)
		}
	}
}

func TestSurvivalHeaderIsChecked(t *testing.T) {
	t.Parallel()
	header := []string{"", "", "2021 Births", "1-year survival", "%", "2-year survival", "%", "3-year survival", "%", "4-year survival", "%", "5-year survival", "%"}
	row := []string{"E06000034 ", " Thurrock", "1115", "1035", "92.8", "765", "68.6", "610", "54.7", ":", ":", ":", ":"}
	table := newTable(nil, values("births", "survived_1", "survived_2", "survived_3", "survived_4", "survived_5"))
	if err := carrySurvival([][]string{{"title"}, header, row}, table); err != nil {
		t.Fatal(err)
	}
	got, err := table.csv()
	if err != nil {
		t.Fatal(err)
	}
	if want := "E06000034,2021,1115,1035,765,610,,,,,,,x,x\n"; !strings.HasSuffix(string(got), want) {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
	header[5] = "Two years"
	if err := carrySurvival([][]string{header, row}, table); err == nil {
		t.Error("a moved column: got no error, want one")
	}
}
