package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step, which APFS can and other file systems
// of macOS cannot.
func exchange(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	for _, unable := range []error{unix.ENOSYS, unix.EINVAL, unix.ENOTSUP} {
		if errors.Is(err, unable) {
			return errCannotExchange
		}
	}
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}
