package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// openODS decodes a workbook of the OpenDocument format. Cells have their stored values: percentages are fractions, dates
// are written 2006-01-02.
func openODS(dataset datasets.Dataset, file string, data []byte) (*Table, fault.List) {
	book, f := bookODS(file, data)
	if f != nil {
		return nil, fault.List{*f}
	}
	return openWorkbook(dataset, book)
}

// bookODS opens a workbook.
func bookODS(file string, data []byte) (workbook, *fault.Fault) {
	if wrong, is := noWorkbook(file, data); is {
		return workbook{}, &wrong
	}
	content, err := odsContent(data)
	if err != nil {
		broken := brokenSheet(file, err)
		return workbook{}, &broken
	}
	book := workbook{file: file}
	starts := map[string]int{}
	for _, found := range odsTables(content) {
		if _, twice := starts[found.name]; !twice {
			book.names = append(book.names, found.name)
			starts[found.name] = found.start
		}
	}
	book.load = func(name string) (sheet, error) { return loadODS(name, content[starts[name]:], 0) }
	return book, nil
}

// odsContent is the part of the file that holds the sheets.
func odsContent(data []byte) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	parts := map[string]*zip.File{}
	for _, part := range archive.File {
		parts[part.Name] = part
	}
	content := parts["content.xml"]
	switch {
	case content == nil:
		return nil, otherArchive("content.xml, which holds the sheets", func(name string) bool { return parts[name] != nil })
	case isEncrypted(content) || saysEncrypted(parts["META-INF/manifest.xml"]):
		return nil, errEncrypted
	}
	text, err := readBounded(maximumUnpacked, content.Open)
	if bytes.Contains(text[:min(len(text), looked)], []byte("<!DOCTYPE")) {
		return nil, errDocumentType
	}
	return text, err
}

// saysEncrypted says whether a manifest lists parts that a password is needed for.
func saysEncrypted(manifest *zip.File) bool {
	if manifest == nil {
		return false
	}
	text, err := readBounded(maximumDescription, manifest.Open)
	return err == nil && bytes.Contains(text, []byte("encryption-data"))
}

// odsTable is where a sheet begins in the content.
type odsTable struct {
	name  string
	start int
}

// odsTables finds the sheets without reading what is in them, which in a large workbook takes seconds.
func odsTables(content []byte) []odsTable {
	var tables []odsTable
	opening, attribute := []byte("<table:table "), []byte(`table:name="`)
	for from := 0; ; {
		start := bytes.Index(content[from:], opening)
		if start < 0 {
			return tables
		}
		start += from
		from = start + len(opening)
		end := bytes.IndexByte(content[start:], '>')
		if end < 0 {
			return tables
		}
		tag := content[start : start+end]
		at := bytes.Index(tag, attribute)
		if at < 0 {
			continue
		}
		name := tag[at+len(attribute):]
		if quote := bytes.IndexByte(name, '"'); quote >= 0 {
			tables = append(tables, odsTable{html.UnescapeString(string(name[:quote])), start})
		}
	}
}

// loadODS reads a sheet from where it begins, all of it or its first most rows.
func loadODS(name string, content []byte, most int) (sheet, error) {
	reader := odsReader{sheet: sheet{name: name}, number: 1}
	decoder := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := decoder.RawToken()
		if err == io.EOF {
			return sheet{}, errors.New("the sheet does not end")
		}
		if err != nil {
			return sheet{}, &cellError{reader.number, 0, err}
		}
		switch token := token.(type) {
		case xml.StartElement:
			err = reader.start(token)
		case xml.EndElement:
			err = reader.end(token)
		case xml.CharData:
			reader.characters(token)
		}
		if err != nil {
			return sheet{}, &cellError{reader.number, 0, err}
		}
		if reader.ended || most > 0 && len(reader.sheet.rows) >= most {
			return reader.sheet, nil
		}
	}
}
