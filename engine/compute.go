package engine

import (
	"context"
	"fmt"
	"os"
	"path"
	"slices"

	"levelfield/datasets"
	"levelfield/engine/aggregate"
	"levelfield/engine/fault"
	"levelfield/engine/measure"
	"levelfield/engine/quality"
	"levelfield/engine/results"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// computation is what a run has found before anything is drawn.
type computation struct {
	project  Project
	plan     plan
	imported map[string]imported
	// withheld are the datasets without figures, with the reason.
	withheld map[string]string
	set      results.Set
	// index finds what the boards ask for in the set.
	index    *scorecard.Index
	warnings fault.List
	asOf     string
	// session stays open until close; statements are the SQL of each dataset.
	session *warehouse.Session
	// staysOpen says that rows are read after the measuring, those on disk too.
	staysOpen  bool
	statements map[string]string
	// rankings are the SQL of items of single values, by the item's name.
	rankings map[string]string
	// rolledUp are the datasets whose areas were added up.
	rolledUp map[string]bool
	folder   string
	// policies say what of protected datasets may be told, and guard is what hides it; internal says that this edition hides
	// nothing.
	policies map[string]measure.Policy
	guard    *measure.Protection
	internal bool
	// desk, of a preview, owns the warehouse.
	desk *desk
}

// close gives the warehouse and its room on disk back.
func (c *computation) close() {
	if c.desk != nil {
		return
	}
	if c.session != nil {
		_ = c.session.Close()
	}
	for _, one := range c.imported {
		_ = one.received.Close()
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
	c = computation{
		project: project, imported: map[string]imported{}, statements: map[string]string{}, rankings: map[string]string{}, rolledUp: map[string]bool{}, policies: project.policies(), internal: options.Internal,
		desk: options.desk,
	}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	if err = c.openWarehouse(ctx, options); err != nil {
		return c, err
	}
	in := importer{options: options, project: &c.project, session: c.session, folder: c.folder}
	if err = in.openArchive(); err != nil {
		return c, err
	}
	withheld, found, err := in.choose(options.AsOf)
	if err != nil {
		return c, err
	}
	c.withheld = withheld
	faults.Add(found...)
	options.step("plan")
	planned, found, err := makePlan(ctx, c.project, c.session)
	if err != nil {
		return c, err
	}
	c.plan, in.plan = planned, planned
	faults.Add(found...)
	options.step("import and check")
	found, err = c.importAll(ctx, in)
	if err != nil {
		return c, err
	}
	faults.Add(found...)
	c.warnings = faults.Warnings()
	if err = faults.Err(); err == nil && len(c.imported) == 0 && len(c.withheld) > 0 {
		err = fmt.Errorf("no dataset has figures: %s", c.withheld[c.project.Datasets.Datasets[0].ID])
	}
	return c, err
}

// openWarehouse opens a warehouse for this run, or takes that of the preview.
func (c *computation) openWarehouse(ctx context.Context, options Options) (err error) {
	if c.desk != nil {
		c.session, c.folder = c.desk.session, c.desk.folder
		return nil
	}
	if c.folder, err = os.MkdirTemp("", "levelfield-"); err != nil {
		return fmt.Errorf("make room for the warehouse: %w", err)
	}
	c.session, err = warehouse.Open(ctx, warehouse.Options{Memory: options.Memory, Threads: options.Threads, TempDir: c.folder})
	return err
}

// focusOn replaces the focus area and its region. What was set, written and signed for the project's own area says nothing
// of another.
func (p *Project) focusOn(area string) {
	if area == "" || area == p.Config.Focus {
		return
	}
	p.Targets, p.Overrides, p.Commentary, p.Approvals.List = nil, nil, nil, nil
	p.Config.Focus = area
	if found, known := p.Areas.Lookup(area); known {
		p.Config.Comparators.Region = found.Parent
	}
}

// importAll imports every dataset, those that no indicator reads too, so that their faults are told.
func (c *computation) importAll(ctx context.Context, in importer) (fault.List, error) {
	var faults fault.List
	var held []datasets.Dataset
	for _, dataset := range c.project.Datasets.Datasets {
		if _, without := c.withheld[dataset.ID]; without {
			continue
		}
		one, found, err := c.desk.dataset(ctx, in, dataset.ID)
		if err != nil {
			return nil, err
		}
		faults.Add(found...)
		if one.blank {
			c.withheld[dataset.ID] = "nothing is filled in yet: add rows to " + path.Join(dataset.Folder, dataset.Source.File)
			continue
		}
		if one.received.Name == "" {
			c.withheld[dataset.ID] = "its dataset is faulty: " + found.Sorted()[0].Message
			if c.mayNotTell(dataset.ID) {
				c.withheld[dataset.ID] = "its dataset is faulty"
			}
			continue
		}
		c.imported[dataset.ID] = one
		held = append(held, one.dataset)
		c.asOf = max(c.asOf, one.dataset.Released)
	}
	c.project.Datasets = c.project.Datasets.With(held...)
	found, err := c.agree(ctx)
	return append(faults, found...), err
}

// agree holds datasets against each other where two have the same figure. A warning stays with the dataset whose check it
// is.
func (c *computation) agree(ctx context.Context) (fault.List, error) {
	known := quality.Context{Others: map[string]quality.Other{}}
	for id, one := range c.imported {
		known.Others[id] = quality.Other{Dataset: one.dataset, Table: tableOf(id)}
	}
	var faults fault.List
	for _, dataset := range c.project.Datasets.Datasets {
		one, held := c.imported[dataset.ID]
		if !held {
			continue
		}
		found, err := known.Agree(ctx, c.session, one.dataset, tableOf(dataset.ID), one.place)
		if err != nil {
			return nil, err
		}
		faults.Add(found...)
		one.warnings.Add(found.Warnings()...)
		c.imported[dataset.ID] = one
	}
	return faults, nil
}

// measure aggregates each dataset in one statement and turns the tables into results.
func (c *computation) measure(ctx context.Context, options Options) error {
	on := c.basis(c.desk.found())
	set, index, guard, same := c.desk.measured(on)
	if !same {
		tables, err := c.aggregateAll(ctx, options)
		defer func() {
			for _, table := range tables {
				letGo(table)
			}
		}()
		if err != nil {
			return err
		}
		options.step("measure")
		if guard, err = c.protection(tables); err != nil {
			return err
		}
		scope := on.scope
		scope.Protection = guard
		if set, err = c.desk.measurer().Measure(scope, tables, c.plan.indicators); err != nil {
			return err
		}
		index = scorecard.NewIndex(set, c.project.Config.Focus)
		c.desk.keep(c.basis(index), set, index, guard)
	}
	set.Progress = c.progress(options.AsOf)
	c.set, c.index, c.guard = set, index, guard
	if c.project.governed() {
		c.findings(options)
	}
	return nil
}

// aggregateAll is the aggregated table of each dataset, those among them that were made before an error too; the caller
// releases them.
func (c *computation) aggregateAll(ctx context.Context, options Options) (map[string]measure.Table, error) {
	options.step("aggregate")
	tables := map[string]measure.Table{}
	aggregate := func(ids []string) error {
		for _, id := range ids {
			table, err := c.desk.table(id, func() (measure.Table, error) { return c.aggregate(ctx, id) })
			if err != nil {
				return err
			}
			one := c.imported[id]
			table.Warnings, table.Snapshot = c.warningsOf(id, one.warnings), snapshotID(one.received.SHA256)
			if c.hides(id) {
				// Who knows all but a few figures of a file finds those by its hash.
				table.Snapshot = ""
			}
			tables[id] = table
		}
		return nil
	}
	large, small := c.bySize()
	if err := aggregate(large); err != nil {
		return tables, err
	}
	// Typed rows on disk cannot be read behind the lock, nor can a preview load more.
	if c.desk == nil && (!c.staysOpen || len(large) == 0) {
		if err := c.session.Lock(ctx); err != nil {
			return tables, err
		}
	}
	return tables, aggregate(small)
}

// bySize parts the datasets that the plan reads into those whose rows are on disk and those in memory.
func (c *computation) bySize() (large, small []string) {
	for _, id := range c.plan.datasets() {
		one, held := c.imported[id]
		switch {
		case !held:
		case one.parquet != "":
			large = append(large, id)
		default:
			small = append(small, id)
		}
	}
	return large, small
}

// aggregate runs a dataset's one statement and reads its result as Arrow.
func (c *computation) aggregate(ctx context.Context, id string) (measure.Table, error) {
	input := c.plan.inputs[id]
	var err error
	if input.Rollup, err = c.rollup(ctx, id); err != nil {
		return measure.Table{}, err
	}
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
	table := measure.Table{Dataset: one.dataset, Records: records}
	for _, item := range input.Items {
		table.Items = append(table.Items, item.Name)
	}
	if table.Ranked, err = c.ranked(ctx, id, input); err != nil {
		warehouse.Release(records)
		return measure.Table{}, fmt.Errorf("aggregate %s: %w", id, err)
	}
	return table, nil
}

// warningsOf are the warnings of a dataset as its pages print them.
func (c *computation) warningsOf(id string, found fault.List) []string {
	var messages []string
	for _, warning := range found {
		messages = append(messages, warning.Message)
	}
	if c.mayNotTell(id) && len(messages) > 0 {
		return []string{(&measure.Protection{}).Discreet(id)}
	}
	return messages
}

// snapshotID is as much of a content hash as tells snapshots apart in a table; the manifest has all of it.
func snapshotID(sha string) string { return sha[:min(12, len(sha))] }

// scope is what the results are about.
func (c *computation) scope() measure.Scope {
	config := c.project.Config
	scope := measure.Scope{
		Focus: config.Focus, England: config.Comparators.England, Region: config.Comparators.Region, DefaultSet: config.Comparators.Neighbours,
		Places: map[string]measure.Place{}, Ranked: map[string]bool{}, Neighbours: map[string][]string{},
		Withheld: c.withheld, AsOf: c.asOf, Targets: map[string][]seeds.Target{},
	}
	for _, target := range c.project.Targets {
		scope.Targets[target.Indicator] = append(scope.Targets[target.Indicator], target)
	}
	for _, area := range slices.Concat(c.project.Areas.All(), c.project.Areas.Small()) {
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

// progress is the state of every deliverable and commitment, today or on a day: the newest report, or the strategy's own
// word.
func (c *computation) progress(asOf string) []results.Progress {
	var rows []results.Progress
	reports := slices.DeleteFunc(slices.Clone(c.project.Progress), func(p seeds.Progress) bool { return asOf != "" && p.AsOf > asOf })
	for _, statement := range c.project.Strategy.Statements {
		if statement.Kind != seeds.Deliverable && statement.Kind != seeds.Commitment {
			continue
		}
		row := results.Progress{
			ID: statement.ID, Goal: statement.Goal, Kind: statement.Kind, Title: statement.Title, Due: statement.Due,
			Status: statement.Status, AsOf: statement.StatusAsOf,
		}
		if report, found := seeds.Latest(reports, statement.ID); found {
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
