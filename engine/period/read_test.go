package period_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/period"
)

// labels are the cases of testdata/labels.csv: labels seen in publishers' files, or documented by them, with what they
// mean there. The last column names the facts of the corpus that a case shows by hand.
func labels(t testing.TB) []map[string]string {
	t.Helper()
	file, err := os.Open("testdata/labels.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cases []map[string]string
	for _, record := range records[1:] {
		one := map[string]string{}
		for i, name := range records[0] {
			one[name] = record[i]
		}
		cases = append(cases, one)
	}
	return cases
}

func meaningOf(c map[string]string) period.Meaning {
	years, _ := strconv.Atoi(c["years"])
	shift, _ := strconv.Atoi(c["shift"])
	return period.Meaning{Kind: period.Kind(c["kind"]), Names: period.Part(c["names"]), Months: c["months"], Years: years, Shift: shift}
}

func TestRead(t *testing.T) {
	t.Parallel()
	used := map[period.Form]bool{}
	for _, c := range labels(t) {
		form := period.Form(c["form"])
		used[form] = true
		got, err := period.Read(form, c["label"], meaningOf(c))
		want := period.Reading{
			Period:  period.Period{Label: c["written"], Kind: period.Kind(c["kind"]), Start: c["start"], End: c["end"]},
			Letters: c["letters"], Note: c["note"],
		}
		if err != nil {
			t.Errorf("%s: %q as %s: %v", c["seen"], c["label"], form, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %q as %s (-want +got):\n%s", c["seen"], c["label"], form, diff)
		}
		if err := period.Usable(form, meaningOf(c)); err != nil {
			t.Errorf("%s: got the meaning refused: %v", c["seen"], err)
		}
	}
	for _, form := range period.Forms() {
		if !used[form] {
			t.Errorf("the form %s has no case in testdata/labels.csv", form)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	academic := period.Meaning{Kind: period.Academic}
	for _, c := range []struct {
		form    period.Form
		label   string
		meaning period.Meaning
		want    string
	}{
		{"roman", "MMXX", academic, `"roman" is not a form of periods`},
		{"", "2020-21", academic, `"2020-21" is not an academic period: write it as 2022/23`},
		{period.TimeIdentifier, "202021 Financial year", academic, `"202021 Financial year" is a financial period (2020/21), not an academic one`},
		{period.TimeIdentifier, "202022 Academic year", academic, `"202022 Academic year" is not written as 202021 Academic year`},
		{period.TimeIdentifier, "202021", academic, `"202021" is not written as 202021 Academic year`},
		{period.TimeIdentifier, "2021 Academic year", academic, `"2021 Academic year": Academic year stands behind two years, as in 202021`},
		{period.TimeIdentifier, "202021 Calendar year", academic, `"202021 Calendar year": Calendar year stands behind one year, as in 2021`},
		{period.TimeIdentifier, "202021 Lunar year", academic, `"202021 Lunar year": "Lunar year" is no time identifier`},
		{period.TimeIdentifier, "2021 M13", academic, `"2021 M13": "M13" is no time identifier`},
		{period.TimeIdentifier, "2021 W53", period.Meaning{Kind: period.Week}, `"2021 W53": 2021 has no week 53`},
		{period.TimeIdentifier, "2020/2021 TYQ1", period.Meaning{Kind: period.Tax}, `begins on the 6th of a month, which no written form holds`},
		{period.StartDuration, "2019-08-01/P1Y", period.Meaning{Kind: period.Calendar}, `is an academic period (2019/20), not a calendar one`},
		{period.StartDuration, "2019-08-15/P1Y", academic, `"2019-08-15/P1Y" is not written as 2019-08-01/P1Y`},
		{period.StartDuration, "2019-08-01/P", academic, `"2019-08-01/P" is not written as 2019-08-01/P1Y`},
		{period.StartDuration, "2019-13-01/P1Y", academic, `"2019-13-01/P1Y" is not written as 2019-08-01/P1Y`},
		{period.Year, "2019", academic, `say names: start or names: end`},
		{period.Year, "2019", period.Meaning{Kind: period.Rolling}, `say months, such as months: Dec to Feb`},
		{period.Year, "2019", period.Meaning{Kind: period.Months, Months: "Dec to Feb"}, `Dec to Feb lies in two years: say names: start or names: end`},
		{period.Year, "2019", period.Meaning{Kind: period.Months, Months: "winter"}, `months is "winter": write it as Dec to Feb`},
		{period.Year, "2019", period.Meaning{Kind: period.Pooled, Names: period.End}, `say years, such as years: 3`},
		{period.Year, "19", period.Meaning{Kind: period.Calendar}, `"19" is not written as 2021`},
		{period.Year, "2019 (x)", period.Meaning{Kind: period.Calendar}, `ends with the mark "x", which is none of p, prov,`},
		{period.SlashYears, "2021/22", period.Meaning{Kind: period.Calendar}, `say kind: academic, financial or tax`},
		{period.SlashYears, "2021/23", academic, `"2021/23" is not written as 2021/22`},
		{period.DashYears, "2014-16", academic, `"2014-16" is not written as 2016-17`},
		{period.PooledYears, "2016-16", period.Meaning{Kind: period.Pooled}, `"2016-16" is not written as 2014-16`},
		{period.PooledYears, "2013/15-15/16", period.Meaning{Kind: period.Pooled}, `"2013/15-15/16" is not written as 2014-16`},
		{period.Sortable, "20200100", period.Meaning{Kind: period.Calendar}, `"20200100" is not written as 20200000`},
		{period.Sortable, "20200000", period.Meaning{Kind: period.Pooled}, `say years, such as years: 3`},
		{period.MonthRange, "Jan 2018-Dec 2019", period.Meaning{Kind: period.Rolling}, `is a pooled period (2018 to 2019), not a rolling one`},
		{period.MonthRange, "Dec 2018-Jan 2018", period.Meaning{Kind: period.Rolling}, `is not written as Jan 2018-Dec 2018`},
		{period.MonthRange, "Foo 2018-Bar 2018", period.Meaning{Kind: period.Rolling}, `is not written as Jan 2018-Dec 2018`},
		{period.MonthDigits, "202021", period.Meaning{Kind: period.Month}, `"202021" is not written as 201805`},
		{period.YearEnding, "FYB 2015", period.Meaning{Kind: period.Financial}, `"FYB 2015" is not written as FYE 2015`},
		{period.Date, "2023-02-30", period.Meaning{Kind: period.Instant}, `"2023-02-30" is not written as 2023-04-19`},
		{period.Date, "2023-04-19", period.Meaning{Kind: period.Instant, Shift: 1}, `a day or a week cannot be moved by years`},
	} {
		got, err := period.Read(c.form, c.label, c.meaning)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: got %+v and %v, want an error that says %s", c.form, c.label, got, err, c.want)
		}
	}
}

func TestUsable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		form    period.Form
		meaning period.Meaning
		want    string
	}{
		{"", period.Meaning{Kind: period.Calendar}, ""},
		{"", period.Meaning{Kind: period.Calendar, Names: period.End}, "names has no use where the form is written"},
		{period.StartDuration, period.Meaning{Kind: period.Calendar, Years: 3}, "years has no use where the form is start-duration"},
		{period.StartDuration, period.Meaning{Kind: period.Calendar}, ""},
		{period.Year, period.Meaning{Kind: period.Calendar}, ""},
		{period.Year, period.Meaning{Kind: period.Academic}, "a single year can be the one in which an academic year starts or the one in which it ends: say names: start or names: end"},
		{"roman", period.Meaning{}, `"roman" is not a form of periods`},
	} {
		got := ""
		if err := period.Usable(c.form, c.meaning); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s, %+v: got %q, want %q", c.form, c.meaning, got, c.want)
		}
	}
}

