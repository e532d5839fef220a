package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"levelfield/engine"
	"levelfield/engine/fault"
)

// check is "levelfield check".
func (a *app) check() *cobra.Command {
	var annotations, disclosure bool
	c := &cobra.Command{
		Use:   "check [FLAGS]",
		Short: "Tell every fault of definitions and data",
		Long: `Tells every fault of the project's definitions and data at once, one a line:

  file:line:column: path in the file: what is wrong (what to do)

Figures are computed only where targets, commentary, overrides or sign-offs are to be held against them. Nothing is written.

With --disclosure, what a build would publish is computed too, and held as a reader would hold it against the policies of
datasets that may not be told in full: from everything that is published together, no hidden count may be worked back
exactly, nor a small one closer than its policy allows. Build and refresh do the same before they publish.`,
		Example: `  levelfield check
  levelfield check --project council --json
  levelfield check --project council --disclosure`,
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.Flags().BoolVar(&annotations, "ci", false, "print the faults as annotations that continuous integration shows beside the line")
	c.Flags().BoolVar(&disclosure, "disclosure", false, "compute what a build would publish, and find what of the hidden counts can be worked back from it")
	c.RunE = a.run(func(ctx context.Context, _ []string) error { return a.runCheck(ctx, annotations, disclosure) })
	return c
}

func (a *app) runCheck(ctx context.Context, annotations, disclosure bool) error {
	options := a.options()
	line := a.progress()
	options.Progress = a.steps(line.step)
	found, clean, err := a.look(ctx, options, disclosure)
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
	default:
		if len(found) > 0 {
			a.err.write(func() error { return fault.Text(a.err, found) })
		}
		if !a.flags.quiet && len(found.Errors()) == 0 && (disclosure || len(found) == 0) {
			a.out.printf("%s\n", clean)
		}
	}
	return nil
}

// look finds the faults, and what to say where there is none.
func (a *app) look(ctx context.Context, options engine.Options, disclosure bool) (found fault.List, clean string, err error) {
	if !disclosure {
		found, err = engine.Check(ctx, options)
		return found, "No faults.", err
	}
	told, err := engine.CheckDisclosure(ctx, options)
	if err != nil || told.Protected == 0 {
		return told.Faults, "No dataset has a policy: all figures are public already.", err
	}
	return told.Faults, fmt.Sprintf("Of %s of %s with a policy, %d are hidden. None of them can be worked back from what is published.",
		counted(told.Figures, "figure"), counted(told.Protected, "dataset"), told.Hidden), nil
}
