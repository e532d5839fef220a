package engine

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
)

// Wanted names the value to explain. An empty area is the focus area, an empty period the latest with a value.
type Wanted struct {
	Indicator, Area, Period string
	// Breakdown and Category name one category; both empty is the headline.
	Breakdown, Category string
}

// Explanation is one value's whole derivation, from the definition to the rows of the file.
type Explanation struct {
	Value      results.Value        `json:"value"`
	Title      string               `json:"title"`
	Definition string               `json:"definition"`
	File       string               `json:"file"`
	Kind       string               `json:"kind"`
	Inputs     []ExplainedInput     `json:"inputs"`
	Statement  string               `json:"sql,omitempty"`
	Formula    []string             `json:"formula"`
	Source     string               `json:"method_source"`
	Dataset    *ExplainedDataset    `json:"dataset,omitempty"`
	Rows       []ExplainedRow       `json:"rows,omitempty"`
	Operands   []Explanation        `json:"operands,omitempty"`
	Verdicts   []results.Comparison `json:"comparisons,omitempty"`
	Trend      *results.Trend       `json:"trend,omitempty"`
	// Withheld says why inputs and rows are not told.
	Withheld string `json:"withheld,omitempty"`
}

// ExplainedInput is one expression of the measure with what it came to.
type ExplainedInput struct {
	Path       string   `json:"path"`
	Expression string   `json:"expression"`
	Value      *float64 `json:"value,omitempty"`
	Missing    string   `json:"missing,omitempty"`
	Flags      string   `json:"flags,omitempty"`
	// Counted says that the expression gave a value for each row, and that the number is how many there are.
	Counted bool `json:"counted,omitempty"`
	// Withheld says that what it came to is not told.
	Withheld bool `json:"withheld,omitempty"`
}

// ExplainedDataset says where the figures come from.
type ExplainedDataset struct {
	ID, Title, Publisher, Release, Released, Licence, Snapshot, File string
}

// ExplainedRow is one row of the dataset's file, which is named with the sheet where it has several.
type ExplainedRow struct {
	File  string      `json:"file"`
	Row   int         `json:"row"`
	Cells [][2]string `json:"cells"`
}

// Explain derives one value. The error names what there is when the indicator, area or period is not.
func Explain(ctx context.Context, options Options, wanted Wanted) (Explanation, error) {
	c, err := open(ctx, options)
	if err != nil {
		return Explanation{}, err
	}
	defer c.close()
	c.staysOpen = true
	if err := c.measure(ctx, options); err != nil {
		return Explanation{}, err
	}
	definition, known := c.project.Indicators.Lookup(wanted.Indicator)
	if !known {
		return Explanation{}, fmt.Errorf("no indicator %q: the indicators are %s", wanted.Indicator, strings.Join(c.indicatorIDs(), ", "))
	}
	value, err := c.find(wanted)
	if err != nil {
		return Explanation{}, err
	}
	return c.explain(ctx, definition, value)
}

func (c *computation) indicatorIDs() []string {
	var ids []string
	for _, definition := range c.project.Indicators.Definitions {
		ids = append(ids, definition.ID)
	}
	return ids
}

// find is the value that is wanted.
func (c *computation) find(wanted Wanted) (results.Value, error) {
	area := wanted.Area
	if area == "" {
		area = c.project.Config.Focus
	}
	var found *results.Value
	var periods []string
	for v := range c.set.Values.All() {
		if v.Indicator != wanted.Indicator || v.Area != area || v.Breakdown != wanted.Breakdown || v.Category != wanted.Category {
			continue
		}
		periods = append(periods, v.Period.Label)
		if wanted.Period == v.Period.Label || wanted.Period == "" && (found == nil || v.HasValue() || !found.HasValue()) {
			found = v
		}
	}
	switch {
	case found != nil:
		return *found, nil
	case len(periods) > 0:
		return results.Value{}, fmt.Errorf("%s has no period %q for %s: there are %s", wanted.Indicator, wanted.Period, area, strings.Join(periods, ", "))
	case wanted.Category != "":
		return results.Value{}, fmt.Errorf("%s has no category %s=%s for %s", wanted.Indicator, wanted.Breakdown, wanted.Category, area)
	}
	return results.Value{}, fmt.Errorf("%s has no figures for the area %q", wanted.Indicator, area)
}

