package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"levelfield/engine"
	"levelfield/engine/fault"
	"levelfield/engine/publish"
)

// refresh is "levelfield refresh".
func (a *app) refresh() *cobra.Command {
	var p publication
	c := &cobra.Command{
		Use:   "refresh [FLAGS]",
		Short: "Fetch what has changed, and publish if anything has",
		Long: `The scheduled job. Fetches the sources that may have changed, checks them, and publishes if any figure, definition or
the program itself is new since the last publication. On any failure the last good publication stays as it is.

With --log it prints nothing on standard output and logs on standard error.`,
		Example: `  levelfield refresh
  levelfield refresh --project council --out public --log json --detailed-exit-code`,
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty, exitWarned, exitLocked, exitNothingNew)},
	}
	p.flagsOf(c)
	c.Flags().StringVar(&a.flags.log, "log", "", "log on standard error as `text|json`")
	c.PreRunE = func(c *cobra.Command, _ []string) error {
		if a.flags.log != "" && a.flags.log != "text" && a.flags.log != "json" {
			return usageError{fmt.Errorf("--log is %q, and can be text or json", a.flags.log), c.CommandPath()}
		}
		return nil
	}
	c.RunE = a.run(func(ctx context.Context, _ []string) error { return a.runRefresh(ctx, p) })
	return c
}

func (a *app) runRefresh(ctx context.Context, p publication) error {
	options, err := a.publishing(&p)
	if err != nil {
		return err
	}
	options.Client = a.Client
	line, log := a.progress(), a.logger()
	log.Info("refresh begins", "project", orDefault(a.project.folder, "built-in"), "out", p.out)
	options.Progress = a.steps(func(step string) {
		line.step(step)
		log.Info("step", "name", step)
	})
	report, err := engine.Refresh(ctx, options)
	line.end()
	if err != nil {
		return stillStanding(p, err)
	}
	for _, warning := range report.Warnings {
		log.Warn(warning.Message, "place", warning.Place.String(), "path", warning.Path)
	}
	if report.Nothing {
		log.Info("nothing is new", "out", p.out, "as_of", report.AsOf)
		a.tellNothing(report, p)
		return nil
	}
	log.Info("published", "out", p.out, "as_of", report.AsOf, "new", report.New, "run", report.Run, "files", report.Files, "warnings", len(report.Warnings))
	if len(report.New) > 0 && !a.flags.json && !a.flags.quiet && a.flags.log == "" {
		a.out.printf("New figures: %s.\n", strings.Join(report.New, ", "))
	}
	a.tell(report, p)
	return nil
}

// tellNothing says that nothing has changed.
func (a *app) tellNothing(report engine.Report, p publication) {
	if p.detailed {
		a.code = exitNothingNew
	}
	switch {
	case a.flags.json:
		a.out.json(summaryOf(report))
	case !a.flags.quiet && a.flags.log == "":
		a.out.printf("Nothing is new since the figures released to %s: %s stays as it is.\n", day(report.AsOf), p.out)
	}
}

// stillStanding adds to a failure what still stands after it.
func stillStanding(p publication, err error) error {
	kept, missing := publish.ReadManifest(p.out)
	if missing != nil {
		return err
	}
	return stillStands{err, p.out, kept.AsOf}
}

// stillStands is a failure that left the last good publication as it was.
type stillStands struct {
	cause     error
	out, asOf string
}

// Error is the cause in words.
func (s stillStands) Error() string { return s.cause.Error() }

// Unwrap is the cause.
func (s stillStands) Unwrap() error { return s.cause }

// logFailure logs an error, and each fault in it.
func (a *app) logFailure(err error) {
	log, why := a.logger(), err.Error()
	var faults fault.List
	if errors.As(err, &faults) {
		for _, f := range a.placed(faults) {
			log.Error(f.Message, "place", f.Place.String(), "path", f.Path, "severity", string(f.Severity))
		}
		why = fault.Count(faults)
	}
	var kept stillStands
	if errors.As(err, &kept) {
		log.Error("refresh failed", "error", why, "kept", kept.out, "as_of", kept.asOf)
		return
	}
	log.Error("refresh failed", "error", why)
}

// logger writes to standard error in the form that --log asks for, and nowhere without it.
func (a *app) logger() *slog.Logger {
	switch a.flags.log {
	case "text":
		return slog.New(slog.NewTextHandler(a.err, nil))
	case "json":
		return slog.New(slog.NewJSONHandler(a.err, nil))
	}
	return slog.New(slog.DiscardHandler)
}
