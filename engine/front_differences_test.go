package engine_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// frontDifference is a figure of FIGURES.md section 2 that the front page prints otherwise, with the reason and the
// test that proves it from the publisher's file.
type frontDifference struct {
	indicator string
	figures   string
	ours      string
	why       string
	position  bool // of a position; otherwise of the neighbours' median
	prove     func(t *testing.T)
}

var frontDifferences = []frontDifference{
	{
		indicator: "not-known", figures: "3rd of 153", ours: "1st of 151", position: true,
		why:   "the yearly file has one decimal and 151 authorities, and Thurrock's 0.0 is shared by two more; FIGURES ranked the interactive tool's hundredths",
		prove: proveNotKnownPosition,
	},
	{
		indicator: "not-known", figures: "1.9%", ours: "2.0%",
		why:   "the median is 1.95, half of 0.8 + 3.1; tables round a half away from zero, FIGURES rounded it down",
		prove: proveNotKnownMedian,
	},
	{
		indicator: "attainment-8", figures: "44.5", ours: "44.6",
		why:   "the median is 44.55, half of 44.4 + 44.7; tables round a half away from zero, FIGURES rounded it down",
		prove: proveAttainmentMedian,
	},
	{
		indicator: "gcse-english-maths-by-19", figures: "125th of 153", ours: "124th of 151", position: true,
		why:   "the file prints Barnsley and Sheffield under two codes each, so that FIGURES counted Sheffield, which is above Thurrock, twice",
		prove: proveGCSEPosition,
	},
	{
		indicator: "care-leavers-19-21", figures: "49.5%", ours: "49%",
		why:   "worked out from counts the median is 49.3; FIGURES took the median of whole per cents, 49 and 50",
		prove: proveCareLeaversMedian,
	},
	{
		indicator: "children-low-income", figures: "75th of 153", ours: "76th of 153", position: true,
		why:   "the file holds eight decimals, by which 75 authorities are lower; FIGURES ranked values rounded to one decimal",
		prove: proveChildrenPosition,
	},
}

// corrected is a line of FIGURES with the differences that are proved below.
func corrected(line frontLine) frontLine {
	for _, difference := range frontDifferences {
		if difference.indicator != line.indicator {
			continue
		}
		if difference.position && line.position == difference.figures {
			line.position = difference.ours
		}
		if !difference.position && line.neighbours == difference.figures {
			line.neighbours = difference.ours
		}
	}
	return line
}

func TestFrontPageDifferencesFromFiguresAreProved(t *testing.T) {
	t.Parallel()
	for _, difference := range frontDifferences {
		t.Run(difference.indicator+" "+difference.figures, func(t *testing.T) {
			t.Parallel()
			difference.prove(t)
			t.Logf("FIGURES prints %s, the front page %s: %s", difference.figures, difference.ours, difference.why)
		})
	}
}

// neighboursOfThurrock are the ten statistical neighbours of 2025 by code.
func neighboursOfThurrock(t *testing.T) []string {
	t.Helper()
	sets, err := readTable("../seeds/neighbours.csv")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, row := range sets.where("set", "dfe-2025", "area", thurrock) {
		codes = append(codes, row.text("neighbour"))
	}
	if len(codes) != 10 {
		t.Fatalf("got %d neighbours, want 10", len(codes))
	}
	return codes
}

// holdMedian holds the two middle values out of ten.
func holdMedian(t *testing.T, values []float64, low, high float64) {
	t.Helper()
	slices.Sort(values)
	if len(values) != 10 || math.Abs(values[4]-low) > limitTolerance || math.Abs(values[5]-high) > limitTolerance {
		t.Errorf("got %v, want ten values with %v and %v in the middle", values, low, high)
	}
}

func proveNotKnownPosition(t *testing.T) {
	file := sharedTable(t, "data/dfe-neet-nccis/neet_2025.csv")
	authorities, none := 0, 0
	for _, row := range file.where("geographic_level", "Local authority", "Age", "16-17") {
		share, printed := row.number("Notknown_percent")
		if !printed {
			continue
		}
		authorities++
		if share == 0 {
			none++
		}
	}
	if authorities != 151 || none != 3 {
		t.Errorf("got %d authorities and %d of them at nought, want 151 and 3", authorities, none)
	}
}

