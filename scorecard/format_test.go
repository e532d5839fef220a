package scorecard

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	percent = Unit{Suffix: "%", Decimals: 1}
	pounds  = Unit{Prefix: "£", Decimals: 0}
	pence   = Unit{Prefix: "£", Decimals: 2}
	points  = Unit{Suffix: " percentage points", Decimals: 1}
	whole   = Unit{}
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unit          Unit
		value         float64
		plain, signed string
	}{
		{percent, 3.8, "3.8%", "+3.8%"},
		{percent, 0, "0.0%", "0.0%"},
		{percent, 100, "100.0%", "+100.0%"},
		// Half goes away from zero, judged on the number as written: the nearest double of 2.45 lies below it.
		{percent, 2.45, "2.5%", "+2.5%"},
		{percent, 2.25, "2.3%", "+2.3%"},
		{percent, 2.35, "2.4%", "+2.4%"},
		{percent, 0.05, "0.1%", "+0.1%"},
		{percent, 99.95, "100.0%", "+100.0%"},
		{percent, 2.449999, "2.4%", "+2.4%"},
		{percent, -2.45, "−2.5%", "−2.5%"},
		{percent, -0.05, "−0.1%", "−0.1%"},
		// What rounds to zero has no sign.
		{percent, -0.04, "0.0%", "0.0%"},
		{percent, 0.04, "0.0%", "0.0%"},
		{percent, math.Copysign(0, -1), "0.0%", "0.0%"},
		{points, -1.25, "−1.3 percentage points", "−1.3 percentage points"},
		{pounds, 644.5, "£645", "+£645"},
		{pounds, -644.5, "−£645", "−£645"},
		{pounds, 999.5, "£1,000", "+£1,000"},
		{pence, 1.005, "£1.01", "+£1.01"},
		{pence, 1234567.891, "£1,234,567.89", "+£1,234,567.89"},
		{whole, 999, "999", "+999"},
		{whole, 1000, "1,000", "+1,000"},
		{whole, -56550138, "−56,550,138", "−56,550,138"},
		{whole, 0.5, "1", "+1"},
		{whole, -0.5, "−1", "−1"},
		{whole, 1e21, "1,000,000,000,000,000,000,000", "+1,000,000,000,000,000,000,000"},
		{percent, 5e-324, "0.0%", "0.0%"},
		{Unit{Decimals: 3}, 0.0625, "0.063", "+0.063"},
	} {
		if got := c.unit.Format(c.value); got != c.plain {
			t.Errorf("%v to %d decimals: got %q, want %q", c.value, c.unit.Decimals, got, c.plain)
		}
		if got := c.unit.FormatSigned(c.value); got != c.signed {
			t.Errorf("%v to %d decimals, signed: got %q, want %q", c.value, c.unit.Decimals, got, c.signed)
		}
	}
	if got, want := pence.Plain(-1234.565), "−1,234.57"; got != want {
		t.Errorf("plain: got %q, want %q", got, want)
	}
}

// TestFormatIsNearest holds what is printed against the shortest decimal of the value, exactly: never further from it
// than half of the last place, and further from zero when it lies between two.
func TestFormatIsNearest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		decimals := rapid.IntRange(0, 4).Draw(t, "decimals")
		value := float64(rapid.IntRange(-10_000_000, 10_000_000).Draw(t, "digits")) / math.Pow10(rapid.IntRange(0, 6).Draw(t, "places"))
		text := Unit{Decimals: decimals}.Format(value)
		got, read := new(big.Rat).SetString(strings.NewReplacer(",", "", "−", "-").Replace(text))
		exact, valid := new(big.Rat).SetString(strconv.FormatFloat(value, 'f', -1, 64))
		if !read || !valid {
			t.Fatalf("%v printed as %q, which is no number", value, text)
		}
		half := new(big.Rat).Quo(big.NewRat(1, 2), new(big.Rat).SetFloat64(math.Pow10(decimals)))
		distance := new(big.Rat).Sub(got, exact)
		distance.Abs(distance)
		if distance.Cmp(half) > 0 {
			t.Errorf("%v to %d decimals: got %q, want the nearest", value, decimals, text)
		}
		if distance.Cmp(half) == 0 && new(big.Rat).Abs(got).Cmp(new(big.Rat).Abs(exact)) < 0 {
			t.Errorf("%v to %d decimals: got %q, want half away from zero", value, decimals, text)
		}
		if _, fraction, _ := strings.Cut(text, "."); len(fraction) != decimals {
			t.Errorf("%v to %d decimals: got %q", value, decimals, text)
		}
	})
}

func TestBritishDate(t *testing.T) {
	t.Parallel()
	for iso, want := range map[string]string{"2026-11-23": "23 November 2026", "2025-03-01": "1 March 2025", "April 2027": "April 2027", "": ""} {
		if got := BritishDate(iso); got != want {
			t.Errorf("%q: got %q, want %q", iso, got, want)
		}
	}
}

func TestOrdinal(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 10: "10th", 11: "11th", 12: "12th", 13: "13th", 20: "20th", 21: "21st", 22: "22nd", 23: "23rd",
		101: "101st", 111: "111th", 112: "112th", 113: "113th", 121: "121st", 151: "151st",
	} {
		if got := ordinal(n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
