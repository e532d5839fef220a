package stats

import "math"

// DSRInterval is a way to give a directly standardised rate its limits.
type DSRInterval string

// The intervals of a directly standardised rate.
const (
	// Dobson scales Byar's interval of the total count: the default.
	Dobson DSRInterval = "dobson"
	// DobsonExact scales the exact Poisson interval of the total count.
	DobsonExact DSRInterval = "dobson-exact"
	// FayFeuer is the gamma interval, never below its nominal confidence in practice.
	FayFeuer DSRInterval = "fay-feuer"
	// Tiwari is the gamma interval made shorter.
	Tiwari DSRInterval = "tiwari"
)

// DSRIntervals are the intervals, the default first.
func DSRIntervals() []DSRInterval { return []DSRInterval{Dobson, DobsonExact, FayFeuer, Tiwari} }

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
//	dobson-exact: the same with the exact Poisson limits of X in the place of Byar's
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
// With exact Poisson limits it is given from 1 event on.
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
	t, standard, reason := s.total()
	if reason != "" {
		return Standardised{Estimate: unavailable(reason)}
	}
	s.weigh(&t, interval, standard)
	// The count shares the allocation of the estimate's five numbers.
	room := &[6]float64{5: t.Events}
	result := Standardised{Estimate: t.estimate((*[5]float64)(room[:5]), interval, per)}
	if finite(t.Events) {
		result.Count = &room[5]
	}
	if result.HasValue() && s.Frequency != nil {
		result.Method += ", for events that are not independent"
	}
	return result
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
	t, standard, reason := s.total()
	if reason == "" {
		s.weigh(&t, FayFeuer, standard)
		s.weigh(&t, Tiwari, standard)
	}
	return t, reason
}

// Estimate is the directly standardised rate that sums over bands give, for so many people, where the bands themselves are not
// held or are not to be told. Formulas, sources and validity are those of [DSR].
func (t DSRSums) Estimate(interval DSRInterval, per float64) Estimate {
	return t.estimate(new([5]float64), interval, per)
}

// estimate is [DSRSums.Estimate], whose five numbers have their room.
func (t DSRSums) estimate(room *[5]float64, interval DSRInterval, per float64) Estimate {
	var limits pairs
	method := "Dobson"
	switch {
	case !finite(t.Events) || !finite(t.Rate) || !finite(t.Variance):
		return unavailable(reasonValueMissing)
	case t.Events < 0 || t.Rate < 0 || t.Variance < 0:
		return unavailable(reasonNegative)
	case !positive(per):
		return unavailable(reasonMultiplier)
	case (interval == Dobson || interval == "") && t.Events < DSRFewest:
		return unavailable("total count under 10")
	case interval == Dobson || interval == "":
		limits = t.scaled(byarLimits)
	case interval == DobsonExact && t.Events == 0:
		return unavailable("no events")
	case interval == DobsonExact:
		method, limits = "Dobson, exact Poisson", t.scaled(poissonLimits)
	case interval == FayFeuer:
		method, limits = "Fay-Feuer gamma", t.gamma(t.Most, t.Most*t.Most)
	case interval == Tiwari:
		method, limits = "Tiwari gamma", t.gamma(t.Mean, t.Square)
	default:
		return unavailable("no interval is called " + string(interval))
	}
	e := limits.times(per).estimate(room, method, t.Rate*per)
	if e.Lower998 != nil && *e.Lower998 < 0 {
		zero := 0.0
		e = e.Clip(&zero, nil)
	}
	return e
}

// total adds the rows, but for their weights, and the standard population of their bands, or says why they have no rate.
func (s *Strata) total() (t DSRSums, standard float64, reason string) {
	rows := len(s.Counts)
	if rows == 0 || len(s.Populations) != rows || len(s.Standard) != rows ||
		s.Frequency != nil && len(s.Frequency) != rows || s.Bands != nil && len(s.Bands) != rows {
		return t, 0, "no rows, or columns of unequal length"
	}
	populations, shares := s.Populations[:rows], s.Standard[:rows]
	people := 0.0
	for i, count := range s.Counts {
		population, share, frequency := populations[i], shares[i], 1.0
		if s.Frequency != nil {
			frequency = s.Frequency[i]
		}
		if !(count >= 0 && population > 0 && share >= 0 && frequency >= 0) {
			return t, 0, s.fault()
		}
		weight := share / population * frequency
		people += population
		standard += share
		t.Events += count * frequency
		t.Rate += weight * count
		t.Variance += weight * weight * count
	}
	// A sum that is no number has one among its parts, or is too large to hold.
	if !finite(people) || !finite(standard) || !finite(t.Events) {
		reason = s.fault()
	}
	if s.Bands != nil && reason == "" {
		standard, reason = s.bandTotal()
	}
	if standard == 0 && reason == "" {
		reason = "standard population is zero"
	}
	t.Rate /= standard
	t.Variance /= standard * standard
	return t, standard, reason
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

// weigh finds what an interval asks of the rows' weights in the rate.
func (s *Strata) weigh(t *DSRSums, interval DSRInterval, standard float64) {
	rows := float64(len(s.Standard))
	switch interval {
	case FayFeuer:
		for i, share := range s.Standard {
			t.Most = max(t.Most, share/s.Populations[i]*s.frequency(i))
		}
		t.Most /= standard
	case Tiwari:
		for i, share := range s.Standard {
			weight := share / s.Populations[i] * s.frequency(i) / standard
			t.Mean += weight
			t.Square += weight * weight
		}
		t.Mean, t.Square = t.Mean/rows, t.Square/rows
	}
}

// scaled are the limits of the rate that scale those of the count, as Dobson does.
func (t DSRSums) scaled(limits func(count float64, c confidence) (lower, upper float64)) pairs {
	scale := math.Sqrt(t.Variance / t.Events)
	return both(func(c confidence) (lower, upper float64) {
		lower, upper = limits(t.Events, c)
		return t.Rate + scale*(lower-t.Events), t.Rate + scale*(upper-t.Events)
	})
}

// gamma are the limits of a gamma distribution that has the rate's mean and variance,
// for the upper one with those of one event more, which has this weight.
func (t DSRSums) gamma(weight, square float64) pairs {
	return both(func(c confidence) (lower, upper float64) {
		if t.Rate > 0 {
			lower = lowerGamma(c.tail, t.Rate*t.Rate/t.Variance, c) * t.Variance / t.Rate
		}
		rate, variance := t.Rate+weight, t.Variance+square
		return lower, upperGamma(c.tail, rate*rate/variance, c) * variance / rate
	})
}
