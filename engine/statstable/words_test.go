package statstable

import (
	"math"
	"strings"
	"testing"
)

func TestWhen(t *testing.T) {
	t.Parallel()
	const month = 1.0 / 12
	for _, c := range []struct {
		label          string
		middle, length float64
		is             bool
	}{
		// A year stands from its first month to its last: 2023 ends where 2024 begins.
		{"2023", 2023.5, 1, true},
		{"2022/23", 2022.75, 1, true},
		{"2023-Q1", 2023 + 1.5*month, 3 * month, true},
		{"2023-03", 2023 + 2.5*month, month, true},
		{"Jul 2022 to Jun 2023", 2023, 1, true},
		{"Dec 2024 to Feb 2025", 2025 + 0.5*month, 3 * month, true},
		{"2020 to 2022", 2021.5, 3, true},
		{"2020/21 to 2022/23", 2021.75, 3, true},
		{"2026-01-01", 2026 + month/31, 0, true},
		{"7", 7, 0, true},
		{"7.5", 7.5, 0, true},
		{"", 0, 0, false},
		{"lately", 0, 0, false},
		{"2022/24", 0, 0, false},
		{"NaN", 0, 0, false},
		{"1e999", 0, 0, false},
	} {
		middle, length, is := when(c.label)
		const remainder = 1e-9
		if is != c.is || math.Abs(middle-c.middle) > remainder || math.Abs(length-c.length) > remainder {
			t.Errorf("%q: got %v, %v, %v, want %v, %v, %v", c.label, middle, length, is, c.middle, c.length, c.is)
		}
	}
	first, week, is := when("2021-W05")
	second, _, _ := when("2021-W06")
	if !is || math.Abs(second-first-week) > 1e-9 {
		t.Errorf("two weeks: got %v and %v, %v long, want one after the other", first, second, week)
	}
}

func TestFaultsOfAllRowsAreFound(t *testing.T) {
	t.Parallel()
	text := "series,period,value,polarity,target,target_period,direction\n" +
		"A,2020,1,high,5,2028,at-least\nA,soon,1,low,6,someday,upwards\nB,2020,1,good,,,\n"
	for method, want := range map[string][]string{
		"spc":    {`period: "soon" is no period`, `polarity: is "good"`, `polarity: is "low", and "high" before in the same series`},
		"target": {`period: "soon" is no period`, `target_period: "someday" is no period`, `direction: is "upwards"`, `target: is "6", and "5" before`},
	} {
		m, _ := Find(method)
		table, err := m.Read("t.csv", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		o, err := m.Options(nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = m.Run(table, o)
		for _, words := range want {
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: got %v, want %q in it", method, err, words)
			}
		}
	}
}

func TestOptionsThatExcludeEachOther(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method string
		given  map[string]string
		want   string
	}{
		{"difference", map[string]string{"interval": "miettinen-nurminen", "correlation": "0.5"}, "takes no --correlation"},
		{"change", map[string]string{"interval": "miettinen-nurminen", "correlation": "0.5"}, "takes no --correlation"},
		{"difference", map[string]string{"correlation": "2"}, "a number from -1 to 1"},
		{"ratio", map[string]string{"confidence": "95"}, "a number between 0 and 1"},
		{"spc", map[string]string{"baseline": "6"}, "smaller than --minimum"},
		{"spc", map[string]string{"minimum": "2.5"}, "a whole number from 0"},
		{"trend", map[string]string{"rule": "some"}, "recent, all"},
	} {
		m, _ := Find(c.method)
		if _, err := m.Options(c.given, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %v: got %v, want %q in it", c.method, c.given, err, c.want)
		}
	}
}

func TestMarked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"": false, "0": false, "FALSE": false, "no": false, "1": true, "yes": true, "a new survey": true} {
		if got := marked(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
