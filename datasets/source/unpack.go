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

// maximumUnpacked is the greatest length to which a compressed file, or a part of a workbook, may unpack: the largest that
// publishers ship stay below 100 MB, and a file of nothing but zeros, made to fill a memory, unpacks to a thousand times its
// length. What is unpacked stays in memory, which collects as much again before it is cleared.
const maximumUnpacked = 256 << 20

// unpack takes a file out of gzip and zip around it. A workbook is a zip archive too, and is left alone unless its name
// or the layout says that the file lies inside. Nothing is written to disk, so that names inside cannot lead anywhere.
func unpack(dataset datasets.Dataset, file string, content Content) (string, Content, fault.List) {
	file, content, start, faults := ungzip(file, content)
	switch {
	case len(faults) > 0 || len(layoutOf(dataset).Members) > 0:
		return file, content, faults
	case layoutOf(dataset).Member != "" && !isZip(start):
		f := fault.At(file, 0, 0).Errorf("", "is no zip archive, as source.layout.member says")
		return file, nil, fault.List{f.Hint("look whether it is the right file, or leave member out")}
	case isZip(start) && (layoutOf(dataset).Member != "" || strings.EqualFold(path.Ext(file), ".zip")):
		return openMember(dataset, file, content)
	}
	return file, content, nil
}

// ungzip takes a file out of gzip around it, and gives its first bytes.
func ungzip(file string, content Content) (string, Content, []byte, fault.List) {
	start, err := startOf(content, looked)
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
	return strings.TrimSuffix(file, ".gz"), bytes.NewReader(unpacked), unpacked[:min(len(unpacked), looked)], nil
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

// errEncrypted is that a file of an archive lies behind a password.
var errEncrypted = errors.New("it lies behind a password")

// isEncrypted knows it by the flag of the entry, since what is read of it would only look broken.
func isEncrypted(entry *zip.File) bool { return entry.Flags&1 != 0 }

func behindPassword(file string) fault.Fault {
	return fault.At(file, 0, 0).Errorf("", "lies behind a password").Hint("save it without one")
}

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
	switch {
	case errors.Is(err, errEncrypted):
		return behindPassword(file)
	case errors.Is(err, errTooLong):
		return fault.At(file, 0, 0).Errorf("", "is too large: %v", errTooLong).Hint("look whether it is the right file; unpacked, a text may be of any length")
	case errors.Is(err, zip.ErrAlgorithm):
		return fault.At(file, 0, 0).Errorf("", "is compressed in a way that is not read").Hint("pack it again, in the usual way of zip files")
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
		f := place.Errorf("source.layout.member", "%s of the archive fit, exactly one must", count(len(chosen), "file"))
		return file, nil, fault.List{f.Hint("the archive holds: %s", listed(names))}
	}
	name := file + "!" + chosen[0].Name
	unpacked, err := unpackEntry(chosen[0], maximumUnpacked)
	if err != nil {
		return name, nil, fault.List{brokenArchive(name, "zip", err)}
	}
	return name, bytes.NewReader(unpacked), nil
}

// unpackEntry unpacks a file of an archive, of at most so many bytes.
func unpackEntry(entry *zip.File, limit int64) ([]byte, error) {
	if isEncrypted(entry) {
		return nil, errEncrypted
	}
	return readBounded(limit, entry.Open)
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
	if len(names) == 0 {
		return "nothing"
	}
	short := make([]string, len(names))
	for i, name := range names {
		short[i] = fault.Short(name)
	}
	if names = short; len(names) > enough {
		names = append(append([]string(nil), names[:enough]...), "…")
	}
	return strings.ToValidUTF8(strings.Join(names, ", "), "\uFFFD")
}
