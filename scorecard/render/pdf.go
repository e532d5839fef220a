package render

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"

	"levelfield/scorecard"
)

// family is the name under which Liberation Sans is registered in the document.
const family = "Liberation"

// passes bounds how often a pack is laid out. The first pass finds the page of every heading, the second prints them
// in the contents; a third is needed only where the contents themselves run over a page.
const passes = 4

// Pack prints a board as a paper for a meeting: A4, portrait, with a cover, contents, a summary, the tables and charts
// goal by goal, what was promised, definitions, sources and the licence on every page. Equal models give equal bytes.
//
// The writer behind it cannot tag a document for assistive technology. The web pages of [Site] are the accessible
// edition, and the pack says so on its cover.
func Pack(model scorecard.Model) ([]byte, error) {
	date, err := time.Parse("2006-01-02", model.AsOf)
	if err != nil {
		return nil, fmt.Errorf("render pack %s: as_of: %w", model.ID, err)
	}
	meter, err := newMeter()
	if err != nil {
		return nil, fmt.Errorf("render pack %s: %w", model.ID, err)
	}
	var known outline
	for range passes {
		p := newPress(model, meter, date, known)
		p.compose()
		if p.err != nil {
			return nil, fmt.Errorf("render pack %s: %w", model.ID, p.err)
		}
		found := outline{entries: p.entries, pages: p.pdf.PageCount(), targets: p.targets}
		settled := found.pages == known.pages && slices.Equal(found.entries, known.entries)
		known = found
		if !settled {
			continue
		}
		var out bytes.Buffer
		if err := p.pdf.Output(&out); err != nil {
			return nil, fmt.Errorf("render pack %s: %w", model.ID, err)
		}
		return out.Bytes(), nil
	}
	return nil, fmt.Errorf("render pack %s: the page numbers of the contents do not settle", model.ID)
}

// internalWord stands before the title of a pack of the internal edition.
func internalWord(model scorecard.Model) string {
	if model.Internal == "" {
		return ""
	}
	return "INTERNAL"
}

// outline is what a pass learns about the pack for the next one.
type outline struct {
	entries []entry
	pages   int
	targets map[string]bool
}

// entry is one line of the contents.
type entry struct {
	title string
	level int
	page  int
}

// press prints one pass of a pack: a document with a cursor that moves down the page.
type press struct {
	pdf   *fpdf.Fpdf
	meter *meter
	model scorecard.Model
	known outline

	entries []entry
	links   map[string]int
	targets map[string]bool
	running string // the section named at the head of the page
	y       float64
	err     error
}

func newPress(model scorecard.Model, meter *meter, date time.Time, known outline) *press {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", liberationsansregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", liberationsansbold.TTF)
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCreationDate(date)
	pdf.SetModificationDate(date)
	pdf.SetCatalogSort(true)
	pdf.SetProducer("Levelfield", true)
	pdf.SetCreator("Levelfield", true)
	pdf.SetTitle(meter.settable(joined(": ", internalWord(model), model.Title, model.Area)), true)
	pdf.SetSubject(meter.settable(joined(". ", model.Kicker, model.Edition, "Figures released to "+british(model.AsOf))), true)
	pdf.SetLang("en-GB")
	pdf.SetDisplayMode("fullwidth", "continuous")
	return &press{pdf: pdf, meter: meter, model: model, known: known, links: map[string]int{}, targets: map[string]bool{}}
}

// compose prints the whole pack, part by part.
func (p *press) compose() {
	p.cover()
	p.contents()
	p.summary()
	p.front()
	p.boardCharts()
	p.goals()
	p.promised()
	p.againstTarget()
	p.comments()
	p.since()
	p.changed()
	p.definitions()
	p.sources()
	p.glossary()
	if p.err == nil {
		p.err = p.pdf.Error()
	}
}

// link is the document's number for a place that may lie further on.
func (p *press) link(name string) int {
	id, made := p.links[name]
	if !made {
		id = p.pdf.AddLink()
		p.links[name] = id
	}
	return id
}

// target makes the present place the one that links of this name lead to.
func (p *press) target(name string) {
	p.targets[name] = true
	p.pdf.SetLink(p.link(name), max(0, p.y-headRoom), p.pdf.PageNo())
}

// touch makes a rectangle lead to a place; a place that the pass before did not meet has no link.
func (p *press) touch(x, y, w, h float64, name string) {
	if name != "" && p.known.targets[name] {
		p.pdf.Link(x, y, w, h, p.link(name))
	}
}
