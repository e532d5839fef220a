package main

import (
	"archive/zip"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// workbook writes a workbook of sheets that are parted by bars: workbook OUT.xlsx "Table 1=table1.txt" notes=notes.txt.
func workbook(script *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		script.Fatalf("usage: workbook FILE NAME=FILE...")
	}
	book := excelize.NewFile()
	for _, arg := range args[1:] {
		name, file, _ := strings.Cut(arg, "=")
		_, err := book.NewSheet(name)
		script.Check(err)
		for i, line := range strings.Split(strings.TrimRight(script.ReadFile(file), "\n"), "\n") {
			reader := csv.NewReader(strings.NewReader(line))
			reader.Comma = '|'
			cells, _ := reader.Read()
			for j, cell := range cells {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				script.Check(err)
				script.Check(book.SetCellStr(name, at, cell))
			}
		}
	}
	script.Check(book.DeleteSheet("Sheet1"))
	script.Check(book.SaveAs(script.MkAbs(args[0])))
}

// zipped writes an archive of files: zipped OUT.zip FILE...
func zipped(script *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		script.Fatalf("usage: zipped FILE FILE...")
	}
	out, err := os.Create(script.MkAbs(args[0]))
	script.Check(err)
	archive := zip.NewWriter(out)
	for _, name := range args[1:] {
		entry, err := archive.Create(filepath.ToSlash(name))
		script.Check(err)
		_, err = entry.Write([]byte(script.ReadFile(name)))
		script.Check(err)
	}
	script.Check(archive.Close())
	script.Check(out.Close())
}
