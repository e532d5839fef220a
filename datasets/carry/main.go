// Command carry brings publishers' figures into the project's own tidy tables.
//
// It reads the files that publishers ship, each in its own layout, and writes
// one figures.csv for each built-in dataset. From the root of the repository:
//
//	go run ./datasets/carry ../shared/data
//
// The parts, in the order a figure meets them: a reader for each kind of file
// (records for CSV, workbook for XLSX, interactiveTool for Parquet); one source
// file for each publisher, which says which rows go where; areas and periods,
// which turn every publisher's codes and labels into one written form; and
// table, which sorts the rows and writes them.
//
// Three rules hold throughout. A number is written as published, in the shortest
// form that reads back as the same number. A marker never becomes a number: it
// goes into the column's status. Equal files give equal bytes.
//
// It does not fetch anything, does not calculate any rate, and does not write
// the dataset.yaml that stands beside each table.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// A carried dataset is a table's shape and the work that fills it from the
// folder of publishers' files.
type carried struct {
	id         string
	categories []string
	columns    []column
	fill       func(publishers string, into *table) error
}

// carriedDatasets lists every dataset this command writes, by publisher.
func carriedDatasets() []carried {
	groups := [][]carried{
		educationDatasets(),
		interactiveToolDatasets(),
		localStatisticsDatasets(),
		businessDatasets(),
		energyDatasets(),
		healthDatasets(),
	}
	var all []carried
	for _, group := range groups {
		all = append(all, group...)
	}
	return all
}

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
	written, err := carryAll(arguments[0])
	if err != nil {
		return err
	}
	for _, dataset := range carriedDatasets() {
		path := filepath.Join("datasets", dataset.id, "figures.csv")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("write %s: %w", dataset.id, err)
		}
		if err := renameio.WriteFile(path, written[dataset.id], 0o644); err != nil {
			return fmt.Errorf("write %s: %w", dataset.id, err)
		}
	}
	return nil
}

// carryAll returns the bytes of every figures.csv by dataset id.
func carryAll(publishers string) (map[string][]byte, error) {
	written := map[string][]byte{}
	for _, dataset := range carriedDatasets() {
		contents, err := dataset.carry(publishers)
		if err != nil {
			return nil, fmt.Errorf("carry %s: %w", dataset.id, err)
		}
		written[dataset.id] = contents
	}
	return written, nil
}

func (dataset carried) carry(publishers string) ([]byte, error) {
	into := newTable(dataset.categories, dataset.columns)
	if err := dataset.fill(publishers, into); err != nil {
		return nil, err
	}
	return into.csv()
}
