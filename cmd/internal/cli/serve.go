package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"levelfield/cmd/internal/preview"
	"levelfield/engine"
	"levelfield/engine/fault"
)

// anyPort is the largest number of a port.
const anyPort = 65535

// serve is "levelfield serve".
func (a *app) serve() *cobra.Command {
	var p publication
	var port int
	c := &cobra.Command{
		Use:   "serve [FLAGS]",
		Short: "Show the scorecards in a browser while you work on them",
		Long: `Builds the scorecards and shows them on this machine alone, at the address that it prints. When a definition, a dataset, a
board, a commentary or any other file of the project changes, what depends on it is built again, and the pages that are open
load themselves again. What is wrong stands at the top of every page, with file, line and what to do, above the last edition
that was sound.

Nothing is written: no publication, no run and no snapshot. Figures of the network are those that the archive holds. An
interrupt (Ctrl-C) ends it.`,
		Example: `  levelfield serve
  levelfield serve --project council --port 9000
  levelfield serve --project council --board skills`,
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage)},
	}
	f := c.Flags()
	f.SortFlags = false
	f.IntVar(&port, "port", 8484, "the `port` on this machine; 0 takes any that is free")
	f.StringArrayVar(&p.boards, "board", nil, "show only this board, by its `id` (may be given several times)")
	f.StringVar(&p.area, "area", "", "the `code` of another area than the project's, such as E06000033")
	f.StringVar(&p.edition, "edition", "", "the `words` printed under the title, such as \"Quarter 3, 2026/27\"")
	f.BoolVar(&p.keepGoing, "keep-going", false, "show what there is without a faulty dataset, as build --keep-going publishes it")
	asOfFlag(c, &p.asOf)
	c.RunE = a.run(func(ctx context.Context, _ []string) error { return a.runServe(ctx, p, port) })
	return c
}

func (a *app) runServe(ctx context.Context, p publication, port int) (err error) {
	if port < 0 || port > anyPort {
		return a.usage("--port is %d, and is a number from 0 to %d", port, anyPort)
	}
	options, err := a.publishing(&p)
	if err != nil {
		return err
	}
	listener, err := preview.Listen(ctx, port)
	if err != nil {
		return err
	}
	var building engine.Preview
	defer func() { err = errors.Join(err, building.Close()) }()
	line := a.progress()
	options.Progress = a.steps(line.step)
	server := &preview.Server{
		Build: func(ctx context.Context) (preview.Edition, error) {
			options.Now = a.Now()
			edition, err := building.Build(ctx, options)
			line.end()
			if err != nil {
				return nil, err
			}
			return edition, nil
		},
		Place: a.placed, Except: []string{a.project.state, "out"},
		Told: func(changed []string, took time.Duration, err error) { a.tellBuild(changed, took, err) },
	}
	if a.project.folder != "" {
		server.Folders = []string{a.project.folder}
	}
	if !a.flags.quiet {
		a.out.printf("Preview on http://%s/, until you stop it with Ctrl-C.\n", listener.Addr())
	}
	if a.project.folder == "" && !a.flags.quiet {
		a.out.printf("The built-in project does not change: levelfield new project writes it out to work on.\n")
	}
	return server.Run(ctx, listener)
}

// tellBuild says on standard error what was built again and why, and what is wrong.
func (a *app) tellBuild(changed []string, took time.Duration, err error) {
	var faults fault.List
	switch {
	case errors.As(err, &faults):
		a.err.write(func() error { return fault.Text(a.err, a.placed(faults)) })
	case err != nil:
		a.err.printf("levelfield: %s\n", a.inWords(err))
	case !a.flags.quiet:
		a.err.printf("Built in %.1f s%s.\n", took.Seconds(), afterChange(a.project.folder, changed))
	}
}

// afterChange names what had changed, as far as few files had.
func afterChange(folder string, changed []string) string {
	const few = 3
	var names []string
	for _, name := range changed {
		if relative, err := filepath.Rel(folder, name); err == nil && name != "" {
			names = append(names, filepath.ToSlash(relative))
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case len(names) > few:
		return " after a change of " + counted(len(names), "file")
	}
	return " after a change of " + strings.Join(names, ", ")
}
