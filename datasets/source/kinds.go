package source

import (
	"context"
	"maps"
	"slices"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// kind is one way to come by rows.
type kind struct {
	receive func(context.Context, datasets.Dataset, Options) (Received, error)
	open    func(datasets.Dataset, Received) (*Table, fault.List)
}

// kinds is every kind of source under the name that a dataset.yaml uses. To add one, write its file, add its line here
// and in the schema of datasets.Source, and hold it to sourcetest.Conformance.
var kinds = map[string]kind{
	"csv":        fileKind("csv"),
	"ees":        {receive: receiveEES, open: openFetchedCSV},
	"fingertips": {receive: receiveFingertips, open: openFetchedCSV},
	"http":       {receive: receiveHTTP, open: openHTTP},
	"json":       fileKind("json"),
	"nomis":      {receive: receiveNomis, open: openNomis},
	"ods":        fileKind("ods"),
	"ons":        {receive: receiveONS, open: openFetchedCSV},
	"parquet":    fileKind("parquet"),
	"statxplore": {receive: receiveStatXplore, open: openFetchedJSON},
	"xlsx":       fileKind("xlsx"),
}

// Kinds lists the kinds of source, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }
