package seeds

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/fault"
)

// The kinds of target, and what their limits are taken from.
const (
	AtLeast = "at-least"
	AtMost  = "at-most"
	InRange = "range"

	// FromValue is a number in the indicator's unit; it is meant where no basis stands.
	FromValue = "value"
	// FromPercentile is a percentile of the upper-tier and unitary authorities in the period of the target.
	FromPercentile = "percentile"
	// FromEnglandLastYear is England's value one year before the period of the target.
	FromEnglandLastYear = "england-last-year"
)

var (
	targetColumns  = []string{"indicator", "period", "kind", "value", "source"}
	targetOptional = []string{"upper", "basis", "tolerance", "test"}

	targetKinds = []string{AtLeast, AtMost, InRange}
	targetBases = []string{FromValue, FromPercentile, FromEnglandLastYear}

	plainNumber = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,9})?$`)
)

// asCounted is the one test that a target may name.
const asCounted = "as-counted"

// Target is what somebody set for an indicator in a period. Lower and Upper are its limits, in the unit of the indicator or,
// for a percentile, from 0 to 100; the limit of a target on last year's England is nil, since its figure is not known here.
type Target struct {
	Indicator string
	Period    string // in its written form, such as 2024/25
	Kind      string // at-least, at-most or range
	Basis     string // value, percentile or england-last-year
	Lower     *float64
	Upper     *float64
	// Tolerance, in the unit of the indicator, is how far off the target a figure is still told as near.
	Tolerance float64
	// AsCounted holds the figure alone against the target, without its interval.
	AsCounted bool
	// Source is who set the target, and where it stands.
	Source string

	read row
}

// At is the place of one of the target's cells.
func (t Target) At(column string) fault.Place { return t.read.place(column) }

// LoadTargets reads targets.csv: indicator, period, kind, value and source, and where they are wanted upper, basis, tolerance
// and test. A project without the file has no target.
func LoadTargets(fsys fs.FS, path string) ([]Target, fault.List) {
	if _, err := fs.Stat(fsys, path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	rows, faults := readTable(fsys, path, targetColumns, targetOptional...)
	var targets []Target
	seen := map[[2]string]bool{}
	for _, read := range rows {
		target, wrong := readTarget(read)
		key := [2]string{target.Indicator, target.Period}
		if seen[key] {
			wrong.Add(read.faultf("period", "%q has a second target for %s", target.Indicator, target.Period).Hint("keep one of the two"))
		}
		seen[key] = true
		if faults.Add(wrong...); len(wrong) == 0 {
			targets = append(targets, target)
		}
	}
	return targets, faults
}

func readTarget(read row) (Target, fault.List) {
	target := Target{
		Indicator: read.get("indicator"), Period: read.get("period"), Kind: read.get("kind"), Basis: read.get("basis"), Source: read.get("source"), read: read,
	}
	if target.Basis == "" {
		target.Basis = FromValue
	}
	var faults fault.List
	for _, column := range []string{"indicator", "period"} {
		if read.get(column) == "" {
			faults.Add(read.faultf(column, "is empty"))
		}
	}
	if target.Source == "" {
		faults.Add(read.faultf("source", "is empty").Hint("say who set the target and where it stands, such as Council plan 2024, page 12"))
	}
	if !slices.Contains(targetKinds, target.Kind) {
		faults.Add(read.faultf("kind", "is %q", fault.Short(target.Kind)).Hint("use one of: %s", strings.Join(targetKinds, ", ")))
	}
	if !slices.Contains(targetBases, target.Basis) {
		faults.Add(read.faultf("basis", "is %q", fault.Short(target.Basis)).Hint("use one of: %s; or leave it empty for a value", strings.Join(targetBases, ", ")))
	}
	switch test := read.get("test"); test {
	case "", "interval":
	case asCounted:
		target.AsCounted = true
	default:
		faults.Add(read.faultf("test", "is %q", fault.Short(test)).Hint("use %s, or leave it empty to hold the 95%% interval against the target", asCounted))
	}
	if len(faults) == 0 {
		faults.Add(target.limits(read)...)
	}
	tolerance, wrong := optionalNumber(read, "tolerance")
	if faults.Add(wrong...); tolerance != nil {
		if target.Tolerance = *tolerance; target.Tolerance < 0 {
			faults.Add(read.faultf("tolerance", "is below nought").Hint("write how far off the target is still near, such as 2"))
		}
	}
	return target, faults
}

// limits reads the numbers of a target as its kind and basis ask for them.
func (t *Target) limits(read row) fault.List {
	value, faults := optionalNumber(read, "value")
	upper, wrong := optionalNumber(read, "upper")
	faults.Add(wrong...)
	if len(faults) > 0 {
		return faults
	}
	unwanted := func(column, why string) {
		if read.get(column) != "" {
			faults.Add(read.faultf(column, "is %q, and %s", fault.Short(read.get(column)), why).Hint("leave it empty"))
		}
	}
	switch {
	case t.Basis == FromEnglandLastYear && t.Kind == InRange:
		faults.Add(read.faultf("kind", "is a range, and England's value of last year is one number").Hint("use %s or %s", AtLeast, AtMost))
	case t.Basis == FromEnglandLastYear:
		unwanted("value", "the value is England's")
		unwanted("upper", "only a range has two limits")
		return faults
	case value == nil:
		faults.Add(read.faultf("value", "is empty").Hint("write the number that is asked for"))
	case t.Kind == InRange && upper == nil:
		faults.Add(read.faultf("upper", "is empty").Hint("a range has its lower limit under value and its upper one here"))
	case t.Kind == InRange && *value >= *upper:
		faults.Add(read.faultf("upper", "is %s, and the lower limit is %s", read.get("upper"), read.get("value")).Hint("put the larger one here"))
	case t.Kind != InRange:
		unwanted("upper", "only a range has two limits")
	}
	if t.Basis == FromPercentile {
		for _, column := range []string{"value", "upper"} {
			if limit := map[string]*float64{"value": value, "upper": upper}[column]; limit != nil && (*limit < 0 || *limit > 100) {
				faults.Add(read.faultf(column, "is %s", read.get(column)).Hint("a percentile is from 0 to 100"))
			}
		}
	}
	switch t.Kind {
	case AtLeast:
		t.Lower = value
	case AtMost:
		t.Upper = value
	default:
		t.Lower, t.Upper = value, upper
	}
	return faults
}

// optionalNumber reads a plain number, or nil from an empty cell.
func optionalNumber(read row, column string) (*float64, fault.List) {
	text := read.get(column)
	if text == "" {
		return nil, nil
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || !plainNumber.MatchString(text) {
		return nil, fault.List{read.faultf(column, "is %q, which is no plain number", fault.Short(text)).Hint("write 60 or 3.5: the unit is the indicator's, and thousands have no comma")}
	}
	return &number, nil
}
