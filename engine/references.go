package engine

import (
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/indicators"
)

// references gathers the faults of one definition's references to other files.
type references struct {
	Project
	id     string
	faults fault.List
}

func (r *references) at(part, format string, args ...any) {
	r.faults.Add(r.Indicators.At(r.id, part).Errorf(part, format, args...))
}

func (r *references) indicator(part, id string) {
	if _, known := r.Indicators.Lookup(id); !known && id != "" {
		r.at(part, "no indicator %q", id)
	}
}

func (p Project) dataReferences(definition indicators.Definition) fault.List {
	r := &references{Project: p, id: definition.ID}
	dataset, known := p.Datasets.Lookup(definition.Dataset)
	if definition.Dataset != "" && !known {
		r.faults.Add(p.noDataset(p.Indicators.At(definition.ID, "dataset"), "dataset", definition.Dataset)...)
	}
	if known && dataset.ID != "" {
		r.faults.Add(p.categoryReferences(definition, dataset)...)
	}
	for i, id := range definition.Beside {
		r.indicator(fmt.Sprintf("beside[%d]", i), id)
	}
	r.compared(definition.Compare)
	r.measured(definition)
	return r.faults
}

// compared looks at what a definition is compared with.
func (r *references) compared(with indicators.Compare) {
	if how := with.England; how != nil {
		for i, id := range how.Bounds {
			r.indicator(fmt.Sprintf("compare.england.bounds[%d]", i), id)
		}
		r.indicator("compare.england.unknown", how.Unknown)
		if how.Dataset != "" {
			const part = "compare.england.dataset"
			r.faults.Add(r.noDataset(r.Indicators.At(r.id, part), part, how.Dataset)...)
		}
	}
	if chosen := with.Neighbours; chosen != nil && !r.Neighbours.Has(chosen.Set) {
		r.at("compare.neighbours.set", "no set of neighbours %q; there are %s", chosen.Set, strings.Join(r.Neighbours.Sets(), ", "))
	}
	for i, reference := range with.Tested {
		part := fmt.Sprintf("compare.tested[%d]", i)
		if reference.Set != "" && !r.Neighbours.Has(reference.Set) {
			r.at(part+".set", "no set of neighbours %q; there are %s", reference.Set, strings.Join(r.Neighbours.Sets(), ", "))
		}
		for j, code := range reference.Areas {
			if _, known := r.Areas.Lookup(code); !known {
				r.at(fmt.Sprintf("%s.areas[%d]", part, j), "no area %q", code)
			}
		}
	}
}

// measured looks at the indicators that a measure is made of.
func (r *references) measured(definition indicators.Definition) {
	kind := "measure." + definition.Measure.Kind()
	if d := definition.Measure.Pair(); d != nil {
		if d.Of != "" {
			r.indicator(kind+".of", d.Of)
		} else {
			r.indicator(kind+".first", d.First)
			r.indicator(kind+".second", d.Second)
		}
	}
	if pooled := definition.Measure.Pooled; pooled != nil {
		r.indicator("measure.pooled.of", pooled.Of)
		if of, known := r.Indicators.Lookup(pooled.Of); known {
			if why := r.cannotPool(of); why != "" {
				r.at("measure.pooled.of", "%s %s", pooled.Of, why)
			}
		}
	}
	if s := definition.Measure.Slope; s != nil {
		r.brokenDown(kind, s.Of, s.Breakdown)
	}
	if s := definition.Measure.Share; s != nil {
		r.brokenDown(kind, s.Of, s.Breakdown)
	}
	if index := definition.Measure.Composite; index != nil {
		for i, part := range index.Parts {
			r.indicator(fmt.Sprintf("measure.composite.parts[%d].indicator", i), part.Indicator)
		}
		if _, err := period.Parse(period.Kind(index.Kind), string(index.Period)); err != nil {
			r.at("measure.composite.period", "%v", err)
		}
	}
	if r.restsOn(definition.ID, definition, map[string]bool{}) {
		r.at(kind, "is made of itself: follow its operands back to %s", definition.ID)
	}
}

// brokenDown looks for an indicator and a breakdown of it.
func (r *references) brokenDown(kind, id, breakdown string) {
	r.indicator(kind+".of", id)
	if of, known := r.Indicators.Lookup(id); known && of.Breakdowns[breakdown] == "" {
		r.at(kind+".breakdown", "%s has no breakdown %q", id, breakdown)
	}
}
