package scorecard

import (
	"path"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/results"
	"levelfield/seeds"
)

// Findings are what people have yet to do about the figures of a run: write a route to green, renew a commentary, take back
// a judgement. Each is a warning at its place. The targets are those of the project, day is today (2006-01-02) or empty.
func Findings(in Input, targets []seeds.Target, day string) fault.List {
	b := newBuilder(in)
	var found fault.List
	found.Add(b.routeFindings(targets)...)
	found.Add(b.commentFindings()...)
	found.Add(b.overrideFindings(day)...)
	return found
}

// routeFindings are the targets that are not met and have no route to green.
func (b *builder) routeFindings(targets []seeds.Target) fault.List {
	var found fault.List
	for _, set := range targets {
		definition, known := b.in.Definitions[set.Indicator]
		if !known || closed(definition) {
			continue
		}
		if on, asked := b.routeAsked(definition); asked && on.Period.Label == set.Period {
			where := path.Join("commentary", seeds.PeriodFolder(set.Period), set.Indicator+".md")
			found.Add(set.At("period").Warnf("period", "%s is worse than its target, and no route to green is written", set.Indicator).
				Hint("write what will be done, by whom and by when, into %s under the heading ## %s", where, RouteHeading))
		}
	}
	return found
}

// commentFindings are comments on figures that are not held, and those older than the figure they stand beside.
func (b *builder) commentFindings() fault.List {
	var found fault.List
	for _, comment := range b.in.Commentary {
		if _, held := b.commented(comment); !held {
			found.Add(comment.At().Warnf("", "no figure of %s is held for the period, so that nothing of this is printed", comment.Indicator).
				Hint("move it to the folder of the period that it is about"))
		}
	}
	seen := map[string]bool{}
	for _, comment := range b.in.Commentary {
		definition, known := b.in.Definitions[comment.Indicator]
		if seen[comment.Indicator] || !known || closed(definition) {
			continue
		}
		seen[comment.Indicator] = true
		if newest := b.comments(comment.Indicator); len(newest) > 0 {
			if why := b.older(definition, newest[0]); why != "" {
				found.Add(newest[0].At().Warnf("", "is older than the figure of %s: %s", comment.Indicator, lowerFirst(strings.TrimSuffix(why, "."))).
					Hint("write on the figure as it is now, with the day, in %s", b.latestPath(definition.ID)))
			}
		}
	}
	return found
}

// latestPath is where a comment on the latest figure belongs.
func (b *builder) latestPath(indicator string) string {
	latest, _ := b.latest(indicator, "", "")
	return path.Join("commentary", seeds.PeriodFolder(latest.Period.Label), indicator+".md")
}

// overrideFindings are overrides that have expired or judge nothing.
func (b *builder) overrideFindings(day string) fault.List {
	var found fault.List
	for _, o := range b.in.Overrides {
		latest, held := b.latest(o.Indicator, "", "")
		switch {
		case o.Expired(b.in.AsOf):
			found.Add(o.At("until").Warnf("until", "has passed: the status is shown as the test has it").Hint("take the row away, or judge anew with a later day"))
		case o.Status == seeds.OfTarget && !b.hasTarget(o):
			found.Add(o.At("period").Warnf("period", "%s has no target for %s, so that nothing is overridden", o.Indicator, o.Period).Hint("take the row away, or name the period of a target"))
		case o.Status != seeds.OfTarget && (!held || latest.Period.Label != o.Period):
			found.Add(o.At("period").Warnf("period", "is not that of the latest figure, so that nothing is overridden").Hint("take the row away, or judge the latest figure too"))
		case day != "" && o.Expired(day):
			found.Add(o.At("until").Warnf("until", "has passed, and still holds here: no figure is newer than %s", BritishDate(b.in.AsOf)).Hint("take the row away, or judge anew with a later day"))
		}
	}
	return found
}

func (b *builder) hasTarget(o seeds.Override) bool {
	for _, target := range b.targets[o.Indicator] {
		if target.Period.Label == o.Period && target.Status.Outcome != results.TargetNotDue {
			return true
		}
	}
	return false
}
