// Package indicators says what an indicator is: one YAML file, whose name is the indicator's id, with a title, the
// goals it serves, exactly one measure over one dataset, and how it may be compared.
//
// [Load] reads a folder of definitions and reports every fault of every file at once. The package knows the shape of
// a definition and the rules inside one file; whether its goal, dataset and columns exist is for the engine's plan,
// which knows them. It computes nothing.
package indicators

// Definition is one indicator. The field comments are what an author reads in the schema.
type Definition struct {
	// ID is the file's name without its extension; File its path.
	ID   string `json:"-"`
	File string `json:"-"`

	Title string `json:"title" jsonschema:"minLength=1"`
	// Short is the title in tables and charts.
	Short string `json:"short" jsonschema:"minLength=1"`
	// Says is the indicator's part in sentences.
	Says  Says     `json:"says"`
	Goals []string `json:"goals" jsonschema:"minItems=1"`
	// EvidenceFor lists the ids of the statements of the strategy that the indicator speaks to.
	EvidenceFor []string `json:"evidence_for,omitempty"`
	Definition  string   `json:"definition" jsonschema:"minLength=1"`
	Rationale   string   `json:"rationale,omitempty"`
	Caveats     string   `json:"caveats,omitempty"`
	Population  string   `json:"population" jsonschema:"enum=residents,enum=jobs,enum=jobs-in-area,enum=pupils-of-area-schools,enum=businesses,enum=premises,enum=care-leavers,enum=adults-in-social-care,enum=children,enum=children-in-social-care,enum=households,enum=dwellings,enum=adults,enum=workers,enum=learners,enum=neighbourhoods,enum=places"`
	// PolarityReason says why high or low is good, where it needs saying.
	Polarity       string `json:"polarity" jsonschema:"enum=low,enum=high,enum=neutral"`
	PolarityReason string `json:"polarity_reason,omitempty"`
	Label          string `json:"label" jsonschema:"enum=accredited,enum=official,enum=in-development,enum=management-information,enum=local,enum=derived"`
	// Dataset is the dataset that the measure's expressions read; empty for a measure made of other indicators, and for one
	// whose figures are still to be fetched: its expressions are read when the dataset is there.
	Dataset  string  `json:"dataset,omitempty"`
	Measure  Measure `json:"measure"`
	Unit     string  `json:"unit" jsonschema:"minLength=1"`
	Decimals int     `json:"decimals" jsonschema:"minimum=0,maximum=6"`
	// Beside lists indicators without which this one is never shown.
	Beside  []string `json:"beside,omitempty"`
	Compare Compare  `json:"compare,omitempty"`
	// Only picks, for a category column without a total, the category that the indicator is about: {age: 19-21}.
	Only map[string]string `json:"only,omitempty"`
	// Breakdowns name the groupings that are shown, and the category column of each: {disadvantage: disadvantage}.
	Breakdowns map[string]string `json:"breakdowns,omitempty"`
	// Expects names groupings that are published somewhere and belong here. Those that no breakdown shows stand in the
	// coverage as missing.
	Expects  []string  `json:"expects,omitempty"`
	Breaks   []Break   `json:"breaks,omitempty"`
	Suppress *Suppress `json:"suppress,omitempty"`
	Trend    *Trend    `json:"trend,omitempty"`
	// Baseline is the written form of the period from which "since the strategy began" counts.
	Baseline Label `json:"baseline,omitempty" jsonschema:"oneof_type=string;integer"`
	// FollowUp is the number of years after a period over which its people or businesses are followed: the age of the
	// figure counts from there.
	FollowUp int    `json:"follow_up_years,omitempty" jsonschema:"minimum=0"`
	Series   string `json:"series" jsonschema:"enum=current,enum=superseded,enum=discontinued,enum=suspended,enum=proposed"`
	// Ends name the two sides of a gap that its publisher printed as one number.
	Ends *Difference `json:"ends,omitempty"`
	// Money marks amounts in cash terms: their change over time is shown as a ratio to England.
	Money bool   `json:"money,omitempty"`
	Notes string `json:"notes,omitempty"`
	// Fetch names the source of figures that no dataset of the project holds yet.
	Fetch *Fetch `json:"fetch,omitempty"`
}

