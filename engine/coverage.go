package engine

import (
	"context"
	"slices"

	"levelfield/seeds"
)

// Covered is one statement of the strategy with what is known about it.
type Covered struct {
	ID    string `json:"id"`
	Goal  string `json:"goal"`
	Kind  string `json:"kind"`
	Title string `json:"title"`
	// WithFigure are the indicators that hold a figure for the focus area; Without those that hold none yet.
	WithFigure []string `json:"with_figure"`
	Without    []string `json:"without_figure"`
	// Status is the recorded status of a deliverable or commitment.
	Status string `json:"status,omitempty"`
	// Gap says why nothing measures the statement, where nothing does.
	Gap string `json:"gap,omitempty"`
}

// CoverageCount is how many statements of a kind are measured.
type CoverageCount struct {
	Kind       string `json:"kind"`
	Statements int    `json:"statements"`
	WithFigure int    `json:"with_figure"`
	Milestones int    `json:"milestones"`
	Gaps       int    `json:"gaps"`
}

// CoverageReport is every statement of the strategy, with counts by kind.
type CoverageReport struct {
	Statements []Covered       `json:"statements"`
	Counts     []CoverageCount `json:"counts"`
}

// Coverage holds every statement of the strategy against the indicators that name it as evidence.
func Coverage(ctx context.Context, options Options) (CoverageReport, error) {
	c, err := open(ctx, options)
	if err != nil {
		return CoverageReport{}, err
	}
	defer c.close()
	if err := c.measure(ctx, options); err != nil {
		return CoverageReport{}, err
	}
	held := map[string]bool{}
	for _, v := range c.set.Values {
		if v.Area == c.project.Config.Focus && v.HasValue() {
			held[v.Indicator] = true
		}
	}
	status := map[string]string{}
	for _, p := range c.set.Progress {
		status[p.ID] = p.Status
	}
	var report CoverageReport
	for _, statement := range c.project.Strategy.Statements {
		covered := Covered{ID: statement.ID, Goal: statement.Goal, Kind: statement.Kind, Title: statement.Title, Status: status[statement.ID], WithFigure: []string{}, Without: []string{}}
		for _, definition := range c.project.Indicators.Definitions {
			if !slices.Contains(definition.EvidenceFor, statement.ID) {
				continue
			}
			if held[definition.ID] {
				covered.WithFigure = append(covered.WithFigure, definition.ID)
			} else {
				covered.Without = append(covered.Without, definition.ID)
			}
		}
		covered.Gap = gapOf(covered)
		report.Statements = append(report.Statements, covered)
	}
	report.Counts = countCoverage(report.Statements)
	return report, nil
}

// gapOf says why nothing measures a statement; a deliverable or commitment is followed as a milestone instead.
func gapOf(covered Covered) string {
	switch {
	case len(covered.WithFigure) > 0:
		return ""
	case len(covered.Without) > 0:
		return "an indicator is defined, but its figures are not held yet"
	case covered.Kind == seeds.Deliverable:
		return ""
	case covered.Kind == seeds.Commitment:
		return "no indicator; followed as a commitment"
	}
	return "no indicator"
}

func countCoverage(statements []Covered) []CoverageCount {
	var counts []CoverageCount
	for _, kind := range []string{seeds.Aim, seeds.Ambition, seeds.Means, seeds.Challenge, seeds.Commitment, seeds.Deliverable} {
		count := CoverageCount{Kind: kind}
		for _, covered := range statements {
			if covered.Kind != kind {
				continue
			}
			count.Statements++
			switch {
			case len(covered.WithFigure) > 0:
				count.WithFigure++
			case covered.Gap == "":
				count.Milestones++
			default:
				count.Gaps++
			}
		}
		counts = append(counts, count)
	}
	return counts
}
