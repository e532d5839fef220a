package engine_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"levelfield/engine"
	"levelfield/engine/archive"
)

// importChoice is what is chosen of a file that holds several things: a sheet, or rows.
type importChoice struct {
	sheet string
	where []string
}

// importChoices are the choices of each file that asks for one. A heading alone stands for every text of it that
// published_values.csv names as the place of a figure.
var importChoices = map[string][]importChoice{
	"desnz-fuel-poverty/2018_Sub-Regional-Data-LIHC.xlsx":      {{sheet: "Table 1"}, {sheet: "Table 2"}, {sheet: "Table 4"}, {sheet: "Table 5"}},
	"desnz-fuel-poverty/2022_Sub-Regional-Data-LILEE.xlsx":     {{sheet: "Table 1"}, {sheet: "Table 2"}, {sheet: "Table 3"}},
	"dwp-children-low-income/Children_low_income_families.ods": {{sheet: "1_Relative"}, {sheet: "2_Absolute"}, {sheet: "3_Relative"}, {sheet: "5_Relative"}},
	"ons-business-demography/businessdemographyexceltables2024.xlsx": {
		{sheet: "Table 1.1"}, {sheet: "Table 1.2"}, {sheet: "Table 2.1"}, {sheet: "Table 3.1"}, {sheet: "Table 4.1"}, {sheet: "Table 5.1"}, {sheet: "Table 6.1"}, {sheet: "Table 9"},
	},
	"dfe-ees-lad/ks4-destinations-national_200910-202223.csv":                 {{where: []string{"data_type=Percentage"}}},
	"dfe-lait/DERIVED_lait_domain4_subset.csv":                                {{where: []string{"Short Desc"}}},
	"dfe-lait/bds_long_0.parquet":                                             {{where: []string{"Short Desc=ChildPov"}}, {where: []string{"Short Desc=HE_19_FSM"}}},
	"employment-gap/ascof_trend_2017-18_to_2023-24.csv":                       {{where: []string{"Measure Group=1E"}}},
	"employment-gap/england_published.csv":                                    {{where: []string{"indicator=Children under 16 in relative low-income families"}}},
	"employment-gap/fingertips_social-isolation-indicators-CountyUA.data.csv": {{where: []string{"Indicator ID=90280"}}},
	"employment-gap/meas-from-asc-of-eng-2021-open-data-csv_v2.xlsx":          {{where: []string{"Measure Group=1E", "Measure Type=Outcome"}}},
	"employment-gap/values.csv":                                               {{where: []string{"indicator=ASCOF 1F persons: Adults in contact with secondary mental health services in paid employment"}}},
	"ons-explore-local-statistics/average-travel-time.csv":                    {{where: []string{"indicator=Drive to work"}}},
	"ons-explore-local-statistics/engagement-with-culture-and-heritage.csv":   {{where: []string{"indicator=Visited a public library"}}},
	"ons-explore-local-statistics/gross-value-added.csv":                      {{where: []string{"indicator=Gross value added per hour worked"}}},
	"ons-explore-local-statistics/personal-wellbeing-estimates.csv":           {{where: []string{"indicator=Anxiety"}}},
	"ons-explore-local-statistics/apprenticeships.csv":                        {{where: []string{"indicator"}}},
	"ons-explore-local-statistics/business-demography.csv":                    {{where: []string{"indicator"}}},
	"ons-explore-local-statistics/children-in-relative-poverty.csv":           {{where: []string{"indicator"}}},
	"ons-explore-local-statistics/early-years.csv":                            {{where: []string{"indicator"}}},
	"ons-explore-local-statistics/employment-rate.csv":                        {{where: []string{"indicator"}}},
	"ons-explore-local-statistics/healthy-life-expectancy.csv":                {{where: []string{"indicator"}}},
}

// proposedFile is what came of one file, or of one choice of it.
type proposedFile struct {
	file, id string
	report   engine.ImportReport
}

// corpusImport gathers what came of all.
type corpusImport struct {
	sync.Mutex
	folder string
	files  []proposedFile
	chosen map[string]bool
}

