package disclosure_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/engine/disclosure"
)

// tables is a set of publication tables: the form of testdata/redteam. Each file MEASURE.BREAKDOWN.csv is one table, with
// areas down and groups across; the column Total is shared by all tables of a measure, and the row Total is the sum of
// the areas. A number is the true count; c is a count that its source hides from us too; a number with ! is public already.
//
// The file rules has a line for each word of the policy (below 5, zeroes hide, round 5, complement show), for each measure
// that is the sum of others (sum combined = neet + not-known), for each that is a part of another (part neet of cohort), for each
// table that is not printed (unprinted deaths.age), and for each rate that is printed beside a table: the sum of the groups of a row
// with a weight of each, to the nearest step (rate deaths.age 0.5 = 1 0.25 0.1).
type tables struct {
	policy disclosure.Policy
	cells  []cell
	sums   [][]string
	parts  [][2]string
	rates  []rate
	// unprinted are the tables that nobody prints.
	unprinted map[string]bool
	// across are the groups of each table, down its areas.
	across, down map[string][]string
}

// rate is a weighted sum over the groups of each row of a table, printed with the total of the row.
type rate struct {
	table   string
	step    float64
	weights []float64
	public  map[string]bool // areas whose rate is known
}

type cell struct {
	measure, area, group string // group is breakdown:column, or Total
	value                float64
	hidden, public       bool // by its source
}

func (c cell) name() string { return c.measure + "|" + c.area + "|" + c.group }

func readTables(t *testing.T, file string) tables {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(strings.TrimSpace(string(archive.Comment))) == 0 {
		t.Errorf("%s: got no comment, want what the trap is", file)
	}
	found := tables{across: map[string][]string{}, down: map[string][]string{}, unprinted: map[string]bool{}}
	for _, part := range archive.Files {
		if part.Name == "rules" {
			found.rules(t, string(part.Data))
			continue
		}
		found.table(t, strings.TrimSuffix(part.Name, ".csv"), string(part.Data))
	}
	return found
}

func (s *tables) rules(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		number := func() int {
			n, err := strconv.Atoi(words[1])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		switch {
		case len(words) == 0:
		case words[0] == "below":
			s.policy.Below = number()
		case words[0] == "round":
			s.policy.Round = number()
		case words[0] == "zeroes":
			s.policy.HideZeroes = words[1] == "hide"
		case words[0] == "complement":
			s.policy.ShowComplement = words[1] == "show"
		case words[0] == "sum":
			s.sums = append(s.sums, slices.DeleteFunc(words[1:], func(w string) bool { return w == "=" || w == "+" }))
		case words[0] == "unprinted":
			s.unprinted[words[1]] = true
		case words[0] == "rate":
			r := rate{table: words[1], public: map[string]bool{}}
			for i, word := range slices.Delete(words[2:], 1, 2) {
				n, err := strconv.ParseFloat(word, 64)
				if err != nil {
					t.Fatal(err)
				}
				if r.weights = append(r.weights, n); i == 0 {
					r.step, r.weights = n, nil
				}
			}
			s.rates = append(s.rates, r)
		case words[0] == "part":
			s.parts = append(s.parts, [2]string{words[1], words[3]})
		default:
			t.Fatalf("no rule %q", line)
		}
	}
}

