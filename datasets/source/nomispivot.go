package source

import (
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// openNomis decodes a table of Nomis, which has a row for each measure of an observation: value, numerator, denominator,
// confidence. They become columns named as MEASURES_NAME has them, each with its status ("Variable", "Variable status"),
// unless a column of the dataset is taken from MEASURES_NAME or OBS_VALUE itself.
func openNomis(dataset datasets.Dataset, received Received) (*Table, fault.List) {
	file := fetchedName(received)
	for _, column := range dataset.Columns {
		if from := heading(column); strings.EqualFold(from, "MEASURES_NAME") || strings.EqualFold(from, "OBS_VALUE") {
			return openDelimited(dataset, file, received.Content())
		}
	}
	if f, foreign := foreignFormat(file, received.Data); foreign {
		return nil, fault.List{f}
	}
	long, err := newDelimited(file, received.Content(), ',')
	if err != nil {
		return nil, fault.List{unreadable(file, 1, err)}
	}
	record, _, broken, err := long.read()
	measure, value := indexFold(record, "MEASURES_NAME"), indexFold(record, "OBS_VALUE")
	if broken != nil || err != nil || measure < 0 || value < 0 {
		return openDelimited(dataset, file, received.Content())
	}
	return openRecords(dataset, pivot(long, slices.Clone(record), measure, value))
}

// indexFold is the position of a heading whatever its case, -1 when it is not there.
func indexFold(record []string, heading string) int {
	return slices.IndexFunc(record, func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), heading) })
}

// maximumMeasures is how many measures a table can have. Those of Nomis have at most a dozen; a damaged file with a
// measure a row would make a table as wide as it is long.
const maximumMeasures = 64

// pivoted are observations with their measures beside each other.
type pivoted struct {
	long *delimited
	// kept are the columns of the file that say which observation a row belongs to.
	kept          []int
	value, status int
	headings      []string
	measures      []string
	rows          []observation
	faults        []fault.Fault
	next          int
}

// observation is one row: its cells, and for each measure the line of the file that has it, 0 for none.
type observation struct {
	cells []string
	lines []int
}

// pivot reads every row of the file.
func pivot(long *delimited, record []string, measure, value int) *pivoted {
	p := &pivoted{long: long, value: value, status: indexFold(record, "OBS_STATUS")}
	for i, cell := range record {
		name := strings.ToUpper(strings.TrimSpace(cell))
		if !strings.HasPrefix(name, "MEASURES") && !strings.HasPrefix(name, "OBS_") && !strings.HasPrefix(name, "RECORD_") && name != "URN" {
			p.kept = append(p.kept, i)
			p.headings = append(p.headings, strings.TrimSpace(cell))
		}
	}
	p.next = -1
	rows := map[string]int{}
	for {
		cells, line, broken, err := long.read()
		if err != nil {
			break
		}
		switch {
		case broken != nil:
			p.faults = append(p.faults, *broken)
		case blank(cells):
		case len(cells) != len(record):
			f := long.cell(len(cells), len(cells)).Errorf("", "the row has %s, the headings are %d", count(len(cells), "cell"), len(record))
			p.faults = append(p.faults, f.Hint("the file may be damaged: fetch it again"))
		default:
			p.put(rows, cells, line, strings.TrimSpace(cells[measure]))
		}
	}
	for _, name := range p.measures {
		p.headings = append(p.headings, name)
		if p.status >= 0 {
			p.headings = append(p.headings, name+" status")
		}
	}
	return p
}

// put puts one measure into its observation.
func (p *pivoted) put(rows map[string]int, cells []string, line int, measure string) {
	column := slices.Index(p.measures, measure)
	if column < 0 {
		if column = len(p.measures); column == maximumMeasures {
			f := fault.At(p.long.name(), line, 0).Errorf("", "the measure %.40q is more than the %d that a table can have", measure, maximumMeasures)
			p.faults = append(p.faults, f.Hint("look whether MEASURES_NAME holds what it should"))
			return
		}
		p.measures = append(p.measures, strings.Clone(measure))
	}
	var key strings.Builder
	for _, i := range p.kept {
		fmt.Fprintf(&key, "%d:%s", len(cells[i]), cells[i])
	}
	at, known := rows[key.String()]
	if !known {
		at = len(p.rows)
		rows[key.String()] = at
		one := observation{}
		for _, i := range p.kept {
			one.cells = append(one.cells, strings.Clone(cells[i]))
		}
		p.rows = append(p.rows, one)
	}
	one := &p.rows[at]
	for len(one.lines) <= column {
		one.lines = append(one.lines, 0)
		one.cells = append(one.cells, "")
		if p.status >= 0 {
			one.cells = append(one.cells, "")
		}
	}
	if one.lines[column] != 0 {
		f := fault.At(p.long.name(), line, 0).Errorf(measure, "stands twice for one observation, first in line %d", one.lines[column])
		p.faults = append(p.faults, f.Hint("select every dimension that varies"))
		return
	}
	one.lines[column] = line
	start := len(p.kept) + column*p.perMeasure()
	one.cells[start] = strings.Clone(cells[p.value])
	if p.status >= 0 {
		one.cells[start+1] = strings.Clone(cells[p.status])
	}
}

// perMeasure is how many columns a measure has.
func (p *pivoted) perMeasure() int {
	if p.status >= 0 {
		return 2
	}
	return 1
}

// line is the first line of an observation.
func (o observation) line() int {
	first := 0
	for _, line := range o.lines {
		if line > 0 && (first == 0 || line < first) {
			first = line
		}
	}
	return first
}

func (p *pivoted) name() string { return p.long.name() }

// read gives the headings, what was broken, and then the observations, each at the first of its lines.
func (p *pivoted) read() (cells []string, row int, broken *fault.Fault, err error) {
	switch {
	case p.next < 0:
		p.next = 0
		return p.headings, 1, nil, nil
	case len(p.faults) > 0:
		f := p.faults[0]
		p.faults = p.faults[1:]
		return nil, f.Line, &f, nil
	case p.next == len(p.rows):
		return nil, 0, nil, io.EOF
	}
	one := &p.rows[p.next]
	p.next++
	for len(one.cells) < len(p.headings) {
		one.cells = append(one.cells, "")
	}
	return one.cells, one.line(), nil, nil
}

func (p *pivoted) cell(index, _ int) fault.Place {
	if p.next <= 0 {
		return fault.At(p.name(), 1, 0)
	}
	return p.place(p.rows[p.next-1], index)
}

func (p *pivoted) find(row, index int) fault.Place {
	at := sort.Search(len(p.rows), func(i int) bool { return p.rows[i].line() >= row })
	if at == len(p.rows) || p.rows[at].line() != row {
		return fault.At(p.name(), row, 0)
	}
	return p.place(p.rows[at], index)
}

// place is the cell of the file in which a cell of an observation stands.
func (p *pivoted) place(one observation, index int) fault.Place {
	if index < len(p.kept) {
		return p.long.find(one.line(), p.kept[index])
	}
	measure := (index - len(p.kept)) / p.perMeasure()
	if measure >= len(one.lines) || one.lines[measure] == 0 {
		return fault.At(p.name(), one.line(), 0)
	}
	if (index-len(p.kept))%p.perMeasure() == 1 {
		return p.long.find(one.lines[measure], p.status)
	}
	return p.long.find(one.lines[measure], p.value)
}
