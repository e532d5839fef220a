package warehouse

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/marcboeker/go-duckdb"
)

// Arrow reads the result of a query as records. The caller releases every record. The driver holds the whole result
// in memory and does not stop for a cancelled context while the query runs: aggregate with [Session.Create] first,
// then read the small table.
func (s *Session) Arrow(ctx context.Context, query string) (records []arrow.Record, err error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = s.connection.Raw(func(driverConnection any) error {
		source, err := duckdb.NewArrowFromConn(driverConnection.(driver.Conn))
		if err != nil {
			return err
		}
		reader, err := source.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer reader.Release()
		for reader.Next() {
			record := reader.Record()
			record.Retain()
			records = append(records, record)
		}
		return reader.Err()
	})
	if err != nil {
		Release(records)
		return nil, fmt.Errorf("read arrow: %w", err)
	}
	return records, nil
}

// Release lets go of records that [Session.Arrow] gave.
func Release(records []arrow.Record) {
	for _, record := range records {
		record.Release()
	}
}

// IsBeyondRange says whether a query failed because it came to a number that its type cannot hold.
func IsBeyondRange(err error) bool {
	var refused *duckdb.Error
	return errors.As(err, &refused) && slices.Contains([]duckdb.ErrorType{duckdb.ErrorTypeOutOfRange, duckdb.ErrorTypeConversion, duckdb.ErrorTypeDecimal}, refused.Type)
}

// Strings reads the result of a query as texts, with "" for null and numbers in their shortest form.
func (s *Session) Strings(ctx context.Context, query string, arguments ...any) ([][]string, error) {
	_, found, err := s.Table(ctx, query, arguments...)
	return found, err
}

// Table is [Session.Strings] with the names of the columns.
func (s *Session) Table(ctx context.Context, query string, arguments ...any) (columns []string, found [][]string, err error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	rows, err := s.connection.QueryContext(ctx, query, arguments...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	columns, err = rows.Columns()
	if err != nil {
		return nil, nil, err
	}
	values := make([]any, len(columns))
	targets := make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, nil, err
		}
		row := make([]string, len(values))
		for i, value := range values {
			row[i] = written(value)
		}
		found = append(found, row)
	}
	return columns, found, rows.Err()
}

func written(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32)
	case []byte:
		return string(v)
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(value)
}

// Functions lists the names of all functions that the database knows, for the test that none of them slips through.
func (s *Session) Functions(ctx context.Context) ([]string, error) {
	rows, err := s.Strings(ctx, "SELECT DISTINCT function_name FROM duckdb_functions() ORDER BY 1")
	if err != nil {
		return nil, fmt.Errorf("list functions: %w", err)
	}
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row[0]
	}
	return names, nil
}
