package datasets

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// Earlier is a release before the current one, kept beside it: what was known on a day is rebuilt from the releases of
// that day, and a revision is seen by holding two of them against each other. It is as the current one but for what it
// says.
type Earlier struct {
	Release string `json:"release" jsonschema:"minLength=1"`
	// Released is the day on which it was published (2006-01-02).
	Released          string `json:"released" jsonschema:"pattern=^\\d{4}-\\d{2}-\\d{2}$"`
	ReleasedPrecision string `json:"released_precision,omitempty" jsonschema:"enum=day,enum=month"`
	// File is its file in the dataset's folder, where it is laid out as the current one; Source is the whole source
	// where it is not.
	File   string  `json:"file,omitempty"`
	Source *Source `json:"source,omitempty"`
	// From gives the headings of columns that had another one, by the columns' names; Periods the form of its labels.
	From    map[string]string `json:"from,omitempty"`
	Periods *Periods          `json:"periods,omitempty"`
	Notes   string            `json:"notes,omitempty"`
}

// Before are the earlier releases as datasets of their own, in the order in which they are listed.
func (d Dataset) Before() []Dataset {
	var releases []Dataset
	for _, earlier := range d.Earlier {
		before := d
		before.Release, before.Released, before.ReleasedPrecision, before.ReleasedNote = earlier.Release, earlier.Released, earlier.ReleasedPrecision, ""
		before.NextRelease, before.Earlier = "", nil
		if before.Source.File, before.Source.Files = earlier.File, nil; earlier.Source != nil {
			before.Source = *earlier.Source
		}
		before.Columns = slices.Clone(d.Columns)
		for i, column := range before.Columns {
			if from, differs := earlier.From[column.Name]; differs {
				before.Columns[i].From = from
			}
		}
		if earlier.Periods != nil {
			before.Periods = *earlier.Periods
		}
		if earlier.Notes != "" {
			before.Notes = earlier.Notes
		}
		releases = append(releases, before)
	}
	return releases
}

// inspectEarlier applies the rules for earlier releases.
func inspectEarlier(document yamldoc.Document[Dataset]) fault.List {
	var faults fault.List
	dataset := document.Value
	days := map[string]bool{dataset.Released: true}
	for i, before := range dataset.Before() {
		earlier, path := dataset.Earlier[i], fmt.Sprintf("earlier[%d]", i)
		at := func(part, format string, args ...any) {
			part = path + "." + part
			faults.Add(document.At(part).Errorf(part, format, args...))
		}
		switch _, err := time.Parse(time.DateOnly, earlier.Released); {
		case err != nil:
			at("released", "%q is not a day of the calendar", earlier.Released)
		case earlier.Released >= dataset.Released:
			at("released", "is %s, and the current release is of %s", earlier.Released, dataset.Released)
		case days[earlier.Released]:
			at("released", "%s is the day of another release too", earlier.Released)
		}
		days[earlier.Released] = true
		where := path
		if earlier.Source != nil {
			where += ".source"
		}
		if earlier.File != "" && earlier.Source != nil {
			at("file", "stands in the source, where there is one")
		}
		for _, name := range slices.Sorted(maps.Keys(earlier.From)) {
			if _, known := dataset.Column(name); !known {
				at("from."+name, "no column %q", name)
			}
		}
		faults.Add(inspectSource(document, before.Source, where)...)
		faults.Add(inspectPeriods(document, before, path+".periods")...)
	}
	return faults
}
