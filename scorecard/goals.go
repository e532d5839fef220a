package scorecard

import (
	"fmt"
	"slices"

	"levelfield/indicators"
	"levelfield/seeds"
)

// goals are the parts of the board: its goals, in their order, and then the statements that sections of it answer. A goal
// without a section has no part on a board that answers statements.
func (b *builder) goals() []Goal {
	var goals []Goal
	answers := b.answered()
	for _, code := range b.in.Board.Goals {
		sections := b.sections(func(s Section) bool { return s.Goal == code })
		about, known := b.in.Strategy.Goal(code)
		if !known || len(sections) == 0 && len(answers) > 0 {
			continue
		}
		goal := Goal{Code: code, Label: "Goal " + code, Title: about.Short, Statement: about.Title}
		b.fill(&goal, sections)
		goal.Milestones = b.milestones(seeds.Deliverable, code)
		goals = append(goals, goal)
	}
	for i, id := range answers {
		statement, known := b.in.Strategy.Statement(id)
		if !known {
			continue
		}
		code := fmt.Sprint(i + 1)
		goal := Goal{Code: code, Label: capital(statement.Kind) + " " + code, Title: statement.Title, Statement: statement.Text}
		b.fill(&goal, b.sections(func(s Section) bool { return s.Statement == id }))
		goals = append(goals, goal)
	}
	return goals
}

// answered are the statements that sections of the board answer, in their order.
func (b *builder) answered() []string {
	var ids []string
	for _, section := range b.in.Board.Sections {
		if section.Statement != "" && !slices.Contains(ids, section.Statement) {
			ids = append(ids, section.Statement)
		}
	}
	return ids
}

func (b *builder) sections(of func(Section) bool) []Section {
	return slices.DeleteFunc(slices.Clone(b.in.Board.Sections), func(s Section) bool { return !of(s) })
}

// fill puts the tables of sections into a part of the board, with what can be said of their lines.
func (b *builder) fill(goal *Goal, sections []Section) {
	var ids []string
	for _, section := range sections {
		table := Table{Title: section.Title}
		for _, id := range b.withPartners(section.Indicators) {
			table.Cards = append(table.Cards, b.card(b.in.Definitions[id]))
			ids = append(ids, id)
		}
		markFollowers(table.Cards, section.Indicators)
		for _, gap := range b.in.Board.Missing {
			if gap.Section == section.Title {
				table.Missing = append(table.Missing, Term{gap.What, gap.Why})
			}
		}
		goal.Tables = append(goal.Tables, table)
	}
	goal.Say = b.say(ids)
}

// partOf is the part of the board that an indicator stands in: the first that lists it, or else the first of its own goals.
func partOf(goals []Goal, definition indicators.Definition) Goal {
	for _, goal := range goals {
		for _, table := range goal.Tables {
			if slices.ContainsFunc(table.Cards, func(c Card) bool { return c.Indicator == definition.ID }) {
				return goal
			}
		}
	}
	for _, goal := range goals {
		if slices.Contains(definition.Goals, goal.Code) {
			return goal
		}
	}
	return Goal{}
}
