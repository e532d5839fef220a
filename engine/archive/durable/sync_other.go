//go:build !windows

package durable

import (
	"errors"
	"os"
)

// SyncFolder brings the names in a folder to the disk.
func SyncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
