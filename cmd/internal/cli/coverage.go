package cli

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"levelfield/engine"
	"levelfield/scorecard"
)

// coverage is "levelfield coverage".
func (a *app) coverage() *cobra.Command {
	c := &cobra.Command{
		Use:   "coverage [FLAGS]",
		Short: "Every statement of the strategy with its indicators, milestones and gaps",
		Long: `Lists every statement of the strategy by goal, with the indicators that are evidence for it, and counts what is
measured, what is followed as a milestone and what nothing measures; then the indicators by goal, and the groupings that are
published and not held.

An indicator in brackets is defined, but holds no figure for the area yet.`,
		Example: `  levelfield coverage
  levelfield coverage --json`,
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.RunE = a.run(func(ctx context.Context, _ []string) error { return a.runCoverage(ctx) })
	return c
}

func (a *app) runCoverage(ctx context.Context) error {
	options := a.options()
	line := a.progress()
	options.Progress = a.steps(line.step)
	report, err := engine.Coverage(ctx, options)
	line.end()
	if err != nil {
		return err
	}
	if a.flags.json {
		a.out.json(report)
		return nil
	}
	goal := ""
	for _, statement := range report.Statements {
		if statement.Goal != goal {
			goal = statement.Goal
			a.out.printf("%s\n", a.goalTitle(goal))
		}
		a.out.printf("  %s  %s\n      %s\n", statement.ID, statement.Title, measuredBy(statement))
	}
	a.coverageTables(report)
	return nil
}

// coverageTables print the counts and the groupings that are missing.
func (a *app) coverageTables(report scorecard.Coverage) {
	a.tabled("kind\tstatements\twith a figure\tmilestones\tgaps", func(row func(...any)) {
		for _, count := range report.Counts {
			row(count.Kind, count.Statements, count.WithFigure, count.Milestones, count.Gaps)
		}
	})
	a.tabled("goal\tindicators\twith a figure\tEngland\tboth, current\twith an interval\twith a trend", func(row func(...any)) {
		for _, count := range report.Goals {
			row(count.Goal, count.Indicators, count.WithFigure, count.WithEngland, count.Current, count.WithInterval, count.WithTrend)
		}
	})
	if len(report.Breakdowns) == 0 {
		return
	}
	a.tabled("indicator\tpublished by, and not held here", func(row func(...any)) {
		for _, one := range report.Breakdowns {
			row(one.Indicator, strings.Join(one.Missing, ", "))
		}
	})
}

// tabled prints a table below an empty line, with columns as wide as they need to be.
func (a *app) tabled(head string, fill func(row func(...any))) {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 3, ' ', 0)
	lines := []string{head}
	fill(func(cells ...any) {
		var row []string
		for _, cell := range cells {
			row = append(row, fmt.Sprint(cell))
		}
		lines = append(lines, strings.Join(row, "\t"))
	})
	// Writing to a builder cannot fail.
	_, _ = fmt.Fprintln(table, strings.Join(lines, "\n"))
	_ = table.Flush()
	a.out.printf("\n%s", text.String())
}

// goalTitle is a goal's id and title, and the domain's for the statements without a goal.
func (a *app) goalTitle(id string) string {
	strategy := a.load().Strategy
	if goal, known := strategy.Goal(id); known {
		return goal.ID + "  " + goal.Title
	}
	return strings.TrimSpace(strategy.Title + ": " + strategy.Domain)
}

// measuredBy is what is known about a statement, in one line.
func measuredBy(statement scorecard.Covered) string {
	named := append([]string{}, statement.WithFigure...)
	for _, id := range statement.Without {
		named = append(named, "["+id+"]")
	}
	var parts []string
	if len(named) > 0 {
		parts = append(parts, strings.Join(named, ", "))
	}
	if statement.Status != "" {
		parts = append(parts, "status: "+statement.Status)
	}
	if statement.Gap != "" {
		parts = append(parts, "gap: "+statement.Gap)
	}
	if len(parts) == 0 {
		return "no status is recorded"
	}
	return strings.Join(parts, "; ")
}
