package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// parquetBatch is how many values of a column are decoded at a time: enough to make the cost of a batch small, few enough
// that a wide table stays in a few megabytes.
const parquetBatch = 4096

// openParquet decodes the columns of a Parquet file that hold one value a row. A row's place is its number, from 1.
func openParquet(dataset datasets.Dataset, name string, data []byte) (table *Table, faults fault.List) {
	defer func() {
		if broken := recover(); broken != nil {
			table, faults = nil, fault.List{brokenParquet(name, fmt.Errorf("%v", broken))}
		}
	}()
	switch {
	case len(data) == 0:
		return nil, fault.List{fault.At(name, 0, 0).Errorf("", "is empty").Hint("the file may have been cut short: fetch it again")}
	case !bytes.HasPrefix(data, []byte("PAR1")):
		return nil, fault.List{fault.At(name, 0, 0).Errorf("", "is no Parquet file, which begins with PAR1").Hint("look whether it is the right file, and say its kind")}
	case !bytes.HasSuffix(data, []byte("PAR1")):
		f := fault.At(name, 0, 0).Errorf("", "is no whole Parquet file, which ends with PAR1")
		return nil, fault.List{f.Hint("the file may have been cut short: fetch it again")}
	}
	reader, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		return nil, fault.List{brokenParquet(name, err)}
	}
	rows := &parquetRows{file: name, reader: reader}
	var unpacked int64
	for i := range reader.NumRowGroups() {
		unpacked += reader.MetaData().RowGroup(i).TotalByteSize()
	}
	if unpacked < 0 || unpacked > maximumUnpacked {
		return nil, fault.List{fault.At(name, 0, 0).Errorf("", "%v", errTooLong).Hint("look whether it is the right file")}
	}
	wanted, faults := needsOf(dataset)
	for i := range reader.MetaData().Schema.NumColumns() {
		column := reader.MetaData().Schema.Column(i)
		top, _, _ := strings.Cut(column.Path(), ".")
		switch {
		case column.MaxRepetitionLevel() == 0:
			rows.columns = append(rows.columns, parquetColumn{position: i, schema: column, text: parquetText(column)})
		case slices.Contains(wanted.names, top):
			f := fault.At(name, 0, 0).Errorf("", "the column %q holds a list in every row", top)
			faults.Add(f.Hint("ask its publisher for a table with a row for each of its values"))
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return openRecords(dataset, rows)
}

// brokenParquet is the fault of a file that the library cannot read, in the last of its words: those before say where in the
// library it was.
func brokenParquet(name string, err error) fault.Fault {
	text := strings.TrimPrefix(err.Error(), "parquet: ")
	if at := strings.LastIndex(text, "error reading struct: "); at >= 0 {
		text = "its footer does not fit together: " + text[at+len("error reading struct: "):]
	}
	return fault.At(name, 0, 0).Errorf("", "is broken as a Parquet file: %s", fault.Short(text)).Hint("fetch it again")
}

// parquetRows reads the row groups of a file one after another.
type parquetRows struct {
	file    string
	reader  *file.Reader
	columns []parquetColumn
	// group is the row group being read, from 1; left are its rows still to come.
	group int
	left  int64
	row   int
	// started says that the headings have been read, broken that nothing more can be.
	started, broken bool
}

// parquetColumn is a column with the values decoded ahead.
type parquetColumn struct {
	position int
	schema   *schema.Column
	text     func(any) string
	chunk    file.ColumnChunkReader
	values   []any
	next     int
}

func (p *parquetRows) name() string { return p.file }

func (p *parquetRows) cell(index, _ int) fault.Place { return p.find(p.row, index) }

func (p *parquetRows) find(row, index int) fault.Place { return fault.At(p.file, max(row, 1), index+1) }

// read is the next row. A damaged page ends the file with a fault: where the next one begins, nothing says.
func (p *parquetRows) read() (cells []string, row int, broken *fault.Fault, err error) {
	if p.broken {
		return nil, 0, nil, io.EOF
	}
	if !p.started {
		p.started = true
		for _, column := range p.columns {
			cells = append(cells, column.schema.Path())
		}
		return cells, 0, nil, nil
	}
	cells, err = p.nextRow()
	if errors.Is(err, io.EOF) {
		return nil, 0, nil, io.EOF
	}
	if err != nil {
		p.broken = true
		f := fault.At(p.file, p.row+1, 0).Errorf("", "is broken from row %d on: %v", p.row+1, err).Hint("fetch it again")
		return nil, p.row + 1, &f, nil
	}
	p.row++
	return cells, p.row, nil, nil
}

// nextRow reads a row; the library ends some damaged files in a panic, which is an error like any other here.
func (p *parquetRows) nextRow() (cells []string, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("%v", broken)
		}
	}()
	for p.left == 0 {
		if p.group == p.reader.NumRowGroups() {
			return nil, io.EOF
		}
		if err := p.openGroup(); err != nil {
			return nil, err
		}
	}
	p.left--
	cells = make([]string, len(p.columns))
	for i := range p.columns {
		column := &p.columns[i]
		if column.next == len(column.values) {
			if err := column.decode(min(parquetBatch, p.left+1)); err != nil {
				return nil, err
			}
		}
		if value := column.values[column.next]; value != nil {
			cells[i] = column.text(value)
		}
		column.next++
	}
	return cells, nil
}

