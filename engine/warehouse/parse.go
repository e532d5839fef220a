package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// longest is the number of bytes that an expression may have. The longest in use is below 300; DuckDB's parser takes
// megabytes, but its recursion is what a hostile text would aim at.
const longest = 8000

// ParseError is what DuckDB's parser says against an expression.
type ParseError struct {
	Message string
	// Offset is the byte of the expression at which the parser stopped, -1 where it does not say.
	Offset int
}

func (e *ParseError) Error() string { return e.Message }

const before = "SELECT "

// Parse gives the syntax tree of SELECT expression FROM data as JSON, the form that DuckDB's json_serialize_sql
// writes. Nothing of the expression runs: it is passed as a bound text. The tree may hold anything that the parser
// can make of the text, several statements included, and is not always valid JSON; what is allowed is for its reader
// to decide. A text that does not parse is a [*ParseError]. The tree of a text that was parsed before is the same bytes again,
// which nobody may change: definitions say the same in many places, and a preview reads them again and again.
func (s *Session) Parse(ctx context.Context, expression string) ([]byte, error) {
	switch {
	case strings.TrimSpace(expression) == "":
		return nil, &ParseError{Message: "the expression is empty", Offset: -1}
	case len(expression) > longest:
		return nil, &ParseError{Message: fmt.Sprintf("the expression is longer than %d bytes", longest), Offset: -1}
	case strings.ContainsRune(expression, 0):
		return nil, &ParseError{Message: "the expression holds a null character", Offset: strings.IndexByte(expression, 0)}
	case !utf8.ValidString(expression):
		return nil, &ParseError{Message: "the expression is not UTF-8 text", Offset: -1}
	}
	if tree, known := s.parsed.Load(expression); known {
		return tree.([]byte), nil
	}
	// The line break ends a comment that the author left open, so that it cannot hide the table.
	rows, err := s.Strings(ctx, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", before+expression+"\nFROM data")
	if err != nil {
		return nil, fmt.Errorf("parse expression: %w", err)
	}
	tree := []byte(rows[0][0])
	var refusal struct {
		Failed   bool   `json:"error"`
		Message  string `json:"error_message"`
		Position string `json:"position"`
	}
	if err := json.Unmarshal(tree, &refusal); err == nil && refusal.Failed {
		parseError := &ParseError{Message: refusal.Message, Offset: -1}
		var position int
		if _, err := fmt.Sscanf(refusal.Position, "%d", &position); err == nil {
			parseError.Offset = min(max(position-len(before), 0), len(expression))
			if parseError.Offset == len(expression) {
				// What the parser stopped at is not the author's.
				parseError.Message = "syntax error at its end"
			}
		}
		return nil, parseError
	}
	s.parsed.Store(expression, tree)
	return tree, nil
}
