package engine

import (
	"context"
	"fmt"
	"os"
	"slices"

	"levelfield/engine/aggregate"
	"levelfield/engine/archive"
	"levelfield/engine/fault"
	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
	"levelfield/seeds"
)

// computation is what a run has found before anything is drawn.
type computation struct {
	project  Project
	plan     plan
	imported map[string]imported
	set      results.Set
	warnings fault.List
	asOf     string
	// session stays open until close; statements are the SQL of each dataset.
	session    *warehouse.Session
	statements map[string]string
	folder     string
}

// close gives the warehouse and its room on disk back.
func (c *computation) close() {
	if c.session != nil {
		_ = c.session.Close()
	}
	_ = os.RemoveAll(c.folder)
}

// open runs the pipeline from load to check and writes nothing: when it returns without an error the data is in the
// warehouse, which stays open until close. Faults of definitions and data are returned as one [fault.List].
func open(ctx context.Context, options Options) (c computation, err error) {
	options.step("load")
	project, faults := Load(options.project())
	if project.Config.Focus == "" {
		return computation{}, faults.Err()
	}
	project.focusOn(options.Area)
	c = computation{project: project, imported: map[string]imported{}, statements: map[string]string{}}
	if c.folder, err = os.MkdirTemp("", "levelfield-"); err != nil {
		return computation{}, fmt.Errorf("make room for the warehouse: %w", err)
	}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	c.session, err = warehouse.Open(ctx, warehouse.Options{Memory: options.Memory, Threads: options.Threads, TempDir: c.folder})
	if err != nil {
		return c, err
	}
	options.step("plan")
	planned, found, err := makePlan(ctx, project, c.session)
	if err != nil {
		return c, err
	}
	c.plan = planned
	faults.Add(found...)
	options.step("import and check")
	found, err = c.importAll(ctx, options)
	if err != nil {
		return c, err
	}
	faults.Add(found...)
	c.warnings = faults.Warnings()
	return c, faults.Err()
}

// focusOn replaces the focus area and its region.
func (p *Project) focusOn(area string) {
	if area == "" {
		return
	}
	p.Config.Focus = area
	if found, known := p.Areas.Lookup(area); known {
		p.Config.Comparators.Region = found.Parent
	}
}

// importAll imports every dataset that the plan reads and, so that its faults are told too, every other one.
func (c *computation) importAll(ctx context.Context, options Options) (fault.List, error) {
	in := importer{options: options, project: c.project, session: c.session}
	if _, err := os.Stat(options.State); options.State != "" && err == nil {
		if in.kept, err = archive.Open(options.State); err != nil {
			return nil, err
		}
	}
	var faults fault.List
	for _, dataset := range c.project.Datasets.Datasets {
		one, found, err := in.dataset(ctx, dataset)
		if err != nil {
			return nil, err
		}
		faults.Add(found...)
		c.imported[dataset.ID] = one
		c.asOf = max(c.asOf, dataset.Released)
	}
	return faults, nil
}

// measure aggregates each dataset in one statement and turns the tables into results.
func (c *computation) measure(ctx context.Context, options Options) error {
	options.step("aggregate")
	if err := c.session.Lock(ctx); err != nil {
		return err
	}
	tables := map[string]measure.Table{}
	defer func() {
		for _, table := range tables {
			for _, record := range table.Records {
				record.Release()
			}
		}
	}()
	for _, id := range c.plan.datasets() {
		table, err := c.aggregate(ctx, id)
		if err != nil {
			return err
		}
		tables[id] = table
	}
	options.step("measure")
	set, err := measure.Measure(c.scope(), tables, c.plan.indicators)
	if err != nil {
		return err
	}
	set.Progress = c.progress()
	c.set = set
	return nil
}

// aggregate runs a dataset's one statement and reads its result as Arrow.
func (c *computation) aggregate(ctx context.Context, id string) (measure.Table, error) {
	input := c.plan.inputs[id]
	statement := aggregate.Statement(input, aggregate.DuckDB)
	c.statements[id] = statement
	if err := c.session.Create(ctx, aggregatedOf(id), statement); err != nil {
		return measure.Table{}, fmt.Errorf("aggregate %s: %w", id, err)
	}
	order := ""
	for i := range len(input.Categories) + 2 {
		order += fmt.Sprintf(", %d", i+1)
	}
	records, err := c.session.Arrow(ctx, fmt.Sprintf("SELECT * FROM %s ORDER BY %s", warehouse.Identifier(aggregatedOf(id)), order[2:]))
	if err != nil {
		return measure.Table{}, fmt.Errorf("aggregate %s: %w", id, err)
	}
	one := c.imported[id]
	table := measure.Table{Dataset: one.dataset, Snapshot: snapshotID(one.received.SHA256), Records: records}
	for _, item := range input.Items {
		table.Items = append(table.Items, item.Name)
	}
	for _, warning := range one.warnings {
		table.Warnings = append(table.Warnings, warning.Message)
	}
	return table, nil
}

// snapshotID is as much of a content hash as tells snapshots apart in a table; the manifest has all of it.
func snapshotID(sha string) string { return sha[:min(12, len(sha))] }

// scope is what the results are about.
func (c *computation) scope() measure.Scope {
	config := c.project.Config
	scope := measure.Scope{
		Focus: config.Focus, England: config.Comparators.England, Region: config.Comparators.Region, DefaultSet: config.Comparators.Neighbours,
		Places: map[string]measure.Place{}, Ranked: map[string]bool{}, Neighbours: map[string][]string{},
	}
	for _, area := range c.project.Areas.All() {
		scope.Places[area.Code] = measure.Place{Name: area.Name, Type: area.Type}
	}
	for _, area := range c.project.Areas.UpperTier() {
		scope.Ranked[area.Code] = true
	}
	for _, set := range c.project.Neighbours.Sets() {
		scope.Neighbours[set] = c.project.Neighbours.Of(set, config.Focus)
	}
	return scope
}

// progress is the state of every deliverable and commitment: the newest report, or the strategy's own word.
func (c *computation) progress() []results.Progress {
	var rows []results.Progress
	for _, statement := range c.project.Strategy.Statements {
		if statement.Kind != seeds.Deliverable && statement.Kind != seeds.Commitment {
			continue
		}
		row := results.Progress{
			ID: statement.ID, Goal: statement.Goal, Kind: statement.Kind, Title: statement.Title, Due: statement.Due,
			Status: statement.Status, AsOf: statement.StatusAsOf,
		}
		if report, found := seeds.Latest(c.project.Progress, statement.ID); found {
			row.Owner, row.Evidence = report.Owner, report.Evidence
			if report.Status != "" {
				row.Status, row.AsOf = report.Status, report.AsOf
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// definitions are the project's definitions by id.
func (c *computation) definitions() map[string]indicators.Definition {
	byID := map[string]indicators.Definition{}
	for _, definition := range c.project.Indicators.Definitions {
		byID[definition.ID] = definition
	}
	return byID
}

// boards are the ids of the boards to build, in the project's order.
func (c *computation) boards(options Options) ([]string, error) {
	if len(options.Boards) == 0 {
		return c.project.Config.Boards, nil
	}
	for _, id := range options.Boards {
		if !slices.Contains(c.project.Config.Boards, id) {
			return nil, fmt.Errorf("no board %q: the project has %v", id, c.project.Config.Boards)
		}
	}
	return options.Boards, nil
}
