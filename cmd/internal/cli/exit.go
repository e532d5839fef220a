package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"levelfield/engine"
	"levelfield/engine/fault"
	"levelfield/engine/publish"
)

// exitCode is the status with which a command ends.
type exitCode int

// The exit codes. Schedulers read anything but 0 as a failure, so 4 and 6, which are none, are given only to those who
// ask for them with --detailed-exit-code.
const (
	exitDone       exitCode = 0 // what was asked for is done
	exitFailed     exitCode = 1 // anything that no other code says: a full disk, a server that is away, a signal
	exitUsage      exitCode = 2 // the command line makes no sense; nothing was begun
	exitFaulty     exitCode = 3 // definitions or data are faulty; all faults were told, and nothing was published
	exitWarned     exitCode = 4 // published, with warnings
	exitLocked     exitCode = 5 // another run holds the lock of the state folder; nothing was begun
	exitNothingNew exitCode = 6 // refresh found nothing new and left the publication as it was
)

// meanings are the exit codes in the words of the help.
var meanings = map[exitCode]string{
	exitDone:       "done",
	exitFailed:     "failed",
	exitUsage:      "the command line makes no sense",
	exitFaulty:     "definitions or data are faulty; nothing is published",
	exitWarned:     "published with warnings (only with --detailed-exit-code)",
	exitLocked:     "another run holds the lock",
	exitNothingNew: "nothing is new (only with --detailed-exit-code)",
}

// exitStatus is the last part of a command's help.
func exitStatus(codes ...exitCode) string {
	var lines strings.Builder
	lines.WriteString("EXIT STATUS")
	for _, code := range codes {
		fmt.Fprintf(&lines, "\n  %d  %s", code, meanings[code])
	}
	return lines.String()
}

// usageError is a command line that makes no sense, with the command whose help tells more.
type usageError struct {
	cause error
	help  string
}

// Error is the cause in words.
func (u usageError) Error() string { return u.cause.Error() }

// Unwrap is the cause.
func (u usageError) Unwrap() error { return u.cause }

// usage is a usage error of the command that runs.
func (a *app) usage(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...), a.command}
}

// report tells an error on standard error, with the next step where there is one, and returns the exit code for it.
func (a *app) report(err error) exitCode {
	if a.began && a.flags.log != "" {
		a.logFailure(err)
		return codeOf(err, a.began)
	}
	var faults fault.List
	if errors.As(err, &faults) {
		a.tellFaults(faults)
	} else {
		a.err.printf("levelfield: %s\n", a.inWords(err))
	}
	var kept stillStands
	if errors.As(err, &kept) {
		a.err.printf("%s keeps the last good publication, with figures released to %s.\n", kept.out, day(kept.asOf))
	}
	return codeOf(err, a.began)
}

// codeOf is the exit code for an error.
func codeOf(err error, began bool) exitCode {
	var faults fault.List
	var usage usageError
	switch {
	case errors.As(err, &faults):
		return exitFaulty
	case errors.As(err, &usage), errors.Is(err, engine.ErrNoProject), errors.Is(err, engine.ErrEdition), !began:
		return exitUsage
	case errors.Is(err, publish.ErrLocked):
		return exitLocked
	}
	return exitFailed
}

// inWords is an error with the next step on a line of its own, where there is one.
func (a *app) inWords(err error) string {
	var usage usageError
	switch {
	case errors.As(err, &usage):
		return fmt.Sprintf("%v\n%s --help tells more.", err, usage.help)
	case errors.Is(err, engine.ErrNoProject):
		return fmt.Sprintf("%v\nName the folder that holds levelfield.yaml, or leave --project out for the built-in project.", err)
	case errors.Is(err, engine.ErrEdition):
		return fmt.Sprintf("%v\nName another folder with --out: the two editions never share one.", err)
	case !a.began:
		return fmt.Sprintf("%v\nlevelfield --help tells more.", err)
	case errors.Is(err, publish.ErrLocked):
		return fmt.Sprintf("%v\nRun this again when it has ended, or give this run a folder of its own with --state.", err)
	case errors.Is(err, context.Canceled):
		return "stopped by a signal\nRun it again: the next run clears away what this one left."
	}
	return err.Error()
}
