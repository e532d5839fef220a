package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/archive/durable"
)

// errCannotExchange says that this system or this file system has no exchange
// of two folders in one step.
var errCannotExchange = errors.New("no exchange of two folders here")

// site is a place to publish at, with the names that stand beside it.
type site struct {
	out      string // as the caller wrote it, cleaned
	parent   string
	base     string
	exchange func(a, b string) error
	hooks    []Hook
}

// newSite refuses a place that has no folder of its own beside which to stage.
func newSite(out string, hooks []Hook) (*site, error) {
	cleaned := filepath.Clean(out)
	base := filepath.Base(cleaned)
	if out == "" || base == "." || base == ".." || base == string(filepath.Separator) || filepath.VolumeName(cleaned) == cleaned {
		return nil, fmt.Errorf("publish into %q: %w: name a folder of its own, such as out", out, ErrRefused)
	}
	return &site{out: cleaned, parent: filepath.Dir(cleaned), base: base, exchange: exchange, hooks: hooks}, nil
}

func (s *site) step(name string) {
	for _, hook := range s.hooks {
		hook(name)
	}
}

func (s *site) beside(suffix string) string {
	return filepath.Join(s.parent, "."+s.base+suffix)
}

func (s *site) previous() string  { return s.beside(".previous") }
func (s *site) journal() string   { return s.beside(".journal") }
func (s *site) discarded() string { return s.beside(".staging-discarded") }

// staging is where the publication with this identity is written. Twelve digits
// keep the name short; two publications never stage at once, so that they need
// only be told apart from the word discarded.
func (s *site) staging(id string) string { return s.beside(".staging-" + id[:12]) }

// isStaging says whether a name beside out is one that staging or discarded gives.
func (s *site) isStaging(name string) bool {
	pattern := `^\.` + regexp.QuoteMeta(s.base) + `\.staging-([0-9a-f]{12}|discarded)$`
	return regexp.MustCompile(pattern).MatchString(name)
}

// refuse is the error for a place that may not be published into.
func (s *site) refuse(why string) error {
	return fmt.Errorf("publish into %s: %w: %s", s.out, ErrRefused, why)
}

// check refuses an out that the switch would not put back as it was: anything
// but a real folder, and a folder holding what we did not write.
func (s *site) check() error {
	info, err := os.Lstat(s.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("publish into %s: %w", s.out, err)
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return s.refuse("it is a link; a publication must be a real folder, so name the folder it leads to")
	}
	if !info.IsDir() {
		return s.refuse("it is a file, not a folder")
	}
	content, err := os.ReadDir(s.out)
	if err != nil {
		return fmt.Errorf("publish into %s: %w", s.out, err)
	}
	if len(content) == 0 {
		return nil
	}
	manifest, _, err := readManifest(s.out)
	if errors.Is(err, fs.ErrNotExist) {
		return s.refuse("the folder is not empty and holds no manifest.json of ours; name an empty or a new folder")
	}
	if err != nil {
		return fmt.Errorf("publish into %s: %w", s.out, err)
	}
	return s.checkStrangers(manifest)
}

// litter are files that a desktop leaves in any folder it shows.
var litter = []string{".DS_Store", "Thumbs.db", "desktop.ini"}

// checkStrangers refuses a publication into which somebody put files of their
// own: the switch would carry them away, and the one after it delete them.
func (s *site) checkStrangers(manifest Manifest) error {
	listed := map[string]bool{ManifestName: true}
	for _, entry := range manifest.Files {
		listed[entry.Path] = true
	}
	var strangers []string
	err := durable.Walk(s.out, func(file string, _ fs.DirEntry) error {
		if !listed[file] && !slices.Contains(litter, path.Base(file)) {
			strangers = append(strangers, file)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("publish into %s: %w", s.out, err)
	}
	if len(strangers) == 0 {
		return nil
	}
	named := strangers[:min(3, len(strangers))]
	return s.refuse(fmt.Sprintf("it holds files its manifest does not list, which would be lost: %s (%d in all); move them elsewhere",
		strings.Join(named, ", "), len(strangers)))
}

// exists says whether anything, a link included, is at path.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
