package archive

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"levelfield/engine/results"
)

// suppressed is the status of a value that must not be told; nothing of it may be kept.
const suppressed = "c"

// column is one column of results.parquet; exactly one of text, number and day is set.
type column struct {
	name   string
	text   func(*results.Value) string
	number func(*results.Value) *float64
	day    func(*results.Value) string
}

// columns are those of results.csv, in its order: the two files say the same.
var columns = []column{
	{name: "indicator", text: func(v *results.Value) string { return v.Indicator }},
	{name: "area", text: func(v *results.Value) string { return v.Area }},
	{name: "area_name", text: func(v *results.Value) string { return v.AreaName }},
	{name: "area_type", text: func(v *results.Value) string { return v.AreaType }},
	{name: "period", text: func(v *results.Value) string { return v.Period.Label }},
	{name: "period_start", day: func(v *results.Value) string { return v.Period.Start }},
	{name: "period_end", day: func(v *results.Value) string { return v.Period.End }},
	{name: "breakdown", text: func(v *results.Value) string { return v.Breakdown }},
	{name: "category", text: func(v *results.Value) string { return v.Category }},
	{name: "numerator", number: func(v *results.Value) *float64 { return v.Numerator }},
	{name: "denominator", number: func(v *results.Value) *float64 { return v.Denominator }},
	{name: "value", number: func(v *results.Value) *float64 { return v.Value }},
	{name: "lower95", number: func(v *results.Value) *float64 { return v.Lower95 }},
	{name: "upper95", number: func(v *results.Value) *float64 { return v.Upper95 }},
	{name: "lower998", number: func(v *results.Value) *float64 { return v.Lower998 }},
	{name: "upper998", number: func(v *results.Value) *float64 { return v.Upper998 }},
	{name: "unit", text: func(v *results.Value) string { return v.Unit }},
	{name: "method", text: func(v *results.Value) string { return v.Method }},
	{name: "status", text: func(v *results.Value) string { return v.Status }},
	{name: "reason", text: func(v *results.Value) string { return v.Reason }},
	{name: "warnings", text: func(v *results.Value) string { return strings.Join(v.Warnings, "; ") }},
	{name: "dataset", text: func(v *results.Value) string { return v.Dataset }},
	{name: "snapshot", text: func(v *results.Value) string { return v.Snapshot }},
}

// Parquet writes values, in their order, as results.parquet: the columns of
// results.csv, text as it is there, the days of a period as dates, and null for a
// number that does not exist. It refuses a number that is not finite and a
// suppressed value that still holds one. The rights, the words that the licence of
// the figures asks for, stand in the file's metadata under "rights".
//
// It uses the column writers of parquet/file, because pqarrow would link gRPC.
func Parquet(values results.Values, rights string) ([]byte, error) {
	var out bytes.Buffer
	fields := make(schema.FieldList, len(columns))
	for i, c := range columns {
		field, err := c.field()
		if err != nil {
			return nil, fmt.Errorf("write parquet: column %s: %w", c.name, err)
		}
		fields[i] = field
	}
	root, err := schema.NewGroupNode("results", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		return nil, fmt.Errorf("write parquet: %w", err)
	}
	notes := metadata.NewKeyValueMetadata()
	if err := notes.Append("rights", rights); err != nil {
		return nil, fmt.Errorf("write parquet: %w", err)
	}
	writer := file.NewParquetWriter(&out, root, file.WithWriteMetadata(notes), file.WithWriterProps(parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Zstd),
	)))
	err = writeGroup(writer, values)
	if err == nil {
		// Close hides what goes wrong in the footer; to flush it first shows it.
		err = writer.FlushWithFooter()
	}
	if err = errors.Join(err, writer.Close()); err != nil {
		return nil, fmt.Errorf("write parquet: %w", err)
	}
	return out.Bytes(), nil
}

// field is the column in the schema.
func (c column) field() (schema.Node, error) {
	switch {
	case c.number != nil:
		return schema.NewPrimitiveNode(c.name, parquet.Repetitions.Optional, parquet.Types.Double, -1, -1)
	case c.day != nil:
		return schema.NewPrimitiveNodeLogical(c.name, parquet.Repetitions.Required, schema.DateLogicalType{}, parquet.Types.Int32, -1, -1)
	}
	return schema.NewPrimitiveNodeLogical(c.name, parquet.Repetitions.Required, schema.StringLogicalType{}, parquet.Types.ByteArray, -1, -1)
}

// writeGroup writes all values as one row group; a run has some ten thousand, far
// below the size at which a file is better cut.
func writeGroup(writer *file.Writer, values results.Values) error {
	if values.Len() == 0 {
		return nil
	}
	group := writer.AppendRowGroup()
	for _, c := range columns {
		chunk, err := group.NextColumn()
		if err == nil {
			err = errors.Join(c.write(chunk, values), chunk.Close())
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	return group.Close()
}

// write writes the cells of one column.
func (c column) write(chunk file.ColumnChunkWriter, values results.Values) error {
	switch chunk := chunk.(type) {
	case *file.Float64ColumnChunkWriter:
		numbers, present, err := c.numbers(values)
		if err != nil {
			return err
		}
		_, err = chunk.WriteBatch(numbers, present, nil)
		return err
	case *file.Int32ColumnChunkWriter:
		days, err := c.days(values)
		if err != nil {
			return err
		}
		_, err = chunk.WriteBatch(days, nil, nil)
		return err
	case *file.ByteArrayColumnChunkWriter:
		texts := make([]parquet.ByteArray, 0, values.Len())
		before, held := "", parquet.ByteArray{}
		for value := range values.All() {
			// Neighbours mostly say the same, and then share it.
			if text := c.text(value); text != before {
				before, held = text, parquet.ByteArray(text)
			}
			texts = append(texts, held)
		}
		_, err := chunk.WriteBatch(texts, nil, nil)
		return err
	}
	return fmt.Errorf("no writer for %T", chunk)
}

// numbers are the numbers that exist, and for each value 1 where it has one, else
// 0.
func (c column) numbers(values results.Values) (numbers []float64, present []int16, err error) {
	present = make([]int16, 0, values.Len())
	for value := range values.All() {
		number := c.number(value)
		switch {
		case number == nil:
			present = append(present, 0)
			continue
		case math.IsNaN(*number) || math.IsInf(*number, 0):
			return nil, nil, fmt.Errorf("%s: not a finite number", named(value))
		case slices.Contains(strings.Fields(value.Status), suppressed):
			return nil, nil, fmt.Errorf("%s: a suppressed value still holds a number", named(value))
		}
		numbers, present = append(numbers, *number), append(present, 1)
	}
	return numbers, present, nil
}

// days are counted from 1 January 1970, as Parquet counts them.
func (c column) days(values results.Values) ([]int32, error) {
	const secondsPerDay = 24 * 60 * 60
	days := make([]int32, 0, values.Len())
	for value := range values.All() {
		day, err := time.Parse(time.DateOnly, c.day(value))
		if err != nil {
			return nil, fmt.Errorf("%s: %q is not a day", named(value), c.day(value))
		}
		seconds := day.Unix()
		days = append(days, int32(seconds/secondsPerDay))
	}
	return days, nil
}

func named(value *results.Value) string {
	return fmt.Sprintf("%s, %s, %s", value.Indicator, value.Area, value.Period.Label)
}
