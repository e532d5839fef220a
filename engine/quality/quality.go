// Package quality holds loaded figures against the checks of their dataset, one rule a file.
//
// [Check] runs every check of a dataset.yaml on its table in the warehouse, and some that every dataset has to pass:
// figures inside the bounds of their columns, lower limits below upper ones, columns that hold a figure, periods that the
// release can know of, status letters that mean something, and no totals among rows that are added up. A check of level error makes errors, one of level warn makes warnings that travel with the results. Each
// finding names its row and column, and what was read. Some rules ask more than the table can tell: the areas, the date,
// the table of the release before, other datasets. [Context.Check] is Check with these; [Context.Agree] runs the rule that
// needs all datasets loaded; [Compare] is the comparison of two releases by itself.
//
// The package changes no figure, reads no clock, and leaves it to the engine to ask whether a code exists.
package quality

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// most is the number of findings of one check that are told one by one: more than anybody repairs by hand.
const most = 100

// slack is how far a sum of decimals may be from a bound because 0.1 has no exact binary form; published figures have
// at most six decimal places.
const slack = 1e-9

// rules are the rules that a dataset.yaml may name.
var rules = map[string]func(context.Context, check) (fault.List, error){
	"range":           inRange,
	"unique":          unique,
	"inside-interval": insideInterval,
	"completeness":    complete,
	"parts-sum":       partsSum,

	"england-row":      englandRow,
	"parent-range":     parentRange,
	"duplicate-place":  duplicatePlace,
	"unit":             unit,
	"obsolete-area":    obsoleteArea,
	"freshness":        freshness,
	"previous-release": previousRelease,
	"agreement":        agreement,
}

// absences are the rules that look for what is missing: of a table that lacks rows or cells they say nothing.
var absences = []string{"england-row", "completeness", "parent-range", "previous-release", "agreement"}

// Rules lists the names of the rules.
func Rules() []string {
	var names []string
	for name := range rules {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// check is one check at work.
type check struct {
	datasets.Check
	known   Context
	session *warehouse.Session
	dataset datasets.Dataset
	table   string
	place   func(row int, column string) fault.Place
}

// Check holds a table, loaded from the dataset, against all checks, with nothing known but the table. The faults are in
// the order of the checks; the error is of the database or of the check, not of the figures.
func Check(ctx context.Context, session *warehouse.Session, dataset datasets.Dataset, table string, place func(row int, column string) fault.Place) (fault.List, error) {
	return Context{}.Check(ctx, session, dataset, table, place)
}

// Check is [Check] with what is known beside the table. A check that needs more than is known is an error.
func (k Context) Check(ctx context.Context, session *warehouse.Session, dataset datasets.Dataset, table string, place func(row int, column string) fault.Place) (fault.List, error) {
	c := check{known: k, session: session, dataset: dataset, table: table, place: place}
	faults, err := ahead(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", dataset.ID, err)
	}
	// A figure of a period that cannot be is missing where it belongs.
	c.known.Partial = c.known.Partial || len(faults) > 0
	for _, always := range []func(context.Context, check) (fault.List, error){bounds, crossed, knownStatus, noTotals, someFigure} {
		found, err := always(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", dataset.ID, err)
		}
		faults.Add(found...)
	}
	found, err := c.run(ctx, func(wanted datasets.Check) bool { return wanted.Rule != "agreement" })
	return append(faults, found...), err
}

// Agree holds a table against those of the other datasets that its checks of agreement name, as far as they are known.
func (k Context) Agree(ctx context.Context, session *warehouse.Session, dataset datasets.Dataset, table string, place func(row int, column string) fault.Place) (fault.List, error) {
	c := check{known: k, session: session, dataset: dataset, table: table, place: place}
	return c.run(ctx, func(wanted datasets.Check) bool { return wanted.Rule == "agreement" })
}

// run runs those of the dataset's checks that are meant.
func (c check) run(ctx context.Context, meant func(datasets.Check) bool) (fault.List, error) {
	var faults fault.List
	for _, wanted := range c.dataset.Checks {
		rule, known := rules[wanted.Rule]
		if !known {
			return nil, fmt.Errorf("check %s: no rule %s", c.dataset.ID, wanted.Rule)
		}
		if !meant(wanted) || c.known.Partial && slices.Contains(absences, wanted.Rule) {
			continue
		}
		c.Check = wanted
		found, err := rule(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("check %s: %s: %w", c.dataset.ID, wanted.Rule, err)
		}
		faults.Add(found...)
	}
	return faults, nil
}

// find runs a query for what is wrong, and makes a fault of each of its rows. The first column of the query is the row
// of the file, 0 for none; say gives the words for the others.
func (c check) find(ctx context.Context, column, query string, say func(found []string) string) (fault.List, error) {
	query = fmt.Sprintf("SELECT *, count(*) OVER () FROM (%s) AS wrong(_row) ORDER BY ALL LIMIT %d", query, most)
	rows, err := c.session.Strings(ctx, query)
	if err != nil {
		return nil, err
	}
	var faults fault.List
	for _, found := range rows {
		row, err := strconv.Atoi(found[0])
		if err != nil {
			return nil, fmt.Errorf("row number %q: %w", found[0], err)
		}
		faults.Add(c.fault(row, column, c.rowOf(row)+say(found[1:len(found)-1])))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	if total, err := strconv.Atoi(rows[0][len(rows[0])-1]); err == nil && total > len(rows) {
		faults.Add(c.fault(0, column, fmt.Sprintf("%d further findings of this kind", total-len(rows))))
	}
	return faults, nil
}

// rowOf is the beginning of a message about a row, "" for none. The message is read without its place too, beside the
// results.
func (c check) rowOf(row int) string {
	if row == 0 {
		return ""
	}
	return c.named(row) + ": "
}

// named is a row as its file counts it, with the sheet, or the file among several, that it stands in.
func (c check) named(row int) string {
	place := c.place(row, "")
	name := fmt.Sprintf("row %d", place.Line)
	if _, inside, among := strings.Cut(place.File, "!"); among {
		return name + " of " + inside
	}
	if len(c.dataset.Source.Files) > 0 {
		return name + " of " + path.Base(place.File)
	}
	return name
}

func (c check) fault(row int, column, message string) fault.Fault {
	if c.Level == "warn" {
		return c.place(row, column).Warnf(column, "%s", message)
	}
	return c.place(row, column).Errorf(column, "%s", message)
}
