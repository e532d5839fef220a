package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/archive"
	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/engine/publish"
	"levelfield/engine/quality"
)

// release is how the file is read as a release of a dataset of the project: laid out as the dataset is, or as one of its
// earlier releases was, or in a layout that is recognised. A file that fits nothing is read as the dataset is laid out, so
// that its faults are told.
func (w ImportOptions) release(project Project, received source.Received, file *source.Rereader, report *ImportReport) (datasets.Dataset, bool, error) {
	held, known := project.Datasets.Lookup(w.Dataset)
	if !known {
		return held, false, refuseImport("no dataset %q in the project", w.Dataset)
	}
	if held.Source.Kind != "http" && source.Networked(held.Source.Kind) {
		return held, false, refuseImport("the dataset %s is read from its publisher's interface (%s), and not from files", w.Dataset, held.Source.Kind)
	}
	own := w.laidOut(held)
	var faults fault.List
	if w.Sheet+w.Member == "" && len(w.Where) == 0 {
		for _, tried := range append([]datasets.Dataset{held}, held.Before()...) {
			tried = w.laidOut(tried)
			table, found := file.Open(tried)
			if table != nil {
				return tried, true, nil
			}
			if faults == nil {
				faults = project.placed(held, found)
			}
		}
	}
	recognised, is, err := w.recognisedRelease(project, held, received, file, report)
	if err != nil || is || len(report.Choices) > 0 {
		return recognised, is, err
	}
	if len(report.Faults) > 0 {
		report.Faults.Add(faults...)
		return own, false, nil
	}
	return own, true, nil
}

// laidOut is a dataset with the file in the place of its own.
func (w ImportOptions) laidOut(dataset datasets.Dataset) datasets.Dataset {
	if dataset.Source.Kind == "http" {
		ending := strings.TrimPrefix(path.Ext(w.File), ".")
		if !slices.Contains([]string{"xlsx", "ods", "parquet", "json"}, ending) {
			ending = "csv"
		}
		dataset.Source.Kind = cmp.Or(dataset.Source.Format, ending)
	}
	dataset.Source.File, dataset.Source.Files, dataset.Source.URL, dataset.Source.SHA256 = w.File, nil, "", ""
	return w.asNew(dataset)
}

// asNew is a release of which little is known yet: whether it is late cannot be said, and the comparison tells more than
// the rule of releases.
func (w ImportOptions) asNew(dataset datasets.Dataset) datasets.Dataset {
	dataset.Folder, dataset.Earlier, dataset.NextRelease = ".", nil, ""
	dataset.Released, dataset.ReleasedNote, dataset.ReleasedPrecision = cmp.Or(w.Words.Released, dataset.Released), "", ""
	dataset.Release = cmp.Or(w.Words.Release, "File "+w.File)
	dataset.Checks = slices.DeleteFunc(slices.Clone(dataset.Checks), func(check datasets.Check) bool {
		return slices.Contains([]string{"freshness", "previous-release", "agreement"}, check.Rule)
	})
	return dataset
}

// recognisedRelease is the dataset with the source of a recogniser's proposal; false for a layout that is not known or does
// not hold the dataset's columns, which is a fault of the report.
func (w ImportOptions) recognisedRelease(project Project, held datasets.Dataset, received source.Received, file *source.Rereader, report *ImportReport) (datasets.Dataset, bool, error) {
	trial := *report
	sample, proposal, err := w.recognise(project, received, file, &trial)
	if err != nil || len(trial.Faults) > 0 {
		return held, false, err
	}
	report.tell(sample, proposal)
	if len(proposal.Dataset.Columns) == 0 {
		return held, false, nil
	}
	release, err := held.AsRelease(proposal.Dataset)
	if err != nil {
		report.Faults.Add(w.noRelease(held, err))
		return held, false, nil
	}
	labels := textsOf(sample.Rows, release, "period")
	release.Periods, err = held.Periods.Reading(labels, textsOf(heldRows(project, held), held, "period"))
	if proposal.Dataset.Periods.Form == "time-identifier" {
		release.Periods, err = held.Periods, nil
		release.Periods.Form = proposal.Dataset.Periods.Form
	}
	if err != nil {
		report.Faults.Add(w.noRelease(held, err))
		return held, false, nil
	}
	return w.asNew(release), true, nil
}

// noRelease is the fault of a file of which the layout is known, and which is no release of the dataset by it.
func (w ImportOptions) noRelease(held datasets.Dataset, cause error) fault.Fault {
	f := fault.At(w.File, 0, 0).Errorf("", "cannot be read as a release of %s: %v", held.ID, cause)
	return f.Hint("look whether it is the right file, and the right dataset")
}

// heldRows reads the figures that the project holds of a dataset.
func heldRows(project Project, held datasets.Dataset) func(datasets.Dataset) ([]string, rowsSeq) {
	return func(datasets.Dataset) ([]string, rowsSeq) {
		received, err := source.Receive(context.Background(), held, source.Options{Files: project.Files})
		if err != nil {
			return nil, func(func(int, []string) bool) {}
		}
		return rowsOf(source.Reread(received), new(fault.List))(held)
	}
}

