package datasets_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/seeds"
)

var update = flag.Bool("update", false, "rewrite the proposals of testdata/recognise")

// known are the areas of these tests: code, name, and the codes of other publishers.
var known = [][4]string{
	{"E06000034", "Thurrock", "883", "UKH32"}, {"E06000033", "Southend-on-Sea", "882", ""}, {"E06000035", "Medway", "887", ""}, {"E06000031", "Peterborough", "874", ""},
	{"E12000006", "East of England", "", ""}, {"E12000007", "London", "", ""}, {"E12000001", "North East", "", ""}, {"E47000014", "North East", "", ""}, {"E12000002", "North West", "", ""},
	{"E92000001", "England", "970", "UK0"}, {"K02000001", "United Kingdom", "", "UK"}, {"E07000066", "Basildon", "", ""}, {"E09000016", "Havering", "311", ""},
}

// nomis are the labels of Nomis for some of them.
var nomis = map[string]string{
	"ladu:Thurrock": "E06000034", "ladu:Medway": "E06000035", "ladu:Peterborough": "E06000031", "ladu:Southend-on-Sea": "E06000033", "country:England": "E92000001", "gor:London": "E12000007",
	"ladu:Basildon": "E07000066", "ladu:Havering": "E09000016", "gor:East of England": "E12000006", "gor:North East": "E12000001", "gor:North West": "E12000002",
}

func area(scheme, code string) (string, bool) {
	for _, one := range known {
		if code != "" && (scheme == "ons" && one[0] == code || scheme == "dfe" && one[2] == code || scheme == "itl" && one[3] == code || scheme == "nomis" && nomis[code] == one[0]) {
			return one[0], true
		}
	}
	return "", false
}

func named(name string) []string {
	var codes []string
	for _, one := range known {
		if strings.EqualFold(one[1], name) {
			codes = append(codes, one[0])
		}
	}
	return codes
}

// recognised looks at a file and proposes how to describe it, as the engine does.
func recognised(t testing.TB, name string, data []byte, choose func(*datasets.Sample)) (datasets.Proposal, error) {
	t.Helper()
	sample, faults := source.Look(name, "", bytes.NewReader(data))
	if len(faults) > 0 {
		t.Fatalf("look: got faults %v", faults)
	}
	return recognisedSample(sample, data, choose)
}

// recognisedSample proposes how to describe a file that has been looked at.
func recognisedSample(sample datasets.Sample, data []byte, choose func(*datasets.Sample)) (datasets.Proposal, error) {
	name := sample.File
	file := source.Reread(source.Received{Name: name, Data: data})
	sample.Area, sample.Named, sample.Kind = area, named, seeds.KindOf
	sample.Rows = func(dataset datasets.Dataset) ([]string, iter.Seq2[int, []string]) {
		dataset.Folder = "."
		table, _ := file.Open(dataset)
		if table == nil {
			return nil, func(func(int, []string) bool) {}
		}
		return table.Headings(), func(yield func(int, []string) bool) {
			for {
				row, cells, err := table.Next()
				if err != nil || !yield(row%source.RowsPerLayer, cells) {
					return
				}
			}
		}
	}
	choose(&sample)
	return datasets.Recognise(sample)
}

// TestRecognise proposes a description for the beginning of each kind of file: a new case is a new archive. Its comment
// chooses (sheet NAME, where HEADING=TEXT, merged SHEET RANGE); a file NAME.sheet is a sheet of a workbook, parted by bars.
func TestRecognise(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "recognise", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d cases, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name, data := inputOf(t, archive)
			proposal, err := recognised(t, name, data, func(sample *datasets.Sample) { choices(t, archive, sample) })
			got := outcome(t, proposal, err)
			at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "proposal" })
			if *update {
				inputs := slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "proposal" })
				archive.Files = append(inputs, txtar.File{Name: "proposal", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if at < 0 {
				t.Fatal("got no proposal in the archive: run the test with -update, and read what it proposes")
			}
			if diff := cmp.Diff(string(archive.Files[at].Data), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			readBack(t, proposal.Dataset)
		})
	}
}

