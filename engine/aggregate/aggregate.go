// Package aggregate turns the indicators of one dataset into one SQL statement that reads the dataset once.
//
// An author writes measures as SQL column expressions. The engine has them parsed by DuckDB's own parser and hands
// the tree to [Accept], which takes an expression only if every node of it is on the list: one select item from the
// table data and nothing else set, columns of the dataset by name, arithmetic, comparisons, case, coalesce, nullif,
// between, in, like, the casts of [Casts], and sum, count, min, max and avg with a filter. What it takes becomes an
// [Expression], and [Expression.SQL] prints that afresh: the author's text never runs, and comments are gone.
//
// [Statement] adds up the [Item] list of an [Input] by area, period and category:
//
//	SELECT area, period, category ..., rows, first_row, v_0, m_0, f_0, v_1, m_1, f_1 ...
//
// where v_0 is the value of the first item, m_0 the status letters for which it is missing, and f_0 the letters on the
// figures it was made of. An expression without an aggregate is summed. A sum skips nulls in SQL and would understate
// in silence: here one missing cell makes the result missing, with the cell's status, unless the author wrote
// coalesce or filtered the cell out.
//
// Of an item whose single values are wanted, as for a median, the statement counts them; [Ranked] is a second one that gives
// those of certain ranks, once the counts say which.
//
// The package runs no SQL, knows no statistics and needs no C compiler.
package aggregate

// The types of a column.
const (
	Text    = "text"
	Integer = "integer"
	Number  = "number"
)

// The two ways in which a dataset gives totals over its categories: as rows of its own, or as sums of the finest rows.
const (
	Published = "published"
	Sum       = "sum"
)

// Column is one column of a dataset, as far as an expression may see it.
type Column struct {
	Name string
	Type string
	// Role is the column's role in the dataset. An empty cell is a missing figure where the role is count, value, lower
	// or upper; elsewhere it is an empty text.
	Role string
	// Status is the column with the status letters of this one, or "".
	Status string
}

// figure says whether an empty cell of the column is a missing figure.
func (c Column) figure() bool {
	switch c.Role {
	case "count", "value", "lower", "upper":
		return true
	}
	return false
}

// Category is a category column with the category that stands for everyone.
type Category struct {
	Name  string
	Total string
}

// Item is one figure to find for each area, period and category.
type Item struct {
	// Name is the figure's name for people, such as neet/proportion.share.
	Name       string
	Expression Expression
	// Single marks a value that its publisher printed, which cannot be added up: where several rows stand in the
	// group, the result is missing with status x.
	Single bool
	// Spread marks the values of single rows, of which [Ranked] picks some: the value of the item is how many there are, and a
	// missing cell makes it missing as it does a sum. Its expression has no aggregate.
	Spread bool
}

// Input is everything that one statement needs.
type Input struct {
	Table      string
	Area       string
	Period     string
	Categories []Category
	// Aggregates is [Published] or [Sum]; with Sum the statement also holds the totals over the categories.
	Aggregates string
	// Rollup adds areas up to the areas that they are parts of; nil adds none.
	Rollup *Rollup
	Items  []Item
}

// Reserved says whether a category column cannot have this name because another column of a [Statement] has it.
func Reserved(name string) bool {
	switch name {
	case "area", "period", "rows", "first_row":
		return true
	}
	if len(name) < 3 || name[1] != '_' || (name[0] != 'v' && name[0] != 'm' && name[0] != 'f') {
		return false
	}
	for _, digit := range name[2:] {
		if digit < '0' || digit > '9' {
			return false
		}
	}
	return true
}
