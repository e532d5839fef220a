package indicators

// Mean is the mean of a sample as its publisher printed it, with the standard deviation and the size of the sample, and
// limits by Student's t.
type Mean struct {
	Value string `json:"value" jsonschema:"minLength=1"`
	// Deviation is the standard deviation of the sample, and Count the number of its values.
	Deviation string `json:"deviation" jsonschema:"minLength=1"`
	Count     string `json:"count" jsonschema:"minLength=1"`
}

// Quantile is the median or another quantile of single values, of which the dataset has one a row: a person's pay, the price of
// a sale, the days of a wait. Limits are values of the sample, by the binomial distribution of ranks: single people's own, which a
// disclosure policy could not protect, so that a dataset with one refuses the measure.
type Quantile struct {
	// Value is an expression of one row, without sum, count, min, max and avg. A row for which it is null without a figure that is
	// missing, such as the rest of a case, is not of the sample.
	Value string `json:"value" jsonschema:"minLength=1"`
	// P is the share of the values that lie below: 0.75 is the upper quartile. Without it, it is 0.5, the median.
	P float64 `json:"p,omitempty" jsonschema:"exclusiveMinimum=0,exclusiveMaximum=1"`
}

// Share is the share of the values that lie below the quantile, in (0,1).
func (q Quantile) Share() float64 {
	if q.P == 0 {
		return 0.5
	}
	return q.P
}

// Ratio is one quantity over another of which it is no part, such as a house price over a year's pay. It has no interval,
// and Why says so in words; a share of a count is a proportion, and events over people are a rate.
type Ratio struct {
	Numerator   string `json:"numerator" jsonschema:"minLength=1"`
	Denominator string `json:"denominator" jsonschema:"minLength=1"`
	Why         string `json:"why" jsonschema:"minLength=1"`
}

// NoInterval is why a ratio has no interval, in words.
func (r Ratio) NoInterval() string { return "no interval: " + r.Why }

// DSR is a directly standardised rate: the rate per a number of people that an area would have with the ages of the
// standard population.
type DSR struct {
	Numerator   string `json:"numerator" jsonschema:"minLength=1"`
	Denominator string `json:"denominator" jsonschema:"minLength=1"`
	// Bands is the category column with the age bands, which is then neither broken down nor picked from, and Standard the
	// standard population of each band by its label. Every band needs a row, and every row a band.
	Bands    string             `json:"bands" jsonschema:"minLength=1"`
	Standard map[string]float64 `json:"standard" jsonschema:"minProperties=1"`
	Per      float64            `json:"per" jsonschema:"exclusiveMinimum=0"`
	// Interval is the kind of limits; empty is Dobson's.
	Interval string `json:"interval,omitempty" jsonschema:"enum=dobson,enum=dobson-exact,enum=fay-feuer,enum=tiwari"`
}

// ISR is an indirectly standardised ratio: the events of an area over those that it would have at England's rates of the
// same period, band by band.
type ISR struct {
	Numerator   string `json:"numerator" jsonschema:"minLength=1"`
	Denominator string `json:"denominator" jsonschema:"minLength=1"`
	// Bands is the category column with the age bands, as in [DSR].
	Bands string `json:"bands" jsonschema:"minLength=1"`
	// RatioOf is what a ratio of one is written as, 100 for a standardised mortality ratio. Per asks for a rate per so many
	// people in its place: the ratio times England's crude rate.
	RatioOf float64 `json:"ratio_of,omitempty" jsonschema:"exclusiveMinimum=0"`
	Per     float64 `json:"per,omitempty" jsonschema:"exclusiveMinimum=0"`
}

// Slope is the slope index of inequality over the categories of a breakdown of another indicator, and the relative index.
// The headline is the slope index; both stand as rows of the breakdown.
type Slope struct {
	Of        string `json:"of" jsonschema:"minLength=1"`
	Breakdown string `json:"breakdown" jsonschema:"minLength=1"`
	// Order are the categories from the one at which the slope begins to the one at which it ends.
	Order []string `json:"order" jsonschema:"minItems=5"`
	// Scale is the scale on which the values are normal, without which it is logit for proportions, log for rates and
	// linear for anything else; with Transform the line is fitted there.
	Scale     string `json:"scale,omitempty" jsonschema:"enum=linear,enum=log,enum=logit"`
	Transform bool   `json:"transform,omitempty"`
}

// ScaleOf is the scale on which the values of the indicator that the slope is of are normal: linear, log or logit.
func (s Slope) ScaleOf(of Measure) string {
	switch {
	case s.Scale != "":
		return s.Scale
	case of.Proportion != nil:
		return "logit"
	case of.Rate != nil, of.DSR != nil, of.ISR != nil:
		return "log"
	}
	return "linear"
}

// Share is how far a group is represented: its share of what another indicator counts over its share of that indicator's
// denominator. 1 is as its numbers would have it.
type Share struct {
	Of        string `json:"of" jsonschema:"minLength=1"`
	Breakdown string `json:"breakdown" jsonschema:"minLength=1"`
	Group     string `json:"group" jsonschema:"minLength=1"`
}

// Bands is the category column over which the measure adds up, or "".
func (m Measure) Bands() string {
	switch {
	case m.DSR != nil:
		return m.DSR.Bands
	case m.ISR != nil:
		return m.ISR.Bands
	}
	return ""
}

// Single says whether the measure reads figures that cannot be added up.
func (m Measure) Single() bool { return m.Published != nil || m.Mean != nil }

// Counts says whether the measure is its counts and nothing else, so that whoever knows them knows it.
func (m Measure) Counts() bool {
	return m.Proportion != nil || m.Rate != nil || m.Count != nil || m.Ratio != nil
}

// Protectable says whether the measure is made of counts that disclosure control knows how to hide.
func (m Measure) Protectable() bool {
	return m.Counts() || m.Mean != nil || m.DSR != nil || m.ISR != nil
}

// Awaited says whether the indicator rests on figures that are still to be fetched.
func (d Definition) Awaited() bool { return d.Dataset == "" && len(d.Operands()) == 0 }

// Operands are the ids of the indicators that the measure is made of; none where it reads a dataset.
func (d Definition) Operands() []string {
	if parts := d.Measure.Composite; parts != nil {
		var ids []string
		for _, part := range parts.Parts {
			ids = append(ids, part.Indicator)
		}
		return ids
	}
	if pooled := d.Measure.Pooled; pooled != nil {
		return []string{pooled.Of}
	}
	pair := d.Measure.Pair()
	switch {
	case d.Measure.Slope != nil:
		return []string{d.Measure.Slope.Of}
	case d.Measure.Share != nil:
		return []string{d.Measure.Share.Of}
	case pair == nil:
		return nil
	case pair.Of != "":
		return []string{pair.Of}
	}
	return []string{pair.First, pair.Second}
}
