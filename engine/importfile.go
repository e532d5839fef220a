package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/fault"
	"levelfield/engine/quality"
	"levelfield/engine/warehouse"
)

// ImportOptions are what an import of one file needs.
type ImportOptions struct {
	// Files is the folder of the file, File its name there.
	Files fs.FS
	File  string
	// Dataset is the id of the dataset of which the file is a new release; empty for a file to be recognised.
	Dataset string
	// Where chooses rows of a recognised file, by heading.
	Where map[string][]string
	// Words are the texts of a dataset.yaml that stand in no file.
	Words ImportWords
	// Write is the folder to write dataset.yaml and the file to; empty writes nothing.
	Write string
}

// ImportWords are what a person has to say of a recognised file. Publisher and Title replace what the layout says.
type ImportWords struct{ Title, Publisher, Release, Released, Label string }

// ImportReport is what a file holds.
type ImportReport struct {
	File string `json:"file"`
	// Dataset is the id of the dataset that the file was read as; Layout the layout by which it was recognised.
	Dataset string          `json:"dataset,omitempty"`
	Layout  string          `json:"layout,omitempty"`
	Rows    int             `json:"rows"`
	Areas   ImportedAreas   `json:"areas"`
	Periods ImportedPeriods `json:"periods"`
	Markers []MarkerCount   `json:"markers"`
	// Compared are the changes against the figures that the project holds, a column each; Held says why there are none.
	Compared []ColumnChanges `json:"compared"`
	Held     string          `json:"held,omitempty"`
	Faults   fault.List      `json:"faults"`
	// Choose is the heading of which one of Choices has to be chosen before the file can be read.
	Choose  string   `json:"choose,omitempty"`
	Choices []string `json:"choices,omitempty"`
	// Decide are the lines of Proposed, a dataset.yaml, that a person has to look at.
	Decide   []string `json:"decide,omitempty"`
	Proposed string   `json:"proposed,omitempty"`
	Written  []string `json:"written,omitempty"`
}

// ImportError is a request that cannot be met as it was made; the file itself may be sound.
type ImportError struct{ Message string }

// Error is the message.
func (e *ImportError) Error() string { return e.Message }

func refuseImport(format string, args ...any) error {
	return &ImportError{fmt.Sprintf(format, args...)}
}

// mostCells is how many changed cells of a column are listed.
const mostCells = 5

// proposedID is the id of a dataset that has no folder yet.
const proposedID = "proposed"