func (p *parquetRows) openGroup() error {
	group := p.reader.RowGroup(p.group)
	p.group++
	p.left = group.NumRows()
	if p.left < 0 {
		return fmt.Errorf("row group %d has %d rows", p.group, p.left)
	}
	for i := range p.columns {
		chunk, err := columnReader(group, p.columns[i].position, p.columns[i].schema)
		if err != nil {
			return err
		}
		p.columns[i].chunk, p.columns[i].values, p.columns[i].next = chunk, nil, 0
	}
	return nil
}

// decode decodes the next values, at most so many; nil stands for one that is not there.
func (c *parquetColumn) decode(rows int64) error {
	levels := make([]int16, rows)
	var total int64
	var err error
	var found []any
	switch chunk := c.chunk.(type) {
	case *file.BooleanColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	case *file.Int32ColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	case *file.Int64ColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	case *file.Int96ColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	case *file.Float32ColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	case *file.Float64ColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	case *file.ByteArrayColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	case *file.FixedLenByteArrayColumnChunkReader:
		total, found, err = batch(chunk.ReadBatch, rows, levels)
	default:
		return fmt.Errorf("column %s has a type that is not read", c.schema.Path())
	}
	if err == nil && total == 0 {
		err = errors.New("its values end early")
	}
	if err != nil {
		return fmt.Errorf("column %s: %w", c.schema.Path(), err)
	}
	c.values, c.next = c.values[:0], 0
	highest := c.schema.MaxDefinitionLevel()
	for _, level := range levels[:total] {
		switch {
		case highest > 0 && level < highest:
			c.values = append(c.values, nil)
		case len(found) == 0:
			return fmt.Errorf("column %s: has fewer values than its levels say", c.schema.Path())
		default:
			c.values = append(c.values, found[0])
			found = found[1:]
		}
	}
	return nil
}

// batch reads one batch of a typed column. Bytes are copied: their pages are used again.
func batch[T any](read func(int64, []T, []int16, []int16) (int64, int, error), rows int64, levels []int16) (int64, []any, error) {
	values := make([]T, rows)
	total, filled, err := read(rows, values, levels, nil)
	found := make([]any, 0, filled)
	for _, value := range values[:filled] {
		switch bytesOf := any(value).(type) {
		case parquet.ByteArray:
			found = append(found, string(bytesOf))
		case parquet.FixedLenByteArray:
			found = append(found, string(bytesOf))
		default:
			found = append(found, value)
		}
	}
	return total, found, err
}
