package scorecard

import (
	"maps"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/results"
	"levelfield/indicators"
	"levelfield/seeds"
)

// Input is what a board is built from.
type Input struct {
	Board       Board
	Strategy    seeds.Strategy
	Project     seeds.Project
	Definitions map[string]indicators.Definition
	Datasets    map[string]datasets.Dataset
	Results     results.Set
	// Index is that of the results, where several boards share one; nil makes one.
	Index *Index
	// Areas names every area by code; Region and Neighbours say whom the focus area is shown beside.
	Areas      map[string]string
	Neighbours map[string][]string
	// Authorities are the codes among which a position is counted: upper-tier and unitary authorities.
	Authorities []string
	// TilePlaces are the columns and rows of small areas on a map of tiles, by code.
	TilePlaces map[string][2]int
	// Boundaries are the outlines of small areas by code, where the project brings them.
	Boundaries seeds.Boundaries
	// Within are the small areas of the focus area that the project names: wards, neighbourhoods.
	Within []string
	// SetNames are the neighbour sets in words: "ten statistical neighbours (Department for Education, 2025)".
	SetNames map[string]string
	// Commentary and Overrides are what people wrote about figures and put in the place of their statuses.
	Commentary []seeds.Comment
	Overrides  []seeds.Override
	// AsOf is the newest release date the figures rest on (2006-01-02).
	AsOf    string
	Edition string
	// Internal says that the results hold what the public edition hides.
	Internal bool
	Siblings []Link
	// Before is the board at the release before; nil where none is held.
	Before *Model
	// Snapshots are the content hashes of the datasets by id, Quality what the checks found of them.
	Snapshots map[string]string
	Quality   map[string]DatasetQuality
}

// Build makes the model of one board. Indicators that the board names and no definition knows are left out: the plan
// has refused them before.
func Build(in Input) Model {
	b := newBuilder(in)
	model := Model{
		Version: ModelVersion, ID: in.Board.ID, Title: in.Board.Title, Kicker: in.Board.Kicker, Edition: in.Edition,
		Area: b.area(in.Project.Focus), Code: in.Project.Focus, AsOf: in.AsOf,
		Meta:        b.meta(),
		Attribution: in.Project.Licence.Attribution,
		Siblings:    in.Siblings,
		Brand:       brandOf(in.Project.Brand),
	}
	model.Goals = b.goals()
	for _, id := range b.order() {
		model.Pages = append(model.Pages, b.page(b.in.Definitions[id], partOf(model.Goals, b.in.Definitions[id])))
	}
	for _, id := range b.withPartners(in.Board.Front) {
		model.Front = append(model.Front, b.card(b.in.Definitions[id]))
	}
	markFollowers(model.Front, in.Board.Front)
	model.Deliverables = b.milestones(seeds.Deliverable, in.Board.Deliverables)
	model.Commitments = b.milestones(seeds.Commitment, in.Board.Deliverables)
	model.Since = b.since()
	model.Targets = b.targetsOf(b.order())
	for _, page := range model.Pages {
		model.Commentary = append(model.Commentary, page.Commentary[:min(1, len(page.Commentary))]...)
	}
	model.Charts, model.Undrawn = b.boardCharts()
	model.Tiles, model.Chance = b.tiles(model)
	model.Counts = b.counts(model.Goals)
	model.Facts = b.facts(model)
	model.NeedsFocus, model.DoingWell = b.highlights()
	model.Sources = b.sources()
	model.Glossary = b.glossary(model)
	model.Compared = b.compared(model.Goals)
	changed := changedSince(in.Before, model)
	model.Changed = &changed
	if in.Internal {
		model.markInternal()
	}
	return model
}

// InternalNotice stands on every page and drawing of the internal edition.
const InternalNotice = "INTERNAL: shows figures that the public edition hides to protect confidentiality. Not to be published or passed on."

// markInternal puts the notice on the model, and the word on every chart, which may be copied out of its page.
func (m *Model) markInternal() {
	m.Internal = InternalNotice
	mark := func(charts []Chart) {
		for i := range charts {
			charts[i].Source = strings.TrimSpace("INTERNAL. " + charts[i].Source)
		}
	}
	mark(m.Charts)
	for i := range m.Pages {
		mark(m.Pages[i].Charts)
	}
}

// brandOf is a project's brand with its colours for dark paper; nil where it has none.
func brandOf(brand seeds.Brand) *Brand {
	if brand == (seeds.Brand{}) {
		return nil
	}
	return &Brand{
		Name: brand.Name, Mark: brand.Mark, Accent: brand.Accent, Second: brand.Second,
		DarkAccent: seeds.OnDark(brand.Accent), DarkSecond: seeds.OnDark(brand.Second),
	}
}

