package warehouse

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// batchRows is how many rows are handed to the database at a time: one of its own row groups, of 122,880, has some of
// them, and those at work fit the memory of a small machine.
const batchRows = 1 << 15

// mostFaults is the number of faults of one column that are reported one by one: a column read with the wrong type
// would otherwise bury the faults of all others.
const mostFaults = 100

// mostKept is how many bytes of a refused cell are kept, more than a message shows: a cell can be as long as its file.
const mostKept = 400

// shape is how the columns of the rows become those of the table.
type shape struct {
	columns []Column
	// status is for each column the position of its status in the table, -1 for none.
	status []int
	// marked says that a column has markers.
	marked bool
	schema *arrow.Schema
}

func shapeOf(columns []Column) shape {
	s := shape{columns: columns, status: make([]int, len(columns))}
	position := map[string]int{}
	fields := []arrow.Field{{Name: "_row", Type: arrow.PrimitiveTypes.Int64, Nullable: true}}
	for _, column := range columns {
		position[column.Name] = len(fields)
		fields = append(fields, arrow.Field{Name: column.Name, Type: arrowTypes[column.Type], Nullable: true})
	}
	for _, name := range added(columns) {
		position[name] = len(fields)
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	for i, column := range columns {
		s.status[i] = -1
		s.marked = s.marked || len(column.Markers) > 0
		if column.Status != "" {
			s.status[i] = position[column.Status]
		}
	}
	s.schema = arrow.NewSchema(fields, nil)
	return s
}

var arrowTypes = map[Type]arrow.DataType{
	Text: arrow.BinaryTypes.String, Integer: arrow.PrimitiveTypes.Int64, Number: arrow.PrimitiveTypes.Float64,
}

// loader types the rows of a part and remembers what did not fit.
type loader struct {
	shape
	builder *array.RecordBuilder
	row     *array.Int64Builder
	texts   []*array.StringBuilder // by position in the table, nil for a column of numbers
	whole   []*array.Int64Builder
	numbers []*array.Float64Builder
	// letters are those that markers of the row gave to a status, by its position; few rows have any.
	letters map[int]string
	rows    int // in the batch
	result  loaded
}

// loaded is what a part came to.
type loaded struct {
	count int
	// refused are the cells of each column that did not fit it, beyond how many more there are.
	refused [][]refusal
	beyond  []int
	// misshapen are the rows with a wrong number of cells.
	misshapen []refusal
	narrow    int
}

// refusal is a cell that does not fit its column, or a row that does not fit the table.
type refusal struct {
	row           int
	cell, problem string
	cells         int
}

func newLoader(s shape) *loader {
	l := &loader{shape: s, builder: array.NewRecordBuilder(memory.DefaultAllocator, s.schema), letters: map[int]string{}}
	width := len(s.schema.Fields())
	l.texts, l.whole, l.numbers = make([]*array.StringBuilder, width), make([]*array.Int64Builder, width), make([]*array.Float64Builder, width)
	for i, field := range l.builder.Fields() {
		switch column := field.(type) {
		case *array.StringBuilder:
			l.texts[i] = column
		case *array.Int64Builder:
			l.whole[i] = column
		case *array.Float64Builder:
			l.numbers[i] = column
		}
	}
	l.row = l.whole[0]
	l.result.refused, l.result.beyond = make([][]refusal, len(s.columns)), make([]int, len(s.columns))
	return l
}

// run reads the rows to their end and gives a record for every batch of them.
func (l *loader) run(ctx context.Context, rows Rows, give func(arrow.Record) error) error {
	defer l.builder.Release()
	for {
		if l.rows == batchRows {
			if err := errors.Join(ctx.Err(), l.flush(give)); err != nil {
				return err
			}
		}
		row, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return l.flush(give)
		}
		if err != nil {
			return err
		}
		l.result.count++
		if len(cells) != len(l.columns) {
			if l.result.narrow++; l.result.narrow <= mostFaults {
				l.result.misshapen = append(l.result.misshapen, refusal{row: row, cells: len(cells)})
			}
			continue
		}
		l.fill(row, cells)
	}
}

func (l *loader) flush(give func(arrow.Record) error) error {
	if l.rows == 0 {
		return nil
	}
	l.rows = 0
	return give(l.builder.NewRecord())
}

// fill types one row into the batch.
func (l *loader) fill(row int, cells []string) {
	l.rows++
	l.row.Append(int64(row))
	marked := l.marked && l.markers(cells)
	for i, column := range l.columns {
		cell := cells[i]
		if marked && column.marks(cell) {
			cell = ""
		}
		if letters := l.letters[i+1]; marked && letters != "" {
			cell = joinLetters(cell, letters)
		}
		if problem := l.append(i+1, cell); problem != "" {
			l.refuse(i, row, cell, problem)
		}
	}
	for position := len(l.columns) + 1; position < len(l.texts); position++ {
		l.append(position, l.letters[position])
	}
	if marked {
		clear(l.letters)
	}
}

// markers gathers the letters that the markers of a row give to its statuses, and says whether there are markers.
func (l *loader) markers(cells []string) (marked bool) {
	for i, column := range l.columns {
		if !column.marks(cells[i]) {
			continue
		}
		marked = true
		if at := l.status[i]; at >= 0 {
			l.letters[at] = joinLetters(l.letters[at], column.Markers[strings.TrimSpace(cells[i])])
		}
	}
	return marked
}

// marks says whether a cell holds a marker in the place of a figure.
func (c Column) marks(cell string) bool {
	if len(c.Markers) == 0 {
		return false
	}
	_, marked := c.Markers[strings.TrimSpace(cell)]
	return marked
}

// append puts a cell into its column: nothing for one that is empty or does not fit, and says what is wrong with it.
func (l *loader) append(position int, cell string) (problem string) {
	if cell == "" {
		l.builder.Field(position).AppendNull()
		return ""
	}
	switch {
	case l.texts[position] != nil:
		if utf8.ValidString(cell) {
			l.texts[position].Append(cell)
			return ""
		}
		problem = "not UTF-8 text"
	case l.whole[position] != nil:
		number, empty, wrong := integer(cell)
		if !empty && wrong == "" {
			l.whole[position].Append(number)
			return ""
		}
		problem = wrong
	default:
		number, empty, wrong := number(cell)
		if !empty && wrong == "" {
			l.numbers[position].Append(number)
			return ""
		}
		problem = wrong
	}
	l.builder.Field(position).AppendNull()
	return problem
}

func (l *loader) refuse(i, row int, cell, problem string) {
	if len(l.result.refused[i]) == mostFaults {
		l.result.beyond[i]++
		return
	}
	l.result.refused[i] = append(l.result.refused[i], refusal{row: row, cell: strings.Clone(cell[:min(len(cell), mostKept)]), problem: problem})
}
