package cli

import (
	"net/http"
	"os"
	"time"

	"golang.org/x/term"
)

// System is the process as the operating system started it.
func System() Process {
	return Process{
		Args:             os.Args[1:],
		LookupEnv:        os.LookupEnv,
		Stdin:            os.Stdin,
		StdinIsTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		Stdout:           os.Stdout,
		Stderr:           os.Stderr,
		StderrIsTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Now:              time.Now,
		Client:           http.DefaultClient,
	}
}
