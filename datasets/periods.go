package datasets

import (
	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/engine/yamldoc"
)

// Periods says how the period column is written and what its label means. Two files of one publisher can give the same
// label to different cohorts, and one row can carry figures of several dates: Names, Months and Shift say what is meant.
type Periods struct {
	Kind string `json:"kind" jsonschema:"enum=calendar,enum=academic,enum=financial,enum=quarter,enum=month,enum=months,enum=rolling,enum=pooled,enum=instant,enum=term,enum=tax,enum=week"`
	// Form is how the file writes its periods, if not in the written form of their kind.
	Form string `json:"form,omitempty" jsonschema:"enum=written,enum=date,enum=dash-years,enum=month,enum=month-digits,enum=month-range,enum=pooled-years,enum=six-digits,enum=slash-years,enum=sortable,enum=start-duration,enum=time-identifier,enum=year,enum=year-ending"`
	// Names is which of the years of a period a single year names: end where it is the year in which the period ends, or
	// in which a cohort reaches its age.
	Names string `json:"names,omitempty" jsonschema:"enum=start,enum=end"`
	// Months are those that are meant of the year in the label: Dec to Feb, or Mar.
	Months string `json:"months,omitempty" jsonschema:"pattern=^[A-Z][a-z]{2}( to [A-Z][a-z]{2})?$"`
	// Years is how many years are pooled, where the label names one.
	Years int `json:"years,omitempty" jsonschema:"minimum=2,maximum=20"`
	// Shift moves every label by years, where its publisher labels by another year than the one that is meant.
	Shift int `json:"shift,omitempty" jsonschema:"minimum=-20,maximum=20"`
	// Projected says that there are figures of periods to come, long after the release.
	Projected bool   `json:"projected,omitempty"`
	Meaning   string `json:"meaning,omitempty"`
}

// Read reads a label of the dataset.
func (p Periods) Read(label string) (period.Reading, error) {
	return period.Read(period.Form(p.Form), label, p.means())
}

func (p Periods) means() period.Meaning {
	return period.Meaning{Kind: period.Kind(p.Kind), Names: period.Part(p.Names), Months: p.Months, Years: p.Years, Shift: p.Shift}
}

// inspectPeriods says what labels cannot be read without, and what is stated of them to no use; path is where the periods
// of the release stand.
func inspectPeriods(document yamldoc.Document[Dataset], release Dataset, path string) fault.List {
	var faults fault.List
	if err := period.Usable(period.Form(release.Periods.Form), release.Periods.means()); err != nil {
		faults.Add(document.At(path).Errorf(path, "%v", err))
	}
	identifiers := release.Role("time-identifier")
	for _, column := range identifiers {
		if release.Periods.Form != string(period.TimeIdentifier) {
			faults.Add(document.At("columns").Errorf("columns", "the time identifier %q has no use without form: %s in periods", column.Name, period.TimeIdentifier))
		}
		if column.Type != "text" {
			faults.Add(document.At("columns").Errorf("columns", "the time identifier %q holds no text", column.Name))
		}
	}
	if n := len(identifiers); n > 1 {
		faults.Add(document.At("columns").Errorf("columns", "%d columns have the role time-identifier, at most one may", n))
	}
	return faults
}
