package source

import (
	"maps"
	"path"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// opener decodes a file; file is the name that faults give it.
type opener func(dataset datasets.Dataset, file string, content Content) (*Table, fault.List)

// formats is every way in which a file can be written, under its name, which is also the usual ending of such files.
var formats = map[string]opener{
	"csv":     openDelimited,
	"json":    inMemory(openJSON),
	"ods":     inMemory(openODS),
	"parquet": inMemory(openParquet),
	"xlsx":    inMemory(openXLSX),
}

// inMemory opens a format that cannot be read a block at a time.
func inMemory(open func(dataset datasets.Dataset, file string, data []byte) (*Table, fault.List)) opener {
	return func(dataset datasets.Dataset, file string, content Content) (*Table, fault.List) {
		data, err := whole(content)
		if err != nil {
			return nil, fault.List{notRead(file, err)}
		}
		return open(dataset, file, data)
	}
}

// textEndings are endings of delimited text besides csv.
var textEndings = []string{"tsv", "txt", "tab"}

// fileKind is the kind of a dataset whose file lies in its folder.
func fileKind(format string) kind {
	return kind{receive: receiveFile, open: func(dataset datasets.Dataset, received Received) (*Table, fault.List) {
		if len(dataset.Source.Files) > 0 {
			return openFiles(dataset, received.Content())
		}
		return openAs(format, dataset, path.Join(dataset.Folder, dataset.Source.File), received.Content())
	}}
}

// openFormat decodes a file whose format the dataset or the ending of its name says; without either it is taken for
// delimited text.
func openFormat(dataset datasets.Dataset, file string, content Content) (*Table, fault.List) {
	format := dataset.Source.Format
	if format == "" {
		format = endingOf(file)
	}
	return openAs(format, dataset, file, content)
}

func openAs(format string, dataset datasets.Dataset, file string, content Content) (*Table, fault.List) {
	file, content, faults := unpack(dataset, file, content)
	switch {
	case len(faults) > 0:
		return nil, faults
	case len(layoutOf(dataset).Members) > 0:
		return openMembers(dataset, file, content)
	}
	if format == "" {
		format = endingOf(file)
	}
	if format == "" {
		format = "csv"
	}
	open, known := formats[format]
	if !known {
		f := fault.At(dataset.File, 0, 0).Errorf("source.format", "is %q", format)
		return nil, fault.List{f.Hint("use one of: %s", strings.Join(slices.Sorted(maps.Keys(formats)), ", "))}
	}
	return open(dataset, file, content)
}

// endingOf is the format that the ending of a name says, "" for none that is known.
func endingOf(file string) string {
	file, _, _ = strings.Cut(file, "?")
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(strings.TrimSuffix(file, ".gz")), "."))
	if slices.Contains(textEndings, ending) {
		return "csv"
	}
	if _, known := formats[ending]; known {
		return ending
	}
	return ""
}
