package source

import (
	"io"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// maximumNames is how many columns records may come to: as many as a sheet has. Objects whose names are data, such as
// codes of areas, would otherwise make a table as wide as it is long.
const maximumNames = 16384

// maximumRecords is how many records a document may hold, and how many cells a cube: more than any that publishers ship.
const maximumRecords = 4_000_000

// tooManyRecords is the fault of a document that holds more.
func tooManyRecords(place fault.Place, what string) fault.Fault {
	f := place.Errorf("", "has more than %d %s", maximumRecords, what)
	return f.Hint("look whether it is the right file; as CSV, a table may be of any length")
}

// openJSON decodes a JSON document: the records of a list, to which source.path leads, or a cube of Stat-Xplore, which
// is known by its fields and cubes. An object inside a record gives columns named with a point: area.code.
func openJSON(dataset datasets.Dataset, file string, data []byte) (*Table, fault.List) {
	text, broken := newJSONText(file, data)
	if broken != nil {
		return nil, fault.List{*broken}
	}
	root := text.skip(0)
	if dataset.Source.Path == "" && text.find(root, "fields") >= 0 && text.find(root, "cubes") >= 0 {
		return openCube(dataset, text)
	}
	list, missing := text.follow(dataset, root)
	if missing != nil {
		return nil, fault.List{*missing}
	}
	rows := &jsonRecords{text: text, starts: text.elements(list, maximumRecords), next: -1, known: map[string]int{}}
	if len(rows.starts) > maximumRecords {
		return nil, fault.List{tooManyRecords(text.at(list), "records")}
	}
	rows.collectHeadings()
	if len(rows.headings) > maximumNames {
		return nil, fault.List{text.at(list).Errorf("", "the records have more than %d different names", maximumNames).Hint("look whether source.path of %s leads to the right list", dataset.File)}
	}
	if len(rows.headings) == 0 {
		return nil, fault.List{text.at(list).Errorf("", "the list holds no records").Hint("look whether source.path of %s leads to the right one", dataset.File)}
	}
	return openRecords(dataset, rows)
}

// follow goes from the top to the list of records.
func (t *jsonText) follow(dataset datasets.Dataset, at int) (int, *fault.Fault) {
	place := fault.At(dataset.File, 0, 0)
	if dataset.Source.Path != "" {
		for name := range strings.SplitSeq(dataset.Source.Path, ".") {
			next := t.find(at, name)
			if next < 0 {
				f := place.Errorf("source.path", "the document has no %q on the way", name).Hint("%s", t.lists(at))
				return 0, &f
			}
			at = next
		}
	}
	if t.data[at] != '[' {
		f := place.Errorf("source.path", "leads to no list of records").Hint("%s", t.lists(at))
		return 0, &f
	}
	return at, nil
}

// lists names what stands at a point of the way, for a hint.
func (t *jsonText) lists(at int) string {
	if t.data[at] != '{' {
		return "the way ends there"
	}
	var names []string
	for _, one := range t.members(at) {
		name := one.name
		if t.data[one.start] == '[' {
			name += " (a list)"
		}
		names = append(names, name)
	}
	return "there are: " + listed(names)
}

// jsonRecords are the records of a list, one an element. A record's row is its number, from 1.
type jsonRecords struct {
	text     *jsonText
	starts   []int
	headings []string
	known    map[string]int
	next     int
}

// collectHeadings are the names of every record, in the order in which they first stand.
func (j *jsonRecords) collectHeadings() {
	for _, start := range j.starts {
		for _, one := range j.cells(start) {
			if _, known := j.known[one.name]; !known && len(j.headings) <= maximumNames {
				j.known[one.name] = len(j.headings)
				j.headings = append(j.headings, one.name)
			}
		}
	}
}

// cells are the members of a record, those of objects inside it with the names on the way; none when it is no object.
func (j *jsonRecords) cells(start int) []member {
	if j.text.data[start] != '{' {
		return nil
	}
	var found []member
	open := []member{{"", start}}
	for len(open) > 0 {
		object := open[0]
		open = open[1:]
		var inner []member
		for _, one := range j.text.members(object.start) {
			one.name = object.name + one.name
			// Deeper objects stand as text: no publisher nests further, and names would grow without end.
			if j.text.data[one.start] == '{' && strings.Count(one.name, ".") < 8 {
				inner = append(inner, member{one.name + ".", one.start})
				continue
			}
			found = append(found, one)
		}
		open = append(inner, open...)
	}
	return found
}

func (j *jsonRecords) name() string { return j.text.file }

func (j *jsonRecords) read() (cells []string, row int, broken *fault.Fault, err error) {
	j.next++
	if j.next == 0 {
		return j.headings, 0, nil, nil
	}
	if j.next > len(j.starts) {
		j.next = len(j.starts) + 1
		return nil, 0, nil, io.EOF
	}
	start := j.starts[j.next-1]
	if j.text.data[start] != '{' {
		f := j.text.at(start).Errorf("", "record %d is no object", j.next).Hint("every record must name its values")
		return nil, j.next, &f, nil
	}
	cells = make([]string, len(j.headings))
	filled := make([]bool, len(j.headings))
	for _, one := range j.cells(start) {
		at := j.known[one.name]
		if f := j.another(one); f != nil {
			return nil, j.next, f, nil
		}
		if filled[at] {
			f := j.text.at(one.start).Errorf("", "record %d has %q twice", j.next, one.name).Hint("ask the publisher which of the two is meant")
			return nil, j.next, &f, nil
		}
		cells[at], filled[at] = string(j.text.cell(one.start)), true
	}
	return cells, j.next, nil, nil
}

// another is the fault of an object that stands where other records have a value, whose column would be without one.
func (j *jsonRecords) another(inner member) *fault.Fault {
	for i, letter := range inner.name {
		if letter != '.' {
			continue
		}
		if _, value := j.known[inner.name[:i]]; value {
			f := j.text.at(inner.start).Errorf("", "record %d has an object for %q, where other records have a value", j.next, inner.name[:i])
			f = f.Hint("ask the publisher which of the two is meant")
			return &f
		}
	}
	return nil
}

func (j *jsonRecords) cell(index, _ int) fault.Place { return j.find(j.next, index) }

// find is where the value stands, or its record where it has none.
func (j *jsonRecords) find(row, index int) fault.Place {
	if row < 1 || row > len(j.starts) {
		return fault.At(j.text.file, 1, 1)
	}
	start := j.starts[row-1]
	if index >= 0 && index < len(j.headings) {
		for _, one := range j.cells(start) {
			if one.name == j.headings[index] {
				return j.text.at(one.start)
			}
		}
	}
	return j.text.at(start)
}
