package stats

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestEveryLevelAgreesWithReference holds the limits of shares and of counts at all levels of the reference, those among them that
// no estimate is given at. Oracle: PHEindicatormethods 2.1.0 phe_proportion and phe_rate in R 4.2.2.
func TestEveryLevelAgreesWithReference(t *testing.T) {
	t.Parallel()
	limitsOf := map[string]func(x, n float64, c confidence) (lower, upper float64){
		"prop.csv": func(x, n float64, c confidence) (lower, upper float64) { return wilsonLimits(x/n, n, c.z) },
		"rate.csv": func(x, n float64, c confidence) (lower, upper float64) {
			limits, _ := countLimits(x)
			lower, upper = limits(x, c)
			return lower / n, upper / n
		},
	}
	compared, levels := 0, map[string]bool{}
	for name, limits := range limitsOf {
		file, err := os.Open(filepath.Join("..", "..", "..", "shared", "vectors", name))
		if err != nil {
			t.Skip("shared data not present: ", err)
		}
		records, err := csv.NewReader(file).ReadAll()
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]int{}
		for i, column := range records[0] {
			at[column] = i
		}
		for _, record := range records[1:] {
			read := func(column string) float64 {
				v, err := strconv.ParseFloat(record[at[column]], 64)
				if err != nil {
					t.Fatal(err)
				}
				return v
			}
			lower, upper := limits(read("x"), read("n"), newConfidence((1-read("conf_level"))/2))
			if multiplier := read("multiplier"); !closeTo(lower*multiplier, read("lowercl")) || !closeTo(upper*multiplier, read("uppercl")) {
				t.Errorf("%s %v: got %v to %v", name, record, lower*multiplier, upper*multiplier)
			}
			levels[record[at["conf_level"]]] = true
			compared += 2
		}
	}
	t.Logf("compared %d numbers at %d levels", compared, len(levels))
	if compared < 600 || len(levels) < 5 {
		t.Errorf("got %d numbers at %d levels, want at least 600 at 5", compared, len(levels))
	}
}
