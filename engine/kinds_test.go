package engine_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"levelfield/datasets"
	"levelfield/seeds"
)

// TestKindsOfAreasAreOffered holds the kinds that a dataset.yaml may name to those that seeds knows.
func TestKindsOfAreasAreOffered(t *testing.T) {
	t.Parallel()
	field, _ := reflect.TypeFor[datasets.Areas]().FieldByName("Also")
	var offered []string
	for part := range strings.SplitSeq(field.Tag.Get("jsonschema"), ",") {
		if kind, is := strings.CutPrefix(part, "enum="); is {
			offered = append(offered, kind)
		}
	}
	if !slices.Equal(offered, seeds.Kinds()) {
		t.Errorf("got %q in the schema of areas, want %q", offered, seeds.Kinds())
	}
}