// Says is the indicator's part in sentences, so that they read as English.
type Says struct {
	// Noun is the subject of a chart title: "NEET", "Employment", "Business births".
	Noun string `json:"noun" jsonschema:"minLength=1"`
	// Of follows the value: "of residents aged 16 to 64 were in employment".
	Of string `json:"of" jsonschema:"minLength=1"`
	// Plural says whether Noun takes a plural verb.
	Plural bool `json:"plural,omitempty"`
	// Categories are what Of is for one category of a breakdown: "of disadvantaged pupils met the expected standard".
	Categories map[string]string `json:"categories,omitempty"`
	// Names are the categories as tables and charts print them: {not-eligible: Not eligible for free meals}. Under everyone
	// stands what the headline is of, where that is not everyone: {everyone: By public transport}.
	Names map[string]string `json:"names,omitempty"`
}

// Measure holds exactly one kind.
type Measure struct {
	Proportion *Proportion `json:"proportion,omitempty"`
	Rate       *Rate       `json:"rate,omitempty"`
	Count      *Count      `json:"count,omitempty"`
	Mean       *Mean       `json:"mean,omitempty"`
	Quantile   *Quantile   `json:"quantile,omitempty"`
	Ratio      *Ratio      `json:"ratio,omitempty"`
	DSR        *DSR        `json:"dsr,omitempty"`
	ISR        *ISR        `json:"isr,omitempty"`
	Published  *Published  `json:"published,omitempty"`
	Difference *Difference `json:"difference,omitempty"`
	// Relative is a first value over a second, in the words of a difference.
	Relative  *Difference `json:"relative,omitempty"`
	Slope     *Slope      `json:"slope,omitempty"`
	Share     *Share      `json:"share,omitempty"`
	Composite *Composite  `json:"composite,omitempty"`
	Pooled    *Pooled     `json:"pooled,omitempty"`
}

// Proportion is a numerator over a denominator with a Wilson interval, or a published share of a known cohort whose
// count is worked back.
type Proportion struct {
	Numerator   string `json:"numerator,omitempty"`
	Share       string `json:"share,omitempty"`
	Denominator string `json:"denominator" jsonschema:"minLength=1"`
	// Step is the rounding step of a published share, in the unit of the share: 0.001 for a percentage to one decimal.
	Step float64 `json:"step,omitempty"`
	// Uncounted is a published share that stands, without an interval, where the counts are not held, as for earlier years.
	Uncounted string `json:"uncounted,omitempty"`
}

// Rate is events over a population, per a number of people, with Byar's interval.
type Rate struct {
	Numerator   string  `json:"numerator" jsonschema:"minLength=1"`
	Denominator string  `json:"denominator" jsonschema:"minLength=1"`
	Per         float64 `json:"per" jsonschema:"exclusiveMinimum=0"`
}

// Count is a plain total.
type Count struct {
	Value string `json:"value" jsonschema:"minLength=1"`
}

// Published is a value as its publisher printed it, with the interval as printed, or with none and the reason.
type Published struct {
	Value     string `json:"value" jsonschema:"minLength=1"`
	Lower     string `json:"lower,omitempty"`
	Upper     string `json:"upper,omitempty"`
	HalfWidth string `json:"half_width,omitempty"`
	// CV is the coefficient of variation as a share of one.
	CV string `json:"cv,omitempty"`
	// Scale is the scale on which the publisher's interval is symmetric, from which 99.8% limits follow.
	Scale string `json:"scale,omitempty" jsonschema:"enum=linear,enum=logit,enum=log"`
	// Interval says which kind of "no interval" it is, where there is none.
	Interval string `json:"no_interval,omitempty" jsonschema:"enum=complete-count,enum=modelled,enum=lost"`
	Why      string `json:"why,omitempty"`
}

// NoInterval is the kind of "no interval" in words, or "" where the value has one.
func (p Published) NoInterval() string {
	switch p.Interval {
	case "complete-count":
		return "a complete count, of which only the result is published"
	case "modelled":
		return "a modelled figure whose uncertainty is not published"
	case "lost":
		return "a survey estimate whose interval is not held, so it is not compared or ranked"
	}
	return ""
}

// Difference is a first value minus a second: of two indicators (First and Second are their ids), or of two categories
// of one breakdown of one indicator (Of and Breakdown are set).
type Difference struct {
	Of        string `json:"of,omitempty"`
	Breakdown string `json:"breakdown,omitempty"`
	First     string `json:"first" jsonschema:"minLength=1"`
	Second    string `json:"second" jsonschema:"minLength=1"`
	// Periods pairs periods of two indicators that differ in kind: "second-ends-in" takes for each period of the first
	// the period of the second that ends in the same calendar year or the first quarter after it.
	Periods string `json:"periods,omitempty" jsonschema:"enum=same,enum=calendar-with-financial"`
	// Basis states what the difference rests on, where the two differ in period, source or population.
	Basis string `json:"basis,omitempty"`
}

