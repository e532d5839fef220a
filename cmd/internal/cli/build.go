package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"levelfield/engine"
	"levelfield/scorecard"
)

// The folders to publish into, where no flag names one.
const (
	publicOut   = "out"
	internalOut = "out-internal"
)

// publication is what build and refresh are told of the publication to make.
type publication struct {
	out, area, edition, asOf string
	boards                   []string
	detailed, keepGoing      bool
	internal                 bool
}

// flagsOf adds the flags of a publication to a command.
func (p *publication) flagsOf(c *cobra.Command) {
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&p.out, "out", "", "the `folder` to publish into (default: out, and out-internal for the internal edition)")
	f.StringArrayVar(&p.boards, "board", nil, "build only this board, by its `id` (may be given several times)")
	f.StringVar(&p.area, "area", "", "the `code` of another area than the project's, such as E06000033")
	f.StringVar(&p.edition, "edition", "", "the `words` printed under the title, such as \"Quarter 3, 2026/27\"")
	f.BoolVar(&p.internal, "internal", false, "publish the internal edition, which shows what the policies of datasets hide and says so on every page")
	f.BoolVar(&p.keepGoing, "keep-going", false, "publish without a faulty dataset: its release before stands in, or else its indicators are without figures")
	f.BoolVar(&p.detailed, "detailed-exit-code", false, "tell warnings, and that nothing is new, by an exit code of their own")
}

// publishing are the options of a run that publishes. Boards and area that the project does not know are usage errors.
func (a *app) publishing(p *publication) (engine.Options, error) {
	options := a.options()
	if p.out == "" {
		p.out = publicOut
		if p.internal {
			p.out = internalOut
		}
	}
	options.Internal = p.internal
	options.Out, options.Boards, options.Area, options.Edition = p.out, p.boards, p.area, p.edition
	options.AsOf, options.KeepGoing = p.asOf, p.keepGoing
	if err := a.checkDay("--as-of", p.asOf); err != nil {
		return engine.Options{}, err
	}
	if p.area == "" && len(p.boards) == 0 {
		return options, nil
	}
	loaded := a.load()
	if _, known := loaded.Areas.Lookup(p.area); p.area != "" && !known {
		return engine.Options{}, a.usage("no area has the code %q: a code is like E06000034", p.area)
	}
	for _, id := range p.boards {
		if !slices.Contains(loaded.Config.Boards, id) && len(loaded.Config.Boards) > 0 {
			return engine.Options{}, a.usage("no board %q: the project has %s", id, strings.Join(loaded.Config.Boards, ", "))
		}
	}
	return options, nil
}

// checkDay holds the day that a flag gives against the calendar.
func (a *app) checkDay(flag, day string) error {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		return a.usage("%s is %q, and is a day such as 2025-11-20", flag, day)
	}
	return nil
}

// asOfFlag adds --as-of to a command.
func asOfFlag(c *cobra.Command, day *string) {
	c.Flags().StringVar(day, "as-of", "", "a `day` such as 2023-06-30: of every dataset the newest release of that day counts")
}

// build is "levelfield build".
func (a *app) build() *cobra.Command {
	var p publication
	c := &cobra.Command{
		Use:   "build [FLAGS]",
		Short: "Compute the indicators and publish the scorecards",
		Long: `Imports the datasets, checks them, computes the indicators and publishes the scorecards, as web pages, board packs and
data, into a folder.

The folder is switched in one step when everything is ready: readers see the old publication or the new one, whole.
The one before is kept beside it. A folder that holds anything else is refused.

With --as-of, figures are those of an earlier day: of every dataset, the newest release that had been published by then
and that the project or its archive still holds. Definitions are those of today.`,
		Example: `  levelfield build
  levelfield build --board skills --out public
  levelfield build --project council --edition "Quarter 3, 2026/27"
  levelfield build --as-of 2023-06-30 --out june`,
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty, exitWarned, exitLocked)},
	}
	p.flagsOf(c)
	asOfFlag(c, &p.asOf)
	c.RunE = a.run(func(ctx context.Context, _ []string) error { return a.runBuild(ctx, p) })
	return c
}

