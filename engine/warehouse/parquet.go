package warehouse

import (
	"context"
	"fmt"
	"strings"
)

// WriteParquet writes a table to a new file, in the order of its rows, so that equal tables give equal bytes.
func (s *Session) WriteParquet(ctx context.Context, table, path string) error {
	if err := s.Exec(ctx, copyTo("(SELECT * FROM "+Identifier(table)+" ORDER BY _row)", path)); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// LoadParquet makes a table of one file that [Session.WriteParquet] wrote.
func (s *Session) LoadParquet(ctx context.Context, table, path string) error {
	if err := s.Exec(ctx, "CREATE TABLE "+Identifier(table)+" AS "+readFrom(path)); err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	return nil
}

// copyTo is the statement that writes a table or a query in brackets to a Parquet file.
func copyTo(table, path string) string {
	return "COPY " + table + " TO " + Literal(path) + " (FORMAT parquet, COMPRESSION zstd)"
}

// readFrom is the query for the rows of one Parquet file.
func readFrom(path string) string {
	return "SELECT * FROM read_parquet(" + Literal(oneFile(path)) + ")"
}

// oneFile escapes the characters that would make a path stand for several files.
func oneFile(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}
