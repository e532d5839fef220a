package statstable

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/fault"
)

// mostTold is how many faults of one kind are told one by one; of the others the number is told.
const mostTold = 20

// Read reads a table as CSV with a header, in UTF-8. The file is what its faults call it. The columns that the method
// reads must be there, and their numbers be numbers: digits with a point for decimals, commas between thousands allowed.
// What does not hold is a fault.List with all faults, each with its row and column.
func (m Method) Read(file string, in io.Reader) (*Table, error) {
	return read(file, in, m.Reads, m.AnyOf)
}

func read(file string, in io.Reader, columns []Column, anyOf [][]string) (*Table, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	if mark, err := buffered.Peek(3); err == nil && bytes.Equal(mark, []byte("\xEF\xBB\xBF")) {
		_, _ = buffered.Discard(3)
	}
	records := csv.NewReader(buffered)
	records.FieldsPerRecord = -1
	r := reading{Table: Table{File: file, at: map[string]int{}, numbers: map[string][]float64{}}, records: records, times: map[string]int{}}
	header, err := records.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fault.List{fault.At(file, 1, 0).Errorf("", "is empty").Hint("the first line names the columns: %s", needs(columns))}
	case err != nil:
		return nil, r.unread(err)
	}
	if r.header(header, columns, anyOf); len(r.faults) > 0 {
		return nil, r.faults.Sorted()
	}
	return r.rows(columns)
}

// reading is a table while it is read.
type reading struct {
	Table
	records *csv.Reader
	faults  fault.List
	// times counts the faults of a kind.
	times  map[string]int
	parsed []parsed
}

// parsed is a column of numbers and where it stands.
type parsed struct {
	name string
	at   int
	to   []float64
}

// header takes the names of the columns and finds those that are missing or stand twice.
func (r *reading) header(names []string, columns []Column, anyOf [][]string) {
	first := fault.At(r.File, 1, 1)
	for i, name := range names {
		name = strings.TrimSpace(name)
		if _, twice := r.at[name]; twice {
			line, column := r.records.FieldPos(i)
			r.faults.Add(fault.At(r.File, line, column).Errorf(name, "stands twice in the header").Hint("name each column once"))
			continue
		}
		r.at[name] = i
		r.Header = append(r.Header, name)
	}
	if len(names) == 1 && strings.ContainsAny(names[0], ";\t|") {
		r.faults.Add(first.Errorf("", "has one column, %q", fault.Short(names[0])).Hint("part the columns by commas"))
		return
	}
	for _, column := range columns {
		if !column.Optional && !r.Has(column.Name) {
			r.faults.Add(first.Errorf(column.Name, "is not among the columns").Hint("the file has %s", fault.Short(strings.Join(names, ", "))))
		}
	}
	if whole := func(set []string) bool {
		return !slices.ContainsFunc(set, func(name string) bool { return !r.Has(name) })
	}; len(anyOf) > 0 && !slices.ContainsFunc(anyOf, whole) {
		sets := make([]string, len(anyOf))
		for i, set := range anyOf {
			sets[i] = strings.Join(set, ", ")
		}
		r.faults.Add(first.Errorf("", "has neither %s", strings.Join(sets, " nor ")).Hint("the file has %s", fault.Short(strings.Join(names, ", "))))
	}
	for _, column := range columns {
		if at, has := r.at[column.Name]; has && column.Number {
			r.parsed = append(r.parsed, parsed{name: column.Name, at: at})
		}
	}
}

// rows takes all rows.
func (r *reading) rows(columns []Column) (*Table, error) {
	for {
		record, err := r.records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, r.unread(err)
		}
		line, _ := r.records.FieldPos(0)
		if len(record) != len(r.Header) {
			r.tell("ragged", func() fault.Fault {
				return fault.At(r.File, line, 1).Errorf("", "row %d: %s under %d headings", line, counted(len(record), "cell"), len(r.Header)).
					Hint("put a cell with a comma into quotes, and write one cell a column")
			})
			continue
		}
		r.take(record, line)
	}
	for kind, times := range r.times {
		if times > mostTold {
			r.faults.Add(fault.At(r.File, 0, 0).Errorf("", "%d further %s", times-mostTold, furtherWords(kind)))
		}
	}
	if len(r.faults) > 0 {
		return nil, r.faults.Sorted()
	}
	if len(r.cells) == 0 {
		return nil, fault.List{fault.At(r.File, 1, 0).Errorf("", "has a header and no rows").Hint("write the figures below it")}
	}
	for _, p := range r.parsed {
		r.numbers[p.name] = p.to
	}
	table := r.Table
	return &table, nil
}

