package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// quarterGigabyte is just below the length to which the parts of a workbook may unpack, and bombLength beyond it.
const (
	quarterGigabyte = 250 << 20
	bombLength      = 300 << 20
)

// reparted puts other parts into the place of those of an archive.
func reparted(change func(parts []part) []part) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(figures)))
		if err != nil {
			t.Fatal(err)
		}
		put(t, folder, figures, archiveOf(t, change(partsOf(t, data))...))
	}
}

// without takes a part away.
func without(name string) func(t *testing.T, folder, figures string) {
	return reparted(func(parts []part) []part {
		var left []part
		for _, one := range parts {
			if one.name != name {
				left = append(left, one)
			}
		}
		return left
	})
}

// rewritten changes the text of a part.
func rewritten(name string, change func(text string) string) func(t *testing.T, folder, figures string) {
	return reparted(func(parts []part) []part {
		for i := range parts {
			if parts[i].name == name {
				parts[i].text = change(parts[i].text)
			}
		}
		return parts
	})
}

const (
	xlsxSheet = "xl/worksheets/sheet1.xml"
	xlsxTexts = "xl/sharedStrings.xml"
)

// half is the first half of a text, which ends in the middle of it.
func half(text string) string { return text[:len(text)/2] }

// rowsOfSheet is a sheet with so many of its rows.
func rowsOfSheet(rows int) func(text string) string {
	return func(text string) string {
		head, rest, _ := strings.Cut(text, "<row ")
		all := strings.SplitAfter("<row "+rest, "</row>\n")
		return head + strings.Join(all[:rows], "") + all[len(all)-1]
	}
}

// secondSheet adds a sheet, with what more is said of it.
func secondSheet(more string) func(t *testing.T, folder, figures string) {
	return reparted(func(parts []part) []part {
		for i, one := range parts {
			switch one.name {
			case "xl/workbook.xml":
				parts[i].text = strings.Replace(one.text, "</sheets>", `<sheet name="Notes" sheetId="2" r:id="rId3"`+more+"/></sheets>", 1)
			case "xl/_rels/workbook.xml.rels":
				parts[i].text = strings.Replace(one.text, "</Relationships>",
					`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`, 1)
			}
		}
		return append(parts, part{"xl/worksheets/sheet2.xml", "<worksheet " + xlsxNamespace + "><sheetData/></worksheet>"})
	})
}

// repeating is a long text of a head, one text again and again, and a tail, which nobody holds in memory.
type repeating struct {
	head, text, tail string
	length           int64
}

func (r repeating) writeTo(writer io.Writer) error {
	chunk := []byte(strings.Repeat(r.text, 1<<16/len(r.text)+1))
	if _, err := io.WriteString(writer, r.head); err != nil {
		return err
	}
	for written := int64(0); written < r.length; written += int64(len(chunk)) {
		if _, err := writer.Write(chunk); err != nil {
			return err
		}
	}
	_, err := io.WriteString(writer, r.tail)
	return err
}

// bombed puts a long text into the place of a part.
func bombed(name string, text repeating) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(figures)))
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		archive := zip.NewWriter(&packed)
		for _, one := range partsOf(t, data) {
			writer, err := archive.Create(one.name)
			if err != nil {
				t.Fatal(err)
			}
			if one.name == name {
				err = text.writeTo(writer)
			} else {
				_, err = io.WriteString(writer, one.text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		put(t, folder, figures, packed.Bytes())
	}
}

// sheetOf is a sheet of one element again and again.
func sheetOf(element string) repeating {
	return repeating{"<worksheet " + xlsxNamespace + "><sheetData>", element, "</sheetData></worksheet>", quarterGigabyte}
}

// oldBook begins as a workbook of the old format does, and as one behind a password, which lies in the same frame.
func oldBook(inside string) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		frame := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1000)...)
		put(t, folder, figures, append(append(frame, inUTF16([]byte(inside))...), make([]byte, 1000)...))
	}
}

// encryptedODS is a workbook whose parts are what a password makes of them, as the manifest says.
var encryptedODS = reparted(func(parts []part) []part {
	for i := range parts {
		if parts[i].name == "content.xml" {
			parts[i].text = string(junk(2000))
		}
	}
	return append(parts, part{"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">` +
		`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="2000"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`})
})
