package cli

import (
	"fmt"
	"io"
)

// eraseLine goes to the beginning of the terminal's line and empties it.
const eraseLine = "\r\x1b[K"

// progress shows the step at work on one line of a terminal, rewritten at each step and gone at the end.
type progress struct {
	to    io.Writer
	shown bool
}

// progress is told each step of a run. It is silent unless standard error is a terminal that can erase a line and
// nobody asked for quiet or for a log.
func (a *app) progress() *progress {
	terminal, _ := a.LookupEnv("TERM")
	if !a.StderrIsTerminal || terminal == "dumb" || a.flags.quiet || a.flags.log != "" {
		return &progress{to: io.Discard}
	}
	return &progress{to: a.err}
}

func (p *progress) step(name string) {
	// The line is for the eye alone: where it cannot be written, nothing is lost.
	_, _ = fmt.Fprintf(p.to, "%s%s …", eraseLine, name)
	p.shown = true
}

// end takes the line away.
func (p *progress) end() {
	if p.shown {
		_, _ = io.WriteString(p.to, eraseLine)
	}
}