// TestRollingYearsOverlap: quarterly releases of a rolling year are not independent, and say so. It shows
// period-nomis-overlap of the corpus's facts.csv.
func TestRollingYearsOverlap(t *testing.T) {
	t.Parallel()
	rolling := period.Meaning{Kind: period.Rolling}
	read := func(label string) period.Period {
		found, err := period.Read(period.MonthRange, label, rolling)
		if err != nil {
			t.Fatal(err)
		}
		return found.Period
	}
	first, next, apart := read("Jan 2018-Dec 2018"), read("Apr 2018-Mar 2019"), read("Jan 2019-Dec 2019")
	if !first.Overlaps(next) || first.Overlaps(apart) {
		t.Errorf("got overlaps %v and %v, want true and false", first.Overlaps(next), first.Overlaps(apart))
	}
}

// TestRareKindsParseBack holds the written forms of terms, tax years and weeks: they follow on one another without a
// gap, and the terms of a year fill it.
func TestRareKindsParseBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(1950, 2090).Draw(t, "year")
		split := func(year int) string { return fmt.Sprintf("%d/%02d", year, (year+1)%100) }
		parse := func(kind period.Kind, text string) period.Period {
			got, err := period.Parse(kind, text)
			if err != nil || got.Label != text || got.Kind != kind {
				t.Fatalf("%s %q: got %+v and %v", kind, text, got, err)
			}
			return got
		}
		follows := func(before, after period.Period) {
			if next := before.EndDate().AddDate(0, 0, 1).Format(time.DateOnly); next != after.Start {
				t.Errorf("%s ends on %s, %s starts on %s", before.Label, before.End, after.Label, after.Start)
			}
		}
		terms := []period.Period{
			parse(period.Term, split(year)+" autumn term"), parse(period.Term, split(year)+" spring term"), parse(period.Term, split(year)+" summer term"),
			parse(period.Term, split(year+1)+" autumn term"),
		}
		for i := range terms[1:] {
			follows(terms[i], terms[i+1])
		}
		follows(parse(period.Term, split(year)+" autumn and spring terms"), terms[2])
		follows(parse(period.Tax, split(year)), parse(period.Tax, split(year+1)))
		monday := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 364).Draw(t, "day"))
		isoYear, number := monday.ISOWeek()
		week := parse(period.Week, fmt.Sprintf("%d-W%02d", isoYear, number))
		if day := monday.Format(time.DateOnly); day < week.Start || day > week.End {
			t.Errorf("got %s to %s for %s, want %s inside", week.Start, week.End, week.Label, day)
		}
	})
}