// Composite is an index of other indicators: 100 is the mean of all authorities and 10 points are one standard deviation of
// them, and every part weighs the same. The index points the way in which the indicator's polarity says that more is worse or
// better: a part of the other polarity counts with its sign turned.
type Composite struct {
	Parts []CompositePart `json:"parts" jsonschema:"minItems=2"`
	// Kind and Period are the period by which the index is dated.
	Kind   string `json:"kind" jsonschema:"enum=calendar,enum=academic,enum=financial,enum=quarter,enum=month,enum=instant"`
	Period Label  `json:"period" jsonschema:"oneof_type=string;integer"`
	// Why says what the index rests on.
	Why string `json:"why" jsonschema:"minLength=1"`
}

// CompositePart is one indicator at one of its periods.
type CompositePart struct {
	Indicator string `json:"indicator" jsonschema:"minLength=1"`
	Period    Label  `json:"period" jsonschema:"oneof_type=string;integer"`
}

// Pooled adds up the counts of an indicator over years that follow one another, for areas too small for one year to tell
// anything. Each year ends a period of its own, so that periods overlap; years on either side of a break are not added up.
type Pooled struct {
	// Of is a proportion or a rate with counts, by calendar or financial years.
	Of    string `json:"of" jsonschema:"minLength=1"`
	Years int    `json:"years" jsonschema:"minimum=2,maximum=10"`
}

// Compare says against what and how.
type Compare struct {
	England    *Comparator `json:"england,omitempty"`
	Neighbours *Neighbours `json:"neighbours,omitempty"`
	// Tested are further references, each an estimate of its own that the area is tested against.
	Tested []Reference `json:"tested,omitempty"`
}

// Reference is one thing that the area is tested against by the difference of the two: exactly one of RestOf, Set, Areas and
// Period says what. Groups are made from the counts of their members, the area itself left out, so they are for proportions and
// rates with counts.
type Reference struct {
	// RestOf is the region or England without the area, which is a part of it.
	RestOf string `json:"rest_of,omitempty" jsonschema:"enum=region,enum=england"`
	// Set is a set of statistical neighbours.
	Set string `json:"set,omitempty"`
	// Areas are the codes of a group of the author's own, and Name what it is called.
	Areas []string `json:"areas,omitempty"`
	Name  string   `json:"name,omitempty"`
	// Period is an earlier period of the area itself.
	Period Label `json:"period,omitempty" jsonschema:"oneof_type=string;integer"`
}

// Says counts what the reference names: it is sound at 1.
func (r Reference) Says() int {
	said := 0
	for _, is := range []bool{r.RestOf != "", r.Set != "", len(r.Areas) > 0, r.Period != ""} {
		if is {
			said++
		}
	}
	return said
}

// Comparator is one reference: by default the same indicator's value there, by the interval rule.
type Comparator struct {
	// Bounds are two indicators between which the reference's true value lies.
	Bounds []string `json:"bounds,omitempty" jsonschema:"minItems=2,maxItems=2"`
	// Unknown is the indicator of the part that is not known. Without Bounds, the reference lies between its value and
	// its value with that part added. Known are the words for an area in which the part is under half a per cent:
	// "Almost everyone's activity is known".
	Unknown string `json:"unknown,omitempty"`
	Known   string `json:"known,omitempty"`
	// Dataset and Value take the reference from another dataset than the area's.
	Dataset string `json:"dataset,omitempty"`
	Value   string `json:"value,omitempty"`
	// None forbids the comparison and says why.
	None string `json:"none,omitempty"`
}

// Bounded says whether the reference is known only within bounds.
func (c Comparator) Bounded() bool { return len(c.Bounds) == 2 || c.Unknown != "" }

// Neighbours names a set of statistical neighbours.
type Neighbours struct {
	Set string `json:"set" jsonschema:"minLength=1"`
}

// Break is a place in a series across which nothing is compared: from a period on, or the periods of given cohorts.
type Break struct {
	From Label `json:"from,omitempty" jsonschema:"oneof_type=string;integer"`
	// Cohorts are the written periods at which the cohorts concerned stand in this series.
	Cohorts []string `json:"cohorts,omitempty"`
	Why     string   `json:"why" jsonschema:"minLength=1"`
}