func (c *computation) explain(ctx context.Context, definition indicators.Definition, value results.Value) (Explanation, error) {
	e := Explanation{
		Value: value, Title: definition.Title, Definition: strings.TrimSpace(definition.Definition), File: definition.File,
		Kind: definition.Measure.Kind(), Formula: formula(definition, value), Source: methodSource(value.Method),
	}
	for _, verdict := range c.set.Comparisons {
		if verdict.Key == value.Key() {
			e.Verdicts = append(e.Verdicts, verdict)
		}
	}
	for i, trend := range c.set.Trends {
		if trend.Indicator == value.Indicator && trend.Area == value.Area && trend.Breakdown == value.Breakdown && trend.Category == value.Category {
			e.Trend = &c.set.Trends[i]
		}
	}
	if len(definition.Operands()) > 0 {
		return c.explainOperands(ctx, definition, e)
	}
	one, held := c.imported[value.Dataset]
	if !held {
		return e, nil
	}
	e.Statement = c.statements[value.Dataset]
	if definition.Measure.Quantile != nil {
		if err := c.explainQuantile(ctx, definition, &e); err != nil {
			return Explanation{}, err
		}
	}
	e.Dataset = &ExplainedDataset{
		ID: one.dataset.ID, Title: one.dataset.Title, Publisher: one.dataset.Publisher, Release: one.dataset.Release, Released: one.dataset.Released,
		Licence: one.dataset.Licence.Attribution, Snapshot: one.received.SHA256, File: one.dataset.Folder + "/" + one.received.Name,
	}
	if files := one.dataset.Source.Files; len(files) > 0 {
		e.Dataset.File = one.dataset.Folder + "/" + strings.Join(files, ", ")
	}
	var err error
	if e.Inputs, err = c.inputs(ctx, definition, value); err != nil {
		return Explanation{}, err
	}
	if c.hides(value.Dataset) {
		// The rows of a large figure may be small ones.
		e.Withheld = "inputs and rows of a protected dataset are told only as in the internal edition"
		e.Dataset.Snapshot = ""
		for i := range e.Inputs {
			e.Inputs[i] = ExplainedInput{Path: e.Inputs[i].Path, Expression: e.Inputs[i].Expression, Withheld: true}
		}
		return e, nil
	}
	members, err := c.membersOf(ctx, definition, value)
	if err != nil {
		return Explanation{}, err
	}
	areas := "= " + warehouse.Literal(value.Area)
	if members > 0 {
		areas = "IN (" + c.summedAreas(value) + ")"
	}
	e.Rows, err = c.rows(ctx, definition, value, areas)
	return e, err
}

// explainOperands explains both sides of a difference, or the parts of an index.
func (c *computation) explainOperands(ctx context.Context, definition indicators.Definition, e Explanation) (Explanation, error) {
	for _, key := range operandKeys(definition, e.Value) {
		operand, err := c.find(key)
		if err != nil {
			continue
		}
		of, _ := c.project.Indicators.Lookup(operand.Indicator)
		below, err := c.explain(ctx, of, operand)
		if err != nil {
			return Explanation{}, err
		}
		e.Operands = append(e.Operands, below)
	}
	if index := definition.Measure.Composite; index != nil {
		e.Formula = c.compositeFormula(*index, e)
	} else if definition.Measure.Pooled != nil {
		e.Formula = c.pooledFormula(*definition.Measure.Pooled, e)
	} else if len(e.Operands) == 2 && definition.Measure.Pair() != nil {
		e.Formula = pairFormula(definition, e.Operands[0].Value, e.Operands[1].Value, e.Value)
	}
	return e, nil
}

// compositeFormula is the standard score of each part, and the index.
func (c *computation) compositeFormula(index indicators.Composite, e Explanation) []string {
	var lines []string
	for i, operand := range e.Operands {
		scale, held := measure.CompositeScale(c.set.Values.All(), index.Parts[i], c.scope().Ranked)
		if !held || !operand.Value.HasValue() {
			continue
		}
		lines = append(lines, fmt.Sprintf("z of %s = (%s − %s) / %s = %s, over %d authorities", operand.Value.Indicator,
			exact(*operand.Value.Value), exact(scale.Mean), exact(scale.Deviation), exact(scale.Z(*operand.Value.Value)), scale.N))
	}
	return append(lines, "value = 100 + 10 × the mean of z = "+printed(e.Value.Value))
}

// operandKeys name the first and the second value of a difference, the parts of an index, or the years that were pooled.
func operandKeys(definition indicators.Definition, value results.Value) []Wanted {
	if index := definition.Measure.Composite; index != nil {
		var keys []Wanted
		for _, part := range index.Parts {
			keys = append(keys, Wanted{Indicator: part.Indicator, Area: value.Area, Period: string(part.Period)})
		}
		return keys
	}
	if pooled := definition.Measure.Pooled; pooled != nil {
		var keys []Wanted
		for _, label := range yearsOf(value.Period) {
			keys = append(keys, Wanted{Indicator: pooled.Of, Area: value.Area, Period: label})
		}
		return keys
	}
	at := Wanted{Area: value.Area, Period: value.Period.Label}
	if slope := definition.Measure.Slope; slope != nil {
		var keys []Wanted
		for _, category := range slope.Order {
			keys = append(keys, Wanted{Indicator: slope.Of, Area: at.Area, Period: at.Period, Breakdown: slope.Breakdown, Category: category})
		}
		return keys
	}
	if share := definition.Measure.Share; share != nil {
		return []Wanted{
			{Indicator: share.Of, Area: at.Area, Period: at.Period, Breakdown: share.Breakdown, Category: share.Group},
			{Indicator: share.Of, Area: at.Area, Period: at.Period},
		}
	}
	d := definition.Measure.Pair()
	first, second := at, at
	if d.Of != "" {
		first.Indicator, first.Breakdown, first.Category = d.Of, d.Breakdown, d.First
		second.Indicator, second.Breakdown, second.Category = d.Of, d.Breakdown, d.Second
		return []Wanted{first, second}
	}
	first.Indicator, second.Indicator = d.First, d.Second
	if d.Periods == "calendar-with-financial" && len(value.Period.Start) >= 4 {
		first.Period = value.Period.Start[:4]
	}
	return []Wanted{first, second}
}