func (a *app) runBuild(ctx context.Context, p publication) error {
	options, err := a.publishing(&p)
	if err != nil {
		return err
	}
	line := a.progress()
	options.Progress = a.steps(line.step)
	report, err := engine.Build(ctx, options)
	line.end()
	if err != nil {
		return err
	}
	a.tell(report, p)
	return nil
}

// steps tells each step of a run to the line on the terminal and to the test's hook.
func (a *app) steps(show func(step string)) func(step string) {
	return func(step string) {
		show(step)
		if a.Hook != nil {
			a.Hook(step)
		}
	}
}

// tell prints what was published.
func (a *app) tell(report engine.Report, p publication) {
	if len(report.Warnings) > 0 && p.detailed {
		a.code = exitWarned
	}
	switch {
	case a.flags.json:
		a.out.json(summaryOf(report))
		return
	case a.flags.quiet || a.flags.log != "":
		return
	}
	built := "Built"
	if p.internal {
		built = "Built the INTERNAL edition of"
	}
	a.out.printf("%s %q for %s: %s from %s, figures released to %s.\n", built, report.Project, report.Area,
		counted(report.Indicators, "indicator"), counted(report.Datasets, "dataset"), day(report.AsOf))
	table := tabwriter.NewWriter(a.out, 0, 0, 3, ' ', 0)
	a.out.write(func() error {
		for _, board := range report.Boards {
			if _, err := fmt.Fprintf(table, "  %s\t%s\t%s\n", board, filepath.Join(report.Out, board, "index.html"), filepath.Join(report.Out, board, "pack.pdf")); err != nil {
				return err
			}
		}
		return table.Flush()
	})
	a.tellSignOffs(report.SignOffs)
	a.out.printf("Open %s. Data: %s\n", filepath.Join(report.Out, "index.html"), filepath.Join(report.Out, "data", "results.csv"))
	if n := len(report.Warnings); n > 0 {
		verb := "are"
		if n == 1 {
			verb = "is"
		}
		a.out.printf("There %s %s: levelfield check lists them.\n", verb, counted(n, "warning"))
	}
}

// tellSignOffs says of each board that asks for it what an approval of it, as it stands, has to name.
func (a *app) tellSignOffs(boards []engine.SignOff) {
	for _, board := range boards {
		switch board.State {
		case scorecard.Signed:
			a.out.printf("Signed off: %s.\n", board.Board)
		case scorecard.Void:
			a.out.printf("Draft again: %s has changed since it was signed. To sign it as it stands: hash: %s\n", board.Board, board.Hash)
		default:
			a.out.printf("Draft: %s is not signed off. To sign it as it stands: hash: %s\n", board.Board, board.Hash)
		}
	}
}

// summary is a report as JSON.
type summary struct {
	Project    string   `json:"project"`
	AsOf       string   `json:"as_of"`
	Indicators int      `json:"indicators"`
	Datasets   int      `json:"datasets"`
	Values     int      `json:"values"`
	Boards     []string `json:"boards"`
	Files      int      `json:"files"`
	Out        string   `json:"out"`
	Run        string   `json:"run,omitempty"`
	Warnings   int      `json:"warnings"`
	New        []string `json:"new"`
	NothingNew bool     `json:"nothing_new"`
	// SignOffs stand where the project asks for sign-off.
	SignOffs []engine.SignOff `json:"sign_offs,omitempty"`
}

func summaryOf(r engine.Report) summary {
	return summary{
		Project: r.Project, AsOf: r.AsOf, Indicators: r.Indicators, Datasets: r.Datasets, Values: r.Values,
		Boards: append([]string{}, r.Boards...), Files: r.Files, Out: r.Out, Run: r.Run, Warnings: len(r.Warnings),
		New: append([]string{}, r.New...), NothingNew: r.Nothing,
		SignOffs: r.SignOffs,
	}
}