func proveNotKnownMedian(t *testing.T) {
	file := sharedTable(t, "data/dfe-neet-nccis/neet_2025.csv")
	var shares []float64
	for _, code := range neighboursOfThurrock(t) {
		for _, row := range file.where("new_la_code", code, "Age", "16-17") {
			share, _ := row.number("Notknown_percent")
			shares = append(shares, share)
		}
	}
	holdMedian(t, shares, 0.8, 3.1)
}

func proveAttainmentMedian(t *testing.T) {
	file := sharedTable(t, "data/dfe-lait/DERIVED_lait_domain4_subset.csv")
	var scores []float64
	for _, row := range file.where("Short Desc", "AVG_Attain8_Score", "Years", "2025") {
		score, printed := row.number("Values")
		if area := row.text("LA and Regions"); printed && !slices.Contains([]string{"Thurrock", "England", "East of England"}, area) {
			scores = append(scores, score)
		}
	}
	holdMedian(t, scores, 44.4, 44.7)
}

// upperTierValues are a topic file's values of counties and unitary authorities, metropolitan and London boroughs.
func upperTierValues(file *table, indicator, period string) (own float64, all []record) {
	for i := range file.rows {
		row := file.at(i)
		value, printed := row.number("observation")
		upperTier := slices.Contains([]string{"E06", "E08", "E09", "E10"}, row.text("areacd")[:3])
		if !printed || !upperTier || row.text("period") != period || !strings.Contains(row.text("indicator"), indicator) {
			continue
		}
		if row.text("areacd") == thurrock {
			own = value
		}
		all = append(all, row)
	}
	return own, all
}

func proveGCSEPosition(t *testing.T) {
	file := sharedTable(t, "data/ons-explore-local-statistics/gcses-in-english-and-maths.csv")
	own, all := upperTierValues(file, "GCSEs", "2024-09-01/P1Y")
	names := map[string]int{}
	higher, higherOnce := 1, 1
	for _, row := range all {
		value, _ := row.number("observation")
		names[row.text("areanm")]++
		if value > own {
			higher++
			if names[row.text("areanm")] == 1 {
				higherOnce++
			}
		}
	}
	if len(all) != 153 || len(names) != 151 || names["Barnsley"] != 2 || names["Sheffield"] != 2 {
		t.Errorf("got %d codes of %d authorities, Barnsley %d times and Sheffield %d, want 153 of 151, 2 and 2", len(all), len(names), names["Barnsley"], names["Sheffield"])
	}
	holdPositions(t, [2]int{higher, len(all)}, [2]int{higherOnce, len(names)}, "125th of 153", "124th of 151")
}

func proveCareLeaversMedian(t *testing.T) {
	file := sharedTable(t, "data/dfe-ees-children-social-care/la_care_leavers_activity.csv")
	cell := func(code, breakdown, column string) float64 {
		rows := file.where("new_la_code", code, "time_period", "2025", "care_leaver_age", "19 to 21 years", "breakdown", breakdown)
		if len(rows) != 1 {
			t.Fatalf("%s: got %d rows, want 1", code, len(rows))
		}
		value, _ := rows[0].number(column)
		return value
	}
	const inWork = "Total in education, employment or training"
	var whole, exact []float64
	for _, code := range neighboursOfThurrock(t) {
		whole = append(whole, cell(code, inWork, "care_leaver_percent"))
		exact = append(exact, 100*cell(code, inWork, "care_leaver_count")/cell(code, "Total", "care_leaver_count"))
	}
	holdMedian(t, whole, 49, 50)
	slices.Sort(exact)
	if median := (exact[4] + exact[5]) / 2; math.Abs(median-49.3) > 0.05 {
		t.Errorf("median from counts: got %v, want 49.3", median)
	}
}

