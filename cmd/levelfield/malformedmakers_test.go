package main

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// makers change a project as no text can say; figures is the path of the figures below folder. Those of one kind of file
// stand together in a file of their own.
var makers = map[string]func(t *testing.T, folder, figures string){
	"hole":            hole,
	"junk":            func(t *testing.T, folder, figures string) { put(t, folder, figures, junk(40_000)) },
	"long-line":       longLine,
	"mixed-line-ends": alter(mixedLineEnds),
	"truncated":       alter(func(data []byte) []byte { return data[:len(data)*2/3] }),
	// Archives.
	"gzip-bomb":     gzipZeros,
	"gzip-checksum": alter(spoiltEnd),
	"gzip-fault": func(t *testing.T, folder, figures string) {
		gzipped(string(manyBirths(writeCSV(t, readFigures(t, "testdata/project")))))(t, folder, figures)
	},
	"gzip-header": alter(func(data []byte) []byte { return data[:10] }),
	"gzip-is-text": func(t *testing.T, folder, figures string) {
		put(t, folder, figures, writeCSV(t, readFigures(t, "testdata/project")))
	},
	"gzip-near-bomb": gzipBomb(250),
	"gzip-twice": func(t *testing.T, folder, figures string) {
		gzipped(string(packed(t, []byte("area\n"))))(t, folder, figures)
	},
	"gzip-web-page": gzipped("<!DOCTYPE html><html><body>Sign in</body></html>"),
	"zip-absolute":  archived(part{"/etc/cron.d/levelfield", "code,value\nA,1\n"}),
	"zip-bomb":      packedBomb(600),
	"zip-checksum":  rawMember(func(header *zip.FileHeader) { header.CRC32++ }),
	"zip-empty":     archived(),
	"zip-encrypted": rawMember(func(header *zip.FileHeader) { header.Flags |= 1 }),
	"zip-method":    rawMember(func(header *zip.FileHeader) { header.Method = 14 }),
	"zip-near-bomb": packedBomb(250),
	"zip-nested":    nested,
	"zip-traversal": archived(part{"../employment/figures.csv", "code,value\nA,1\n"}),
	"zip-twice":     reparted(func(parts []part) []part { return append(parts, part{"business.csv", "area,period\n"}) }),
	// Data files.
	"cube-claims":    func(t *testing.T, folder, figures string) { put(t, folder, figures, []byte(claims())) },
	"cube-items":     document(`{"measures":[{"uri":"b","label":"Births"}],"fields":[{"uri":"f","label":"Field","items":[{}`, ",{}", `]}],"cubes":{"b":{"values":[]}}}`, 10_000_000),
	"cube-no-fields": document(`{"measures":[],"fields":[],"cubes":{}}`, "", "", 0),
	"json-deep":      document("", "[", strings.Repeat("]", 100_000), 100_000),
	"json-deep-record": alter(func(text []byte) []byte {
		deep := strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000)
		return bytes.Replace(text, []byte("[\n{"), []byte("[\n{\"note\":"+deep+","), 1)
	}),
	"json-lines":             document("[", "\n", "]", 100<<20),
	"json-numbers":           document("[0", ",1", "]", 50_000_000),
	"parquet-column-missing": bornInstead,
	"parquet-footer":         overwritten(-200, 150),
	"parquet-footer-length":  alter(longFooter),
	"parquet-fractions":      birthsAsFractions,
	"parquet-magic":          overwritten(0, 1),
	"parquet-nan":            birthsNotFinite,
	"parquet-nested":         birthsAsLists,
	"parquet-page":           overwritten(4, 60),
	"parquet-rows":           alter(moreRows),
	"parquet-text":           birthsAsText,
	// Files.
	"definition-folder": inProject("datasets/business/dataset.yaml", instead(emptyFolder)),
	"definition-huge":   inProject("datasets/business/dataset.yaml", huge),
	"definition-pipe":   inProject("datasets/business/dataset.yaml", instead(pipe)),
	"disappeared":       onDisk(instead(nothing)),
	"folder":            onDisk(instead(emptyFolder)),
	"folder-link":       inProject("datasets/business", moved),
	"link":              onDisk(moved),
	"no-permission":     onDisk(closed),
	"pipe":              onDisk(instead(pipe)),
	"project-pipe":      inProject("levelfield.yaml", instead(pipe)),
	// Workbooks.
	"encrypted-ods":      encryptedODS,
	"encrypted-workbook": oldBook("EncryptedPackage"),
	"ods-as-xlsx": func(t *testing.T, folder, figures string) {
		put(t, folder, figures, writeODS(t, [][]string{{"area"}, {"E06000033"}}))
	},
	"ods-bomb": bombed("content.xml", repeating{"<office:document-content>", " ", "</office:document-content>", bombLength}),
	"ods-cells": rewritten("content.xml", func(text string) string {
		return strings.Replace(text, "<table:table-row>", `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell>`, 1)
	}),
	"ods-cut-sheet":       rewritten("content.xml", half),
	"ods-without-content": without("content.xml"),
	"old-workbook":        oldBook("Workbook"),
	"xlsx-bomb":           bombed(xlsxSheet, repeating{"<worksheet>", " ", "</worksheet>", bombLength}),
	"xlsx-cells":          bombed(xlsxSheet, sheetOf(`<row><c r="XFD1"><v>1</v></c></row>`)),
	"xlsx-cut-sheet":      rewritten(xlsxSheet, half),
	"xlsx-headings-only":  rewritten(xlsxSheet, rowsOfSheet(1)),
	"xlsx-hidden-sheet":   secondSheet(` state="hidden"`),
	"xlsx-long-text":      bombed(xlsxTexts, repeating{"<sst><si><t>", "a", "</t></si></sst>", 200 << 20}),
	"xlsx-no-rows":        rewritten(xlsxSheet, rowsOfSheet(0)),
	"xlsx-part-twice":     reparted(func(parts []part) []part { return append(parts, parts[len(parts)-2]) }),
	"xlsx-rows":           bombed(xlsxSheet, sheetOf("<row><c><v>1</v></c></row>")),
	"xlsx-second-sheet":   secondSheet(""),
	"xlsx-texts":          bombed(xlsxTexts, repeating{"<sst>", "<si/>", "</sst>", quarterGigabyte}),
	"xlsx-without-sheet":  without(xlsxSheet),
	"xlsx-without-texts":  without(xlsxTexts),
	"utf-16":              alter(func(text []byte) []byte { return inUTF16(append([]byte("\uFEFF"), text...)) }),
	"utf-16-without-mark": alter(inUTF16),
}

// manyBirths puts a word into the place of a figure.
func manyBirths(text []byte) []byte {
	return bytes.Replace(text, []byte("E06000033,2024,855,"), []byte("E06000033,2024,many,"), 1)
}
