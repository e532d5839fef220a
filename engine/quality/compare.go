package quality

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/warehouse"
)

// halfWidth is the half width of a 95% interval in standard errors: the 97.5% quantile of the normal distribution.
const halfWidth = 1.959963984540054

// Comparison asks for the cells of one column that differ between two releases in the warehouse.
type Comparison struct {
	Dataset datasets.Dataset
	Column  string
	// Table and Previous are the tables of the release and of the one before it.
	Table, Previous string
	// Areas, where given, are the only ones whose cells are listed; all are counted.
	Areas []string
	// Tolerance is how far two figures may be apart and count as equal.
	Tolerance float64
	// Most is how many cells are listed; 0 for none.
	Most int
}

// Changes are the cells that differ: those with a figure in the later release alone, in both but not the same, and in
// the earlier release alone.
type Changes struct {
	New, Revised, Withdrawn int
	// Cells lists withdrawn cells, then revised ones from the largest move down, then new ones.
	Cells []Change
	// Missing lists the columns of the key that the previous table does not have; with any, nothing is compared.
	Missing []string
}

// Change is one cell that differs.
type Change struct {
	Kind string // new, revised or withdrawn
	// Key are the texts of the key's columns, in the order of the key.
	Key []string
	// Row is the row in the later release, 0 when it has none.
	Row int
	// Before and After are the figures; "" for none.
	Before, After string
	// Move is After less Before; StandardErrors is its size in standard errors of the figure, 0 when the release has no
	// limits for it. Two releases share their sample, so this is a measure of size and no test.
	Move, StandardErrors float64
}

// Compare finds the cells that differ between two releases.
func Compare(ctx context.Context, session *warehouse.Session, asked Comparison) (Changes, error) {
	changes, err := compare(ctx, session, asked)
	if err != nil {
		return Changes{}, fmt.Errorf("compare %s of %s with the previous release: %w", asked.Column, asked.Dataset.ID, err)
	}
	return changes, nil
}

func compare(ctx context.Context, session *warehouse.Session, asked Comparison) (Changes, error) {
	known, err := columnsOf(ctx, session, asked.Previous)
	if err != nil {
		return Changes{}, err
	}
	var changes Changes
	for _, name := range asked.Dataset.Key {
		if !slices.Contains(known, name) {
			changes.Missing = append(changes.Missing, name)
		}
	}
	if len(changes.Missing) > 0 {
		return changes, nil
	}
	query := asked.differences(known)
	totals, err := session.Strings(ctx, "SELECT _kind, count(*) FROM ("+query+") AS differing GROUP BY 1")
	if err != nil {
		return Changes{}, err
	}
	count := map[string]*int{"new": &changes.New, "revised": &changes.Revised, "withdrawn": &changes.Withdrawn}
	for _, total := range totals {
		if *count[total[0]], err = strconv.Atoi(total[1]); err != nil {
			return Changes{}, err
		}
	}
	if asked.Most == 0 {
		return changes, nil
	}
	rows, err := session.Strings(ctx, asked.list(query))
	if err != nil {
		return Changes{}, err
	}
	for _, row := range rows {
		changes.Cells = append(changes.Cells, changeOf(row))
	}
	return changes, nil
}

// differences is the query for the differing cells: kind, row, figures, move, standard errors and the key. The rows of
// both tables are put below each other and grouped by the key, in which nothing equals nothing.
func (c Comparison) differences(known []string) string {
	key, value := identifiers(c.Dataset.Key, ", "), warehouse.Identifier(c.Column)
	before := "NULL::DOUBLE"
	if slices.Contains(known, c.Column) {
		before = value + "::DOUBLE"
	}
	both := fmt.Sprintf("SELECT %[1]s, _row, NULL::DOUBLE AS _before, %[2]s::DOUBLE AS _after, NULL::DOUBLE AS _error_before, %[3]s AS _error_after FROM %[4]s "+
		"UNION ALL SELECT %[1]s, NULL, %[5]s, NULL, %[6]s, NULL FROM %[7]s",
		key, value, c.standardError(nil), warehouse.Identifier(c.Table), before, c.standardError(known), warehouse.Identifier(c.Previous))
	cells := fmt.Sprintf("SELECT %[1]s, coalesce(max(_row), 0) AS _row, max(_before) AS _before, max(_after) AS _after, "+
		"coalesce(max(_error_after), max(_error_before)) AS _error FROM (%[2]s) AS both_releases GROUP BY %[1]s", key, both)
	return fmt.Sprintf("SELECT CASE WHEN _before IS NULL THEN 'new' WHEN _after IS NULL THEN 'withdrawn' ELSE 'revised' END AS _kind, "+
		"_row, _before, _after, _after - _before AS _move, abs(_after - _before) / nullif(_error, 0) AS _errors, %s FROM (%s) AS cells "+
		"WHERE (_before IS NULL) <> (_after IS NULL) OR abs(_after - _before) > %s", key, cells, number(c.Tolerance+slack))
}

// standardError is the standard error of a figure by its 95% limits; the limits of a table that does not know them, or
// of a column without any, give none.
func (c Comparison) standardError(known []string) string {
	limits := map[string]string{}
	for _, column := range c.Dataset.Columns {
		if column.Of == c.Column && (known == nil || slices.Contains(known, column.Name)) {
			limits[column.Role] = warehouse.Identifier(column.Name)
		}
	}
	if limits["lower"] == "" || limits["upper"] == "" {
		return "NULL::DOUBLE"
	}
	return fmt.Sprintf("(%s - %s)::DOUBLE / %s", limits["upper"], limits["lower"], number(2*halfWidth))
}

// list is the query for the first of the differing cells.
func (c Comparison) list(query string) string {
	condition := "true"
	if area := c.Dataset.Role("area"); len(c.Areas) > 0 && len(area) > 0 {
		condition = warehouse.Identifier(area[0].Name) + " IN (" + literals(c.Areas) + ")"
	}
	return fmt.Sprintf("SELECT * FROM (%s) AS differing WHERE %s ORDER BY CASE _kind WHEN 'withdrawn' THEN 1 WHEN 'revised' THEN 2 ELSE 3 END, "+
		"_errors DESC NULLS LAST, abs(_move) DESC NULLS LAST, %s LIMIT %d", query, condition, identifiers(c.Dataset.Key, ", "), c.Most)
}

func literals(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = warehouse.Literal(text)
	}
	return strings.Join(quoted, ", ")
}

// changeOf reads a row of the list. The database wrote the numbers itself; one that is null reads as 0.
func changeOf(row []string) Change {
	at, _ := strconv.Atoi(row[1])
	move, _ := strconv.ParseFloat(cmp.Or(row[4], "0"), 64)
	errors, _ := strconv.ParseFloat(cmp.Or(row[5], "0"), 64)
	return Change{Kind: row[0], Row: at, Before: row[2], After: row[3], Move: move, StandardErrors: errors, Key: row[6:]}
}

// columnsOf lists the columns of a table.
func columnsOf(ctx context.Context, session *warehouse.Session, table string) ([]string, error) {
	rows, err := session.Strings(ctx, "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", table)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("no table %s", table)
	}
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row[0]
	}
	return names, nil
}
