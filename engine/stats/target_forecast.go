package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Forecast is where a series leads if it goes on as it has.
type Forecast struct {
	// Estimate is the value on the line at the target's period, with limits for one new
	// observation.
	Estimate
	// Slope is the line's change per unit of Year.
	Slope *float64 `json:"slope,omitempty"`
	// Probability is that of the observation meeting the target, in [0, 1].
	Probability *float64 `json:"probability,omitempty"`
	// RequiredChange is the change per unit of Year that leads from the latest value to
	// the target; 0 where it is met already.
	RequiredChange *float64 `json:"required_change,omitempty"`
	// From and To are the first and last period used, Points their number.
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Points int    `json:"points"`
}

// ForecastTarget extends the straight line through a series to a target's period. With
// the n values y at times t, tm their mean time, f the line at T and s the standard
// deviation of the residuals (n - 2 degrees of freedom):
//
//	S = s sqrt(1 + 1/n + (T - tm)^2 / sum (t - tm)^2)
//	limits  f -/+ q(n-2; 1 - alpha/2) S,  P(at most) = F((target - f) / S; n - 2)
//
// with q and F of Student's t. Source: N. R. Draper and H. Smith, Applied Regression
// Analysis, 3rd edition (1998), section 3.1.
//
// Only the values and Years of the points are used, not their intervals, whose error is
// in the residuals. It supposes that a straight line holds from the first point to the
// target and that errors are independent; a policy meant to change the course is no part
// of it. Where the target lies further ahead than the series is long, a warning says so.
// Limits may leave the range of a percentage, which says that the line does not hold
// there ([Estimate.Clip]).
//
// Fewer than five values, two at one Year, periods that overlap, a time that is not after
// the latest, and a target that is none give status x. Where all points lie on the line
// the limits have no width, with a warning.
func ForecastTarget(points []Point, year float64, target Target) Forecast {
	usable := slices.DeleteFunc(inTime(points), func(p Point) bool { return !p.Estimate.HasValue() })
	forecast := Forecast{Points: len(usable)}
	if len(usable) > 0 {
		forecast.From, forecast.To = usable[0].Period, usable[len(usable)-1].Period
	}
	if reason := forecastFault(usable, year, target); reason != "" {
		forecast.Estimate = unavailable(reason)
		return forecast
	}
	line := fitLine(usable)
	value, deviation := line.at(year), line.predictive(year)
	if !finite(value) || !finite(deviation) {
		forecast.Estimate = unavailable(reasonNotFinite)
		return forecast
	}
	student := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(len(usable) - 2)}
	forecast.Estimate = estimated("Straight line by least squares, Student t limits for one new value", value,
		func(c confidence) (lower, upper float64) {
			width := -student.Quantile(c.tail) * deviation
			return value - width, value + width
		})
	latest := usable[len(usable)-1]
	if !forecast.HasValue() {
		return forecast
	}
	forecast.Slope = number(line.slope)
	forecast.RequiredChange = number((target.nearest(*latest.Estimate.Value) - *latest.Estimate.Value) / (year - latest.Year))
	forecast.Probability = number(target.probability(value, deviation, student))
	forecast.warnIf(deviation == 0, "every value lies on the line: the limits have no width")
	forecast.warnIf(year-latest.Year > latest.Year-usable[0].Year, "the target lies further ahead than the series is long")
	return forecast
}

// forecastFault returns why a series cannot be extended to a time, or "".
func forecastFault(points []Point, year float64, target Target) string {
	if reason := spacingFault(points); reason != "" {
		return reason
	}
	switch {
	case !finite(year):
		return "target period missing"
	case year <= points[len(points)-1].Year:
		return "the target period is not after the latest"
	}
	return target.fault()
}

// probability is that of a value about the forecast meeting the target.
func (t Target) probability(value, deviation float64, student distuv.StudentsT) float64 {
	if deviation == 0 {
		if t.reached(value) {
			return 1
		}
		return 0
	}
	below := func(v float64) float64 { return student.CDF((v - value) / deviation) }
	above := func(v float64) float64 { return student.CDF((value - v) / deviation) }
	switch {
	case !known(t.Most):
		return above(*t.Least)
	case !known(t.Least):
		return below(*t.Most)
	}
	return math.Max(0, 1-below(*t.Least)-above(*t.Most))
}

// extrapolation is a least-squares line with what its predictions need.
type extrapolation struct {
	time, mean, slope float64 // mean of time, value there, change per unit of time
	spread, deviation float64 // sum of squares of time, standard deviation of residuals
	count             float64
}

// fitLine fits at least three points at different times.
func fitLine(points []Point) extrapolation {
	observations := make([]weightedPoint, len(points))
	fitted := extrapolation{count: float64(len(points))}
	for i, p := range points {
		observations[i] = weightedPoint{time: p.Year, value: *p.Estimate.Value, weight: 1}
		fitted.time += (p.Year - points[0].Year) / fitted.count
		fitted.mean += (*p.Estimate.Value - *points[0].Estimate.Value) / fitted.count
	}
	fitted.time += points[0].Year
	fitted.mean += *points[0].Estimate.Value
	var variance float64
	fitted.slope, variance = weightedSlope(observations)
	fitted.spread = 1 / variance
	squares := 0.0
	for _, o := range observations {
		residual := o.value - fitted.at(o.time)
		squares += residual * residual
	}
	fitted.deviation = math.Sqrt(squares / (fitted.count - 2))
	return fitted
}

// at is the line's value at a time.
func (l extrapolation) at(time float64) float64 { return l.mean + l.slope*(time-l.time) }

// predictive is the standard deviation of one new value at a time.
func (l extrapolation) predictive(time float64) float64 {
	distance := time - l.time
	return l.deviation * math.Sqrt(1+1/l.count+distance*distance/l.spread)
}
