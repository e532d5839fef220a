package main

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/period"
	"levelfield/engine/yamldoc"
)

// repositoryRoot walks up from this package to the folder of go.mod.
func repositoryRoot(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			t.Fatal("no go.mod above this package")
		}
		folder = parent
	}
}

// publishersFolder is the folder of publishers' files, which is no part of the
// repository.
func publishersFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(repositoryRoot(t), "..", "shared", "data")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("shared data not present: the publishers' files stand beside the repository")
	}
	return folder
}

// carriedOnce carries everything once for all tests that look at the result.
var carriedOnce = sync.OnceValues(func() (map[string][]byte, error) {
	return carryAll(filepath.Join("..", "..", "..", "shared", "data"))
})

func TestCarryWritesTheCommittedFigures(t *testing.T) {
	t.Parallel()
	publishers := publishersFolder(t)
	first, err := carriedOnce()
	if err != nil {
		t.Fatal(err)
	}
	second, err := carryAll(publishers)
	if err != nil {
		t.Fatal(err)
	}
	for _, dataset := range carriedDatasets() {
		committed, err := os.ReadFile(filepath.Join(repositoryRoot(t), "datasets", dataset.id, "figures.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(first[dataset.id], second[dataset.id]) {
			t.Errorf("%s: two runs gave different bytes", dataset.id)
		}
		if !slices.Equal(first[dataset.id], committed) {
			t.Errorf("%s: got %d bytes that differ from the committed %d: run go run ./datasets/carry ../shared/data",
				dataset.id, len(first[dataset.id]), len(committed))
		}
	}
}

// A published figure and the dataset that must hold it. The oracle is the table
// of published values that stands beside the publishers' files: each value was
// read there by hand from the file it names.
type destination struct {
	dataset    string
	period     periodOf
	categories []string
	value      string // column of the published value
	lower      string // column of the lower limit, or empty
	upper      string
	numerator  string // column of the published numerator, or empty
	base       string // column of the published denominator, or empty
}

var destinations = map[string]destination{
	"neet_16_17":          {dataset: "dfe-neet", period: winterEnding, value: "neet_percent", base: "cohort"},
	"nk_16_17":            {dataset: "dfe-neet", period: winterEnding, value: "not_known_percent", base: "cohort"},
	"neet_nk_16_17":       {dataset: "dfe-neet", period: winterEnding, value: "neet_not_known_percent", base: "cohort"},
	"participation_16_17": {dataset: "dfe-participation", period: marchOf, value: "participation_percent", base: "cohort"},
	"gld":                 {dataset: "dfe-eyfsp", period: splitYearEnding, categories: []string{"all"}, value: "good_level_percent"},
	"gld_fsm":             {dataset: "dfe-eyfsp", period: splitYearEnding, categories: []string{"eligible"}, value: "good_level_percent"},
	"gld_counts":          {dataset: "dfe-eyfsp-counts", period: sixDigitYears, numerator: "good_level", base: "children"},
	"ks2_rwm":             {dataset: "dfe-key-stage-2", period: splitYearEnding, categories: []string{"all"}, value: "expected_standard_percent"},
	"ks2_rwm_disadv":      {dataset: "dfe-key-stage-2", period: splitYearEnding, categories: []string{"disadvantaged"}, value: "expected_standard_percent"},
	"ks2_rwm_nondisadv":   {dataset: "dfe-key-stage-2", period: splitYearEnding, categories: []string{"other"}, value: "expected_standard_percent"},
	"attainment8":         {dataset: "dfe-key-stage-4", period: splitYearEnding, categories: []string{"all"}, value: "attainment_8"},
	"att8_disadv":         {dataset: "dfe-key-stage-4", period: splitYearEnding, categories: []string{"disadvantaged"}, value: "attainment_8"},
	"att8_nondisadv":      {dataset: "dfe-key-stage-4", period: splitYearEnding, categories: []string{"other"}, value: "attainment_8"},
	"progress8":           {dataset: "dfe-progress-8", period: splitYearEnding, value: "progress_8"},
	"lait_l3_19":          {dataset: "dfe-level-3-by-19", period: splitYearEnding, categories: []string{"all"}, value: "level_3_percent"},
	"l3_19_gap":           {dataset: "dfe-level-3-by-19-gap", period: splitYearEnding, value: "free_school_meals_gap"},
	"l3_19_all":           {dataset: "dfe-level-3-by-19-counts", period: splitYearEnding, categories: []string{"all"}, numerator: "level_3", base: "cohort"},
	"l3_19_fsm":           {dataset: "dfe-level-3-by-19-counts", period: splitYearEnding, categories: []string{"eligible"}, numerator: "level_3", base: "cohort"},
	"l3_19_nonfsm":        {dataset: "dfe-level-3-by-19-counts", period: splitYearEnding, categories: []string{"not-eligible"}, numerator: "level_3", base: "cohort"},
	"he19_fsm":            {dataset: "dfe-higher-education-by-19", period: dashedSplitYear, categories: []string{"eligible"}, value: "higher_education_percent"},
	"gcse_em_19":          {dataset: "dfe-gcse-by-19", period: isoSplitYear, value: "english_and_maths_percent"},
	"pa_all":              {dataset: "dfe-absence", period: isoSplitYear, categories: []string{"all"}, value: "persistent_absence_percent"},
	"pa_fsm":              {dataset: "dfe-absence", period: isoSplitYear, categories: []string{"free-school-meals"}, value: "persistent_absence_percent"},
	"pa_cla":              {dataset: "dfe-absence-looked-after", period: isoSplitYear, value: "persistent_absence_percent"},
	"app_starts":          {dataset: "dfe-apprenticeships", period: isoSplitYear, value: "starts_rate"},
	"app_ach":             {dataset: "dfe-apprenticeships", period: isoSplitYear, value: "achievements_rate"},
	"fe_part":             {dataset: "dfe-further-education", period: isoSplitYear, value: "participation_rate"},
	"fe_ach":              {dataset: "dfe-further-education", period: isoSplitYear, value: "achievement_rate"},
	"l3plus":              {dataset: "ons-qualifications", period: isoCalendarYear, value: "level_3_percent", lower: "level_3_lower", upper: "level_3_upper"},
	"noquals":             {dataset: "ons-qualifications", period: isoCalendarYear, value: "no_qualifications_percent", lower: "no_qualifications_lower", upper: "no_qualifications_upper"},
	"nvq3plus_old":        {dataset: "ons-qualifications-nvq", period: plainCalendarYear, value: "level_3_percent", lower: "level_3_lower", upper: "level_3_upper"},
	"emp_rate":            {dataset: "ons-employment", period: isoCalendarYear, value: "employment_percent", lower: "employment_lower", upper: "employment_upper"},
	"inactive_rate":       {dataset: "ons-employment", period: isoCalendarYear, value: "inactive_percent", lower: "inactive_lower", upper: "inactive_upper"},
	"inactive_lts":        {dataset: "ons-long-term-sick", period: plainCalendarYear, value: "long_term_sick_percent"},
	"claimant":            {dataset: "ons-claimant-count", period: isoCalendarYear, value: "claimant_percent"},
	"fuel_poverty_lilee":  {dataset: "desnz-fuel-poverty", period: plainCalendarYear, value: "fuel_poverty_percent", numerator: "fuel_poor", base: "households"},
	"weekly_pay":          {dataset: "ons-weekly-pay", period: referenceMonth, value: "weekly_pay", lower: "lower", upper: "upper"},
	"gdhi":                {dataset: "ons-household-income", period: isoCalendarYear, value: "income_per_head"},
	"clif_rel_els_bhc":    {dataset: "dwp-low-income", period: isoSplitYear, value: "before_housing_costs_percent"},
	"bd_active":           {dataset: "ons-business-demography", period: plainCalendarYear, value: "active"},
	"bd_deaths":           {dataset: "ons-business-demography", period: plainCalendarYear, value: "deaths"},
}

// fewestChecked keeps the comparison below from passing by checking nothing.
const fewestChecked = 250

func TestFiguresEqualPublishedValues(t *testing.T) {
	t.Parallel()
	published, err := readRecords(filepath.Join(publishersFolder(t), "published_values.csv"),
		"indicator_key", "area_code", "period", "value", "lower_ci95", "upper_ci95", "numerator", "denominator")
	if err != nil {
		t.Fatal(err)
	}
	written, err := carriedOnce()
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]map[string]map[string]string{}
	checked := 0
	for _, fields := range published.rows {
		field := func(name string) string { return published.field(fields, name) }
		to, ok := destinations[field("indicator_key")]
		area, isCarried := currentArea(field("area_code"))
		if !ok || !isCarried {
			continue
		}
		if tables[to.dataset] == nil {
			tables[to.dataset] = byKey(t, written[to.dataset], len(to.categories))
		}
		when, err := to.period(field("period"))
		if err != nil {
			t.Errorf("%s: %v", field("indicator_key"), err)
			continue
		}
		key := strings.Join(append([]string{area, when}, to.categories...), " ")
		checked += to.check(t, key, tables[to.dataset][key], field)
	}
	if checked < fewestChecked {
		t.Errorf("got %d figures checked, want at least %d", checked, fewestChecked)
	}
}

