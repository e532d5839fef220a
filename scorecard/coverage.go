package scorecard

import (
	"maps"
	"slices"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
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

// CoverageGoal counts the indicators of a goal; those of several goals count in each, and once in "all".
type CoverageGoal struct {
	Goal       string `json:"goal"`
	Indicators int    `json:"indicators"`
	// WithFigure hold a figure for the focus area, WithEngland one for England.
	WithFigure  int `json:"with_figure"`
	WithEngland int `json:"with_england"`
	// Current hold both, in a series that is not closed.
	Current int `json:"current"`
	// WithInterval have an interval at the focus area's latest figure, WithTrend a recent trend that could be tested.
	WithInterval int `json:"with_interval"`
	WithTrend    int `json:"with_trend"`
}

// MissingBreakdowns are groupings of an indicator that are published somewhere and not held.
type MissingBreakdowns struct {
	Indicator string   `json:"indicator"`
	Title     string   `json:"title"`
	Held      []string `json:"held"`
	Missing   []string `json:"missing"`
}

// Coverage is every statement of the strategy with what measures it, and counts of statements and indicators.
type Coverage struct {
	Statements []Covered           `json:"statements"`
	Counts     []CoverageCount     `json:"counts"`
	Goals      []CoverageGoal      `json:"goals"`
	Breakdowns []MissingBreakdowns `json:"breakdowns_missing"`
}

// Cover holds every statement of the strategy against the indicators that name it as evidence. Of the input it takes the
// strategy, the project, the definitions and the results.
func Cover(in Input) Coverage {
	b := newBuilder(in)
	ids := b.defined()
	status := map[string]string{}
	for _, p := range in.Results.Progress {
		status[p.ID] = p.Status
	}
	coverage := Coverage{Statements: []Covered{}, Breakdowns: []MissingBreakdowns{}}
	for _, statement := range in.Strategy.Statements {
		covered := Covered{ID: statement.ID, Goal: statement.Goal, Kind: statement.Kind, Title: statement.Title, Status: status[statement.ID], WithFigure: []string{}, Without: []string{}}
		for _, id := range ids {
			switch {
			case !slices.Contains(in.Definitions[id].EvidenceFor, statement.ID):
			case b.holds(id, b.focus()):
				covered.WithFigure = append(covered.WithFigure, id)
			default:
				covered.Without = append(covered.Without, id)
			}
		}
		covered.Gap = gapOf(covered, statement)
		coverage.Statements = append(coverage.Statements, covered)
	}
	coverage.Counts = countStatements(coverage.Statements)
	for _, goal := range in.Strategy.Goals {
		coverage.Goals = append(coverage.Goals, b.countGoal(goal.ID, slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
			return !slices.Contains(in.Definitions[id].Goals, goal.ID)
		})))
	}
	coverage.Goals = append(coverage.Goals, b.countGoal("all", ids))
	for _, id := range ids {
		if missing := missingBreakdowns(in.Definitions[id]); len(missing.Missing) > 0 {
			coverage.Breakdowns = append(coverage.Breakdowns, missing)
		}
	}
	return coverage
}

// defined are the ids of all definitions, sorted.
func (b *builder) defined() []string {
	return slices.Sorted(maps.Keys(b.in.Definitions))
}

// holds says whether an area has a figure, of everyone or of a group.
func (b *builder) holds(indicator, area string) bool {
	of := seriesKey{indicator: indicator, area: area}
	return slices.ContainsFunc(b.series(of), results.Value.HasValue) || slices.ContainsFunc(b.parts(indicator, area), func(p part) bool {
		return slices.ContainsFunc(b.series(seriesKey{indicator, area, p.breakdown, p.category}), results.Value.HasValue)
	})
}

// gapOf says why nothing measures a statement: in the strategy's file, or as far as the definitions tell. A deliverable is
// followed as a milestone instead.
func gapOf(covered Covered, statement seeds.Statement) string {
	switch {
	case len(covered.WithFigure) > 0:
		return ""
	case statement.Gap != "":
		return statement.Gap
	case len(covered.Without) > 0:
		return "an indicator is defined, but its figures are not held yet"
	case covered.Kind == seeds.Deliverable:
		return ""
	case covered.Kind == seeds.Commitment:
		return "no indicator; followed as a commitment"
	}
	return "no indicator"
}

func countStatements(statements []Covered) []CoverageCount {
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

// countGoal counts what the indicators hold.
func (b *builder) countGoal(goal string, ids []string) CoverageGoal {
	count := CoverageGoal{Goal: goal, Indicators: len(ids)}
	for _, id := range ids {
		own, england := b.holds(id, b.focus()), b.holds(id, b.england())
		if own {
			count.WithFigure++
		}
		if england {
			count.WithEngland++
		}
		if own && england && !closed(b.in.Definitions[id]) {
			count.Current++
		}
		if latest, found := b.latest(id, "", ""); found && latest.HasValue() && latest.HasInterval() {
			count.WithInterval++
		}
		if trend, found := b.trends[seriesKey{indicator: id, area: b.focus()}]; found && trend.Outcome != stats.CannotCalculate {
			count.WithTrend++
		}
	}
	return count
}

// missingBreakdowns are the groupings that a definition expects and does not show.
func missingBreakdowns(definition indicators.Definition) MissingBreakdowns {
	missing := MissingBreakdowns{Indicator: definition.ID, Title: definition.Title, Held: []string{}, Missing: []string{}}
	for name := range definition.Breakdowns {
		missing.Held = append(missing.Held, name)
	}
	slices.Sort(missing.Held)
	for _, name := range definition.Expects {
		if !slices.Contains(missing.Held, name) {
			missing.Missing = append(missing.Missing, name)
		}
	}
	return missing
}
