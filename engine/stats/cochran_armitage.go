package stats

import "math"

// Test is the result of a test of significance.
type Test struct {
	// Statistic is the test statistic, nil where the test could not be made.
	Statistic *float64 `json:"statistic,omitempty"`
	// Probability is the two-sided p value, in [0, 1].
	Probability *float64 `json:"probability,omitempty"`
	// Method is the test in the words a methods page prints.
	Method string `json:"method,omitempty"`
	// Status and Reason are those of an Estimate without a value.
	Status string `json:"status,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// CochranArmitage tests for a linear trend in proportions over ordered groups: cases[i]
// of sizes[i] at scores[i]. With c, d and t these, N = sum d and C = sum c:
//
//	chi2 = N (N sum ct - C sum dt)^2 / (C (N-C) (N sum dt^2 - (sum dt)^2)), 1 degree of freedom
//
// Sources: W. G. Cochran, Biometrics 10 (1954) 417-451; P. Armitage, Biometrics 11 (1955)
// 375-386, without the N/(N-1) that some texts add. Valid for groups that share no
// people, with at least about five cases and five others expected in each. The test
// supposes a straight line: a proportion that rises and falls again may give 0.
//
// Slices of different length, fewer than two groups, a pair that is no proportion, cases
// that are none or all, and scores that are all the same give status x with a reason.
func CochranArmitage(cases, sizes, scores []float64) Test {
	cannot := func(reason string) Test { return Test{Status: StatusUnavailable, Reason: reason} }
	if len(cases) != len(sizes) || len(cases) != len(scores) {
		return cannot("cases, sizes and scores differ in number")
	}
	if len(cases) < 2 {
		return cannot("fewer than two groups")
	}
	points := make([]Point, len(cases))
	for i := range cases {
		if reason := proportionFault(cases[i], sizes[i]); reason != "" {
			return cannot(reason)
		}
		if !finite(scores[i]) {
			return cannot("score missing")
		}
		points[i] = Point{Year: scores[i], Numerator: &cases[i], Denominator: &sizes[i]}
	}
	statistic, _, reason := cochranArmitage(points)
	if reason != "" {
		return cannot(reason)
	}
	if !finite(statistic) {
		return cannot("every score is the same")
	}
	return Test{
		Statistic:   &statistic,
		Probability: number(math.Erfc(math.Sqrt(statistic / 2))),
		Method:      "Cochran-Armitage chi-square for a linear trend",
	}
}