// check compares one published row with the row carried, and returns how many
// figures it compared.
func (to destination) check(t *testing.T, key string, carried map[string]string, field func(string) string) int {
	t.Helper()
	checked := 0
	for from, column := range map[string]string{
		"value": to.value, "lower_ci95": to.lower, "upper_ci95": to.upper, "numerator": to.numerator, "denominator": to.base,
	} {
		if column == "" {
			continue
		}
		checked++
		want := shortest(field(from))
		if column == "level_3" && field("period") > lastCohortOf19 {
			want = "" // the file's nought stands for a cohort that is not yet 19
		}
		if got := carried[column]; got != want {
			t.Errorf("%s %s %s: got %q, want %q", to.dataset, key, column, got, want)
		}
	}
	return checked
}

// shortest writes a published number as the tables do, and anything else as
// nothing.
func shortest(text string) string {
	number, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return ""
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

func byKey(t *testing.T, contents []byte, categories int) map[string]map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(contents))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	keyed := map[string]map[string]string{}
	for _, fields := range rows[1:] {
		named := map[string]string{}
		for i, name := range rows[0] {
			named[name] = fields[i]
		}
		keyed[strings.Join(fields[:2+categories], " ")] = named
	}
	return keyed
}

// readDescribed reads a dataset.yaml and holds it to its schema.
func readDescribed(t *testing.T, id string) datasets.Dataset {
	t.Helper()
	path := filepath.Join(repositoryRoot(t), "datasets", id, "dataset.yaml")
	contents, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	document, faults := yamldoc.Decode[datasets.Dataset](path, contents)
	for _, found := range faults {
		t.Errorf("%s: %v", id, found)
	}
	return document.Value
}