// group is the SQL condition that picks a value's rows, of the areas of a condition.
func (c *computation) group(definition indicators.Definition, value results.Value, areas string) string {
	dataset := c.imported[value.Dataset].dataset
	conditions := []string{
		warehouse.Identifier(dataset.Role("area")[0].Name) + " " + areas,
		warehouse.Identifier(dataset.Role("period")[0].Name) + " = " + warehouse.Literal(value.Period.Label),
	}
	for _, column := range dataset.Role("category") {
		category := column.Total
		if column.Name == definition.Measure.Bands() {
			if category != "" {
				conditions = append(conditions, warehouse.Identifier(column.Name)+" <> "+warehouse.Literal(category))
			}
			continue
		}
		if only, picked := definition.Only[column.Name]; picked {
			category = only
		}
		if definition.Breakdowns[value.Breakdown] == column.Name {
			category = value.Category
		}
		if category != "" {
			conditions = append(conditions, warehouse.Identifier(column.Name)+" = "+warehouse.Literal(category))
		}
	}
	return strings.Join(conditions, " AND ")
}

// inputs are the measure's expressions with what each came to in the value's group.
func (c *computation) inputs(ctx context.Context, definition indicators.Definition, value results.Value) ([]ExplainedInput, error) {
	table := c.plan.inputs[value.Dataset]
	expressions := definition.Measure.Expressions()
	var inputs []ExplainedInput
	for i, item := range table.Items {
		path, own := strings.CutPrefix(item.Name, definition.ID+"/")
		if !own {
			continue
		}
		expression := expressions[path]
		if how := definition.Compare.England; expression == "" && how != nil {
			expression = how.Value
		}
		cell := "v_%d::VARCHAR, m_%d, f_%d"
		if definition.Measure.Bands() != "" { // the figures of all bands
			cell = "sum(v_%d)::VARCHAR, max(m_%d), max(f_%d)"
		}
		found, err := c.session.Strings(ctx, fmt.Sprintf("SELECT "+cell+" FROM %s WHERE %s", i, i, i, warehouse.Identifier(aggregatedOf(value.Dataset)), c.group(definition, value, "= "+warehouse.Literal(value.Area))))
		if err != nil {
			return nil, fmt.Errorf("explain %s: %w", definition.ID, err)
		}
		input := ExplainedInput{Path: path, Expression: expression, Counted: item.Spread}
		if len(found) > 0 {
			input.Missing, input.Flags = found[0][1], found[0][2]
			if number, err := strconv.ParseFloat(found[0][0], 64); err == nil {
				input.Value = &number
			}
		}
		inputs = append(inputs, input)
	}
	return inputs, nil
}

// rows are the rows of the file on which the value rests, of the areas of a condition.
func (c *computation) rows(ctx context.Context, definition indicators.Definition, value results.Value, areas string) ([]ExplainedRow, error) {
	dataset := c.imported[value.Dataset].dataset
	names := []string{"_row::VARCHAR"}
	for _, column := range dataset.Columns {
		names = append(names, warehouse.Identifier(column.Name)+"::VARCHAR")
	}
	found, err := c.session.Strings(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY _row", strings.Join(names, ", "), warehouse.Identifier(tableOf(dataset.ID)), c.group(definition, value, areas)))
	if err != nil {
		return nil, fmt.Errorf("explain %s: %w", definition.ID, err)
	}
	var rows []ExplainedRow
	for _, cells := range found {
		at, err := strconv.Atoi(cells[0])
		if err != nil {
			return nil, fmt.Errorf("explain %s: %w", definition.ID, err)
		}
		place := c.imported[dataset.ID].place(at, "")
		row := ExplainedRow{File: place.File, Row: place.Line}
		for i, column := range dataset.Columns {
			if cells[i+1] != "" {
				row.Cells = append(row.Cells, [2]string{column.Name, cells[i+1]})
			}
		}
		rows = append(rows, row)
	}
	return slices.Clip(rows), nil
}
