package quality

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
	"levelfield/seeds"
)

// wanted is how many of a parent's areas need a figure before the parent is held to their range, in tenths. Nine: a
// region of a dozen councils is still held when one of them is suppressed, and England only when no region is missing,
// since a missing one of nine could well be the highest.
const wanted = 9

// parentRange finds parents whose figure lies outside the range of the areas in them: a share, a rate, a mean or a
// median of the whole lies between the lowest and the highest of its parts. A count does not, so a column of counts is
// refused.
func parentRange(ctx context.Context, c check) (fault.List, error) {
	column, found := c.dataset.Column(c.Column)
	if !found || column.Role != "value" {
		return nil, fmt.Errorf("wants a column of the role value, not %q", c.Column)
	}
	tree, err := c.tree()
	if err != nil || len(tree) == 0 {
		return nil, err
	}
	area, period, value := warehouse.Identifier(c.role("area")), warehouse.Identifier(c.role("period")), warehouse.Identifier(c.Column)
	slackened := number(c.Tolerance + slack)
	query := fmt.Sprintf("SELECT p._row, p.%[1]s, tree.parent, tree.name, p.%[2]s, min(part.%[1]s) AS _low, max(part.%[1]s) AS _high, count(DISTINCT part.%[3]s) AS _parts, sum(part.%[1]s) AS _sum "+
		"FROM %[4]s AS p JOIN %[5]s ON tree.parent = p.%[3]s JOIN %[4]s AS part ON part.%[3]s = tree.child AND %[6]s "+
		"WHERE p.%[1]s IS NOT NULL AND part.%[1]s IS NOT NULL GROUP BY p._row, p.%[1]s, tree.parent, tree.name, p.%[2]s, tree.tier, tree.wanted "+
		"HAVING _parts >= tree.wanted::INTEGER AND (p.%[1]s < _low - %[7]s OR p.%[1]s > _high + %[7]s)",
		value, period, area, warehouse.Identifier(c.table), values(tree, "tree(parent, name, child, tier, wanted)"), agree("p", "part", c.beside()), slackened)
	faults, err := c.find(ctx, c.Column, query, func(found []string) string {
		message := fmt.Sprintf("read %s for %s (%s) in %s, but the %s areas in it read %s to %s", found[0], found[1], found[2], found[3], found[6], found[4], found[5])
		if added(found[0], found[7]) {
			message += " and add up to about as much"
		}
		return message
	})
	return hinted(faults, "ask the publisher, and compare with no such figure until it is explained"), err
}

// addedUp is how far, as a share, a parent may be from the sum of rounded figures of its areas and still be that sum.
const addedUp = 0.005

// added says whether the parent's figure is the sum of those of its areas: a publisher's table that was totalled once
// too often.
func added(figure, sum string) bool {
	one, err := strconv.ParseFloat(figure, 64)
	other, errSum := strconv.ParseFloat(sum, 64)
	return err == nil && errSum == nil && math.Abs(one-other) <= addedUp*math.Abs(other)
}

// tree lists parent, name, child, tier and how many children of that tier need a figure. The areas of one tier cover
// their parent: a region's authorities, a county's districts, England's regions.
func (c check) tree() ([][]string, error) {
	areas, err := c.known.areas()
	if err != nil {
		return nil, err
	}
	inForce := map[[2]string]int{}
	for _, area := range areas {
		if area.Current() {
			inForce[[2]string{area.Parent, tier(area)}]++
		}
	}
	var tree [][]string
	for _, area := range areas {
		parent, found := c.known.Areas.Lookup(area.Parent)
		if n := inForce[[2]string{area.Parent, tier(area)}]; found && tier(area) != "" && n > 1 {
			tree = append(tree, []string{parent.Code, parent.Name, area.Code, tier(area), strconv.Itoa((n*wanted + 9) / 10)})
		}
	}
	return tree, nil
}

// tier is what an area has in common with those that share its parent out among them; "" for one that does not: the
// combined authorities leave half of England out.
func tier(area seeds.Area) string {
	switch {
	case area.UpperTier():
		return "authority"
	case area.Type == seeds.CombinedAuthority || area.Type == seeds.CountryGroup:
		return ""
	}
	return area.Type
}

// hinted adds the same next step to every finding.
func hinted(faults fault.List, next string) fault.List {
	for i := range faults {
		faults[i] = faults[i].Hint("%s", next)
	}
	return faults
}
