package source

import (
	"strings"

	"levelfield/engine/fault"
)

// fit makes the line of a row: as many cells as the headings, empty ones filled from above where the layout says so, then
// the extras. A row of the wrong shape is a fault, or skipped.
func (s *sections) fit(cells []string) (broken *fault.Fault, skip bool) {
	width := len(cells)
	for width > s.width && strings.TrimSpace(cells[width-1]) == "" {
		width--
	}
	if s.text {
		if broken := s.misshapen(width); broken != nil {
			if s.layout.Ragged != "skip" {
				return broken, false
			}
			s.skipped++
			return nil, true
		}
	}
	s.line = append(s.line[:0], cells[:min(width, s.width)]...)
	for len(s.line) < s.width {
		s.line = append(s.line, "")
	}
	for _, at := range s.fill {
		if strings.TrimSpace(s.line[at]) == "" {
			s.line[at] = s.above[at]
		}
		s.above[at] = s.line[at]
	}
	s.line = append(s.line, s.extras...)
	return nil, false
}

// misshapen is the fault of a row of text with too many cells, or with too few: some publishers leave off the last cells
// of every row, which is a shape too.
func (s *sections) misshapen(width int) *fault.Fault {
	if width > s.width {
		f := s.find(s.row, s.width).Errorf("", "the row has %s, the headings are %d", count(width, "cell"), s.width)
		f = f.Hint("a delimiter inside a cell needs quotation marks around the cell")
		return &f
	}
	if s.layout.Ragged == "pad" {
		return nil
	}
	if s.shape == 0 {
		s.shape = width
	}
	if width == s.shape {
		return nil
	}
	f := fault.At(s.name(), s.row, 0).Errorf("", "the row has %s, the first row has %d", count(width, "cell"), s.shape)
	f = f.Hint("look for a missing delimiter or a broken line; ragged: pad in the layout fills short rows up")
	return &f
}

// cell is the place of a cell of the record just read.
func (s *sections) cell(index, _ int) fault.Place { return s.find(s.row, index) }

func (s *sections) find(row, index int) fault.Place {
	if index >= s.width && !(s.text && index == s.width) {
		return fault.At(s.name(), row, 0)
	}
	return s.under.find(row, index)
}

// warnings tells, at the end, how many rows were left out.
func (s *sections) warnings() fault.List {
	if s.skipped == 0 {
		return nil
	}
	return fault.List{fault.At(s.name(), 0, 0).Warnf("", "%s of another shape than the headings left out, as the layout says", count(s.skipped, "row"))}
}
