package source_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// textParquet writes rows as optional columns of text, empty cells as none, a row group for each two rows.
func textParquet(t testing.TB, rows [][]string) []byte {
	t.Helper()
	var fields schema.FieldList
	for _, heading := range rows[0] {
		node, err := schema.NewPrimitiveNodeLogical(heading, parquet.Repetitions.Optional, schema.StringLogicalType{}, parquet.Types.ByteArray, 0, -1)
		check(t, err)
		fields = append(fields, node)
	}
	return writeParquet(t, fields, func(writer *file.Writer) {
		for start := 1; start < len(rows); start += 2 {
			group := writer.AppendRowGroup()
			for i := range rows[0] {
				var values []parquet.ByteArray
				var levels []int16
				for _, row := range rows[start:min(start+2, len(rows))] {
					levels = append(levels, 0)
					if row[i] != "" {
						levels[len(levels)-1] = 1
						values = append(values, parquet.ByteArray(row[i]))
					}
				}
				column, err := group.NextColumn()
				check(t, err)
				_, err = column.(*file.ByteArrayColumnChunkWriter).WriteBatch(values, levels, nil)
				check(t, err)
				check(t, column.Close())
			}
			check(t, group.Close())
		}
	})
}

func writeParquet(t testing.TB, fields schema.FieldList, fill func(*file.Writer)) []byte {
	t.Helper()
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields, -1)
	check(t, err)
	var data bytes.Buffer
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy))
	writer := file.NewParquetWriter(&data, root, file.WithWriterProps(properties))
	fill(writer)
	check(t, writer.Close())
	return data.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func serveParquet(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	files := fstest.MapFS{"datasets/conformance/figures.parquet": {Data: textParquet(t, rows)}}
	return datasets.Source{Kind: "parquet", File: "figures.parquet"}, source.Options{Files: files}
}

// TestParquetTypes writes one value of each type and looks how it is written out.
func TestParquetTypes(t *testing.T) {
	t.Parallel()
	const required = parquet.Repetition(0)
	logical := func(name string, kind schema.LogicalType, physical parquet.Type, length int) schema.Node {
		node, err := schema.NewPrimitiveNodeLogical(name, required, kind, physical, length, -1)
		check(t, err)
		return node
	}
	fields := schema.FieldList{
		schema.NewInt32Node("int32", required, -1), schema.NewInt64Node("int64", required, -1),
		schema.NewFloat32Node("float", required, -1), schema.NewFloat64Node("double", required, -1), schema.NewBooleanNode("boolean", required, -1),
		logical("date", schema.DateLogicalType{}, parquet.Types.Int32, 0),
		logical("time", schema.NewTimestampLogicalType(true, schema.TimeUnitMillis), parquet.Types.Int64, 0),
		logical("unsigned", schema.NewIntLogicalType(32, false), parquet.Types.Int32, 0),
		logical("decimal", schema.NewDecimalLogicalType(9, 2), parquet.Types.Int32, 0),
		logical("bytes", schema.NewDecimalLogicalType(4, 3), parquet.Types.FixedLenByteArray, 2),
	}
	data := writeParquet(t, fields, func(writer *file.Writer) {
		group := writer.AppendRowGroup()
		for _, fill := range []func(file.ColumnChunkWriter) error{
			batchOf[*file.Int32ColumnChunkWriter](int32(-7)), batchOf[*file.Int64ColumnChunkWriter](int64(1000000)),
			batchOf[*file.Float32ColumnChunkWriter](float32(0.1)), batchOf[*file.Float64ColumnChunkWriter](2.2000000000000002e7),
			batchOf[*file.BooleanColumnChunkWriter](true),
			batchOf[*file.Int32ColumnChunkWriter](int32(19723)), batchOf[*file.Int64ColumnChunkWriter](int64(1704067200500)),
			batchOf[*file.Int32ColumnChunkWriter](int32(-1)), batchOf[*file.Int32ColumnChunkWriter](int32(-5)),
			batchOf[*file.FixedLenByteArrayColumnChunkWriter](parquet.FixedLenByteArray{0xFF, 0x38}),
		} {
			column, err := group.NextColumn()
			check(t, err)
			check(t, fill(column))
			check(t, column.Close())
		}
		check(t, group.Close())
	})
	rows, faults := opened(t, datasets.Source{Kind: "parquet", File: "f.parquet"}, source.Received{Data: data},
		"int32", "int64", "float", "double", "boolean", "date", "time", "unsigned", "decimal", "bytes")
	// 19723 days and 1704067200500 ms after 1970 are the first of January 2024 (date -u -d @1704067200).
	want := []string{"1:10 -7|1000000|0.1|22000000.000000004|true|2024-01-01|2024-01-01T00:00:00.5Z|4294967295|-0.05|-0.200"}
	if diff := cmp.Diff(want, rows); diff != "" || faults != "" {
		t.Errorf("rows (-want +got):\n%s\nfaults %s", diff, faults)
	}
}

