package source

import (
	"path"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// Rereader opens one received file again and again, as who describes it does who tries one description after another.
// The sheets of a workbook are kept between two openings; everything else is decoded anew.
type Rereader struct {
	received Received
	book     *workbook
	sheets   map[string]sheet
}

// Reread opens a received file by many descriptions.
func Reread(received Received) *Rereader {
	return &Rereader{received: received, sheets: map[string]sheet{}}
}

// Open is [Open] of the file by a description of it.
func (r *Rereader) Open(dataset datasets.Dataset) (*Table, fault.List) {
	kind := dataset.Source.Kind
	if kind != "xlsx" && kind != "ods" || layoutOf(dataset).Member != "" {
		return Open(dataset, r.received)
	}
	if r.book == nil {
		if faults := r.openBook(kind, path.Join(dataset.Folder, dataset.Source.File)); len(faults) > 0 {
			return nil, faults
		}
	}
	return openWorkbook(dataset, *r.book)
}

// openBook opens the workbook once, and keeps every sheet that is loaded.
func (r *Rereader) openBook(kind, file string) fault.List {
	file, content, faults := unpack(datasets.Dataset{}, file, r.received.Content())
	if len(faults) > 0 {
		return faults
	}
	data, err := whole(content)
	if err != nil {
		return fault.List{notRead(file, err)}
	}
	var book workbook
	var f *fault.Fault
	if kind == "ods" {
		book, f = bookODS(file, data)
	} else {
		book, f = bookXLSX(file, data)
	}
	if f != nil {
		return fault.List{*f}
	}
	load := book.load
	book.load = func(name string) (sheet, error) {
		if kept, known := r.sheets[name]; known {
			return kept, nil
		}
		loaded, err := load(name)
		if err == nil {
			r.sheets[name] = loaded
		}
		return loaded, err
	}
	r.book = &book
	return nil
}
