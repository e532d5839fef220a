package datasets

import (
	"fmt"
	"slices"

	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/engine/yamldoc"
)

// Check is one rule that the figures are held against; an error stops what rests on the dataset, a warning travels
// with its results.
type Check struct {
	Rule      string   `json:"rule" jsonschema:"enum=range,enum=unique,enum=inside-interval,enum=completeness,enum=parts-sum,enum=england-row,enum=parent-range,enum=duplicate-place,enum=unit,enum=obsolete-area,enum=freshness,enum=previous-release,enum=agreement"`
	Column    string   `json:"column,omitempty"`
	Minimum   *float64 `json:"minimum,omitempty"`
	Maximum   *float64 `json:"maximum,omitempty"`
	Parts     []string `json:"parts,omitempty"`
	Whole     string   `json:"whole,omitempty"`
	Tolerance float64  `json:"tolerance,omitempty"`
	Areas     []string `json:"areas,omitempty"`
	Of        string   `json:"of,omitempty"`
	// From is the period from which a completeness check holds; without it, the first.
	From string `json:"from,omitempty"`
	// Unit is what the column of a unit check holds; without it, percent.
	Unit string `json:"unit,omitempty" jsonschema:"enum=percent,enum=ratio"`
	// Days is how late a release may be before a freshness check speaks; without it, 31.
	Days int `json:"days,omitempty" jsonschema:"minimum=1"`
	// With names another dataset whose figures an agreement check holds these against, as "dataset/column"; Why says which
	// of the two stands where they differ, and by what rule.
	With  string `json:"with,omitempty" jsonschema:"pattern=^[a-z0-9-]+/[a-z][a-z0-9_]*$"`
	Why   string `json:"why,omitempty"`
	Level string `json:"level" jsonschema:"enum=error,enum=warn"`
}

// checkNeeds are the fields that a rule cannot do without.
var checkNeeds = map[string][]string{
	"range": {"column"}, "inside-interval": {"column"}, "parts-sum": {"parts", "whole"}, "parent-range": {"column"}, "unit": {"column"},
	"agreement": {"column", "with", "why"},
}

// inspectCheck applies the rules for the check at a position.
func inspectCheck(document yamldoc.Document[Dataset], position int) fault.List {
	var faults fault.List
	dataset := document.Value
	check := dataset.Checks[position]
	at := func(part, format string, args ...any) {
		path := fmt.Sprintf("checks[%d]", position)
		if part != "" {
			path += "." + part
		}
		faults.Add(document.At(path).Errorf(path, format, args...))
	}
	for _, need := range checkNeeds[check.Rule] {
		if !document.Has(fmt.Sprintf("checks[%d].%s", position, need)) {
			at("", "the rule %s needs %s", check.Rule, need)
		}
	}
	named := map[string][]string{"column": {check.Column}, "whole": {check.Whole}, "parts": check.Parts}
	for _, part := range []string{"column", "whole", "parts"} {
		for _, name := range named[part] {
			if _, known := dataset.Column(name); name != "" && !known {
				at(part, "no column %q", name)
			}
		}
	}
	if check.From != "" {
		if _, err := period.Parse(period.Kind(dataset.Periods.Kind), check.From); err != nil || check.Rule != "completeness" {
			at("from", "is the %s from which the rule completeness holds: got %q", dataset.Periods.Kind, check.From)
		}
	}
	column, known := dataset.Column(check.Column)
	switch {
	case check.Rule == "range" && check.Minimum == nil && check.Maximum == nil:
		at("", "the rule range needs a minimum or a maximum")
	case check.Minimum != nil && check.Maximum != nil && *check.Minimum > *check.Maximum:
		at("minimum", "is above the maximum")
	case known && check.Rule == "parent-range" && column.Role != "value":
		at("column", "the rule parent-range is for columns of the role value: a count of the whole lies outside those of its parts")
	case known && check.Rule == "inside-interval" && !dataset.hasLimits(check.Column):
		at("column", "the column %q has no lower and no upper column", check.Column)
	case known && slices.Contains([]string{"range", "unit"}, check.Rule) && column.Type == "text":
		at("column", "the column %q holds no numbers", check.Column)
	}
	return faults
}

// hasLimits says whether a column has a lower or an upper limit.
func (d Dataset) hasLimits(name string) bool {
	return slices.ContainsFunc(d.Columns, func(c Column) bool { return c.Of == name && (c.Role == "lower" || c.Role == "upper") })
}