// batchOf writes one value with the writer of its type.
func batchOf[W interface {
	WriteBatch([]T, []int16, []int16) (int64, error)
}, T any](value T) func(file.ColumnChunkWriter) error {
	return func(writer file.ColumnChunkWriter) error {
		_, err := writer.(W).WriteBatch([]T{value}, nil, nil)
		return err
	}
}

func TestParquetDamaged(t *testing.T) {
	t.Parallel()
	sound := textParquet(t, [][]string{{"area", "value"}, {"A", "1"}, {"B", "2"}, {"C", "3"}})
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"cut short", "is no whole Parquet file", sound[:len(sound)-9]},
		{"nothing", "is empty", nil},
		{"text", "is no Parquet file", []byte("area,value\nA,1\n")},
		{"footer alone", "is broken as a Parquet file", append([]byte("PAR1"), sound[len(sound)-8:]...)},
		{"page overwritten", "is broken", overwritten(sound)},
	} {
		_, faults := opened(t, datasets.Source{Kind: "parquet", File: "f.parquet"}, source.Received{Data: c.data}, "area", "value")
		if !strings.Contains(faults, c.want) {
			t.Errorf("%s: got faults %q, want them to say %q", c.name, faults, c.want)
		}
	}
}

func overwritten(data []byte) []byte {
	copied := bytes.Clone(data)
	for i := 4; i < 60; i++ {
		copied[i] = 0xA5
	}
	return copied
}

// TestParquetAsPublished reads every row of the measures of the Local Authority Interactive Tool, and holds them against
// the extract of it that was written as CSV by another program.
func TestParquetAsPublished(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("..", "..", "..", "shared", "data", "dfe-lait")
	data, err := os.ReadFile(filepath.Join(folder, "bds_long_0.parquet"))
	extract, errExtract := os.ReadFile(filepath.Join(folder, "DERIVED_lait_domain4_subset.csv"))
	if errors.Is(errors.Join(err, errExtract), fs.ErrNotExist) {
		t.Skip("shared data not present: ../shared/data/dfe-lait")
	}
	columns := []string{"Short Desc", "Years", "LA and Regions", "LA Number", "Values"}
	rows, faults := opened(t, datasets.Source{Kind: "parquet", File: "f.parquet"}, source.Received{Data: data}, columns...)
	// 641,070 is in the file's provenance.
	if faults != "" || len(rows) != 641070 {
		t.Fatalf("got %d rows and faults %q, want 641070 and none", len(rows), faults)
	}
	known := map[string]bool{}
	for _, row := range rows {
		_, cells, _ := strings.Cut(row, " ")
		known[cells] = true
	}
	wanted, _ := opened(t, datasets.Source{Kind: "csv", File: "f.csv"}, source.Received{Data: extract}, columns...)
	if len(wanted) == 0 {
		t.Fatal("the extract has no rows")
	}
	for _, row := range wanted {
		if _, cells, _ := strings.Cut(row, " "); !known[cells] {
			t.Fatalf("the file lacks %q of its extract", cells)
		}
	}
	t.Logf("%d rows, %d of them in the extract", len(rows), len(wanted))
}

// FuzzParquet holds the decoder to ending, in rows or in faults, on any bytes.
func FuzzParquet(f *testing.F) {
	f.Add(textParquet(f, [][]string{{"area", "value"}, {"A", "1"}, {"B", ""}, {"C", "3"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		dataset := datasets.Dataset{ID: "fuzz", File: "d.yaml", Source: datasets.Source{Kind: "parquet", File: "f.parquet"}}
		dataset.Columns = []datasets.Column{{Name: "area"}}
		table, faults := source.Open(dataset, source.Received{Data: data})
		if table == nil {
			if len(faults.Errors()) == 0 {
				t.Fatal("no table and no fault")
			}
			return
		}
		for last := 0; ; {
			row, cells, err := table.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || row <= last || len(cells) != 1 {
				t.Fatalf("got row %d after %d, cells %q, %v", row, last, cells, err)
			}
			last = row
		}
	})
}
