package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"levelfield/datasets"
	"levelfield/engine/period"
	"levelfield/engine/quality"
	"levelfield/engine/warehouse"
)

// ImportedAreas are the areas of a file.
type ImportedAreas struct {
	// Known is how many areas were read; Focus and England are how many rows those two have.
	Known   int `json:"known"`
	Focus   int `json:"focus_rows"`
	England int `json:"england_rows"`
	// Unknown are the codes that are none, in the order of their first rows.
	Unknown []UnknownArea `json:"unknown"`
}

// UnknownArea is a code that is none. Near says what it could be mistaken for.
type UnknownArea struct {
	Code string `json:"code"`
	Rows int    `json:"rows"`
	Near string `json:"near,omitempty"`
}

// ImportedPeriods are the periods of a file, by the day on which they end.
type ImportedPeriods struct {
	Count int    `json:"count"`
	First string `json:"first"`
	Last  string `json:"last"`
}

// ImportedCategory is a column of categories: how many there are, and the first of them.
type ImportedCategory struct {
	Column string   `json:"column"`
	Count  int      `json:"count"`
	First  []string `json:"first"`
}

// ImportedFigure is a column of figures: how many cells hold one, and the least and the greatest.
type ImportedFigure struct {
	Column string  `json:"column"`
	Cells  int     `json:"cells"`
	Least  float64 `json:"least"`
	Most   float64 `json:"most"`
}

// MarkerCount is how many cells of a status column hold a letter.
type MarkerCount struct {
	Column string `json:"column"`
	Letter string `json:"letter"`
	Rows   int    `json:"rows"`
}

// ColumnChanges are the changes of a column against the figures held.
type ColumnChanges struct {
	Column    string `json:"column"`
	New       int    `json:"new"`
	Revised   int    `json:"revised"`
	Withdrawn int    `json:"withdrawn"`
	// Cells are withdrawn cells and then the largest moves; new ones are only counted. Missing are columns of the key
	// that the figures held do not have: then nothing is compared.
	Cells   []ChangedCell `json:"cells"`
	Missing []string      `json:"missing,omitempty"`
}

// ChangedCell is a figure that is not what it was.
type ChangedCell struct {
	Kind   string   `json:"kind"`
	Key    []string `json:"key"`
	Row    int      `json:"row,omitempty"`
	Before string   `json:"before"`
	After  string   `json:"after,omitempty"`
	Move   float64  `json:"move,omitempty"`
	// StandardErrors is the size of the move in standard errors, 0 without limits.
	StandardErrors float64 `json:"standard_errors,omitempty"`
}

// areasOf counts what the typing has read.
func areasOf(typed *typing, focus, england string) ImportedAreas {
	areas := ImportedAreas{Unknown: []UnknownArea{}}
	for _, read := range typed.unknown {
		unknown := UnknownArea{Code: read.text, Rows: read.times}
		if hint, near := typed.nearMiss(read.text); near {
			unknown.Near = hint
		}
		areas.Unknown = append(areas.Unknown, unknown)
	}
	known := map[string]bool{}
	for _, read := range typed.codes {
		if read.problem != "" {
			continue
		}
		known[read.written] = true
		switch read.written {
		case focus:
			areas.Focus += read.times
		case england:
			areas.England += read.times
		}
	}
	areas.Known = len(known)
	return areas
}

// periodsOf orders the periods that the typing has read.
func periodsOf(typed *typing) ImportedPeriods {
	var periods []period.Period
	for _, read := range typed.labels {
		found, err := period.Parse(period.Kind(typed.dataset.Periods.Kind), read.written)
		if err == nil && read.problem == "" {
			periods = append(periods, found)
		}
	}
	slices.SortFunc(periods, func(a, b period.Period) int {
		return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Label, b.Label))
	})
	periods = slices.Compact(periods)
	if len(periods) == 0 {
		return ImportedPeriods{}
	}
	return ImportedPeriods{Count: len(periods), First: periods[0].Label, Last: periods[len(periods)-1].Label}
}

