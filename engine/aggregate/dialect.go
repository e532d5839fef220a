package aggregate

import "strings"

// Dialect is what differs between the databases that can run a [Statement].
type Dialect struct {
	// double is the type of a floating point number.
	double string
	// decimal is the type in which numbers are added: a sum of floating point numbers depends on the order in which
	// threads meet the rows, a sum of decimals does not. Twelve places hold every published figure with room to
	// spare, and leave 26 digits before the point.
	decimal string
	// cast is the function that gives null for a value that does not fit the type.
	cast string
	// letters sorts the words of a text and writes each once; null for none.
	letters func(text string) string
}

// DuckDB is the dialect of the embedded database.
var DuckDB = Dialect{
	double:  "DOUBLE",
	decimal: "DECIMAL(38, 12)",
	cast:    "TRY_CAST",
	letters: func(text string) string {
		return "array_to_string(list_sort(list_distinct(string_split(" + text + ", ' '))), ' ')"
	},
}

// quote writes an identifier so that it can be nothing else.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// text writes a text constant so that it can be nothing else. A line break is written as a function, because
// statements are indented after they are written.
func text(value string) string {
	quoted := "'" + strings.ReplaceAll(value, "'", "''") + "'"
	if !strings.Contains(value, "\n") {
		return quoted
	}
	return "(" + strings.ReplaceAll(quoted, "\n", "' || chr(10) || '") + ")"
}
