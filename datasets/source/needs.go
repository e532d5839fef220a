package source

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// needs are the headings that a dataset expects of its file.
type needs struct {
	names    []string
	patterns []pattern
}

// needsOf collects them: those of its columns and of its layout, without those that the layout itself makes.
func needsOf(dataset datasets.Dataset) (needs, fault.List) {
	layout := layoutOf(dataset)
	made := map[string]bool{"_sheet": true, "_file": true, "_period": true}
	for _, block := range layout.Blocks {
		made[block.As] = true
	}
	for name := range layout.Constants {
		made[name] = true
	}
	for name := range layout.FirstOf {
		made[name] = true
	}
	for _, across := range layout.PeriodsAcross {
		made[valueName(across)] = true
	}
	var wanted needs
	add := func(names ...string) {
		for _, name := range names {
			if !made[name] {
				wanted.names = append(wanted.names, name)
			}
		}
	}
	for _, column := range dataset.Columns {
		add(heading(column))
	}
	add(layout.Fill...)
	add(slices.Sorted(maps.Keys(layout.Replace))...)
	add(slices.Sorted(maps.Keys(layout.Where))...)
	add(slices.Sorted(maps.Keys(layout.Except))...)
	for _, name := range slices.Sorted(maps.Keys(layout.FirstOf)) {
		add(layout.FirstOf[name]...)
	}
	var faults fault.List
	for _, across := range layout.PeriodsAcross {
		compiled, found := compile(fault.At(dataset.File, 0, 0), "source.layout.periods_across", across.Headings)
		wanted.patterns = append(wanted.patterns, compiled)
		faults.Add(found...)
	}
	return wanted, faults
}

// missing counts what headings lack.
func (n needs) missing(headings []string) int {
	lacking := 0
	for _, name := range n.names {
		if at, _ := locate(headings, name); at < 0 {
			lacking++
		}
	}
	for _, p := range n.patterns {
		if !slices.ContainsFunc(headings, p.matches) {
			lacking++
		}
	}
	return lacking
}

// valueName is the heading under which figures that stood across are found.
func valueName(across datasets.Across) string {
	if across.As != "" {
		return across.As
	}
	return "_value"
}

// locate is where a heading stands, -1 when it does not, and how many there are of it. "notes#2" is the second of those
// called notes, "#1" the first without a text.
func locate(headings []string, name string) (at, several int) {
	at = -1
	for i, text := range headings {
		if text == name && name != "" {
			if several++; at < 0 {
				at = i
			}
		}
	}
	if several > 0 {
		return at, several
	}
	mark := strings.LastIndexByte(name, '#')
	if mark < 0 {
		return -1, 0
	}
	left, err := strconv.Atoi(name[mark+1:])
	if err != nil || left < 1 {
		return -1, 0
	}
	for i, text := range headings {
		if text == name[:mark] {
			if left--; left == 0 {
				return i, 1
			}
		}
	}
	return -1, 0
}

// noHeading is the fault of a layout that speaks of a column which the file does not have.
func noHeading(dataset datasets.Dataset, part, name string, headings []string) fault.Fault {
	f := fault.At(dataset.File, 0, 0).Errorf(part, "no column has the heading %q", name)
	return f.Hint("the headings are: %s", listed(nonEmpty(headings)))
}

func nonEmpty(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
}
