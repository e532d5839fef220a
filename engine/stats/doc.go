// Package stats turns numbers into estimates with limits, comparisons and trends.
//
// It is arithmetic and nothing else: numbers in, plain structs out. The types, in
// the order a reader meets them:
//
//   - [Estimate] is one value with limits at 95% and 99.8%, the words a methods
//     page prints, and warnings. A number that does not exist is nil, never NaN.
//   - [Limits] is one pair of limits taken from an Estimate.
//   - [Comparison] says how an estimate stands against a reference value.
//   - [Point] and [Trend] are a series and what its last five periods show.
//
// Estimates are made from counts ([Proportion], [Rate]), from a published percentage
// and its cohort ([ProportionFromShare]), from published figures ([Published],
// [PublishedHalfWidth], [PublishedCV], [PublishedOnly]), or from two estimates
// ([DifferenceNewcombe], [DifferenceMover], [RatioMover], [Change]). All of them go
// into [Compare], [CompareBounded], [StatusAgainstTarget] and [RecentTrend]; [Rank],
// [Median] and [Percentile] describe a list of areas and carry no verdict.
//
// Care leavers in education, employment or training, 79 of 167, against 54%:
//
//	area := stats.Proportion(79, 167, 100)   // 47.3 (39.9 to 54.9)
//	england := 54.0
//	verdict := stats.Compare(area, &england, stats.High)
//	// verdict.Outcome is stats.Similar
//
// Beside these stand the methods of one idea and one file each: intervals of a
// proportion on request ([ProportionWith]), exact rates ([RateExact]), means and
// quantiles ([Mean], [QuantileInterval]), standardised rates ([DSR], [ISRatio],
// [ISRate]), areas ([AreaQuantiles], [Shrink]), the slope index of inequality
// ([SlopeIndex]), life tables ([LifeExpectancy]) and families of tests ([Adjust]).
//
// A bad row never stops the others. An input that cannot give a value gives an
// Estimate with Status "x" and a Reason in words; no function here panics, logs,
// prints, or reads a clock, a file or the environment, and equal input gives equal
// output.
//
// The package does not decide which method a figure deserves (a calibrated count gets
// no Wilson interval), does not round, does not suppress small numbers and knows
// nothing of files, areas or indicators: the callers do.
package stats
