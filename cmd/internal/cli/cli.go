// Package cli is the command line: flags in, one call of the engine, text out.
//
// [Main] runs one command of a [Process], which holds everything that comes from outside: arguments, environment,
// streams, clock and HTTP client. [System] is the process that the operating system gave us; a test makes its own.
//
//	os.Exit(cli.Main(cli.System()))
//
// Each command is one file: its flags, its call of the engine and what it prints. The exit codes are one table in
// exit.go, and the help of every command ends with those that it uses. Results go to standard output; faults, errors
// and progress go to standard error. The package computes nothing and knows no definition.
package cli

import (
	"context"
	"io"
	"net/http"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Process is what a command sees of the world.
type Process struct {
	// Args are the arguments without the name of the program.
	Args []string
	// LookupEnv finds a variable of the environment.
	LookupEnv func(name string) (value string, found bool)
	// Stdin gives the table of a command that reads one; nil gives none. StdinIsTerminal says that nobody sent one.
	Stdin           io.Reader
	StdinIsTerminal bool
	// Stdout takes results, Stderr faults, errors and progress.
	Stdout, Stderr io.Writer
	// StderrIsTerminal allows progress on one line that is rewritten.
	StderrIsTerminal bool
	// Now is the clock.
	Now func() time.Time
	// Client fetches sources of the kind http.
	Client *http.Client
	// AllowLoopback lets such sources be on this machine, and Hook is told each step of a run: both are for tests, and
	// no flag and no variable sets them.
	AllowLoopback bool
	Hook          func(step string)
}

// app is one run of one command.
type app struct {
	Process
	out, err *printer
	flags    flags
	project  project
	// command is the command that runs, as it is written.
	command string
	// began says that a command's own code was reached: an error before that is a usage error.
	began bool
	// code is the exit code of a run without an error.
	code exitCode
}

// Main runs the command that the arguments name and returns its exit code. An interrupt or a request to terminate ends
// the run in good order; a second one ends it at once.
func Main(process Process) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, stop)()
	a := &app{Process: process, out: &printer{to: process.Stdout}, err: &printer{to: process.Stderr}}
	root := a.root()
	root.SetArgs(process.Args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.out.failure("write the output")
	}
	if err == nil {
		return int(a.code)
	}
	return int(a.report(err))
}

// run makes a command's function a cobra function that says when it begins.
func (a *app) run(command func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		a.began, a.command = true, c.CommandPath()
		if err := a.checkLimits(); err != nil {
			return err
		}
		found, err := findProject(a.flags)
		if err != nil {
			return err
		}
		a.project = found
		return command(c.Context(), args)
	}
}

// size is a limit as DuckDB reads it.
var size = regexp.MustCompile(`(?i)^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$`)

// checkLimits holds the limits against what DuckDB takes.
func (a *app) checkLimits() error {
	switch {
	case a.flags.memory != "" && !size.MatchString(a.flags.memory):
		return a.usage("--memory is %q, and is a size such as 1GiB", a.flags.memory)
	case a.flags.threads < 0:
		return a.usage("--threads is %d, and is a number from 1", a.flags.threads)
	}
	return nil
}
