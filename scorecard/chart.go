package scorecard

// ChartKind says how a chart is drawn; scorecard/chart has one file a kind.
type ChartKind string

// The chart kinds.
const (
	// TrendChart is lines over time: the focus area with its interval band, comparators dashed or dotted, breaks as
	// gaps with their reason, provisional points hollow. It reads Series and Breaks.
	TrendChart ChartKind = "trend"
	// BarsChart is areas ranked, each a point with its interval, or a bar from zero when there are no intervals; the
	// reference is one dark line. It reads Bars and Reference.
	BarsChart ChartKind = "bars"
	// StackedChart is bars of two parts, the second hatched: NEET and not known. It reads Bars with Second.
	StackedChart ChartKind = "stacked"
	// DumbbellChart is pairs of groups, both ends shown, the focus area above England. It reads Pairs.
	DumbbellChart ChartKind = "dumbbell"
	// SparkChart is a small line of the focus area over England's, without axes. It reads Series.
	SparkChart ChartKind = "sparkline"
	// StripChart is the focus area's place among its neighbours on one line, worse to better. It reads Bars and Reference.
	StripChart ChartKind = "strip"
	// SpineChart is indicators on one spine: each row scaled so that England stands on it, from the worst area to the best,
	// with the middle half of the areas. It reads Spine.
	SpineChart ChartKind = "spine"
	// RugChart is a tartan rug: areas by indicators, each cell a number with the shape of its verdict. It reads Grid.
	RugChart ChartKind = "rug"
	// GradientChart is ordered groups by their share of the population, with the fitted line whose rise is the slope index
	// of inequality. It reads Bars with Share, and Slope.
	GradientChart ChartKind = "gradient"
	// GapChart is the gap between two groups over time, both ends shown in each period. It reads Series, two of the focus
	// area and two of England at most, and Breaks.
	GapChart ChartKind = "gap"
	// ControlChart is a chart of statistical process control with the icons of variation and assurance. It reads Series,
	// Limits, Breaks, Reference as the target, and Process.
	ControlChart ChartKind = "spc"
	// FunnelChart is areas by size between control limits. It reads Dots, Funnel and Reference.
	FunnelChart ChartKind = "funnel"
	// BulletChart is values against their targets, a row each on a scale of its own. It reads Bullets.
	BulletChart ChartKind = "bullet"
	// MultiplesChart is small line charts side by side. It reads Panels.
	MultiplesChart ChartKind = "multiples"
	// TimelineChart is milestones by the date on which they are due, each with its status. It reads Events and Today.
	TimelineChart ChartKind = "timeline"
	// TilesChart is a map of tiles, one a small area, in classes of value. It reads Tiles and Classes.
	TilesChart ChartKind = "tiles"
	// MapChart is a map of small areas by their boundaries, in classes of value. It reads Shapes and Classes.
	MapChart ChartKind = "map"
	// SurvivalChart is the share of one cohort still there after each year. It reads Series, with X in years since the start.
	SurvivalChart ChartKind = "survival"
)

