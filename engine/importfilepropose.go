package engine

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/fault"
	"levelfield/seeds"
)

// propose recognises the layout of a file and describes it. What cannot be read is a fault of the report; of several
// indicators one has to be chosen first.
func (w ImportOptions) propose(project Project, received source.Received, report *ImportReport) (datasets.Dataset, error) {
	place := fault.At(w.File, 1, 1)
	if strange(received.Data) {
		f := place.Errorf("", "is not delimited text in UTF-8 or Windows-1252, so its layout is not recognised")
		report.Faults.Add(f.Hint("describe it by hand in a dataset.yaml, and import it with --dataset"))
		return datasets.Dataset{}, nil
	}
	sample, err := sampleOf(w.File, received.Data, w.Where)
	if err != nil {
		return datasets.Dataset{}, err
	}
	if len(sample.Headings) == 0 {
		report.Faults.Add(place.Errorf("", "is empty").Hint("the first row must name the columns"))
		return datasets.Dataset{}, nil
	}
	proposal, known := datasets.Recognise(sample)
	if !known {
		f := place.Errorf("", "has a layout that is not recognised: its headings are %s", strings.Join(sample.Headings, ", "))
		report.Faults.Add(f.Hint("describe it by hand in a dataset.yaml, and import it with --dataset; the layouts known are %s", strings.Join(datasets.Layouts(), ", ")))
		return datasets.Dataset{}, nil
	}
	report.Layout = proposal.Layout
	if proposal.Choose != "" {
		report.Choose, report.Choices = proposal.Choose, proposal.Choices
		return datasets.Dataset{}, nil
	}
	dataset := proposal.Dataset
	dataset.ID, dataset.Folder, dataset.File = proposedID, ".", "dataset.yaml"
	w.choose(&dataset, sample)
	if !utf8.Valid(received.Data) {
		layoutOf(&dataset).Encoding = "windows-1252"
		proposal.Decide = append(proposal.Decide, "source.layout.encoding: the file is not UTF-8, and is read as Windows-1252")
	}
	dataset.Licence = datasets.Licence(project.Config.Licence)
	if !allKnown(dataset, sample, project.Areas) {
		dataset.Areas.Others = "drop"
		proposal.Decide = append(proposal.Decide, "areas.others: rows of areas that are not known are left out")
	}
	w.Words.fill(&dataset)
	report.Decide, report.Proposed = proposal.Decide, string(datasets.Describe(dataset))
	if w.Write == "" {
		return dataset, nil
	}
	if err := w.writable(dataset); err != nil {
		return dataset, err
	}
	_, faults := datasets.Read("dataset.yaml", []byte(report.Proposed))
	report.Faults.Add(faults...)
	return dataset, nil
}

// strange says whether data is something else than text: a workbook, an archive, Parquet or UTF-16.
func strange(data []byte) bool {
	return bytes.ContainsRune(data[:min(len(data), 4096)], 0) || bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\x1f\x8b"))
}

// sampleOf reads the rows that where chooses. Broken rows are passed over: the import tells of them.
func sampleOf(file string, data []byte, where map[string][]string) (datasets.Sample, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	reader := csv.NewReader(bytes.NewReader(data))
	first, _, _ := bytes.Cut(data, []byte("\n"))
	for _, comma := range []rune{';', '\t', '|'} {
		if bytes.Count(first, []byte(string(comma))) > bytes.Count(first, []byte(string(reader.Comma))) {
			reader.Comma = comma
		}
	}
	reader.FieldsPerRecord, reader.ReuseRecord = -1, true
	sample := datasets.Sample{File: file}
	headings, err := reader.Read()
	if err != nil {
		return sample, nil
	}
	for _, heading := range headings {
		sample.Headings = append(sample.Headings, strings.TrimSpace(strings.ToValidUTF8(heading, "?")))
	}
	chosen, err := chosenColumns(sample.Headings, where)
	if err != nil {
		return sample, err
	}
	sample.Cells = make([]datasets.Cells, len(headings))
	offered := make([]datasets.Cells, len(headings))
	rows := 0
	for {
		record, err := reader.Read()
		var syntax *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return sample, missed(chosen, offered, sample.Headings, rows)
		case errors.As(err, &syntax):
			continue
		case err != nil:
			return sample, fmt.Errorf("read %s: %w", file, err)
		}
		kept := true
		for at, texts := range chosen {
			if at < len(record) {
				offered[at].Add(record[at])
				kept = kept && slices.Contains(texts, strings.TrimSpace(record[at]))
			}
		}
		if !kept {
			continue
		}
		rows++
		for i, cell := range record[:min(len(record), len(headings))] {
			sample.Cells[i].Add(strings.ToValidUTF8(cell, "?"))
		}
	}
}

