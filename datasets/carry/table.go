package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"levelfield/datasets"
)

// A column of a table: a value, a count or a limit of an interval. A limit has no status of its own, because it shares its
// value's.
type column struct {
	name  string
	limit bool
}

// A cell is a number as written, or nothing, and the status letters beside it.
type cell struct {
	number string
	status string
}

// A place is the key of a row: where, when, and for which groups.
type place struct {
	area       string
	period     string
	categories []string
}

type row struct {
	place place
	cells []cell
}

// A table gathers cells by place and writes them in one order.
type table struct {
	categories []string
	columns    []column
	rows       map[string]*row
}

// newTable is an empty table with the columns of a dataset.
func newTable(target datasets.Dataset) *table {
	t := &table{rows: map[string]*row{}}
	for _, described := range target.Columns {
		switch described.Role {
		case "category":
			t.categories = append(t.categories, described.Name)
		case "value", "count":
			t.columns = append(t.columns, column{name: described.Name})
		case "lower", "upper":
			t.columns = append(t.columns, column{name: described.Name, limit: true})
		}
	}
	return t
}

// set puts a cell at a place. Two different cells for one place are an error:
// the publisher's file has been misread, or its areas have been merged wrongly.
func (t *table) set(at place, columnName string, contents cell) error {
	index := slices.IndexFunc(t.columns, func(c column) bool { return c.name == columnName })
	if index < 0 {
		return fmt.Errorf("no column %q", columnName)
	}
	if len(at.categories) != len(t.categories) {
		return fmt.Errorf("%d categories for %d category columns", len(at.categories), len(t.categories))
	}
	key := strings.Join(append([]string{at.area, at.period}, at.categories...), "\x00")
	found, ok := t.rows[key]
	if !ok {
		found = &row{place: at, cells: make([]cell, len(t.columns))}
		t.rows[key] = found
	}
	contents.status = strings.Join(strings.Fields(contents.status), " ")
	if t.columns[index].limit {
		contents.status = ""
	}
	if found.cells[index] != (cell{}) && found.cells[index] != contents {
		return fmt.Errorf("%s %s %v has two figures for %s: %v and %v",
			at.area, at.period, at.categories, columnName, found.cells[index], contents)
	}
	found.cells[index] = contents
	return nil
}

// csv writes the header and the rows, ordered by area, period and categories,
// with the status columns last. A value that is not there at all is not
// available (x): an empty cell always says why it is empty.
func (t *table) csv() ([]byte, error) {
	var buffer bytes.Buffer
	writer := csv.NewWriter(&buffer)
	if err := writer.Write(t.header()); err != nil {
		return nil, err
	}
	for _, key := range t.order() {
		if err := writer.Write(t.record(t.rows[key])); err != nil {
			return nil, err
		}
	}
	writer.Flush()
	return buffer.Bytes(), writer.Error()
}

func (t *table) header() []string {
	header := append([]string{"area", "period"}, t.categories...)
	for _, c := range t.columns {
		header = append(header, c.name)
	}
	for _, c := range t.columns {
		if !c.limit {
			header = append(header, c.name+"_status")
		}
	}
	return header
}

// order sorts by the key's parts. Every written form of a period used here
// sorts by date as text, so plain comparison is enough.
func (t *table) order() []string {
	keys := make([]string, 0, len(t.rows))
	for key := range t.rows {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (t *table) record(r *row) []string {
	record := append([]string{r.place.area, r.place.period}, r.place.categories...)
	for _, contents := range r.cells {
		record = append(record, contents.number)
	}
	for i, contents := range r.cells {
		if t.columns[i].limit {
			continue
		}
		if contents == (cell{}) {
			contents.status = "x"
		}
		record = append(record, contents.status)
	}
	return record
}
