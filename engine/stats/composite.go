package stats

import "math"

// The points of an index of standard scores.
const (
	indexMean  = 100
	indexPoint = 10
)

// methodComposite is the method of an index, as pages print it.
const methodComposite = "Mean of standard scores, 100 + 10 × mean z"

// Standard is what values are standardised by: their mean and the standard deviation of the whole population, since all
// authorities are there and none is sampled.
type Standard struct {
	Mean, Deviation float64
	// N is how many values there were.
	N int
}

// NewStandard is that of the values that exist. It does not exist for fewer than two values, or for values that are all
// the same.
func NewStandard(values []*float64) (Standard, bool) {
	present := presentInOrder(values)
	standard := Standard{N: len(present)}
	if standard.N < 2 {
		return standard, false
	}
	for _, v := range present {
		standard.Mean += v / float64(standard.N)
	}
	sum := 0.0
	for _, v := range present {
		sum += (v - standard.Mean) * (v - standard.Mean)
	}
	standard.Deviation = math.Sqrt(sum / float64(standard.N))
	return standard, standard.Deviation > 0 && finite(standard.Deviation)
}

// Z is the standard score of a value, z = (v − mean) / deviation.
func (s Standard) Z(v float64) float64 { return (v - s.Mean) / s.Deviation }

// Composite is the index of several standard scores with equal weights: 100 + 10 × the mean of z. An area at the mean of all
// authorities in every part has 100; 10 points are one standard deviation. A missing score makes the index missing.
//
// It has no limits: the parts' own errors are known for some parts at best, and parts that move together count twice. Source:
// OECD and Joint Research Centre, Handbook on Constructing Composite Indicators, 2008, step 5 (standardisation) and
// step 6 (equal weights). It is no measure of size, and two indices compare only with the same parts over the same authorities.
func Composite(scores []*float64) Estimate {
	if len(scores) == 0 {
		return Missing(StatusUnavailable, reasonValueMissing)
	}
	sum := 0.0
	for _, z := range scores {
		if !known(z) {
			return Missing(StatusUnavailable, "a part is missing")
		}
		sum += *z
	}
	value := indexMean + indexPoint*sum/float64(len(scores))
	if !finite(value) {
		return Missing(StatusUnavailable, reasonNotFinite)
	}
	return Estimate{Value: &value, Method: methodComposite, Warnings: []string{"no limits: an index of several figures has none"}}
}
