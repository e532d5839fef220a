package seeds

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStrategyCounts(t *testing.T) {
	t.Parallel()
	strategy := load(t).strategy
	got := map[string]int{"goals": len(strategy.Goals)}
	for _, statement := range strategy.Statements {
		got[statement.Kind]++
		got[statement.Goal+" "+statement.Kind]++
	}
	want := map[string]int{
		"goals": 4, Aim: 7, Ambition: 18, Means: 7, Challenge: 19, Commitment: 37, Deliverable: 19,
		"domain aim": 7, "domain ambition": 4,
		"4A ambition": 3, "4A means": 4, "4A challenge": 3, "4A commitment": 10, "4A deliverable": 5,
		"4B ambition": 3, "4B means": 1, "4B challenge": 6, "4B commitment": 8, "4B deliverable": 2,
		"4C ambition": 3, "4C means": 1, "4C challenge": 5, "4C commitment": 10, "4C deliverable": 8,
		"4D ambition": 5, "4D means": 1, "4D challenge": 5, "4D commitment": 9, "4D deliverable": 4,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("statements (-want +got):\n%s", diff)
	}
}

func TestStrategyLookups(t *testing.T) {
	t.Parallel()
	strategy := load(t).strategy
	scorecard, found := strategy.Statement("4B/deliverable/skills-scorecard")
	if !found || scorecard.Status != Listed || scorecard.Due != "2023-06-30" || scorecard.Quoted != "agreed … developed" {
		t.Errorf("got %+v", scorecard)
	}
	if goal, found := strategy.Goal("4B"); !found || goal.Short == "" {
		t.Errorf("got %+v", goal)
	}
	if _, found := strategy.Statement("4B/deliverable/nothing"); found {
		t.Error("found a statement that is not there")
	}
	if _, found := strategy.Goal("5A"); found {
		t.Error("found a goal that is not there")
	}
	if got := len(strategy.Of("4D", Deliverable)); got != 4 {
		t.Errorf("got %d deliverables of 4D, want 4", got)
	}
}

// TestDeliverables: every deliverable has its date, status, the status's date and source.
func TestDeliverables(t *testing.T) {
	t.Parallel()
	got := map[string]int{}
	for _, statement := range load(t).strategy.Statements {
		if statement.Kind != Deliverable {
			continue
		}
		got[statement.Status]++
		if statement.Due != "2023-06-30" || statement.StatusAsOf != "2022-07" || statement.Source == "" {
			t.Errorf("%s: got due %q, status as of %q, source %q", statement.ID, statement.Due, statement.StatusAsOf, statement.Source)
		}
		if statement.Status != Listed && statement.Quoted == "" {
			t.Errorf("%s is %s without the strategy's words", statement.ID, statement.Status)
		}
	}
	if diff := cmp.Diff(map[string]int{Listed: 11, UnderWay: 5, Done: 3}, got); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

// TestStrategyAgreesWithSource: the ids are those of the list, and what is quoted stands in the strategy's text.
func TestStrategyAgreesWithSource(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile(shared(t, "STRATEGY.md"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(shared(t, "strategy-domain-4.txt"))
	if err != nil {
		t.Fatal(err)
	}
	strategy := load(t).strategy
	var ids []string
	words := strings.Join(strings.Fields(string(text)), " ")
	for _, statement := range strategy.Statements {
		ids = append(ids, statement.ID)
		for _, part := range strings.Split(statement.Quoted, "…") {
			if !strings.Contains(words, strings.TrimSpace(part)) {
				t.Errorf("%s quotes %q, which is not in the strategy", statement.ID, part)
			}
		}
	}
	want := listedIDs(string(list))
	slices.Sort(ids)
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}

var (
	aimRow         = regexp.MustCompile(`(?m)^\| ([a-z][a-z-]+) \| [a-z]`)
	deliverableRow = regexp.MustCompile(`(?m)^\| (4[A-D]/deliverable/[a-z-]+) \|`)
	asides         = regexp.MustCompile(`\([^()]*\)`)
	itemHead       = regexp.MustCompile(`^(?:(4[A-D]) ?:? ?)?([a-z][a-z-]+)`)
	goalHead       = regexp.MustCompile(`(4[A-D])(?: |: )([a-z])`)
)

// listedIDs reads the ids out of the list: tables for aims and deliverables, running text for all else.
func listedIDs(list string) []string {
	var ids []string
	aims := section(list, "## Aims", "The domain's own ambitions")
	for _, match := range aimRow.FindAllStringSubmatch(aims, -1) {
		if match[1] != "id" {
			ids = append(ids, "domain/aim/"+match[1])
		}
	}
	ids = append(ids, running("domain", "ambition", section(list, "(`domain/ambition/…`):", "## Goals"))...)
	for kind, span := range map[string][2]string{
		"ambition":   {"so that a gap inside a sentence cannot hide:", "Means ("},
		"means":      {"Means (`GOAL/means/…`):", "No numeric target"},
		"challenge":  {"## Challenges (`GOAL/challenge/…`), 19", "## Commitments"},
		"commitment": {"(`GOAL/commitment/…`), 37", "## Year-one"},
	} {
		ids = append(ids, running("", kind, section(list, span[0], span[1]))...)
	}
	for _, match := range deliverableRow.FindAllStringSubmatch(list, -1) {
		ids = append(ids, match[1])
	}
	slices.Sort(ids)
	return ids
}

// running reads "4A: one (aside) · two. 4B: three": the items of each goal.
func running(goal, kind, text string) []string {
	for asides.MatchString(text) {
		text = asides.ReplaceAllString(text, "")
	}
	text = goalHead.ReplaceAllString(strings.ReplaceAll(text, " :", ":"), "· $1: $2")
	var ids []string
	for _, item := range strings.Split(text, "·") {
		for _, part := range strings.Split(strings.TrimSpace(item), ", ") {
			match := itemHead.FindStringSubmatch(strings.TrimSpace(part))
			if match == nil {
				continue
			}
			if match[1] != "" {
				goal = match[1]
			}
			ids = append(ids, goal+"/"+kind+"/"+match[2])
		}
	}
	return ids
}

func section(text, from, to string) string {
	_, text, _ = strings.Cut(text, from)
	text, _, _ = strings.Cut(text, to)
	return text
}