// textsOf are the different texts of the column of a role.
func textsOf(rows func(datasets.Dataset) ([]string, rowsSeq), dataset datasets.Dataset, role string) []string {
	at := slices.IndexFunc(dataset.Columns, func(c datasets.Column) bool { return c.Role == role })
	var texts []string
	seen := map[string]bool{}
	_, all := rows(dataset)
	for _, cells := range all {
		if text := cells[at]; !seen[text] {
			text = strings.Clone(text)
			seen[text] = true
			texts = append(texts, text)
		}
	}
	return texts
}

// compare reports the changes against the release before the file's own day, or against the newest where that is not
// said.
func (i *importer) compare(ctx context.Context, wanted ImportOptions, dataset datasets.Dataset, received source.Received, report *ImportReport) error {
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
	found, _, err := i.vintages(held)
	if err != nil {
		return err
	}
	i.options.Client = nil
	for _, before := range counting(found, "") {
		if wanted.Words.Released != "" && before.dataset.Released >= wanted.Words.Released || before.kept != nil && before.kept.SHA256 == received.SHA256 {
			continue
		}
		if is, err := i.loadHeld(ctx, before); err != nil || !is {
			report.Held = "the figures that the project holds cannot be read: levelfield check tells why"
			return err
		}
		report.Against = fmt.Sprintf("%s, released %s", before.dataset.Release, before.dataset.Released)
		return i.changes(ctx, dataset, report)
	}
	report.Held = "no release before it is held"
	return nil
}

// heldTable is the table of the release that a file is compared with.
const heldTable = "held"

// loadHeld loads a release that is held; false for one that cannot be read.
func (i *importer) loadHeld(ctx context.Context, before vintage) (bool, error) {
	received, err := i.receiveVintage(ctx, before)
	if err != nil {
		return false, nil
	}
	read, err := i.load(ctx, before.dataset, received, heldTable)
	if err = errors.Join(err, received.Close()); err != nil {
		return false, err
	}
	return read.table != nil && len(read.faults.Errors()) == 0, nil
}

// mostOwn is how many of an area's own cells are looked at.
const mostOwn = 1000

// changes compares every column of figures. All cells are counted; told are the newest ones of the focus area and of
// England, and then the largest moves of all areas.
func (i *importer) changes(ctx context.Context, dataset datasets.Dataset, report *ImportReport) error {
	for _, column := range dataset.Columns {
		if column.Role != "value" && column.Role != "count" {
			continue
		}
		asked := quality.Comparison{Dataset: dataset, Column: column.Name, Table: tableOf(dataset.ID), Previous: heldTable, Most: mostCells}
		all, err := quality.Compare(ctx, i.session, asked)
		if err != nil {
			return err
		}
		var told []quality.Change
		asked.Most = mostOwn
		for _, area := range []string{i.project.Config.Focus, i.project.Config.Comparators.England} {
			asked.Areas = []string{area}
			own, err := quality.Compare(ctx, i.session, asked)
			if err != nil {
				return err
			}
			cells := newestFirst(dataset, own.Cells)
			told = append(told, cells[:min(len(cells), mostCells)]...)
		}
		for _, cell := range all.Cells {
			if !slices.ContainsFunc(told, func(other quality.Change) bool { return slices.Equal(other.Key, cell.Key) }) {
				told = append(told, cell)
			}
		}
		all.Cells = told
		report.Compared = append(report.Compared, changesOf(column.Name, all))
	}
	return nil
}

// newestFirst are the revised and withdrawn cells by their period, the newest first.
func newestFirst(dataset datasets.Dataset, cells []quality.Change) []quality.Change {
	old := slices.DeleteFunc(slices.Clone(cells), func(c quality.Change) bool { return c.Kind == "new" })
	at := slices.IndexFunc(dataset.Key, func(name string) bool {
		column, _ := dataset.Column(name)
		return column.Role == "period"
	})
	if at < 0 {
		return old
	}
	of := func(c quality.Change) period.Period {
		read, _ := period.Parse(period.Kind(dataset.Periods.Kind), c.Key[at])
		return read
	}
	slices.SortStableFunc(old, func(a, b quality.Change) int { return of(b).Compare(of(a)) })
	return old
}

// keepRelease puts a file without faults into the archive as the release of its day.
func (i *importer) keepRelease(ctx context.Context, wanted ImportOptions, one imported, report *ImportReport) error {
	switch {
	case wanted.Words.Released == "":
		report.Kept = "no: --released DAY keeps it as the release of that day"
		return nil
	case len(report.Faults.Errors()) > 0:
		report.Kept = "no, since it is faulty"
		return nil
	}
	store, err := archive.Open(i.options.State)
	if err != nil {
		return err
	}
	release, err := publish.Lock(store.LockPath())
	if err != nil {
		return err
	}
	defer func() { _ = release() }()
	if err := store.Recover(); err != nil {
		return err
	}
	one.rows, one.warnings = report.Rows, report.Faults.Warnings()
	fresh, err := keep(ctx, i.session, i.folder, store, one, i.options.Now, true)
	if err != nil {
		return err
	}
	report.Kept = "as the release of " + wanted.Words.Released
	if !fresh {
		report.Kept = "the archive holds it already"
	}
	return nil
}
