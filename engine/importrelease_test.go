package engine_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"levelfield/engine"
)

// TestImportKeepsTwoReleasesOfPay: median weekly pay in Thurrock in April 2023 was published as £627 and later as £634.50.
// Both files are of the Office for National Statistics, each in its own layout; the figures are those that stand in them.
func TestImportKeepsTwoReleasesOfPay(t *testing.T) {
	t.Parallel()
	options := engine.Options{State: t.TempDir()}
	imported := func(path, released string) engine.ImportReport {
		t.Helper()
		file := shared(t, path)
		report, err := engine.Import(t.Context(), options, engine.ImportOptions{
			Files: os.DirFS(filepath.Dir(file)), File: filepath.Base(file), Dataset: "ons-weekly-pay",
			Words: engine.ImportWords{Release: released, Released: released},
		})
		if err != nil || len(report.Faults) > 0 {
			t.Fatalf("import %s: got %v and %v, want no fault", path, err, report.Faults)
		}
		if want := "as the release of " + released; report.Kept != want {
			t.Errorf("kept: got %q, want %q", report.Kept, want)
		}
		return report
	}
	first := imported("data/ons-explore-local-statistics-older/weekly-pay_IDS_2023-12.csv", "2023-12-01")
	if len(first.Compared) > 0 || first.Held != "no release before it is held" {
		t.Errorf("the first release: got %+v and %q, want nothing to compare with", first.Compared, first.Held)
	}
	second := imported("data/ons-explore-local-statistics/gross-median-weekly-pay.csv", "2025-10-23")
	// The project holds the release of that day too, in its own table, and of the two its own counts.
	if want := "Annual Survey of Hours and Earnings, 2023 provisional, as held in the predecessor of Explore Local Statistics, released 2023-12-01"; second.Against != want {
		t.Errorf("against: got %q, want %q", second.Against, want)
	}
	want := engine.ChangedCell{Kind: "revised", Key: []string{"E06000034", "2023-04"}, Before: "627", After: "634.5", Move: 7.5}
	at := slices.IndexFunc(second.Compared[0].Cells, func(c engine.ChangedCell) bool { return slices.Equal(c.Key, want.Key) })
	if at < 0 {
		t.Fatalf("got %+v, want Thurrock in April 2023 among the cells", second.Compared[0].Cells)
	}
	got := second.Compared[0].Cells[at]
	got.Row, got.StandardErrors = 0, 0
	if got.Kind != want.Kind || got.Before != want.Before || got.After != want.After || got.Move != want.Move {
		t.Errorf("got %+v, want %+v", got, want)
	}
	var kept []string
	err := fs.WalkDir(os.DirFS(options.State), ".", func(path string, entry fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".csv") {
			kept = append(kept, filepath.Base(path))
		}
		return err
	})
	if slices.Sort(kept); err != nil || !slices.Equal(kept, []string{"gross-median-weekly-pay.csv", "weekly-pay_IDS_2023-12.csv"}) {
		t.Errorf("got %v and %v, want both files in the archive", kept, err)
	}
	for day, figure := range map[string]float64{"2024-01-15": 627, "2025-12-31": 634.5} {
		if got := payOf(t, options, day); got != figure {
			t.Errorf("as of %s: got %v, want %v", day, got, figure)
		}
	}
}

// payOf is Thurrock's pay in April 2023 as the archive has it on a day.
func payOf(t *testing.T, options engine.Options, day string) float64 {
	t.Helper()
	options.AsOf = day
	explained, err := engine.Explain(t.Context(), options, engine.Wanted{Indicator: "weekly-pay", Period: "2023-04"})
	if err != nil {
		t.Fatal(err)
	}
	return *explained.Value.Value
}

// TestImportRefusesWhatIsNoReleaseOfTheDataset: a file in a layout that is known, with figures of something else.
func TestImportRefusesWhatIsNoReleaseOfTheDataset(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"a category that the dataset does not have": {
			"area,period,sex,median_pay\nE06000034,2024-04,Female,600\nE06000034,2024-04,Male,650\n", "the file is also by sex",
		},
		"two figures, none of the dataset's name": {
			"area,period,median_pay,mean_pay\nE06000034,2024-04,600,700\nE92000001,2024-04,650,720\n", "the dataset has figures of weekly_pay",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, err := engine.Import(t.Context(), engine.Options{State: t.TempDir()}, engine.ImportOptions{
				Files: fstest.MapFS{"next.csv": {Data: []byte(c.text)}}, File: "next.csv", Dataset: "ons-weekly-pay",
			})
			if err != nil || !strings.Contains(report.Faults.Error(), c.want) {
				t.Errorf("got %v and %v, want a fault with %q", err, report.Faults, c.want)
			}
		})
	}
}
