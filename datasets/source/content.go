package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"unicode/utf8"

	"levelfield/engine/fault"
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

// notRead is the fault of a file whose bytes cannot be had.
func notRead(file string, err error) fault.Fault {
	return fault.At(file, 0, 0).Errorf("", "cannot be read: %v", err)
}

// isUTF8 says whether a content is UTF-8 text from its first to its last byte.
func isUTF8(content Content) bool {
	buffer := make([]byte, blockBytes)
	for at := int64(0); at < content.Size(); {
		n, err := content.ReadAt(buffer[:min(int64(len(buffer)), content.Size()-at)], at)
		if n == 0 || err != nil && !errors.Is(err, io.EOF) {
			return false
		}
		end := n
		if at+int64(n) < content.Size() {
			// A character may be cut by the end of the block.
			for end > n-utf8.UTFMax && !utf8.RuneStart(buffer[end-1]) {
				end--
			}
			end--
		}
		if !utf8.Valid(buffer[:end]) {
			return false
		}
		at += int64(end)
	}
	return true
}
