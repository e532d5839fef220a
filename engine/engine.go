// Package engine is the pipeline: load, plan, import, check, aggregate, measure, save, build, render, publish.
//
// [Build] is the whole of it in one readable call; [Check] stops before anything is computed, [Refresh] runs it only
// when something has changed, [Explain] derives one value, [Coverage] holds the strategy against the indicators, and
// [Import] looks at one publisher's file.
// Each takes [Options], in which everything from outside comes in as a value: the project's files, the folders to
// write to, the time, the HTTP client. What is wrong in a user's files comes back as a [fault.List]; anything else
// is an ordinary error. The package prints nothing.
package engine

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"time"

	"levelfield/engine/fault"
	"levelfield/engine/schedule"
)

// Options are what a run needs from outside.
type Options struct {
	// Project is the project folder; nil means the built-in project.
	Project fs.FS
	// Out is the folder to publish into, State the folder for snapshots and runs.
	Out, State string
	// Boards limits the run to some boards; empty means those of the project.
	Boards []string
	// Area replaces the project's focus area; empty keeps it.
	Area string
	// AsOf is a day (2006-01-02): of every dataset the newest release of that day counts. Empty is today.
	AsOf string
	// KeepGoing goes on without a faulty dataset: the release before it stands in its place, and where none is held the
	// indicators that need it are without figures. Otherwise a faulty dataset stops the run.
	KeepGoing bool
	// Edition is printed under the title, such as "Quarter 3, 2026/27".
	Edition string
	// Internal publishes the internal edition, which shows what the policies of datasets hide, and says so on every page.
	Internal bool
	// Now stamps runs and snapshots in the state folder; it never reaches a publication.
	Now time.Time
	// Version is the program's version as the manifest prints it.
	Version string
	// Client fetches http sources; nil forbids them.
	Client *http.Client
	// Secrets gives the keys that publishers' APIs ask for, by name; nil gives none.
	Secrets func(name string) string
	// AllowLoopback lets http sources be on this machine, for tests.
	AllowLoopback bool
	// Memory is DuckDB's limit, such as "1GiB"; Threads its number of threads. Empty and 0 take its defaults.
	Memory  string
	Threads int
	// Progress is told each step as it begins; nil tells nobody.
	Progress func(step string)
	// Hook is called between durable steps of publishing; nil in production.
	Hook func(step string)
	// desk keeps what a preview has found from build to build; nil for a run of its own.
	desk *desk
}

// Report is what a run did.
type Report struct {
	Project    string
	Area       string
	AsOf       string
	Indicators int
	Datasets   int
	Values     int
	Boards     []string
	Files      int
	Out        string
	Run        string
	// Warnings are the faults that did not stop the run.
	Warnings fault.List
	// SignOffs are the boards that ask for sign-off, with how they stand.
	SignOffs []SignOff
	// New lists the datasets whose figures are new since the last run; Nothing says that nothing had changed.
	New     []string
	Nothing bool
	// Late lists releases that their publishers announced for a day that has passed, as far as a refresh knows.
	Late []schedule.Late
}

func (o Options) project() fs.FS {
	if o.Project == nil {
		return BuiltIn()
	}
	return o.Project
}

func (o Options) step(name string) {
	if o.Progress != nil {
		o.Progress(name)
	}
}

// ErrNoProject says that the folder named as a project is none.
var ErrNoProject = errors.New("no project")

// Check reports every fault of definitions and data; the error is for what is not a fault of the project, such as a
// full disk. Figures are computed only where targets, commentary, overrides or sign-offs are to be held against them.
// Nothing is written.
func Check(ctx context.Context, options Options) (fault.List, error) {
	c, err := open(ctx, options)
	var faults fault.List
	if errors.As(err, &faults) {
		return faults, nil
	}
	if err != nil {
		return nil, err
	}
	defer c.close()
	if c.project.governed() {
		return c.review(ctx, options)
	}
	return c.warnings.Sorted(), nil
}

// Build computes the project and publishes it into options.Out. The error is a [fault.List] when definitions or data
// are faulty; then nothing was published.
func Build(ctx context.Context, options Options) (Report, error) {
	c, done, err := begin(ctx, options)
	if err != nil {
		return Report{}, err
	}
	defer done()
	return c.finish(ctx, options)
}