func furtherWords(kind string) string {
	if kind == "ragged" {
		return "rows with a cell too many or too few"
	}
	return "cells of " + kind + " that are no numbers"
}

// take keeps one row and reads its numbers.
func (r *reading) take(record []string, line int) {
	r.cells = append(r.cells, record)
	r.lines = append(r.lines, line)
	for i := range r.parsed {
		p := &r.parsed[i]
		cell := record[p.at]
		v, problem, next := number(cell)
		if problem != "" {
			_, column := r.records.FieldPos(p.at)
			r.tell(p.name, func() fault.Fault {
				return fault.At(r.File, line, column).Errorf(p.name, "row %d: read %q: %s", line, fault.Short(cell), problem).Hint("%s", next)
			})
		}
		p.to = append(p.to, v)
	}
}

// tell adds a fault unless enough of its kind were told.
func (r *reading) tell(kind string, say func() fault.Fault) {
	if r.times[kind]++; r.times[kind] <= mostTold {
		r.faults.Add(say())
	}
}

// unread is the error of a text that is no CSV, with what was found before it, or else the reader's own error.
func (r *reading) unread(err error) error {
	var wrong *csv.ParseError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("read %s: %w", r.File, err)
	}
	r.faults.Add(fault.At(r.File, wrong.Line, wrong.Column).Errorf("", "is no CSV here: %v", wrong.Err).
		Hint("put a cell with a quote into quotes, and write the quote twice"))
	return r.faults.Sorted()
}

// number reads a cell: NaN where it is empty, and what is wrong with it and what to do where it is no number.
func number(cell string) (v float64, problem, next string) {
	text := strings.TrimSpace(cell)
	if text == "" {
		return math.NaN(), "", ""
	}
	v, problem = plainNumber(text)
	if problem != "" {
		return math.NaN(), problem, nextStep(text, problem)
	}
	return v, "", ""
}

const (
	notANumber = "not a number"
	tooLarge   = "too large for a number"
)

// plainNumber reads digits, with commas between thousands and an exponent where there are any, and nothing else: neither
// 0x10 nor 1_000 nor nan, which strconv would take.
func plainNumber(text string) (v float64, problem string) {
	plain, threes := text, true
	if strings.Contains(text, ",") {
		plain, threes = withoutThousands(text)
	}
	if !threes || strings.Trim(plain, "0123456789.eE+-") != "" {
		return 0, notANumber
	}
	v, err := strconv.ParseFloat(plain, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, tooLarge
	case err != nil:
		return 0, notANumber
	}
	return v, ""
}

// withoutThousands takes out the commas between thousands, and reports whether they part threes.
func withoutThousands(text string) (string, bool) {
	whole, decimals, _ := strings.Cut(text, ".")
	parts := strings.Split(whole, ",")
	for i, part := range parts {
		if i > 0 && len(part) != 3 || i == 0 && (len(strings.TrimLeft(part, "+-")) == 0 || len(strings.TrimLeft(part, "+-")) > 3) {
			return "", false
		}
	}
	if strings.Contains(decimals, ",") {
		return "", false
	}
	return strings.ReplaceAll(text, ",", ""), true
}

// nextStep says what to do about a cell that is no number.
func nextStep(text, problem string) string {
	bare := strings.TrimSpace(strings.Trim(text, "%£€$ "))
	switch _, still := plainNumber(bare); {
	case problem == tooLarge:
		return "correct the cell"
	case still == "":
		return "write " + bare
	case strings.Contains(text, ",") && strings.Trim(text, "0123456789,.+-") == "":
		return "a comma parts thousands, in threes; decimals follow a point"
	}
	return "where there is no figure, leave the cell empty"
}

// needs are the columns that must be there.
func needs(columns []Column) string {
	var names []string
	for _, column := range columns {
		if !column.Optional {
			names = append(names, column.Name)
		}
	}
	return strings.Join(names, ", ")
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
