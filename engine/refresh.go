package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"levelfield/engine/publish"
	"levelfield/engine/schedule"
)

// Refresh is the scheduled job: it fetches what may have changed and publishes only if something has, or if there is
// no whole publication yet. On any failure the last good publication stays as it was.
func Refresh(ctx context.Context, options Options) (Report, error) {
	sources, err := sourcesOf(options)
	if err != nil {
		return Report{}, err
	}
	if report, same, err := unchanged(sources, options); err != nil || same {
		return report, err
	}
	return look(ctx, options, func(report Report) {
		// What cannot be remembered is looked at again.
		_ = remember(sources, report, options)
	})
}

// look is a refresh that looks at everything. Found is told what it found, still behind the lock.
func look(ctx context.Context, options Options, found func(Report)) (Report, error) {
	c, done, err := begin(ctx, options)
	if err != nil {
		return Report{}, err
	}
	defer done()
	manifest, err := c.manifest(options)
	if err != nil {
		return Report{}, err
	}
	published, err := publish.ReadManifest(options.Out)
	switch {
	case err == nil && publish.Verify(options.Out) == nil:
		same, err := sameSources(published, manifest, c, options)
		if err != nil {
			return Report{}, err
		}
		if same && c.sameProtected(published, options) {
			report := Report{Project: c.project.Config.Title, Area: c.areaName(), AsOf: c.asOf, Out: options.Out, Nothing: true, Warnings: c.discreet(c.warnings).Sorted(),
				Indicators: len(c.plan.indicators), Datasets: len(c.imported), Late: c.late(options)}
			found(report)
			return report, nil
		}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return Report{}, err
	}
	report, err := c.finish(ctx, options)
	report.New, report.Late = changedSince(published, manifest), c.late(options)
	if err != nil {
		return report, err
	}
	found(report)
	return report, nil
}

// late are the datasets whose next release should have come by now.
func (c *computation) late(options Options) []schedule.Late {
	var releases []schedule.Release
	for _, dataset := range c.project.Datasets.Datasets {
		releases = append(releases, schedule.Release{Dataset: dataset.ID, Title: dataset.Title, Announced: dataset.NextRelease})
	}
	return schedule.Overdue(releases, options.Now)
}

// sameSources says whether a publication rests on the very same datasets, definitions, program and boards.
func sameSources(published, now publish.Manifest, c computation, options Options) (bool, error) {
	boards, err := c.boards(options)
	if err != nil {
		return false, err
	}
	for _, board := range boards {
		listed := slices.ContainsFunc(published.Files, func(entry publish.Entry) bool { return entry.Path == board+"/index.html" })
		if !listed {
			return false, nil
		}
	}
	published.Files, now.Files = nil, nil
	before, err := json.Marshal(published)
	if err != nil {
		return false, fmt.Errorf("compare with the last publication: %w", err)
	}
	after, err := json.Marshal(now)
	if err != nil {
		return false, fmt.Errorf("compare with the last publication: %w", err)
	}
	return string(before) == string(after), nil
}

// changedSince are the datasets whose snapshot the last publication did not rest on.
func changedSince(published, now publish.Manifest) []string {
	held := map[publish.Dataset]bool{}
	for _, dataset := range published.Datasets {
		held[dataset] = true
	}
	var changed []string
	for _, dataset := range now.Datasets {
		if !held[dataset] {
			changed = append(changed, dataset.ID)
		}
	}
	return changed
}
