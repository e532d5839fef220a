package source

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// eesMeta says what the ids of a data set stand for.
type eesMeta struct {
	Filters    []eesFilter `json:"filters"`
	Indicators []eesItem   `json:"indicators"`
	Locations  []struct {
		Level   eesItem       `json:"level"`
		Options []eesLocation `json:"options"`
	} `json:"locations"`
}

// eesItem is a thing with an id and a label; Column is what it is called in the file for download.
type eesItem struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Column string `json:"column"`
	Label  string `json:"label"`
}

// eesFilter is a filter with its options.
type eesFilter struct {
	eesItem
	Options []eesItem `json:"options"`
}

// eesLocation is an area. Which of the codes it has depends on its level.
type eesLocation struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Code    string `json:"code"`
	OldCode string `json:"oldCode"`
	URN     string `json:"urn"`
	UKPRN   string `json:"ukprn"`
}

// is says whether an author's word means the item.
func (e eesItem) is(wanted string) bool {
	wanted = strings.TrimSpace(wanted)
	return wanted == e.ID || wanted == e.Column && wanted != "" || strings.EqualFold(wanted, strings.TrimSpace(e.Label))
}

// heading is what the item's column is called.
func (e eesItem) heading() string { return cmp.Or(e.Column, e.Label, e.ID) }

// resolve is the id of the item that an author's word means.
func resolve(items []eesItem, wanted string) (string, bool) {
	at := slices.IndexFunc(items, func(e eesItem) bool { return e.is(wanted) })
	if at < 0 {
		return "", false
	}
	return items[at].ID, true
}

// some lists labels for a hint.
func some(items []eesItem) string {
	var labels []string
	for _, one := range items {
		labels = append(labels, fmt.Sprintf("%q", cmp.Or(one.Label, one.ID)))
	}
	// Twelve labels fill a line or two; the author knows the rest from them.
	const enough = 12
	if len(labels) > enough {
		labels = append(labels[:enough], "…")
	}
	return strings.Join(labels, ", ")
}

// label is the label of an item by its id, and the id where the data set does not say.
func label(items []eesItem, id string) string {
	for _, one := range items {
		if one.ID == id {
			return one.Label
		}
	}
	return id
}

// eesColumns are what the columns of a level are called in the files for download; other levels are called after
// their code.
var eesColumns = map[string]string{"NAT": "country", "REG": "region", "LA": "la", "LAD": "lad"}

// write writes results in the layout of the files for download, and the area of each row once more as area_code and
// area_name, whatever its level.
func (m eesMeta) write(indicators []string, results []eesResult) ([]byte, error) {
	var levels []string
	areas := map[string]map[string]eesLocation{}
	for _, level := range m.Locations {
		areas[level.Level.Code] = map[string]eesLocation{}
		for _, one := range level.Options {
			areas[level.Level.Code][one.ID] = one
		}
		if slices.ContainsFunc(results, func(r eesResult) bool { return r.Locations[level.Level.Code] != "" }) {
			levels = append(levels, level.Level.Code)
		}
	}
	record := []string{"time_period", "time_identifier", "geographic_level", "area_code", "area_name"}
	for _, level := range levels {
		name := cmp.Or(eesColumns[level], strings.ToLower(level))
		record = append(record, name+"_code", name+"_name")
	}
	for _, filter := range m.Filters {
		record = append(record, filter.heading())
	}
	for _, id := range indicators {
		at := slices.IndexFunc(m.Indicators, func(e eesItem) bool { return e.ID == id })
		record = append(record, m.Indicators[at].heading())
	}
	var text bytes.Buffer
	writer := csv.NewWriter(&text)
	if err := writer.Write(record); err != nil {
		return nil, err
	}
	for _, result := range results {
		if err := writer.Write(m.row(result, levels, areas, indicators)); err != nil {
			return nil, err
		}
	}
	writer.Flush()
	return text.Bytes(), writer.Error()
}

// row is one result in words.
func (m eesMeta) row(result eesResult, levels []string, areas map[string]map[string]eesLocation, indicators []string) []string {
	code, name := areaOf(areas, result.GeographicLevel, result.Locations)
	row := []string{result.TimePeriod.Period, result.TimePeriod.Code, result.GeographicLevel, code, name}
	for _, level := range levels {
		code, name := areaOf(areas, level, result.Locations)
		row = append(row, code, name)
	}
	for _, filter := range m.Filters {
		row = append(row, label(filter.Options, result.Filters[filter.ID]))
	}
	for _, id := range indicators {
		row = append(row, string(result.Values[id]))
	}
	return row
}

// areaOf is code and name of a result's area at a level; an id that the data set does not explain stands for itself.
func areaOf(areas map[string]map[string]eesLocation, level string, locations map[string]string) (code, name string) {
	id := locations[level]
	one, found := areas[level][id]
	if !found {
		return id, ""
	}
	return cmp.Or(one.Code, one.URN, one.UKPRN, one.OldCode, one.ID), one.Label
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](entries map[string]V) []string { return slices.Sorted(maps.Keys(entries)) }
