package engine

import (
	"fmt"
	"strconv"
	"strings"

	"levelfield/engine/results"
	"levelfield/indicators"
)

// methodSources say where each method stands in the literature, by the words that its name begins with.
var methodSources = []struct{ begins, source string }{
	{"Wilson score on a count worked back", "Wilson, Journal of the American Statistical Association 1927;22:209-212, on a count worked back from a rounded percentage and widened by the rounding"},
	{"Wilson score of the share", "Wilson, Journal of the American Statistical Association 1927;22:209-212, over a share of the population that is taken as known"},
	{"Wilson", "Wilson, Journal of the American Statistical Association 1927;22:209-212; Public Health England, Technical Guide: Confidence Intervals, 2018"},
	{"Newcombe", "Newcombe, Statistics in Medicine 1998;17:873-890, method 10"},
	{"MOVER-R", "Donner and Zou, Statistical Methods in Medical Research 2012;21:347-359"},
	{"Student's t", "Student, Biometrika 1908;6:1-25"},
	{"Directly standardised rate: Dobson", "Dobson, Kuulasmaa, Eberle and Scherer, Statistics in Medicine 1991;10:457-462"},
	{"Directly standardised rate: Fay-Feuer", "Fay and Feuer, Statistics in Medicine 1997;16:791-801"},
	{"Directly standardised rate: Tiwari", "Tiwari, Clegg and Zou, Statistical Methods in Medical Research 2006;15:547-569"},
	{"Observed over expected", "Breslow and Day, Statistical Methods in Cancer Research volume II, 1987, pages 65 to 72"},
	{"Weighted regression on the population rank", "Pamuk, Social Science and Medicine 1985;20:805-811; Low and Low, Journal of Public Health 2004;26:388-395"},
	{"MOVER", "Zou and Donner, Statistics in Medicine 2008;27:1693-1702"},
	{"Byar", "Breslow and Day, Statistical Methods in Cancer Research volume II, 1987, page 69"},
	{"Exact Poisson", "Garwood, Biometrika 1936;28:437-442"},
	{"Median with binomial", rankSource},
	{"Quantile ", rankSource},
	{"Mean of standard scores", "OECD and Joint Research Centre, Handbook on Constructing Composite Indicators, 2008, steps 5 and 6"},
	{"Published", "as its publisher printed it"},
	{"Count", "as its publisher counted it"},
}

// rankSource is where the limits of a quantile by ranks stand.
const rankSource = "Conover, Practical Nonparametric Statistics, 3rd edition 1999, section 3.2; Campbell and Gardner, British Medical Journal 1988;296:1454-1456"

func methodSource(method string) string {
	for _, known := range methodSources {
		if strings.HasPrefix(method, known.begins) {
			return known.source
		}
	}
	return ""
}

// formula is the method with the numbers in, one step a line.
func formula(definition indicators.Definition, v results.Value) []string {
	if !v.HasValue() {
		return []string{fmt.Sprintf("no value: [%s] %s", v.Status, v.Reason)}
	}
	switch {
	case v.Numerator != nil && v.Denominator != nil && definition.Measure.Proportion != nil:
		return wilsonFormula("x", *v.Numerator, *v.Denominator, v)
	case v.Denominator != nil && definition.Measure.Proportion != nil:
		half := definition.Measure.Proportion.Step / 2
		share := *v.Value / 100
		return []string{
			fmt.Sprintf("value = %s, the published share", exact(*v.Value)),
			fmt.Sprintf("n = %s, the cohort; the count p × n = %s is worked back and is not data", exact(*v.Denominator), exact(share**v.Denominator)),
			fmt.Sprintf("the published share is rounded, so p lies between %s and %s", exact(share-half), exact(share+half)),
			fmt.Sprintf("lower 95%% limit = Wilson's lower limit at the smaller p = %s", printed(v.Lower95)),
			fmt.Sprintf("upper 95%% limit = Wilson's upper limit at the larger p = %s", printed(v.Upper95)),
		}
	case definition.Measure.Rate != nil && v.Numerator != nil && v.Denominator != nil:
		return append([]string{
			fmt.Sprintf("value = %s × x / n = %s × %s / %s = %s", exact(definition.Measure.Rate.Per), exact(definition.Measure.Rate.Per), exact(*v.Numerator), exact(*v.Denominator), exact(*v.Value)),
		}, limitLines(v)...)
	}
	return append([]string{firstLine(definition.Measure, v)}, limitLines(v)...)
}

