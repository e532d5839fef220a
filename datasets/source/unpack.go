package source

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// maximumUnpacked and maximumWorkbook are the greatest lengths to which compressed files may unpack: the largest that publishers ship stay
// below 100 MB, and a file of nothing but zeros, made to fill a memory, unpacks to a thousand times its length. The parts
// of a workbook are held several times over while it is read.
const (
	maximumUnpacked = 512 << 20
	maximumWorkbook = 256 << 20
)

// unpack takes a file out of gzip and zip around it. A workbook is a zip archive too, and is left alone unless its name
// or the layout says that the file lies inside. Nothing is written to disk, so that names inside cannot lead anywhere.
func unpack(dataset datasets.Dataset, file string, content Content) (string, Content, fault.List) {
	file, content, start, faults := ungzip(file, content)
	switch {
	case len(faults) > 0 || len(layoutOf(dataset).Members) > 0:
		return file, content, faults
	case isZip(start) && (layoutOf(dataset).Member != "" || strings.EqualFold(path.Ext(file), ".zip")):
		return openMember(dataset, file, content)
	}
	return file, content, nil
}

// ungzip takes a file out of gzip around it, and gives its first bytes.
func ungzip(file string, content Content) (string, Content, []byte, fault.List) {
	start, err := startOf(content, lookedAt)
	if err != nil {
		return file, nil, nil, fault.List{notRead(file, err)}
	}
	if !isGzip(start) {
		return file, content, start, nil
	}
	unpacked, err := gunzip(content)
	if err != nil {
		return file, nil, nil, fault.List{brokenArchive(file, "gzip", err)}
	}
	return strings.TrimSuffix(file, ".gz"), bytes.NewReader(unpacked), unpacked[:min(len(unpacked), lookedAt)], nil
}

// isZip knows an archive by its first bytes, an empty one too.
func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

func layoutOf(dataset datasets.Dataset) datasets.Layout {
	if dataset.Source.Layout == nil {
		return datasets.Layout{}
	}
	return *dataset.Source.Layout
}

// errTooLong is that a file unpacks to more than any publisher ships.
var errTooLong = errors.New("it unpacks to more than any publisher's file")

func gunzip(content Content) ([]byte, error) {
	return readBounded(maximumUnpacked, func() (io.ReadCloser, error) { return gzip.NewReader(io.NewSectionReader(content, 0, content.Size())) })
}

// readBounded unpacks at most limit bytes. It unpacks twice, at first only to count, so that a file made to fill a memory
// is refused before it has.
func readBounded(limit int64, open func() (io.ReadCloser, error)) ([]byte, error) {
	reader, err := open()
	if err != nil {
		return nil, err
	}
	length, err := io.Copy(io.Discard, io.LimitReader(reader, limit+1))
	closed := reader.Close()
	if err != nil {
		return nil, err
	}
	// A gzip reader tells only here that the end of the file does not fit it; a file that is too long has not been ended.
	if closed != nil && length <= limit {
		return nil, closed
	}
	if length > limit {
		return nil, errTooLong
	}
	if reader, err = open(); err != nil {
		return nil, err
	}
	data := make([]byte, length)
	_, err = io.ReadFull(reader, data)
	return data, errors.Join(err, reader.Close())
}

func brokenArchive(file, format string, err error) fault.Fault {
	if errors.Is(err, errTooLong) {
		return fault.At(file, 0, 0).Errorf("", "is too large: %v", errTooLong).Hint("look whether it is the right file")
	}
	f := fault.At(file, 0, 0).Errorf("", "is broken as a %s file: %v", format, err)
	return f.Hint("the file may have been cut short: fetch it again")
}

// openMember is the file inside a zip archive that the layout names, or the only one.
func openMember(dataset datasets.Dataset, file string, content Content) (string, Content, fault.List) {
	entries, names, err := entriesOf(content)
	if err != nil {
		return file, nil, fault.List{brokenArchive(file, "zip", err)}
	}
	place := fault.At(dataset.File, 0, 0)
	member := layoutOf(dataset).Member
	wanted, faults := compile(place, "source.layout.member", member)
	if len(faults) > 0 {
		return file, nil, faults
	}
	var chosen []*zip.File
	for _, entry := range entries {
		if member == "" || wanted.matches(entry.Name) || wanted.matches(path.Base(entry.Name)) {
			chosen = append(chosen, entry)
		}
	}
	if len(chosen) != 1 {
		f := place.Errorf("source.layout.member", "%s of the archive %s fit, exactly one must", count(len(chosen), "file"), file)
		return file, nil, fault.List{f.Hint("the archive holds: %s", listed(names))}
	}
	name := file + "!" + chosen[0].Name
	unpacked, err := readBounded(maximumUnpacked, chosen[0].Open)
	if err != nil {
		return name, nil, fault.List{brokenArchive(name, "zip", err)}
	}
	return name, bytes.NewReader(unpacked), nil
}

// entriesOf are the files of a zip archive, with their names.
func entriesOf(content Content) (entries []*zip.File, names []string, err error) {
	archive, err := zip.NewReader(content, content.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, nil, err
	}
	for _, entry := range archive.File {
		if entry.FileInfo().IsDir() || strings.HasPrefix(entry.Name, "__MACOSX/") {
			continue
		}
		entries, names = append(entries, entry), append(names, entry.Name)
	}
	return entries, names, nil
}

// listed is a list for a message, cut where it would fill more than about a line.
func listed(names []string) string {
	const enough = 12
	if len(names) > enough {
		names = append(append([]string(nil), names[:enough]...), "…")
	}
	return strings.ToValidUTF8(strings.Join(names, ", "), "\uFFFD")
}
