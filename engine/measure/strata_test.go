package measure_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"levelfield/engine/disclosure"
	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// ageBands are counts by age band of one area, with what is published of them.
type ageBands struct {
	labels              []string
	counts, populations []float64
	spec                indicators.DSR
	policy              disclosure.Policy
	// byBand says that an indicator shows the count of each band.
	byBand bool
}

func drawBands(t *rapid.T) ageBands {
	b := ageBands{
		spec: indicators.DSR{
			Numerator: "n", Denominator: "d", Bands: "age", Per: 100000, Standard: map[string]float64{},
			Interval: rapid.SampledFrom([]string{"", "", "fay-feuer", "tiwari"}).Draw(t, "interval"),
		},
		policy: disclosure.Policy{
			Below: rapid.IntRange(2, 6).Draw(t, "below"), HideZeroes: rapid.IntRange(0, 3).Draw(t, "zeroes") == 0,
			Round: rapid.SampledFrom([]int{0, 0, 0, 5}).Draw(t, "round"),
		},
		byBand: rapid.Bool().Draw(t, "by band"),
	}
	count := rapid.OneOf(rapid.IntRange(0, 4), rapid.IntRange(0, 12), rapid.IntRange(5, 20))
	for i := range rapid.IntRange(2, 4).Draw(t, "bands") {
		label := fmt.Sprint("band ", i)
		b.labels = append(b.labels, label)
		b.counts = append(b.counts, float64(count.Draw(t, "count of "+label)))
		b.populations = append(b.populations, float64(rapid.IntRange(300, 9000).Draw(t, "people of "+label)))
		b.spec.Standard[label] = float64(rapid.IntRange(5, 40).Draw(t, "standard of "+label) * 1000)
	}
	return b
}

// published are the values of the public edition, with what guards them.
func (b ageBands) published(t testing.TB) ([]results.Value, *measure.Protection) {
	direct := indicators.Definition{ID: "direct", Dataset: "figures", Unit: "per 100,000", Polarity: "low", Measure: indicators.Measure{DSR: &b.spec}}
	wanted, items := []measure.Indicator{{Definition: direct, Table: "figures"}}, []string{"direct/dsr.numerator", "direct/dsr.denominator"}
	if b.byBand {
		wanted, items = append(wanted, measure.Indicator{Definition: countedByBand(), Table: "figures"}), append(items, "counted/count.value")
	}
	var rows []given
	row := func(label string, count, people float64) {
		cells := []any{count, people}
		if b.byBand {
			cells = append(cells, count)
		}
		rows = append(rows, given{"A", "2024", []string{label}, cells})
	}
	events, people := 0.0, 0.0
	for i, label := range b.labels {
		row(label, b.counts[i], b.populations[i])
		events, people = events+b.counts[i], people+b.populations[i]
	}
	row("all", events, people)
	return publishedOf(t, tableOf(t, "calendar", []string{"age"}, items, rows...), b.policy, wanted)
}

// sums are what a rate and its limits are made of, per so many people, where no digit is lost.
func (b ageBands) sums(counts []float64) stats.DSRSums {
	s := stats.Strata{Counts: counts, Populations: b.populations}
	for _, label := range b.labels {
		s.Standard = append(s.Standard, b.spec.Standard[label])
	}
	sums, _ := s.Sums()
	sums.Rate, sums.Variance = sums.Rate*b.spec.Per, sums.Variance*b.spec.Per*b.spec.Per
	sums.Most, sums.Mean, sums.Square = sums.Most*b.spec.Per, sums.Mean*b.spec.Per, sums.Square*b.spec.Per*b.spec.Per
	return sums
}

// printed are the sums as they are printed, by what the README says of them.
func (b ageBands) printed(sums stats.DSRSums) stats.DSRSums {
	people := 0.0
	for _, n := range b.populations {
		people += n
	}
	step := measure.Step(b.spec.Per, people, b.policy)
	sums.Events, sums.Rate = b.policy.Rounded(sums.Events), math.Floor(sums.Rate/step+0.5+1e-9)*step
	if sums.Variance > 0 {
		sums.Variance = math.Pow(10, math.Ceil(20*math.Log10(sums.Variance)-1e-9)/20)
	}
	return sums
}