// Chart is a chart before it is drawn: its message, its data and its words. Values are in the unit of the indicator.
type Chart struct {
	Kind ChartKind `json:"kind"`
	// ID is unique in the board and safe as a file name and an HTML id.
	ID string `json:"id"`
	// Title says the message; Subtitle the measure, unit, area and period.
	Title    string `json:"title"`
	Subtitle string `json:"subtitle,omitempty"`
	Source   string `json:"source,omitempty"`
	Note     string `json:"note,omitempty"`
	Unit     Unit   `json:"unit"`
	// HigherIsBetter turns a strip's direction; nil for a neutral measure.
	HigherIsBetter *bool     `json:"higher_is_better,omitempty"`
	Series         []Series  `json:"series,omitempty"`
	Breaks         []Divide  `json:"breaks,omitempty"`
	Bars           []Bar     `json:"bars,omitempty"`
	Reference      *Mark     `json:"reference,omitempty"`
	Pairs          []Pair    `json:"pairs,omitempty"`
	PartNames      [2]string `json:"part_names,omitzero"`
	// Tone is the verdict's tone for the focus mark of a strip.
	Tone Tone `json:"tone,omitempty"`

	Spine   []SpineRow  `json:"spine,omitempty"`
	Grid    *Grid       `json:"grid,omitempty"`
	Slope   *Slope      `json:"slope,omitempty"`
	Limits  []Limit     `json:"limits,omitempty"`
	Process *Process    `json:"process,omitempty"`
	Dots    []Dot       `json:"dots,omitempty"`
	Funnel  []FunnelCut `json:"funnel,omitempty"`
	Bullets []Bullet    `json:"bullets,omitempty"`
	Panels  []Chart     `json:"panels,omitempty"`
	Events  []Event     `json:"events,omitempty"`
	// Today is the day the statuses were recorded on, as a place on the time axis.
	Today   *Mark      `json:"today,omitempty"`
	Tiles   []AreaTile `json:"tiles,omitempty"`
	Shapes  []MapShape `json:"shapes,omitempty"`
	Classes []Class    `json:"classes,omitempty"`
	// Accent is the colour of the focus area as #RRGGBB where a council brings its own, and Second the comparator's.
	Accent string `json:"accent,omitempty"`
	Second string `json:"second,omitempty"`
}

// Unit says how numbers of a chart are printed: prefix, suffix, decimals and thousands separators.
type Unit struct {
	Prefix   string `json:"prefix,omitempty"`
	Suffix   string `json:"suffix,omitempty"`
	Decimals int    `json:"decimals"`
	// Words is the unit as a subtitle prints it: "%", "per 100,000 residents aged 19 to 64".
	Words string `json:"words,omitempty"`
}

// Role says whose figures they are, and so how they are drawn.
type Role string

// The roles.
const (
	FocusRole      Role = "focus"
	EnglandRole    Role = "england"
	RegionRole     Role = "region"
	NeighbourRole  Role = "neighbour"
	UpperBoundRole Role = "upper-bound"
	// TargetRole is a target: Y is the value aimed at, or Lower and Upper the range, Label the period it holds for.
	TargetRole Role = "target"
)

// Series is one line.
type Series struct {
	Name   string  `json:"name"`
	Role   Role    `json:"role"`
	Points []Point `json:"points"`
}

// Point is one period of a line. X is the position on the time axis in years; Y is nil where there is no value.
type Point struct {
	Label       string   `json:"label"`
	X           float64  `json:"x"`
	Y           *float64 `json:"y,omitempty"`
	Lower       *float64 `json:"lower,omitempty"`
	Upper       *float64 `json:"upper,omitempty"`
	Provisional bool     `json:"provisional,omitempty"`
	Status      string   `json:"status,omitempty"`
	// GapBefore says that the line is broken between the point before and this one.
	GapBefore bool `json:"gap_before,omitempty"`
	// Signal is the tone of a point that process control tells from the rest: better, worse, or similar for a special cause
	// that is neither; empty within common variation.
	Signal Tone `json:"signal,omitempty"`
}

// Divide is a break in a series, drawn between two points.
type Divide struct {
	X   float64 `json:"x"`
	Why string  `json:"why"`
}

// Bar is one area of a ranking; Second is the second part of a stacked bar.
type Bar struct {
	Label  string   `json:"label"`
	Role   Role     `json:"role"`
	Value  *float64 `json:"value,omitempty"`
	Lower  *float64 `json:"lower,omitempty"`
	Upper  *float64 `json:"upper,omitempty"`
	Second *float64 `json:"second,omitempty"`
	// Share is the group's share of the population, 0 to 1, in a gradient.
	Share  float64 `json:"share,omitempty"`
	Status string  `json:"status,omitempty"`
}

// Mark is one labelled value.
type Mark struct {
	Label string   `json:"label"`
	Value *float64 `json:"value,omitempty"`
}

// Pair is one row of a dumbbell chart: the two groups' values for the focus area and for England.
type Pair struct {
	Label   string      `json:"label"`
	Period  string      `json:"period"`
	Focus   [2]*float64 `json:"focus"`
	England [2]*float64 `json:"england"`
	Unit    Unit        `json:"unit"`
}
