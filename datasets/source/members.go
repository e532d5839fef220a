package source

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"path"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// receiveFiles reads the several files of a release and puts them together to one archive, which holds each as it is.
func receiveFiles(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	var faults fault.List
	for i, name := range dataset.Source.Files {
		one := dataset
		one.Source.File, one.Source.Files = name, nil
		received, err := receiveFile(ctx, one, options)
		if found, are := err.(fault.List); are {
			for _, f := range found {
				f.Path = fmt.Sprintf("source.files[%d]", i)
				faults.Add(f)
			}
			continue
		}
		if err != nil {
			return Received{}, err
		}
		data, err := whole(received.Content())
		if closed := received.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return Received{}, fmt.Errorf("read %s: %w", name, err)
		}
		if int64(packed.Len())+int64(len(data)) > options.MaxBytes {
			return Received{}, fmt.Errorf("read %s: the files together are %w", name, tooLarge(options.MaxBytes))
		}
		// Neither compressed nor dated, so that equal files make equal archives.
		entry, err := writer.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return Received{}, fmt.Errorf("put %s together with the other files: %w", name, err)
		}
		if _, err := entry.Write(data); err != nil {
			return Received{}, fmt.Errorf("put %s together with the other files: %w", name, err)
		}
	}
	if len(faults) > 0 {
		return Received{}, faults
	}
	if err := writer.Close(); err != nil {
		return Received{}, fmt.Errorf("put the files together: %w", err)
	}
	return Received{Name: "files.zip", Data: packed.Bytes()}, nil
}

// openFiles decodes the several files of a release, in the order in which the dataset lists them.
func openFiles(dataset datasets.Dataset, content Content) (*Table, fault.List) {
	entries, _, err := entriesOf(content)
	if err != nil {
		return nil, fault.List{brokenArchive(path.Join(dataset.Folder, "files.zip"), "zip", err)}
	}
	return openEntries(dataset, dataset.Folder, entries, func(name string) string { return path.Join(dataset.Folder, name) })
}

// openMembers decodes those files of a zip archive that the layout names, in the order in which it names them.
func openMembers(dataset datasets.Dataset, file string, content Content) (*Table, fault.List) {
	entries, names, err := entriesOf(content)
	if err != nil {
		return nil, fault.List{brokenArchive(file, "zip", err)}
	}
	place := fault.At(dataset.File, 0, 0)
	patterns, faults := compileAll(place, "source.layout.members", layoutOf(dataset).Members)
	if len(faults) > 0 {
		return nil, faults
	}
	var chosen []*zip.File
	taken := map[string]*zip.File{}
	for i, wanted := range patterns {
		fits := 0
		for _, entry := range entries {
			if !wanted.matches(entry.Name) && !wanted.matches(path.Base(entry.Name)) {
				continue
			}
			fits++
			switch first := taken[entry.Name]; {
			case first == nil:
				taken[entry.Name] = entry
				chosen = append(chosen, entry)
			case first != entry:
				f := fault.At(file+"!"+entry.Name, 0, 0).Errorf("", "stands twice in the archive")
				faults.Add(f.Hint("pack it again with the one that is meant"))
			}
		}
		if fits == 0 {
			f := place.Errorf("source.layout.members", "the archive has no file %s", layoutOf(dataset).Members[i])
			faults.Add(f.Hint("the archive holds: %s", listed(names)))
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return openEntries(dataset, file, chosen, func(name string) string { return file + "!" + name })
}

// openEntries decodes files of delimited text as layers of one table; called is what faults call each.
func openEntries(dataset datasets.Dataset, file string, entries []*zip.File, called func(name string) string) (*Table, fault.List) {
	var layers []layer
	left := int64(maximumUnpacked)
	for _, entry := range entries {
		name := called(entry.Name)
		data, err := unpackEntry(entry, left)
		if err != nil {
			return nil, fault.List{brokenArchive(name, "zip", err)}
		}
		left -= int64(len(data))
		layers = append(layers, layer{
			from: origin{heading: "_file", name: entry.Name, text: true},
			open: func() (records, fault.List) { return openText(dataset, name, data) },
		})
	}
	table, faults := openStacked(dataset, file, layers)
	if table != nil {
		table.large = maximumUnpacked-left > keptInMemory
	}
	return table, faults
}

// openText reads a file among several.
func openText(dataset datasets.Dataset, name string, data []byte) (records, fault.List) {
	text, faults := textRecords(dataset, name, bytes.NewReader(data))
	if len(faults) > 0 {
		return nil, faults
	}
	return text, nil
}
