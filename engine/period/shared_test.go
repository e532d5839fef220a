package period_test

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"levelfield/engine/period"
)

// TestEveryLabelOfThePublishersIsRead reads every period of the publishers' files that lie beside the repository.
func TestEveryLabelOfThePublishersIsRead(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../../../shared/data")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(root); err != nil {
		t.Skip("shared data not present: " + root)
	}
	meant := func(kind period.Kind) period.Meaning { return period.Meaning{Kind: kind} }
	ending := func(kind period.Kind) period.Meaning { return period.Meaning{Kind: kind, Names: period.End} }
	winter := period.Meaning{Kind: period.Months, Months: "Dec to Feb", Names: period.End}
	for _, c := range []struct {
		files, column string
		form          period.Form
		meaning       period.Meaning
		labels        int
	}{
		{"dfe-neet-nccis/neet_20??.csv", "time_period", period.TimeIdentifier, winter, 5},
		{"dfe-attainment-age-19/*.csv", "cohort_19_in", period.Year, ending(period.Academic), 21},
		{"dfe-ees-children-social-care/ks4_la.csv", "time_period", period.TimeIdentifier, meant(period.Academic), 7},
		{"dfe-ees-children-social-care/la_care_leavers_activity.csv", "time_period", period.TimeIdentifier, meant(period.Financial), 5},
		{"dfe-ees-lad/ks4-destinations-*.csv", "time_period", period.TimeIdentifier, meant(period.Academic), 14},
		{"dfe-ees-lad/fe-achievements_PERMALINK-format.csv", "time_period", period.SixDigits, meant(period.Academic), 6},
		{"dfe-ees-lad/fsm_time_series.csv", "time_period", period.TimeIdentifier, meant(period.Term), 6},
		{"dfe-ees-school-la/EYFSP_*2018.csv", "time_period", period.TimeIdentifier, meant(period.Academic), 6},
		{"dfe-ees-school-la/SEN2_MI.csv", "time_period", period.TimeIdentifier, meant(period.Calendar), 5},
		{"employment-gap/ascof_trend_*.csv", "Year", period.DashYears, meant(period.Financial), 7},
		{"employment-gap/fingertips_*.csv", "Time period", period.SlashYears, meant(period.Financial), 9},
		{"employment-gap/fingertips_*.csv", "Time period Sortable", period.Sortable, meant(period.Financial), 9},
		{"ohid-fingertips/indicators-CountyUA.data.csv", "Time period Sortable", period.Sortable, meant(period.Calendar), 3},
		{"ohid-fingertips/trafforddatalab_school_readiness_fsm.csv", "period", period.SlashYears, meant(period.Academic), 6},
		{"ons-explore-local-statistics/apprenticeships.csv", "period", period.StartDuration, meant(period.Academic), 6},
		{"ons-explore-local-statistics/early-years.csv", "period", period.StartDuration, meant(period.Academic), 4},
		{"ons-explore-local-statistics/business-demography.csv", "period", period.StartDuration, meant(period.Calendar), 6},
		{"ons-explore-local-statistics/claimant-count.csv", "period", period.StartDuration, meant(period.Calendar), 25},
		{"ons-explore-local-statistics/employment-rate.csv", "period", period.StartDuration, meant(period.Rolling), 20},
		{"ons-explore-local-statistics/children-in-relative-poverty.csv", "period", period.StartDuration, meant(period.Financial), 4},
		{"ons-explore-local-statistics/healthy-life-expectancy.csv", "period", period.StartDuration, meant(period.Pooled), 12},
		{"ons-explore-local-statistics/gross-median-weekly-pay.csv", "period", period.Date, meant(period.Month), 18},
		{"ons-explore-local-statistics/gigabit-capable-broadband.csv", "period", period.Date, meant(period.Instant), 1},
		{"ons-explore-local-statistics/short-term-let-number-of-guests-nights.csv", "period", period.StartDuration, meant(period.Month), 30},
		{"ons-explore-local-statistics-older/gcse19_IDS_2023-05.csv", "Period", period.SixDigits, meant(period.Academic), 6},
		{"ons-explore-local-statistics-older/apprenticeship-starts_IDS_2023-12.csv", "Period", period.StartDuration, period.Meaning{}, 6},
		{"ons-explore-local-statistics-older/weekly-pay_IDS_2023-12.csv", "Period", period.Year, meant(period.Calendar), 22},
	} {
		found := distinct(t, filepath.Join(root, filepath.FromSlash(c.files)), c.column, c.form == period.TimeIdentifier)
		if len(found) != c.labels {
			t.Errorf("%s: got %d labels (%v), want %d", c.files, len(found), found, c.labels)
		}
		for _, label := range found {
			if _, err := period.Read(c.form, label, c.meaning); err != nil {
				t.Errorf("%s: %v", c.files, err)
			}
		}
	}
}

// distinct is every label in a column of files, with the time identifier beside it where one is asked for.
func distinct(t *testing.T, pattern, column string, identified bool) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: got no file (%v)", pattern, err)
	}
	seen := map[string]bool{}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		reader := csv.NewReader(file)
		reader.FieldsPerRecord, reader.ReuseRecord = -1, true
		header, err := reader.Read()
		if err != nil {
			t.Fatal(err)
		}
		headings := slices.Clone(header)
		headings[0] = strings.TrimPrefix(headings[0], "\ufeff")
		at, beside := slices.Index(headings, column), slices.Index(headings, "time_identifier")
		for {
			record, err := reader.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			label := record[at]
			if identified {
				label += " " + record[beside]
			}
			if !seen[label] {
				seen[strings.Clone(label)] = true
			}
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var labels []string
	for label := range seen {
		labels = append(labels, label)
	}
	slices.Sort(labels)
	return labels
}
