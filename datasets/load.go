package datasets

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
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

// Lookup finds a sound dataset by id.
func (c Collection) Lookup(id string) (Dataset, bool) {
	document, found := c.documents[id]
	return document.Value, found && document.Value.ID != ""
}

// Known says whether there is a dataset with an id, be it faulty.
func (c Collection) Known(id string) bool { _, found := c.documents[id]; return found }

// With is the collection with other releases in the place of datasets.
func (c Collection) With(releases ...Dataset) Collection {
	c.Datasets, c.documents = slices.Clone(c.Datasets), maps.Clone(c.documents)
	for _, release := range releases {
		if at := slices.IndexFunc(c.Datasets, func(d Dataset) bool { return d.ID == release.ID }); at >= 0 {
			c.Datasets[at] = release
		}
		document := c.documents[release.ID]
		document.Value = release
		c.documents[release.ID] = document
	}
	return c
}

// Load reads dataset.yaml of every folder directly below root in fsys. A faulty one is left out and reported; that it is there
// stays known.
func Load(fsys fs.FS, root string) (Collection, fault.List) {
	collection := Collection{documents: map[string]yamldoc.Document[Dataset]{}}
	var faults fault.List
	entries, err := fs.ReadDir(fsys, root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		faults.Add(fault.At(root, 0, 0).Unread(err))
	}
	for _, entry := range entries {
		if entry.Type()&fs.ModeSymlink != 0 {
			collection.documents[entry.Name()] = yamldoc.Document[Dataset]{File: path.Join(root, entry.Name())}
			faults.Add(fault.At(path.Join(root, entry.Name()), 0, 0).Errorf("", "is no folder of its own but a link").Hint("put the folder itself there"))
			continue
		}
		if !entry.IsDir() {
			continue
		}
		file := path.Join(root, entry.Name(), "dataset.yaml")
		text, err := fs.ReadFile(fsys, file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			collection.documents[entry.Name()] = yamldoc.Document[Dataset]{File: file}
			faults.Add(fault.At(file, 0, 0).Unread(err))
			continue
		}
		document, found := yamldoc.Decode[Dataset](file, text)
		document.Value.ID, document.Value.File, document.Value.Folder = entry.Name(), file, path.Dir(file)
		if len(found.Errors()) == 0 {
			found.Add(inspect(document)...)
		}
		faults.Add(found...)
		if len(found.Errors()) > 0 {
			collection.documents[entry.Name()] = yamldoc.Document[Dataset]{File: file}
			continue
		}
		collection.documents[entry.Name()] = document
		collection.Datasets = append(collection.Datasets, document.Value)
	}
	slices.SortFunc(collection.Datasets, func(a, b Dataset) int { return strings.Compare(a.ID, b.ID) })
	return collection, faults
}

// sourceNeeds is what a kind of source is named by: a file of the dataset's folder or an address; the others ask an API.
var sourceNeeds = map[string]string{"csv": "file", "xlsx": "file", "ods": "file", "parquet": "file", "json": "file", "http": "url"}

// inspectSource applies the rules for a source, which stands at path.
func inspectSource(document yamldoc.Document[Dataset], source Source, path string) fault.List {
	var faults fault.List
	files := map[string]string{}
	if source.File != "" {
		files[path+".file"] = source.File
	}
	for i, file := range source.Files {
		files[fmt.Sprintf("%s.files[%d]", path, i)] = file
	}
	if want := sourceNeeds[source.Kind]; (want == "file") != (len(files) > 0) || want == "url" && source.URL == "" {
		faults.Add(document.At(path).Errorf(path, "kind %s needs %s", source.Kind, map[string]string{"file": "a file", "url": "a url and no file", "": "no file"}[want]))
	}
	if len(source.Files) > 0 && (source.File != "" || source.Kind != "csv") {
		part := path + ".files"
		faults.Add(document.At(part).Errorf(part, "several files are of kind csv, and stand in the place of file"))
	}
	if source.Layout != nil {
		faults.Add(inspectLayout(document, *source.Layout, path+".layout")...)
	}
	for part, file := range files {
		if leadsOut(file) {
			faults.Add(document.At(part).Errorf(part, "%q leads out of the dataset's folder", file).Hint("name a file inside the folder"))
		}
	}
	return faults
}

// leadsOut says whether a path could be of a file outside the folder that it begins in.
func leadsOut(file string) bool {
	return !fs.ValidPath(file) || strings.Contains(file, "\\")
}

// inspect applies the rules inside one file that a schema cannot say.
func inspect(document yamldoc.Document[Dataset]) fault.List {
	var faults fault.List
	dataset := document.Value
	if _, err := time.Parse(time.DateOnly, dataset.Released); err != nil {
		faults.Add(document.At("released").Errorf("released", "%q is not a day of the calendar", dataset.Released))
	}
	faults.Add(inspectSource(document, dataset.Source, "source")...)
	faults.Add(inspectColumns(document)...)
	faults.Add(inspectPeriods(document, dataset, "periods")...)
	for i, name := range dataset.Key {
		if _, known := dataset.Column(name); !known {
			part := fmt.Sprintf("key[%d]", i)
			faults.Add(document.At(part).Errorf(part, "no column %q", name))
		}
	}
	for i := range dataset.Checks {
		faults.Add(inspectCheck(document, i)...)
	}
	faults.Add(inspectEarlier(document)...)
	return faults
}

// inspectColumns applies the rules for the columns.
func inspectColumns(document yamldoc.Document[Dataset]) fault.List {
	var faults fault.List
	dataset := document.Value
	for _, role := range []string{"area", "period"} {
		if n := len(dataset.Role(role)); n != 1 {
			faults.Add(document.At("columns").Errorf("columns", "%d columns have the role %s, exactly one must", n, role))
		}
	}
	names := map[string]bool{}
	for i, column := range dataset.Columns {
		at := func(part, format string, args ...any) {
			path := fmt.Sprintf("columns[%d].%s", i, part)
			faults.Add(document.At(path).Errorf(path, format, args...))
		}
		if names[column.Name] {
			at("name", "the column %q stands twice", column.Name)
		}
		names[column.Name] = true
		if _, known := dataset.Column(column.Of); column.Of != "" && !known {
			at("of", "no column %q", column.Of)
		}
		if column.Role == "status" && column.Of == "" {
			at("role", "the status column %q does not say of which column", column.Name)
		}
	}
	return faults
}
