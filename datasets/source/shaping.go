package source

import (
	"maps"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// shaped changes records as a layout says: constant columns, replaced cells, the first filled of several columns, the
// choice of rows, and periods that stand across turned into rows.
type shaped struct {
	under    records
	headings []string
	// width is how many headings are those of the records under it; across is where those of the periods begin.
	width, across int
	constants     []string
	replaced      []replacement
	firsts        [][]int
	kept, dropped []condition
	periods       []acrossPeriod

	began bool
	row   int
	line  []string
	// given is how many of the periods of the row have been given; from is where the figures of the last one stand.
	given int
	from  []int
}

// replacement changes whole cells of a column: those with a text of the map, then those that match a pattern.
type replacement struct {
	at       int
	with     map[string]string
	patterns []pattern
	texts    []string // for each pattern
}

// newReplacement sorts the texts of a layout into those that stand for themselves and patterns.
func newReplacement(dataset datasets.Dataset, at int, with map[string]string) (replacement, fault.List) {
	r := replacement{at: at, with: with}
	var faults fault.List
	for _, text := range slices.Sorted(maps.Keys(with)) {
		compiled, found := compile(fault.At(dataset.File, 0, 0), "source.layout.replace", text)
		faults.Add(found...)
		if compiled.expression != nil {
			r.patterns, r.texts = append(r.patterns, compiled), append(r.texts, with[text])
		}
	}
	return r, faults
}

// of is what a cell becomes; false for one that stays.
func (r replacement) of(cell string) (string, bool) {
	if text, changed := r.with[cell]; changed {
		return text, true
	}
	for i, p := range r.patterns {
		if p.matches(cell) {
			return r.texts[i], true
		}
	}
	return "", false
}

// condition is a column that matches one of several texts.
type condition struct {
	at    int
	texts []pattern
}

// acrossPeriod is one period and where its figures stand, -1 for a figure that it does not have.
type acrossPeriod struct {
	label string
	at    []int
}

// openShaped reads the headings of records and finds in them what the layout speaks of. One layer among several needs only
// one of the columns of which the first filled is taken.
func openShaped(dataset datasets.Dataset, under records, among bool) (*shaped, fault.List) {
	record, row, broken, err := under.read()
	s := &shaped{under: under, row: row}
	switch {
	case err != nil:
		return nil, fault.List{fault.At(under.name(), 1, 1).Errorf("", "is empty").Hint("the first row must name the columns")}
	case broken != nil:
		return nil, fault.List{*broken}
	}
	layout := layoutOf(dataset)
	for _, cell := range record {
		s.headings = append(s.headings, strings.TrimSpace(cell))
	}
	s.width = len(s.headings)
	for _, name := range slices.Sorted(maps.Keys(layout.Constants)) {
		s.headings = append(s.headings, name)
		s.constants = append(s.constants, layout.Constants[name])
	}
	var faults fault.List
	for _, name := range slices.Sorted(maps.Keys(layout.FirstOf)) {
		var places []int
		var missing fault.List
		for _, source := range layout.FirstOf[name] {
			at, found := s.locate(dataset, "source.layout.first_of", source)
			if missing.Add(found...); len(found) == 0 {
				places = append(places, at)
			}
		}
		if !among || len(places) == 0 {
			faults.Add(missing...)
		}
		s.headings = append(s.headings, name)
		s.firsts = append(s.firsts, places)
	}
	s.across = len(s.headings)
	faults.Add(s.bindAcross(dataset, layout.PeriodsAcross)...)
	for _, name := range slices.Sorted(maps.Keys(layout.Replace)) {
		at, found := s.locate(dataset, "source.layout.replace", name)
		faults.Add(found...)
		r, found := newReplacement(dataset, at, layout.Replace[name])
		s.replaced = append(s.replaced, r)
		faults.Add(found...)
	}
	var found fault.List
	s.kept, found = s.conditions(dataset, "source.layout.where", layout.Where)
	faults.Add(found...)
	s.dropped, found = s.conditions(dataset, "source.layout.except", layout.Except)
	faults.Add(found...)
	return s, faults
}

func (s *shaped) locate(dataset datasets.Dataset, part, name string) (int, fault.List) {
	at, several := locate(s.headings, name)
	switch {
	case at < 0:
		return 0, fault.List{noHeading(dataset, part, name, s.headings)}
	case several > 1:
		f := fault.At(dataset.File, 0, 0).Errorf(part, "%d columns have the heading %q", several, name)
		return 0, fault.List{f.Hint("say which: %q or %q", name+"#1", name+"#2")}
	}
	return at, nil
}

func (s *shaped) conditions(dataset datasets.Dataset, part string, columns map[string][]string) ([]condition, fault.List) {
	var conditions []condition
	var faults fault.List
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		at, found := s.locate(dataset, part, name)
		faults.Add(found...)
		texts, found := compileAll(fault.At(dataset.File, 0, 0), part, columns[name])
		faults.Add(found...)
		conditions = append(conditions, condition{at, texts})
	}
	return conditions, faults
}