// builder makes one board's model, or the handbook, of what the index finds.
type builder struct {
	in Input
	*Index
	// overrides are the judgements on statuses, tested the words that the tests had for those taken back.
	overrides map[overrideKey]seeds.Override
	tested    map[overrideKey]string
	// inside are the small areas of the focus area, in the order of their codes.
	inside []string
}

func newBuilder(in Input) *builder {
	b := &builder{
		in: in, Index: in.Index, overrides: map[overrideKey]seeds.Override{}, tested: map[overrideKey]string{},
		inside: slices.Compact(slices.Sorted(slices.Values(in.Within))),
	}
	if b.Index == nil {
		b.Index = NewIndex(in.Results, in.Project.Focus)
	}
	for _, o := range in.Overrides {
		b.overrides[overrideKey{o.Indicator, o.Status, o.Period}] = o
	}
	b.takeBack()
	return b
}

func (b *builder) focus() string   { return b.in.Project.Focus }
func (b *builder) england() string { return b.in.Project.Comparators.England }
func (b *builder) region() string  { return b.in.Project.Comparators.Region }

// area is the name of an area.
func (b *builder) area(code string) string {
	if name, known := b.in.Areas[code]; known {
		return name
	}
	return code
}

// latest is the newest value of the focus area in a series, or the newest row that says why there is none.
func (b *builder) latest(indicator, breakdown, category string) (results.Value, bool) {
	series := b.series(seriesKey{indicator, b.focus(), breakdown, category})
	for i := len(series) - 1; i >= 0; i-- {
		if series[i].HasValue() {
			return series[i], true
		}
	}
	if len(series) == 0 {
		return results.Value{}, false
	}
	return series[len(series)-1], true
}

// elsewhere is the value of another area at the period and category of a value.
func (b *builder) elsewhere(of results.Value, area string) results.Value {
	key := of.Key()
	key.Area = area
	return b.value(key)
}

// set is the neighbour set of a definition.
func (b *builder) set(definition indicators.Definition) string {
	if chosen := definition.Compare.Neighbours; chosen != nil {
		return chosen.Set
	}
	return b.in.Project.Comparators.Neighbours
}

// order lists the board's indicators once each: the front lines, then the sections, each followed by the indicators
// without which it is never shown.
func (b *builder) order() []string {
	wanted := slices.Clone(b.in.Board.Front)
	for _, section := range b.in.Board.Sections {
		wanted = append(wanted, section.Indicators...)
	}
	return b.withPartners(wanted)
}

// withPartners puts behind each indicator those without which it is never shown, each once.
func (b *builder) withPartners(ids []string) []string {
	var ordered []string
	seen := map[string]bool{}
	var put func(string)
	put = func(id string) {
		definition, known := b.in.Definitions[id]
		if !known || seen[id] {
			return
		}
		seen[id] = true
		ordered = append(ordered, id)
		for _, partner := range definition.Beside {
			put(partner)
		}
	}
	for _, id := range ids {
		put(id)
	}
	return ordered
}

// markFollowers marks the cards that stand in a table only because a partner does.
func markFollowers(cards []Card, asked []string) {
	for i := range cards {
		cards[i].Follows = !slices.Contains(asked, cards[i].Indicator)
	}
}

// milestones are the recorded deliverables or commitments of a goal, or of all.
func (b *builder) milestones(kind, goal string) []Milestone {
	var found []Milestone
	if goal == "" {
		return nil
	}
	for _, p := range b.in.Results.Progress {
		if p.Kind != kind || (goal != "all" && p.Goal != goal) {
			continue
		}
		found = append(found, b.milestone(p))
	}
	return found
}

// milestone is one recorded deliverable or commitment.
func (b *builder) milestone(p results.Progress) Milestone {
	statement, _ := b.in.Strategy.Statement(p.ID)
	word, shape := statusWord(p.Status)
	return Milestone{
		ID: p.ID, Goal: p.Goal, Title: p.Title, Due: BritishDate(p.Due), Status: word, Shape: shape, AsOf: monthWords(p.AsOf),
		Quoted: statement.Quoted, Owner: p.Owner, Evidence: p.Evidence,
	}
}

// sources are the datasets behind the board, in the order of their ids.
func (b *builder) sources() []Source {
	used := map[string]bool{}
	for _, id := range b.order() {
		definition := b.in.Definitions[id]
		used[definition.Dataset] = true
		if england := definition.Compare.England; england != nil {
			used[england.Dataset] = true
		}
	}
	var sources []Source
	for _, id := range slices.Sorted(maps.Keys(b.in.Datasets)) {
		if used[id] {
			sources = append(sources, b.sourceRecord(id))
		}
	}
	return sources
}

func (b *builder) meta() []string {
	meta := []string{"Figures released to " + BritishDate(b.in.AsOf)}
	compared := "Compared with England"
	if name := b.in.SetNames[b.in.Project.Comparators.Neighbours]; name != "" {
		compared += "; shown beside " + name
	}
	return append(meta, compared)
}

// names joins names as a sentence does: a, b and c.
func names(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
