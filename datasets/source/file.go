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

// receiveFile reads a file from the dataset's folder, or several.
func receiveFile(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	if len(dataset.Source.Files) > 0 {
		return receiveFiles(ctx, dataset, options)
	}
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
	if errors.Is(err, fs.ErrPermission) {
		return Received{}, fault.List{fault.At(name, 0, 0).Unread(err)}
	}
	if err != nil {
		return Received{}, fmt.Errorf("open %s: %w", name, err)
	}
	received, err := hold(ctx, file, path.Base(name), options)
	if err != nil {
		return Received{}, fmt.Errorf("read %s: %w", name, err)
	}
	return received, nil
}

// hold takes an open file in: into memory, or where it is long and can be read anywhere, as it lies on disk.
func hold(ctx context.Context, file fs.File, name string, options Options) (Received, error) {
	disk, stays := stay(file)
	switch {
	case !stays:
		data, err := readAll(ctx, file, options.MaxBytes)
		return Received{Name: name, Data: data}, errors.Join(err, file.Close())
	case disk.Size() > options.maxOnDisk:
		return Received{}, errors.Join(tooLarge(options.maxOnDisk), file.Close())
	}
	return Received{Name: name, Disk: disk}, nil
}

// Kept takes in a file that was received before and kept, with the hash that it has now.
func Kept(ctx context.Context, file fs.File, name string) (Received, error) {
	received, err := hold(ctx, file, name, Options{}.withDefaults())
	if err == nil {
		received.SHA256, err = hashOf(ctx, received.Content())
	}
	if err != nil {
		return Received{}, fmt.Errorf("read %s: %w", name, err)
	}
	return received, nil
}

// kindOfFile is what stands in the place of a file. A link could lead out of the project, and its figures would not be
// those that the project holds.
func kindOfFile(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "folder"
	case mode&fs.ModeSymlink != 0:
		return "link"
	case mode&fs.ModeNamedPipe != 0:
		return "pipe"
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
