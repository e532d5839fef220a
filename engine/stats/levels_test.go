package stats

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// levelTolerance is the relative error allowed against R 4.2.2.
const levelTolerance = 1e-9

func closeTo(got, want float64) bool {
	return got == want || math.Abs(got-want) <= levelTolerance*math.Abs(want)
}

// Oracle: R 4.2.2 qnorm(0.975), qnorm(0.999).
func TestQuantilesOfTheTwoLevels(t *testing.T) {
	t.Parallel()
	const lastDigits = 1e-14
	if math.Abs(at95.z-1.959963984540054) > lastDigits {
		t.Errorf("z at 95%%: got %.17g, want 1.959963984540054", at95.z)
	}
	if math.Abs(at998.z-3.090232306167813) > lastDigits {
		t.Errorf("z at 99.8%%: got %.17g, want 3.090232306167813", at998.z)
	}
	if math.Abs(at998.z*at998.z-trendThreshold) > 1e-12 {
		t.Errorf("trend threshold: got %v, want the square of z, %v", trendThreshold, at998.z*at998.z)
	}
}

// The exact limits hold from the smallest counts to large ones, though Rate uses them
// only under 10. Oracle: R 4.2.2 poisson.test.
func TestPoissonLimitsAtEveryCount(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/poisson.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, record := range records[1:] {
		var numbers [4]float64
		for i := range numbers {
			if numbers[i], err = strconv.ParseFloat(record[i], 64); err != nil {
				t.Fatal(err)
			}
		}
		level := at95
		if closeTo(numbers[1], 0.998) {
			level = at998
		}
		lower, upper := poissonLimits(numbers[0], level)
		if !closeTo(lower, numbers[2]) || !closeTo(upper, numbers[3]) {
			t.Errorf("count %v: got %v to %v, want %v to %v", numbers[0], lower, upper, numbers[2], numbers[3])
		}
		compared += 2
	}
	t.Logf("compared %d numbers", compared)
}

// Byar's limits stay within 0.2% of the exact ones from a count of 10 at 95%, which is
// why they may stand in (PHE, Technical Guide: Confidence Intervals, 2018).
func TestByarNearExactFromTen(t *testing.T) {
	t.Parallel()
	const guidance = 0.002
	for count := float64(exactBelow); count <= 2000; count++ {
		lower, upper := byarLimits(count, at95)
		exactLower, exactUpper := poissonLimits(count, at95)
		if math.Abs(lower-exactLower) > guidance*exactLower || math.Abs(upper-exactUpper) > guidance*exactUpper {
			t.Errorf("count %v: got %v to %v, want within 0.2%% of %v to %v", count, lower, upper, exactLower, exactUpper)
		}
	}
}

func TestShown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value float64
		want  string
	}{
		{3.4, "3.4"}, {5.6000000000000005, "5.6"}, {0, "0"}, {100, "100"}, {5174.123456, "5174.12"},
		{1234567, "1234570"}, {-1.25, "-1.25"}, {0.00001234567, "0.0000123457"},
	} {
		if got := shown(c.value); got != c.want {
			t.Errorf("shown(%v): got %q, want %q", c.value, got, c.want)
		}
	}
}

// BenchmarkWilsonMillion is the arithmetic of a million proportions, into columns: the value and both pairs of limits.
func BenchmarkWilsonMillion(b *testing.B) {
	const rows = 1_000_000
	x, n := make([]float64, rows), make([]float64, rows)
	for i := range x {
		n[i] = float64(50 + i*7919%5000)
		x[i] = float64(i * 104729 % int(n[i]+1))
	}
	var columns [5][]float64
	for i := range columns {
		columns[i] = make([]float64, rows)
	}
	for b.Loop() {
		for i := range x {
			share := x[i] / n[i]
			columns[0][i] = share * 100
			lower, upper := wilsonLimits(share, n[i], at95.z)
			columns[1][i], columns[2][i] = lower*100, upper*100
			lower, upper = wilsonLimits(share, n[i], at998.z)
			columns[3][i], columns[4][i] = lower*100, upper*100
		}
	}
}

// BenchmarkProportionMillion is the same as estimates, which a million results are made of.
func BenchmarkProportionMillion(b *testing.B) {
	const rows = 1_000_000
	estimates := make([]Estimate, rows)
	b.ReportAllocs()
	for b.Loop() {
		for i := range estimates {
			n := float64(50 + i*7919%5000)
			estimates[i] = Proportion(float64(i*104729%int(n+1)), n, 100)
		}
	}
}