// TestReadingIsWrittenForm: whatever is read stands in the written form of its kind, and moving a label by years and
// back leaves it.
func TestReadingIsWrittenForm(t *testing.T) {
	t.Parallel()
	cases := labels(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cases).Draw(t, "case")
		meaning := meaningOf(c)
		label := c["label"]
		got, err := period.Read(period.Form(c["form"]), label, meaning)
		if err != nil {
			t.Fatal(err)
		}
		again, err := period.Parse(got.Period.Kind, got.Period.Label)
		if err != nil || again != got.Period {
			t.Errorf("%q: got %+v, parsed back %+v and %v", label, got.Period, again, err)
		}
		by := rapid.IntRange(-20, 20).Draw(t, "shift")
		meaning.Shift += by
		moved, err := period.Read(period.Form(c["form"]), label, meaning)
		if period.Form(c["form"]) == period.Written || meaning.Kind == period.Instant || meaning.Kind == period.Week {
			return
		}
		if err != nil || moved.Period.EndDate().Year() != got.Period.EndDate().Year()+by {
			t.Errorf("%q moved by %d: got %+v and %v", label, by, moved.Period, err)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, c := range labels(f) {
		f.Add(c["form"], c["label"], c["kind"], c["names"], c["months"], 0, 0)
	}
	f.Fuzz(func(t *testing.T, form, label, kind, names, months string, years, shift int) {
		meaning := period.Meaning{Kind: period.Kind(kind), Names: period.Part(names), Months: months, Years: years % 100, Shift: shift % 100}
		got, err := period.Read(period.Form(form), label, meaning)
		if err != nil {
			return
		}
		if again, err := period.Parse(got.Period.Kind, got.Period.Label); err != nil || again != got.Period {
			t.Errorf("%q as %s: got %+v, parsed back %+v and %v", label, form, got.Period, again, err)
		}
	})
}

// FuzzForms reads any label in every form as every kind: what is read is a period of that kind, which its written form gives
// back.
func FuzzForms(f *testing.F) {
	for _, c := range labels(f) {
		f.Add(c["label"], c["names"], c["months"], int8(0), int8(0))
	}
	kinds := []period.Kind{
		"", period.Calendar, period.Financial, period.Academic, period.Quarter, period.Month, period.Months,
		period.Rolling, period.Pooled, period.Instant, period.Term, period.Tax, period.Week,
	}
	f.Fuzz(func(t *testing.T, label, names, months string, years, shift int8) {
		for _, form := range period.Forms() {
			for _, kind := range kinds {
				meaning := period.Meaning{Kind: kind, Names: period.Part(names), Months: months, Years: int(years), Shift: int(shift)}
				got, err := period.Read(form, label, meaning)
				if err != nil {
					if err.Error() == "" {
						t.Errorf("%q as %s of the kind %s: got an error without a word", label, form, kind)
					}
					continue
				}
				again, err := period.Parse(got.Period.Kind, got.Period.Label)
				if err != nil || again != got.Period || kind != "" && got.Period.Kind != kind {
					t.Errorf("%q as %s of the kind %s: got %+v, parsed back %+v and %v", label, form, kind, got.Period, again, err)
				}
				if strings.Trim(got.Letters, "pr ") != "" {
					t.Errorf("%q as %s: got the letters %q, want p and r at most", label, form, got.Letters)
				}
			}
		}
	})
}