// Suppress is a disclosure policy that an indicator asks for. It holds for its whole dataset, since other indicators of the
// same figures would give back what it hides; of several policies the strictest holds.
type Suppress struct {
	// Below is k: counts of 1 to k−1 are hidden.
	Below int `json:"below" jsonschema:"minimum=1"`
	// Zeroes says whether counts of zero are shown; without it they are.
	Zeroes string `json:"zeroes,omitempty" jsonschema:"enum=show,enum=hide"`
	// Round is the base to which counts are rounded.
	Round int `json:"round,omitempty" jsonschema:"minimum=2"`
}

// Trend chooses how many of the latest comparable periods the recent trend is judged on; 0 periods forbids a trend.
type Trend struct {
	Points int    `json:"points" jsonschema:"minimum=0"`
	None   string `json:"none,omitempty"`
	// Rule says which periods are tested: the last five (recent), or all since the last break, of overlapping ones only those
	// that do not overlap.
	Rule string `json:"rule,omitempty" jsonschema:"enum=recent,enum=all"`
}

// Fetch is a configured source that has not been fetched.
type Fetch struct {
	Kind string `json:"kind" jsonschema:"enum=fingertips,enum=nomis,enum=ees,enum=statxplore,enum=ons,enum=http,enum=file,enum=local"`
	// IDs are the publisher's ids: of indicators, datasets, variables or releases.
	IDs []string `json:"ids,omitempty"`
	// Checked says whether the ids were checked against the publisher.
	Checked bool   `json:"checked"`
	What    string `json:"what" jsonschema:"minLength=1"`
}

// Pair are the two values that the measure takes the difference or the ratio of, or nil.
func (m Measure) Pair() *Difference {
	if m.Relative != nil {
		return m.Relative
	}
	return m.Difference
}

// Kind is the name of the measure's one kind, or "" when none or several are set.
func (m Measure) Kind() string {
	kinds := m.Kinds()
	if len(kinds) != 1 {
		return ""
	}
	return kinds[0]
}

// Kinds lists the kinds that are set, in the order of the type.
func (m Measure) Kinds() []string {
	var kinds []string
	for _, k := range []struct {
		name string
		set  bool
	}{
		{"proportion", m.Proportion != nil},
		{"rate", m.Rate != nil},
		{"count", m.Count != nil},
		{"mean", m.Mean != nil},
		{"quantile", m.Quantile != nil},
		{"ratio", m.Ratio != nil},
		{"dsr", m.DSR != nil},
		{"isr", m.ISR != nil},
		{"published", m.Published != nil},
		{"difference", m.Difference != nil},
		{"relative", m.Relative != nil},
		{"slope", m.Slope != nil},
		{"share", m.Share != nil},
		{"composite", m.Composite != nil},
		{"pooled", m.Pooled != nil},
	} {
		if k.set {
			kinds = append(kinds, k.name)
		}
	}
	return kinds
}

// Expressions are the SQL expressions of the measure by their path inside it, such as proportion.numerator.
func (m Measure) Expressions() map[string]string {
	expressions := map[string]string{}
	put := func(path, expression string) {
		if expression != "" {
			expressions[path] = expression
		}
	}
	if p := m.Proportion; p != nil {
		put("proportion.numerator", p.Numerator)
		put("proportion.share", p.Share)
		put("proportion.denominator", p.Denominator)
		put("proportion.uncounted", p.Uncounted)
	}
	if r := m.Rate; r != nil {
		put("rate.numerator", r.Numerator)
		put("rate.denominator", r.Denominator)
	}
	if c := m.Count; c != nil {
		put("count.value", c.Value)
	}
	if v := m.Mean; v != nil {
		put("mean.value", v.Value)
		put("mean.deviation", v.Deviation)
		put("mean.count", v.Count)
	}
	if q := m.Quantile; q != nil {
		put("quantile.value", q.Value)
	}
	if r := m.Ratio; r != nil {
		put("ratio.numerator", r.Numerator)
		put("ratio.denominator", r.Denominator)
	}
	if r := m.DSR; r != nil {
		put("dsr.numerator", r.Numerator)
		put("dsr.denominator", r.Denominator)
	}
	if r := m.ISR; r != nil {
		put("isr.numerator", r.Numerator)
		put("isr.denominator", r.Denominator)
	}
	if p := m.Published; p != nil {
		put("published.value", p.Value)
		put("published.lower", p.Lower)
		put("published.upper", p.Upper)
		put("published.half_width", p.HalfWidth)
		put("published.cv", p.CV)
	}
	return expressions
}
