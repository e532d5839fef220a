package engine

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/fault"
	"levelfield/seeds"
)

// propose recognises the layout of a file and describes it. What cannot be read is a fault of the report; of several
// sheets or indicators one has to be chosen first.
func (w ImportOptions) propose(project Project, received source.Received, file *source.Rereader, report *ImportReport) (dataset datasets.Dataset, known bool, err error) {
	sample, proposal, err := w.recognise(project, received, file, report)
	if err != nil || len(report.Faults) > 0 {
		return dataset, false, err
	}
	report.tell(sample, proposal)
	if proposal.Choose != nil || len(proposal.Dataset.Columns) == 0 {
		report.Decide = proposal.Lines(nil)
		if proposal.Unread {
			f := fault.At(w.File, 1, 1).Errorf("", "is %s", proposal.Is)
			report.Faults.Add(f.Hint("describe it by hand in a dataset.yaml, and import it with --dataset"))
			return dataset, false, nil
		}
		if w.Write != "" && proposal.Choose == nil {
			return dataset, false, refuseImport("%s is %s: there is nothing to write", w.File, proposal.Is)
		}
		return dataset, false, nil
	}
	dataset = proposal.Dataset
	dataset.ID, dataset.Folder, dataset.File = proposedID, ".", "dataset.yaml"
	dataset.Licence = datasets.Licence(project.Config.Licence)
	w.Words.fill(&dataset)
	text, err := datasets.Describe(dataset)
	if err != nil {
		return dataset, false, err
	}
	report.Like = likeOf(project, dataset)
	report.Decide, report.Proposed, report.Unsaid = proposal.Lines(text), string(text), unsaid(dataset)
	if w.Write == "" {
		return dataset, true, nil
	}
	if err := w.writable(dataset); err != nil {
		return dataset, false, err
	}
	_, faults := datasets.Read("dataset.yaml", text)
	report.Faults.Add(faults...)
	return dataset, len(faults) == 0, nil
}

// recognise finds the layout of a file. What cannot be read is a fault of the report.
func (w ImportOptions) recognise(project Project, received source.Received, file *source.Rereader, report *ImportReport) (datasets.Sample, datasets.Proposal, error) {
	sample, faults := source.Look(w.File, w.Member, received.Content())
	if w.Member != "" {
		archive, _ := source.Look(w.File, "", received.Content())
		if len(archive.Members) > 0 && !slices.Contains(archive.Members, w.Member) {
			return sample, datasets.Proposal{}, refuseImport("%s holds no file %q: there are %s", w.File, w.Member, strings.Join(archive.Members, ", "))
		}
	}
	if report.Faults.Add(faults...); len(faults) > 0 {
		return sample, datasets.Proposal{}, nil
	}
	sample.Where, sample.Sheet, sample.Released = w.Where, w.Sheet, w.Words.Released
	var refused fault.List
	sample.Rows = rowsOf(file, &refused)
	sample.Area, sample.Named = areasFor(project.Areas)
	sample.Kind = seeds.KindOf
	proposal, err := datasets.Recognise(sample)
	if errors.Is(err, datasets.ErrUnread) {
		report.Faults.Add(refused...)
		return sample, proposal, nil
	}
	if err != nil {
		return sample, proposal, refuseImport("%v", err)
	}
	return sample, proposal, nil
}

// likeOf is the dataset of the project whose columns and rows are chosen from the file as those of the proposal are: most
// likely its release before.
func likeOf(project Project, proposed datasets.Dataset) string {
	chosen := func(dataset datasets.Dataset) []any {
		layout := datasets.Layout{}
		if dataset.Source.Layout != nil {
			layout = *dataset.Source.Layout
		}
		return []any{dataset.Source.Kind, dataset.Columns, layout.Where, layout.Sheets, layout.Member}
	}
	for _, held := range project.Datasets.Datasets {
		if reflect.DeepEqual(chosen(held), chosen(proposed)) {
			return held.ID
		}
	}
	return ""
}

// rowsSeq are rows with their numbers.
type rowsSeq = iter.Seq2[int, []string]

// rowsOf reads a file by descriptions of it. Why one of them could not be read is kept in refused.
func rowsOf(file *source.Rereader, refused *fault.List) func(datasets.Dataset) ([]string, rowsSeq) {
	return func(dataset datasets.Dataset) ([]string, rowsSeq) {
		dataset.ID, dataset.Folder, dataset.File = proposedID, ".", "dataset.yaml"
		table, faults := file.Open(dataset)
		if table == nil {
			*refused = faults
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
}

// areasFor are the areas as a recogniser asks for them.
func areasFor(areas seeds.Areas) (area func(scheme, code string) (string, bool), named func(name string) []string) {
	byName := map[string][]string{}
	for _, one := range areas.All() {
		if one.Current() {
			name := strings.ToLower(one.Name)
			byName[name] = append(byName[name], one.Code)
		}
	}
	area = func(scheme, code string) (string, bool) {
		found, is := areas.Identify(seeds.Scheme(scheme), code)
		return found.Code, is
	}
	return area, func(name string) []string { return byName[strings.ToLower(name)] }
}

// tell reports what the file is and what has to be chosen of it.
func (r *ImportReport) tell(sample datasets.Sample, proposal datasets.Proposal) {
	r.Format, r.Layout, r.Is = formatOf(sample.Source), proposal.Layout, proposal.Is
	if len(sample.Sheets) > 1 {
		r.Sheets = len(sample.Sheets)
	}
	if layout := proposal.Dataset.Source.Layout; layout != nil {
		r.Sheet = strings.Join(layout.Sheets, ", ")
	}
	if proposal.Choose != nil {
		r.Choose, r.Choices = proposal.Choose.Of, proposal.Choose.Options
	}
}

// delimiterWords are the delimiters in words.
var delimiterWords = map[string]string{",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

// formatOf is what a file is, in words.
func formatOf(source datasets.Source) string {
	words := map[string]string{"csv": "text", "xlsx": "Excel workbook", "ods": "OpenDocument workbook", "parquet": "Parquet", "json": "JSON"}[source.Kind]
	if parted := delimiterWords[source.Delimiter]; parted != "" {
		words += " parted by " + parted
	}
	layout := source.Layout
	switch {
	case layout != nil && layout.Encoding != "":
		words += ", " + map[string]string{"utf-16": "UTF-16", "windows-1252": "Windows-1252"}[layout.Encoding]
	case source.Kind == "csv":
		words += ", UTF-8"
	}
	if layout != nil && layout.Member != "" {
		words += fmt.Sprintf(", the file %s of an archive", layout.Member)
	}
	if source.Path != "" {
		words += ", records at " + source.Path
	}
	return words
}
