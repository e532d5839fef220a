package statstable

import "levelfield/engine/stats"

// The words of --of.
const (
	ofProportion, ofRate, ofRatio = "proportion", "rate", "ratio"
)

var funnel = Method{
	Name:  "funnel",
	Short: "Whether each area lies outside what chance does to an area of its size",
	Long: `The reference is all x over all n, or 1 for a ratio, and the limits are those that an area of this size would keep within by chance
if it were like the reference (Spiegelhalter 2005): normal ones for a proportion, exact Poisson ones for a rate and a ratio of
observed to expected. An area on or within them is similar, outside at 95% lower or higher, or by its polarity better or
worse, and at 99.8% best or worst; level says which limits it lies outside. Rows without a value count in no reference.

Where most areas lie outside, they differ by more than chance and the funnel is the wrong chart.`,
	Reads: []Column{
		{Name: "area", Is: "the area"},
		{Name: "x", Number: true, Is: "its numerator, or the events observed"},
		{Name: "n", Number: true, Optional: true, Is: "its denominator"},
		{Name: "expected", Number: true, Optional: true, Is: "or the events expected, for a ratio"},
		polarityColumn(true),
	},
	AnyOf: [][]string{{"n"}, {"expected"}},
	Takes: []Option{
		{Name: "of", Usage: "what the funnel is of", Choices: []string{ofProportion, ofRate, ofRatio}},
		aboveNought("multiplier", 1, "what values and limits are multiplied by: 100 for percentages, 100000 for a rate"),
	},
	Adds:    []string{"value", "reference", "lower95", "upper95", "lower998", "upper998", "outcome", "level", "method", "status", "reason"},
	Example: "area,x,n\nMedway,1097,8512\nSlough,32,237\nReading,26,116\nLuton,549,4284\nNowhere,,900\n",
	Check: func(t *Table, o Options) []Finding {
		found := oneOf(t, "polarity", polarityWords...)
		if o.Word("of") == ofRatio && !t.Has("expected") {
			found = append(found, Finding{Column: "expected", Message: "is not there", Next: "--of ratio needs the events expected"})
		}
		if o.Word("of") != ofRatio && !t.Has("n") {
			found = append(found, Finding{Column: "n", Message: "is not there", Next: "--of " + o.Word("of") + " needs a denominator"})
		}
		return found
	},
	Each: funnelled,
}

// funnelled holds each area against the funnel of all.
func funnelled(rows []Row, o Options) [][]Cell {
	of, size := o.Word("of"), "n"
	if of == ofRatio {
		size = "expected"
	}
	values := make([]stats.Estimate, len(rows))
	var cases, sizes []float64
	for i, r := range rows {
		x, n := r.Float("x"), r.Float(size)
		if values[i] = stats.Rate(x, n, o.Float("multiplier")); of == ofProportion {
			values[i] = stats.Proportion(x, n, o.Float("multiplier"))
		}
		if values[i].HasValue() {
			cases, sizes = append(cases, x), append(sizes, n)
		}
	}
	reference := stats.FunnelReference(cases, sizes)
	if one := 1.0; of == ofRatio {
		reference = &one
	}
	cells := make([][]Cell, len(rows))
	for i, r := range rows {
		limits := stats.Missing(stats.StatusUnavailable, values[i].Reason)
		switch {
		case values[i].HasValue() && reference == nil:
			limits.Reason = "all areas together are too large to hold"
		case values[i].HasValue():
			limits = stats.FunnelRate(*reference, r.Float(size), o.Float("multiplier"))
			if of == ofProportion {
				limits = stats.FunnelProportion(*reference, r.Float(size), o.Float("multiplier"))
			}
		}
		cells[i] = funnelCells(values[i].Value, limits, polarityOf(r))
	}
	return cells
}

// funnelCells are a value and its place in a funnel.
func funnelCells(value *float64, limits stats.Estimate, polarity stats.Polarity) []Cell {
	outcome, level := "", ""
	if value != nil && limits.HasValue() {
		outcome = stats.CompareFunnel(*value, limits, polarity).Outcome
		switch {
		case *value < *limits.Lower998 || *value > *limits.Upper998:
			level = "99.8%"
		case outcome != stats.Similar:
			level = "95%"
		}
	}
	return []Cell{
		Number(value), Number(limits.Value), Number(limits.Lower95), Number(limits.Upper95), Number(limits.Lower998), Number(limits.Upper998),
		Text(outcome), Text(level), Text(limits.Method), Text(limits.Status), Text(reasonOf(limits.Reason, limits.Warnings)),
	}
}
