//go:build unix

package main

import (
	"os"
	"syscall"
)

// pipe makes a pipe, which has no end.
func pipe(path string) error { return syscall.Mkfifo(path, 0o644) }

// becomeNobody gives the rights of a user up who may read everything.
func becomeNobody() {
	const nobody = 65534
	if os.Getenv(asNobodyEnv) == "" || os.Geteuid() != 0 {
		return
	}
	if err := syscall.Setgid(nobody); err != nil {
		os.Exit(1)
	}
	if err := syscall.Setuid(nobody); err != nil {
		os.Exit(1)
	}
}
