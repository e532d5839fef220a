package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// openXLSX decodes a workbook of Excel. Cells have their stored values, not what a spreadsheet shows of them: numbers in
// full, dates as days since 1900.
func openXLSX(dataset datasets.Dataset, file string, data []byte) (*Table, fault.List) {
	book, f := bookXLSX(file, data)
	if f != nil {
		return nil, fault.List{*f}
	}
	return openWorkbook(dataset, book)
}

// bookXLSX opens a workbook.
func bookXLSX(file string, data []byte) (workbook, *fault.Fault) {
	if wrong, is := noWorkbook(file, data); is {
		return workbook{}, &wrong
	}
	book, err := openParts(data)
	if err != nil {
		broken := brokenSheet(file, err)
		return workbook{}, &broken
	}
	load := func(name string) (sheet, error) { return book.load(name, 0) }
	return workbook{file: file, names: book.names, load: load}, nil
}

// xlsxBook is the archive of a workbook: its sheets in their order, with the parts that hold them.
type xlsxBook struct {
	parts  map[string]*zip.File
	names  []string
	sheets map[string]string
	// shared is the part with the texts that cells share, "" for none, texts what it holds once it has been read.
	shared string
	texts  []string
}

// openParts finds the sheets of a workbook.
func openParts(data []byte) (*xlsxBook, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	book := &xlsxBook{parts: map[string]*zip.File{}, sheets: map[string]string{}}
	for _, part := range archive.File {
		name := partName(part.Name)
		if _, twice := book.parts[name]; twice {
			return nil, unsoundly("it holds the part %s twice", part.Name)
		}
		book.parts[name] = part
	}
	main := "xl/workbook.xml"
	for _, relation := range book.relations("_rels/.rels") {
		if strings.HasSuffix(relation.Type, "/officeDocument") {
			main = partName(relation.Target)
		}
	}
	if _, found := book.parts[main]; !found {
		return nil, otherArchive(main+", which lists the sheets", func(name string) bool { return book.parts[name] != nil })
	}
	var described struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := book.decode(main, &described); err != nil {
		return nil, err
	}
	folder, name := path.Split(main)
	// Where nothing says which part holds the shared texts, it is the one that is always called so.
	if _, found := book.parts[folder+"sharedstrings.xml"]; found {
		book.shared = folder + "sharedstrings.xml"
	}
	targets := map[string]string{}
	for _, relation := range book.relations(folder + "_rels/" + name + ".rels") {
		target := partName(relation.Target)
		if !strings.HasPrefix(relation.Target, "/") {
			target = partName(folder + relation.Target)
		}
		targets[relation.ID] = target
		if strings.HasSuffix(relation.Type, "/sharedStrings") {
			book.shared = target
		}
	}
	for _, one := range described.Sheets {
		book.names = append(book.names, one.Name)
		book.sheets[one.Name] = targets[one.ID]
	}
	return book, nil
}

// partName is a name by which parts are found, which their writers do not always spell alike.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/"))
}

// relation says which part another one refers to by an id.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations are those of a part; none where there are none that can be read, since what they lead to is then missed.
func (b *xlsxBook) relations(part string) []relation {
	var found struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := b.decode(partName(part), &found); err != nil {
		return nil
	}
	return found.Relations
}

// maximumDescription is how long a part may be that only describes others.
const maximumDescription = 4 << 20

func (b *xlsxBook) decode(part string, into any) error {
	reader, err := b.open(part, maximumDescription)
	if err != nil {
		return err
	}
	err = xml.NewDecoder(reader).Decode(into)
	return errors.Join(err, reader.Close())
}

// open begins to read a part of at most so many bytes. The archive says how long a part is, and its reader ends with an error
// where that is not so.
func (b *xlsxBook) open(part string, limit uint64) (io.ReadCloser, error) {
	entry, found := b.parts[part]
	switch {
	case !found:
		return nil, fmt.Errorf("it lacks the part %s", part)
	case isEncrypted(entry):
		return nil, errEncrypted
	case entry.UncompressedSize64 > limit:
		return nil, errTooLong
	}
	return entry.Open()
}

// load reads a sheet, all of it or its first most rows that are not empty.
func (b *xlsxBook) load(name string, most int) (sheet, error) {
	if err := b.readTexts(); err != nil {
		return sheet{}, fmt.Errorf("the texts that cells share: %w", err)
	}
	part := b.sheets[name]
	if part == "" {
		return sheet{}, unsoundly("the workbook does not say where the sheet is")
	}
	reader, err := b.open(part, maximumUnpacked)
	if err != nil {
		return sheet{}, err
	}
	rows := &xlsxReader{book: b, sheet: sheet{name: name}, known: map[string]string{}, most: most}
	err = eachToken(reader, rows.take)
	if closed := reader.Close(); err == nil {
		err = closed
	}
	switch {
	case errors.Is(err, errEnough):
	case err != nil && rows.data:
		return sheet{}, &cellError{rows.row, rows.column + 1, err}
	case err != nil:
		return sheet{}, err
	case !rows.ended:
		return sheet{}, errors.New("the sheet does not end")
	}
	return rows.sheet, nil
}

// text is a shared text.
func (b *xlsxBook) text(index int) (string, error) {
	if index < 0 || index >= len(b.texts) {
		return "", unsoundly("the cell refers to the shared text %d, and there are %d", index, len(b.texts))
	}
	return b.texts[index], nil
}

// readTexts reads the shared texts, once.
func (b *xlsxBook) readTexts() error {
	if b.shared == "" {
		return nil
	}
	reader, err := b.open(b.shared, maximumUnpacked)
	if err != nil {
		return err
	}
	texts := xlsxTexts{book: b}
	b.shared = ""
	err = eachToken(reader, texts.take)
	return errors.Join(err, reader.Close())
}
