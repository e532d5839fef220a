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

// DSRFewest is the total count under which Dobson's interval is not given (PHE,
// Technical Guide: Confidence Intervals, May 2018).
const DSRFewest = 10

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
	t, reason := s.Sums()
	if reason != "" {
		return Standardised{Estimate: unavailable(reason)}
	}
	e := t.Estimate(interval, per)
	if e.HasValue() && s.Frequency != nil {
		e.Method += ", for events that are not independent"
	}
	return Standardised{Estimate: e, Count: number(t.Events)}
}

// Estimate is the directly standardised rate that sums over bands give, for so many people, where the bands themselves are not
// held or are not to be told. Formulas, sources and validity are those of [DSR].
func (t DSRSums) Estimate(interval DSRInterval, per float64) Estimate {
	var limits func(c confidence) (lower, upper float64)
	method, reason := "Dobson", ""
	switch {
	case !finite(t.Events) || !finite(t.Rate) || !finite(t.Variance):
		reason = reasonValueMissing
	case t.Events < 0 || t.Rate < 0 || t.Variance < 0:
		reason = reasonNegative
	case !positive(per):
		reason = reasonMultiplier
	case (interval == Dobson || interval == "") && t.Events < DSRFewest:
		reason = "total count under 10"
	case interval == Dobson || interval == "":
		limits = t.dobson
	case interval == FayFeuer:
		method, limits = "Fay-Feuer gamma", t.fayFeuer
	case interval == Tiwari:
		method, limits = "Tiwari gamma", t.tiwari
	default:
		reason = "no interval is called " + string(interval)
	}
	if reason != "" {
		return unavailable(reason)
	}
	zero := 0.0
	return estimated(method, t.Rate*per, func(c confidence) (lower, upper float64) {
		lower, upper = limits(c)
		return lower * per, upper * per
	}).Clip(&zero, nil)
}

// DSRSums are what a directly standardised rate and its limits are made of, per person: weights are w / n / sum(w), so that the
// rate is sum(weight x) and its variance sum(weight^2 x), with x the events of a band.
type DSRSums struct {
	Events, Rate, Variance float64
	// Most, Mean and Square are the largest weight, their mean, and that of their squares.
	Most, Mean, Square float64
}

// Sums adds the rows, or says why they have no rate.
func (s Strata) Sums() (t DSRSums, reason string) {
	rows := len(s.Counts)
	if rows == 0 || len(s.Populations) != rows || len(s.Standard) != rows ||
		s.Frequency != nil && len(s.Frequency) != rows || s.Bands != nil && len(s.Bands) != rows {
		return t, "no rows, or columns of unequal length"
	}
	standard := 0.0
	var firsts map[int]int
	if s.Bands != nil {
		firsts = make(map[int]int, rows)
	}
	for i, count := range s.Counts {
		population, share, frequency := s.Populations[i], s.Standard[i], 1.0
		if s.Frequency != nil {
			frequency = s.Frequency[i]
		}
		if reason := rowFault(count, population, share, frequency); reason != "" {
			return t, reason + " in a band"
		}
		if first, again := firsts[band(s.Bands, i)]; !again {
			standard += share
			if firsts != nil {
				firsts[s.Bands[i]] = i
			}
		} else if s.Populations[first] != population || s.Standard[first] != share {
			return t, "rows of a band differ in population or standard population"
		}
		weight := share / population * frequency
		t.Events += count * frequency
		t.Rate += weight * count
		t.Variance += weight * weight * count
		t.Most = math.Max(t.Most, weight)
		t.Mean += weight / float64(rows)
		t.Square += weight * weight / float64(rows)
	}
	if standard == 0 {
		return t, "standard population is zero"
	}
	t.Rate /= standard
	t.Most /= standard
	t.Mean /= standard
	t.Variance /= standard * standard
	t.Square /= standard * standard
	return t, ""
}

// band is the band of a row, and of no use where rows have none.
func band(bands []int, row int) int {
	if bands == nil {
		return row
	}
	return bands[row]
}

// rowFault is why a row has no part in a rate, or "".
func rowFault(count, population, standard, frequency float64) string {
	switch {
	case !finite(count):
		return reasonNumeratorMissing
	case !finite(population):
		return reasonDenominatorMissing
	case !finite(standard):
		return "standard population missing"
	case !finite(frequency):
		return "frequency missing"
	case count < 0 || population < 0 || standard < 0 || frequency < 0:
		return reasonNegative
	case population == 0:
		return reasonDenominatorZero
	}
	return ""
}

func (t DSRSums) dobson(c confidence) (lower, upper float64) {
	lower, upper = byarLimits(t.Events, c)
	scale := math.Sqrt(t.Variance / t.Events)
	return t.Rate + scale*(lower-t.Events), t.Rate + scale*(upper-t.Events)
}

func (t DSRSums) fayFeuer(c confidence) (lower, upper float64) {
	return t.gamma(c, t.Most, t.Most*t.Most)
}

func (t DSRSums) tiwari(c confidence) (lower, upper float64) {
	return t.gamma(c, t.Mean, t.Square)
}

// gamma are the limits of a gamma distribution that has the rate's mean and variance,
// for the upper one with those of one event more.
func (t DSRSums) gamma(c confidence, mean, square float64) (lower, upper float64) {
	if t.Rate > 0 {
		lower = lowerGamma(c.tail, t.Rate*t.Rate/t.Variance, c) * t.Variance / t.Rate
	}
	rate, variance := t.Rate+mean, t.Variance+square
	return lower, upperGamma(c.tail, rate*rate/variance, c) * variance / rate
}
