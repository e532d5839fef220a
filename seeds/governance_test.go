package seeds

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// tree is a project folder of a test.
func tree(files map[string]string) fstest.MapFS {
	made := fstest.MapFS{}
	for name, text := range files {
		made[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return made
}

func TestTargetsAsTheyAreMeant(t *testing.T) {
	t.Parallel()
	targets, faults := LoadTargets(tree(map[string]string{"targets.csv": "\ufeffsource,indicator,period,kind,value,upper,basis,tolerance,test\r\n" +
		"\"Council plan 2024, page 12\",employment,2023,at-least,78,,,2,\r\n" +
		"Plan,neet,2024/25,at-most,3.5,,value,,as-counted\r\n" +
		"Plan,births,2023,range,25,75,percentile,,interval\r\n" +
		"Plan,pay,2024,at-most,,,england-last-year,,\r\n"}), "targets.csv")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	number := func(limit *float64) any {
		if limit == nil {
			return nil
		}
		return *limit
	}
	var got [][]any
	for _, each := range targets {
		got = append(got, []any{each.Indicator, each.Period, each.Kind, each.Basis, number(each.Lower), number(each.Upper), each.Tolerance, each.AsCounted, each.Source, each.At("value").String()})
	}
	want := [][]any{
		{"employment", "2023", AtLeast, FromValue, 78.0, nil, 2.0, false, "Council plan 2024, page 12", "targets.csv:2:55"},
		{"neet", "2024/25", AtMost, FromValue, nil, 3.5, 0.0, true, "Plan", "targets.csv:3:27"},
		{"births", "2023", InRange, FromPercentile, 25.0, 75.0, 0.0, false, "Plan", "targets.csv:4:24"},
		{"pay", "2024", AtMost, FromEnglandLastYear, nil, nil, 0.0, false, "Plan", "targets.csv:5:23"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
}

func TestCommentaryIsReadWithItsRoute(t *testing.T) {
	t.Parallel()
	const top = "---\nauthor: Head of Data\ndate: 2026-06-30\n---\n"
	for name, test := range map[string]struct {
		text  string
		route bool
	}{
		"words":                {"Words, and **more**.\n", false},
		"a route":              {"Words.\n\n## Route to green\n\nA second hub opens in May.\n", true},
		"another hand":         {"Words.\r\n\r\n### ROUTE to Green ###\r\nA second hub opens.\r\n", true},
		"a route to nowhere":   {"Words.\n\n## Route to green\n", false},
		"a route, then a part": {"Words.\n\n## Route to green\n\n## Risks\n\nMoney.\n", false},
		"named in the words":   {"There is no Route to green yet.\n", false},
		"in a block of code":   {"```\n## Route to green\nA hub\n```\n", false},
	} {
		comments, faults := LoadCommentary(tree(map[string]string{"commentary/2024-25/employment.md": top + test.text}), "commentary")
		if len(faults) > 0 || len(comments) != 1 {
			t.Errorf("%s: got %d comments and the faults %v, want one and none", name, len(comments), faults)
			continue
		}
		got := comments[0]
		if got.Indicator != "employment" || got.Author != "Head of Data" || got.Date != "2026-06-30" || got.Route != test.route {
			t.Errorf("%s: got %+v, want the route %v", name, got, test.route)
		}
		if want := strings.TrimSpace(strings.ReplaceAll(test.text, "\r\n", "\n")); got.Text != want {
			t.Errorf("%s: got the text %q, want %q", name, got.Text, want)
		}
		if diff := cmp.Diff([]string{"2024-25", "2024/25"}, got.Labels()); diff != "" {
			t.Errorf("%s: periods (-want +got):\n%s", name, diff)
		}
	}
}

func TestCommentaryIsNoBook(t *testing.T) {
	t.Parallel()
	_, faults := LoadCommentary(tree(map[string]string{"commentary/2023/employment.md": strings.Repeat("long ", 10000)}), "commentary")
	if want := "commentary/2023/employment.md:1:1: has 50000 bytes (a commentary has at most 32768: say it shorter, and link to the rest)"; faults.Error() != want {
		t.Errorf("got %v, want %s", faults, want)
	}
}

func TestOverridesExpireAfterTheirLastDay(t *testing.T) {
	t.Parallel()
	overrides, faults := LoadOverrides(tree(map[string]string{"overrides.csv": "indicator,period,status,shown,reason,by,until\n" +
		"employment,2023,target,met,The target was set on the old basis.,Head of Data,2026-06-30\n"}), "overrides.csv")
	if len(faults) > 0 || len(overrides) != 1 {
		t.Fatalf("got %d overrides and %v, want one", len(overrides), faults)
	}
	for day, want := range map[string]bool{"2026-06-29": false, "2026-06-30": false, "2026-07-01": true} {
		if got := overrides[0].Expired(day); got != want {
			t.Errorf("on %s: got expired %v, want %v", day, got, want)
		}
	}
}

func TestApprovalsAskForSignOffByBeingThere(t *testing.T) {
	t.Parallel()
	if none, faults := LoadApprovals(tree(nil), "approvals.yaml"); none.Asked || len(faults) > 0 {
		t.Errorf("without the file: got %+v and %v, want no sign-off", none, faults)
	}
	if empty, faults := LoadApprovals(tree(map[string]string{"approvals.yaml": "approvals: []\n"}), "approvals.yaml"); !empty.Asked || len(faults) > 0 {
		t.Errorf("with an empty list: got %+v and %v, want sign-off asked for", empty, faults)
	}
	hash := strings.Repeat("0a", 32)
	approvals, faults := LoadApprovals(tree(map[string]string{"approvals.yaml": "approvals:\n  - {board: other, by: A, date: 2026-01-01, hash: \"" + hash + "\"}\n  - {board: economy, by: B, date: 2026-01-02, hash: \"" + hash + "\"}\n"}), "approvals.yaml")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if at := approvals.Of("economy"); len(at) != 1 || at[0] != 1 || approvals.At(1, "hash").String() != "approvals.yaml:3:53" {
		t.Errorf("got the positions %v at %s, want the second", at, approvals.At(1, "hash"))
	}
}

// TestNoFilesOfGovernance: a project needs none of them.
func TestNoFilesOfGovernance(t *testing.T) {
	t.Parallel()
	targets, faults := LoadTargets(tree(nil), "targets.csv")
	overrides, more := LoadOverrides(tree(nil), "overrides.csv")
	comments, most := LoadCommentary(tree(nil), "commentary")
	if n := len(targets) + len(overrides) + len(comments) + len(faults) + len(more) + len(most); n != 0 {
		t.Errorf("got %d of an empty folder, want nothing", n)
	}
}
