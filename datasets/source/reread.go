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
	// book is the workbook, which was opened as one of a kind.
	book   *workbook
	kind   string
	sheets map[string]sheet
}

// Reread opens a received file by many descriptions.
func Reread(received Received) *Rereader { return &Rereader{received: received} }

// Open is [Open] of the file by a description of it.
func (r *Rereader) Open(dataset datasets.Dataset) (*Table, fault.List) {
	kind, layout := dataset.Source.Kind, layoutOf(dataset)
	if kind != "xlsx" && kind != "ods" || layout.Member != "" || len(layout.Members) > 0 || len(dataset.Source.Files) > 0 {
		return Open(dataset, r.received)
	}
	if r.book == nil || r.kind != kind {
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
	r.kind, r.sheets = kind, map[string]sheet{}
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
