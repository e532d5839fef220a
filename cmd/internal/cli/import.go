package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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

With --dataset, the file is read as a release of a dataset of the project, in the dataset's own layout or in another that
is recognised, and its figures are compared with those of the release before: new, revised and withdrawn ones, those of
the project's area and of England first, then the largest moves. With --released as well, a file without faults is kept in
the archive as the release of that day; a later build uses the newest release, and --as-of DAY the newest of a day.

Without, the file is recognised by what stands in it, and a dataset.yaml is proposed: text in any delimiter and encoding,
workbooks, Parquet and JSON, zipped or gzipped, in the layout of a publisher that is known or in any other. What can only
be guessed is told with its line under "decide". Of a workbook with several tables one is chosen with --sheet, of an
archive one file with --member, and of a file with several indicators one with --where.

With --write, the dataset.yaml and a copy of the file are written into a folder, if the file has no faults; --title,
--publisher, --release, --released and --label say what stands in no file.

Nothing else is written, and nothing is overwritten.`,
		Example: `  levelfield import figures.csv --dataset dfe-care-leavers
  levelfield import figures.csv --dataset dfe-care-leavers --released 2026-11-19 --release "2025/26"
  levelfield import employment-rate.csv --where "indicator=Employment rate"
  levelfield import businessdemography2024.xlsx --sheet "Table 1.1"
  levelfield import figures.csv --write datasets/care --title "Care leavers" --release 2025 --released 2025-11-20 --label official`,
		Args:        exactly("a file"),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&wanted.Dataset, "dataset", "", "read the file as a new release of this dataset, by its `id`")
	choiceFlags(c.Flags(), &wanted, &where)
	c.Flags().StringVar(&wanted.Write, "write", "", "the `folder` to write dataset.yaml and a copy of the file to")
	wordFlags(c.Flags(), &wanted.Words)
	c.RunE = a.run(func(ctx context.Context, args []string) error {
		if err := a.checkImport(&wanted, where, args[0]); err != nil {
			return err
		}
		return a.runImport(ctx, wanted, args[0])
	})
	return c
}

// choiceFlags are those that choose a part of a file.
func choiceFlags(flags *pflag.FlagSet, wanted *engine.ImportOptions, where *[]string) {
	flags.StringArrayVar(where, "where", nil, "keep only rows with a text in a column, as `heading=text` (may be given several times)")
	flags.StringVar(&wanted.Sheet, "sheet", "", "read the table on this `sheet` of a workbook")
	flags.StringVar(&wanted.Member, "member", "", "read this `file` of an archive")
}

// wordFlags are those that say of a dataset what stands in no file.
func wordFlags(flags *pflag.FlagSet, words *engine.ImportWords) {
	flags.StringVar(&words.Title, "title", "", "what the figures are, in `words`")
	flags.StringVar(&words.Publisher, "publisher", "", "who publishes them, in `words`")
	flags.StringVar(&words.Release, "release", "", "what the publisher calls the release, in `words`")
	flags.StringVar(&words.Released, "released", "", "the `day` on which it was published, such as 2025-11-20")
	flags.StringVar(&words.Label, "label", "", "the `standing` of the figures: "+strings.Join(labels, ", "))
}

// checkImport holds the command line against itself and finds the file.
func (a *app) checkImport(wanted *engine.ImportOptions, where []string, file string) error {
	if wanted.Dataset != "" && wanted.Write+wanted.Words.Title+wanted.Words.Publisher+wanted.Words.Label != "" {
		return a.usage("--dataset takes the description of the project: leave out --write, --title, --publisher and --label")
	}
	if err := a.checkWords(wanted.Words); err != nil {
		return err
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

// checkWords holds the words of a dataset against what a dataset.yaml may say.
func (a *app) checkWords(words engine.ImportWords) error {
	switch _, err := time.Parse(time.DateOnly, words.Released); {
	case words.Released != "" && err != nil:
		return a.usage("--released is %q, and is a day such as 2025-11-20", words.Released)
	case words.Label != "" && !slices.Contains(labels, words.Label):
		return a.usage("--label is %q, and is one of %s", words.Label, strings.Join(labels, ", "))
	}
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
	a.tellImport(report)
	return nil
}

// mostTold is how many faults of a file are told on the screen: more of them have one cause.
const mostTold = 20

// tellImport prints what a file holds, its faults on standard error in between, and what is to be done next.
func (a *app) tellImport(report engine.ImportReport) {
	if !a.flags.quiet {
		a.out.printf("%s", aboveFaults(report, a.areaName()))
	}
	if n := len(report.Faults); n > 0 {
		a.err.write(func() error { return fault.Text(a.err, report.Faults[:min(n, mostTold)]) })
		if n > mostTold {
			a.err.printf("%s more: --json lists them all\n", counted(n-mostTold, "fault"))
		}
	}
	if len(report.Choices) > 0 {
		a.err.printf("levelfield: %s\n", chooseNext(report))
	}
	if !a.flags.quiet {
		a.out.printf("%s", belowFaults(report))
	}
}

// chooseNext is the next step where one of several has to be chosen.
func chooseNext(report engine.ImportReport) string {
	first := report.Choices[0].Text
	switch report.Choose {
	case "sheet":
		return fmt.Sprintf("%s holds several tables: choose one with --sheet %q", report.File, first)
	case "member":
		return fmt.Sprintf("%s holds several files: choose one with --member %q", report.File, first)
	}
	return fmt.Sprintf("%s holds several indicators: choose one with --where \"%s=%s\"", report.File, report.Choose, first)
}

// placedImport puts the file as the user named it into its faults, and the project's folder before all others.
func (a *app) placedImport(faults fault.List, name, file string) fault.List {
	placed := a.placed(faults)
	moved := append(fault.List{}, placed...)
	for i, f := range faults {
		// Behind the name stands the sheet, or the file inside an archive; gzip is taken off.
		for _, known := range []string{name, strings.TrimSuffix(name, ".gz")} {
			if rest, is := strings.CutPrefix(f.File, known); is && (rest == "" || rest[0] == '!') {
				moved[i].File = filepath.ToSlash(strings.TrimSuffix(file, strings.TrimPrefix(name, known))) + rest
				break
			}
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
