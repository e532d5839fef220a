package datasets_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// FuzzRecognise holds the recognisers to a proposal or an error for any file that can be looked at, and the text of a proposal
// to being read.
func FuzzRecognise(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "recognise", "*.txtar"))
	if err != nil || len(files) == 0 {
		f.Fatalf("got %d cases, %v", len(files), err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if strings.HasSuffix(archive.Files[0].Name, ".csv") {
			f.Add(archive.Files[0].Name, "", "", archive.Files[0].Data)
		}
	}
	f.Add("figures.csv", "indicator", "A", []byte("area,period,indicator,value\nE06000034,2023,A,1\nE06000034,2024,B,2\n"))
	f.Fuzz(func(t *testing.T, name, heading, text string, data []byte) {
		if name == "" || strings.ContainsAny(name, "/\x00") || os.PathSeparator == '\\' && strings.Contains(name, "\\") {
			return
		}
		sample, faults := source.Look(name, "", bytes.NewReader(data))
		if len(faults) > 0 {
			return
		}
		proposal, err := recognisedSample(sample, data, func(sample *datasets.Sample) {
			if heading != "" {
				sample.Where = map[string][]string{heading: {text}}
			}
		})
		if err != nil || len(proposal.Dataset.Columns) == 0 {
			return
		}
		written, err := datasets.Describe(proposal.Dataset)
		if err != nil {
			t.Fatal(err)
		}
		_ = proposal.Lines(written)
		if _, faults := datasets.Read("dataset.yaml", written); strings.Contains(faults.Error(), "YAML") {
			t.Errorf("the proposal is no YAML: %v\n%s", faults, written)
		}
	})
}
