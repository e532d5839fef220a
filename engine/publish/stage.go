package publish

import (
	"errors"
	"fmt"
	"os"

	"levelfield/engine/archive/durable"
)

// Staged is a publication written beside its place, whole and on the disk, and
// not yet switched to.
type Staged struct {
	site   *site
	folder string
	id     string
}

// Stage writes files and, last, the manifest that lists them into a folder
// beside out. It fills m.Files. Whatever happens here, out is left as it is. The
// caller holds the lock and has called [Recover].
func Stage(out string, files []File, m Manifest, hooks ...Hook) (*Staged, error) {
	s, err := newSite(out, hooks)
	if err != nil {
		return nil, err
	}
	return s.stage(files, m)
}

func (s *site) stage(files []File, m Manifest) (*Staged, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	entries, err := durable.Describe(files, ManifestName)
	if err != nil {
		return nil, fmt.Errorf("stage %s: %w", s.out, err)
	}
	m.Files = entries
	text, err := m.encode()
	if err != nil {
		return nil, fmt.Errorf("stage %s: %w", s.out, err)
	}
	staged := &Staged{site: s, id: durable.Sum(text)}
	staged.folder = s.staging(staged.id)
	if err := staged.write(files, text); err != nil {
		// What was written goes at once: the disk may be full.
		return nil, fmt.Errorf("stage %s: %w", s.out, errors.Join(err, os.RemoveAll(staged.folder)))
	}
	return staged, nil
}

func (s *Staged) write(files []File, manifest []byte) error {
	if err := os.RemoveAll(s.folder); err != nil {
		return err
	}
	err := durable.WriteTree(s.folder, files, func(written int) {
		s.site.step(fmt.Sprintf("staged-file:%d", written))
	})
	if err != nil {
		return err
	}
	s.site.step("synced")
	if err := durable.AddFile(s.folder, File{Path: ManifestName, Data: manifest}); err != nil {
		return err
	}
	if err := durable.SyncFolder(s.site.parent); err != nil {
		return err
	}
	s.site.step("manifest")
	return nil
}

// Folder is where the publication waits, for a last look before the switch.
func (s *Staged) Folder() string { return s.folder }

// Discard removes a staged publication that will not be switched to.
func (s *Staged) Discard() error {
	if err := os.RemoveAll(s.folder); err != nil {
		return fmt.Errorf("discard %s: %w", s.folder, err)
	}
	return nil
}
