package engine

import (
	"errors"
	"io/fs"

	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/indicators"
	"levelfield/seeds"
)

// loadGovernance reads what people set, wrote and signed: targets, overrides, commentary and approvals. None has to be there.
func (p *Project) loadGovernance(fsys fs.FS) fault.List {
	var faults, found fault.List
	p.Targets, found = seeds.LoadTargets(fsys, targetsFile)
	faults.Add(found...)
	p.Overrides, found = seeds.LoadOverrides(fsys, overridesFile)
	faults.Add(found...)
	p.Commentary, found = seeds.LoadCommentary(fsys, commentaryFolder)
	faults.Add(found...)
	p.Approvals, found = seeds.LoadApprovals(fsys, approvalsFile)
	faults.Add(found...)
	return faults
}

// governanceFiles are the files of the project that loadGovernance read.
func (p Project) governanceFiles() []string {
	var paths []string
	for _, name := range []string{targetsFile, overridesFile, approvalsFile} {
		if _, err := fs.Stat(p.Files, name); !errors.Is(err, fs.ErrNotExist) {
			paths = append(paths, name)
		}
	}
	for _, comment := range p.Commentary {
		paths = append(paths, comment.File)
	}
	return paths
}

// governanceReferences are the faults of governance that names what the project does not have, or cannot have.
func (p Project) governanceReferences() fault.List {
	var faults fault.List
	for _, target := range p.Targets {
		definition, known := p.Indicators.Lookup(target.Indicator)
		if !known {
			faults.Add(noIndicator(target.At("indicator"), "indicator", target.Indicator)...)
			continue
		}
		if definition.ID == "" {
			continue // it is faulty, and has told so
		}
		faults.Add(p.periodFault(target.At("period"), definition, target.Period)...)
		faults.Add(targetFaults(definition, target)...)
	}
	for _, override := range p.Overrides {
		if definition, known := p.Indicators.Lookup(override.Indicator); known {
			faults.Add(p.periodFault(override.At("period"), definition, override.Period)...)
		} else {
			faults.Add(noIndicator(override.At("indicator"), "indicator", override.Indicator)...)
		}
	}
	for _, comment := range p.Commentary {
		definition, known := p.Indicators.Lookup(comment.Indicator)
		switch {
		case !known:
			faults.Add(noIndicator(comment.At(), "", comment.Indicator)...)
		case p.label(definition, comment.Labels()) == "":
			faults.Add(comment.At().Errorf("", "the folder %q is no period of the indicator", comment.Folder).
				Hint("name the folder as the period is written, with - for /: %s", seeds.PeriodFolder(periodExamples[p.periodKind(definition, 0)])))
		}
	}
	for i, approval := range p.Approvals.List {
		if part := p.Approvals.Path(i, "board"); !p.Boards.Known(approval.Board) {
			faults.Add(p.Approvals.At(i, "board").Errorf(part, "no board %q", approval.Board).Hint("boards are the files of the folder boards"))
		}
	}
	return faults
}

// noIndicator is the fault of a file that names an indicator which is not there.
func noIndicator(at fault.Place, part, id string) fault.List {
	return fault.List{at.Errorf(part, "no indicator %q", fault.Short(id)).Hint("an indicator's id is the name of its file, without .yaml")}
}

// targetFaults are the faults of a target that its indicator cannot be held against.
func targetFaults(definition indicators.Definition, target seeds.Target) fault.List {
	var faults fault.List
	published, england := definition.Measure.Published, definition.Compare.England
	lost := published != nil && published.Interval == "lost"
	switch {
	case target.AsCounted && !isCounted(definition):
		faults.Add(target.At("test").Errorf("test", "the figure is no count: it is estimated").Hint("leave the cell empty, so that the interval is held against the target"))
	case target.Basis == seeds.FromPercentile && lost:
		faults.Add(target.At("basis").Errorf("basis", "is a percentile of authorities, and the indicator's figures are not ranked").Hint("set a value"))
	case target.Basis == seeds.FromEnglandLastYear && england != nil && (england.None != "" || england.Bounded()):
		faults.Add(target.At("basis").Errorf("basis", "is England's value, and the indicator is not held against it alone").Hint("set a value"))
	}
	against := map[string]string{"low": seeds.AtLeast, "high": seeds.AtMost}[definition.Polarity]
	if target.Kind == against {
		faults.Add(target.At("kind").Warnf("kind", "is %s, although of this indicator %s is better", target.Kind, map[string]string{"low": "lower", "high": "higher"}[definition.Polarity]).
			Hint("look whether at-least and at-most were mistaken for each other"))
	}
	return faults
}

// isCounted says whether a figure is a count or made of counts, so that a target may be about what was counted.
func isCounted(definition indicators.Definition) bool {
	m := definition.Measure
	return m.Count != nil || m.Proportion != nil || m.Rate != nil || m.Published != nil && m.Published.Interval == "complete-count"
}

// periodExamples are written forms of the kinds of period.
var periodExamples = map[period.Kind]string{
	period.Calendar: "2023", period.Academic: "2022/23", period.Financial: "2022/23", period.Tax: "2022/23", period.Quarter: "2023-Q1",
	period.Month: "2023-03", period.Months: "Dec 2024 to Feb 2025", period.Rolling: "Jul 2022 to Jun 2023", period.Pooled: "2020 to 2022",
	period.Instant: "2026-01-01", period.Term: "2020/21 autumn term", period.Week: "2021-W05",
}

// deepest bounds how far an indicator is followed through those that it is made of.
const deepest = 20

// periodKind is the kind of an indicator's periods, or "" where its dataset is still to come.
func (p Project) periodKind(definition indicators.Definition, depth int) period.Kind {
	if index := definition.Measure.Composite; index != nil {
		return period.Kind(index.Kind)
	}
	if definition.Measure.Pooled != nil {
		return period.Pooled
	}
	if dataset, known := p.Datasets.Lookup(definition.Dataset); known && definition.Dataset != "" {
		return period.Kind(dataset.Periods.Kind)
	}
	if operands := definition.Operands(); len(operands) > 0 && depth < deepest {
		if of, known := p.Indicators.Lookup(operands[0]); known {
			return p.periodKind(of, depth+1)
		}
	}
	return ""
}

// periodFault is the fault of a period that the indicator cannot have.
func (p Project) periodFault(at fault.Place, definition indicators.Definition, label string) fault.List {
	kind := p.periodKind(definition, 0)
	if p.label(definition, []string{label}) != "" {
		return nil
	}
	_, err := period.Parse(kind, label)
	return fault.List{at.Errorf("period", "%v", err)}
}

// label is the first of several written forms that is a period of the indicator, or "".
func (p Project) label(definition indicators.Definition, candidates []string) string {
	kind := p.periodKind(definition, 0)
	for _, candidate := range candidates {
		if kind == "" {
			return candidate
		}
		if _, err := period.Parse(kind, candidate); err == nil {
			return candidate
		}
	}
	return ""
}