// Import reads one file, as the new release of a dataset of the project or by its publisher's layout, and reports what
// it holds. Nothing is written but what wanted.Write asks for, and that only for a file without faults.
func Import(ctx context.Context, options Options, wanted ImportOptions) (ImportReport, error) {
	report := ImportReport{File: wanted.File, Dataset: wanted.Dataset, Areas: ImportedAreas{Unknown: []UnknownArea{}}, Markers: []MarkerCount{}, Compared: []ColumnChanges{}, Faults: fault.List{}}
	options.step("load")
	project, faults := Load(options.project())
	_, sound := project.Datasets.Lookup(wanted.Dataset)
	if project.Config.Focus == "" || !sound && project.Datasets.Known(wanted.Dataset) {
		return report, faults.Err()
	}
	received, err := source.Receive(ctx, datasets.Dataset{ID: wanted.File, Source: datasets.Source{Kind: "csv", File: wanted.File}, Folder: "."}, source.Options{Files: wanted.Files})
	if err != nil {
		return report, err
	}
	dataset, err := wanted.describe(project, received, &report)
	if err != nil || len(report.Faults) > 0 || len(report.Choices) > 0 {
		return report, err
	}
	folder, err := os.MkdirTemp("", "levelfield-")
	if err != nil {
		return report, fmt.Errorf("make room for the warehouse: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	session, err := warehouse.Open(ctx, warehouse.Options{Memory: options.Memory, Threads: options.Threads, TempDir: folder})
	if err != nil {
		return report, err
	}
	defer func() { _ = session.Close() }()
	options.step("import and check")
	in := importer{options: options, project: &project, session: session, folder: folder}
	// Expressions that are refused are for check to tell: the file is judged by those that are not.
	if in.plan, _, err = makePlan(ctx, project, session); err != nil {
		return report, err
	}
	if err := in.file(ctx, dataset, received, &report); err != nil {
		return report, fmt.Errorf("import %s: %w", wanted.File, err)
	}
	if wanted.Dataset != "" {
		options.step("compare")
		if err := in.compare(ctx, dataset, &report); err != nil {
			return report, fmt.Errorf("import %s: %w", wanted.File, err)
		}
	}
	report.Faults = append(fault.List{}, report.Faults.Sorted()...)
	if wanted.Write != "" && len(report.Faults.Errors()) == 0 {
		return report, wanted.write(received.Data, &report)
	}
	return report, nil
}

// describe is the dataset that the file is read as: one of the project with the file in the place of its own, or the
// proposal of a recogniser.
func (w ImportOptions) describe(project Project, received source.Received, report *ImportReport) (datasets.Dataset, error) {
	if w.Dataset == "" {
		return w.propose(project, received, report)
	}
	dataset, known := project.Datasets.Lookup(w.Dataset)
	if !known {
		return dataset, refuseImport("no dataset %q in the project", w.Dataset)
	}
	kind := dataset.Source.Kind
	if kind == "http" {
		ending := strings.TrimPrefix(path.Ext(w.File), ".")
		if !slices.Contains([]string{"xlsx", "ods", "parquet", "json"}, ending) {
			ending = "csv"
		}
		kind = cmp.Or(dataset.Source.Format, ending)
	}
	if source.Networked(kind) {
		return dataset, refuseImport("the dataset %s is read from its publisher's interface (%s), and not from files", w.Dataset, kind)
	}
	dataset.Folder, dataset.Source.Kind, dataset.Source.File, dataset.Source.SHA256 = ".", kind, w.File, ""
	// The release of the file is not known, so whether it is late cannot be; Compare tells more than the rule of
	// releases.
	dataset.Checks = slices.DeleteFunc(slices.Clone(dataset.Checks), func(check datasets.Check) bool {
		return check.Rule == "freshness" || check.Rule == "previous-release"
	})
	return dataset, nil
}

// file loads and checks the file and reports what it holds.
func (i *importer) file(ctx context.Context, dataset datasets.Dataset, received source.Received, report *ImportReport) error {
	read, err := i.load(ctx, dataset, received, tableOf(dataset.ID))
	if err != nil {
		return err
	}
	report.Faults, report.Rows = i.placed(dataset, read.faults), read.rows
	if read.table == nil {
		return nil
	}
	report.Areas = areasOf(read.typed, i.project.Config.Focus, i.project.Config.Comparators.England)
	report.Periods = periodsOf(read.typed)
	if report.Markers, err = i.markers(ctx, dataset); err != nil {
		return err
	}
	found, err := i.judge(ctx, quality.Context{Areas: i.project.Areas, Today: i.options.Now}, dataset, read.table.Place, report.Faults)
	if err != nil {
		return err
	}
	report.Faults.Add(found...)
	return nil
}

// compare reports the changes against the figures that the project holds now.
func (i *importer) compare(ctx context.Context, dataset datasets.Dataset, report *ImportReport) error {
	if report.Rows == 0 {
		report.Held = "no row was read, so nothing is compared"
		return nil
	}
	held, known := i.project.Datasets.Lookup(dataset.ID)
	if !known {
		return nil
	}
	if err := i.openArchive(); err != nil {
		return err
	}
	var faults fault.List
	i.options.Client = nil
	received, err := i.receive(ctx, held)
	switch {
	case errors.As(err, &faults), err != nil && source.Networked(held.Source.Kind):
		report.Held = "the project holds no figures of it yet"
		return nil
	case err != nil:
		return err
	}
	const table = "held"
	read, err := i.load(ctx, held, received, table)
	if err != nil {
		return err
	}
	if read.table == nil || len(read.faults.Errors()) > 0 {
		report.Held = "the figures that the project holds are faulty: levelfield check tells how"
		return nil
	}
	for _, column := range dataset.Columns {
		if column.Role != "value" && column.Role != "count" {
			continue
		}
		changes, err := quality.Compare(ctx, i.session, quality.Comparison{
			Dataset: dataset, Column: column.Name, Table: tableOf(dataset.ID), Previous: table, Most: mostCells,
		})
		if err != nil {
			return err
		}
		report.Compared = append(report.Compared, changesOf(column.Name, changes))
	}
	return nil
}
