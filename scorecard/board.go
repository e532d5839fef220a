package scorecard

import (
	"strings"

	"levelfield/indicators"
)

// Board is one scorecard: whom it is for, which goals and indicators it shows, in which order. The field comments are
// what an author reads in the schema.
type Board struct {
	// ID is the file's name without its extension; File its path.
	ID   string `json:"-"`
	File string `json:"-"`

	Title string `json:"title" jsonschema:"minLength=1"`
	Short string `json:"short,omitempty"`
	// Kicker is the small line above the title.
	Kicker   string   `json:"kicker" jsonschema:"minLength=1"`
	Audience string   `json:"audience,omitempty"`
	Goals    []string `json:"goals" jsonschema:"minItems=1"`
	// Front lists the indicators of the first page, the strongest first.
	Front    []string  `json:"front,omitempty"`
	Sections []Section `json:"sections" jsonschema:"minItems=1"`
	// Charts are the board's own charts, over several indicators.
	Charts []BoardChart `json:"charts,omitempty"`
	// Missing are things that the strategy names and nobody has published: rows of their own, marked [x].
	Missing []Gap `json:"missing,omitempty"`
	// Deliverables is "all", or the one goal whose deliverables the board shows.
	Deliverables string `json:"deliverables,omitempty"`
}

// Section is one table of a board: of a goal, or of one statement of the strategy that it answers.
type Section struct {
	Goal string `json:"goal,omitempty"`
	// Statement is the id of the statement; its title heads the table's part of the board.
	Statement  string   `json:"statement,omitempty"`
	Title      string   `json:"title" jsonschema:"minLength=1"`
	Indicators []string `json:"indicators,omitempty"`
}

// BoardChart is a chart of several indicators: the parts of a stacked bar, the gaps of a dumbbell chart, the rows of a
// spine chart or a rug, the small charts of multiples, the years of a survival curve, the targets of a bullet chart. A gap over
// time, a map of tiles, a funnel, a chart of process control and a gradient have one indicator, and a timeline of the board's
// deliverables has none.
type BoardChart struct {
	Kind       string   `json:"kind" jsonschema:"enum=stacked,enum=dumbbell,enum=spine,enum=rug,enum=gap,enum=multiples,enum=survival,enum=tiles,enum=timeline,enum=funnel,enum=spc,enum=gradient,enum=bullet"`
	Title      string   `json:"title" jsonschema:"minLength=1"`
	Note       string   `json:"note,omitempty"`
	Indicators []string `json:"indicators,omitempty"`
}

// chartIndicators are the fewest and the most indicators of each kind of board chart; the most is 0 for any number.
var chartIndicators = map[ChartKind][2]int{
	StackedChart: {2, 2}, DumbbellChart: {2, 0}, SpineChart: {2, 0}, RugChart: {2, 0}, GapChart: {1, 1}, MultiplesChart: {2, 0},
	SurvivalChart: {2, 0}, TilesChart: {1, 1}, TimelineChart: {0, 0},
	FunnelChart: {1, 1}, ControlChart: {1, 1}, GradientChart: {1, 1}, BulletChart: {1, 0},
}

// Gap is a row for something that no figure is held for.
type Gap struct {
	Section string `json:"section" jsonschema:"minLength=1"`
	What    string `json:"what" jsonschema:"minLength=1"`
	Why     string `json:"why" jsonschema:"minLength=1"`
}

// CannotChart is why an indicator can have no chart of a kind whatever its figures are, with what to do; empty where it can.
// Base is the definition whose counts it rests on, which differs from it where years are pooled.
func CannotChart(kind ChartKind, definition, base indicators.Definition) (reason, hint string) {
	const older = "is an older series, which is shown for context and not judged"
	m := base.Measure
	switch kind {
	case FunnelChart:
		switch {
		case m.Proportion == nil && m.Rate == nil && m.ISR == nil:
			return "has no counts, and a funnel needs those of each area", "take a proportion, a rate or a ratio of events to those expected"
		case closed(definition):
			return older, "take a current series"
		case !comparedWithEngland(definition):
			return "may not be compared with England's figure as it is, and a funnel does so for every area", "take a stacked chart or a rug"
		case definition.Polarity == "neutral":
			return "has no direction that is better, and a funnel says which areas are", "take a spine chart or a rug"
		}
	case ControlChart:
		switch how := definition.Trend; {
		case closed(definition):
			return older, "take a current series"
		case how != nil && how.Points == 0 && how.None != "":
			return "has no trend: " + strings.TrimSuffix(how.None, "."), "take multiples, which judge nothing"
		case definition.Money:
			return "is an amount of money, which prices move", "take multiples, which judge nothing"
		case m.Published != nil && m.Published.Interval == "lost":
			return "is " + m.Published.NoInterval(), "take multiples, which judge nothing"
		}
	case GradientChart:
		if definition.Measure.Slope == nil {
			return "is no slope index", "take an indicator whose measure is slope"
		}
	}
	return "", ""
}
