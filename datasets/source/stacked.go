package source

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// RowsPerLayer parts the rows of several sheets or files: row 12 of the first that is read has the number 12, row 12 of the
// second RowsPerLayer + 12. No sheet, and no file that can be read among several, is as long as that.
const RowsPerLayer = 1_000_000_000

// layer is a sheet of a workbook or a file among several.
type layer struct {
	from origin
	// open begins to read it; a layer is opened twice where later ones win.
	open func() (records, fault.List)
}

// stacked reads several layers one after the other as one table. A layer without a column that another has gives it empty
// cells.
type stacked struct {
	file     string
	parts    []stackedPart
	headings []string
	// key are the columns that tell rows apart, where later layers win; winners says which layer each key's row is from.
	key     []int
	winners map[string]int

	began  bool
	at     int
	row    int
	line   []string
	warned fault.List
}

// stackedPart is one layer: its rows, and where it has each of the common headings, -1 where it has none.
type stackedPart struct {
	rows records
	at   []int
}

func openStacked(dataset datasets.Dataset, file string, layers []layer) (*Table, fault.List) {
	s, faults := stack(dataset, file, layers)
	if len(faults.Errors()) > 0 {
		return nil, faults
	}
	if layoutOf(dataset).LaterSheetsWin {
		faults.Add(s.decide(dataset)...)
		if len(faults.Errors()) > 0 {
			return nil, faults
		}
		winners, key := s.winners, s.key
		// The first pass used the rows up.
		s, _ = stack(dataset, file, layers)
		s.winners, s.key = winners, key
	}
	table, found := bindRecords(dataset, s)
	faults.Add(found...)
	return table, faults
}

// stack opens every layer and brings their headings together.
func stack(dataset datasets.Dataset, file string, layers []layer) (*stacked, fault.List) {
	s := &stacked{file: file}
	var faults fault.List
	wanted, _ := needsOf(dataset)
	var perSheet []map[string]int
	known := map[string]int{}
	for _, one := range layers {
		under, found := one.open()
		if faults.Add(found...); len(found) > 0 {
			continue
		}
		sectioned, found := openSections(dataset, under, one.from)
		if faults.Add(found...); len(found) > 0 {
			continue
		}
		rows, found := openShaped(dataset, sectioned, true)
		if faults.Add(found...); len(found.Errors()) > 0 {
			continue
		}
		faults.Add(absent(dataset, rows, wanted)...)
		// The headings come first and cannot fail: openShaped has read them.
		headings, _, _, _ := rows.read()
		places, seen := map[string]int{}, map[string]int{}
		for i, text := range headings {
			seen[text]++
			identity := text + "\x00" + strconv.Itoa(seen[text])
			places[identity] = i
			if _, is := known[identity]; !is {
				known[identity] = len(s.headings)
				s.headings = append(s.headings, text)
			}
		}
		perSheet = append(perSheet, places)
		s.parts = append(s.parts, stackedPart{rows: rows})
	}
	for i, places := range perSheet {
		s.parts[i].at = make([]int, len(s.headings))
		for identity, common := range known {
			at, has := places[identity]
			if !has {
				at = -1
			}
			s.parts[i].at[common] = at
		}
	}
	return s, faults
}

// absent warns of columns of the dataset that a layer does not have.
func absent(dataset datasets.Dataset, rows *shaped, wanted needs) fault.List {
	var faults fault.List
	has := func(name string) bool { at, _ := locate(rows.headings, name); return at >= 0 }
	for _, name := range wanted.names {
		replaced := slices.ContainsFunc(slices.Collect(maps.Values(layoutOf(dataset).FirstOf)), func(group []string) bool {
			return slices.Contains(group, name) && slices.ContainsFunc(group, has)
		})
		if !has(name) && !replaced {
			f := fault.At(rows.name(), max(rows.row, 1), 0).Warnf("", "no column here has the heading %q: its cells are empty", name)
			faults.Add(f)
		}
	}
	if len(faults) == len(dataset.Columns) && len(faults) > 0 {
		f := fault.At(rows.name(), max(rows.row, 1), 0).Errorf("", "has none of the columns")
		return fault.List{f.Hint("the headings are: %s", listed(nonEmpty(rows.headings)))}
	}
	return faults
}

// decide finds, for each key, the last layer that has a row of it.
func (s *stacked) decide(dataset datasets.Dataset) fault.List {
	var faults fault.List
	for _, name := range dataset.Key {
		column, _ := dataset.Column(name)
		at, _ := locate(s.headings, heading(column))
		if at < 0 {
			faults.Add(noHeading(dataset, "key", heading(column), s.headings))
			continue
		}
		s.key = append(s.key, at)
	}
	if len(faults) > 0 {
		return faults
	}
	winners := map[string]int{}
	s.began = true
	for {
		cells, _, broken, err := s.read()
		if err != nil {
			break
		}
		if broken == nil {
			winners[s.keyOf(cells)] = s.at
		}
	}
	s.winners = winners
	return nil
}

func (s *stacked) keyOf(cells []string) string {
	var key strings.Builder
	for _, at := range s.key {
		key.WriteString(strings.TrimSpace(cells[at]))
		key.WriteByte(0)
	}
	return key.String()
}

func (s *stacked) name() string { return s.file }

func (s *stacked) read() (cells []string, row int, broken *fault.Fault, err error) {
	if !s.began {
		s.began = true
		if len(s.headings) == 0 {
			return nil, 0, nil, io.EOF
		}
		return s.headings, 1, nil, nil
	}
	for s.at < len(s.parts) {
		part := s.parts[s.at]
		cells, row, broken, err := part.rows.read()
		if err != nil {
			if told, is := part.rows.(interface{ warnings() fault.List }); is {
				s.warned.Add(told.warnings()...)
			}
			s.at++
			continue
		}
		s.row = s.at*RowsPerLayer + row
		if broken != nil {
			return nil, s.row, broken, nil
		}
		s.line = s.line[:0]
		for _, at := range part.at {
			if at < 0 {
				s.line = append(s.line, "")
				continue
			}
			s.line = append(s.line, cells[at])
		}
		if s.winners != nil && s.winners[s.keyOf(s.line)] != s.at {
			continue
		}
		return s.line, s.row, nil, nil
	}
	return nil, 0, nil, io.EOF
}

func (s *stacked) cell(index, _ int) fault.Place { return s.find(s.row, index) }

func (s *stacked) find(row, index int) fault.Place {
	sheet := row / RowsPerLayer
	if row < 1 || sheet >= len(s.parts) {
		return fault.At(s.file, row, 0)
	}
	part := s.parts[sheet]
	if index >= len(part.at) || part.at[index] < 0 {
		return fault.At(part.rows.name(), row%RowsPerLayer, 0)
	}
	return part.rows.find(row%RowsPerLayer, part.at[index])
}

func (s *stacked) warnings() fault.List { return s.warned }
