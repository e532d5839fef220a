package indicators

// Figures is the definition without the words that only readers read: two definitions whose figures are defined alike have the
// same.
func (d Definition) Figures() Definition {
	d.Title, d.Short, d.Says, d.Definition, d.Rationale, d.Caveats, d.Notes = "", "", Says{}, "", "", "", ""
	d.Goals, d.EvidenceFor, d.Expects = nil, nil, nil
	d.Population, d.PolarityReason, d.Label = "", "", ""
	return d
}
