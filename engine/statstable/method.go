package statstable

import "slices"

// Method is one statistic that a table can be asked for.
type Method struct {
	// Name is its word on the command line, Short one line about it, and Long what a user has to know: formula, source,
	// validity, and what gives a row a status.
	Name, Short, Long string
	// Example is a table that the method reads, as CSV, with a row that has a value and one that has none; ExampleFlags are
	// the options for it, and ExampleSecond the second table that they name.
	Example, ExampleFlags, ExampleSecond string

	// Reads are the columns that are read. Others pass through.
	Reads []Column
	// AnyOf are sets of optional columns, of which at least one must be there in full.
	AnyOf [][]string
	// By is the column whose equal cells hold rows together, and empty where all rows are one group. Rows on their own
	// need none.
	By string
	// Takes are the options.
	Takes []Option
	// Adds are the names of the columns that are added.
	Adds []string

	// Refuses says why options make no sense together, or is empty: a usage error.
	Refuses func(o Options) string
	// Check finds what is wrong between rows or tables, where reading alone cannot; its faults stop everything.
	Check func(t *Table, o Options) []Finding

	// Exactly one of these is set: cells for one row, for each row of a group, or for a group as one row.
	Row   func(r Row, o Options) []Cell
	Each  func(rows []Row, o Options) [][]Cell
	Group func(rows []Row, o Options) []Cell
}

// Column is a column that is read, by the name in the header.
type Column struct {
	Name string
	// Number says that each cell is a number or empty; other columns are text.
	Number bool
	// Optional says that the column may be absent.
	Optional bool
	// Is says what stands in it, in a few words for the help.
	Is string
}

// Option is one option of a method. It is a choice where Choices are given, a switch or a file where it says so, and
// else a number.
type Option struct {
	Name, Usage string
	// Choices are the words that can be chosen; the first is the default.
	Choices []string
	// Default is the number that counts where none is given; Valid holds a number against what makes sense, and Is says
	// what that is: "a number above 0".
	Default float64
	Valid   func(float64) bool
	Is      string
	// Switch is on where the option is named.
	Switch bool
	// File is a second table, which holds these columns; Required says that there must be one.
	File     []Column
	Required bool
}

// Methods are all methods in the order of their names.
func Methods() []Method {
	sorted := slices.Clone(methods)
	slices.SortFunc(sorted, func(a, b Method) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return sorted
}

// Find is the method of that name, and whether there is one.
func Find(name string) (Method, bool) {
	at := slices.IndexFunc(methods, func(m Method) bool { return m.Name == name })
	if at < 0 {
		return Method{}, false
	}
	return methods[at], true
}

// column is the column of that name that the method reads, and whether it reads one.
func (m Method) column(name string) (Column, bool) { return find(m.Reads, name) }

func find(columns []Column, name string) (Column, bool) {
	at := slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
	if at < 0 {
		return Column{}, false
	}
	return columns[at], true
}
