// Package results holds the rows a run found: values with their intervals, comparisons, trends, changes since the
// strategy began and the progress of what was promised. It is types and their order only: nothing here computes,
// reads or prints.
//
// A number that does not exist is a nil pointer, never zero and never NaN; Status then holds the GSS letters and
// Reason the words.
package results

import (
	"cmp"
	"slices"

	"levelfield/engine/period"
	"levelfield/engine/stats"
)

// Key names one value: an indicator in an area and period, for everyone (Breakdown and Category empty) or for one
// category of one breakdown.
type Key struct {
	Indicator string `json:"indicator"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Breakdown string `json:"breakdown,omitempty"`
	Category  string `json:"category,omitempty"`
}

// The categories under which the two indices of inequality stand beside their grouping.
const (
	SlopeIndex    = "slope index"
	RelativeIndex = "relative index"
)

// Value is one computed or published value. Numbers are in Unit (a percentage is 0 to 100).
type Value struct {
	Indicator string        `json:"indicator"`
	Area      string        `json:"area"`
	AreaName  string        `json:"area_name"`
	AreaType  string        `json:"area_type"`
	Period    period.Period `json:"period"`
	Breakdown string        `json:"breakdown,omitempty"`
	Category  string        `json:"category,omitempty"`

	// Numerator and Denominator are counts as data; a numerator worked back from a rounded percentage is not data
	// and stands in WorkedBack instead, for tests and derivations only.
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	WorkedBack  *float64 `json:"worked_back,omitempty"`

	stats.Estimate

	Unit     string `json:"unit"`
	Dataset  string `json:"dataset"`
	Snapshot string `json:"snapshot"`
	// Row is the first row of the dataset's file that the value rests on; 0 for a value derived from other values.
	Row int `json:"row,omitempty"`
}

// Key is the name of the value.
func (v Value) Key() Key {
	return Key{v.Indicator, v.Area, v.Period.Label, v.Breakdown, v.Category}
}

// Headline says whether the value is for everyone, not for a category of a breakdown.
func (v Value) Headline() bool { return v.Breakdown == "" }

// Comparison is the verdict on one value against one comparator, or the position that stands in for a verdict.
type Comparison struct {
	Key
	// Comparator is the code of an area, or the name of a neighbour set.
	Comparator      string   `json:"comparator"`
	ComparatorValue *float64 `json:"comparator_value,omitempty"`
	ComparatorLow   *float64 `json:"comparator_low,omitempty"`
	ComparatorHigh  *float64 `json:"comparator_high,omitempty"`
	// Rank counts from 1 = best (or highest where the measure is neutral) among Of areas with a value; 0 = no rank.
	Rank int `json:"rank,omitempty"`
	Of   int `json:"of,omitempty"`
	// Ties counts the other areas that share the rank.
	Ties    int    `json:"ties,omitempty"`
	Outcome string `json:"outcome"`
	Rule    string `json:"rule"`
	Reason  string `json:"reason,omitempty"`
}

// Trend is the verdict on the recent periods of one series.
type Trend struct {
	Indicator string `json:"indicator"`
	Area      string `json:"area"`
	Breakdown string `json:"breakdown,omitempty"`
	Category  string `json:"category,omitempty"`
	stats.Trend
}

// Change is what happened between the baseline and the latest period of one series.
type Change struct {
	Indicator string         `json:"indicator"`
	Area      string         `json:"area"`
	From      period.Period  `json:"from"`
	To        period.Period  `json:"to"`
	First     *float64       `json:"first,omitempty"`
	Last      *float64       `json:"last,omitempty"`
	Change    stats.Estimate `json:"change"`
}

// The outcomes of a target beside those of engine/stats.
const (
	// TargetNotDue means that no figure is held yet for the period of the target.
	TargetNotDue = "not-due"
	// TargetNoFigure means that figures of later periods are held and that of the target is not.
	TargetNoFigure = "no-figure"
)

// Target is what was set for an indicator in a period, with how its figure stands against it. Lower and Upper are the limits
// in the unit of the indicator; where they are percentiles of authorities, those stand beside them.
type Target struct {
	Indicator string        `json:"indicator"`
	Area      string        `json:"area"`
	Period    period.Period `json:"period"`
	// Kind is at-least, at-most or range; Basis value, percentile or england-last-year.
	Kind            string   `json:"kind"`
	Basis           string   `json:"basis"`
	Lower           *float64 `json:"lower,omitempty"`
	Upper           *float64 `json:"upper,omitempty"`
	LowerPercentile *float64 `json:"lower_percentile,omitempty"`
	UpperPercentile *float64 `json:"upper_percentile,omitempty"`
	Tolerance       float64  `json:"tolerance,omitempty"`
	AsCounted       bool     `json:"as_counted,omitempty"`
	Source          string   `json:"source"`
	// Value is the figure of the period, if one is held.
	Value  *float64             `json:"value,omitempty"`
	Status stats.TargetStanding `json:"status"`
	// Forecast is where the figures lead by the period of a target that is not due; nil where it is, or its limits are not known.
	Forecast *stats.Forecast `json:"forecast,omitempty"`
}

// Progress is the recorded state of one commitment or deliverable.
type Progress struct {
	ID       string `json:"id"`
	Goal     string `json:"goal"`
	Kind     string `json:"kind"`
	Title    string `json:"title"`
	Due      string `json:"due,omitempty"`
	Status   string `json:"status,omitempty"`
	AsOf     string `json:"as_of,omitempty"`
	Owner    string `json:"owner,omitempty"`
	Evidence string `json:"evidence,omitempty"`
}

// Set is everything one run found.
type Set struct {
	Values Values
	// Index is that of Values; nil where nobody made one.
	Index       *Index
	Comparisons []Comparison
	Trends      []Trend
	Changes     []Change
	Targets     []Target
	Progress    []Progress
}

// SortValues puts values in the order in which they are published: indicator, breakdown, category, area, period.
func SortValues(values []Value) { slices.SortStableFunc(values, inOrder) }

func inOrder(a, b Value) int { return order(&a, &b) }

func order(a, b *Value) int {
	for _, pair := range [...][2]*string{
		{&a.Indicator, &b.Indicator}, {&a.Breakdown, &b.Breakdown}, {&a.Category, &b.Category}, {&a.Area, &b.Area},
		{&a.Period.End, &b.Period.End}, {&a.Period.Label, &b.Period.Label},
	} {
		if ordered := cmp.Compare(*pair[0], *pair[1]); ordered != 0 {
			return ordered
		}
	}
	return 0
}
