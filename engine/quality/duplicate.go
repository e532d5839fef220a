package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// enough and different are how many equal figures, with how many different ones among them, make two codes the same
// place when nothing else says so. With fewer, some pair of 150 councils has equal whole per cents by chance; with
// many more, a short series under two codes would pass.
const (
	enough    = 6
	different = 3
)

// duplicatePlace finds a place that stands in the file under two codes with the same figures: a former code and the
// one that replaced it, or two codes of different systems, such as a council's and its statistical territory's.
func duplicatePlace(ctx context.Context, c check) (fault.List, error) {
	renamed, err := c.renamed()
	if err != nil {
		return nil, err
	}
	faults, err := successorToo(ctx, c, renamed)
	if err != nil {
		return nil, err
	}
	found, err := sameFigures(ctx, c, renamed)
	faults.Add(found...)
	return hinted(faults, "leave one of the codes out of the file: the place would be counted and ranked twice"), err
}

// renamed lists former code, code in force and name of every place that changed its code and nothing else.
func (c check) renamed() ([][]string, error) {
	areas, err := c.known.areas()
	if err != nil {
		return nil, err
	}
	pairs := [][]string{{"", "", ""}}
	for _, area := range areas {
		successors := c.known.Areas.Successors(area.Code)
		if area.Current() || len(successors) != 1 {
			continue
		}
		if next, found := c.known.Areas.Lookup(successors[0]); found && next.Name == area.Name {
			pairs = append(pairs, []string{area.Code, next.Code, area.Name})
		}
	}
	return pairs, nil
}

// successorToo finds former codes whose figures all stand under the code in force as well, period for period.
func successorToo(ctx context.Context, c check, renamed [][]string) (fault.List, error) {
	area, figures := warehouse.Identifier(c.role("area")), c.figures()
	query := fmt.Sprintf("SELECT min(a._row), pair.former, pair.name, pair.code, count(*) FROM %s AS a JOIN %s ON a.%s = pair.former "+
		"JOIN %[1]s AS b ON b.%[3]s = pair.code AND %[4]s WHERE %[5]s AND %[6]s GROUP BY ALL HAVING bool_and(%[7]s)",
		warehouse.Identifier(c.table), values(renamed, "pair(former, code, name)"), area, agree("a", "b", c.beside()),
		says("a", figures), says("b", figures), agree("a", "b", figures))
	return c.find(ctx, c.role("area"), query, func(found []string) string {
		return fmt.Sprintf("read %s (%s), whose figures stand under %s as well, in %s", found[0], found[1], found[2], counted(found[3], "row"))
	})
}

// sameFigures finds codes that are not known to be one place and have the same figures in all their rows. Each code's
// rows are folded into one number, so that no code has to be held against every other; that two different tables of
// figures fold to equal numbers has a chance of about one in ten to the nineteenth. The hash of a row is hashed once more:
// the one of several columns is made of theirs by "exclusive or", in which equal figures of two periods would cancel out.
func sameFigures(ctx context.Context, c check, renamed [][]string) (fault.List, error) {
	figures := c.figures()
	if len(figures) == 0 {
		return nil, nil
	}
	area, cells := warehouse.Identifier(c.role("area")), identifiers(append(c.beside(), figures...), ", ")
	counts := make([]string, len(figures))
	for i, name := range figures {
		counts[i] = fmt.Sprintf("count(t.%s)", warehouse.Identifier(name))
	}
	folded := fmt.Sprintf("SELECT t.%s AS code, min(t._row) AS first, bit_xor(hash(hash(%s))) AS fold, %s AS cells, count(DISTINCT hash(%s)) AS kinds FROM %s AS t WHERE %s GROUP BY 1",
		area, cells, strings.Join(counts, " + "), identifiers(figures, ", "), warehouse.Identifier(c.table), says("t", figures))
	query := fmt.Sprintf("SELECT max(first), string_agg(folded.code, ' and ' ORDER BY folded.code), any_value(cells) FROM (%s) AS folded "+
		"LEFT JOIN %s ON pair.former = folded.code WHERE cells >= %d AND kinds >= %d GROUP BY fold, cells HAVING count(DISTINCT coalesce(pair.code, folded.code)) > 1",
		folded, values(renamed, "pair(former, code, name)"), enough, different)
	return c.find(ctx, c.role("area"), query, func(found []string) string {
		return fmt.Sprintf("read the same %s under %s", counted(found[1], "figure"), found[0])
	})
}

// counted is a number with its noun.
func counted(n, noun string) string {
	if n == "1" {
		return "1 " + noun
	}
	return n + " " + noun + "s"
}