// bindAcross finds the columns of each period, in the order in which the periods first appear.
func (s *shaped) bindAcross(dataset datasets.Dataset, groups []datasets.Across) fault.List {
	var faults fault.List
	known := map[string]int{}
	for g, across := range groups {
		compiled, found := compile(fault.At(dataset.File, 0, 0), "source.layout.periods_across", across.Headings)
		faults.Add(found...)
		fits := 0
		for at, text := range s.headings[:s.width] {
			label, is := compiled.caught(text)
			if !is || len(found) > 0 {
				continue
			}
			fits++
			i, seen := known[label]
			if !seen {
				i = len(s.periods)
				known[label] = i
				s.periods = append(s.periods, acrossPeriod{label, slices.Repeat([]int{-1}, len(groups))})
			}
			if s.periods[i].at[g] >= 0 {
				faults.Add(fault.At(dataset.File, 0, 0).Errorf("source.layout.periods_across", "%s fits two columns of the period %q", across.Headings, label))
			}
			s.periods[i].at[g] = at
		}
		if fits == 0 && len(found) == 0 {
			faults.Add(noHeading(dataset, "source.layout.periods_across", across.Headings, s.headings[:s.width]))
		}
	}
	if len(groups) > 0 {
		s.headings = append(s.headings, "_period")
	}
	for _, across := range groups {
		s.headings = append(s.headings, valueName(across))
	}
	return faults
}

func (s *shaped) name() string { return s.under.name() }

func (s *shaped) read() (cells []string, row int, broken *fault.Fault, err error) {
	if !s.began {
		s.began = true
		s.given = len(s.periods)
		return s.headings, s.row, nil, nil
	}
	for {
		if s.given < len(s.periods) {
			if s.stand(s.periods[s.given]); s.chosen(s.across, len(s.headings)) {
				return s.line, s.row, nil, nil
			}
			continue
		}
		cells, row, broken, err := s.under.read()
		if err != nil || broken != nil {
			return nil, row, broken, err
		}
		if blank(cells) {
			continue
		}
		s.row = row
		if len(cells) > s.width {
			return nil, row, s.tooWide(cells), nil
		}
		if !s.fill(cells) {
			continue
		}
		if s.given = 0; len(s.periods) == 0 {
			return s.line, row, nil, nil
		}
	}
}

// tooWide is the fault of a row with more cells than headings; nil cells past the end were cut before.
func (s *shaped) tooWide(cells []string) *fault.Fault {
	f := s.under.cell(s.width, len(cells)).Errorf("", "the row has %s, the headings are %d", count(len(cells), "cell"), s.width)
	return &f
}

// fill makes the line of a row but for its periods, and says whether the row is chosen.
func (s *shaped) fill(cells []string) bool {
	s.line = append(s.line[:0], cells...)
	for len(s.line) < s.width {
		s.line = append(s.line, "")
	}
	s.line = append(s.line, s.constants...)
	s.replace(0, len(s.line))
	for _, places := range s.firsts {
		first := ""
		for _, at := range places {
			if first = strings.TrimSpace(s.line[at]); first != "" {
				break
			}
		}
		s.line = append(s.line, first)
	}
	s.replace(s.width+len(s.constants), s.across)
	for len(s.line) < len(s.headings) {
		s.line = append(s.line, "")
	}
	return s.chosen(0, s.across)
}

// stand puts one period of the row into the line.
func (s *shaped) stand(period acrossPeriod) {
	s.given++
	s.line[s.across], s.from = period.label, period.at
	for g, at := range period.at {
		s.line[s.across+1+g] = ""
		if at >= 0 {
			s.line[s.across+1+g] = s.line[at]
		}
	}
	s.replace(s.across, len(s.headings))
}

func (s *shaped) replace(from, until int) {
	for _, r := range s.replaced {
		if r.at < from || r.at >= until {
			continue
		}
		if text, changed := r.of(strings.TrimSpace(s.line[r.at])); changed {
			s.line[r.at] = text
		}
	}
}

// chosen holds the conditions on some columns against the line.
func (s *shaped) chosen(from, until int) bool {
	for _, c := range s.kept {
		if c.at >= from && c.at < until && !anyMatches(c.texts, strings.TrimSpace(s.line[c.at])) {
			return false
		}
	}
	for _, c := range s.dropped {
		if c.at >= from && c.at < until && anyMatches(c.texts, strings.TrimSpace(s.line[c.at])) {
			return false
		}
	}
	return true
}

func (s *shaped) cell(index, width int) fault.Place {
	if index < s.width {
		return s.under.cell(index, width)
	}
	return s.find(s.row, index)
}

// find is the place of a cell; that of a figure which stood across is known only in the row just read.
func (s *shaped) find(row, index int) fault.Place {
	if index < s.width {
		return s.under.find(row, index)
	}
	if group := index - s.across - 1; row == s.row && group >= 0 && group < len(s.from) && s.from[group] >= 0 {
		return s.under.find(row, s.from[group])
	}
	return fault.At(s.name(), row, 0)
}

func (s *shaped) warnings() fault.List {
	if warned, is := s.under.(interface{ warnings() fault.List }); is {
		return warned.warnings()
	}
	return nil
}
