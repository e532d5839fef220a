package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"levelfield/engine"
	"levelfield/engine/fault"
)

// labels are those that a dataset.yaml may have.
var labels = []string{"accredited", "official", "in-development", "management-information", "local"}

// importFile is "levelfield import".
func (a *app) importFile() *cobra.Command {
	var wanted engine.ImportOptions
	var where []string
	c := &cobra.Command{
		Use:   "import FILE [FLAGS]",
		Short: "What a publisher's file holds, and how to describe it",
		Long: `Reads a file as its publisher ships it and tells what it holds: rows, areas, periods, markers and faults.

With --dataset, the file is read as the new release of a dataset of the project, and its figures are compared with
those that the project holds: new, revised and withdrawn ones, with the largest moves.

Without, the publisher's layout is recognised by its headings, and a dataset.yaml is proposed. Of a file with several
indicators one is chosen with --where. With --write, the dataset.yaml and a copy of the file are written into a folder,
if the file has no faults; --title, --publisher, --release, --released and --label say what stands in no file.

Nothing else is written, and nothing is overwritten.`,
		Example: `  levelfield import figures.csv --dataset dfe-care-leavers
  levelfield import employment-rate.csv --where "indicator=Employment rate"
  levelfield import figures.csv --write datasets/care --title "Care leavers" --release 2025 --released 2025-11-20 --label official`,
		Args:        exactly("a file"),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&wanted.Dataset, "dataset", "", "read the file as a new release of this dataset, by its `id`")
	c.Flags().StringArrayVar(&where, "where", nil, "keep only rows with a text in a column, as `heading=text` (may be given several times)")
	c.Flags().StringVar(&wanted.Write, "write", "", "the `folder` to write dataset.yaml and a copy of the file to")
	c.Flags().StringVar(&wanted.Words.Title, "title", "", "what the figures are, in `words`")
	c.Flags().StringVar(&wanted.Words.Publisher, "publisher", "", "who publishes them, in `words`")
	c.Flags().StringVar(&wanted.Words.Release, "release", "", "what the publisher calls the release, in `words`")
	c.Flags().StringVar(&wanted.Words.Released, "released", "", "the `day` on which it was published, such as 2025-11-20")
	c.Flags().StringVar(&wanted.Words.Label, "label", "", "the `standing` of the figures: "+strings.Join(labels, ", "))
	c.RunE = a.run(func(ctx context.Context, args []string) error {
		if err := a.checkImport(&wanted, where, args[0]); err != nil {
			return err
		}
		return a.runImport(ctx, wanted, args[0])
	})
	return c
}

// checkImport holds the command line against itself and finds the file.
func (a *app) checkImport(wanted *engine.ImportOptions, where []string, file string) error {
	described := len(where) > 0 || wanted.Write != "" || wanted.Words != engine.ImportWords{}
	switch _, err := time.Parse(time.DateOnly, wanted.Words.Released); {
	case wanted.Dataset != "" && described:
		return a.usage("--dataset takes the description of the project: leave out --where, --write and the words of a new one")
	case wanted.Words.Released != "" && err != nil:
		return a.usage("--released is %q, and is a day such as 2025-11-20", wanted.Words.Released)
	case wanted.Words.Label != "" && !slices.Contains(labels, wanted.Words.Label):
		return a.usage("--label is %q, and is one of %s", wanted.Words.Label, strings.Join(labels, ", "))
	}
	wanted.Where = map[string][]string{}
	for _, choice := range where {
		heading, text, whole := strings.Cut(choice, "=")
		if !whole || heading == "" {
			return a.usage("--where is %q, and is written heading=text", choice)
		}
		wanted.Where[heading] = append(wanted.Where[heading], text)
	}
	target, err := filepath.EvalSymlinks(file)
	if errors.Is(err, os.ErrNotExist) {
		return a.usage("%s is not there", file)
	}
	if err != nil {
		return err
	}
	if info, err := os.Stat(target); err == nil && !info.Mode().IsRegular() {
		what := "a pipe or a device"
		if info.IsDir() {
			what = "a folder"
		}
		return a.usage("%s is %s, and import reads a file", file, what)
	}
	wanted.Files, wanted.File = os.DirFS(filepath.Dir(target)), filepath.Base(target)
	return nil
}

func (a *app) runImport(ctx context.Context, wanted engine.ImportOptions, file string) error {
	options := a.options()
	line := a.progress()
	options.Progress = a.steps(line.step)
	report, err := engine.Import(ctx, options, wanted)
	line.end()
	var refused *engine.ImportError
	var faults fault.List
	switch {
	case errors.As(err, &refused):
		return a.usage("%s", refused.Message)
	case errors.As(err, &faults):
		a.code = exitFaulty
		a.tellPlaced(a.placedImport(faults, wanted.File, file))
		return nil
	case err != nil:
		return err
	}
	switch {
	case len(report.Faults.Errors()) > 0:
		a.code = exitFaulty
	case len(report.Choices) > 0:
		a.code = exitUsage
	}
	report.File = file
	report.Faults = a.placedImport(report.Faults, wanted.File, file)
	if a.flags.json {
		a.out.json(report)
		return nil
	}
	if !a.flags.quiet {
		a.out.printf("%s", describeImport(report, a.areaName()))
	}
	if len(report.Choices) > 0 {
		a.err.printf("levelfield: %s holds several indicators: choose one with --where \"%s=%s\"\n", file, report.Choose, report.Choices[0])
		return nil
	}
	if len(report.Faults) > 0 {
		a.err.write(func() error { return fault.Text(a.err, report.Faults) })
	}
	return nil
}

// placedImport puts the file as the user named it into its faults, and the project's folder before all others.
func (a *app) placedImport(faults fault.List, name, file string) fault.List {
	placed := a.placed(faults)
	moved := append(fault.List{}, placed...)
	// What is inside of it, behind an exclamation mark, goes along; what gzip has packed is called without the ending.
	plain := strings.TrimSuffix(name, ".gz")
	for i, f := range faults {
		if rest, is := strings.CutPrefix(f.File, plain); is && (rest == "" || rest == ".gz" || rest[0] == '!') {
			moved[i].File = filepath.ToSlash(strings.TrimSuffix(file, ".gz")) + rest
		}
	}
	return moved
}

// areaName is the name of the project's area, and its code where no name is known.
func (a *app) areaName() string {
	loaded := a.load()
	if area, known := loaded.Areas.Lookup(loaded.Config.Focus); known {
		return area.Name
	}
	return loaded.Config.Focus
}
