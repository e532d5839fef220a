package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"levelfield/engine"
	"levelfield/scorecard/render"
)

// render is "levelfield render".
func (a *app) render() *cobra.Command {
	var wanted engine.ReplayOptions
	var about []string
	for _, format := range render.Formats() {
		about = append(about, fmt.Sprintf("  %-7s %s", format.Name, format.What))
	}
	c := &cobra.Command{
		Use:   "render --from MODEL [FLAGS]",
		Short: "Print saved scorecards again, in any format",
		Long: `Prints scorecards from the models that a build saved, without data and without a database. A model is a file such as
out/data/model/skills.json; a folder stands for all models in it, and may be a publication or a run in the state folder.
The same version of the program prints the very bytes that the build wrote.

The formats, all of which but png are printed where --format names none:

` + strings.Join(about, "\n") + `

The folder is switched in one step, as by build, and holds a manifest. Pages of a whole publication keep the tables of
results beside them; those of a single model may link to pages and tables that are not there.`,
		Example: `  levelfield render --from out --out again
  levelfield render --from out/data/model/skills.json --format pdf --out paper
  levelfield render --from skills.json --from goal-4b.json --format html --format single`,
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty, exitLocked)},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringArrayVar(&wanted.From, "from", nil, "a saved `model`, or a folder of them (may be given several times)")
	f.StringArrayVar(&wanted.Formats, "format", nil, "print only this `format` (may be given several times)")
	f.StringVar(&wanted.Out, "out", "rendered", "the `folder` to print into")
	c.RunE = a.run(func(ctx context.Context, _ []string) error { return a.runRender(ctx, wanted) })
	return c
}

func (a *app) runRender(ctx context.Context, wanted engine.ReplayOptions) error {
	if len(wanted.From) == 0 {
		return a.usage("--from is missing: name a saved model, such as out/data/model/skills.json")
	}
	var names []string
	for _, format := range render.Formats() {
		names = append(names, format.Name)
	}
	for _, name := range wanted.Formats {
		if !slices.Contains(names, name) {
			return a.usage("--format is %q, and can be %s", name, strings.Join(names, ", "))
		}
	}
	wanted.State, wanted.Version, wanted.Hook = a.project.state, programVersion(), a.Hook
	report, err := engine.Replay(ctx, wanted)
	switch {
	case err != nil:
		return err
	case a.flags.json:
		a.out.json(report)
	case !a.flags.quiet:
		a.out.printf("Printed %s, figures released to %s, into %s: %s.\n", strings.Join(report.Boards, ", "), day(report.AsOf),
			filepath.Clean(report.Out), counted(report.Files, "file"))
	}
	return nil
}
