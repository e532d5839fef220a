package indicators_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"levelfield/indicators"
)

func TestABareYearIsALabel(t *testing.T) {
	t.Parallel()
	for _, written := range []string{"2022", `"2022"`, "2021/22", "Dec 2021 to Feb 2022"} {
		text := head + "measure: {count: {value: v}}\nbaseline: " + written + "\nbreaks: [{from: " + written + ", why: new basis}]\n"
		catalogue, faults := indicators.Load(fstest.MapFS{"indicators/gigabit.yaml": {Data: []byte(text)}}, "indicators")
		if len(faults) > 0 {
			t.Errorf("%s: got the faults %s", written, faults.Error())
			continue
		}
		want := indicators.Label(strings.Trim(written, `"`))
		if got := catalogue.Definitions[0]; got.Baseline != want || got.Breaks[0].From != want {
			t.Errorf("%s: got baseline %q and break %q, want %q", written, got.Baseline, got.Breaks[0].From, want)
		}
	}
}