func proveChildrenPosition(t *testing.T) {
	file := sharedTable(t, "data/ons-explore-local-statistics/children-in-relative-poverty.csv")
	own, all := upperTierValues(file, "before housing costs", "2024-04-01/P1Y")
	lower, lowerRounded := 1, 1
	rounded := func(value float64) float64 { return math.Round(value*10) / 10 }
	for _, row := range all {
		value, _ := row.number("observation")
		if value < own {
			lower++
		}
		if rounded(value) < rounded(own) {
			lowerRounded++
		}
	}
	holdPositions(t, [2]int{lowerRounded, 153}, [2]int{lower, 153}, "75th of 153", "76th of 153")
}

func holdPositions(t *testing.T, figures, ours [2]int, wantFigures, wantOurs string) {
	t.Helper()
	for _, pair := range []struct {
		got  [2]int
		want string
	}{{figures, wantFigures}, {ours, wantOurs}} {
		rank, of := places(pair.want)
		if pair.got != [2]int{rank, of} {
			t.Errorf("got %d of %d from the file, want %s", pair.got[0], pair.got[1], pair.want)
		}
	}
}

// places reads 19th of 151.
func places(position string) (rank, of int) {
	place, among, _ := strings.Cut(position, " of ")
	rank, _ = strconv.Atoi(strings.TrimRight(place, "stndrh"))
	of, _ = strconv.Atoi(among)
	return rank, of
}

// sharedTable reads a CSV file of the shared folder.
func sharedTable(t *testing.T, path string) *table {
	t.Helper()
	file, err := readTable(shared(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// cochranArmitage is the trend statistic of proportions at t = 0, 1, 2 ..., without the N/(N-1): the formula of the
// Fingertips technical guidance, which equals R's prop.trend.test.
func cochranArmitage(series []counts) float64 {
	var n, x, xt, nt, ntt float64
	for i, c := range series {
		t := float64(i)
		n, x = n+c.denominator, x+c.numerator
		xt, nt, ntt = xt+c.numerator*t, nt+c.denominator*t, ntt+c.denominator*t*t
	}
	return n * math.Pow(n*xt-x*nt, 2) / (x * (n - x) * (n*ntt - nt*nt))
}

// TestTheStatisticOfNEETIsThatOfThePrintedPercentages holds the one statistic that FIGURES prints otherwise: its 36.8
// takes the unrounded percentage that was published for 2021 alone, ours the one decimal of every yearly file.
func TestTheStatisticOfNEETIsThatOfThePrintedPercentages(t *testing.T) {
	t.Parallel()
	var printed, withUnrounded []counts
	for year := 2021; year <= 2025; year++ {
		for _, row := range sharedTable(t, "data/dfe-neet-nccis/neet_"+strconv.Itoa(year)+".csv").where("new_la_code", thurrock, "Age", "16-17") {
			percent, _ := row.number("NEET_percent")
			cohort, _ := row.number("Cohort_DJFavg")
			printed = append(printed, counts{math.Round(percent * cohort / 100), cohort})
			withUnrounded = append(withUnrounded, counts{percent * cohort / 100, cohort})
		}
	}
	for _, row := range sharedTable(t, "data/dfe-neet-nccis/neet_2021_unrounded.csv").where("new_la_code", thurrock) {
		percent, _ := row.number("NEET_percent")
		cohort, _ := row.number("Cohort_DJFavg")
		withUnrounded[0] = counts{percent * cohort / 100, cohort}
	}
	if got := cochranArmitage(withUnrounded); math.Abs(got-36.8) > 0.05 {
		t.Errorf("with the unrounded percentage of 2021: got %v, want the 36.8 of FIGURES", got)
	}
	trend := builtIn(t).trends.where("indicator", "neet", "area", thurrock)
	if len(trend) != 1 {
		t.Fatalf("got %d trends of neet in Thurrock, want 1", len(trend))
	}
	if got, _ := trend[0].number("statistic"); math.Abs(got-cochranArmitage(printed)) > limitTolerance || got < 9.55 {
		t.Errorf("got chi-square %v, want %v, above 9.55", got, cochranArmitage(printed))
	}
}
