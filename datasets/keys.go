package datasets

import (
	"slices"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// mostKeyed is how many rows are held against each other: enough to tell a category from what is only said of an area.
const mostKeyed = 200_000

// keyed are rows as far as they tell themselves apart: their area and period, and their texts in some columns.
type keyed struct {
	places []string
	texts  [][]string
}

// keyedBy reads what the candidates say in every row of a known area.
func (d *draft) keyedBy(candidates []string) keyed {
	headings, rows := d.sample.Rows(d.sample.reading(d.Dataset))
	t := newTable(headings)
	area, when := d.columnAt(t, "area"), d.columnAt(t, "period")
	var at []int
	for _, name := range candidates {
		at = append(at, max(t.at(name), 0))
	}
	interned := map[string]string{}
	intern := func(text string) string {
		if known, is := interned[text]; is {
			return known
		}
		text = strings.Clone(text)
		interned[text] = text
		return text
	}
	var found keyed
	for _, row := range rows {
		if len(found.places) == mostKeyed || len(row) == 0 {
			break
		}
		code := strings.TrimSpace(row[area])
		if _, known := d.sample.Area(d.Dataset.Areas.Codes, code); !known && !gssCode.MatchString(code) {
			continue
		}
		found.places = append(found.places, intern(code+"\x00"+row[when]))
		var texts []string
		for _, i := range at {
			texts = append(texts, intern(row[i]))
		}
		found.texts = append(found.texts, texts)
	}
	return found
}

// columnAt is where the column of a role stands.
func (d *draft) columnAt(t table, role string) int {
	return max(t.at(d.Dataset.Role(role)[0].heading()), 0)
}

// ofArea says whether a candidate says the same in every row of an area, and so is about the area.
func (k keyed) ofArea(candidate int) bool {
	said := map[string]string{}
	for i, place := range k.places {
		area, _, _ := strings.Cut(place, "\x00")
		text := k.texts[i][candidate]
		if before, known := said[area]; known && before != text {
			return false
		}
		said[area] = text
	}
	return true
}

// repeated is how many rows have the same place and texts as one before.
func (k keyed) repeated(candidates []int) int {
	seen := map[string]bool{}
	repeated := 0
	var key strings.Builder
	for i, place := range k.places {
		key.Reset()
		key.WriteString(place)
		for _, at := range candidates {
			key.WriteByte(0)
			key.WriteString(k.texts[i][at])
		}
		if seen[key.String()] {
			repeated++
		}
		seen[key.String()] = true
	}
	return repeated
}

// needed are the candidates without which rows would not be told apart, and how many rows are not even so.
func (k keyed) needed(candidates []string) (needed []string, repeated int) {
	var chosen []int
	for i := range candidates {
		if !k.ofArea(i) {
			chosen = append(chosen, i)
		}
	}
	repeated = k.repeated(chosen)
	for _, one := range slices.Backward(slices.Clone(chosen)) {
		without := slices.DeleteFunc(slices.Clone(chosen), func(at int) bool { return at == one })
		if k.repeated(without) == repeated {
			chosen = without
		}
	}
	for _, at := range chosen {
		needed = append(needed, candidates[at])
	}
	return needed, repeated
}

// numbersApart are parts of the headings of numbers that tell rows apart.
var numbersApart = []string{"age", "year", "group", "band", "code", "quintile", "decile", "week", "month", "id"}

// genericCategories adds the categories that tell rows of one area and period apart. A figure is one of them where the
// texts do not suffice and its heading speaks of an age, a group or the like.
func (d *draft) genericCategories(texts, figures []string) {
	if d.table.rows == 0 {
		return
	}
	k := d.keyedBy(texts)
	if len(k.places) == 0 {
		d.category(texts...)
		return
	}
	needed, _ := k.needed(texts)
	if apart := d.numbersThatTell(texts, figures); len(apart) > 0 {
		all := append(slices.Clone(texts), apart...)
		needed, _ = d.keyedBy(all).needed(all)
	}
	d.category(needed...)
}

// numbersThatTell are the numbers that tell rows apart where the texts do not suffice.
func (d *draft) numbersThatTell(texts, figures []string) []string {
	if _, repeated := d.keyedBy(texts).needed(texts); repeated == 0 {
		return nil
	}
	var numbers []string
	for _, heading := range figures {
		words := strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return r < 'a' || r > 'z' })
		if slices.ContainsFunc(numbersApart, func(part string) bool { return slices.Contains(words, part) }) {
			numbers = append(numbers, heading)
		}
	}
	all := append(slices.Clone(texts), numbers...)
	needed, _ := d.keyedBy(all).needed(all)
	return slices.DeleteFunc(numbers, func(heading string) bool { return !slices.Contains(needed, heading) })
}
