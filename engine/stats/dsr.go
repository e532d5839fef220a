package stats

import "math"

// DSRInterval is a way to give a directly standardised rate its limits.
type DSRInterval string

// The intervals of a directly standardised rate.
const (
	// Dobson scales Byar's interval of the total count: the default.
	Dobson DSRInterval = "dobson"
	// FayFeuer is the gamma interval, never below its nominal confidence in practice.
	FayFeuer DSRInterval = "fay-feuer"
	// Tiwari is the gamma interval made shorter.
	Tiwari DSRInterval = "tiwari"
)

// DSRIntervals are the intervals, the default first.
func DSRIntervals() []DSRInterval { return []DSRInterval{Dobson, FayFeuer, Tiwari} }

// Strata are the age bands of one group, a row each; the slices have one length.
type Strata struct {
	// Counts are the events or, with Frequency, the people who had so many.
	Counts, Populations []float64
	// Standard is the standard population of the row's band.
	Standard []float64
	// Frequency is how many events each of the people had, for events that are not
	// independent of each other; nil where each row counts events. Bands then says which
	// rows are of one band, by any number for each; nil where each row is its own.
	Frequency []float64
	Bands     []int
}

// Standardised is a directly standardised rate with the total count of events.
type Standardised struct {
	Estimate
	// Count is the number of events; nil where a count is missing.
	Count *float64
}

// dsrFewest is the total count under which Dobson's interval is not given (PHE,
// Technical Guide: Confidence Intervals, May 2018).
const dsrFewest = 10

// DSR is the directly standardised rate: the rate that the group would have with the
// age structure of the standard population. With w the standard populations,
//
//	y = sum(w x / n) / sum(w)  x per
//	v = sum(w^2 x / n^2) / sum(w)^2
//
// and X the total count, limits are:
//
//	dobson:    y + sqrt(v / X) (Byar(X) - X)
//	fay-feuer: L = Gamma(alpha/2; y^2/v) v/y
//	           U = Gamma(1 - alpha/2; (y + m)^2/(v + m^2)) (v + m^2)/(y + m)
//	           with m the largest w / n / sum(w)
//	tiwari:    as fay-feuer, with the means of w / n / sum(w) and of its square in the
//	           place of m and m^2 in U
//
// Sources: A. J. Dobson, K. Kuulasmaa, E. Eberle and J. Scherer, Stat. Med. 10 (1991)
// 457-462; M. P. Fay and E. J. Feuer, Stat. Med. 16 (1997) 791-801; R. C. Tiwari, L. X.
// Clegg and Z. Zou, Stat. Methods Med. Res. 15 (2006) 547-569.
//
// Dobson's is not given under 10 events (status x); its lower limit can fall below 0
// where few of the events carry much of the weight, and is clipped there with a warning.
// The gamma intervals hold from 0 events on, and only fay-feuer keeps its nominal
// coverage in the sparsest tables (M. Talih et al., 2022).
//
// Events that are not independent, such as admissions of the same people, come as
// people by the frequency f of their events. The count is then f x, and each row a
// Poisson count of weight f w / n, whose variance is sum(f^2 w^2 x / n^2) / sum(w)^2.
// The rows of a band must agree in population and standard population.
//
// Nothing is taken for 0: a row in which something is missing gives status x.
func DSR(s Strata, interval DSRInterval, per float64) Standardised {
	t, reason := s.total()
	if reason != "" {
		return Standardised{Estimate: unavailable(reason)}
	}
	// The count shares the allocation of the estimate's five numbers.
	room := &[6]float64{5: t.events}
	result := Standardised{}
	if finite(t.events) {
		result.Count = &room[5]
	}
	var limits pairs
	method := "Dobson"
	switch {
	case !positive(per):
		reason = reasonMultiplier
	case (interval == Dobson || interval == "") && t.events < dsrFewest:
		reason = "total count under 10"
	case interval == Dobson || interval == "":
		limits = t.dobson()
	case interval == FayFeuer:
		method, limits = "Fay-Feuer gamma", t.gamma(s.greatestWeight(t.standard))
	case interval == Tiwari:
		method, limits = "Tiwari gamma", t.gamma(s.meanWeights(t.standard))
	default:
		reason = "no interval is called " + string(interval)
	}
	if reason != "" {
		result.Estimate = unavailable(reason)
		return result
	}
	if s.Frequency != nil {
		method += ", for events that are not independent"
	}
	result.Estimate = limits.times(per).estimate((*[5]float64)(room[:5]), method, t.rate*per)
	if result.Lower998 != nil && *result.Lower998 < 0 {
		zero := 0.0
		result.Estimate = result.Clip(&zero, nil)
	}
	return result
}

