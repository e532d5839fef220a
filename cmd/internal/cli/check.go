package cli

import (
	"context"

	"github.com/spf13/cobra"

	"levelfield/engine"
	"levelfield/engine/fault"
)

// check is "levelfield check".
func (a *app) check() *cobra.Command {
	var annotations bool
	c := &cobra.Command{
		Use:   "check [FLAGS]",
		Short: "Tell every fault of definitions and data",
		Long: `Tells every fault of the project's definitions and data at once, one a line:

  file:line:column: path in the file: what is wrong (what to do)

Figures are computed only where targets, commentary, overrides or sign-offs are to be held against them. Nothing is written.`,
		Example: `  levelfield check
  levelfield check --project council --json`,
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.Flags().BoolVar(&annotations, "ci", false, "print the faults as annotations that continuous integration shows beside the line")
	c.RunE = a.run(func(ctx context.Context, _ []string) error { return a.runCheck(ctx, annotations) })
	return c
}

func (a *app) runCheck(ctx context.Context, annotations bool) error {
	options := a.options()
	line := a.progress()
	options.Progress = a.steps(line.step)
	found, err := engine.Check(ctx, options)
	line.end()
	if err != nil {
		return err
	}
	if len(found.Errors()) > 0 {
		a.code = exitFaulty
	}
	found = a.placed(found)
	switch {
	case a.flags.json:
		a.out.write(func() error { return fault.JSON(a.out, found) })
	case annotations:
		a.out.write(func() error { return fault.Annotations(a.out, found) })
	case len(found) > 0:
		a.err.write(func() error { return fault.Text(a.err, found) })
	case !a.flags.quiet:
		a.out.printf("No faults.\n")
	}
	return nil
}
