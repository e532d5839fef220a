package engine

import (
	"context"
	"fmt"
	"io/fs"
	"os"

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
	// Where chooses rows of a recognised file, by heading; Sheet one of the sheets of a workbook, and Member one of the
	// files of an archive.
	Where         map[string][]string
	Sheet, Member string
	// Words are the texts of a dataset.yaml that stand in no file. Of a release of a dataset, Released is the day: with it,
	// the file is kept in the archive.
	Words ImportWords
	// Write is the folder to write dataset.yaml and the file to; empty writes nothing.
	Write string
}

// ImportWords are what a person has to say of a recognised file. Publisher and Title replace what the layout says.
type ImportWords struct{ Title, Publisher, Release, Released, Label string }

// ImportReport is what a file holds.
type ImportReport struct {
	File string `json:"file"`
	// Dataset is the id of the dataset that the file was read as; Format is what the bytes are, and Layout the layout by
	// which they were recognised.
	Dataset string `json:"dataset,omitempty"`
	Format  string `json:"format,omitempty"`
	Layout  string `json:"layout,omitempty"`
	// Is says what a file is that holds no figures; Like is a dataset of the project that is described as the file is.
	Is   string `json:"is,omitempty"`
	Like string `json:"like,omitempty"`
	// Sheets is how many sheets with anything in them a workbook has, if several; Sheet are those that are read.
	Sheets     int                `json:"sheets,omitempty"`
	Sheet      string             `json:"sheet,omitempty"`
	Rows       int                `json:"rows"`
	Areas      ImportedAreas      `json:"areas"`
	Periods    ImportedPeriods    `json:"periods"`
	Categories []ImportedCategory `json:"categories"`
	Figures    []ImportedFigure   `json:"figures"`
	Markers    []MarkerCount      `json:"markers"`
	// Compared are the changes against the release before, a column each; Against is which that is, and Held says why there
	// are none. Kept says whether the file is in the archive now.
	Compared []ColumnChanges `json:"compared"`
	Against  string          `json:"against,omitempty"`
	Held     string          `json:"held,omitempty"`
	Kept     string          `json:"kept,omitempty"`
	Faults   fault.List      `json:"faults"`
	// Choose is what of which one of Choices has to be chosen before the file can be read: sheet, member, or a heading.
	Choose  string            `json:"choose,omitempty"`
	Choices []datasets.Option `json:"choices,omitempty"`
	// Decide are the lines of Proposed, a dataset.yaml, that a person has to look at; Unsaid the flags for the words that
	// it lacks.
	Decide   []string `json:"decide,omitempty"`
	Unsaid   []string `json:"unsaid,omitempty"`
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
// it holds. Nothing is written but what wanted.Write asks for, and a release of a known day into the archive; and that only
// for a file without faults.
func Import(ctx context.Context, options Options, wanted ImportOptions) (ImportReport, error) {
	report := ImportReport{File: wanted.File, Dataset: wanted.Dataset, Areas: ImportedAreas{Unknown: []UnknownArea{}}, Markers: []MarkerCount{}, Categories: []ImportedCategory{}, Figures: []ImportedFigure{}, Compared: []ColumnChanges{}, Faults: fault.List{}}
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
	defer func() { _ = received.Close() }()
	// The file is recognised and read by one reader, which decodes the sheets of a workbook once.
	file := source.Reread(received)
	dataset, known, err := wanted.describe(project, received, file, &report)
	if err != nil || !known {
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
	read, err := in.file(ctx, dataset, file, &report)
	if err != nil {
		return report, fmt.Errorf("import %s: %w", wanted.File, err)
	}
	if wanted.Dataset != "" {
		options.step("compare")
		if err := in.compare(ctx, wanted, dataset, received, &report); err != nil {
			return report, fmt.Errorf("import %s: %w", wanted.File, err)
		}
		if err := in.keepRelease(ctx, wanted, imported{dataset: dataset, received: received, parquet: read.parquet}, &report); err != nil {
			return report, fmt.Errorf("import %s: %w", wanted.File, err)
		}
	}
	report.Faults = append(fault.List{}, report.Faults.Sorted()...)
	if wanted.Write != "" && len(report.Faults.Errors()) == 0 {
		return report, wanted.write(received.Content(), &report)
	}
	return report, nil
}

// describe is the dataset that the file is read as: a release of one of the project, or the proposal of a recogniser.
func (w ImportOptions) describe(project Project, received source.Received, file *source.Rereader, report *ImportReport) (dataset datasets.Dataset, known bool, err error) {
	if w.Dataset == "" {
		return w.propose(project, received, file, report)
	}
	return w.release(project, received, file, report)
}

// file loads and checks the file and reports what it holds.
func (i *importer) file(ctx context.Context, dataset datasets.Dataset, file *source.Rereader, report *ImportReport) (loaded, error) {
	table, faults := file.Open(dataset)
	read, err := i.pour(ctx, dataset, table, faults, tableOf(dataset.ID))
	if err != nil {
		return loaded{}, err
	}
	report.Faults, report.Rows = i.project.placed(dataset, read.faults), read.rows
	if read.table == nil {
		return read, nil
	}
	report.Areas = areasOf(read.typed, i.project.Config.Focus, i.project.Config.Comparators.England)
	report.Periods = periodsOf(read.typed)
	if err := i.contents(ctx, dataset, report); err != nil {
		return loaded{}, err
	}
	found, err := i.judge(ctx, quality.Context{Areas: i.project.Areas, Today: i.options.Now}, dataset, read.table.Place, report.Faults)
	if err != nil {
		return loaded{}, err
	}
	report.Faults.Add(found...)
	return read, nil
}