// attack tries every filling of the bands with whole numbers, adds up the rate and its variance of each, and keeps those that look
// as the true ones: the range of each band. Known are the printed counts of single bands.
func (b ageBands) attack(totals []float64, known map[int]float64, look func(stats.DSRSums) stats.DSRSums) []disclosure.Range {
	ranges := make([]disclosure.Range, len(b.labels))
	for i := range ranges {
		ranges[i] = disclosure.Range{Low: math.Inf(1), High: math.Inf(-1)}
	}
	want := look(b.sums(b.counts))
	counts := make([]float64, len(b.labels))
	var fill func(at int, left float64)
	fill = func(at int, left float64) {
		from, to := 0.0, left
		if at == len(counts)-1 {
			from = left
		}
		for counts[at] = from; counts[at] <= to; counts[at]++ {
			if printed, is := known[at]; is && (b.policy.Small(counts[at]) || b.policy.Rounded(counts[at]) != printed) {
				continue
			}
			if at < len(counts)-1 {
				fill(at+1, left-counts[at])
				continue
			}
			if got := look(b.sums(counts)); !near(got.Rate, want.Rate) || !near(got.Variance, want.Variance) {
				continue
			}
			for i, count := range counts {
				ranges[i] = disclosure.Range{Low: math.Min(ranges[i].Low, count), High: math.Max(ranges[i].High, count)}
			}
		}
	}
	for _, events := range totals {
		fill(0, events)
	}
	return ranges
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

// tells says whether a reader who knows the range of a band knows too much of it: hidden says that a row of its own hides it.
func (b ageBands) tells(r disclosure.Range, hidden bool) bool {
	k := math.Max(1, float64(b.policy.Below))
	switch {
	case hidden && r.Low == r.High:
		return true
	case !hidden && !b.policy.HideZeroes && r.Low == 0:
		return false
	}
	return r.Low < k && r.High-r.Low < k
}

// careless says whether the rate would tell a band if nothing but small counts were hidden and nothing rounded.
func (b ageBands) careless() bool {
	events, known := b.sums(b.counts).Events, map[int]float64{}
	for at, count := range b.counts {
		if b.byBand && !b.policy.Small(count) {
			known[at] = count
		}
	}
	exact := func(sums stats.DSRSums) stats.DSRSums { return sums }
	return !b.policy.Small(events) && b.policy.Round == 0 &&
		slices.ContainsFunc(b.attack([]float64{events}, known, exact), func(r disclosure.Range) bool { return b.tells(r, false) })
}

// TestNoBandIsWorkedBackFromItsRate publishes a directly standardised rate of small counts, alone and beside its bands, and attacks
// it with every filling of the bands. The populations and the standard are known to the attacker. At full precision, with only the
// small counts hidden, many are told.
func TestNoBandIsWorkedBackFromItsRate(t *testing.T) {
	t.Parallel()
	cases, shown, besideBands, careless := 0, 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBands(rt)
		values, guard := b.published(t)
		if found := guard.Audit(values); len(found) > 0 {
			rt.Fatalf("%+v: the audit works back %+v", b, found)
		}
		if found := guard.Unfit(values); len(found) > 0 {
			rt.Fatalf("%+v: told %+v", b, found)
		}
		cases++
		rate := values[slices.IndexFunc(values, func(v results.Value) bool { return v.Indicator == "direct" })]
		known, hidden := map[int]float64{}, map[int]bool{}
		for _, v := range values {
			if at := slices.Index(b.labels, v.Category); at >= 0 && v.HasValue() {
				known[at] = *v.Value
			} else if at >= 0 {
				hidden[at] = true
			}
		}
		if b.careless() {
			careless++
		}
		if !rate.HasValue() {
			return
		}
		if shown++; b.byBand {
			besideBands++
		}
		sums := b.printed(b.sums(b.counts))
		e := sums.Estimate(stats.DSRInterval(b.spec.Interval), 1)
		for i, want := range []*float64{e.Value, e.Lower95, e.Upper95, e.Lower998, e.Upper998} {
			if got := []*float64{rate.Value, rate.Lower95, rate.Upper95, rate.Lower998, rate.Upper998}[i]; got == nil || !near(*got, *want) {
				rt.Fatalf("%+v: got %v, want the rate of rounded sums %+v", b, rate.Estimate, e)
			}
		}
		var totals []float64
		for total := range 120 {
			if n := float64(total); !b.policy.Small(n) && b.policy.Rounded(n) == *rate.Numerator {
				totals = append(totals, n)
			}
		}
		for at, r := range b.attack(totals, known, b.printed) {
			if _, is := known[at]; !is && b.tells(r, hidden[at]) {
				rt.Fatalf("%+v: %s is told to lie in %v by %+v beside %v", b, b.labels[at], r, sums, known)
			}
		}
	})
	t.Logf("%d rates, %d of them shown, %d of these beside bands; %d would be told by hiding the small counts only", cases, shown, besideBands, careless)
	if shown < cases/10 || careless < cases/10 {
		t.Errorf("got %d of %d rates shown and %d that careless hiding tells, want a tenth of each at least: the test must be able to fail", shown, cases, careless)
	}
}