// firstLine is the value with the numbers that it is made of, of a kind whose limits take no line of their own.
func firstLine(measure indicators.Measure, v results.Value) string {
	counted := v.Numerator != nil && v.Denominator != nil
	switch {
	case measure.Ratio != nil && counted:
		return fmt.Sprintf("value = %s, from %s / %s", exact(*v.Value), exact(*v.Numerator), exact(*v.Denominator))
	case measure.DSR != nil && counted:
		return fmt.Sprintf("value = %s × Σ w x / n ÷ Σ w = %s, over %d bands with x = %s and n = %s in all", exact(measure.DSR.Per), exact(*v.Value),
			len(measure.DSR.Standard), exact(*v.Numerator), exact(*v.Denominator))
	case measure.ISR != nil && counted:
		return fmt.Sprintf("value = %s, from %s observed and %s expected events at England's rates", exact(*v.Value), exact(*v.Numerator), exact(*v.Denominator))
	case measure.Mean != nil && v.Denominator != nil:
		return fmt.Sprintf("value = %s, the published mean of %s values", exact(*v.Value), exact(*v.Denominator))
	case measure.Share != nil:
		return fmt.Sprintf("value = (x / n) / (part / whole) = %s, of the counts below", exact(*v.Value))
	case measure.Slope != nil:
		return fmt.Sprintf("value = %s, by a line through %d groups weighted by their size", exact(*v.Value), len(measure.Slope.Order))
	}
	return fmt.Sprintf("value = %s, as published", exact(*v.Value))
}

// pairFormula is the difference or the ratio of two values.
func pairFormula(definition indicators.Definition, first, second, v results.Value) []string {
	if definition.Measure.Relative == nil || !v.HasValue() || !first.HasValue() || !second.HasValue() {
		return differenceFormula(first, second, v)
	}
	return append([]string{
		fmt.Sprintf("value = first / second = %s / %s = %s", exact(*first.Value), exact(*second.Value), exact(*v.Value)),
	}, limitLines(v)...)
}

func wilsonFormula(count string, x, n float64, v results.Value) []string {
	return []string{
		fmt.Sprintf("value = 100 × %s / n = 100 × %s / %s = %s", count, exact(x), exact(n), exact(*v.Value)),
		"limits = 100 × (2x + z² ∓ z √(z² + 4x(1 − x/n))) / (2(n + z²))",
		fmt.Sprintf("with z = 1.959963984540054: lower 95%% limit = %s, upper 95%% limit = %s", printed(v.Lower95), printed(v.Upper95)),
		fmt.Sprintf("with z = 3.090232306167813: lower 99.8%% limit = %s, upper 99.8%% limit = %s", printed(v.Lower998), printed(v.Upper998)),
	}
}

// differenceFormula is first minus second with the square-and-add limits that Newcombe's method 10 and MOVER share.
func differenceFormula(first, second, v results.Value) []string {
	if !v.HasValue() || !first.HasValue() || !second.HasValue() {
		return []string{fmt.Sprintf("no value: [%s] %s", v.Status, v.Reason)}
	}
	lines := []string{fmt.Sprintf("value = first − second = %s − %s = %s", exact(*first.Value), exact(*second.Value), exact(*v.Value))}
	if !v.HasInterval() {
		return append(lines, v.Warnings...)
	}
	return append(lines,
		fmt.Sprintf("first lies in %s to %s, second in %s to %s (95%%)", printed(first.Lower95), printed(first.Upper95), printed(second.Lower95), printed(second.Upper95)),
		fmt.Sprintf("lower 95%% limit = d − √((first − its lower limit)² + (second's upper limit − second)²) = %s", printed(v.Lower95)),
		fmt.Sprintf("upper 95%% limit = d + √((first's upper limit − first)² + (second − its lower limit)²) = %s", printed(v.Upper95)),
	)
}

func limitLines(v results.Value) []string {
	if !v.HasInterval() {
		return nil
	}
	return []string{
		fmt.Sprintf("95%% limits = %s to %s", printed(v.Lower95), printed(v.Upper95)),
		fmt.Sprintf("99.8%% limits = %s to %s", printed(v.Lower998), printed(v.Upper998)),
	}
}

// exact is a number in the shortest form that reads back as the same number.
func exact(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

func printed(number *float64) string {
	if number == nil {
		return "unknown"
	}
	return exact(*number)
}
