package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// births puts a Parquet file with another column of births into the place of the figures.
func births(node func() (schema.Node, error), write func(column file.ColumnChunkWriter, records [][]string) error) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		made, err := node()
		if err != nil {
			t.Fatal(err)
		}
		var records [][]string
		for i := range 26 {
			records = append(records, []string{"E06000033", fmt.Sprint(2000 + i), "855", "7695"})
		}
		put(t, folder, figures, parquetOf(t, records, made, write))
	}
}

var (
	bornInstead = births(func() (schema.Node, error) { return schema.NewInt64Node("born", parquet.Repetitions.Required, -1), nil },
		func(column file.ColumnChunkWriter, records [][]string) error { return writeInt64(column, records, 2) })

	birthsAsLists = births(func() (schema.Node, error) {
		return schema.ListOf(schema.NewInt64Node("births", parquet.Repetitions.Required, -1), parquet.Repetitions.Required, -1)
	}, func(column file.ColumnChunkWriter, records [][]string) error {
		levels, repeated := make([]int16, len(records)), make([]int16, len(records))
		for i := range levels {
			levels[i] = 1
		}
		_, err := column.(*file.Int64ColumnChunkWriter).WriteBatch(make([]int64, len(records)), levels, repeated)
		return err
	})

	birthsAsText = births(func() (schema.Node, error) {
		return schema.NewPrimitiveNodeLogical("births", parquet.Repetitions.Required, schema.StringLogicalType{}, parquet.Types.ByteArray, 0, -1)
	}, func(column file.ColumnChunkWriter, records [][]string) error {
		records[9][2] = "many"
		return writeTexts(column, records, 2)
	})

	birthsAsFractions = birthsAs(855.5)
	birthsNotFinite   = birthsAs(math.NaN(), math.Inf(-1))
)

// birthsAs stores births as floating point numbers, the first ones as given.
func birthsAs(given ...float64) func(t *testing.T, folder, figures string) {
	return births(func() (schema.Node, error) {
		return schema.NewFloat64Node("births", parquet.Repetitions.Required, -1), nil
	},
		func(column file.ColumnChunkWriter, records [][]string) error {
			values := append(given[:len(given):len(given)], make([]float64, len(records)-len(given))...)
			_, err := column.(*file.Float64ColumnChunkWriter).WriteBatch(values, nil, nil)
			return err
		})
}

// overwritten writes over so many bytes from one on, counted from the end where it is negative.
func overwritten(from, count int) func(t *testing.T, folder, figures string) {
	return alter(func(data []byte) []byte {
		if from < 0 {
			from += len(data)
		}
		copy(data[from:], bytes.Repeat([]byte{0xA5}, count))
		return data
	})
}

// longFooter says that the footer is longer than the file.
func longFooter(data []byte) []byte {
	binary.LittleEndian.PutUint32(data[len(data)-8:], 1<<30)
	return data
}

// moreRows says in the footer that a row group has 1,000 rows more than the 25 it has: the number is stored as twice as much
// in one byte, behind the one that says which field it is.
func moreRows(data []byte) []byte {
	at := bytes.LastIndex(data, []byte{0x16, 50})
	return append(append(append([]byte{}, data[:at+1]...), 0x82, 0x10), lengthened(data[at+2:])...)
}

// lengthened is the rest of a file whose footer has grown by a byte.
func lengthened(rest []byte) []byte {
	at := len(rest) - 8
	binary.LittleEndian.PutUint32(rest[at:], binary.LittleEndian.Uint32(rest[at:])+1)
	return rest
}

// document puts a long text into the place of the figures.
func document(head, text, tail string, times int) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		put(t, folder, figures, []byte(head+strings.Repeat(text, times)+tail))
	}
}

// claims is a cube of ten dimensions of a thousand items each.
func claims() string {
	items := "[{}" + strings.Repeat(",{}", 999) + "]"
	field := `{"uri":"f","label":"Field","items":` + items + "}"
	return `{"measures":[{"uri":"b","label":"Births"}],"fields":[` + field + strings.Repeat(","+field, 9) + `],"cubes":{"b":{"values":[]}}}`
}