// chosenColumns finds the headings that rows are chosen by, whatever the case of their letters; indicator is also found as
// Indicator Name.
func chosenColumns(headings []string, where map[string][]string) (map[int][]string, error) {
	chosen := map[int][]string{}
	for _, name := range slices.Sorted(maps.Keys(where)) {
		at := -1
		for _, wanted := range []string{name, name + " name"} {
			if at < 0 {
				at = slices.IndexFunc(headings, func(heading string) bool { return strings.EqualFold(heading, wanted) })
			}
		}
		if at < 0 {
			return nil, refuseImport("no column has the heading %q: the headings are %s", name, strings.Join(headings, ", "))
		}
		chosen[at] = append(chosen[at], where[name]...)
	}
	return chosen, nil
}

// missed is the error for a choice that leaves no row.
func missed(chosen map[int][]string, offered []datasets.Cells, headings []string, rows int) error {
	if rows > 0 || len(chosen) == 0 {
		return nil
	}
	at := slices.Min(slices.Collect(maps.Keys(chosen)))
	return refuseImport("no row has the %s %q: there are %s", headings[at], chosen[at][0], strings.Join(offered[at].Texts, ", "))
}

// choose puts the choice of rows into the layout, by the headings as the file has them.
func (w ImportOptions) choose(dataset *datasets.Dataset, sample datasets.Sample) {
	chosen, err := chosenColumns(sample.Headings, w.Where)
	if err != nil || len(chosen) == 0 {
		return
	}
	layout := layoutOf(dataset)
	if layout.Where == nil {
		layout.Where = map[string][]string{}
	}
	for at, texts := range chosen {
		layout.Where[sample.Headings[at]] = texts
	}
}

func layoutOf(dataset *datasets.Dataset) *datasets.Layout {
	if dataset.Source.Layout == nil {
		dataset.Source.Layout = &datasets.Layout{}
	}
	return dataset.Source.Layout
}

// allKnown says whether every code of the sample is one of an area.
func allKnown(dataset datasets.Dataset, sample datasets.Sample, areas seeds.Areas) bool {
	column := dataset.Role("area")[0]
	headings := []string{column.From}
	if column.From == "" {
		headings[0] = column.Name
	}
	if layout := dataset.Source.Layout; layout != nil && layout.FirstOf[column.From] != nil {
		headings = layout.FirstOf[column.From]
	}
	for _, heading := range headings {
		at := slices.Index(sample.Headings, heading)
		for _, code := range sample.Cells[at].Texts {
			if _, known := areas.Identify(seeds.ONS, code); !known {
				return false
			}
		}
	}
	return true
}

// fill gives a dataset the words that a person has said.
func (words ImportWords) fill(dataset *datasets.Dataset) {
	for _, one := range []struct {
		said string
		into *string
	}{{words.Title, &dataset.Title}, {words.Publisher, &dataset.Publisher}, {words.Release, &dataset.Release}, {words.Released, &dataset.Released}, {words.Label, &dataset.Label}} {
		if one.said != "" {
			*one.into = one.said
		}
	}
}

// writable says what is missing before a dataset can be written.
func (w ImportOptions) writable(dataset datasets.Dataset) error {
	var missing []string
	for _, one := range []struct{ flag, text string }{
		{"--title", dataset.Title}, {"--publisher", dataset.Publisher}, {"--release", dataset.Release}, {"--released", dataset.Released}, {"--label", dataset.Label},
	} {
		if one.text == "" {
			missing = append(missing, one.flag)
		}
	}
	if len(missing) > 0 {
		return refuseImport("--write needs %s: the file does not say it", strings.Join(missing, ", "))
	}
	for _, name := range w.targets() {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return refuseImport("%s is there already, and nothing is overwritten: name another folder with --write", name)
		}
	}
	return nil
}

// targets are the files that are written.
func (w ImportOptions) targets() []string {
	return []string{filepath.Join(w.Write, "dataset.yaml"), filepath.Join(w.Write, w.File)}
}

// write puts the description and a copy of the file into their folder.
func (w ImportOptions) write(data []byte, report *ImportReport) error {
	if err := os.MkdirAll(w.Write, 0o755); err != nil {
		return fmt.Errorf("write %s: %w", w.Write, err)
	}
	for i, text := range [][]byte{[]byte(report.Proposed), data} {
		name := w.targets()[i]
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		_, err = file.Write(text)
		if err = errors.Join(err, file.Close()); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		report.Written = append(report.Written, name)
	}
	return nil
}
