package aggregate

import "sort"

// arithmetic lists the operators that the parser writes as functions.
var arithmetic = map[string]bool{"+": true, "-": true, "*": true, "/": true, "%": true}

// aggregates lists the aggregate functions; count(*) comes from the parser as count_star.
var aggregates = map[string]string{
	"sum": "sum", "count": "count", "count_star": "count", "min": "min", "max": "max", "avg": "avg",
}

// likes lists the operators of like and not like.
var likes = map[string]bool{"~~": false, "!~~": true}

// comparisons lists the comparisons by the parser's names.
var comparisons = map[string]string{
	"COMPARE_EQUAL": "=", "COMPARE_NOTEQUAL": "<>", "COMPARE_LESSTHAN": "<", "COMPARE_GREATERTHAN": ">",
	"COMPARE_LESSTHANOREQUALTO": "<=", "COMPARE_GREATERTHANOREQUALTO": ">=",
}

// casts lists the types that a number may be cast to. Text is never cast: a column of figures has its type in
// dataset.yaml, where a cell that does not fit is found with its row. Only the parser's own casts of 't' and 'f', as
// which it writes true and false, are taken beside these.
var casts = map[string]result{
	"INTEGER": integerResult, "BIGINT": integerResult, "DOUBLE": numberResult, "DECIMAL": numberResult,
	"VARCHAR": textResult,
}

// refusedClasses says in an author's words what a class of the parser is.
var refusedClasses = map[string]string{
	"SUBQUERY":             "a subquery",
	"LAMBDA":               "a lambda or ->",
	"STAR":                 "* or columns(...)",
	"WINDOW":               "a window function (over)",
	"PARAMETER":            "a parameter (? or $1)",
	"POSITIONAL_REFERENCE": "a column by position (#1)",
	"COLLATE":              "collate",
	"LAMBDA_REF":           "a lambda parameter",
	"DEFAULT":              "default",
}

// Functions lists the functions that an expression may use, the operators that the parser writes as functions
// included.
func Functions() []string {
	names := []string{"nullif"}
	for name := range arithmetic {
		names = append(names, name)
	}
	for name := range aggregates {
		names = append(names, name)
	}
	for name := range likes {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Casts lists the types that an expression may cast a number to.
func Casts() []string {
	var names []string
	for name := range casts {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
