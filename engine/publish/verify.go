package publish

import (
	"fmt"
	"strings"

	"levelfield/engine/archive/durable"
)

// DamagedError says in what a publication differs from its manifest.
type DamagedError struct {
	Out      string
	Problems []string // one sentence a file, sorted by path
}

// Error gives every problem on a line of its own.
func (e *DamagedError) Error() string {
	return fmt.Sprintf("verify %s: differs from its manifest:\n  %s", e.Out, strings.Join(e.Problems, "\n  "))
}

// Verify holds the publication in out against its manifest, both ways: each
// file listed is there with its length and SHA-256, and nothing else is there.
// What differs comes back, all at once, as a [DamagedError].
func Verify(out string) error {
	manifest, _, err := readManifest(out)
	if err != nil {
		return fmt.Errorf("verify %s: %w", out, err)
	}
	problems, err := durable.Compare(out, manifest.Files, ManifestName)
	if err != nil {
		return fmt.Errorf("verify %s: %w", out, err)
	}
	if len(problems) > 0 {
		return &DamagedError{Out: out, Problems: problems}
	}
	return nil
}