func (s *tables) table(t *testing.T, name, text string) {
	t.Helper()
	measure, breakdown, named := strings.Cut(name, ".")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !named {
		t.Fatalf("%s: %v", name, err)
	}
	for _, row := range rows[1:] {
		s.down[name] = append(s.down[name], row[0])
		for i, text := range row[1:] {
			group := rows[0][i+1]
			if group != "Total" {
				group = breakdown + ":" + group
			}
			c := cell{measure: measure, area: row[0], group: group, hidden: text == "c", public: strings.HasSuffix(text, "!")}
			if !c.hidden {
				if c.value, err = strconv.ParseFloat(strings.TrimSuffix(text, "!"), 64); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			if !slices.ContainsFunc(s.cells, func(known cell) bool { return known.name() == c.name() }) {
				s.cells = append(s.cells, c)
			}
		}
	}
	for _, group := range rows[0][1:] {
		if group != "Total" {
			group = breakdown + ":" + group
		}
		s.across[name] = append(s.across[name], group)
	}
}

// publication is the tables as a reader would get them when only the small counts are hidden, and the true counts by
// cell. The first items are the cells in their order.
func (s tables) publication() (*disclosure.Publication, map[int]float64) {
	p, truth := &disclosure.Publication{}, map[int]float64{}
	counted := map[int]float64{} // those that are hidden too, of which a rate is made as of the others
	for _, c := range s.cells {
		at := p.Cell(c.name())
		counted[at] = c.value
		small := !c.hidden && !c.public && (s.policy.Small(c.value) || s.complementIsSmall(c))
		item := disclosure.Item{Name: c.name(), Cost: c.value + 1, Public: c.public, Hidden: c.hidden || small}
		if c.area == "Total" || c.group == "Total" {
			item.Cost *= 10 // what most people read
		}
		item.Guards = []disclosure.Guard{s.policy.Guard(at, small && s.policy.Small(c.value), c.value)}
		if !c.hidden {
			truth[at] = c.value
			low, high := s.policy.Range(s.policy.Rounded(c.value))
			item.Shows = []disclosure.Shown{{Cell: at, Range: disclosure.Range{Low: low, High: high}}}
		}
		breakdown, _, _ := strings.Cut(c.group, ":")
		if s.unprinted[c.measure+"."+breakdown] {
			item = disclosure.Item{Name: c.name(), Hidden: true, Guards: []disclosure.Guard{s.policy.Stratum(at)}}
		}
		p.Add(item)
	}
	s.relate(p)
	for _, r := range s.rates {
		s.rate(p, r, counted)
	}
	return p, truth
}

// rate adds the rates beside a table, each with the total of its row.
func (s tables) rate(p *disclosure.Publication, r rate, truth map[int]float64) {
	measure, _, _ := strings.Cut(r.table, ".")
	for _, area := range s.down[r.table] {
		name := "rate " + r.table + "|" + area
		cell, sum := p.Measured(name), 0.0
		relation := disclosure.Relation{Terms: []disclosure.Term{{Cell: cell, Factor: -1}}}
		for i, group := range slices.DeleteFunc(slices.Clone(s.across[r.table]), func(group string) bool { return group == "Total" }) {
			at := p.Cell(measure + "|" + area + "|" + group)
			sum += r.weights[i] * truth[at]
			relation.Terms = append(relation.Terms, disclosure.Term{Cell: at, Factor: r.weights[i]})
		}
		p.Relate(relation)
		total := p.Cell(measure + "|" + area + "|Total")
		low, high := s.policy.Range(s.policy.Rounded(truth[total]))
		printed, small := math.Floor(sum/r.step+0.5)*r.step, s.policy.Small(truth[total])
		guard := s.policy.Unprinted(total)
		if small {
			guard.Cover = s.policy.Guard(total, true, truth[total]).Cover
		}
		p.Add(disclosure.Item{
			Name: name, Cost: 10 * (truth[total] + 1), Public: r.public[area], Hidden: small && !r.public[area],
			Shows: []disclosure.Shown{
				{Cell: total, Range: disclosure.Range{Low: low, High: high}},
				{Cell: cell, Range: disclosure.Range{Low: math.Max(0, printed-r.step/2), High: printed + r.step/2}},
			},
			Guards: []disclosure.Guard{guard},
		})
	}
}

// keep makes a rate that is shown one that readers know.
func (s tables) keep(name string) {
	for _, r := range s.rates {
		if area, is := strings.CutPrefix(name, "rate "+r.table+"|"); is {
			r.public[area] = true
		}
	}
}

// complementIsSmall says whether nearly the whole belongs to a cell.
func (s tables) complementIsSmall(of cell) bool {
	for _, part := range s.parts {
		for _, c := range s.cells {
			if of.measure == part[0] && c.measure == part[1] && c.area == of.area && c.group == of.group && !c.hidden {
				return !s.policy.ShowComplement && s.policy.Small(c.value-of.value)
			}
		}
	}
	return false
}

// relate adds every relation of the tables, and a guard for each count that no table prints and that follows from others.
func (s tables) relate(p *disclosure.Publication) {
	for _, name := range slices.Sorted(maps.Keys(s.across)) {
		across := s.across[name]
		measure, _, _ := strings.Cut(name, ".")
		down := s.down[name]
		at := func(area, group string) int { return p.Cell(measure + "|" + area + "|" + group) }
		if slices.Contains(across, "Total") && len(across) > 1 {
			for _, area := range down {
				p.Sum(at(area, "Total"), cellsOf(across, func(group string) int { return at(area, group) })...)
			}
		}
		if slices.Contains(down, "Total") && len(down) > 1 {
			for _, group := range across {
				p.Sum(at("Total", group), cellsOf(down, func(area string) int { return at(area, group) })...)
			}
		}
	}
	unprinted := func(name string) int {
		known := p.Has(name)
		cell := p.Cell(name)
		if !known {
			p.Add(disclosure.Item{Name: name, Hidden: true, Guards: []disclosure.Guard{s.policy.Unprinted(cell)}})
		}
		return cell
	}
	related := map[string]bool{}
	for _, c := range s.cells {
		for _, sum := range s.sums {
			at := func(measure string) int { return unprinted(measure + "|" + c.area + "|" + c.group) }
			if place := sum[0] + "|" + c.area + "|" + c.group; slices.Contains(sum, c.measure) && !related[place] {
				related[place] = true
				p.Sum(at(sum[0]), cellsOf(sum[1:], at)...)
			}
		}
		for _, part := range s.parts {
			if c.measure == part[0] {
				p.Sum(p.Cell(part[1]+"|"+c.area+"|"+c.group), p.Cell(c.name()), unprinted("not "+c.name()))
			}
		}
	}
}

// cellsOf are the cells of all labels but Total.
func cellsOf(labels []string, at func(label string) int) []int {
	var cells []int
	for _, label := range labels {
		if label != "Total" {
			cells = append(cells, at(label))
		}
	}
	return cells
}

// redTeam are the files of testdata/redteam.
func redTeam(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/redteam/*.txtar")
	if err != nil || len(files) < 30 {
		t.Fatalf("got %d tables (%v), want at least 30 in testdata/redteam", len(files), err)
	}
	return files
}

// printed is a table as it is published, for failures.
func printed(p *disclosure.Publication) string {
	var text strings.Builder
	for at := range p.Items() {
		item := p.Item(at)
		switch {
		case item.Secondary:
			fmt.Fprintf(&text, "\n%s [c] secondary", item.Name)
		case item.Hidden && !strings.HasPrefix(item.Name, "not "):
			fmt.Fprintf(&text, "\n%s [c]", item.Name)
		case len(item.Shows) > 0:
			fmt.Fprintf(&text, "\n%s %v", item.Name, item.Shows[0].Range)
		}
	}
	return text.String()
}

// TestRedTeam attacks the tables of testdata/redteam. With the small counts hidden and nothing else, most can be worked
// back; what Protect leaves cannot, by the audit and by an enumeration that shares no code with it.
func TestRedTeam(t *testing.T) {
	t.Parallel()
	files := redTeam(t)
	leaky, hidden, secondary := 0, 0, 0
	for _, file := range files {
		s := readTables(t, file)
		p, truth := s.publication()
		small := count(p, func(item disclosure.Item) bool { return item.Hidden })
		if small == 0 {
			t.Errorf("%s: got no small count, want one", file)
		}
		careless := attack(p)
		if (len(p.Audit()) > 0) != (len(careless) > 0) {
			t.Errorf("%s: the audit finds %v before protection, the enumeration %v", file, p.Audit(), careless)
		}
		if len(careless) > 0 {
			leaky++
		}
		if faults := p.Protect(truth); len(faults) > 0 {
			t.Errorf("%s: got %v, want every count protected%s", file, faults, printed(p))
		}
		if faults := p.Audit(); len(faults) > 0 {
			t.Errorf("%s: the audit works back %v%s", file, faults, printed(p))
		}
		if found := attack(p); len(found) > 0 {
			t.Errorf("%s: enumeration works back %v%s", file, found, printed(p))
		}
		if testing.Verbose() {
			t.Logf("%s, worked back before: %v%s", filepath.Base(file), careless, printed(p))
		}
		hidden += small
		secondary += count(p, func(item disclosure.Item) bool { return item.Secondary })
	}
	t.Logf("%d tables: %d can be worked back with only their %d small counts hidden, none with %d more", len(files), leaky, hidden, secondary)
	if leaky < 20 {
		t.Errorf("got %d tables that can be worked back without secondary suppression, want at least 20: the test must be able to fail", leaky)
	}
}

func count(p *disclosure.Publication, which func(disclosure.Item) bool) int {
	n := 0
	for at := range p.Items() {
		if which(p.Item(at)) {
			n++
		}
	}
	return n
}

// TestSharedCases holds the audit against the two tables of the reference cases, whose counts are hidden already.
func TestSharedCases(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"leaky": true, "safe": false} {
		text, err := os.ReadFile("../../../shared/vectors/suppression_case_" + name + ".csv")
		if err != nil {
			t.Skip("the reference cases are not here: ", err)
		}
		s := tables{policy: disclosure.Policy{Below: 5}, across: map[string][]string{}, down: map[string][]string{}}
		s.table(t, "count.group", strings.ReplaceAll(string(text), "*", "c"))
		p, _ := s.publication()
		if faults := p.Audit(); (len(faults) > 0) != want {
			t.Errorf("%s: got %v, want recoverable: %v", name, faults, want)
		}
		if name == "leaky" {
			for _, fault := range p.Audit() {
				if fault.Low != fault.High {
					t.Errorf("leaky: %s is worked back to %v, want one number: the table gives it exactly", fault.Cell, fault.Range)
				}
			}
		}
	}
}

// attack is the work of a reader who tries every filling of the hidden cells with whole numbers: the guarded cells whose
// numbers lie closer together than their guard allows.
func attack(p *disclosure.Publication) []string {
	var found []string
	for cell, r := range disclosure.Enumerate(p, mostTried) {
		for at := range p.Items() {
			item := p.Item(at)
			if !item.Hidden {
				continue
			}
			for _, guard := range item.Guards {
				small := r.Low < guard.Below && r.High-r.Low < guard.Width
				exact := guard.Exact && r.Low == r.High
				if guard.Cell == cell && (small || exact) && !(guard.Zero && r.High == 0 || guard.Few && r.Low == 0) {
					found = append(found, fmt.Sprintf("%s %v", item.Name, r))
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

// mostTried is the largest count that the enumeration tries where nothing bounds it.
const mostTried = 3000
