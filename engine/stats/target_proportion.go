package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// TargetProbability is the probability that a share of the next m people meets a target
// between 0 and 1, given x of the last n and no change in what is behind them: the
// beta-binomial predictive distribution with Jeffreys' prior. With a = x + 1/2,
// b = n - x + 1/2 and B the beta function:
//
//	P(k of m) = C(m, k) B(a + k, b + m - k) / B(a, b),  summed over every k/m that meets it
//
// Source: A. Gelman and others, Bayesian Data Analysis, 3rd edition (2013), section 2.4,
// with the prior of H. Jeffreys. It carries the chance in both cohorts and no trend:
// [ForecastTarget] carries a trend. Cohorts must be drawn alike and independently; m is
// whole and at most ten million. Counts that are no proportion, another m, and a target
// that is none give nil and the reason.
func TargetProbability(x, n, m float64, target Target) (probability *float64, reason string) {
	const largest = 1e7
	switch {
	case proportionFault(x, n) != "":
		return nil, proportionFault(x, n)
	case !(m >= 1) || m > largest || m != math.Trunc(m):
		return nil, "the next cohort is not a whole number from 1 to ten million"
	case target.fault() != "":
		return nil, target.fault()
	}
	a, b := x+0.5, n-x+0.5
	met, all := 0.0, 0.0
	// From the likeliest k outwards, each term from its neighbour; terms that no longer
	// count are left out.
	mode := math.Max(0, math.Min(m, math.Round(a/(a+b)*m)))
	height := math.Exp(-math.Log(m+1) - mathext.Lbeta(mode+1, m-mode+1) + mathext.Lbeta(a+mode, b+m-mode) - mathext.Lbeta(a, b))
	add := func(k, term float64) {
		all += term
		if target.reached(k / m) {
			met += term
		}
	}
	add(mode, height)
	for k, term := mode, height; k < m && term > 0; k++ {
		term *= (m - k) * (a + k) / ((k + 1) * (b + m - k - 1))
		add(k+1, term)
	}
	for k, term := mode, height; k > 0 && term > 0; k-- {
		term *= k * (b + m - k) / ((m - k + 1) * (a + k - 1))
		add(k-1, term)
	}
	return number(math.Min(1, met/all)), ""
}
