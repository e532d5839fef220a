package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/yamldoc"
)

// spec says what a dataset is carried from.
type spec struct {
	// Areas is which areas are carried: all as they stand, or if nothing is said England, its regions and its upper-tier and
	// unitary authorities, under the codes in force, and Also, and the small areas of Kinds.
	Areas string   `json:"areas,omitempty" jsonschema:"enum=all"`
	Also  []string `json:"also,omitempty"`
	Kinds []string `json:"kinds,omitempty"`
	Parts []part   `json:"parts" jsonschema:"minItems=1"`
	// Earlier are the earlier releases that the dataset.yaml names, each with a file of its own.
	Earlier []earlier `json:"earlier,omitempty"`

	id, file string
	target   datasets.Dataset
}

// earlier says what the file of an earlier release is carried from.
type earlier struct {
	File  string `json:"file" jsonschema:"minLength=1"`
	Parts []part `json:"parts" jsonschema:"minItems=1"`
}

// name is the file that is written, from the folder of datasets.
func (s spec) name() string { return s.id + "/" + s.file }

// part is what is taken of some publishers' files.
type part struct {
	// From are descriptions in the corpus whose rows are taken alike.
	From []string `json:"from" jsonschema:"minItems=1"`
	// Columns are the columns of the dataset and those of the description that they are from, or SQL over them. A column
	// brings its status with it.
	Columns map[string]string `json:"columns"`
	// Categories are the categories of the rows, as SQL; Area and Period replace those of the description.
	Categories map[string]string `json:"categories,omitempty"`
	Area       string            `json:"area,omitempty"`
	Period     string            `json:"period,omitempty"`
	// Where picks rows.
	Where string `json:"where,omitempty"`
	// Withheld is the condition, as SQL, under which a row's figures are left out and marked as suppressed (c).
	Withheld string `json:"withheld,omitempty"`
	// Group adds rows up by area, period and categories; the columns are then aggregates.
	Group bool `json:"group,omitempty"`
	// Letters adds status letters to figures that fulfil a condition: {p: "period = '2024'"}.
	Letters map[string]string `json:"letters,omitempty"`
	// Status gives the status of a column, as SQL, where it is not the description's.
	Status map[string]string `json:"status,omitempty"`
}

// readSpecs reads every specification and the dataset.yaml that each is for.
func readSpecs(root string) ([]spec, error) {
	files, err := filepath.Glob(filepath.Join(root, "datasets", "carry", "*.yaml"))
	if err != nil {
		return nil, err
	}
	collection, faults := datasets.Load(os.DirFS(root), "datasets")
	if len(faults.Errors()) > 0 {
		return nil, faults
	}
	var specs []spec
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		document, faults := yamldoc.Decode[spec](filepath.Base(file), text)
		if len(faults.Errors()) > 0 {
			return nil, faults
		}
		one := document.Value
		one.id = strings.TrimSuffix(filepath.Base(file), ".yaml")
		target, known := collection.Lookup(one.id)
		if !known {
			return nil, fmt.Errorf("%s: there is no dataset of that name", file)
		}
		one.target, one.file = target, target.Source.File
		specs = append(specs, one)
		for _, release := range one.Earlier {
			before := one
			before.file, before.Parts, before.Earlier = release.File, release.Parts, nil
			if before.target, known = releaseIn(target, release.File); !known {
				return nil, fmt.Errorf("%s: no earlier release has the file %s", file, release.File)
			}
			specs = append(specs, before)
		}
	}
	return specs, nil
}

// releaseIn is the earlier release of a dataset that stands in a file.
func releaseIn(target datasets.Dataset, file string) (datasets.Dataset, bool) {
	for _, before := range target.Before() {
		if before.Source.File == file {
			return before, true
		}
	}
	return datasets.Dataset{}, false
}

// readDescription is the description of a publisher's file in the corpus.
func readDescription(root, id string) (datasets.Dataset, error) {
	file := filepath.Join(root, "engine", "testdata", "corpus", id, "dataset.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		return datasets.Dataset{}, err
	}
	described, faults := datasets.Read(file, text)
	// The file lies in the folder of publishers' files.
	described.ID, described.File, described.Folder = id, file, "."
	if len(faults.Errors()) > 0 {
		return described, faults
	}
	return described, nil
}

// query is the query for a part's rows: area, period, the categories of the dataset, and each of its columns with its
// status.
func (p part) query(target, from datasets.Dataset) (text string, columns []string, err error) {
	selected := []string{orElse(p.Area, "area"), orElse(p.Period, "period")}
	for _, category := range target.Role("category") {
		expression, given := p.Categories[category.Name]
		if !given {
			return "", nil, fmt.Errorf("no category %s is given", category.Name)
		}
		selected = append(selected, expression)
	}
	letters := ""
	for _, letter := range slices.Sorted(maps.Keys(p.Letters)) {
		letters += fmt.Sprintf(" || CASE WHEN %s THEN ' %s' ELSE '' END", p.Letters[letter], letter)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Columns)) {
		expression := p.Columns[name]
		status := p.Status[name]
		if named := from.StatusOf(expression); status == "" && named != "" {
			status = `"` + named + `"`
		}
		if letters != "" {
			status = fmt.Sprintf("coalesce(%s, '') || CASE WHEN (%s) IS NULL THEN '' ELSE ''%s END", orElse(status, "''"), expression, letters)
		}
		status = orElse(status, "''")
		if p.Withheld != "" {
			expression = fmt.Sprintf("CASE WHEN %s THEN NULL ELSE %s END", p.Withheld, expression)
			status = fmt.Sprintf("CASE WHEN %s THEN 'c' ELSE %s END", p.Withheld, status)
		}
		selected = append(selected, expression, status)
		columns = append(columns, name)
	}
	text = "SELECT " + strings.Join(selected, ", ") + " FROM data"
	if p.Where != "" {
		text += " WHERE " + p.Where
	}
	if p.Group {
		text += " GROUP BY ALL"
	}
	return text, columns, nil
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
