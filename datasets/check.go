package datasets

// Check is one rule that the figures are held against; an error stops what rests on the dataset, a warning travels
// with its results.
type Check struct {
	Rule      string   `json:"rule" jsonschema:"enum=range,enum=unique,enum=inside-interval,enum=completeness,enum=parts-sum,enum=england-row,enum=parent-range,enum=duplicate-place,enum=unit,enum=obsolete-area,enum=freshness,enum=previous-release"`
	Column    string   `json:"column,omitempty"`
	Minimum   *float64 `json:"minimum,omitempty"`
	Maximum   *float64 `json:"maximum,omitempty"`
	Parts     []string `json:"parts,omitempty"`
	Whole     string   `json:"whole,omitempty"`
	Tolerance float64  `json:"tolerance,omitempty"`
	Areas     []string `json:"areas,omitempty"`
	Of        string   `json:"of,omitempty"`
	// Unit is what the column of a unit check holds; without it, percent.
	Unit string `json:"unit,omitempty" jsonschema:"enum=percent,enum=ratio"`
	// Days is how late a release may be before a freshness check speaks; without it, 31.
	Days  int    `json:"days,omitempty" jsonschema:"minimum=1"`
	Level string `json:"level" jsonschema:"enum=error,enum=warn"`
}
