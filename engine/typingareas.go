package engine

import (
	"fmt"
	"strings"
	"unicode"

	"levelfield/engine/fault"
	"levelfield/seeds"
)

// areaOf reads a code by the scheme that the dataset states.
func (t *typedRows) areaOf(row int, code string) *reading {
	return t.remember(t.codes, code, row, func(read *reading) {
		area, found := t.areas.IdentifyAlso(t.scheme(), read.text, t.also())
		if !found {
			read.dropped = t.dropping()
			read.problem = fmt.Sprintf("no area has the code %q", read.text)
			if strings.TrimSpace(read.text) == "" {
				read.problem = emptyCell
			}
			return
		}
		read.written = area.Code
		if renamed, is := t.areas.Renamed(area.Code); is && t.dataset.Areas != nil && t.dataset.Areas.Successors == "map" {
			read.written = renamed
		}
	})
}

func (t *typing) scheme() seeds.Scheme {
	if t.dataset.Areas == nil {
		return seeds.ONS
	}
	return seeds.Scheme(t.dataset.Areas.Codes)
}

// also are the kinds of area that are accepted by the pattern of their codes.
func (t *typing) also() []string {
	if t.dataset.Areas == nil {
		return nil
	}
	return t.dataset.Areas.Also
}

// dropping says that rows of unknown areas are left out.
func (t *typing) dropping() bool { return t.dataset.Areas != nil && t.dataset.Areas.Others == "drop" }

// schemeWords says how areas are known by each scheme, and the code that stands as an example.
var schemeWords = map[seeds.Scheme]struct{ words, example string }{
	seeds.ONS: {"areas are known by their nine-character ONS codes", "E06000034"},
	seeds.DfE: {"areas are known by the three-digit codes of the Department for Education", "883"},
	seeds.ITL: {"areas are known by the codes of European or international regions", "TLH32"},

	seeds.Nomis: {"areas are known by the labels of Nomis", "ladu:Thurrock"},
}

// fillDown is the next step for a row without an area or a period: nearly always it stands in a merged cell above.
const fillDown = "where the cell above counts for it, say fill in source.layout; a row that is none is left out by footer or where"

// nearMiss is the next step for a text that is no code: the area it could be mistaken for, where there is one.
func (t *typing) nearMiss(text string) (hint string, near bool) {
	if hint, near, is := t.miswritten(text); is {
		return hint, near
	}
	words := schemeWords[t.scheme()]
	if kind, is := seeds.KindOf(text); is {
		return "it has the pattern of a code of the kind " + kind + ": areas: {codes: " + string(t.scheme()) + ", also: [" + kind + "]} accepts them", false
	}
	like, found := t.areas.LooksLike(text)
	area := like.Area
	switch {
	case !found:
		return words.words + ", such as " + words.example, false
	case like.Likeness == seeds.NearCode:
		return area.Code + " is " + area.Name + ": compare the characters", true
	case like.Likeness == seeds.SameName && t.dataset.Areas == nil:
		return words.words + ", such as " + area.Code, true
	case like.Likeness == seeds.PartOfName && t.dropping():
		return "it holds the name of " + area.Name + " (" + area.Code + ") and is another area", true
	case like.Likeness == seeds.PartOfName:
		return "it holds the name of " + area.Name + " (" + area.Code + ") and is another area: areas: {codes: " + string(t.scheme()) + ", others: drop} leaves such rows out", true
	case like.Likeness == seeds.SameName:
		return "it is the name of " + area.Code + ", but names are never joined to areas: " + words.words, true
	}
	return "it is like the name of " + area.Name + " (" + area.Code + "), but names are never joined to areas: " + words.words, true
}

// lookalikes are letters that stand in codes for the digits that they look like.
var lookalikes = strings.NewReplacer("O", "0", "o", "0", "I", "1", "l", "1")

// miswritten is the next step for a text that is a code, but for how it is written or for whose it is.
func (t *typing) miswritten(text string) (hint string, near, is bool) {
	if strings.TrimSpace(text) == "" {
		return fillDown, false, true
	}
	for _, r := range text {
		if !unicode.IsPrint(r) {
			return fmt.Sprintf("it holds the character U+%04X, which nobody sees: take it out", r), true, true
		}
	}
	if area, found := t.areas.Identify(t.scheme(), text[:1]+lookalikes.Replace(text[1:])); found {
		return area.Code + " is " + area.Name + ": compare the characters", true, true
	}
	for _, scheme := range []seeds.Scheme{seeds.ONS, seeds.DfE, seeds.ITL} {
		if area, found := t.areas.Identify(scheme, text); found && scheme != t.scheme() && !t.dropping() {
			return fmt.Sprintf("it is %s (%s) in another scheme: say areas: {codes: %s} in dataset.yaml", area.Name, area.Code, scheme), true, true
		}
	}
	return "", false, false
}

// areaFaults is every area that is not known: a fault, or where the dataset leaves such rows out a warning that counts
// them and names those that look like an area. A file of which nothing is left has other codes than stated.
func (t *typing) areaFaults() fault.List {
	if len(t.unknown) == 0 {
		return nil
	}
	name := t.dataset.Columns[t.area].Name
	if !t.dropping() {
		return told(t.unknown, "codes of areas", func(read *reading) fault.Fault {
			hint, _ := t.nearMiss(read.text)
			return t.place(read.row, name).Errorf(name, "%s", read.problem).Hint("%s", hint)
		})
	}
	first := t.unknown[0]
	if !t.kept {
		f := t.place(first.row, name).Errorf(name, "no row has a code of the scheme %s: the first is %q", t.scheme(), first.text)
		return fault.List{f.Hint("state areas.codes, or the column of codes, in dataset.yaml")}
	}
	rows := 0
	var near []*reading
	for _, read := range t.unknown {
		rows += read.times
		if _, is := t.nearMiss(read.text); is {
			near = append(near, read)
		}
	}
	faults := told(near, "codes of areas that look like known ones", func(read *reading) fault.Fault {
		hint, _ := t.nearMiss(read.text)
		return t.place(read.row, name).Warnf(name, "left out: %s", read.problem).Hint("%s", hint)
	})
	faults.Add(t.place(first.row, name).Warnf(name, "left out: %s, with %d codes of areas that are not known, of which the first is %q", rowCount(rows, ""), len(t.unknown), first.text))
	return faults
}
