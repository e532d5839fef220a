package source

import (
	"io"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// searchDepth is how many rows the headings may lie below: the longest cover text above a publisher's table is a dozen
// rows, and a search without an end would read a wrong file whole.
const searchDepth = 200

// sections reads what a layout says of rows: the titles above the headings, the headings themselves, the blocks, and the
// footers below. Its records are the headings, joined, and then the figures, each with as many cells as the headings.
type sections struct {
	under  records
	layout datasets.Layout
	// text says that a cell with line feeds takes several rows, and that rows are not filled up by the format itself.
	text   bool
	blocks []pattern
	footer []pattern
	// blankEnds says that an empty row ends the figures.
	blankEnds bool

	headings []string
	// width is how many of the headings are the file's own; the others are those of the extras.
	width int
	// top is the first row of headings as it stands, to know it again.
	top    []string
	topRow int
	extras []string
	fill   []int
	above  []string

	held  []record
	began bool
	// outside says that a footer was reached; figures counts the rows since the headings; next is the row after the last.
	outside       bool
	figures, next int
	// shape is how many cells the first row of text has.
	shape, skipped int
	row            int
	line           []string
}

// record is a row kept while reading ahead.
type record struct {
	cells  []string
	row    int
	broken *fault.Fault
}

// merging is what knows which cells of a row are merged.
type merging interface {
	// spread is the row with the text of merged cells in each of them.
	spread(row int, cells []string) []string
}

// origin is what rows are from: a sheet of a workbook, or text, which may be a file among several.
type origin struct {
	// heading is that under which the name is found, "" for the only file.
	heading, name string
	text          bool
}

// openSections finds the headings.
func openSections(dataset datasets.Dataset, under records, from origin) (*sections, fault.List) {
	place := fault.At(dataset.File, 0, 0)
	s := &sections{under: under, layout: layoutOf(dataset), text: from.text}
	var faults, found fault.List
	for _, text := range s.layout.Footer {
		if text == "blank" {
			s.blankEnds = true
			continue
		}
		compiled, wrong := compile(place, "source.layout.footer", text)
		s.footer = append(s.footer, compiled)
		faults.Add(wrong...)
	}
	extras := []string{}
	if from.heading != "" {
		extras, s.extras = append(extras, from.heading), append(s.extras, from.name)
	}
	for _, block := range s.layout.Blocks {
		compiled, wrong := compile(place, "source.layout.blocks", block.Row)
		faults.Add(wrong...)
		s.blocks = append(s.blocks, compiled)
		extras, s.extras = append(extras, block.As), append(s.extras, "")
	}
	wanted, found := needsOf(dataset)
	if faults.Add(found...); len(faults) > 0 {
		return nil, faults
	}
	s.findHeadings(wanted)
	s.width = len(s.headings)
	for _, name := range s.layout.Fill {
		at, _ := locate(s.headings, name)
		if at < 0 {
			faults.Add(noHeading(dataset, "source.layout.fill", name, s.headings))
			continue
		}
		s.fill = append(s.fill, at)
	}
	s.above = make([]string, s.width)
	if s.width > 0 {
		s.headings = append(s.headings, extras...)
	}
	return s, faults
}

// findHeadings reads down to the headings and joins them.
func (s *sections) findHeadings(wanted needs) {
	rows := max(s.layout.HeadingRows, 1)
	var ahead []record
	best, fewest, fullest := -1, 0, 0
	for len(ahead) < searchDepth {
		r, ended := s.fetch()
		if ended {
			break
		}
		if r.broken == nil && blank(r.cells) {
			continue
		}
		ahead = append(ahead, r)
		start := len(ahead) - rows
		if start < 0 || ahead[start].row <= s.layout.SkipRows || anyBroken(ahead[start:]) {
			continue
		}
		candidate := s.join(ahead[start:])
		missing, filled := wanted.missing(candidate), len(candidate)
		if best < 0 || missing < fewest || missing == fewest && filled > fullest {
			best, fewest, fullest = start, missing, filled
			s.headings = candidate
		}
		if missing == 0 || s.layout.SkipRows > 0 {
			break
		}
	}
	if best < 0 {
		s.held = ahead
		return
	}
	for _, r := range ahead[:best] {
		s.block(r.cells)
	}
	s.top, s.topRow, s.row = trimmed(ahead[best].cells), ahead[best].row, ahead[best].row
	s.held = ahead[best+1:]
	s.passOver(rows - 1 + s.layout.UnitRows)
}

func anyBroken(rows []record) bool {
	return slices.ContainsFunc(rows, func(r record) bool { return r.broken != nil })
}

// join is the headings over several rows: what stands above each other, joined, each text once.
func (s *sections) join(rows []record) []string {
	var joined []string
	for i, r := range rows {
		cells := r.cells
		if merged, is := s.under.(merging); is && i < len(rows)-1 {
			cells = merged.spread(r.row, cells)
		}
		for at, cell := range cells {
			text := squeezeSpaces(cell)
			if at == len(joined) {
				joined = append(joined, "")
			}
			switch {
			case text == "":
			case joined[at] == "":
				joined[at] = text
			default:
				joined[at] += " | " + text
			}
		}
	}
	for len(joined) > 0 && joined[len(joined)-1] == "" {
		joined = joined[:len(joined)-1]
	}
	return joined
}

// squeezeSpaces is a text with every run of spaces and line feeds as one space.
func squeezeSpaces(text string) string { return strings.Join(strings.Fields(text), " ") }

func trimmed(cells []string) []string {
	copied := make([]string, len(cells))
	for i, cell := range cells {
		copied[i] = strings.TrimSpace(cell)
	}
	for len(copied) > 0 && copied[len(copied)-1] == "" {
		copied = copied[:len(copied)-1]
	}
	return copied
}

// fetch is the next row of the file, of those held first.
func (s *sections) fetch() (r record, ended bool) {
	if len(s.held) > 0 {
		r, s.held = s.held[0], s.held[1:]
		return r, false
	}
	cells, row, broken, err := s.under.read()
	if err != nil {
		return record{}, true
	}
	if s.began {
		return record{cells, row, broken}, false
	}
	return record{slices.Clone(cells), row, broken}, false
}

func (s *sections) passOver(rows int) {
	for range rows {
		r, ended := s.fetch()
		if ended {
			return
		}
		s.next = s.below(r)
	}
	s.figures = 0
}

// below is the row under a record.
func (s *sections) below(r record) int {
	below := r.row + 1
	if s.text {
		for _, cell := range r.cells {
			below += strings.Count(cell, "\n")
		}
	}
	return below
}

func (s *sections) name() string { return s.under.name() }

func (s *sections) read() (cells []string, row int, broken *fault.Fault, err error) {
	if !s.began {
		s.began = true
		if s.width == 0 {
			return nil, 0, nil, io.EOF
		}
		return s.headings, s.topRow, nil, nil
	}
	for {
		r, ended := s.fetch()
		if ended {
			return nil, 0, nil, io.EOF
		}
		if r.broken != nil {
			return nil, r.row, r.broken, nil
		}
		if !s.belongs(r) {
			continue
		}
		s.row = r.row
		s.figures++
		if broken, skip := s.fit(r.cells); broken != nil {
			return nil, r.row, broken, nil
		} else if skip {
			continue
		}
		return s.line, r.row, nil, nil
	}
}

// belongs says whether a row holds figures, and follows the blocks, footers and headings on the way.
func (s *sections) belongs(r record) bool {
	empty := blank(r.cells)
	if s.blankEnds && s.figures > 0 && (empty || s.next > 0 && r.row > s.next) {
		s.outside = true
	}
	s.next = s.below(r)
	switch {
	case empty:
		return false
	case slices.Equal(trimmed(r.cells), s.top):
		s.outside = false
		s.passOver(max(s.layout.HeadingRows, 1) - 1 + s.layout.UnitRows)
		s.figures = 0
		return false
	case s.block(r.cells):
		return false
	}
	if len(s.footer) > 0 && anyMatches(s.footer, filled(r.cells, 0)) {
		s.outside = true
	}
	return !s.outside
}

// block takes the value of a row that gives one to the rows beneath it.
func (s *sections) block(cells []string) bool {
	first := filled(cells, 0)
	is := false
	for i, p := range s.blocks {
		value, fits := p.caught(first)
		if !fits {
			continue
		}
		if second := filled(cells, 1); second != "" {
			value = second
		}
		s.extras[len(s.extras)-len(s.blocks)+i], is = value, true
	}
	return is
}

// filled is the text of a row's filled cell after so many others.
func filled(cells []string, after int) string {
	for _, cell := range cells {
		text := strings.TrimSpace(cell)
		if text == "" {
			continue
		}
		if after == 0 {
			return text
		}
		after--
	}
	return ""
}
