package period_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/period"
)

var kinds = []period.Kind{
	period.Calendar, period.Academic, period.Financial, period.Quarter, period.Month, period.Months, period.Rolling, period.Pooled, period.Instant,
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind              period.Kind
		label, start, end string
		words             string
	}{
		{period.Calendar, "2023", "2023-01-01", "2023-12-31", "2023"},
		{period.Academic, "2022/23", "2022-09-01", "2023-08-31", "2022/23"},
		{period.Academic, "1999/00", "1999-09-01", "2000-08-31", "1999/00"},
		{period.Financial, "2022/23", "2022-04-01", "2023-03-31", "2022/23"},
		{period.Quarter, "2023-Q1", "2023-01-01", "2023-03-31", "2023-Q1"},
		{period.Quarter, "2024-Q4", "2024-10-01", "2024-12-31", "2024-Q4"},
		{period.Month, "2024-02", "2024-02-01", "2024-02-29", "February 2024"},
		{period.Month, "2023-12", "2023-12-01", "2023-12-31", "December 2023"},
		{period.Months, "Dec 2024 to Feb 2025", "2024-12-01", "2025-02-28", "December 2024 to February 2025"},
		{period.Months, "Mar 2025 to Mar 2025", "2025-03-01", "2025-03-31", "March 2025"},
		{period.Rolling, "Jul 2022 to Jun 2023", "2022-07-01", "2023-06-30", "July 2022 to June 2023"},
		{period.Rolling, "Jan 2024 to Dec 2024", "2024-01-01", "2024-12-31", "January to December 2024"},
		{period.Rolling, "Mar 2023 to Feb 2024", "2023-03-01", "2024-02-29", "March 2023 to February 2024"},
		{period.Pooled, "2020 to 2022", "2020-01-01", "2022-12-31", "2020 to 2022"},
		{period.Instant, "2026-01-01", "2026-01-01", "2026-01-01", "1 January 2026"},
		{period.Instant, "2024-02-29", "2024-02-29", "2024-02-29", "29 February 2024"},
	} {
		got, err := period.Parse(c.kind, c.label)
		want := period.Period{Label: c.label, Kind: c.kind, Start: c.start, End: c.end}
		if err != nil || got != want {
			t.Errorf("%s %q: got %+v and %v, want %+v", c.kind, c.label, got, err, want)
		}
		if got.Words() != c.words {
			t.Errorf("%s %q: got words %q, want %q", c.kind, c.label, got.Words(), c.words)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind  period.Kind
		label string
		want  string
	}{
		{"fortnight", "2023", `"fortnight" is not a kind of period`},
		{period.Calendar, "", `"" is not a calendar period: write it as 2023`},
		{period.Calendar, "23", `"23" is not a calendar period: write it as 2023`},
		{period.Calendar, " 2023", `" 2023" is not a calendar period: write it as 2023`},
		{period.Calendar, "2023\n", `"2023\n" is not a calendar period: write it as 2023`},
		{period.Academic, "202223", `"202223" is not an academic period: write it as 2022/23`},
		{period.Academic, "2022/24", `"2022/24" is not an academic period: write it as 2022/23`},
		{period.Financial, "2022-23", `"2022-23" is not a financial period: write it as 2022/23`},
		{period.Financial, "2022/2023", `"2022/2023" is not a financial period: write it as 2022/23`},
		{period.Quarter, "2023-Q5", `"2023-Q5" is not a quarter period: write it as 2023-Q1`},
		{period.Quarter, "2023 Q1", `"2023 Q1" is not a quarter period: write it as 2023-Q1`},
		{period.Month, "2023-13", `"2023-13" is not a month period: write it as 2023-03`},
		{period.Month, "2023-00", `"2023-00" is not a month period: write it as 2023-03`},
		{period.Month, "2023-3", `"2023-3" is not a month period: write it as 2023-03`},
		{period.Months, "December 2024 to February 2025", `write it as Dec 2024 to Feb 2025`},
		{period.Months, "Dec 2024-Feb 2025", `write it as Dec 2024 to Feb 2025`},
		{period.Months, "Foo 2024 to Feb 2025", `write it as Dec 2024 to Feb 2025`},
		{period.Months, "dec 2024 to feb 2025", `write it as Dec 2024 to Feb 2025`},
		{period.Months, "Feb 2025 to Dec 2024", `"Feb 2025 to Dec 2024" ends before it starts`},
		{period.Rolling, "Jul 2022 to Jul 2023", `is not a rolling period: write it as Jul 2022 to Jun 2023`},
		{period.Rolling, "Jul 2022 to May 2023", `is not a rolling period: write it as Jul 2022 to Jun 2023`},
		{period.Rolling, "2022", `is not a rolling period: write it as Jul 2022 to Jun 2023`},
		{period.Pooled, "2020-22", `"2020-22" is not a pooled period: write it as 2020 to 2022`},
		{period.Pooled, "2022 to 2020", `"2022 to 2020" ends before it starts`},
		{period.Instant, "2023-02-29", `"2023-02-29" is not an instant period: write it as 2026-01-01`},
		{period.Instant, "01/01/2026", `"01/01/2026" is not an instant period: write it as 2026-01-01`},
	} {
		got, err := period.Parse(c.kind, c.label)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: got %+v and %v, want an error that says %s", c.kind, c.label, got, err, c.want)
		}
	}
}

