package durable

import (
	"fmt"
	"io/fs"
	"strings"
)

// unwritable are the characters Windows refuses in a name; a publication or an
// archive moves between systems, so no system writes them.
const unwritable = `\:*?"<>|`

// CheckPath refuses a path that is not relative, clean and written with forward
// slashes, or that some system cannot hold.
func CheckPath(path string) error {
	if !fs.ValidPath(path) || path == "." {
		return fmt.Errorf("path %q: not a clean relative path with forward slashes", path)
	}
	for name := range strings.SplitSeq(path, "/") {
		if err := checkElement(name); err != nil {
			return fmt.Errorf("path %q: %w", path, err)
		}
	}
	return nil
}

// CheckName refuses a name that is not a single element of a path.
func CheckName(name string) error {
	if strings.Contains(name, "/") {
		return fmt.Errorf("name %q: holds a slash", name)
	}
	return CheckPath(name)
}

func checkElement(name string) error {
	for _, r := range name {
		if r < ' ' || r == 0x7f || strings.ContainsRune(unwritable, r) {
			return fmt.Errorf("holds %q, which not every system can write", r)
		}
	}
	if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		return fmt.Errorf("%q ends in a dot or a space, which not every system can write", name)
	}
	return nil
}