// contents reports categories, figures and markers of the loaded table.
func (i importer) contents(ctx context.Context, dataset datasets.Dataset, report *ImportReport) (err error) {
	if report.Categories, err = i.categories(ctx, dataset); err != nil {
		return err
	}
	if report.Figures, err = i.figures(ctx, dataset); err != nil {
		return err
	}
	report.Markers, err = i.markers(ctx, dataset)
	return err
}

// mostFirst is how many categories of a column are named.
const mostFirst = 8

func (i importer) categories(ctx context.Context, dataset datasets.Dataset) ([]ImportedCategory, error) {
	categories := []ImportedCategory{}
	for _, column := range dataset.Role("category") {
		name := warehouse.Identifier(column.Name)
		found, err := i.session.Strings(ctx, fmt.Sprintf(
			"SELECT %[1]s, (SELECT count(DISTINCT %[1]s) FROM %[2]s) FROM %[2]s WHERE %[1]s IS NOT NULL GROUP BY 1 ORDER BY min(_row) LIMIT %[3]d",
			name, warehouse.Identifier(tableOf(dataset.ID)), mostFirst))
		if err != nil {
			return nil, err
		}
		one := ImportedCategory{Column: column.Name, First: []string{}}
		for _, row := range found {
			one.First = append(one.First, row[0])
			if one.Count, err = strconv.Atoi(row[1]); err != nil {
				return nil, err
			}
		}
		categories = append(categories, one)
	}
	return categories, nil
}

func (i importer) figures(ctx context.Context, dataset datasets.Dataset) ([]ImportedFigure, error) {
	figures := []ImportedFigure{}
	for _, column := range append(dataset.Role("count"), dataset.Role("value")...) {
		if column.Type == "text" {
			continue
		}
		name := warehouse.Identifier(column.Name)
		found, err := i.session.Strings(ctx, fmt.Sprintf(
			"SELECT count(%[1]s), coalesce(min(%[1]s), 0), coalesce(max(%[1]s), 0) FROM %[2]s", name, warehouse.Identifier(tableOf(dataset.ID))))
		if err != nil {
			return nil, err
		}
		one := ImportedFigure{Column: column.Name}
		if one.Cells, err = strconv.Atoi(found[0][0]); err != nil {
			return nil, err
		}
		for at, into := range []*float64{&one.Least, &one.Most} {
			if *into, err = strconv.ParseFloat(found[0][at+1], 64); err != nil {
				return nil, err
			}
		}
		figures = append(figures, one)
	}
	return figures, nil
}

// markers counts the letters of every status column.
func (i *importer) markers(ctx context.Context, dataset datasets.Dataset) ([]MarkerCount, error) {
	counts := []MarkerCount{}
	for _, column := range dataset.Role("status") {
		found, err := i.session.Strings(ctx, fmt.Sprintf(
			"SELECT letter, count(*) FROM (SELECT unnest(string_split(%s, ' ')) AS letter FROM %s) AS letters WHERE letter <> '' GROUP BY 1 ORDER BY 1",
			warehouse.Identifier(column.Name), warehouse.Identifier(tableOf(dataset.ID))))
		if err != nil {
			return nil, err
		}
		for _, row := range found {
			rows, err := strconv.Atoi(row[1])
			if err != nil {
				return nil, err
			}
			counts = append(counts, MarkerCount{Column: column.Of, Letter: row[0], Rows: rows})
		}
	}
	return counts, nil
}

func changesOf(column string, changes quality.Changes) ColumnChanges {
	found := ColumnChanges{Column: column, New: changes.New, Revised: changes.Revised, Withdrawn: changes.Withdrawn, Missing: changes.Missing, Cells: []ChangedCell{}}
	for _, cell := range changes.Cells {
		if cell.Kind != "new" {
			found.Cells = append(found.Cells, ChangedCell(cell))
		}
	}
	return found
}
