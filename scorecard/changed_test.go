package scorecard_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/scorecard"
)

// released is a board of one line that rests on a snapshot, changed by the test before it is built.
func released(asOf, snapshot string, before *scorecard.Model, change func(in *scorecard.Input)) scorecard.Model {
	births := lineOf("births", stats.Similar, stats.NoSignificantChange)
	births.definition.Dataset = "figures"
	in := input([]string{"births"}, births)
	in.Datasets = map[string]datasets.Dataset{"figures": {ID: "figures", Title: "Figures"}}
	in.AsOf, in.Before, in.Snapshots = asOf, before, map[string]string{"figures": snapshot}
	if change != nil {
		change(&in)
	}
	return scorecard.Build(in)
}

// revise sets a value of the input.
func revise(in *scorecard.Input, area, label string, value float64) {
	for v := range in.Results.Values.All() {
		if v.Area == area && v.Period.Label == label {
			v.Estimate = estimate(value)
		}
	}
}

// told are the changes as lines.
func told(c scorecard.Changed) []string {
	var lines []string
	for _, f := range c.New {
		lines = append(lines, fmt.Sprintf("new: %s, %s: %s, after %s", f.Area, f.Period, f.Now, f.Then))
	}
	for _, f := range c.Revised {
		lines = append(lines, fmt.Sprintf("revised: %s, %s: %q to %s, %s", f.Area, f.Period, f.Then, f.Now, f.Why))
	}
	for _, v := range c.Verdicts {
		lines = append(lines, fmt.Sprintf("%s: %s to %s", v.What, v.Then.Word, v.Now.Word))
	}
	for _, h := range c.Added {
		lines = append(lines, "added: "+h.Short+": "+h.Sentence)
	}
	for _, h := range c.Gone {
		lines = append(lines, "gone: "+h.Short)
	}
	return lines
}

// TestWhatChangedSinceTheReleaseBefore: each kind of change, in the words of the page.
func TestWhatChangedSinceTheReleaseBefore(t *testing.T) {
	t.Parallel()
	before := released("2024-06-30", "one", nil, nil)
	for name, c := range map[string]struct {
		snapshot string
		change   func(in *scorecard.Input)
		say      string
		want     []string
	}{
		"nothing": {"two", nil, "Since the release before, with figures to 30 June 2024, nothing here has changed.", nil},
		"a new period": {
			"two", func(in *scorecard.Input) {
				in.Results.Values = append(in.Results.Values, []results.Value{{Indicator: "births", Area: ayton, Period: year("2024"), Estimate: estimate(4.2)}})
			},
			"Since the release before, with figures to 30 June 2024: one new figure and one changed verdict or trend.",
			[]string{"new: Ayton, 2024: 4.2%, after 3.8%", "Against England: Similar to "},
		},
		"a revision by the publisher": {
			"two", func(in *scorecard.Input) { revise(in, ayton, "2019", 2.4); revise(in, country, "2023", 3.5) },
			"Since the release before, with figures to 30 June 2024: two revised figures.",
			[]string{`revised: Ayton, 2019: "2.2%" to 2.4%, the data behind it changed`, `revised: England, 2023: "3.4%" to 3.5%, the data behind it changed`},
		},
		"the same data worked out anew": {
			"one", func(in *scorecard.Input) { revise(in, ayton, "2019", 2.4) },
			"Since the release before, with figures to 30 June 2024: one revised figure.",
			[]string{`revised: Ayton, 2019: "2.2%" to 2.4%, the same data, worked out anew`},
		},
		"a figure that is hidden now": {
			"two", func(in *scorecard.Input) {
				in.Results.Values[0][0].Estimate = stats.Estimate{Status: "c", Reason: "suppressed"}
			},
			"Since the release before, with figures to 30 June 2024: one revised figure.",
			[]string{`revised: Ayton, 2019: "" to [c], the data behind it changed`},
		},
		"a revision of data that this edition protects": {
			"two", func(in *scorecard.Input) {
				revise(in, ayton, "2019", 2.4)
				in.Quality = map[string]scorecard.DatasetQuality{"figures": {Protected: true}}
			},
			"Since the release before, with figures to 30 June 2024: one revised figure.",
			[]string{`revised: Ayton, 2019: "" to 2.4%, the data behind it changed`},
		},
		"a verdict and a trend": {
			"two", func(in *scorecard.Input) {
				in.Results.Comparisons[0].Outcome, in.Results.Trends[0].Outcome = stats.Worse, stats.GettingWorse
			},
			"Since the release before, with figures to 30 June 2024: two changed verdicts or trends.",
			[]string{"Against England: Similar to Worse", "Recent trend: No significant change to Rising, getting worse"},
		},
		"lines that come and go": {
			"two", func(in *scorecard.Input) {
				deaths := lineOf("deaths", stats.Similar, stats.NoSignificantChange)
				other := input(nil, deaths)
				in.Definitions, in.Results, in.Board.Front = other.Definitions, other.Results, nil
				in.Board.Sections = other.Board.Sections
			},
			"Since the release before, with figures to 30 June 2024: one new line and one line that left.",
			[]string{"added: Deaths: 3.8% in 2023", "gone: Births"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := released("2024-09-30", c.snapshot, &before, c.change).Changed
			if changed.Before != "2024-06-30" || changed.Say != c.say {
				t.Errorf("got %q since %s, want %q", changed.Say, changed.Before, c.say)
			}
			if diff := cmp.Diff(c.want, told(*changed)); diff != "" {
				t.Errorf("what changed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAFirstPublicationSaysSo: in the model, and in the handbook of all boards.
func TestAFirstPublicationSaysSo(t *testing.T) {
	t.Parallel()
	first := released("2024-06-30", "one", nil, nil)
	const want = "This is the first publication: no earlier release is held"
	if got := first.Changed.Say; !strings.HasPrefix(got, want) || first.Changed.Before != "" {
		t.Errorf("got %q, want %q", got, want)
	}
	in := covered()
	if got := scorecard.NewHandbook(in, []scorecard.Model{first}).Changed.Say; !strings.HasPrefix(got, want) {
		t.Errorf("the handbook: got %q, want %q", got, want)
	}
}

// TestTheHandbookTellsAChangeOnce: two boards that share a line do not count its figures twice.
func TestTheHandbookTellsAChangeOnce(t *testing.T) {
	t.Parallel()
	before := released("2024-06-30", "one", nil, nil)
	now := released("2024-09-30", "two", &before, func(in *scorecard.Input) { revise(in, ayton, "2019", 2.4) })
	got := scorecard.NewHandbook(covered(), []scorecard.Model{now, now}).Changed
	if len(got.Revised) != 1 || !strings.HasSuffix(got.Say, ": one revised figure.") {
		t.Errorf("got %q and %d revised figures, want one", got.Say, len(got.Revised))
	}
	if shown := told(*now.Changed); !slices.Equal(shown, told(got)) {
		t.Errorf("got %q, want %q", told(got), shown)
	}
}