// TestImportProposesTheCorpus imports every file of the shared data as the command does. Each proposal has no faults and
// builds as it was written, or names the lines that a person has to decide. The figures of published_values.csv have to
// stand in what was built.
func TestImportProposesTheCorpus(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(filepath.Join(repository(t), "..", "shared", "data")); err != nil {
		t.Skip("shared data not present: ../shared/data")
	}
	published := publishedFigures(t)
	all := &corpusImport{folder: t.TempDir(), chosen: map[string]bool{}}
	writeProject(t, all.folder)
	t.Run("files", func(t *testing.T) {
		for _, file := range corpusFiles(t) {
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				all.file(t, file, published)
			})
		}
	})
	for file := range importChoices {
		if !all.chosen[file] {
			t.Errorf("%s: got no choice, want it to ask for one as the table of choices says", file)
		}
	}
	held := all.build(t)
	all.count(t, len(held))
	all.holdPublished(t, held, published)
}

// corpusFiles are the publishers' files.
func corpusFiles(t *testing.T) []string {
	t.Helper()
	root := shared(t, "data")
	var files []string
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !slices.Contains([]string{"INDEX.md", "PROVENANCE.md", "published_values.csv"}, entry.Name()) {
			files = append(files, name)
		}
		return err
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("got %d files, %v, want the whole corpus", len(files), err)
	}
	return files
}

// file imports one file and, where it asks, each of its choices.
func (all *corpusImport) file(t *testing.T, file string, published []publishedFigure) {
	report := all.one(t, file, importChoice{}, "")
	if len(report.Choices) == 0 {
		return
	}
	choices, listed := importChoices[file]
	if !listed {
		t.Fatalf("asks to choose the %s, of which there are %d: add a choice to the table", report.Choose, len(report.Choices))
	}
	all.Lock()
	all.chosen[file] = true
	all.Unlock()
	for i, choice := range spelledOut(choices, file, published) {
		if report := all.one(t, file, choice, fmt.Sprintf("-%d", i+1)); len(report.Choices) > 0 {
			t.Errorf("%+v: still asks to choose the %s", choice, report.Choose)
		}
	}
}

// spelledOut are choices with a choice for each text that is the place of a published figure.
func spelledOut(choices []importChoice, file string, published []publishedFigure) []importChoice {
	var all []importChoice
	for _, choice := range choices {
		if len(choice.where) != 1 || strings.Contains(choice.where[0], "=") {
			all = append(all, choice)
			continue
		}
		var seen []string
		for _, figure := range published {
			text := figure.places[choice.where[0]]
			if figure.file == file && text != "" && !slices.Contains(seen, text) {
				seen = append(seen, text)
				all = append(all, importChoice{where: []string{choice.where[0] + "=" + text}})
			}
		}
	}
	return all
}

// notID is what no id of a dataset holds.
var notID = regexp.MustCompile(`[^a-z0-9]+`)

// one imports a file as the command does, and holds what it reports to the promise.
func (all *corpusImport) one(t *testing.T, file string, choice importChoice, suffix string) engine.ImportReport {
	t.Helper()
	path := shared(t, "data/"+file)
	id := strings.Trim(notID.ReplaceAllString(strings.ToLower(file), "-"), "-") + suffix
	wanted := engine.ImportOptions{
		Files: os.DirFS(filepath.Dir(path)), File: filepath.Base(path), Sheet: choice.sheet, Where: map[string][]string{},
		Write: filepath.Join(all.folder, "datasets", id),
		Words: engine.ImportWords{Title: "A title", Publisher: "A publisher", Release: "As downloaded", Released: "2026-01-31", Label: "official"},
	}
	for _, where := range choice.where {
		heading, text, _ := strings.Cut(where, "=")
		wanted.Where[heading] = []string{text}
	}
	report, err := engine.Import(t.Context(), engine.Options{Project: os.DirFS(all.folder), Threads: 1}, wanted)
	var refused *engine.ImportError
	if told := errors.As(err, &refused) && report.Is != "" && report.Proposed == ""; err != nil && !told {
		t.Fatalf("%s %+v: import: %v", file, choice, err)
	}
	if len(report.Choices) > 0 {
		return report
	}
	faults := report.Faults.Errors()
	if len(faults) > 0 && len(report.Decide) == 0 {
		t.Errorf("%+v: got %d faults and nothing to decide, the first: %v", choice, len(faults), faults[0])
	}
	if report.Proposed == "" && report.Is == "" {
		t.Errorf("%+v: got no proposal and no word of what the file is", choice)
	}
	holdDecisions(t, report)
	if written := len(report.Written) > 0; written != (report.Proposed != "" && len(faults) == 0) {
		t.Errorf("%+v: got the files %v with %d faults, want those of a proposal without faults", choice, report.Written, len(faults))
	}
	all.Lock()
	defer all.Unlock()
	all.files = append(all.files, proposedFile{file, id, report})
	return report
}

