package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
)

// Content is the bytes of a file, wherever they are.
type Content interface {
	io.ReaderAt
	// Size is how many bytes there are.
	Size() int64
}

// keptInMemory is the longest file that is read whole. A longer one stays on disk and is read a block at a time: ten
// million person records take 300 MB.
const keptInMemory = 32 << 20

// onDisk is a file that stays on disk.
type onDisk struct {
	io.ReaderAt
	io.Closer
	size int64
}

// Size is its length when it was opened.
func (d *onDisk) Size() int64 { return d.size }

// Content is the file's bytes: those of Data, or of the file on disk.
func (r Received) Content() Content {
	if r.Disk != nil {
		return r.Disk
	}
	return bytes.NewReader(r.Data)
}

// Close lets go of a file that stays on disk.
func (r Received) Close() error {
	if closer, is := r.Disk.(io.Closer); is {
		return closer.Close()
	}
	return nil
}

// stay keeps a file open that is too long to be read whole, where its file system can be read anywhere in the file.
func stay(file fs.File) (Content, bool) {
	info, err := file.Stat()
	reader, anywhere := file.(io.ReaderAt)
	if err != nil || !anywhere || info.Size() <= keptInMemory {
		return nil, false
	}
	return &onDisk{ReaderAt: reader, Closer: file, size: info.Size()}, true
}

// whole reads a content into memory, for the formats that cannot be read a block at a time.
func whole(content Content) ([]byte, error) {
	if content.Size() > defaultMaxBytes {
		return nil, tooLarge(defaultMaxBytes)
	}
	data := make([]byte, content.Size())
	if n, err := content.ReadAt(data, 0); n < len(data) {
		return nil, err
	}
	return data, nil
}

// startOf is up to so many of the first bytes.
func startOf(content Content, most int) ([]byte, error) {
	data := make([]byte, min(int64(most), content.Size()))
	n, err := content.ReadAt(data, 0)
	if n == len(data) || errors.Is(err, io.EOF) {
		return data[:n], nil
	}
	return nil, err
}