// outcome is a proposal as a person is told of it.
func outcome(t *testing.T, proposal datasets.Proposal, err error) string {
	t.Helper()
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
		return b.String()
	}
	fmt.Fprintf(&b, "layout: %s\n", proposal.Layout)
	if proposal.Is != "" {
		fmt.Fprintf(&b, "is: %s\n", proposal.Is)
	}
	if proposal.Choose != nil {
		fmt.Fprintf(&b, "choose: %s\n", proposal.Choose.Of)
		for _, one := range proposal.Choose.Options {
			fmt.Fprintf(&b, "  %s | %s\n", one.Text, one.Holds)
		}
		return b.String()
	}
	text, err := datasets.Describe(proposal.Dataset)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range proposal.Lines(text) {
		fmt.Fprintf(&b, "decide: %s\n", line)
	}
	if len(proposal.Dataset.Columns) > 0 {
		b.Write(text)
	}
	return b.String()
}

// readBack holds the text of a proposal, with the words that stand in no file, against the proposal.
func readBack(t *testing.T, want datasets.Dataset) {
	t.Helper()
	if len(want.Columns) == 0 {
		return
	}
	want.Title, want.Publisher, want.Release, want.Released, want.Label = `Quotes " and: colons`, "no", "2024", "2025-11-20", "official"
	want.Licence = datasets.Licence{Name: "Open Government Licence v3.0", Attribution: "Source: a publisher."}
	text, err := datasets.Describe(want)
	if err != nil {
		t.Fatal(err)
	}
	got, faults := datasets.Read("dataset.yaml", text)
	if len(faults) > 0 {
		t.Errorf("got faults: %v\n%s", faults, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read back: -want +got:\n%s", diff)
	}
}

// inputOf is the file of a case: text as it stands, or a workbook of the files that are sheets.
func inputOf(t *testing.T, archive *txtar.Archive) (string, []byte) {
	t.Helper()
	if !strings.HasSuffix(archive.Files[0].Name, ".sheet") {
		return archive.Files[0].Name, archive.Files[0].Data
	}
	book := excelize.NewFile()
	for _, file := range archive.Files {
		name, is := strings.CutSuffix(file.Name, ".sheet")
		if !is {
			continue
		}
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		reader := csv.NewReader(bytes.NewReader(bytes.ReplaceAll(file.Data, []byte("\n\n"), []byte("\n|\n"))))
		reader.Comma, reader.FieldsPerRecord = '|', -1
		rows, err := reader.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, cell := range row {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if err := book.SetCellStr(name, at, cell); cell != "" && err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(archive.Comment)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "merged" {
			from, to, _ := strings.Cut(fields[2], ":")
			if err := book.MergeCell(fields[1], from, to); err != nil {
				t.Fatal(err)
			}
		}
	}
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		t.Fatal(err)
	}
	return "book_2024.xlsx", data.Bytes()
}

// choices are those that the comment of a case makes.
func choices(t *testing.T, archive *txtar.Archive, sample *datasets.Sample) {
	t.Helper()
	for line := range strings.Lines(string(archive.Comment)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "sheet":
			sample.Sheet = rest
		case "where":
			heading, text, _ := strings.Cut(rest, "=")
			if sample.Where == nil {
				sample.Where = map[string][]string{}
			}
			sample.Where[heading] = append(sample.Where[heading], text)
		}
	}
}

