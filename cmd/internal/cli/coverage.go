package cli

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"levelfield/engine"
)

// coverage is "levelfield coverage".
func (a *app) coverage() *cobra.Command {
	c := &cobra.Command{
		Use:   "coverage [FLAGS]",
		Short: "Every statement of the strategy with its indicators, milestones and gaps",
		Long: `Lists every statement of the strategy by goal, with the indicators that are evidence for it, and counts what is
measured, what is followed as a milestone and what nothing measures.

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
	a.out.printf("\n")
	table := tabwriter.NewWriter(a.out, 0, 0, 3, ' ', 0)
	a.out.write(func() error {
		if _, err := fmt.Fprintln(table, "kind\tstatements\twith a figure\tmilestones\tgaps"); err != nil {
			return err
		}
		for _, count := range report.Counts {
			if _, err := fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\n", count.Kind, count.Statements, count.WithFigure, count.Milestones, count.Gaps); err != nil {
				return err
			}
		}
		return table.Flush()
	})
	return nil
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
func measuredBy(statement engine.Covered) string {
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
