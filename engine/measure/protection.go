package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/disclosure"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// The words beside a number that is not told. They are the same for a small count and for one that is hidden to cover it, and
// for what the dataset's own source hides: which of them it is would tell something.
const (
	ReasonSuppressed = "suppressed to protect confidentiality"
	ReasonInternal   = "for internal use: not in the public edition"
	// WarningInternal stands beside each number that the public edition hides, in the internal one.
	WarningInternal = "INTERNAL: the public edition does not show this number"
)

// Protection is what keeps the counts of a run from being told: the policies, and all that a reader knows of how the counts
// hang together. The nil Protection hides nothing.
type Protection struct {
	// Policies are those of the protected datasets, by id.
	Policies    map[string]Policy
	Definitions map[string]indicators.Definition
	Datasets    map[string]datasets.Dataset
	// Forms are the items that are sums of columns, by name: the factor of each column.
	Forms map[string]map[string]float64
	// Strata are the age bands of standardised figures, and England the area by whose rates some are standardised. The populations
	// in them count as known to every reader; the counts are asked for only where figures that are told give them away.
	Strata  map[results.Key]Strata
	England string
	// Identities are items whose numbers are the sum of others' wherever all are known.
	Identities []Identity
	// Parents are the areas that areas are parts of, and Lives the days between which they are in force, of those that have any.
	Parents map[string]string
	Lives   map[string]Life
	// Kinds are the types of areas by code; those that together cover an area once are one kind.
	Kinds map[string]string
	// Internal says that the edition shows what it would hide, and marks it.
	Internal bool
}

// Policy is the policy of a dataset.
type Policy struct {
	disclosure.Policy
	// InternalOnly says that the public edition has no figure of the dataset.
	InternalOnly bool
	// Known are the areas whose figures every reader knows.
	Known map[string]bool
}

// Life is the first and the last day (2006-01-02) on which an area is in force; empty where there is none.
type Life struct{ From, To string }

func (l Life) holds(day string) bool { return l.From <= day && (l.To == "" || day <= l.To) }

// Identity says that an item is the sum of others, of one dataset; with one part, that the two are the same.
type Identity struct {
	Whole string
	Parts []string
}

// PolicyOf is the policy of a dataset: the strictest of its own and those that its indicators ask for. It is false where the
// figures are public already.
func PolicyOf(dataset datasets.Dataset, definitions []indicators.Definition) (Policy, bool) {
	policy, found := Policy{Known: map[string]bool{}}, false
	if own := dataset.Suppress; own != nil {
		found = true
		policy.Policy = disclosure.Policy{
			Below: own.Below, HideZeroes: own.Zeroes == "hide", ShowComplement: own.Complement == "show", Round: own.Round,
		}
		policy.InternalOnly = own.Audience == "internal"
		for _, area := range own.Known {
			policy.Known[area] = true
		}
	}
	for _, definition := range definitions {
		if asked := definition.Suppress; asked != nil && definition.Dataset == dataset.ID {
			found = true
			policy.Policy = disclosure.Strictest(policy.Policy, disclosure.Policy{
				Below: asked.Below, HideZeroes: asked.Zeroes == "hide", ShowComplement: policy.ShowComplement, Round: asked.Round,
			})
		}
	}
	return policy, found
}

// protects says whether a dataset is protected in this edition.
func (p *Protection) protects(dataset string) bool {
	if p == nil || p.Internal {
		return false
	}
	_, is := p.Policies[dataset]
	return is
}

// protect hides in the public edition what may not be told, before anything is made of the values; in the internal one it
// marks it.
func (p *Protection) protect(values []results.Value) {
	if p == nil || len(p.Policies) == 0 {
		return
	}
	r := p.reader(values, true)
	r.publication.Protect(r.truth)
	for i := range values {
		v := &values[i]
		policy, is := p.Policies[v.Dataset]
		at, row := r.items[i]
		switch {
		case !is || !holds(*v):
		case policy.InternalOnly:
			p.hide(v, ReasonInternal)
		case row && r.publication.Item(at).Hidden:
			p.hide(v, ReasonSuppressed)
		case !policy.Known[v.Area] && !p.Internal:
			p.round(v, policy)
		}
	}
	if p.Internal {
		return
	}
	for i := range values {
		// What the source hid reads like what is hidden here.
		if v := &values[i]; p.protects(v.Dataset) && !p.Policies[v.Dataset].InternalOnly && suppressed(*v) {
			v.Reason = ReasonSuppressed
		}
	}
}

// holds says whether any number stands in a value.
func holds(v results.Value) bool {
	return v.Value != nil || v.Numerator != nil || v.Denominator != nil || v.WorkedBack != nil
}

// suppressed says whether a value is hidden, by whomever.
func suppressed(v results.Value) bool {
	return !v.HasValue() && slices.Contains(strings.Fields(v.Status), "c")
}

// hide takes every number out of a value, or marks it in the internal edition.
func (p *Protection) hide(v *results.Value, reason string) {
	if p.Internal {
		v.Warnings = append([]string{WarningInternal}, v.Warnings...)
		return
	}
	warnings := v.Warnings
	v.Numerator, v.Denominator, v.WorkedBack = nil, nil, nil
	v.Estimate = stats.Missing("c", reason)
	if p.protects(v.Dataset) {
		// The words of the table, which name no number, stay; those about the estimate go with it.
		v.Warnings = slices.DeleteFunc(slices.Clone(warnings), func(w string) bool { return w != p.Discreet(v.Dataset) })
	}
}

// Discreet is what the public edition says in the place of what checks found in a protected dataset, since that holds numbers.
func (p *Protection) Discreet(dataset string) string {
	return fmt.Sprintf("the checks of %s found figures that are not as expected; which, is not told here", dataset)
}

// Identities finds the items of one dataset of which one is the sum of two others, or the same as another, in every row in
// which all are known: a reader would know it from the definitions, whatever the expressions look like.
func Identities(table Table) ([]Identity, error) {
	rows, err := table.rows()
	if err != nil {
		return nil, err
	}
	var found []Identity
	for whole := range table.Items {
		for first := range table.Items {
			if first != whole && first < whole && sums(rows, whole, first) {
				found = append(found, Identity{table.Items[whole], []string{table.Items[first]}})
			}
			for second := range first {
				if first != whole && second != whole && sums(rows, whole, first, second) {
					found = append(found, Identity{table.Items[whole], []string{table.Items[first], table.Items[second]}})
				}
			}
		}
	}
	return found, nil
}

// sums says whether an item is the sum of others in every row in which all are known, and in two at least, with no part
// always zero.
func sums(rows []row, whole int, parts ...int) bool {
	n := 0
	some := make([]bool, len(parts))
	for _, r := range rows {
		total, sum, known := r.cells[whole].value, 0.0, true
		for i, part := range parts {
			value := r.cells[part].value
			if value == nil {
				known = false
				break
			}
			sum += *value
			some[i] = some[i] || *value != 0
		}
		if total == nil || !known {
			continue
		}
		const rounding = 1e-9 // of sums of shares
		if math.Abs(*total-sum) > rounding*math.Max(1, math.Abs(sum)) {
			return false
		}
		n++
	}
	return n >= 2 && !slices.Contains(some, false)
}