func TestDescriptionsFitTheirFigures(t *testing.T) {
	t.Parallel()
	for _, dataset := range carriedDatasets() {
		t.Run(dataset.id, func(t *testing.T) {
			t.Parallel()
			about := readDescribed(t, dataset.id)
			file, err := os.Open(filepath.Join(repositoryRoot(t), "datasets", dataset.id, "figures.csv"))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			rows, err := csv.NewReader(file).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, column := range about.Columns {
				names = append(names, column.Name)
			}
			if diff := cmp.Diff(rows[0], names); diff != "" {
				t.Fatalf("header (-figures +description):\n%s", diff)
			}
			seen := map[string]bool{}
			for _, fields := range rows[1:] {
				checkRow(t, about, fields)
				key := strings.Join(fields[:len(about.Key)], " ")
				if seen[key] {
					t.Errorf("%s stands twice", key)
				}
				seen[key] = true
			}
		})
	}
}

// checkRow holds a row to its description: the period is a written form of its
// kind, numbers are numbers, and an empty cell says why it is empty.
func checkRow(t *testing.T, about datasets.Dataset, fields []string) {
	t.Helper()
	if _, err := period.Parse(period.Kind(about.Periods.Kind), fields[1]); err != nil {
		t.Errorf("%s: %v", fields[0], err)
	}
	cells := map[string]string{}
	for i, column := range about.Columns {
		cells[column.Name] = fields[i]
	}
	for i, column := range about.Columns {
		switch {
		case column.Role == "status":
			missing := cells[column.Of] == ""
			letters := strings.Fields(fields[i])
			if missing && len(letters) == 0 {
				t.Errorf("%v: %s is empty without a status", fields[:2], column.Of)
			}
			for _, letter := range letters {
				if !slices.Contains([]string{"c", "x", "z", "u", "low", "p", "r", "e", "b"}, letter) {
					t.Errorf("%v: %s has status %q", fields[:2], column.Of, letter)
				}
				if !missing && slices.Contains([]string{"c", "x", "z"}, letter) {
					t.Errorf("%v: %s has both a number and status %q", fields[:2], column.Of, letter)
				}
			}
		case column.Type == "integer" && fields[i] != "":
			if _, err := strconv.Atoi(fields[i]); err != nil {
				t.Errorf("%v: %s: %v", fields[:2], column.Name, err)
			}
		case column.Type == "number" && fields[i] != "":
			if got := shortest(fields[i]); got != fields[i] {
				t.Errorf("%v: %s: got %q, want the shortest form %q", fields[:2], column.Name, fields[i], got)
			}
		}
	}
}

func TestCarriedFromNamesTheFilesRead(t *testing.T) {
	t.Parallel()
	publishers := publishersFolder(t)
	known := map[string]bool{}
	err := filepath.WalkDir(publishers, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		contents, err := os.ReadFile(path)
		sum := sha256.Sum256(contents)
		known[entry.Name()+", "+hex.EncodeToString(sum[:])] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dataset := range carriedDatasets() {
		about := readDescribed(t, dataset.id)
		if len(about.CarriedFrom) == 0 {
			t.Errorf("%s: carried from nothing", dataset.id)
		}
		for _, source := range about.CarriedFrom {
			if !known[source] {
				t.Errorf("%s: no publisher's file is %q", dataset.id, source)
			}
		}
	}
}