// TestDescribeIsReadBack: every field that a proposal can have is written and read.
func TestDescribeIsReadBack(t *testing.T) {
	t.Parallel()
	low, high := 0.0, 100.0
	readBack(t, datasets.Dataset{
		URL: "https://example.org/a?b=c#d", NextRelease: "2026", CarriedFrom: []string{"a.csv, 0123"},
		Source: datasets.Source{
			Kind: "xlsx", File: "a file.xlsx", Delimiter: "\t", Markers: map[string]string{":": "x", "[c]": "c", "-": "x", "": "z"}, Path: "result.records",
			Layout: &datasets.Layout{
				Encoding: "windows-1252", Member: "inner/a.xlsx", Sheets: []string{`/^Table 1\.1[a-z]$/`, "1_Relative"}, LaterSheetsWin: true,
				SkipRows: 3, HeadingRows: 2, UnitRows: 1, Footer: []string{"blank", "/^Note/"}, Ragged: "pad",
				Blocks: []datasets.Block{{Row: "date", As: "_date"}, {Row: `/^(\d{4})$/`, As: "_year"}}, Fill: []string{"Area | name"},
				Constants: map[string]string{"_status": "", "_year": "2018"}, Replace: map[string]map[string]string{"#1": {"ladu:Thurrock": "E06000034"}, "Area.name": {"a: b": "c"}},
				FirstOf: map[string][]string{"_area": {"new_la_code", "region_code"}}, Where: map[string][]string{"Category Type": {""}, "Age": {"16-17", "16"}},
				Except: map[string][]string{"cohort_19_in": {"2023", "/^202[45]$/"}}, PeriodsAcross: []datasets.Across{{Headings: `/^FYE (\d{4})/`, As: "_value"}, {Headings: `/^"(\d+)'$/`}},
			},
		},
		Periods:    datasets.Periods{Kind: "months", Form: "year", Names: "end", Months: "Dec to Feb", Shift: -1, Meaning: "A winter: of two years."},
		Areas:      &datasets.Areas{Codes: "dfe", Others: "drop", Successors: "map"},
		Aggregates: "published", Series: "current", Notes: "Two lines,\nof notes: with # marks.",
		Columns: []datasets.Column{
			{Name: "area", From: "#1", Role: "area", Type: "text"}, {Name: "period", From: "_year", Role: "period", Type: "text"},
			{Name: "sex", From: "Sex: all, \"of them\"", Role: "category", Type: "text", Total: "Yes"}, {Name: "value", From: "Value (%) [note 3]", Role: "value", Type: "number", Minimum: &low, Maximum: &high},
			{Name: "value_status", From: "_status", Role: "status", Type: "text", Of: "value"}, {Name: "lower", From: "Lower | 95%", Role: "lower", Type: "number", Of: "value"},
		},
		Key:     []string{"area", "period", "sex"},
		Checks:  []datasets.Check{{Rule: "range", Column: "value", Minimum: &low, Maximum: &high, Level: "warn"}, {Rule: "completeness", Areas: []string{"E92000001"}, Column: "value", Level: "error"}},
		Missing: []datasets.Missing{{What: "2020", Why: "Nobody counted: the year was cancelled.", Area: "E06000034"}},
	})
}

// TestRecogniseSurvivesBrokenFiles: what is left of a file that was cut, or whose cells were changed, is described or told,
// and ends nothing.
func TestRecogniseSurvivesBrokenFiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "recognise", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d cases, %v", len(files), err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first := &archive.Files[0]
		whole := strings.SplitAfter(string(first.Data), "\n")
		for _, lines := range [][]string{whole[:1], whole[:min(len(whole), 2)], append(slices.Clone(whole[1:]), whole[0])} {
			for _, change := range []*strings.Replacer{
				strings.NewReplacer(), strings.NewReplacer("E06000034", "", "883", ""), strings.NewReplacer("0", "x", "1", "-"), strings.NewReplacer("20", "soon "), strings.NewReplacer("a", "ä"),
			} {
				first.Data = []byte(change.Replace(strings.Join(lines, "")))
				name, data := inputOf(t, archive)
				if _, faults := source.Look(name, "", bytes.NewReader(data)); len(faults) > 0 {
					continue
				}
				proposal, err := recognised(t, name, data, func(sample *datasets.Sample) { choices(t, archive, sample) })
				if err == nil && proposal.Choose == nil && proposal.Is == "" && len(proposal.Dataset.Columns) == 0 {
					t.Errorf("%s: got nothing of %q", file, first.Data)
				}
			}
		}
	}
}
