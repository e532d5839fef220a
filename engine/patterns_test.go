package engine_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"levelfield/engine"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// fewestPatterns is the fewest patterns that the table of sentences holds.
const fewestPatterns = 40

// pattern is a row of testdata/patterns.csv: figures of one indicator, as a publisher would print them, with what must and
// must never be said of them. The columns are
//
//	pattern   its name, which is the indicator's id
//	measure   counts, share, interval, complete, modelled, lost, total, money or bounded
//	polarity  low, high or neutral
//	options   fields of the definition, separated by semicolons; long and plural for other words
//	area      the area's figures up to 2023: 79/167, 3.8@5150, 58.1±4.9 or 58; c and x have no figure, p marks a provisional
//	          one, and | stands where the series breaks
//	england   England's figure for 2023, or for every period of the area
//	others    how many other authorities stand above, level and below
//	target    a row of targets.csv: period, kind, value, upper, basis, tolerance and test, - for an empty cell
//	override  a row of overrides.csv: period, status and what is shown
//	must      what the board or the page must say, separated by |
//	never     what neither may say
type pattern map[string]string

// parts are the parts of a cell.
func (p pattern) parts(column, separator string) []string {
	var parts []string
	for _, part := range strings.Split(p[column], separator) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func readPatterns(t *testing.T) []pattern {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "patterns.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var patterns []pattern
	for _, row := range rows[1:] {
		p := pattern{}
		for i, cell := range row {
			p[rows[0][i]] = cell
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// TestPatternsOfResults builds one project of all the patterns, from figures to pages, and holds every sentence, title, chip
// and table of each against what it must say and must never say.
func TestPatternsOfResults(t *testing.T) {
	t.Parallel()
	patterns := readPatterns(t)
	if len(patterns) < fewestPatterns {
		t.Fatalf("got %d patterns, want at least %d", len(patterns), fewestPatterns)
	}
	said := sayings(t, patterns)
	words := map[string]bool{}
	for _, p := range patterns {
		texts := said[p["pattern"]]
		all := strings.Join(texts, "\n")
		if len(p.parts("must", "|")) == 0 || len(p.parts("never", "|")) == 0 {
			t.Errorf("%s holds nothing: say what it must and what it must never say", p["pattern"])
		}
		for _, must := range p.parts("must", "|") {
			words[must] = true
			if !strings.Contains(all, must) {
				t.Errorf("%s must say %q; it says\n%s", p["pattern"], must, all)
			}
		}
		for _, never := range p.parts("never", "|") {
			for _, text := range texts {
				if strings.Contains(strings.ToLower(text), strings.ToLower(never)) {
					t.Errorf("%s must never say %q; it says %q", p["pattern"], never, text)
				}
			}
		}
	}
	// What one pattern must never say another one does: each of the words can be found.
	for _, claim := range []string{"has risen since", "has fallen since", "have risen since", "better", "worse", "similar to England", "higher than England", "lower than England", "of 151 authorities", "It is met", "It is not met"} {
		if !slices.ContainsFunc(patterns, func(p pattern) bool { return strings.Contains(strings.Join(said[p["pattern"]], "\n"), claim) }) {
			t.Errorf("no pattern says %q, so that no other can be shown not to", claim)
		}
	}
}

// sayings are all texts that a built board holds about each pattern.
func sayings(t *testing.T, patterns []pattern) map[string][]string {
	t.Helper()
	folder := t.TempDir()
	_, err := engine.Build(context.Background(), engine.Options{
		Project: patternProject(t, patterns), Out: filepath.Join(folder, "out"), State: filepath.Join(folder, "state"), Version: "test",
		Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "out", "data", "model", "board.json"))
	if err != nil {
		t.Fatal(err)
	}
	var model scorecard.Model
	if err := json.Unmarshal(text, &model); err != nil {
		t.Fatal(err)
	}
	said := map[string][]string{}
	eachString(reflect.ValueOf(model), "", func(indicator, text string) {
		if text != "" {
			said[indicator] = append(said[indicator], text)
		}
	})
	return said
}

// nouns are what the sentences of each polarity are about.
var nouns = map[string][2]string{
	"low": {"Absence", "of pupils were absent"}, "high": {"Employment", "of residents were in employment"}, "neutral": {"Moving", "of residents moved"},
}

// measures are the measures of the kinds of pattern.
var measures = map[string]string{
	"counts":   "proportion: {numerator: n, denominator: d}",
	"share":    "proportion: {share: v / 100, denominator: d, step: 0.001}",
	"interval": "published: {value: v, lower: lo, upper: hi, scale: linear}",
	"complete": "published: {value: v, no_interval: complete-count, why: Everybody is counted.}",
	"modelled": "published: {value: v, no_interval: modelled, why: A model gives it.}",
	"lost":     "published: {value: v, no_interval: lost, why: A file without it.}",
	"total":    "count: {value: n}",
	"money":    "published: {value: v, no_interval: complete-count, why: Accounts.}",
	"bounded":  "proportion: {share: v / 100, denominator: d, step: 0.001}",
}

func patternProject(t *testing.T, patterns []pattern) fstest.MapFS {
	t.Helper()
	project := fstest.MapFS{}
	put := func(name, text string) { project[name] = &fstest.MapFile{Data: []byte(text)} }
	var shown []string
	targets := "indicator,period,kind,value,upper,basis,tolerance,test,source\n"
	overrides := "indicator,period,status,shown,reason,by,until\n"
	areas, faults := seeds.LoadAreas(seeds.Files(), "areas.csv")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, p := range patterns {
		id := p["pattern"]
		shown = append(shown, id)
		series := readSeries(t, p)
		put("datasets/"+id+"/dataset.yaml", datasetOf(p))
		put("datasets/"+id+"/figures.csv", figuresOf(t, p, series, areas.UpperTier()))
		put("indicators/"+id+".yaml", definitionOf(p, series, id, p["measure"]))
		if p["measure"] == "bounded" {
			put("datasets/"+id+"-unknown/dataset.yaml", datasetOf(p))
			put("datasets/"+id+"-unknown/figures.csv", "area,period,v,d\nE06000034,2023,0.0,5150\nE92000001,2023,2.2,1335160\n")
			put("indicators/"+id+"-unknown.yaml", definitionOf(p, nil, id+"-unknown", "share"))
		}
		if cells := strings.Fields(strings.ReplaceAll(p["target"], "-\x20", "\x00 ")); p["target"] != "" {
			targets += id + "," + strings.ReplaceAll(strings.ReplaceAll(strings.Join(cells, ","), "\x00", ""), ",-", ",") + ",A plan\n"
		}
		if p["override"] != "" {
			overrides += id + "," + strings.Join(strings.Fields(p["override"]), ",") + ",The basis has changed.,Head of Data,2030-12-31\n"
		}
	}
	put("targets.csv", targets)
	put("overrides.csv", overrides)
	put("levelfield.yaml", "title: Patterns\nstrategy_line: A strategy\nstrategy_began: 2022-07\nfocus: E06000034\ncomparators: {england: E92000001, neighbours: dfe-2025}\n"+
		"licence: {name: A licence, attribution: From a test.}\nboards: [board]\n")
	put("strategy.yaml", "title: A strategy\ngoals:\n  - {id: A, title: A goal, short: A goal}\nstatements: []\n")
	put("boards/board.yaml", "title: Patterns\nkicker: A strategy\ngoals: [A]\nfront: ["+strings.Join(shown, ", ")+"]\nsections:\n  - {goal: A, title: A table}\n")
	return project
}

// figure is one token of a series.
type patternFigure struct {
	n, d, v, lo, hi, status string
	breaks                  bool
}

func readSeries(t *testing.T, p pattern) []patternFigure {
	t.Helper()
	var series []patternFigure
	breaks := false
	for _, token := range strings.Fields(p["area"]) {
		if token == "|" {
			breaks = true
			continue
		}
		series = append(series, readFigure(t, p["pattern"], token))
		series[len(series)-1].breaks = breaks
		breaks = false
	}
	return series
}

func readFigure(t *testing.T, name, token string) patternFigure {
	t.Helper()
	var f patternFigure
	if rest, provisional := strings.CutSuffix(token, "p"); provisional {
		token, f.status = rest, "p"
	}
	if token == "c" || token == "x" {
		return patternFigure{status: token}
	}
	if n, d, counts := strings.Cut(token, "/"); counts {
		f.n, f.d = n, d
		return f
	}
	if v, d, share := strings.Cut(token, "@"); share {
		f.v, f.d = v, d
		return f
	}
	f.v, f.n = token, token
	if v, half, interval := strings.Cut(token, "±"); interval {
		var value, width float64
		if _, err := fmt.Sscan(v+" "+half, &value, &width); err != nil {
			t.Fatalf("%s: %q: %v", name, token, err)
		}
		f.v, f.lo, f.hi = v, fmt.Sprintf("%.4f", value-width), fmt.Sprintf("%.4f", value+width)
	}
	return f
}

// patternColumns are the columns of the dataset of each kind of measure.
var patternColumns = map[string][]string{
	"counts": {"n", "d"}, "share": {"v", "d"}, "bounded": {"v", "d"}, "interval": {"v", "lo", "hi"}, "complete": {"v"}, "modelled": {"v"}, "lost": {"v"}, "money": {"v"}, "total": {"n"},
}

func datasetOf(p pattern) string {
	text := "title: Figures\npublisher: A publisher\nrelease: The first\nreleased: \"2024-01-31\"\nlabel: official\nlicence: {name: A licence, attribution: From a test.}\n" +
		"source: {kind: csv, file: figures.csv, markers: {c: c, x: x}}\nseries: current\nperiods: {kind: calendar}\naggregates: published\ncolumns:\n" +
		"  - {name: area, role: area, type: text}\n  - {name: period, role: period, type: text}\n"
	for _, column := range patternColumns[p["measure"]] {
		switch column {
		case "n", "d":
			text += "  - {name: " + column + ", role: count, type: integer}\n"
		case "lo", "hi":
			text += "  - {name: " + column + ", role: " + map[string]string{"lo": "lower", "hi": "upper"}[column] + ", type: number, of: v}\n"
		default:
			text += "  - {name: v, role: value, type: number}\n"
		}
	}
	if strings.HasSuffix(p["area"], "p") {
		text += "  - {name: flag, role: status, type: text, of: " + patternColumns[p["measure"]][0] + "}\n"
	}
	return text + "key: [area, period]\n"
}

// figuresOf are the rows of a pattern: the area's series, England's, and the other authorities above, level and below.
func figuresOf(t *testing.T, p pattern, series []patternFigure, upperTier []seeds.Area) string {
	t.Helper()
	columns := patternColumns[p["measure"]]
	flagged := strings.HasSuffix(p["area"], "p")
	var b strings.Builder
	b.WriteString("area,period," + strings.Join(columns, ","))
	if flagged {
		b.WriteString(",flag")
	}
	b.WriteString("\n")
	write := func(area string, year int, f patternFigure) {
		fmt.Fprintf(&b, "%s,%d", area, year)
		for _, column := range columns {
			cell := map[string]string{"n": f.n, "d": f.d, "v": f.v, "lo": f.lo, "hi": f.hi}[column]
			if f.status == "c" || f.status == "x" {
				cell = f.status
			}
			b.WriteString("," + cell)
		}
		if flagged {
			b.WriteString("," + f.status)
		}
		b.WriteString("\n")
	}
	for i, f := range series {
		write("E06000034", 2024-len(series)+i, f)
	}
	england := strings.Fields(p["england"])
	for i, token := range england {
		write("E92000001", 2024-len(england)+i, readFigure(t, p["pattern"], token))
	}
	var counts [3]int
	if _, err := fmt.Sscan(p["others"], &counts[0], &counts[1], &counts[2]); p["others"] != "" && err != nil {
		t.Fatalf("%s: others %q: %v", p["pattern"], p["others"], err)
	}
	next := 0
	for i, count := range counts {
		for range count {
			for upperTier[next].Code == "E06000034" {
				next++
			}
			own := series[len(series)-1]
			var value float64
			if _, err := fmt.Sscan(own.v, &value); err != nil {
				t.Fatal(err)
			}
			own.v = fmt.Sprintf("%.1f", value+[]float64{5, 0, -5}[i])
			write(upperTier[next].Code, 2023, own)
			next++
		}
	}
	return b.String()
}

func definitionOf(p pattern, series []patternFigure, id, kind string) string {
	noun := nouns[p["polarity"]]
	says := fmt.Sprintf("{noun: %s, of: %s}", noun[0], noun[1])
	unit, extra := `"%"`, ""
	for _, option := range p.parts("options", ";") {
		if option == "plural" {
			says = "{noun: Births, of: of people were born, plural: true}"
			continue
		}
		if option == "long" {
			says = "{noun: Absence, of: of those young people aged 16 and 17 who were known to the council and to one or more of the schools and colleges of the area were absent}"
			continue
		}
		if strings.HasPrefix(option, "unit: ") {
			unit = strings.TrimPrefix(option, "unit: ")
			continue
		}
		if kind == p["measure"] {
			extra += option + "\n"
		}
	}
	if kind == "money" {
		unit, extra = "£", extra+"money: true\nbaseline: \"2021\"\n"
		says = "{noun: Pay, of: a week was the pay}"
	}
	if kind == "bounded" {
		extra += "compare: {england: {unknown: " + id + "-unknown, known: Everyone's activity is known}}\n"
	}
	if !strings.Contains(extra, "series:") {
		extra += "series: current\n"
	}
	breaks := ""
	for i, f := range series {
		if f.breaks {
			breaks = fmt.Sprintf("breaks: [{from: %d, why: Another basis.}]\n", 2024-len(series)+i)
		}
	}
	return fmt.Sprintf("title: The measure %s\nshort: Measure %s\nsays: %s\ngoals: [A]\ndefinition: What is counted.\npopulation: residents\npolarity: %s\nlabel: official\ndataset: %s\n"+
		"measure:\n  %s\nunit: %s\ndecimals: 1\n%s%s", id, id, says, p["polarity"], id, measures[kind], unit, breaks, extra)
}
