package scorecard

import "slices"

// The parts of charts beyond lines, bars and pairs. Values are in the unit of the row or of the chart; a nil value does
// not exist. Verdicts, limits and fitted lines come from the results: a chart draws what it is given.

// SpineRow is one indicator of a spine chart.
type SpineRow struct {
	Label  string `json:"label"`
	Period string `json:"period,omitempty"`
	Unit   Unit   `json:"unit"`
	// HigherIsBetter says which end is the better one; nil for a neutral measure, which runs from low to high.
	HigherIsBetter *bool    `json:"higher_is_better,omitempty"`
	Tone           Tone     `json:"tone,omitempty"`
	Value          *float64 `json:"value,omitempty"`
	Status         string   `json:"status,omitempty"`
	England        *float64 `json:"england,omitempty"`
	// Lowest and Highest are the areas' extremes, Quarters the values that hold their middle half.
	Lowest   *float64    `json:"lowest,omitempty"`
	Highest  *float64    `json:"highest,omitempty"`
	Quarters [2]*float64 `json:"quarters,omitzero"`
}

// Grid is areas by indicators: every row has one cell a column.
type Grid struct {
	Columns []GridColumn `json:"columns"`
	Rows    []GridRow    `json:"rows"`
}

// GridColumn is one area of a rug.
type GridColumn struct {
	Label string `json:"label"`
	Role  Role   `json:"role"`
}

// GridRow is one indicator of a rug.
type GridRow struct {
	Label  string     `json:"label"`
	Period string     `json:"period,omitempty"`
	Unit   Unit       `json:"unit"`
	Cells  []GridCell `json:"cells"`
}

// GridCell is one figure of a rug; Tone is None where it was not tested.
type GridCell struct {
	Value  *float64 `json:"value,omitempty"`
	Status string   `json:"status,omitempty"`
	Tone   Tone     `json:"tone,omitempty"`
}

// Slope is a fitted line across the population from its most to its least deprived end; Index is what it says, such as
// "Slope index 12.3 points (8.1 to 16.5)".
type Slope struct {
	Start *float64 `json:"start"`
	End   *float64 `json:"end"`
	Index string   `json:"index"`
}

// Limit is the centre line and the limits of a process over a stretch of time; they are worked out afresh after a break.
type Limit struct {
	From   float64  `json:"from"`
	To     float64  `json:"to"`
	Centre *float64 `json:"centre"`
	Lower  *float64 `json:"lower,omitempty"`
	Upper  *float64 `json:"upper,omitempty"`
}

// The findings of process control, for the icons: what the variation is, and whether a target is met.
const (
	CommonVariation     = "common"
	ImprovingVariation  = "improving"
	ConcerningVariation = "concerning"
	SpecialVariation    = "special" // a special cause of a neutral measure
	TargetMet           = "pass"
	TargetMissed        = "fail"
	TargetByChance      = "chance"
)

// Process is what process control found. Variation and Assurance are findings or empty; the words say the same.
type Process struct {
	Variation      string `json:"variation"`
	VariationWords string `json:"variation_words"`
	// Upwards says which way an improving or concerning process went.
	Upwards        bool   `json:"upwards,omitempty"`
	Assurance      string `json:"assurance,omitempty"`
	AssuranceWords string `json:"assurance_words,omitempty"`
}

// Dot is one area of a funnel: its size, its value, and where it lies: Worse or Better outside the 99.8% limits, Similar
// between the 95% and the 99.8% limits, None within.
type Dot struct {
	Label string   `json:"label"`
	Role  Role     `json:"role"`
	Size  float64  `json:"size"`
	Value *float64 `json:"value"`
	Tone  Tone     `json:"tone,omitempty"`
	// Named asks for the name beside the mark, as the focus area's always stands.
	Named bool `json:"named,omitempty"`
}

// FunnelCut is the limits of a funnel at one size.
type FunnelCut struct {
	Size     float64  `json:"size"`
	Lower95  *float64 `json:"lower95,omitempty"`
	Upper95  *float64 `json:"upper95,omitempty"`
	Lower998 *float64 `json:"lower998,omitempty"`
	Upper998 *float64 `json:"upper998,omitempty"`
}

// Bullet is one value against its target: Low and High are the range that counts as met, one of them nil where the
// target is open. Words says it: "at least 95%".
type Bullet struct {
	Label   string   `json:"label"`
	Period  string   `json:"period,omitempty"`
	Unit    Unit     `json:"unit"`
	Value   *float64 `json:"value,omitempty"`
	Lower   *float64 `json:"lower,omitempty"`
	Upper   *float64 `json:"upper,omitempty"`
	Status  string   `json:"status,omitempty"`
	England *float64 `json:"england,omitempty"`
	Low     *float64 `json:"low,omitempty"`
	High    *float64 `json:"high,omitempty"`
	Words   string   `json:"words"`
	// Verdict says whether the target is met, in words, with its tone.
	Verdict string `json:"verdict,omitempty"`
	Tone    Tone   `json:"tone,omitempty"`
}

// The shapes of a milestone's status.
const (
	DoneShape    = "●"
	MovingShape  = "◐"
	PlannedShape = "○"
)

