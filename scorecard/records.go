package scorecard

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/indicators"
)

// methods are the records of all indicators, by their first goal.
func (b *builder) methods() []MethodGroup {
	var groups []MethodGroup
	for _, goal := range b.in.Strategy.Goals {
		group := MethodGroup{Code: goal.ID, Title: goal.Short}
		for _, id := range b.defined() {
			if definition := b.in.Definitions[id]; len(definition.Goals) > 0 && definition.Goals[0] == goal.ID {
				group.Entries = append(group.Entries, b.methodRecord(definition))
			}
		}
		if len(group.Entries) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

func (b *builder) methodRecord(definition indicators.Definition) MethodRecord {
	record := MethodRecord{
		Indicator: definition.ID, Title: definition.Title, Basis: basis(definition), Method: b.method(definition), Care: definition.Caveats,
		Breaks: breakWords(definition), Hidden: b.hidden(definition.ID), Latest: "none held",
	}
	switch dataset, known := b.in.Datasets[definition.Dataset]; {
	case known:
		record.Dataset = definition.Dataset
		record.Source = fmt.Sprintf("%s: %s, %s", dataset.Publisher, dataset.Title, b.releasedOn(dataset))
	case definition.Fetch != nil:
		record.Source = fetchWords(*definition.Fetch)
	default:
		record.Source = b.derivedFrom(definition)
	}
	if latest, found := b.latest(definition.ID, "", ""); found && latest.HasValue() {
		record.Latest = latest.Period.Words() + ", " + age(latest.Period, definition.FollowUp, b.in.AsOf)
		record.Warnings = warnings(definition, latest)
	}
	return record
}

// breakWords are the breaks in a definition's series, each as a sentence.
func breakWords(definition indicators.Definition) []string {
	var sentences []string
	for _, gap := range definition.Breaks {
		where := "From " + string(gap.From)
		if gap.From == "" {
			where = "At " + names(gap.Cohorts)
		}
		sentences = append(sentences, where+": "+gap.Why)
	}
	return sentences
}

// hidden counts an indicator's figures that have no number, and says who keeps them back.
func (b *builder) hidden(indicator string) string {
	all, suppressed, missing := 0, 0, 0
	by := " by the publisher"
	if b.in.Datasets[b.in.Definitions[indicator].Dataset].Suppress != nil || b.in.Definitions[indicator].Suppress != nil {
		by = ""
	}
	values := b.all(indicator)
	for i := range values {
		all++
		switch v := &values[i]; {
		case v.HasValue():
		case strings.Contains(v.Status, "c"):
			suppressed++
		default:
			missing++
		}
	}
	return hiddenWords(all, suppressed, missing, by)
}

func hiddenWords(all, suppressed, missing int, by string) string {
	of := " of " + thousands(float64(all)) + " figures."
	switch {
	case all == 0:
		return "No figure is held, so none is hidden."
	case suppressed+missing == 0:
		return "Nothing is suppressed, and no figure is missing."
	case suppressed == 0:
		return "Nothing is suppressed. Not published: " + thousands(float64(missing)) + of
	case missing == 0:
		return "Suppressed" + by + " [c]: " + thousands(float64(suppressed)) + of + " Nothing is worked back."
	}
	return "Suppressed" + by + " [c]: " + thousands(float64(suppressed)) + of + " Not published: " + thousands(float64(missing)) + ". Nothing is worked back."
}

// datasetRecords are the records of all datasets of which figures are held, by id.
func (b *builder) datasetRecords() []DatasetRecord {
	var records []DatasetRecord
	for _, id := range slices.Sorted(maps.Keys(b.in.Datasets)) {
		dataset := b.in.Datasets[id]
		record := DatasetRecord{
			Source: b.sourceRecord(id), Period: dataset.Periods.Meaning, Series: seriesWords[dataset.Series],
			Rows: rowWords(b.in.Quality[id].Rows), Warnings: b.in.Quality[id].Warnings, Checks: checkWords(dataset), Indicators: []string{},
		}
		for _, indicator := range b.defined() {
			definition := b.in.Definitions[indicator]
			england := definition.Compare.England
			if definition.Dataset == id || england != nil && england.Dataset == id {
				record.Indicators = append(record.Indicators, indicator)
			}
		}
		records = append(records, record)
	}
	return records
}

func rowWords(rows int) string {
	switch rows {
	case 0:
		return "no figure held"
	case RowsNotTold:
		return "figures held here, of which small counts are not told"
	}
	return thousands(float64(rows)) + plural(rows, " row", " rows")
}

// checkWords are what a dataset's figures were held against.
func checkWords(dataset datasets.Dataset) []string {
	words := []string{"every figure has the type and the bounds of its column"}
	for _, check := range dataset.Checks {
		text := ruleWords[check.Rule]
		switch check.Rule {
		case "range":
			text = check.Column + " lies " + boundWords(check)
		case "parts-sum":
			text = fmt.Sprintf("%s add up to %s", names(check.Parts), check.Whole)
		case "agreement":
			text = fmt.Sprintf("%s agrees with %s: %s", check.Column, check.With, check.Why)
		case "completeness":
			if len(check.Areas) > 0 {
				text = "a row for " + names(check.Areas) + " in every period"
			}
			if check.From != "" {
				text += " from " + check.From
			}
		}
		if check.Level == "warn" {
			text += " (a warning)"
		}
		if !slices.Contains(words, text) {
			words = append(words, text)
		}
	}
	return words
}

// ruleWords are the rules of quality that need no field said.
var ruleWords = map[string]string{
	"unique": "no key stands twice", "inside-interval": "each value lies inside its interval", "completeness": "a row for every area in every period",
	"england-row": "England has a row in every period", "parent-range": "each region lies within the range of its areas", "duplicate-place": "no place stands under two codes",
	"unit": "the figures are in the unit that is stated", "obsolete-area": "no former area after its end", "freshness": "the next release is not overdue",
	"previous-release": "what changed since the release before",
}

func boundWords(check datasets.Check) string {
	switch {
	case check.Minimum != nil && check.Maximum != nil:
		return fmt.Sprintf("between %v and %v", *check.Minimum, *check.Maximum)
	case check.Minimum != nil:
		return fmt.Sprintf("at or above %v", *check.Minimum)
	}
	return fmt.Sprintf("at or below %v", *check.Maximum)
}

// sourceRecord is what a dataset is and where it comes from.
func (b *builder) sourceRecord(id string) Source {
	d := b.in.Datasets[id]
	released := releasedWords(d)
	if b.unfilled(d) {
		released = "not filled in yet"
	}
	return Source{
		ID: id, Title: d.Title, Publisher: d.Publisher, Release: d.Release, Released: released, NextRelease: d.NextRelease,
		Label: labelWords(d.Label), Licence: d.Licence.Name, Attribution: d.Licence.Attribution, Snapshot: b.in.Snapshots[id], Protected: b.in.Quality[id].Protected,
	}
}
