package indicators_test

import (
	"testing"

	"levelfield/indicators"
)

// TestEveryBuiltInDefinitionSaysWhy holds that each indicator of the built-in project says why it is there, and each without
// a good direction why it has none.
func TestEveryBuiltInDefinitionSaysWhy(t *testing.T) {
	t.Parallel()
	catalogue, faults := indicators.Load(indicators.Files(), ".")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, definition := range catalogue.Definitions {
		if definition.Rationale == "" {
			t.Errorf("%s has no rationale", definition.ID)
		}
		if definition.PolarityReason == "" {
			t.Errorf("%s is %s and has no polarity_reason", definition.ID, definition.Polarity)
		}
	}
}