// Event is one milestone on a time axis.
type Event struct {
	Label string `json:"label"`
	// X is the day it is due, in years; nil where no day is set.
	X      *float64 `json:"x,omitempty"`
	Due    string   `json:"due,omitempty"`
	Status string   `json:"status"`
	Shape  string   `json:"shape"`
	Group  string   `json:"group,omitempty"`
}

// AreaTile is one small area at a column and a row of the map, counted from the top left.
type AreaTile struct {
	Label  string   `json:"label"`
	Column int      `json:"column"`
	Row    int      `json:"row"`
	Value  *float64 `json:"value,omitempty"`
	Status string   `json:"status,omitempty"`
}

// MapShape is one small area of a map: its rings as x and y on a plane, north upwards, in a unit of the map's own.
type MapShape struct {
	Label  string         `json:"label"`
	Rings  [][][2]float64 `json:"rings"`
	Value  *float64       `json:"value,omitempty"`
	Status string         `json:"status,omitempty"`
}

// Class is a range of values that a map draws alike: at least From, below To; the last holds its upper end.
type Class struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// Empty says whether a chart has no figure at all.
func (c Chart) Empty() bool {
	for _, series := range c.Series {
		for _, point := range series.Points {
			if point.Y != nil {
				return false
			}
		}
	}
	for _, bar := range c.Bars {
		if bar.Value != nil {
			return false
		}
	}
	for _, pair := range c.Pairs {
		if pair.Focus[0] != nil || pair.Focus[1] != nil {
			return false
		}
	}
	for _, panel := range c.Panels {
		if !panel.Empty() {
			return false
		}
	}
	return len(c.Spine)+len(c.Dots)+len(c.Bullets)+len(c.Events)+len(c.Tiles)+len(c.Shapes) == 0 && (c.Grid == nil || len(c.Grid.Rows) == 0)
}

// Relabelled is the chart with every text that is drawn passed through a function: for a document whose fonts lack some
// letters. The chart itself is left as it is.
func (c Chart) Relabelled(set func(string) string) Chart {
	c.Unit = c.Unit.relabelled(set)
	c.PartNames = [2]string{set(c.PartNames[0]), set(c.PartNames[1])}
	c.Series = each(c.Series, func(s *Series) {
		s.Name = set(s.Name)
		s.Points = each(s.Points, func(p *Point) { p.Label, p.Status = set(p.Label), set(p.Status) })
	})
	c.Breaks = each(c.Breaks, func(d *Divide) { d.Why = set(d.Why) })
	c.Bars = each(c.Bars, func(b *Bar) { b.Label, b.Status = set(b.Label), set(b.Status) })
	c.Reference, c.Today = c.Reference.relabelled(set), c.Today.relabelled(set)
	c.Pairs = each(c.Pairs, func(p *Pair) {
		p.Label, p.Period, p.Unit = set(p.Label), set(p.Period), p.Unit.relabelled(set)
	})
	c.Spine = each(c.Spine, func(r *SpineRow) {
		r.Label, r.Period, r.Status, r.Unit = set(r.Label), set(r.Period), set(r.Status), r.Unit.relabelled(set)
	})
	if c.Grid != nil {
		c.Grid = &Grid{
			Columns: each(c.Grid.Columns, func(column *GridColumn) { column.Label = set(column.Label) }),
			Rows: each(c.Grid.Rows, func(r *GridRow) {
				r.Label, r.Period, r.Unit = set(r.Label), set(r.Period), r.Unit.relabelled(set)
				r.Cells = each(r.Cells, func(cell *GridCell) { cell.Status = set(cell.Status) })
			}),
		}
	}
	if c.Slope != nil {
		c.Slope = &Slope{Start: c.Slope.Start, End: c.Slope.End, Index: set(c.Slope.Index)}
	}
	if c.Process != nil {
		process := *c.Process
		process.VariationWords, process.AssuranceWords = set(process.VariationWords), set(process.AssuranceWords)
		c.Process = &process
	}
	c.Dots = each(c.Dots, func(d *Dot) { d.Label = set(d.Label) })
	c.Bullets = each(c.Bullets, func(b *Bullet) {
		b.Label, b.Period, b.Status, b.Unit = set(b.Label), set(b.Period), set(b.Status), b.Unit.relabelled(set)
		b.Words, b.Verdict = set(b.Words), set(b.Verdict)
	})
	c.Panels = each(c.Panels, func(panel *Chart) { panel.Title = set(panel.Title); *panel = panel.Relabelled(set) })
	c.Events = each(c.Events, func(e *Event) {
		e.Label, e.Due, e.Status, e.Group = set(e.Label), set(e.Due), set(e.Status), set(e.Group)
	})
	c.Shapes = each(c.Shapes, func(s *MapShape) { s.Label, s.Status = set(s.Label), set(s.Status) })
	c.Tiles = each(c.Tiles, func(t *AreaTile) { t.Label, t.Status = set(t.Label), set(t.Status) })
	return c
}

// each is a copy of a list with every member changed.
func each[T any](list []T, change func(*T)) []T {
	changed := slices.Clone(list)
	for i := range changed {
		change(&changed[i])
	}
	return changed
}

func (u Unit) relabelled(set func(string) string) Unit {
	u.Prefix, u.Suffix = set(u.Prefix), set(u.Suffix)
	return u
}

func (m *Mark) relabelled(set func(string) string) *Mark {
	if m == nil {
		return nil
	}
	return &Mark{Label: set(m.Label), Value: m.Value}
}
