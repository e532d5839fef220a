// Command carry brings publishers' figures into the project's own tidy tables.
//
// From the root of the repository:
//
//	go run ./datasets/carry ../shared/data
//
// For each built-in dataset a file here says which publishers' files its figures are from, by their descriptions in
// engine/testdata/corpus, and which of their rows and columns it takes:
//
//	parts:
//	  - from: [els-gcses-in-english-and-maths]
//	    columns: {english_and_maths_percent: value}
//
// The engine reads each file as its description says, down to typed and checked rows; a query takes what is wanted of
// them; and a table puts the parts together by area, period and category and writes figures.csv, with the columns that
// the dataset.yaml beside it has. An earlier release that the dataset.yaml names has a file and parts of its own.
//
// Three rules hold throughout. A number is written as published, in the shortest form that reads back as the same number.
// A marker never becomes a number: it goes into the column's status. Equal files give equal bytes. Figures that would tell
// of a few people are left out by the condition `withheld`, and marked as suppressed.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "carry:", err)
		os.Exit(1)
	}
}

// run carries every dataset, and writes only once all of them could be read.
func run(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("usage: go run ./datasets/carry FOLDER-OF-PUBLISHERS-FILES, from the root of the repository")
	}
	written, err := carryAll(context.Background(), ".", arguments[0])
	if err != nil {
		return err
	}
	for name, text := range written {
		if err := renameio.WriteFile(filepath.Join("datasets", filepath.FromSlash(name)), text, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}
