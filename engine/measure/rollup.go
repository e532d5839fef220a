package measure

import (
	"fmt"
	"slices"

	"levelfield/datasets"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// uncounted is the path of a share that stands in for counts; shares cannot be added up.
const uncounted = "proportion.uncounted"

// place is an area in a period.
type place struct{ area, period string }

// shownRow is a row that an indicator shows, with the category of one of its breakdowns that it is.
type shownRow struct {
	*row
	breakdown, category string
}

// shownRows are the rows that an indicator shows, found once for all that is made of them. A sum of areas is shown where the
// indicator rests on no row of their own, for everyone or for any category: there the dataset has spoken, and a sum for another
// category would not agree with its totals.
func shownRows(table Table, definition indicators.Definition, rows []row, paths map[string]int, placed func(*row) (breakdown, category string, shown bool)) []shownRow {
	found := make([]shownRow, 0, len(rows))
	sums, published := false, map[place]bool{}
	for i := range rows {
		if breakdown, category, shown := placed(&rows[i]); shown {
			found = append(found, shownRow{&rows[i], breakdown, category})
			sums = sums || rows[i].members > 0
		}
	}
	if !sums {
		return found
	}
	for _, r := range found {
		if r.members == 0 {
			published[place{r.area, r.period}] = true
		}
	}
	return slices.DeleteFunc(found, func(r shownRow) bool { return !showsSum(table, definition, r.row, paths, published) })
}

// showsSum says whether a row is shown: one of its own always, the sum of areas where nothing is published, the measure is made
// of figures that can be added up, and the description does not say itself why there is none.
func showsSum(table Table, definition indicators.Definition, r *row, paths map[string]int, published map[place]bool) bool {
	if r.members == 0 || published[place{r.area, r.period}] {
		return r.members == 0
	}
	if share := definition.Measure.Proportion; definition.Measure.Single() || share != nil && share.Share != "" {
		return false
	}
	return !short(r, paths) || !slices.ContainsFunc(table.Dataset.Missing, func(missing datasets.Missing) bool { return missing.Area == r.area })
}

// short says whether an area of a sum has no figure of an item.
func short(r *row, paths map[string]int) bool { return fewest(r, paths) < r.members }

// fewest is how many areas of a sum have a figure, of the item of which the fewest have one.
func fewest(r *row, paths map[string]int) int {
	least := r.members
	for path, at := range paths {
		if path != uncounted {
			least = min(least, r.cells[at].figures)
		}
	}
	return least
}

// tellSum says of a value that it is the sum of areas, or how many of them have a figure.
func tellSum(value *results.Value, definition indicators.Definition, table Table, members, figures int) {
	switch {
	case members == 0:
	case value.HasValue() && definition.Measure.Quantile != nil:
		value.Warnings = append(value.Warnings, fmt.Sprintf("of the values of %d %s together, since the dataset has none of %s", members, partsOf(*value, table), value.AreaName))
	case value.HasValue():
		value.Warnings = append(value.Warnings, sumOf(*value, table, members))
	case value.Status == stats.StatusUnavailable && figures < members:
		value.Reason = fmt.Sprintf("a part has no figure: %d of %d %s have a figure", figures, members, partsOf(*value, table))
	}
}

// sumOf says of a value that it is the sum of so many areas.
func sumOf(value results.Value, table Table, members int) string {
	return fmt.Sprintf("a sum of its areas: the figures of %d %s were added up, since the dataset has none of %s", members, partsOf(value, table), value.AreaName)
}

// partsOf is what the areas are called of which a value is the sum.
func partsOf(value results.Value, table Table) string {
	var small []string
	if table.Dataset.Areas != nil {
		small = table.Dataset.Areas.Complete
	}
	switch {
	case value.AreaType == seeds.County && len(small) == 0:
		return "districts"
	case value.AreaType == seeds.Region || value.AreaType == seeds.Country || len(small) == 0:
		return "authorities"
	case len(small) == 1 && value.AreaType != seeds.County && called[small[0]] != "":
		return called[small[0]]
	}
	return "smaller areas"
}

// called is what areas of a small kind are called.
var called = map[string]string{"ward": "wards", "output-area": "output areas", "lsoa": "LSOAs", "msoa": "MSOAs", "data-zone": "data zones", "constituency": "constituencies"}
