package warehouse

import (
	"context"
	"fmt"
	"strings"
)

// WriteParquet writes a table to a new file, in the order of its rows, so that equal tables give equal bytes.
func (s *Session) WriteParquet(ctx context.Context, table, path string) error {
	statement := fmt.Sprintf("COPY (SELECT * FROM %s ORDER BY _row) TO %s (FORMAT parquet, COMPRESSION zstd)", Identifier(table), Literal(path))
	if err := s.Exec(ctx, statement); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// LoadParquet makes a table of one file that [Session.WriteParquet] wrote.
func (s *Session) LoadParquet(ctx context.Context, table, path string) error {
	statement := fmt.Sprintf("CREATE TABLE %s AS SELECT * FROM read_parquet(%s)", Identifier(table), Literal(oneFile(path)))
	if err := s.Exec(ctx, statement); err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	return nil
}

// oneFile escapes the characters that would make a path stand for several files.
func oneFile(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}
