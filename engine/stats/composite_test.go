package stats_test

import (
	"testing"

	"pgregory.net/rapid"

	"levelfield/engine/stats"
)

func TestStandardScoresAgreeWithTheOracle(t *testing.T) {
	t.Parallel()
	rows := readCSV(t, "testdata/standard_scores.csv")
	var values []*float64
	for _, r := range rows {
		values = append(values, r.pointer(t, "value"))
	}
	// A value that is missing takes no part.
	standard, held := stats.NewStandard(append(values, nil))
	if !held || standard.N != len(rows) {
		t.Fatalf("got %+v and %v, want a standard of %d values", standard, held, len(rows))
	}
	for i, r := range rows {
		z := standard.Z(*values[i])
		wantNumber(t, r["value"], &z, r.must(t, "z"))
	}
}

func TestStandardsThatDoNotExist(t *testing.T) {
	t.Parallel()
	one, same := 4.5, 4.5
	for name, values := range map[string][]*float64{
		"none": nil, "one value": {&one, nil}, "all the same": {&one, &same},
	} {
		if standard, held := stats.NewStandard(values); held {
			t.Errorf("%s: got %+v, want none", name, standard)
		}
	}
	if e := stats.Composite(nil); e.HasValue() || e.Reason == "" {
		t.Errorf("no part: got %+v, want no value and a reason", e)
	}
	if e := stats.Composite([]*float64{&one, nil}); e.HasValue() || e.Reason != "a part is missing" {
		t.Errorf("a missing part: got %+v, want no value and a reason", e)
	}
}

// TestCompositeIsAMean: the order of the parts does not matter, an area at the mean of everything has 100, and turning every
// sign mirrors the index at 100.
func TestCompositeIsAMean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Float64Range(-6, 6), 1, 8).Draw(t, "scores")
		var forward, backward, mirrored, zeros []*float64
		for i := range scores {
			minus, zero := -scores[i], 0.0
			forward, backward = append(forward, &scores[i]), append([]*float64{&scores[i]}, backward...)
			mirrored, zeros = append(mirrored, &minus), append(zeros, &zero)
		}
		index := *stats.Composite(forward).Value
		for name, pair := range map[string][2]float64{
			"backward": {*stats.Composite(backward).Value, index}, "mirrored": {*stats.Composite(mirrored).Value, 200 - index}, "zeros": {*stats.Composite(zeros).Value, 100},
		} {
			if !near(pair[0], pair[1]) {
				t.Fatalf("%s: got %v, want %v", name, pair[0], pair[1])
			}
		}
	})
}
