// Package publish puts a finished set of files in the place of the one before,
// in one step: whoever looks, and whenever the power fails, the publication is
// the old one or the new one, whole.
//
// [Stage] writes every [File] and the [Manifest] into a folder beside the
// publication and brings them to the disk. [Staged.Switch] exchanges the two
// folders and keeps the one before. [Rollback] brings that one back. [Verify]
// holds a publication against its manifest. A run takes [Lock], then calls
// [Recover], which ends whatever a killed run left half done:
//
//	unlock, err := publish.Lock(".levelfield/lock")
//	err = publish.Recover("out")
//	staged, err := publish.Stage("out", files, manifest)
//	err = staged.Switch()
//	err = unlock()
//
// Beside a publication named out stand, while they are needed,
// .out.previous (the publication before), .out.staging-… (one being written),
// .out.journal (what a switch is about to do) and, for the folder of the one
// before the one before, .out.staging-discarded.
//
// Linux and macOS exchange two folders in one step. Elsewhere, and on a file
// system that cannot, two renames do it: out is absent for an instant between
// them, and after a crash there [Recover] completes the switch from the journal.
//
// It never deletes what it did not write: a link, a folder without a manifest of
// ours, and a publication holding somebody else's files are refused with
// [ErrRefused]. It decides nothing about what is published or when, keeps one
// publication back (runs are kept by engine/archive), and takes no lock by
// itself.
package publish

import (
	"errors"

	"levelfield/engine/archive/durable"
)

// File is a file to publish: its path in the publication, with forward slashes,
// and its bytes.
type File = durable.File

// Hook is told each durable step by name, just after it is done, so that a test
// can stop the process there. Stage names staged-file:1, staged-file:2, …,
// synced and manifest. Switch and Rollback name before-switch, after-journal,
// after-take (Rollback only), after-exchange, after-discard, after-previous,
// after-unjournal and switched. By two renames after-discard and
// after-previous come first, since the old publication must leave before the new
// one can come. Recover names those of a switch that it completes.
type Hook = func(step string)

var (
	// ErrRefused is wrapped by the error for a place that may not be published
	// into.
	ErrRefused = errors.New("refused")
	// ErrLocked is wrapped by the error of Lock when another run holds the lock.
	ErrLocked = errors.New("another run holds the lock")
	// ErrNoPrevious is wrapped by the error of Rollback when there is no
	// publication to go back to.
	ErrNoPrevious = errors.New("no previous publication is kept")
)
