// Package source is where rows come from: it receives the file of a dataset, from the project folder or from its
// publisher, and decodes it to clean rows of text.
//
// [Receive] obtains the file as its publisher ships it, and says whether it is the same as the one received before.
// [Open] binds its headings to the columns of the dataset and returns a [Table], whose [Table.Next] gives one row after
// another with the line at which it begins, as an editor shows it:
//
//	received, err := source.Receive(ctx, dataset, source.Options{Files: project})
//	table, faults := source.Open(dataset, received)
//	if table == nil {
//		return faults
//	}
//	for {
//		row, cells, err := table.Next() // cells stand in the order of dataset.Columns
//		if err == io.EOF {
//			break
//		}
//	}
//	faults.Add(table.Faults()...)
//
// The kinds are files (csv, xlsx, ods, parquet, json), any of them at an address (http), and the interfaces of publishers
// (ees, fingertips, nomis, ons, statxplore), whose pages are put together to one file before anything is decoded.
//
// Most files need more than that: titles, footers, several sheets, periods across. datasets.Layout says how a file is laid
// out, and works on every format: sections.go reads what stands around the figures, shaping.go changes and chooses rows,
// stacked.go puts sheets together. A row keeps its place in the file throughout, so that a fault of a cell names its
// sheet, row and column.
//
// [Look] goes the other way: it finds out what a file is that nobody has described, by its bytes, and gives the first rows of
// every sheet. [Reread] opens such a file by one description after another.
//
// A kind of source is one file, registered in kinds.go and held to the suite of sourcetest. The package types no
// column, applies no marker and keeps nothing on disk: engine/warehouse types, engine/archive keeps.
package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// ErrOffline is wrapped by the error for a dataset that lies on the network when [Options] allow no network.
var ErrOffline = errors.New("the network is not used here")

const (
	// defaultMaxBytes is three times the largest file that publishers ship, and far below what would exhaust a small
	// machine.
	defaultMaxBytes = 256 << 20
	// defaultMaxOnDisk holds a thousand million records: more is a mistake, or work for a server.
	defaultMaxOnDisk = 64 << 30
	// defaultTimeout gives a file of that size time to arrive at 1 MB a second, and no unattended job a night to hang.
	defaultTimeout = 5 * time.Minute
)

// Received is a file as it was received.
type Received struct {
	// Name is the file's own name, without folders.
	Name string `json:"name"`
	// Data is the file. One that is large stays on disk instead, and is Disk: [Received.Content] is either.
	Data   []byte  `json:"-"`
	Disk   Content `json:"-"`
	SHA256 string  `json:"sha256"`
	// ETag and LastModified are what a server said of the file's version, for the next conditional request.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	URL          string `json:"url,omitempty"`
	// NotModified says that the file is the one in Options.Previous.
	NotModified bool `json:"-"`
}

// Options are what Receive may use. The zero Options allow neither files nor network.
type Options struct {
	// Files is the project folder.
	Files fs.FS
	// Client fetches over the network; nil allows none. Its dialer is replaced by one that refuses private addresses,
	// its proxy, certificates and cookies are kept.
	Client *http.Client
	// Previous is what was received before, for a conditional request. When the server says that nothing changed, its
	// Data is returned.
	Previous *Received
	// Secrets gives the value of a named secret, "" for one that is not there; nil knows none. A secret is sent to the
	// publisher's own host alone, and stands in no message and in nothing that is kept.
	Secrets func(name string) string
	// MaxBytes is the greatest length of a file; 0 stands for 256 MiB, and for 64 GiB where the file lies on disk and is
	// read a block at a time.
	MaxBytes int64
	// Timeout is the limit of one attempt to fetch; 0 stands for five minutes.
	Timeout time.Duration
	// Sleep waits between two attempts; nil stands for a real wait that the context can end.
	Sleep func(context.Context, time.Duration) error
	// AllowLoopback permits addresses of this machine, for tests.
	AllowLoopback bool

	maxOnDisk int64
}

// Receive obtains the file of a dataset. The error names the dataset and, where there is one, the next step; faults of
// the definition itself are a [fault.List] in it.
func Receive(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	received, err := receive(ctx, dataset, options)
	if err != nil {
		return Received{}, fmt.Errorf("receive %s: %w", dataset.ID, err)
	}
	return received, nil
}

func receive(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	if err := ctx.Err(); err != nil {
		return Received{}, err
	}
	k, known := kinds[dataset.Source.Kind]
	if !known {
		return Received{}, fault.List{unknownKind(dataset)}
	}
	received, err := k.receive(ctx, dataset, options.withDefaults())
	if err != nil || received.NotModified {
		return received, err
	}
	if received.SHA256, err = hashOf(ctx, received.Content()); err != nil {
		return Received{}, errors.Join(err, received.Close())
	}
	if want := dataset.Source.SHA256; want != "" && !strings.EqualFold(want, received.SHA256) {
		_ = received.Close()
		return Received{}, fmt.Errorf("%s has the SHA-256 %s where source.sha256 of %s expects %s: look at the new file and, if it is right, put its hash there",
			received.Name, received.SHA256, dataset.File, strings.ToLower(want))
	}
	received.NotModified = options.Previous != nil && options.Previous.SHA256 == received.SHA256
	return received, nil
}

// Open decodes a received file. Faults of the headings are returned at once, those of rows by [Table.Faults] when the
// rows have been read. The table is nil when its rows cannot be read at all. A dataset without columns has one of each
// heading: so is a file read that [Look] has found and nobody has described.
func Open(dataset datasets.Dataset, received Received) (*Table, fault.List) {
	k, known := kinds[dataset.Source.Kind]
	if !known {
		return nil, fault.List{unknownKind(dataset)}
	}
	return k.open(dataset, received)
}

// hashOf is the SHA-256 of a content in hexadecimal.
func hashOf(ctx context.Context, content Content) (string, error) {
	sum := sha256.New()
	// Large reads, since the file is read to its end.
	if _, err := io.CopyBuffer(sum, cancellable{ctx, io.NewSectionReader(content, 0, content.Size())}, make([]byte, blockBytes)); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func unknownKind(dataset datasets.Dataset) fault.Fault {
	f := fault.At(dataset.File, 0, 0).Errorf("source.kind", "is %q", dataset.Source.Kind)
	return f.Hint("use one of: %s", strings.Join(Kinds(), ", "))
}

func (o Options) withDefaults() Options {
	o.maxOnDisk = o.MaxBytes
	if o.MaxBytes <= 0 {
		o.MaxBytes, o.maxOnDisk = defaultMaxBytes, defaultMaxOnDisk
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Sleep == nil {
		o.Sleep = wait
	}
	return o
}

func wait(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
