package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// receiveFile reads a file from the dataset's folder.
func receiveFile(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	place := fault.At(dataset.File, 0, 0)
	if !fs.ValidPath(dataset.Source.File) || dataset.Source.File == "." {
		f := place.Errorf("source.file", "%q leads out of the dataset's folder", dataset.Source.File)
		return Received{}, fault.List{f.Hint("name a file inside the folder")}
	}
	if options.Files == nil {
		return Received{}, errors.New("no project folder was given")
	}
	name := path.Join(dataset.Folder, dataset.Source.File)
	if info, err := fs.Lstat(options.Files, name); err == nil && !info.Mode().IsRegular() {
		f := place.Errorf("source.file", "%s is not a file of its own but a %s", name, kindOfFile(info.Mode()))
		return Received{}, fault.List{f.Hint("put the file itself there")}
	}
	file, err := options.Files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		f := place.Errorf("source.file", "%s is not there", name)
		return Received{}, fault.List{f.Hint("put the file there, or correct its name")}
	}
	if err != nil {
		return Received{}, fmt.Errorf("open %s: %w", name, err)
	}
	data, err := readAll(ctx, file, options.MaxBytes)
	if err = errors.Join(err, file.Close()); err != nil {
		return Received{}, fmt.Errorf("read %s: %w", name, err)
	}
	return Received{Name: path.Base(name), Data: data}, nil
}

// kindOfFile is what stands in the place of a file. A link could lead out of the project, and its figures would not be
// those that the project holds.
func kindOfFile(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "folder"
	case mode&fs.ModeSymlink != 0:
		return "link"
	}
	return "device"
}

// readAll reads to the end, at most limit bytes, and stops when the context ends.
func readAll(ctx context.Context, reader io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(cancellable{ctx, reader}, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, tooLarge(limit)
	}
	return data, err
}

func tooLarge(limit int64) error {
	return refusal(fmt.Sprintf("is larger than the limit of %d bytes: look whether it is the right file", limit))
}

// cancellable is a reader that ends with its context.
type cancellable struct {
	ctx    context.Context
	reader io.Reader
}

// Read reads unless the context has ended.
func (c cancellable) Read(buffer []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.reader.Read(buffer)
}
