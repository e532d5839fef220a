package stats

// Representation is a group's share of what was counted over its share of the
// population it is counted from: 1 means that the group is represented as its numbers
// would have it, 0.5 half as much. With x of n the group's part of those counted and
// part of whole its part of the population:
//
//	(x/n) / (part/whole), limits  W(x, n) / (part/whole)
//
// where W are the Wilson limits of [Proportion]. The population's share is taken as
// known, which holds for a census or an administrative count; where it is a survey's
// estimate, [RatioMover] of the two proportions carries both errors. The limits at x = 0
// begin at exactly 0. Not valid where the group counted is not drawn from that
// population: learners of every age set against residents of working age.
//
// Pairs that are no proportions, and a group that is no part of the population, give
// status x with a reason that says which.
func Representation(x, n, part, whole float64) Estimate {
	if reason := twoProportionsFault(x, n, part, whole, 1); reason != "" {
		return unavailable(reason)
	}
	share := part / whole
	if share == 0 {
		return unavailable("the group is no part of the population")
	}
	return estimated("Wilson score of the share, over the share of the population", x/n/share,
		func(c confidence) (lower, upper float64) {
			return wilsonLower(x/n, n, c.z) / share, wilsonUpper(x/n, n, c.z) / share
		})
}
