//go:build !linux && !darwin

package publish

// exchange is not to be had here; two renames do the work.
func exchange(_, _ string) error { return errCannotExchange }
