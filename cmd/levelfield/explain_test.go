package main

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"levelfield/cmd/internal/cli"
)

// The normal quantiles of 95% and 99.8% limits: R 4.2.2, qnorm(0.975) and qnorm(0.999), whose z the text prints.
const (
	quantile95  = 1.959963984540054
	quantile998 = 3.090232306167813
)

// printedTolerance is what the last printed digit may differ by, relative to the number: recomputing here takes the
// same steps in another order.
const printedTolerance = 1e-12

// derived is the text of explain for an indicator of the built-in project.
func derived(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := run(cli.Process{}, append([]string{"explain", "--state", t.TempDir()}, args...)...)
	if code != 0 {
		t.Fatalf("explain %q: got exit code %d, want 0: %s", args, code, stderr)
	}
	return stdout
}

// numbers are those that the groups of a pattern match in a text.
func numbers(t *testing.T, text, pattern string) []float64 {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("got no match for %q in:\n%s", pattern, text)
	}
	var read []float64
	for _, group := range found[1:] {
		number, err := strconv.ParseFloat(group, 64)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, number)
	}
	return read
}

func checkNumber(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > printedTolerance*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// wilson is the score interval of x in n as a percentage (Wilson 1927, as Altman and others print it): the roots of
// (p − x/n)² = z² p (1 − p) / n.
func wilson(x, n, z float64) (lower, upper float64) {
	p := x / n
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return 100 * (middle - half), 100 * (middle + half)
}

// TestExplainedProportionRecomputes takes the counts from the row of the file that explain prints and computes
// everything else that it prints.
func TestExplainedProportionRecomputes(t *testing.T) {
	t.Parallel()
	text := derived(t, "business-births")
	counts := numbers(t, text, `(?m)^  row \d+: area=E06000034, period=2024, births=(\d+), deaths=\d+, active=(\d+),`)
	x, n := counts[0], counts[1]
	inputs := numbers(t, text, `(?m)^  proportion\.denominator: active = (\S+)\n  proportion\.numerator: births = (\S+)$`)
	checkNumber(t, "denominator", inputs[0], n)
	checkNumber(t, "numerator", inputs[1], x)
	formula := numbers(t, text, `(?m)^  value = 100 × x / n = 100 × (\S+) / (\S+) = (\S+)$`)
	checkNumber(t, "x", formula[0], x)
	checkNumber(t, "n", formula[1], n)
	checkNumber(t, "value", formula[2], 100*x/n)
	for _, level := range []struct {
		name     string
		quantile float64
	}{{"95%", quantile95}, {"99.8%", quantile998}} {
		printed := numbers(t, text, `with z = (\S+): lower `+level.name+` limit = (\S+), upper `+level.name+` limit = (\S+)`)
		lower, upper := wilson(x, n, level.quantile)
		checkNumber(t, level.name+" z", printed[0], level.quantile)
		checkNumber(t, level.name+" lower limit", printed[1], lower)
		checkNumber(t, level.name+" upper limit", printed[2], upper)
	}
	headline := numbers(t, text, `2024: (\S+)% \(95% limits (\S+) to (\S+)\)`)
	lower, upper := wilson(x, n, quantile95)
	checkNumber(t, "headline", headline[0], 100*x/n)
	checkNumber(t, "headline's lower limit", headline[1], lower)
	checkNumber(t, "headline's upper limit", headline[2], upper)
}

// TestExplainedDifferenceRecomputes goes from the counts of both sides' rows to the difference and its limits
// (Newcombe 1998, method 10).
func TestExplainedDifferenceRecomputes(t *testing.T) {
	t.Parallel()
	text := derived(t, "level-3-by-19-gap-2022")
	above, below, found := strings.Cut(text, "\nFirst\n")
	first, second, both := strings.Cut(below, "\nSecond\n")
	if !found || !both {
		t.Fatalf("got no derivation of both sides in:\n%s", text)
	}
	side := func(name, text string) (value, lower, upper float64) {
		inputs := numbers(t, text, `(?m)^    proportion\.denominator: (?:.+) = (\d+)\n    proportion\.numerator: (?:.+) = (\d+)$`)
		n, x := inputs[0], inputs[1]
		for _, cell := range inputs {
			if !regexp.MustCompile(`(?m)^    row \d+: .*=` + strconv.FormatFloat(cell, 'f', -1, 64) + `\b`).MatchString(text) {
				t.Errorf("%s: %v stands in no row that is printed", name, cell)
			}
		}
		printed := numbers(t, text, `: (\S+)% \(95% limits (\S+) to (\S+)\)`)
		lower, upper = wilson(x, n, quantile95)
		checkNumber(t, name, printed[0], 100*x/n)
		checkNumber(t, name+"'s lower limit", printed[1], lower)
		checkNumber(t, name+"'s upper limit", printed[2], upper)
		return 100 * x / n, lower, upper
	}
	a, aLower, aUpper := side("first", first)
	b, bLower, bUpper := side("second", second)
	formula := numbers(t, above, `(?m)^  value = first − second = (\S+) − (\S+) = (\S+)$`)
	checkNumber(t, "first in the formula", formula[0], a)
	checkNumber(t, "second in the formula", formula[1], b)
	checkNumber(t, "difference", formula[2], a-b)
	limits := numbers(t, above, `(?s)lower 95% limit = d − .+? = (\S+)\n.*upper 95% limit = d \+ .+? = (\S+)\n`)
	checkNumber(t, "lower limit", limits[0], a-b-math.Hypot(a-aLower, bUpper-b))
	checkNumber(t, "upper limit", limits[1], a-b+math.Hypot(aUpper-a, b-bLower))
}

// TestExplainedPublishedValueRecomputes takes value and limits from the row of the file, and widens the 99.8% limits
// from the 95% ones by the ratio of the quantiles.
func TestExplainedPublishedValueRecomputes(t *testing.T) {
	t.Parallel()
	text := derived(t, "employment-rate")
	row := numbers(t, text, `(?m)^  row \d+: area=E06000034, period=\d+, employment_percent=([^\s,]+), employment_lower=([^\s,]+), employment_upper=([^\s,]+)`)
	value := numbers(t, text, `(?m)^  value = (\S+), as published$`)
	limits := numbers(t, text, `(?m)^  95% limits = (\S+) to (\S+)\n  99\.8% limits = (\S+) to (\S+)$`)
	checkNumber(t, "value", value[0], row[0])
	checkNumber(t, "lower limit", limits[0], row[1])
	checkNumber(t, "upper limit", limits[1], row[2])
	checkNumber(t, "lower 99.8% limit", limits[2], row[0]-(row[0]-row[1])*quantile998/quantile95)
	checkNumber(t, "upper 99.8% limit", limits[3], row[0]+(row[2]-row[0])*quantile998/quantile95)
}
