package measure

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"levelfield/datasets"
)

// Records are rows as the warehouse gives them.
type Records = []arrow.Record

// Table is one dataset as the warehouse aggregated it: Arrow records with the columns area, period, the dataset's
// category columns, first_row, and for the i-th of Items v_i (its value), m_i (the status letters of missing cells it
// would have needed) and f_i (the letters on the cells it used). Where areas were added up, _members is the number of areas of
// which a row is the sum, null where it rests on rows of its own, and _n_i how many of them have a value of the item.
type Table struct {
	Dataset  datasets.Dataset
	Snapshot string
	Items    []string
	Records  []arrow.Record
	// Ranked are, for items that count single values, the values at those ranks that their quantiles are made of, by the item's
	// name: the columns area, period, the category columns, _rank and _value.
	Ranked map[string]Records
	// Warnings are what the checks of the dataset found without stopping it; they travel with every value.
	Warnings []string
}

// row is one group of a table.
type row struct {
	area, period string
	categories   []string
	first        int
	cells        []cell
	// members is the number of areas that the row is the sum of; 0 where it rests on rows of its own.
	members int
}

// cell is the value of one item in one group, or the reason for none.
type cell struct {
	value          *float64
	missing, flags string
	// figures is how many of the areas of a sum have a figure.
	figures int
	// ranked are single values by their rank, of an item that counts them.
	ranked map[int]float64
}

// rows reads the records of a table, column by column.
func (t Table) rows() ([]row, error) {
	count := int64(0)
	for _, record := range t.Records {
		count += record.NumRows()
	}
	rows, kept := make([]row, 0, count), texts{}
	categories := t.Dataset.Role("category")
	for _, record := range t.Records {
		columns := columnsOf(record)
		start := len(rows)
		for i := range int(record.NumRows()) {
			area, err := columns.text("area", i, kept)
			if err != nil {
				return nil, err
			}
			label, err := columns.text("period", i, kept)
			if err != nil {
				return nil, err
			}
			first, err := columns.number("first_row", i)
			if err != nil {
				return nil, err
			}
			r := row{area: area, period: label, categories: make([]string, len(categories)), cells: make([]cell, len(t.Items))}
			if first != nil {
				r.first = int(*first)
			}
			if r.members, err = columns.count("_members", i); err != nil {
				return nil, err
			}
			rows = append(rows, r)
		}
		for c, category := range categories {
			for i := start; i < len(rows); i++ {
				text, err := columns.text(category.Name, i-start, kept)
				if err != nil {
					return nil, err
				}
				rows[i].categories[c] = text
			}
		}
		for item := range t.Items {
			if err := columns.cells(item, rows[start:], kept); err != nil {
				return nil, err
			}
		}
	}
	return rows, t.rankedInto(rows, kept)
}

// rankedInto gives the rows the single values of their groups.
func (t Table) rankedInto(rows []row, kept texts) error {
	if len(t.Ranked) == 0 {
		return nil
	}
	name := func(area, period string, categories []string) string {
		return strings.Join(append([]string{area, period}, categories...), "\x00")
	}
	places := make(map[string]int, len(rows))
	for i, r := range rows {
		places[name(r.area, r.period, r.categories)] = i
	}
	for at, item := range t.Items {
		for _, record := range t.Ranked[item] {
			columns := columnsOf(record)
			for i := range int(record.NumRows()) {
				group, err := columns.groupOf(t.Dataset, i, kept)
				if err != nil {
					return err
				}
				rank, err := columns.count("_rank", i)
				if err != nil {
					return err
				}
				value, err := columns.number("_value", i)
				if err != nil {
					return err
				}
				place, found := places[name(group[0], group[1], group[2:])]
				if !found || value == nil {
					return fmt.Errorf("item %s has a single value of no group", item)
				}
				cell := &rows[place].cells[at]
				if cell.ranked == nil {
					cell.ranked = map[int]float64{}
				}
				cell.ranked[rank] = *value
			}
		}
	}
	return nil
}

// groupOf are the area, the period and the categories of a row.
func (c columns) groupOf(dataset datasets.Dataset, i int, kept texts) ([]string, error) {
	names := []string{"area", "period"}
	for _, category := range dataset.Role("category") {
		names = append(names, category.Name)
	}
	for at, name := range names {
		text, err := c.text(name, i, kept)
		if err != nil {
			return nil, err
		}
		names[at] = text
	}
	return names, nil
}

// columns finds the columns of a record by name.
type columns map[string]arrow.Array

func columnsOf(record arrow.Record) columns {
	found := columns{}
	for i, field := range record.Schema().Fields() {
		found[field.Name] = record.Column(i)
	}
	return found
}

func (c columns) cells(item int, rows []row, kept texts) error {
	suffix := strconv.Itoa(item)
	for i := range rows {
		value, err := c.number("v_"+suffix, i)
		if err != nil {
			return err
		}
		missing, err := c.text("m_"+suffix, i, kept)
		if err != nil {
			return err
		}
		flags, err := c.text("f_"+suffix, i, kept)
		if err != nil {
			return err
		}
		figures, err := c.count("_n_"+suffix, i)
		if err != nil {
			return err
		}
		rows[i].cells[item] = cell{value: value, missing: missing, flags: flags, figures: figures}
	}
	return nil
}

// texts keeps one copy of each text, outside the memory of the records.
type texts map[string]string

// keep is the copy of a text.
func (t texts) keep(text string) string {
	kept, is := t[text]
	if !is {
		kept = strings.Clone(text)
		t[kept] = kept
	}
	return kept
}

func (c columns) text(name string, i int, kept texts) (string, error) {
	column, found := c[name]
	if !found {
		return "", fmt.Errorf("the aggregated table has no column %s", name)
	}
	if column.IsNull(i) {
		return "", nil
	}
	held, is := column.(*array.String)
	if !is {
		return "", fmt.Errorf("the aggregated column %s holds %s, not text", name, column.DataType())
	}
	return kept.keep(held.Value(i)), nil
}

// count is a number of a column that only tables with added areas have; 0 for none.
func (c columns) count(name string, i int) (int, error) {
	if _, found := c[name]; !found {
		return 0, nil
	}
	number, err := c.number(name, i)
	if err != nil || number == nil {
		return 0, err
	}
	return int(*number), nil
}

func (c columns) number(name string, i int) (*float64, error) {
	column, found := c[name]
	if !found {
		return nil, fmt.Errorf("the aggregated table has no column %s", name)
	}
	if column.IsNull(i) {
		return nil, nil
	}
	var value float64
	switch numbers := column.(type) {
	case *array.Float64:
		value = numbers.Value(i)
	case *array.Int64:
		value = float64(numbers.Value(i))
	default:
		return nil, fmt.Errorf("the aggregated column %s holds %s, not numbers", name, column.DataType())
	}
	return &value, nil
}
