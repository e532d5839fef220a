package render

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/results"
)

// suppressedStatus is the letter of a value that was hidden to protect people.
const suppressedStatus = "c"

// publishedTable is a table with what makes its rows.
type publishedTable struct {
	table csvTable
	rows  iter.Seq2[[]string, error]
}

// Data writes the tables of a run, and what their columns mean. Numbers stand at full precision,
// in the shortest form that parses back, never formatted; an absent number is an empty cell. A suppressed row that
// still holds a number is refused. The rights stand in the description of the columns: a CSV file has no room for them.
func Data(set results.Set, rights Rights) ([]File, error) {
	tables := []publishedTable{
		{resultsTable, records(set.Values.Sorted().All(), valueRecord)},
		{comparisonsTable, records(each(set.Comparisons), comparisonRecord)},
		{trendsTable, records(each(set.Trends), trendRecord)},
		{progressTable, records(each(set.Progress), progressRecord)},
	}
	if len(set.Targets) > 0 {
		tables = append(tables, publishedTable{targetsTable, records(each(set.Targets), targetRecord)})
	}
	var files []File
	var described []csvTable
	for _, one := range tables {
		described = append(described, one.table)
		data, err := one.table.encode(one.rows)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", one.table.name, err)
		}
		files = append(files, File{Path: "data/" + one.table.name, Data: data})
	}
	metadata, err := columnMetadata(rights, described...)
	if err != nil {
		return nil, err
	}
	return append(files, File{Path: "data/csv-metadata.json", Data: metadata}), nil
}

// encode writes the header and the rows.
func (t csvTable) encode(rows iter.Seq2[[]string, error]) ([]byte, error) {
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	header := make([]string, len(t.columns))
	for i, column := range t.columns {
		header[i] = column.name
	}
	if err := writer.Write(header); err != nil {
		return nil, err
	}
	for row, err := range rows {
		if err == nil {
			err = writer.Write(row)
		}
		if err != nil {
			return nil, err
		}
	}
	writer.Flush()
	return out.Bytes(), writer.Error()
}

// records are rows of one kind as text, until one of them is refused.
func records[T any](rows iter.Seq[*T], record func(*T) ([]string, error)) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for row := range rows {
			cells, err := record(row)
			if !yield(cells, err) || err != nil {
				return
			}
		}
	}
}

// each are the rows of a slice where they stand.
func each[T any](rows []T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range rows {
			if !yield(&rows[i]) {
				return
			}
		}
	}
}

func valueRecord(v *results.Value) ([]string, error) {
	numbers := []*float64{v.Numerator, v.Denominator, v.Value, v.Lower95, v.Upper95, v.Lower998, v.Upper998}
	at := func(problem string) error {
		return fmt.Errorf("%s, %s, %s: %s", v.Indicator, v.Area, v.Period.Label, problem)
	}
	if slices.Contains(strings.Fields(v.Status), suppressedStatus) {
		for _, number := range numbers {
			if number != nil {
				return nil, at("a suppressed value still holds a number")
			}
		}
	}
	cells := []string{v.Indicator, v.Area, v.AreaName, v.AreaType, v.Period.Label, v.Period.Start, v.Period.End, v.Breakdown, v.Category}
	for _, number := range numbers {
		text, ok := plainNumber(number)
		if !ok {
			return nil, at("not a finite number")
		}
		cells = append(cells, text)
	}
	return append(cells, v.Unit, v.Method, v.Status, v.Reason, strings.Join(v.Warnings, "; "), v.Dataset, v.Snapshot), nil
}

func comparisonRecord(c *results.Comparison) ([]string, error) {
	cells := []string{c.Indicator, c.Area, c.Period, c.Breakdown, c.Category, c.Comparator}
	for _, number := range []*float64{c.ComparatorValue, c.ComparatorLow, c.ComparatorHigh} {
		text, ok := plainNumber(number)
		if !ok {
			return nil, fmt.Errorf("%s, %s, %s against %s: not a finite number", c.Indicator, c.Area, c.Period, c.Comparator)
		}
		cells = append(cells, text)
	}
	return append(cells, wholeNumber(c.Rank), wholeNumber(c.Of), c.Outcome, c.Rule, c.Reason), nil
}

func trendRecord(t *results.Trend) ([]string, error) {
	statistic, ok := plainNumber(t.Statistic)
	if !ok {
		return nil, fmt.Errorf("%s, %s: the statistic is not a finite number", t.Indicator, t.Area)
	}
	return []string{
		t.Indicator, t.Area, t.Breakdown, t.Category, t.From, t.To, strconv.Itoa(t.Points), t.Outcome, statistic, t.Rule,
	}, nil
}

func progressRecord(p *results.Progress) ([]string, error) {
	return []string{p.ID, p.Goal, p.Kind, p.Title, p.Due, p.Status, p.AsOf, p.Owner, p.Evidence}, nil
}

// plainNumber writes a number in the shortest form that parses back, without an exponent; nothing for nil.
func plainNumber(number *float64) (text string, finite bool) {
	if number == nil {
		return "", true
	}
	if math.IsNaN(*number) || math.IsInf(*number, 0) {
		return "", false
	}
	// Adding zero turns the negative zero, which would print as "-0", into zero.
	return strconv.FormatFloat(*number+0, 'f', -1, 64), true
}

// wholeNumber writes a rank; zero means that there is none.
func wholeNumber(number int) string {
	if number == 0 {
		return ""
	}
	return strconv.Itoa(number)
}
