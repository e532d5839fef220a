package datasets

// Query is what a dataset asks the interface of its publisher for. Every kind of source uses the fields that its
// publisher has words for: which, stands at each field.
type Query struct {
	// Dataset is the publisher's name of the table: NM_17_5 (nomis), the id of a data set (ees),
	// str:database:CILIF_REL (statxplore), employment-rate or wellbeing-local-authority (ons).
	Dataset string `json:"dataset,omitempty"`
	// Endpoint is the way to ask, where a publisher has several: csv or query (ees); topic, csv or observations (ons).
	// The first of each is what an empty one stands for.
	Endpoint string `json:"endpoint,omitempty" jsonschema:"enum=csv,enum=query,enum=topic,enum=observations"`
	// Edition and Version hold the query to one publication (ees: version; ons: both). Without them the newest is taken.
	Edition string `json:"edition,omitempty"`
	Version string `json:"version,omitempty"`
	// Indicators are ids (fingertips), or labels or ids (ees).
	Indicators []string `json:"indicators,omitempty"`
	// Parameters stand in the address as the publisher names them: geography, date, measures (nomis);
	// child_area_type_id, parent_area_type_id, profile_id (fingertips); the dimensions of observations (ons).
	Parameters map[string]string `json:"parameters,omitempty"`
	// Periods are written as period and code, "2022/2023 AY"; Areas as level and code, "LA E06000034" (ees).
	Periods []string `json:"periods,omitempty"`
	Areas   []string `json:"areas,omitempty"`
	// Filters are the options that are wanted, by the label or id of their filter, each by its label or id (ees).
	Filters map[string][]string `json:"filters,omitempty"`
	// Measures and Dimensions are those of a cube, by their addresses (statxplore).
	Measures   []string    `json:"measures,omitempty"`
	Dimensions []Dimension `json:"dimensions,omitempty"`
	// Secret names the environment variable that holds the key (statxplore, needed; nomis, for more rows a page). The
	// key itself stands in no file.
	Secret string `json:"secret,omitempty" jsonschema:"pattern=^[A-Z][A-Z0-9_]*$"`
}

// Dimension is one dimension of a cube: a field, and those of its values that are wanted, all where none is named.
type Dimension struct {
	Field  string   `json:"field" jsonschema:"minLength=1"`
	Values []string `json:"values,omitempty"`
	// Total asks for the total of the values after them.
	Total bool `json:"total,omitempty"`
}