// label draws a written form of a kind, made from numbers and not by the package.
func label(t *rapid.T, kind period.Kind) string {
	year := rapid.IntRange(1900, 2098).Draw(t, "year")
	month := time.Month(rapid.IntRange(1, 12).Draw(t, "month"))
	start := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	span := func(months int) string {
		return start.Format("Jan 2006") + " to " + start.AddDate(0, months-1, 0).Format("Jan 2006")
	}
	switch kind {
	case period.Academic, period.Financial:
		return fmt.Sprintf("%d/%02d", year, (year+1)%100)
	case period.Quarter:
		return fmt.Sprintf("%d-Q%d", year, (month+2)/3)
	case period.Month:
		return start.Format("2006-01")
	case period.Months:
		return span(rapid.IntRange(1, 30).Draw(t, "months"))
	case period.Rolling:
		return span(12)
	case period.Pooled:
		return fmt.Sprintf("%d to %d", year, year+rapid.IntRange(0, 9).Draw(t, "years"))
	case period.Instant:
		return start.AddDate(0, 0, rapid.IntRange(0, 27).Draw(t, "day")).Format(time.DateOnly)
	}
	return fmt.Sprint(year)
}

// TestWrittenFormParsesBack holds every written form to its kind: it keeps its label, its days are inclusive, and the
// next period of the kind begins on the day after.
func TestWrittenFormParsesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		text := label(t, kind)
		got, err := period.Parse(kind, text)
		if err != nil {
			t.Fatalf("%s %q: got %v, want no error", kind, text, err)
		}
		start, errStart := time.Parse(time.DateOnly, got.Start)
		end, errEnd := time.Parse(time.DateOnly, got.End)
		if errStart != nil || errEnd != nil || end.Before(start) || got.Label != text || got.Kind != kind {
			t.Fatalf("%s %q: got %+v", kind, text, got)
		}
		if !got.EndDate().Equal(end) {
			t.Errorf("%q: got end date %v, want %v", text, got.EndDate(), end)
		}
		if kind == period.Instant {
			return
		}
		if next := end.AddDate(0, 0, 1); start.Day() != 1 || next.Day() != 1 {
			t.Errorf("%q: got %s to %s, want whole months", text, got.Start, got.End)
		}
		for _, other := range kinds {
			if again, err := period.Parse(other, text); err == nil && again.Start != got.Start && !twoReadings(kind, other) {
				t.Errorf("%q is %s and %s: got two readings", text, kind, other)
			}
		}
	})
}

// twoReadings are the years that share a written form; the dataset says which.
func twoReadings(a, b period.Kind) bool {
	years := []period.Kind{period.Academic, period.Financial}
	return slices.Contains(years, a) && slices.Contains(years, b)
}

func TestOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		first, errFirst := period.Parse(kind, label(t, kind))
		second, errSecond := period.Parse(kind, label(t, kind))
		if errFirst != nil || errSecond != nil {
			t.Fatal(errFirst, errSecond)
		}
		if first == second && (first.Before(second) || second.Before(first)) {
			t.Errorf("%q is before itself", first.Label)
		}
		if first != second && first.Before(second) == second.Before(first) {
			t.Errorf("%q and %q: got no order", first.Label, second.Label)
		}
		if first.End < second.End && (!first.Before(second) || first.Year() >= second.Year()) {
			t.Errorf("%q ends before %q: got Before %v, years %v and %v", first.Label, second.Label, first.Before(second), first.Year(), second.Year())
		}
		if first.Overlaps(second) != second.Overlaps(first) || !first.Overlaps(first) {
			t.Errorf("%q and %q: got an overlap one way only", first.Label, second.Label)
		}
		if first.End < second.Start && first.Overlaps(second) {
			t.Errorf("%q and %q do not overlap", first.Label, second.Label)
		}
	})
}

func TestAgeInMonths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind        period.Kind
		label, date string
		want        int
	}{
		{period.Calendar, "2023", "2024-12-31", 12},
		{period.Calendar, "2023", "2024-12-30", 11},
		{period.Calendar, "2023", "2023-12-31", 0},
		{period.Calendar, "2023", "2023-06-30", 0},
		{period.Calendar, "2023", "not a date", 0},
		// The last day of a shorter month completes the month.
		{period.Month, "2024-03", "2024-04-30", 1},
		{period.Month, "2023-12", "2024-02-29", 2},
		{period.Month, "2023-12", "2024-02-28", 1},
		{period.Months, "Dec 2024 to Feb 2025", "2025-03-27", 0},
		{period.Months, "Dec 2024 to Feb 2025", "2025-03-28", 1},
		{period.Instant, "2026-01-01", "2026-11-23", 10},
	} {
		parsed, err := period.Parse(c.kind, c.label)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.AgeInMonths(c.date); got != c.want {
			t.Errorf("%q on %s: got %d months, want %d", c.label, c.date, got, c.want)
		}
	}
}

func TestEmptyPeriod(t *testing.T) {
	t.Parallel()
	var empty period.Period
	got := fmt.Sprint(empty.Year(), empty.EndDate().IsZero(), empty.AgeInMonths("2026-01-01"), empty.Words() == "")
	if diff := cmp.Diff("0 true 0 true", got); diff != "" {
		t.Errorf("year, zero end, age, no words (-want +got):\n%s", diff)
	}
}

func TestYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind  period.Kind
		label string
		want  float64
	}{
		{period.Calendar, "2023", 1}, {period.Academic, "2022/23", 1}, {period.Pooled, "2020 to 2022", 3},
		{period.Pooled, "2020/21 to 2022/23", 3}, {period.Quarter, "2023-Q1", 0.25}, {period.Month, "2023-03", 1.0 / 12},
		{period.Rolling, "Jul 2022 to Jun 2023", 1}, {period.Instant, "2026-01-01", 0},
	} {
		p, err := period.Parse(c.kind, c.label)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Years(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: got %v years, want %v", c.label, got, c.want)
		}
	}
	if got := (period.Period{}).Years(); got != 0 {
		t.Errorf("no period: got %v, want 0", got)
	}
}
