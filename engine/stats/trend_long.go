package stats

import (
	"slices"
	"strconv"
)

// LongTrend tests every period that can be used, at 99.8%: the test and the guards of
// [RecentTrend] over the whole of a series, for the question whether it has changed over
// the long run and not of late. The two may differ, and both be right: a measure can rise
// over ten years and show no significant change over five.
//
// Periods that overlap share data, and a test that took each for a new observation would
// find trends in noise. They are thinned: from the latest backwards, each period is kept
// that does not overlap the one kept before it, so that yearly points of a rolling three
// years leave one in three. The reason says how many were left out. Fewer than five that
// are left cannot be calculated. Without Span the overlap is unknown and not looked for.
//
// The statistic supposes a straight line (on the logit scale for the direction); over a
// long series a turn averages out, and no significant change does not mean that nothing
// happened. The caller passes no point from before a break.
func LongTrend(points []Point, polarity Polarity, proportion bool) Trend {
	usable := inOrder(points, proportion)
	kept := withoutOverlap(usable)
	if left := len(usable) - len(kept); left > 0 {
		return trendOver(RuleAll, kept, polarity, proportion,
			strconv.Itoa(left)+" of "+strconv.Itoa(len(usable))+" periods left out because they overlap")
	}
	return trendOver(RuleAll, kept, polarity, proportion)
}

// withoutOverlap keeps, from the latest backwards, the points whose periods do not
// overlap the one kept last. Two values of one period are both kept: a fault, not an
// overlap.
func withoutOverlap(points []Point) []Point {
	kept := make([]Point, 0, len(points))
	for i := len(points) - 1; i >= 0; i-- {
		if len(kept) > 0 {
			after := kept[len(kept)-1]
			if distance := after.Year - points[i].Year; distance > 0 && overlap(points[i], after) {
				continue
			}
		}
		kept = append(kept, points[i])
	}
	slices.Reverse(kept)
	return kept
}
