package render

import (
	"fmt"
	"strings"

	"levelfield/scorecard"
)

// milestoneRow is a deliverable or commitment with where its status comes from.
type milestoneRow struct {
	scorecard.Milestone
	Origin string
}

// milestoneGroup is one goal's deliverables or commitments.
type milestoneGroup struct {
	ID    string
	Code  string
	Title string
	// What heads the first column: "Deliverable" or "Commitment".
	What string
	Rows []milestoneRow
}

// deliverables are the board's, or its goals' where the board lists none of its own.
func deliverables(model scorecard.Model) []scorecard.Milestone {
	if len(model.Deliverables) > 0 {
		return model.Deliverables
	}
	var gathered []scorecard.Milestone
	for _, goal := range model.Goals {
		gathered = append(gathered, goal.Milestones...)
	}
	return gathered
}

// milestoneGroups groups rows by goal, in the order in which the goals first appear.
func milestoneGroups(model scorecard.Model, rows []scorecard.Milestone, what string) []milestoneGroup {
	titles := map[string]string{}
	for _, goal := range model.Goals {
		titles[goal.Code] = goal.Title
	}
	var groups []milestoneGroup
	at := map[string]int{}
	for _, row := range rows {
		i, seen := at[row.Goal]
		if !seen {
			i = len(groups)
			at[row.Goal] = i
			groups = append(groups, milestoneGroup{Code: row.Goal, Title: titles[row.Goal], What: what})
		}
		groups[i].Rows = append(groups[i].Rows, newMilestoneRow(row, strategyName(model)))
	}
	return groups
}

// milestones are the groups with ids of this file.
func (s *sheet) milestones(model scorecard.Model, rows []scorecard.Milestone, what string) []milestoneGroup {
	groups := milestoneGroups(model, rows, what)
	for i := range groups {
		groups[i].ID = s.id(what + " " + groups[i].Code)
	}
	return groups
}

// newMilestoneRow keeps words in quotation marks only beside the record that they come from, and says them once.
func newMilestoneRow(row scorecard.Milestone, strategy string) milestoneRow {
	shown := milestoneRow{Milestone: row, Origin: british(row.AsOf)}
	switch {
	case !recorded(row):
		shown.Origin = ""
	case fromStrategy(row, strategy):
		shown.Origin = "Strategy, " + shown.Origin
	default:
		evidence := strings.TrimSuffix(strings.TrimSuffix(row.Evidence, quoted(row.Quoted)), ": ")
		if evidence == row.Evidence {
			shown.Quoted = ""
		}
		shown.Origin = joined(", ", evidence, shown.Origin)
	}
	return shown
}

// strategyName is the strategy's name as evidence writes it: the kicker begins with it.
func strategyName(model scorecard.Model) string {
	name, _, _ := strings.Cut(model.Kicker, " · ")
	return plainDashes(name)
}

func plainDashes(words string) string { return strings.ReplaceAll(words, "–", "-") }

// fromStrategy says whether a status is the strategy's own word, and not that of a later report.
func fromStrategy(row scorecard.Milestone, strategy string) bool {
	return recorded(row) && strategy != "" && strings.HasPrefix(plainDashes(row.Evidence), strategy)
}

// recorded says whether a status is on record: one is as of a date.
func recorded(row scorecard.Milestone) bool { return row.AsOf != "" }

// promisedSay introduces the deliverables: whose words the statuses are, and whether any was recorded later.
func promisedSay(model scorecard.Model, rows []scorecard.Milestone) string {
	const listed = " A deliverable that is only listed was named for the year, and nothing more is on record."
	for _, row := range rows {
		if !fromStrategy(row, strategyName(model)) || row.AsOf != rows[0].AsOf {
			return "The status is the strategy’s own word at the date shown, unless later progress was recorded." + listed
		}
	}
	return "The status is the strategy’s own word at its date; none has been recorded since." + listed
}

// unrecorded says that no commitment has a status on record, or nothing where one has.
func unrecorded(rows []scorecard.Milestone) string {
	for _, row := range rows {
		if recorded(row) {
			return ""
		}
	}
	switch len(rows) {
	case 0:
		return ""
	case 1:
		return "The strategy makes one commitment here. No status has been recorded for it."
	}
	return fmt.Sprintf("The strategy makes %d commitments here. No status has been recorded for any of them.", len(rows))
}
