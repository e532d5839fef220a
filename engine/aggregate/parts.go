package aggregate

import (
	"fmt"
	"slices"
	"strings"
)

// part is one aggregate of the finest grain: what the statement computes in its one scan, and how several of them make
// one when categories are added up.
type part struct {
	name string
	sql  string
	// merge is the aggregate that adds parts up, with %s for the part.
	merge string
}

// ledger collects the parts of all items, each once, so that items that share a figure share the work.
type ledger struct {
	rows   printer
	parts  []part
	byText map[string]string
	plain  map[string]bool // parts that hold x or nothing
	// filters are the conditions of the items' filters, each once: every row is asked once, however many parts want
	// to know.
	filters []string
	// each is a value by which the rows of a group are told apart, "" for none; with it, the first row of a group is not looked for.
	each string
}

func newLedger(dialect Dialect) *ledger {
	l := &ledger{rows: printer{dialect: dialect}, byText: map[string]string{}, plain: map[string]bool{}}
	l.rows.leaf = func(n *node) (value, missing string) {
		name := quote(n.column.Name)
		if n.column.figure() {
			return name, name + " IS NULL"
		}
		return name, ""
	}
	return l
}

// put gives the name of the part that computes this SQL.
func (l *ledger) put(sql, merge string) string {
	if name, known := l.byText[sql]; known {
		return name
	}
	name := fmt.Sprintf("_p%d", len(l.parts))
	l.parts = append(l.parts, part{name, sql, merge})
	l.byText[sql] = name
	return name
}

// filter gives the name of the condition under which the aggregate takes a row in, "" for always.
func (l *ledger) filter(n *node) string {
	if n.filter == nil {
		return ""
	}
	condition := l.rows.value(n.filter)
	i := slices.Index(l.filters, condition)
	if i < 0 {
		i = len(l.filters)
		l.filters = append(l.filters, condition)
	}
	return fmt.Sprintf("_w%d", i)
}

// Ways of adding parts up.
const (
	mergeSum   = "sum(%s)"
	mergeMin   = "min(%s)"
	mergeMax   = "max(%s)"
	mergeWords = "string_agg(DISTINCT %s, ' ')"
)

// found is one aggregate of an item, in terms of parts.
type found struct {
	value   string // SQL over the parts, whole in itself: it needs no parentheses
	missing string // the part with the letters of its missing cells, "" where none can be missing
	flags   string // the part with the letters of the cells it was made of, "" where there are none
	several string // for a single value: the condition that not exactly one row stands in the group
}

// aggregate adds the parts of one aggregate.
func (l *ledger) aggregate(n *node, single bool) found {
	filter := l.filter(n)
	f := found{missing: l.missing(n), flags: l.flags(n)}
	clause := where(filter)
	double := func(sql string) string { return "CAST(" + sql + " AS " + l.rows.dialect.double + ")" }
	if n.name == "count" {
		argument := "*"
		if len(n.children) == 1 {
			argument = l.rows.value(n.children[0])
		}
		f.value = double(l.put("count("+argument+")"+clause, mergeSum))
		return f
	}
	argument := n.children[0]
	value := l.rows.value(argument)
	smallest := func() string { return l.put("min("+value+")"+clause, mergeMin) }
	switch {
	case single:
		f.value = double(smallest())
		rows := `"rows"`
		if clause != "" {
			rows = l.put("count(*)"+clause, mergeSum)
		}
		f.several = rows + " <> 1"
	case n.name == "min":
		f.value = double(smallest())
	case n.name == "max":
		f.value = double(l.put("max("+value+")"+clause, mergeMax))
	default:
		f.value = l.sum(argument, clause)
		if n.name == "avg" {
			count := l.put("count("+value+")"+clause, mergeSum)
			f.value = "(" + f.value + " / NULLIF(" + double(count) + ", 0))"
		}
	}
	return f
}

// sum adds so that the order of the rows does not matter: integers as integers, numbers as decimals, and the number of
// a group of one row as it stands.
func (l *ledger) sum(argument *node, clause string) string {
	dialect := l.rows.dialect
	value := l.rows.value(argument)
	if argument.result != numberResult {
		return "CAST(" + l.put("sum("+value+")"+clause, mergeSum) + " AS " + dialect.double + ")"
	}
	total := l.put("sum(CAST("+value+" AS "+dialect.decimal+"))"+clause, mergeSum)
	alone := l.put("min("+value+")"+clause, mergeMin)
	return `CASE WHEN "rows" = 1 THEN ` + alone + " ELSE CAST(" + total + " AS " + dialect.double + ") END"
}

// missing adds the part with the letters of the missing cells among the rows that the aggregate takes in, or that it
// might take in if its filter could be known.
func (l *ledger) missing(n *node) string {
	ofFilter := ""
	if n.filter != nil {
		ofFilter = l.rows.missing(n.filter)
	}
	ofArgument := anyOf(l.rows.missings(n.children)...)
	condition := ofFilter
	if ofArgument != "" {
		condition = anyOf(ofFilter, allOf(l.filter(n), ofArgument))
	}
	if condition == "" {
		return ""
	}
	columns := figures(append([]*node{n.filter}, n.children...)...)
	clause := where(condition)
	if len(columns) == 1 && anyOf(ofFilter, ofArgument) == quote(columns[0].Name)+" IS NULL" {
		return l.letters(status(columns[0]), clause)
	}
	var words []string
	statuses := false
	for _, column := range columns {
		statuses = statuses || column.Status != ""
		words = append(words, "CASE WHEN "+quote(column.Name)+" IS NULL THEN "+status(column)+" END")
	}
	switch {
	case !statuses:
		return l.letters("'x'", clause)
	case len(columns) == 1:
		return l.letters("CASE WHEN "+quote(columns[0].Name)+" IS NULL THEN "+status(columns[0])+" ELSE 'x' END", clause)
	}
	return l.letters("COALESCE(NULLIF(concat_ws(' ', "+strings.Join(words, ", ")+"), ''), 'x')", clause)
}

// status is the letters of an empty cell: x, not available, where its publisher gave none.
func status(column Column) string {
	if column.Status == "" {
		return "'x'"
	}
	return "COALESCE(" + quote(column.Status) + ", 'x')"
}

func (l *ledger) letters(words, clause string) string {
	if words == "'x'" {
		name := l.put("min('x')"+clause, mergeMin)
		l.plain[name] = true
		return name
	}
	return l.put("string_agg(DISTINCT "+words+", ' ')"+clause, mergeWords)
}

// flags adds the part with the letters on the figures that the aggregate takes in.
func (l *ledger) flags(n *node) string {
	var words, conditions []string
	name := ""
	for _, column := range figures(append([]*node{n.filter}, n.children...)...) {
		if column.Status != "" {
			name = quote(column.Status)
			conditions = append(conditions, quote(column.Name)+" IS NOT NULL AND "+name+" IS NOT NULL")
			words = append(words, "CASE WHEN "+quote(column.Name)+" IS NOT NULL THEN "+name+" END")
		}
	}
	if len(words) == 0 {
		return ""
	}
	clause := where(allOf(l.filter(n), anyOf(conditions...)))
	if len(words) == 1 {
		return l.letters(name, clause)
	}
	return l.letters("concat_ws(' ', "+strings.Join(words, ", ")+")", clause)
}
