// Package disclosure keeps small counts from being told, and from being worked back.
//
// A [Policy] says which counts are too small to print. A [Publication] is everything that a reader is about to be told:
// its cells are counts, its [Relation] list says how they hang together (a total is the sum of its groups, a county the
// sum of its wards, an indicator the sum of two others), and its items are the rows that print some of the cells.
//
//	p.Protect()          // hides further rows until no hidden count can be worked back
//	faults := p.Audit()  // what a reader can still work back; none is what may be published
//
// [Publication.Audit] takes the place of the reader: from the rows that are shown and the relations alone it finds the
// least and the greatest whole number that each hidden count can be (bounds.go), and faults a range that is narrower
// than the policy wants. [Publication.Protect] looks for the rows to hide besides the small ones (secondary, or
// complementary, suppression): at each step the cheapest row that widens a range which is too narrow, and at the end
// each is shown again that need not be hidden. Its last word is the audit's, so that a weak choice costs figures and
// never tells one.
//
// Sources: Cox, Journal of the American Statistical Association 1980;75:377-385 (complementary suppression as a system of
// linear relations); Fischetti and Salazar, Management Science 2001;47:1008-1027 (protection levels, and the attacker's
// two linear programs for each cell); Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4.
//
// The package reads no files and knows no indicator. It holds what one publication says; counts that a reader knows from
// elsewhere, such as an edition of before or a total in another office's release, are known to it only where an item says
// that it is public.
package disclosure

import "math"

// Policy says which counts of a dataset are too small to be told, and how the others are printed. The zero Policy hides
// nothing.
type Policy struct {
	// Below is k: counts of 1 to k−1 are hidden. 0 and 1 hide none.
	Below int
	// HideZeroes hides counts of zero too.
	HideZeroes bool
	// ShowComplement prints a part although all but a few, or all, of the whole belong to it.
	ShowComplement bool
	// Round is the base to which printed counts are rounded; 0 and 1 do not round.
	Round int
}

// Active says whether the policy hides or rounds anything.
func (p Policy) Active() bool { return p.Below > 1 || p.HideZeroes || p.Round > 1 }

// Small says whether a count must not be told.
func (p Policy) Small(count float64) bool {
	if count == 0 {
		return p.HideZeroes
	}
	return count > 0 && count < float64(p.Below)
}

// Width is how far the least and the greatest number that a hidden count may be for a reader must lie apart: k, and at
// least 1.
func (p Policy) Width() float64 { return math.Max(1, float64(p.Below)) }

// Guard is the guard of a count that a row would print: no reader may know it exactly, and none closer than by k as long as
// it may be small. With a small count goes the range that its true number asks for.
func (p Policy) Guard(cell int, small bool, count float64) Guard {
	guard := Guard{Cell: cell, Width: p.Width(), Below: p.Width(), Exact: true}
	if small {
		guard.Cover = p.cover(count)
	}
	return guard
}

// Unprinted is the guard of a count that nobody prints and that follows from others, such as the rest of a whole: to know it
// tells nothing once it is not small.
func (p Policy) Unprinted(cell int) Guard {
	return Guard{Cell: cell, Width: p.Width(), Below: p.Width(), Zero: !p.HideZeroes}
}

// Stratum is the guard of a count that nobody prints and that is one of the parts from which a rate was made: as long as there
// may be none in it, it tells nothing that there are few.
func (p Policy) Stratum(cell int) Guard {
	guard := p.Unprinted(cell)
	guard.Few = !p.HideZeroes
	return guard
}

// cover is the range in which a reader must be left about a small count: k to either side of it, and none below zero.
func (p Policy) cover(count float64) *Range {
	return &Range{Low: math.Max(0, count-p.Width()), High: count + p.Width()}
}

// Rounded is a count as it is printed: to the nearest multiple of the base, the half away from zero.
func (p Policy) Rounded(count float64) float64 {
	if p.Round <= 1 {
		return count
	}
	base := float64(p.Round)
	return math.Round(count/base) * base
}

// Range is the least and the greatest count that are printed as a number. It knows, as a reader does, that small counts
// are not printed.
func (p Policy) Range(printed float64) (low, high float64) {
	if p.Round <= 1 {
		return printed, printed
	}
	base := float64(p.Round)
	low = math.Max(0, math.Ceil(printed-base/2))
	high = math.Ceil(printed+base/2) - 1
	switch {
	case low >= float64(p.Below):
	case high < float64(p.Below):
		high = low
	case low > 0 || p.HideZeroes:
		low = math.Max(low, float64(p.Below))
	}
	return low, high
}

// Strictest is a policy that hides whatever one of two hides, and rounds as the coarser does.
func Strictest(a, b Policy) Policy {
	return Policy{
		Below: max(a.Below, b.Below), HideZeroes: a.HideZeroes || b.HideZeroes,
		ShowComplement: a.ShowComplement && b.ShowComplement, Round: max(a.Round, b.Round),
	}
}
