package engine_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"levelfield/datasets"
	"levelfield/engine/warehouse"
)

// publishedFigure is a row of published_values.csv: the oracle of the figures.
type publishedFigure struct {
	key, file, area, period, value, note string
	// places are the parts of its locator that say column=text.
	places map[string]string
}

func publishedFigures(t *testing.T) []publishedFigure {
	t.Helper()
	file, err := os.Open(shared(t, "data/published_values.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var figures []publishedFigure
	for _, row := range rows[1:] {
		one := publishedFigure{
			key: row[at["indicator_key"]], file: row[at["source_file"]], area: row[at["area_code"]], period: row[at["period"]], value: row[at["value"]],
			note: row[at["note"]], places: map[string]string{},
		}
		for _, part := range strings.Split(row[at["source_locator"]], "; ") {
			if name, text, is := strings.Cut(part, "="); is {
				one.places[strings.TrimSpace(name)] = strings.TrimSpace(text)
			}
		}
		figures = append(figures, one)
	}
	return figures
}

// notHeld are figures that stand in no cell of a file, or in none that is read, with the reason.
var notHeld = map[string]string{
	"ks4_sustained": "computed from three columns; its numerator is no cell",
	"imd19_decile":  "a count of rows of small areas",
}

// notYetReached begins the note of a figure that is none.
const notYetReached = "ZERO IS A PLACEHOLDER"

// publishedTolerance is for figures that the list gives as a spreadsheet shows them.
const publishedTolerance = 1e-6

// holdPublished holds what was built against the figures that were published.
func (all *corpusImport) holdPublished(t *testing.T, held map[string]string, published []publishedFigure) {
	t.Helper()
	session, err := warehouse.Open(t.Context(), warehouse.Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	tables := map[string][]typedTable{}
	for _, one := range all.files {
		if held[one.id] != "" {
			tables[one.file] = append(tables[one.file], typedOf(t, session, one, held[one.id]))
		}
	}
	compared := map[string]int{}
	for _, figure := range published {
		if notHeld[strings.TrimRight(figure.key, "0123456789")] != "" {
			continue
		}
		want := !strings.HasPrefix(figure.note, notYetReached)
		if got := slices.ContainsFunc(tables[figure.file], func(table typedTable) bool { return table.holds(figure) }); got != want {
			t.Errorf("%s: got a row of %s, %s with %q (%s): %t, want %t", figure.file, figure.area, figure.period, figure.value, figure.key, got, want)
			continue
		}
		compared[figure.file]++
	}
	for _, figure := range published {
		if compared[figure.file] == 0 && notHeld[strings.TrimRight(figure.key, "0123456789")] == "" {
			t.Errorf("%s: got no figure held against published_values.csv", figure.file)
		}
	}
	agreed := 0
	for _, n := range compared {
		agreed += n
	}
	t.Logf("%d figures of %d files hold against published_values.csv", agreed, len(compared))
}

// typedTable are the rows of a built dataset by area and period.
type typedTable struct {
	dataset datasets.Dataset
	rows    map[string][][]string
}

func typedOf(t *testing.T, session *warehouse.Session, one proposedFile, parquet string) typedTable {
	t.Helper()
	dataset, faults := datasets.Read("dataset.yaml", []byte(one.report.Proposed))
	if len(faults) > 0 {
		t.Fatalf("%s: %v", one.file, faults)
	}
	if err := session.LoadParquet(t.Context(), one.id, parquet); err != nil {
		t.Fatal(err)
	}
	columns := []string{"area", "period"}
	for _, column := range append(dataset.Role("value"), dataset.Role("count")...) {
		columns = append(columns, warehouse.Identifier(column.Name))
	}
	found, err := session.Strings(t.Context(), fmt.Sprintf("SELECT %s FROM %s WHERE area IN ('E06000034', 'E92000001', 'K02000001', 'E12000006')", strings.Join(columns, ", "), warehouse.Identifier(one.id)))
	if err != nil {
		t.Fatal(err)
	}
	table := typedTable{dataset, map[string][][]string{}}
	for _, row := range found {
		table.rows[row[0]+" "+row[1]] = append(table.rows[row[0]+" "+row[1]], row[2:])
	}
	return table
}

// holds says whether one of the rows of an area and period holds a figure, or an empty cell where a marker is published.
// Percentages that their publisher writes as fractions are published by the list as percentages.
func (table typedTable) holds(figure publishedFigure) bool {
	want, err := strconv.ParseFloat(figure.value, 64)
	missing := err != nil
	if strings.HasPrefix(figure.note, "published as a fraction") {
		want /= 100
	}
	for _, identifier := range []string{"", " Academic year", " Calendar year", " Reporting year", " Financial year"} {
		read, err := table.dataset.Periods.Read(figure.period + identifier)
		if err != nil {
			continue
		}
		for _, row := range table.rows[figure.area+" "+read.Period.Label] {
			if slices.ContainsFunc(row, func(cell string) bool {
				got, err := strconv.ParseFloat(cell, 64)
				return missing && cell == "" || !missing && err == nil && math.Abs(got-want) <= publishedTolerance*math.Max(1, math.Abs(want))
			}) {
				return true
			}
		}
	}
	return false
}
