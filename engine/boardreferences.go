package engine

import (
	"fmt"
	"slices"

	"levelfield/engine/fault"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// boardReferences are the faults of what a board names: goals, statements, indicators, and charts that these cannot have.
func (p Project) boardReferences(board scorecard.Board) fault.List {
	var faults fault.List
	indicatorAt := func(part, id string) {
		if _, known := p.Indicators.Lookup(id); !known {
			faults.Add(p.Boards.At(board.ID, part).Errorf(part, "no indicator %q", id))
		}
	}
	goalAt := func(part, goal string) {
		if _, known := p.Strategy.Goal(goal); !known {
			faults.Add(p.Boards.At(board.ID, part).Errorf(part, "no goal %q in the strategy", goal))
		}
	}
	for i, goal := range board.Goals {
		goalAt(fmt.Sprintf("goals[%d]", i), goal)
	}
	for i, id := range board.Front {
		indicatorAt(fmt.Sprintf("front[%d]", i), id)
	}
	titles := map[string]bool{}
	for i, section := range board.Sections {
		if section.Goal != "" {
			goalAt(fmt.Sprintf("sections[%d].goal", i), section.Goal)
		}
		if _, known := p.Strategy.Statement(section.Statement); section.Statement != "" && !known {
			part := fmt.Sprintf("sections[%d].statement", i)
			faults.Add(p.Boards.At(board.ID, part).Errorf(part, "no statement %q in the strategy", section.Statement).Hint("the statements are listed in %s", strategyFile))
		}
		titles[section.Title] = true
		for j, id := range section.Indicators {
			indicatorAt(fmt.Sprintf("sections[%d].indicators[%d]", i, j), id)
		}
	}
	for i, chart := range board.Charts {
		for j, id := range chart.Indicators {
			part := fmt.Sprintf("charts[%d].indicators[%d]", i, j)
			indicatorAt(part, id)
			faults.Add(p.chartReferences(board.ID, part, scorecard.ChartKind(chart.Kind), id)...)
		}
	}
	for i, gap := range board.Missing {
		if part := fmt.Sprintf("missing[%d].section", i); !titles[gap.Section] {
			faults.Add(p.Boards.At(board.ID, part).Errorf(part, "no section %q on this board", gap.Section))
		}
	}
	return faults
}

// chartReferences hold an indicator to what a kind of chart needs of it.
func (p Project) chartReferences(board, part string, kind scorecard.ChartKind, id string) fault.List {
	var faults fault.List
	definition, known := p.Indicators.Lookup(id)
	if !known {
		return faults
	}
	base := definition
	if pooled := definition.Measure.Pooled; pooled != nil {
		base, _ = p.Indicators.Lookup(pooled.Of)
	}
	if reason, hint := scorecard.CannotChart(kind, definition, base); reason != "" {
		faults.Add(p.Boards.At(board, part).Errorf(part, "%s %s", id, reason).Hint("%s", hint))
	}
	aimed := slices.ContainsFunc(p.Targets, func(t seeds.Target) bool { return t.Indicator == id })
	if kind == scorecard.BulletChart && !aimed {
		faults.Add(p.Boards.At(board, part).Errorf(part, "%s has no target", id).Hint("set one in targets.csv, or leave the indicator out of the chart"))
	}
	return faults
}