// decision is a decision with the line that it is about.
var decision = regexp.MustCompile(`^line (\d+): ([a-z_]+)[^:]*: .`)

// holdDecisions holds every decision to a line of the proposal, below the key with which its path begins.
func holdDecisions(t *testing.T, report engine.ImportReport) {
	t.Helper()
	if report.Proposed == "" {
		return
	}
	lines := strings.Split(report.Proposed, "\n")
	for _, one := range report.Decide {
		m := decision.FindStringSubmatch(one)
		if m == nil {
			t.Errorf("decide: got %q, want the line and the part that it is about", one)
			continue
		}
		line, _ := strconv.Atoi(m[1])
		if line < 1 || line > len(lines) {
			t.Errorf("decide: got %q, want one of %d lines", one, len(lines))
			continue
		}
		top := line - 1
		for top > 0 && strings.HasPrefix(lines[top], " ") {
			top--
		}
		if !strings.HasPrefix(lines[top], m[2]+":") {
			t.Errorf("decide: got %q, and that line stands below %q", one, lines[top])
		}
	}
}

// build builds the project with every dataset that was written, and returns the typed table of each.
func (all *corpusImport) build(t *testing.T) map[string]string {
	t.Helper()
	state := filepath.Join(t.TempDir(), "state")
	_, err := engine.Build(t.Context(), engine.Options{
		Project: os.DirFS(all.folder), Out: filepath.Join(t.TempDir(), "out"), State: state, Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Version: "test", Threads: 2,
	})
	if err != nil {
		t.Fatalf("build the project of all proposals: %v", err)
	}
	store, err := archive.Open(state)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]string{}
	for _, one := range all.files {
		if len(one.report.Written) == 0 {
			continue
		}
		snapshot, err := store.Latest(one.id)
		if err != nil {
			t.Errorf("%s: got no snapshot of it in the build: %v", one.file, err)
			continue
		}
		held[one.id] = snapshot.Path("typed.parquet")
	}
	return held
}

// count tells how many files were proposed with nothing to decide and how many with lines for a person.
func (all *corpusImport) count(t *testing.T, built int) {
	t.Helper()
	files := map[string]string{}
	worse := func(a, b string) string {
		order := []string{"", "clean", "decided", "blocked", "reference"}
		if slices.Index(order, a) > slices.Index(order, b) {
			return a
		}
		return b
	}
	for _, one := range all.files {
		state := "clean"
		switch {
		case one.report.Proposed == "":
			state = "reference"
		case len(one.report.Written) == 0:
			state = "blocked"
		case len(one.report.Decide) > 0:
			state = "decided"
		}
		files[one.file] = worse(files[one.file], state)
	}
	counts := map[string]int{}
	for _, state := range files {
		counts[state]++
	}
	t.Logf("%d files, of which %d ask to choose: %d build unchanged with nothing to decide, %d build unchanged and name lines to look at, %d name the line without which they do not build, %d are told as metadata; %d proposals were built",
		len(files), len(all.chosen), counts["clean"], counts["decided"], counts["blocked"], counts["reference"], built)
}
