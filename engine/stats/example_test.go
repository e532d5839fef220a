package stats_test

import (
	"fmt"

	"levelfield/engine/stats"
)

func ExampleProportion() {
	e := stats.Proportion(79, 167, 100)
	fmt.Printf("%.1f (%.1f to %.1f), %s\n", *e.Value, *e.Lower95, *e.Upper95, e.Method)
	fmt.Println(stats.Proportion(3, 0, 100).Reason)
	// Output:
	// 47.3 (39.9 to 54.9), Wilson score
	// denominator is zero
}

func ExampleCompareBounded() {
	// Known to be in neither work nor learning, and the same with the not known.
	low, high := 3.4, 5.6
	area := stats.ProportionFromShare(0.038, 5150, 0.0005, 100)
	verdict := stats.CompareBounded(area, &low, &high, stats.Low)
	fmt.Println(verdict.Outcome)
	fmt.Println(verdict.Reason)
	// Output:
	// cannot-compare
	// the reference lies between 3.4 and 5.6: similar against the first, best against the second
}

func ExampleDifferenceMover() {
	lower, upper := 74.9, 77.7
	everyone := stats.Published(76.3, &lower, &upper, stats.Linear)
	lowerWith, upperWith := 62.0, 68.2
	withCondition := stats.Published(65.1, &lowerWith, &upperWith, stats.Linear)
	gap := stats.DifferenceMover(everyone, withCondition)
	fmt.Printf("%.1f points (%.1f to %.1f)\n", *gap.Value, *gap.Lower95, *gap.Upper95)
	// Output:
	// 11.2 points (7.8 to 14.6)
}