// strataTotal are the events of all rows, the standard population of all bands, and the
// rate per person with its variance.
type strataTotal struct{ events, standard, rate, variance float64 }

// total adds the rows, or says why they have no rate.
func (s *Strata) total() (t strataTotal, reason string) {
	rows := len(s.Counts)
	if rows == 0 || len(s.Populations) != rows || len(s.Standard) != rows ||
		s.Frequency != nil && len(s.Frequency) != rows || s.Bands != nil && len(s.Bands) != rows {
		return t, "no rows, or columns of unequal length"
	}
	populations, shares := s.Populations[:rows], s.Standard[:rows]
	people := 0.0
	for i, count := range s.Counts {
		population, share, frequency := populations[i], shares[i], 1.0
		if s.Frequency != nil {
			frequency = s.Frequency[i]
		}
		if !(count >= 0 && population > 0 && share >= 0 && frequency >= 0) {
			return t, s.fault()
		}
		weight := share / population * frequency
		people += population
		t.standard += share
		t.events += count * frequency
		t.rate += weight * count
		t.variance += weight * weight * count
	}
	// A sum that is no number has one among its parts, or is too large to hold.
	if !finite(people) || !finite(t.standard) || !finite(t.events) {
		reason = s.fault()
	}
	if s.Bands != nil && reason == "" {
		t.standard, reason = s.bandTotal()
	}
	if t.standard == 0 && reason == "" {
		reason = "standard population is zero"
	}
	t.rate /= t.standard
	t.variance /= t.standard * t.standard
	return t, reason
}

// bandTotal is the standard population of the bands, each of which is counted once however
// many rows it has, or says why they have none.
func (s *Strata) bandTotal() (standard float64, reason string) {
	firsts := make(map[int]int, len(s.Bands))
	for i, band := range s.Bands {
		first, again := firsts[band]
		switch {
		case !again:
			firsts[band] = i
			standard += s.Standard[i]
		case s.Populations[first] != s.Populations[i] || s.Standard[first] != s.Standard[i]:
			return 0, "rows of a band differ in population or standard population"
		}
	}
	return standard, ""
}

// fault is why the first row that has no part in a rate has none, or "".
func (s *Strata) fault() string {
	for i, count := range s.Counts {
		population, standard, frequency := s.Populations[i], s.Standard[i], s.frequency(i)
		reason := ""
		switch {
		case !finite(count):
			reason = reasonNumeratorMissing
		case !finite(population):
			reason = reasonDenominatorMissing
		case !finite(standard):
			reason = "standard population missing"
		case !finite(frequency):
			reason = "frequency missing"
		case count < 0 || population < 0 || standard < 0 || frequency < 0:
			reason = reasonNegative
		case population == 0:
			reason = reasonDenominatorZero
		}
		if reason != "" {
			return reason + " in a band"
		}
	}
	return ""
}

// frequency is how many events each of a row's count stands for.
func (s *Strata) frequency(row int) float64 {
	if s.Frequency == nil {
		return 1
	}
	return s.Frequency[row]
}

// greatestWeight is the largest weight of a row in the rate, and its square.
func (s *Strata) greatestWeight(standard float64) (most, square float64) {
	for i, share := range s.Standard {
		most = max(most, share/s.Populations[i]*s.frequency(i))
	}
	most /= standard
	return most, most * most
}

// meanWeights are the means of the rows' weights in the rate and of their squares.
func (s *Strata) meanWeights(standard float64) (mean, square float64) {
	for i, share := range s.Standard {
		weight := share / s.Populations[i] * s.frequency(i) / standard
		mean += weight
		square += weight * weight
	}
	rows := float64(len(s.Standard))
	return mean / rows, square / rows
}

// dobson are the limits of the rate that scale Byar's limits of the count.
func (t strataTotal) dobson() pairs {
	scale := math.Sqrt(t.variance / t.events)
	return both(func(c confidence) (lower, upper float64) {
		lower, upper = byarLimits(t.events, c)
		return t.rate + scale*(lower-t.events), t.rate + scale*(upper-t.events)
	})
}

// gamma are the limits of a gamma distribution that has the rate's mean and variance,
// for the upper one with those of one event more, which has this weight.
func (t strataTotal) gamma(weight, square float64) pairs {
	return both(func(c confidence) (lower, upper float64) {
		if t.rate > 0 {
			lower = lowerGamma(c.tail, t.rate*t.rate/t.variance, c) * t.variance / t.rate
		}
		rate, variance := t.rate+weight, t.variance+square
		return lower, upperGamma(c.tail, rate*rate/variance, c) * variance / rate
	})
}
