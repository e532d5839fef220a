package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// pages puts the pages of one CSV together: the headings of the first, the rows of all, byte for byte.
type pages struct {
	data     []byte
	headings []string
	rows     int
}

// page is one page as it came: its headings, where its rows begin in data, and the rows.
type page struct {
	data     []byte
	headings []string
	start    int64
	rows     int
	// last is the last row.
	last []string
}

// readPage takes a page apart. A page that is not whole is asked for again.
func readPage(data []byte) (page, error) {
	found := page{data: bytes.TrimPrefix(data, []byte(byteOrderMark))}
	reader := csv.NewReader(bytes.NewReader(found.data))
	reader.FieldsPerRecord = -1
	for {
		record, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return found, nil
		case err != nil:
			return page{}, temporary{cause: fmt.Errorf("the answer is not whole CSV: %w", err)}
		case found.headings == nil:
			found.headings, found.start = record, reader.InputOffset()
		default:
			found.rows++
			found.last = record
		}
	}
}

// add puts a page below the others.
func (p *pages) add(more page) error {
	if p.headings == nil {
		p.headings = more.headings
		p.data = append(p.data, more.data[:more.start]...)
		p.endLine()
	}
	if more.rows == 0 {
		return nil
	}
	if !slices.Equal(p.headings, more.headings) {
		return fmt.Errorf("two pages of the table have different headings, %s and %s: the publisher changed it meanwhile: try again",
			strings.Join(p.headings, ","), strings.Join(more.headings, ","))
	}
	p.data = append(p.data, more.data[more.start:]...)
	p.endLine()
	p.rows += more.rows
	return nil
}

// endLine ends the last line, which a page need not.
func (p *pages) endLine() {
	if len(p.data) > 0 && p.data[len(p.data)-1] != '\n' {
		p.data = append(p.data, '\n')
	}
}

// cellOf is the cell below a heading, whatever its case.
func (p page) cellOf(heading string) (string, bool) {
	for i, text := range p.headings {
		if strings.EqualFold(strings.TrimSpace(text), heading) && i < len(p.last) {
			return strings.TrimSpace(p.last[i]), true
		}
	}
	return "", false
}
