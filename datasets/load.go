package datasets

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// Collection is every dataset of a project, sorted by id, with the places of their parts.
type Collection struct {
	Datasets  []Dataset
	documents map[string]yamldoc.Document[Dataset]
}

// At is the place of a part of a dataset.yaml, for faults found later.
func (c Collection) At(id, part string) fault.Place { return c.documents[id].At(part) }

// Lookup finds a dataset by id.
func (c Collection) Lookup(id string) (Dataset, bool) {
	document, found := c.documents[id]
	return document.Value, found
}

// Load reads dataset.yaml of every folder directly below root in fsys. A faulty one is left out and reported.
func Load(fsys fs.FS, root string) (Collection, fault.List) {
	collection := Collection{documents: map[string]yamldoc.Document[Dataset]{}}
	var faults fault.List
	entries, err := fs.ReadDir(fsys, root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		faults.Add(fault.At(root, 0, 0).Errorf("", "cannot be read: %v", err))
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		file := path.Join(root, entry.Name(), "dataset.yaml")
		text, err := fs.ReadFile(fsys, file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			faults.Add(fault.At(file, 0, 0).Errorf("", "cannot be read: %v", err))
			continue
		}
		document, found := yamldoc.Decode[Dataset](file, text)
		document.Value.ID, document.Value.File, document.Value.Folder = entry.Name(), file, path.Dir(file)
		if len(found.Errors()) == 0 {
			found.Add(inspect(document)...)
		}
		faults.Add(found...)
		if len(found.Errors()) == 0 {
			collection.documents[entry.Name()] = document
			collection.Datasets = append(collection.Datasets, document.Value)
		}
	}
	slices.SortFunc(collection.Datasets, func(a, b Dataset) int { return strings.Compare(a.ID, b.ID) })
	return collection, faults
}

// sourceNeeds is what a kind of source is named by: a file of the dataset's folder or an address; the others ask an API.
var sourceNeeds = map[string]string{"csv": "file", "xlsx": "file", "ods": "file", "parquet": "file", "json": "file", "http": "url"}

// inspect applies the rules inside one file that a schema cannot say.
func inspect(document yamldoc.Document[Dataset]) fault.List {
	var faults fault.List
	dataset := document.Value
	if _, err := time.Parse("2006-01-02", dataset.Released); err != nil {
		faults.Add(document.At("released").Errorf("released", "%q is not a day of the calendar", dataset.Released))
	}
	if want := sourceNeeds[dataset.Source.Kind]; (want == "file") != (dataset.Source.File != "") || want == "url" && dataset.Source.URL == "" {
		faults.Add(document.At("source").Errorf("source", "kind %s needs %s", dataset.Source.Kind, map[string]string{"file": "a file", "url": "a url and no file", "": "no file"}[want]))
	}
	if path.IsAbs(dataset.Source.File) || strings.Contains(dataset.Source.File, "..") || strings.Contains(dataset.Source.File, "\\") {
		faults.Add(document.At("source.file").Errorf("source.file", "%q leads out of the dataset's folder", dataset.Source.File))
	}
	for _, role := range []string{"area", "period"} {
		if n := len(dataset.Role(role)); n != 1 {
			faults.Add(document.At("columns").Errorf("columns", "%d columns have the role %s, exactly one must", n, role))
		}
	}
	names := map[string]bool{}
	for _, column := range dataset.Columns {
		if names[column.Name] {
			faults.Add(document.At("columns").Errorf("columns", "the column %q stands twice", column.Name))
		}
		names[column.Name] = true
	}
	check := func(part, name string) {
		if name != "" && !names[name] {
			faults.Add(document.At(part).Errorf(part, "no column %q", name))
		}
	}
	for _, column := range dataset.Columns {
		check("columns", column.Of)
		if column.Role == "status" && column.Of == "" {
			faults.Add(document.At("columns").Errorf("columns", "the status column %q does not say of which column", column.Name))
		}
	}
	faults.Add(inspectPeriods(document)...)
	for _, name := range dataset.Key {
		check("key", name)
	}
	for _, rule := range dataset.Checks {
		check("checks", rule.Column)
		check("checks", rule.Whole)
		for _, name := range rule.Parts {
			check("checks", name)
		}
	}
	return faults
}
