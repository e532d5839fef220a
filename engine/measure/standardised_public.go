package measure

import (
	"math"

	"levelfield/engine/disclosure"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// A directly standardised rate and its limits are two sums over the counts of its age bands, with weights that everybody can find.
// With all their digits they would give the counts away as a file of them does: few sets of whole numbers add up to the same. So the
// public edition makes the rate and its limits of three rounded numbers, and tells those three and nothing else: the events as they
// are printed, the rate to the nearest [Step], and the variance up to the next rung of a ladder of twenty a decade, by which limits
// are never narrower than they are and at most a seventeenth wider.

// Step is to what a directly standardised rate of a protected dataset is rounded: what one event is worth in the crude rate of the
// same people, or as many as counts are rounded to, and from there up to the next 1, 2 or 5 times a power of ten.
func Step(per, people float64, policy disclosure.Policy) float64 {
	worth := per / people * math.Max(1, float64(policy.Round))
	power := math.Pow(10, math.Floor(math.Log10(worth)))
	for _, times := range []float64{1, 2, 5} {
		if worth <= times*power*(1+arithmetic) {
			return times * power
		}
	}
	return 10 * power
}

// arithmetic is what the last digits of a number may lose.
const arithmetic = 1e-9

// nearest is the nearest multiple of a step, which is 1, 2 or 5 times a power of ten, the half up whatever its last digit is.
func nearest(number, step float64) float64 {
	steps := math.Floor(number/step + 0.5 + arithmetic)
	if step < 1 {
		return steps / math.Round(1/step)
	}
	return steps * step
}

// rungs are how many rungs the ladder of variances has from one power of ten to the next.
const rungs = 20

// rung is the first number of the ladder that is no less than a variance.
func rung(variance float64) float64 {
	if variance <= 0 {
		return 0
	}
	return math.Pow(10, math.Ceil(rungs*math.Log10(variance)-arithmetic)/rungs)
}

// below is the rung under one.
func below(variance float64) float64 { return variance * math.Pow(10, -1.0/rungs) }

// weights are what one event in each band adds to a directly standardised rate: per × standard population / people / sum of the
// standard population.
type weights struct {
	of map[string]float64
	// sums hold the largest of them, their mean, and that of their squares.
	sums     stats.DSRSums
	interval stats.DSRInterval
	step     float64
}

func weightsOf(spec indicators.DSR, strata Strata, policy Policy) weights {
	standard := 0.0
	for _, label := range sorted(spec.Standard) {
		standard += spec.Standard[label]
	}
	_, people := strata.sums()
	w := weights{of: map[string]float64{}, interval: stats.DSRInterval(spec.Interval), step: Step(spec.Per, people, policy.Policy)}
	for _, label := range sorted(strata) {
		weight := spec.Per * spec.Standard[label] / strata[label].Population / standard
		w.of[label], w.sums.Most = weight, math.Max(w.sums.Most, weight)
		w.sums.Mean += weight / float64(len(strata))
		w.sums.Square += weight * weight / float64(len(strata))
	}
	return w
}

// public is the rate of the counts of the bands as the public edition prints it.
func (w weights) public(strata Strata, policy Policy) stats.Estimate {
	events, rate, variance := 0.0, 0.0, 0.0
	for _, label := range sorted(strata) {
		count := strata[label].Count
		events, rate, variance = events+count, rate+w.of[label]*count, variance+w.of[label]*w.of[label]*count
	}
	return w.estimate(policy.Rounded(events), nearest(rate, w.step), rung(variance))
}

// estimate is the rate that three rounded numbers give.
func (w weights) estimate(events, rate, variance float64) stats.Estimate {
	sums := w.sums
	sums.Events, sums.Rate, sums.Variance = events, rate, variance
	return sums.Estimate(w.interval, 1)
}

// told are the ranges in which a printed rate places the sums of weights and of their squares over the events. A reader tries which
// rung gives the limits that are printed, of events as they are printed and at most so many.
func (w weights) told(printed stats.Estimate, events, most float64) (rate, variance disclosure.Range) {
	// A half rounds up: what is half a step above is printed as the next.
	const short = 1e-6
	rate = disclosure.Range{Low: math.Max(0, *printed.Value-w.step/2), High: *printed.Value + w.step/2 - short*w.sums.Most*math.Max(1, events)}
	if events == 0 || *printed.Value == 0 || printed.Upper95 == nil {
		return rate, disclosure.Range{Low: 0, High: math.Inf(1)}
	}
	// Of so many events that make the rate, the variance is least where all weigh the same, and greatest where all weigh most.
	least, greatest, best := rate.Low*rate.Low/most, rung(w.sums.Most*rate.High), math.Inf(1)
	for at := rung(least); at <= greatest*(1+arithmetic); at = rung(at * (1 + 1.0/rungs)) {
		upper := w.estimate(events, *printed.Value, at).Upper95
		if upper == nil {
			continue
		}
		if off := math.Abs(*upper - *printed.Upper95); off < best {
			best, variance = off, disclosure.Range{Low: below(at), High: at}
		}
	}
	return rate, variance
}

// rounded says whether a rate and its limits are those that three rounded numbers give.
func (w weights) rounded(v results.Value, policy Policy) bool {
	if v.Numerator == nil || nearest(*v.Value, w.step) != *v.Value {
		return false
	}
	if *v.Value == 0 || v.Upper95 == nil {
		return true
	}
	_, most := policy.Range(*v.Numerator)
	_, variance := w.told(v.Estimate, *v.Numerator, most)
	upper := w.estimate(policy.Rounded(*v.Numerator), *v.Value, variance.High).Upper95
	return upper != nil && math.Abs(*upper-*v.Upper95) <= arithmetic*math.Max(1, *upper)
}
