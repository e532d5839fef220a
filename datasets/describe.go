package datasets

import (
	"fmt"
	"slices"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// Read reads the text of a dataset.yaml, as Load does for every one of a project.
func Read(file string, text []byte) (Dataset, fault.List) {
	document, faults := yamldoc.Decode[Dataset](file, text)
	if len(faults.Errors()) == 0 {
		faults.Add(inspect(document)...)
	}
	return document.Value, faults
}

// Describe writes a dataset as the text of its dataset.yaml.
func Describe(d Dataset) ([]byte, error) { return yamldoc.Encode(d) }

// Lines are the decisions of a proposal with the line of the text of its dataset.yaml that each is about, in their order
// there; without a line where no dataset is proposed.
func (p Proposal) Lines(text []byte) []string {
	var lines []string
	if len(p.Dataset.Columns) == 0 {
		for _, one := range p.Decide {
			lines = append(lines, one.Part+": "+one.Text)
		}
		return lines
	}
	document, _ := yamldoc.Decode[Dataset]("dataset.yaml", text)
	decisions := slices.Clone(p.Decide)
	line := func(one Decision) int {
		if key := one.Part + "#key"; document.Has(key) {
			return document.At(key).Line
		}
		return document.At(one.Part).Line
	}
	slices.SortStableFunc(decisions, func(a, b Decision) int { return line(a) - line(b) })
	for _, one := range decisions {
		lines = append(lines, fmt.Sprintf("line %d: %s: %s", line(one), one.Part, one.Text))
	}
	return lines
}
