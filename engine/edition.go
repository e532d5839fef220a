package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"levelfield/engine/archive"
	"levelfield/engine/publish"
)

// internalEdition is how a manifest names the internal edition; the public one has no name.
const internalEdition = "internal"

// ErrEdition is wrapped by the error for a folder that holds another edition than the one to publish: the internal one must
// never come to stand where the public looks.
var ErrEdition = errors.New("another edition")

// sameEdition refuses to publish one edition over the other.
func sameEdition(options Options) error {
	published, err := publish.ReadManifest(options.Out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	// A folder that is not ours is refused where it is written.
	if held := published.Edition == internalEdition; err == nil && held != options.Internal {
		return fmt.Errorf("%s holds the %s edition, and this is %w", options.Out, editionName(held), ErrEdition)
	}
	return nil
}

func editionName(internal bool) string {
	if internal {
		return internalEdition
	}
	return "public"
}

// sourcesFile is the file of a run, in the state folder, that names the files on which protected figures rest. A publication
// does not name them.
const sourcesFile = "sources.json"

// protectedSources are the hashes of the files of datasets of which the publication does not tell them; nil without any.
func (c *computation) protectedSources() ([]byte, error) {
	hashes := map[string]string{}
	for id, one := range c.imported {
		if c.hides(id) {
			hashes[id] = one.received.SHA256
		}
	}
	if len(hashes) == 0 {
		return nil, nil
	}
	text, err := json.MarshalIndent(hashes, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("name the sources: %w", err)
	}
	return append(text, '\n'), nil
}

// sameProtected says whether a publication rests on the very same files of protected datasets, as the run has it that made
// the publication.
func (c *computation) sameProtected(published publish.Manifest, options Options) bool {
	now, err := c.protectedSources()
	if err != nil || now == nil {
		return err == nil
	}
	at := slices.IndexFunc(published.Files, func(entry publish.Entry) bool { return entry.Path == "data/results.parquet" })
	store, err := archive.Open(options.State)
	if err != nil || at < 0 {
		return false
	}
	runs, err := store.Runs()
	if err != nil {
		return false
	}
	slices.Reverse(runs)
	for _, run := range runs {
		entries, err := store.RunFiles(run)
		made := slices.ContainsFunc(entries, func(entry archive.Entry) bool {
			return entry.Path == "results.parquet" && entry.SHA256 == published.Files[at].SHA256
		})
		if err != nil || !made {
			continue
		}
		before, err := store.ReadRun(run, sourcesFile)
		return err == nil && bytes.Equal(before, now)
	}
	return false
}
