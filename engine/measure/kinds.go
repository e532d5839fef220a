package measure

import (
	"math"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// kind computes one value from the items of a group. Each kind of measure is one function of this type.
type kind func(in inputs, definition indicators.Definition, into *results.Value)

var kinds = map[string]kind{
	"proportion": proportionOrShare,
	"rate":       rate,
	"count":      count,
	"mean":       mean,
	"quantile":   quantile,
	"ratio":      ratio,
	"published":  published,
}

// inputs are the cells of one group by expression path, with the flags and missing statuses of those that were used.
type inputs struct {
	cells map[string]cell
}

// number is the value at path; when it is missing the estimate says so with the publisher's status.
func (in inputs) number(path string) (float64, *stats.Estimate) {
	c := in.cells[path]
	if c.value != nil {
		return *c.value, nil
	}
	letters := orderLetters(c.missing)
	if letters == "" {
		letters = stats.StatusUnavailable
	}
	missing := stats.Missing(letters, reasonFor(letters))
	return 0, &missing
}

// optional is the value at path or nil.
func (in inputs) optional(path string) *float64 { return in.cells[path].value }

// proportionOrShare is a proportion of counts. Where they were not published, and nobody withheld them, the published share
// stands in their place, without an interval.
func proportionOrShare(in inputs, definition indicators.Definition, into *results.Value) {
	proportion(in, definition, into)
	share := in.optional(uncounted)
	if share == nil || into.HasValue() || into.Status != stats.StatusUnavailable {
		return
	}
	into.Denominator = nil
	into.Estimate = stats.PublishedOnly(*share*multiplier(definition.Unit), "a published share whose counts are not held, so it has no interval")
}

func proportion(in inputs, definition indicators.Definition, into *results.Value) {
	spec := definition.Measure.Proportion
	denominator, missing := in.number("proportion.denominator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	if spec.Share != "" {
		into.Denominator = &denominator
		share, missing := in.number("proportion.share")
		if missing != nil {
			into.Estimate = *missing
			return
		}
		into.Estimate = stats.ProportionFromShare(share, denominator, spec.Step/2, multiplier(definition.Unit))
		if into.HasValue() {
			back := math.Round(share * denominator)
			into.WorkedBack = &back
		}
		return
	}
	numerator, missing := in.number("proportion.numerator")
	if missing != nil {
		into.Estimate = *missing
		if !strings.Contains(missing.Status, "c") {
			into.Denominator = &denominator
		}
		return
	}
	into.Numerator, into.Denominator = &numerator, &denominator
	into.Estimate = stats.Proportion(numerator, denominator, multiplier(definition.Unit))
}

func rate(in inputs, definition indicators.Definition, into *results.Value) {
	numerator, missing := in.number("rate.numerator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	denominator, missing := in.number("rate.denominator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	into.Numerator, into.Denominator = &numerator, &denominator
	into.Estimate = stats.Rate(numerator, denominator, definition.Measure.Rate.Per)
}

func count(in inputs, _ indicators.Definition, into *results.Value) {
	value, missing := in.number("count.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	into.Estimate = stats.PublishedOnly(value, indicators.Published{Interval: "complete-count"}.NoInterval())
	into.Method = "Count"
}

func mean(in inputs, _ indicators.Definition, into *results.Value) {
	value, missing := in.number("mean.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	deviation, count := in.optional("mean.deviation"), in.optional("mean.count")
	into.Denominator = count
	if deviation == nil || count == nil {
		into.Estimate = stats.PublishedOnly(value, "no standard deviation or size of the sample is published for this value")
		return
	}
	into.Estimate = stats.MeanOf(value, *deviation, *count)
}

// quantile is found among the single values of a group, of which the table holds those at the ranks that are asked for.
func quantile(in inputs, definition indicators.Definition, into *results.Value) {
	count, missing := in.number("quantile.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	ranked, whole := in.cells["quantile.value"].ranked, true
	estimate := stats.QuantileAtRanks(int(count), definition.Measure.Quantile.Share(), func(rank int) float64 {
		value, held := ranked[rank]
		whole = whole && held
		return value
	})
	if !whole {
		estimate = stats.Missing(stats.StatusUnavailable, "the values at the ranks of the quantile are not held")
	}
	into.Denominator, into.Estimate = &count, estimate
}

func ratio(in inputs, definition indicators.Definition, into *results.Value) {
	numerator, missing := in.number("ratio.numerator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	denominator, missing := in.number("ratio.denominator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	into.Estimate = ratioOf(definition, numerator, denominator)
	if into.HasValue() {
		into.Numerator, into.Denominator = &numerator, &denominator
	}
}

// ratioOf is one figure over another, without an interval.
func ratioOf(definition indicators.Definition, numerator, denominator float64) stats.Estimate {
	if denominator == 0 {
		return stats.Missing(stats.StatusUnavailable, "denominator is zero")
	}
	e := stats.PublishedOnly(numerator/denominator*multiplier(definition.Unit), definition.Measure.Ratio.NoInterval())
	if e.HasValue() {
		e.Method = "Ratio of two figures"
	}
	return e
}

func published(in inputs, definition indicators.Definition, into *results.Value) {
	value, missing := in.number("published.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	spec := definition.Measure.Published
	switch {
	case spec == nil:
		into.Estimate = stats.PublishedOnly(value, "no interval is published")
	case spec.Lower != "":
		lower, upper := in.optional("published.lower"), in.optional("published.upper")
		scale := stats.Scale(spec.Scale)
		switch {
		case scale == "":
			scale = stats.Linear
		case scale == stats.Logit && definition.Unit == "%":
			scale = stats.LogitPercent
		}
		into.Estimate = stats.Published(value, lower, upper, scale)
	case spec.HalfWidth != "":
		half, missing := in.number("published.half_width")
		if missing != nil {
			into.Estimate = stats.PublishedOnly(value, "no half-width is published for this value")
			return
		}
		into.Estimate = stats.PublishedHalfWidth(value, half, nil, nil)
	case spec.CV != "":
		cv, missing := in.number("published.cv")
		if missing != nil {
			into.Estimate = stats.PublishedOnly(value, "no coefficient of variation is published for this value")
			return
		}
		into.Estimate = stats.PublishedCV(value, cv)
	default:
		into.Estimate = stats.PublishedOnly(value, spec.NoInterval())
	}
	if definition.Unit == "%" && into.HasInterval() {
		floor, ceiling := 0.0, 100.0
		into.Estimate = into.Clip(&floor, &ceiling)
	}
}

// multiplier turns a share of one into the unit.
func multiplier(unit string) float64 {
	if unit == "%" {
		return 100
	}
	return 1
}
