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
	Status string   `json:"status,omitempty"`
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
