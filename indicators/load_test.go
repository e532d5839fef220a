package indicators_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/period"
	"levelfield/indicators"
)

const head = `title: Premises with gigabit broadband
short: Gigabit
says: {noun: Gigabit, of: of premises}
goals: ["1"]
definition: Premises that can get it.
population: premises
polarity: high
label: official
dataset: gigabit
unit: "%"
decimals: 1
series: current
`

func TestLoadTellsEveryFaultOfEveryDefinition(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		file, text string
		want       []string
	}{
		"a sound definition": {"gigabit.yaml", head + "measure: {published: {value: v, no_interval: complete-count, why: counted}}\n", nil},
		"no measure":         {"gigabit.yaml", head + "measure: {}\n", []string{`13:10: measure: holds no kind of measure`}},
		"two measures": {"gigabit.yaml", head + "measure: {count: {value: v}, rate: {numerator: n, denominator: d, per: 1000}}\n",
			[]string{`13:10: measure: holds 2 kinds: rate, count (an indicator has exactly one)`}},
		"a share without its step": {"gigabit.yaml", head + "measure: {proportion: {share: p / 100, denominator: n}}\n",
			[]string{`13:23: measure.proportion.step: a published share needs its rounding step, such as 0.001`}},
		"a share and a numerator": {"gigabit.yaml", head + "measure: {proportion: {share: p / 100, numerator: x, denominator: n, step: 0.001}}\n",
			[]string{`13:23: measure.proportion: needs either a numerator or a share`}},
		"nothing about the interval": {"gigabit.yaml", head + "measure: {published: {value: v}}\n",
			[]string{`13:22: measure.published: says 0 things about its interval (give lower and upper, half_width, cv or no_interval)`}},
		"one limit": {"gigabit.yaml", head + "measure: {published: {value: v, lower: l}}\n",
			[]string{`13:22: measure.published: needs both lower and upper`}},
		"a ratio and a rate": {"gigabit.yaml", head + "measure: {isr: {numerator: n, denominator: d, bands: age, ratio_of: 1, per: 10}}\n",
			[]string{`13:16: measure.isr: needs either ratio_of, for a ratio, or per, for a rate`}},
		"bands that are picked and shown": {"gigabit.yaml", head + "only: {age: old}\nbreakdowns: {age: age}\nmeasure: {dsr: {numerator: n, denominator: d, bands: age, standard: {old: 0}, per: 10}}\n",
			[]string{`13:13: only.age: the measure adds up over age, of which none can be picked`,
				`14:19: breakdowns.age: the measure adds up over age, which cannot be a breakdown too`,
				`15:69: measure.dsr.standard: has no people`}},
		"fewer than no people": {"gigabit.yaml", head + "measure: {dsr: {numerator: n, denominator: d, bands: age, standard: {old: -1, young: 3}, per: 10}}\n",
			[]string{`13:69: measure.dsr.standard: the band old has fewer than no people`}},
		"no reason for no interval": {"gigabit.yaml", head + "measure: {published: {value: v, no_interval: modelled}}\n",
			[]string{`13:22: measure.published.why: is missing: say why there is no interval`}},
		"suppression of what is made of others": {"gigabit.yaml", head + "suppress: {below: 5}\nmeasure: {difference: {first: a, second: b}}\n",
			[]string{`13:11: suppress: an indicator that is made of others hides what they hide (write it in the indicators that read the dataset)`}},
		"a name that is no id": {"Gigabit Broadband.yaml", head + "measure: {count: {value: v}}\n",
			[]string{`1:1: the file's name is not an id (use lower-case words with hyphens, such as business-births.yaml)`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			catalogue, faults := indicators.Load(fstest.MapFS{"indicators/1/" + test.file: {Data: []byte(test.text)}}, "indicators")
			var got []string
			for _, f := range faults.Sorted() {
				got = append(got, strings.TrimPrefix(f.String(), "indicators/1/"+test.file+":"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("faults differ (-want +got):\n%s", diff)
			}
			if wanted := len(test.want) == 0; (len(catalogue.Definitions) == 1) != wanted {
				t.Errorf("got %d definitions, want one only without faults", len(catalogue.Definitions))
			}
		})
	}
}

func TestLoadRefusesOneIdInTwoFolders(t *testing.T) {
	t.Parallel()
	text := []byte(head + "measure: {count: {value: v}}\n")
	_, faults := indicators.Load(fstest.MapFS{"indicators/1/gigabit.yaml": {Data: text}, "indicators/2/gigabit.yaml": {Data: text}}, "indicators")
	want := `indicators/2/gigabit.yaml:1:1: the id "gigabit" is taken by indicators/1/gigabit.yaml (rename one of the two files)`
	if got := faults.Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestBuiltInDefinitionsAreSound(t *testing.T) {
	t.Parallel()
	catalogue, faults := indicators.Load(indicators.Files(), ".")
	if len(faults) > 0 || len(catalogue.Definitions) < 50 {
		t.Errorf("got %d definitions and the faults %s", len(catalogue.Definitions), faults.Error())
	}
}

func TestSeparatesNamesTheBreakBetweenTwoPeriods(t *testing.T) {
	t.Parallel()
	definition := indicators.Definition{Breaks: []indicators.Break{
		{From: "2016/17", Why: "new grades"},
		{Cohorts: []string{"2019/20", "2020/21"}, Why: "teachers' grades"},
		{Cohorts: []string{"2021/22"}, Why: "adapted grades"},
	}}
	for _, test := range []struct{ before, after, want string }{
		{"2014/15", "2015/16", ""},
		{"2015/16", "2016/17", "new grades"},
		{"2014/15", "2018/19", "new grades"},
		{"2016/17", "2017/18", ""},
		{"2018/19", "2019/20", "teachers' grades"},
		{"2019/20", "2020/21", ""},
		{"2020/21", "2021/22", "adapted grades"},
		{"2021/22", "2022/23", "adapted grades"},
		{"2020/21", "2022/23", "teachers' grades"},
		{"2022/23", "2023/24", ""},
	} {
		before, errBefore := period.Parse(period.Academic, test.before)
		after, errAfter := period.Parse(period.Academic, test.after)
		if errBefore != nil || errAfter != nil {
			t.Fatal(errBefore, errAfter)
		}
		if got := definition.Separates(before, after); got != test.want {
			t.Errorf("%s and %s: got %q, want %q", test.before, test.after, got, test.want)
		}
	}
}
