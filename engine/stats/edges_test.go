package stats_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"levelfield/engine/stats"
)

func TestReasonsInsteadOfNumbers(t *testing.T) {
	t.Parallel()
	missing := stats.Missing("c", "suppressed by the publisher")
	five := stats.PublishedOnly(5, "")
	zero := stats.PublishedOnly(0, "")
	for _, c := range []struct {
		what   string
		got    stats.Estimate
		reason string
	}{
		{"no numerator", stats.Proportion(math.NaN(), 5, 1), "numerator missing"},
		{"no denominator", stats.Proportion(5, math.NaN(), 1), "denominator missing"},
		{"endless denominator", stats.Proportion(5, math.Inf(1), 1), "denominator missing"},
		{"nobody", stats.Proportion(0, 0, 1), "denominator is zero"},
		{"negative", stats.Proportion(-1, 5, 1), "negative"},
		{"too many", stats.Proportion(6, 5, 1), "numerator greater than denominator"},
		{"no multiplier", stats.Proportion(3, 5, 0), "multiplier is not a positive number"},
		{"share of none", stats.ProportionFromShare(0.1, 0, 0, 1), "denominator is zero"},
		{"share unknown", stats.ProportionFromShare(math.NaN(), 10, 0, 1), "value missing"},
		{"share over 1", stats.ProportionFromShare(1.002, 10, 0.0005, 1), "share greater than one"},
		{"share without a step", stats.ProportionFromShare(0.1, 10, math.NaN(), 1), "rounding step missing"},
		{"share without a cohort", stats.ProportionFromShare(0.1, math.NaN(), 0, 1), "denominator missing"},
		{"share negative", stats.ProportionFromShare(-0.1, 10, 0, 1), "negative"},
		{"share without a multiplier", stats.ProportionFromShare(0.1, 10, 0, -1), "multiplier is not a positive number"},
		{"rate of none", stats.Rate(1, 0, 1), "denominator is zero"},
		{"rate negative", stats.Rate(1, -1, 1), "negative"},
		{"rate without a count", stats.Rate(math.NaN(), 1, 1), "numerator missing"},
		{"rate without people", stats.Rate(1, math.NaN(), 1), "denominator missing"},
		{"rate per nothing", stats.Rate(1, 1, 0), "multiplier is not a positive number"},
		{"rate too large", stats.Rate(1e300, 1e-300, 1), "result is too large to hold"},
		{"published nothing", stats.Published(math.NaN(), nil, nil, stats.Log), "value missing"},
		{"half-width of nothing", stats.PublishedHalfWidth(math.Inf(1), 1, nil, nil), "value missing"},
		{"CV of nothing", stats.PublishedCV(math.NaN(), 0.1), "value missing"},
		{"value of nothing", stats.PublishedOnly(math.NaN(), "why"), "value missing"},
		{"first pair", stats.DifferenceNewcombe(1, 0, 1, 2, 1), "first value: denominator is zero"},
		{"second pair", stats.DifferenceNewcombe(1, 2, 3, 2, 1), "second value: numerator greater than denominator"},
		{"pair without a multiplier", stats.DifferenceNewcombe(1, 2, 1, 2, 0), "multiplier is not a positive number"},
		{"first missing", stats.DifferenceMover(missing, five), "first value missing: suppressed by the publisher"},
		{"second missing", stats.DifferenceMover(five, stats.Estimate{}), "second value missing"},
		{"last missing", stats.Change(five, missing), "last value missing: suppressed by the publisher"},
		{"baseline missing", stats.Change(missing, five), "first value missing: suppressed by the publisher"},
		{"ratio to zero", stats.RatioMover(five, zero), "divisor is not above zero"},
		{"ratio to missing", stats.RatioMover(five, missing), "second value missing: suppressed by the publisher"},
	} {
		want := stats.Missing(stats.StatusUnavailable, c.reason)
		if diff := cmp.Diff(want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestExactEnds(t *testing.T) {
	t.Parallel()
	for n := 1.0; n <= 3000; n++ {
		all, none := stats.Proportion(n, n, 100), stats.Proportion(0, n, 100)
		if *all.Upper95 != 100 || *all.Upper998 != 100 || *all.Value != 100 {
			t.Fatalf("%v of %v: got %v to %v, want an upper limit of exactly 100", n, n, *all.Value, *all.Upper95)
		}
		if *none.Lower95 != 0 || *none.Lower998 != 0 {
			t.Fatalf("0 of %v: got a lower limit of %v, want exactly 0", n, *none.Lower95)
		}
	}
	rounded := stats.ProportionFromShare(0, 5150, 0.0005, 100)
	if *rounded.Lower95 != 0 || *rounded.Value != 0 || *rounded.Upper95 <= 0.05 {
		t.Errorf("0.0%%: got %v to %v, want 0 to more than half a step", *rounded.Lower95, *rounded.Upper95)
	}
	if e := stats.ProportionFromShare(1, 5150, 0.0005, 100); *e.Upper998 != 100 {
		t.Errorf("100.0%%: got an upper limit of %v, want exactly 100", *e.Upper998)
	}
	if e := stats.Rate(0, 812, 1e5); *e.Lower95 != 0 || *e.Lower998 != 0 {
		t.Errorf("rate of 0: got a lower limit of %v, want exactly 0", *e.Lower95)
	}
}

func TestPublishedKeepsLimits(t *testing.T) {
	t.Parallel()
	e := stats.Published(58.1, pointer(53.2), pointer(63.0), stats.Linear)
	if *e.Lower95 != 53.2 || *e.Upper95 != 63.0 {
		t.Errorf("published limits: got %v to %v, want 53.2 to 63", *e.Lower95, *e.Upper95)
	}
	const factor = 3.090232306167813 / 1.959963984540054
	wantNumber(t, "linear lower", e.Lower998, 58.1-(58.1-53.2)*factor)
	wantNumber(t, "linear upper", e.Upper998, 58.1+(63.0-58.1)*factor)
	if want := "Published value and 95% limits; 99.8% limits derived on the linear scale"; e.Method != want {
		t.Errorf("method: got %q, want %q", e.Method, want)
	}

	log := stats.Published(120, pointer(100), pointer(150), stats.Log)
	wantNumber(t, "log lower", log.Lower998, 120*math.Pow(100.0/120, factor))
	wantNumber(t, "log upper", log.Upper998, 120*math.Pow(150.0/120, factor))

	share := stats.Published(0.9, pointer(0.8), pointer(0.95), stats.Logit)
	percent := stats.Published(90, pointer(80), pointer(95), stats.LogitPercent)
	wantNumber(t, "logit of a percentage", percent.Lower998, 100*(*share.Lower998))
	odds := 9 * math.Pow(4.0/9, factor)
	wantNumber(t, "logit lower", share.Lower998, odds/(1+odds))

	ends := stats.Published(1, pointer(0), pointer(4), stats.LogitPercent)
	if *ends.Lower998 != 0 {
		t.Errorf("limit at the end of its scale: got %v, want 0", *ends.Lower998)
	}
}

func TestPublishedWarns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what                 string
		got                  stats.Estimate
		interval, derived998 bool
		warnings             []string
	}{
		{"no limits", stats.Published(5, nil, nil, stats.Linear), false, false, []string{"no limits published"}},
		{"one limit", stats.Published(5, pointer(4), nil, stats.Linear), false, false, []string{"only one limit is published"}},
		{"swapped", stats.Published(5, pointer(6), pointer(4), stats.Linear), false, false,
			[]string{"published limits are in the wrong order"}},
		{"outside", stats.Published(7, pointer(4), pointer(6), stats.Linear), true, false,
			[]string{"published limits do not hold the value; 99.8% limits not derived"}},
		{"no place on the scale", stats.Published(-1, pointer(-2), pointer(3), stats.Log), true, false,
			[]string{"99.8% limits cannot be derived on the log scale"}},
		{"unnamed scale", stats.Published(5, pointer(4), pointer(6), ""), true, false,
			[]string{"99.8% limits cannot be derived on the unnamed scale"}},
		{"share read as percentage", stats.Published(58.1, pointer(53.2), pointer(63), stats.Logit), true, false,
			[]string{"99.8% limits cannot be derived on the logit scale"}},
		{"no half-width", stats.PublishedHalfWidth(5, math.NaN(), nil, nil), false, false, []string{"no half-width published"}},
		{"negative half-width", stats.PublishedHalfWidth(5, -1, nil, nil), false, false,
			[]string{"published half-width is negative"}},
		{"clipped", stats.PublishedHalfWidth(2, 3, pointer(0), pointer(4)), true, true,
			[]string{"lower limit clipped to 0", "upper limit clipped to 4"}},
		{"value past its ceiling", stats.PublishedHalfWidth(100.2, 1, pointer(0), pointer(100)), true, true,
			[]string{"upper limit clipped to 100.2"}},
		{"no CV", stats.PublishedCV(5, math.NaN()), false, false, []string{"no coefficient of variation published"}},
		{"negative CV", stats.PublishedCV(5, -0.1), false, false, []string{"published coefficient of variation is negative"}},
		{"large CV", stats.PublishedCV(5, 0.6), true, true, []string{"lower limit clipped to 0"}},
		{"modelled", stats.PublishedOnly(5, "a modelled figure"), false, false, []string{"a modelled figure"}},
	} {
		if !c.got.HasValue() || c.got.HasInterval() != c.interval || c.got.At998().Complete() != c.derived998 {
			t.Errorf("%s: got %+v, want an interval %v and 99.8%% limits %v", c.what, c.got, c.interval, c.derived998)
		}
		if diff := cmp.Diff(c.warnings, c.got.Warnings); diff != "" {
			t.Errorf("%s warnings (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestPublishedCV(t *testing.T) {
	t.Parallel()
	e := stats.PublishedCV(724, 0.052)
	wantNumber(t, "lower", e.Lower95, 724*(1-0.052*1.959963984540054))
	wantNumber(t, "upper at 99.8%", e.Upper998, 724*(1+0.052*3.090232306167813))
	if below := stats.PublishedCV(-10, 0.1); *below.Lower95 >= *below.Upper95 {
		t.Errorf("negative value: got %v to %v, want ascending limits", *below.Lower95, *below.Upper95)
	}
}

func TestMoverWithoutLimits(t *testing.T) {
	t.Parallel()
	known := stats.Published(10, pointer(8), pointer(12), stats.Linear)
	bare := stats.PublishedOnly(4, "a complete count")
	half := stats.Published(4, pointer(3), pointer(5), "")
	for _, c := range []struct {
		what    string
		got     stats.Estimate
		value   float64
		warning string
	}{
		{"difference", stats.DifferenceMover(known, bare), 6, "no limits: one of the two values has none, or lies outside its own"},
		{"change", stats.Change(known, bare), -6, "no limits: one of the two values has none, or lies outside its own"},
		{"ratio", stats.RatioMover(known, bare), 2.5, "no limits: one of the two values has none, or lies outside its own"},
		{"value outside its limits", stats.DifferenceMover(known, stats.Published(4, pointer(5), pointer(6), stats.Linear)), 6,
			"no limits: one of the two values has none, or lies outside its own"},
		{"at one level", stats.DifferenceMover(known, half), 6, "no 99.8% limits: one of the two values has none, or lies outside its own"},
		{"ratio at one level", stats.RatioMover(known, half), 2.5, "at 99.8%: no limits: one of the two values has none, or lies outside its own"},
	} {
		wantNumber(t, c.what, c.got.Value, c.value)
		if diff := cmp.Diff([]string{c.warning}, c.got.Warnings); diff != "" {
			t.Errorf("%s warnings (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestRatioMoverWithoutBounds(t *testing.T) {
	t.Parallel()
	above := stats.PublishedHalfWidth(10, 2, nil, nil)
	nearZero := stats.PublishedHalfWidth(1, 3, nil, nil)
	unbounded := stats.RatioMover(above, nearZero)
	if unbounded.Upper95 != nil || unbounded.Lower95 == nil || *unbounded.Lower95 >= 10 || *unbounded.Lower95 <= 0 {
		t.Errorf("divisor near zero: got %+v, want a lower limit under 10 and no upper limit", unbounded)
	}
	if want := []string{"upper limit unbounded: the second value's lower limit is not above zero"}; !cmp.Equal(unbounded.Warnings, want) {
		t.Errorf("warnings: got %q, want %q", unbounded.Warnings, want)
	}
	if below := stats.RatioMover(nearZero, above); below.Lower95 != nil || below.Upper95 == nil || len(below.Warnings) != 1 {
		t.Errorf("dividend around zero: got %+v, want an upper limit only and one warning", below)
	}
	if neither := stats.RatioMover(nearZero, nearZero); neither.Lower95 != nil || neither.Upper95 != nil {
		t.Errorf("both around zero: got %+v, want no limits", neither)
	}
	if negative := stats.RatioMover(stats.PublishedHalfWidth(-3, 1, nil, nil), above); negative.HasInterval() || !negative.HasValue() {
		t.Errorf("negative dividend: got %+v, want a value without limits", negative)
	}
	if none := stats.RatioMover(stats.Proportion(0, 50, 1), stats.Proportion(5, 50, 1)); *none.Lower95 != 0 {
		t.Errorf("dividend of zero: got a lower limit of %v, want 0", *none.Lower95)
	}
}
