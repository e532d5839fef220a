package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. A kernel without the call says
// ENOSYS, a file system without it EINVAL, a sandbox that does not know it EPERM;
// where EPERM means what it says, the renames tried instead will say it again.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	for _, unable := range []error{unix.ENOSYS, unix.EINVAL, unix.ENOTSUP, unix.EPERM} {
		if errors.Is(err, unable) {
			return errCannotExchange
		}
	}
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}
