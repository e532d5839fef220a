package engine

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"levelfield/datasets"
	"levelfield/engine/aggregate"
	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/indicators"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// The files of a project folder.
const (
	projectFile  = "levelfield.yaml"
	strategyFile = "strategy.yaml"
	areasFile    = "areas.csv"
	tilesFile    = "tiles.csv"
	boundsFile   = "boundaries.geojson"

	targetsFile      = "targets.csv"
	overridesFile    = "overrides.csv"
	approvalsFile    = "approvals.yaml"
	commentaryFolder = "commentary"
)

// Project is a loaded project folder: every definition, read and checked for what one file can say about itself.
type Project struct {
	Files      fs.FS
	Config     seeds.Project
	Strategy   seeds.Strategy
	Indicators indicators.Catalogue
	Datasets   datasets.Collection
	Boards     scorecard.Boards
	Areas      seeds.Areas
	Neighbours seeds.Neighbours
	Progress   []seeds.Progress
	Targets    []seeds.Target
	Overrides  []seeds.Override
	Commentary []seeds.Comment
	Approvals  seeds.Approvals
	// Tiles are the places of small areas on a map of tiles.
	Tiles seeds.Tiles
	// Boundaries are the outlines of small areas, for maps.
	Boundaries seeds.Boundaries
}

// Load reads a project folder and reports every fault of every file, those between files included: unknown goals,
// statements, datasets, boards and indicators.
func Load(fsys fs.FS) (Project, fault.List) {
	fsys = onlyFiles(fsys)
	project := Project{Files: fsys}
	var faults fault.List
	if !isProject(fsys) {
		return project, fault.List{fault.At(projectFile, 0, 0).Errorf("", "is not there, so this folder is no project").Hint("name the project folder with --project")}
	}
	collect := func(found fault.List) { faults.Add(found...) }
	var found fault.List
	ground := readGround()
	project.Areas, project.Neighbours = ground.areas, ground.neighbours
	collect(ground.faults)
	project.Areas, found = seeds.LoadSmallAreas(fsys, areasFile, project.Areas)
	collect(found)
	project.Tiles, found = seeds.LoadTiles(fsys, tilesFile, project.Areas)
	collect(found)
	project.Boundaries, found = seeds.LoadBoundaries(fsys, boundsFile, project.Areas)
	collect(found)
	project.Config, found = seeds.LoadProject(fsys, projectFile, project.Areas, project.Neighbours)
	collect(found)
	project.Strategy, found = seeds.LoadStrategy(fsys, strategyFile)
	collect(found)
	project.Indicators, found = indicators.Load(fsys, "indicators")
	collect(found)
	project.Datasets, found = datasets.Load(fsys, "datasets")
	collect(found)
	project.Boards, found = scorecard.LoadBoards(fsys, "boards")
	collect(found)
	project.Progress, found = seeds.LoadProgress(fsys, "progress", project.Strategy)
	collect(found)
	collect(project.loadGovernance(fsys))
	if len(project.Strategy.Goals) > 0 {
		faults.Add(project.references()...)
		faults.Add(project.governanceReferences()...)
	}
	return project, faults.Sorted()
}

// ground is what every project grows from, and none changes.
type ground struct {
	areas      seeds.Areas
	neighbours seeds.Neighbours
	faults     fault.List
}

// readGround reads it once.
var readGround = sync.OnceValue(func() (g ground) {
	var found fault.List
	g.areas, g.faults = loadAreas()
	g.neighbours, found = seeds.LoadNeighbours(seeds.Files(), "neighbours.csv", g.areas)
	g.faults.Add(found...)
	return g
})

// loadAreas reads the areas that every project knows, with other publishers' codes for them.
func loadAreas() (seeds.Areas, fault.List) {
	areas, faults := seeds.LoadAreas(seeds.Files(), "areas.csv")
	areas, found := seeds.LoadAreaCodes(seeds.Files(), "area_codes.csv", areas)
	faults.Add(found...)
	return areas, faults
}

// references are the faults between files.
func (p Project) references() fault.List {
	var faults fault.List
	policies := p.policies()
	for _, definition := range p.Indicators.Definitions {
		faults.Add(p.goalReferences(definition)...)
		faults.Add(p.dataReferences(definition)...)
		faults.Add(p.disclosureReferences(definition, policies)...)
	}
	for _, dataset := range p.Datasets.Datasets {
		for _, column := range dataset.Role("category") {
			if aggregate.Reserved(column.Name) {
				faults.Add(p.Datasets.At(dataset.ID, "columns").Errorf("columns", "a category cannot be called %s, which the aggregated table uses", column.Name))
			}
		}
		faults.Add(p.checkReferences(dataset)...)
		faults.Add(p.knownReferences(dataset)...)
		faults.Add(p.completeReferences(dataset)...)
	}
	for _, board := range p.Boards.Boards {
		faults.Add(p.boardReferences(board)...)
	}
	for i, id := range p.Config.Boards {
		if !p.Boards.Known(id) {
			faults.Add(fault.At(projectFile, 0, 0).Errorf(fmt.Sprintf("boards[%d]", i), "no board %q", id).Hint("boards are the files of the folder boards"))
		}
	}
	return faults
}

// checkReferences are the faults of checks that name another dataset.
func (p Project) checkReferences(dataset datasets.Dataset) fault.List {
	var faults fault.List
	for i, check := range dataset.Checks {
		if check.With == "" {
			continue
		}
		part := fmt.Sprintf("checks[%d].with", i)
		id, column, _ := strings.Cut(check.With, "/")
		other, known := p.Datasets.Lookup(id)
		if !known {
			faults.Add(p.noDataset(p.Datasets.At(dataset.ID, part), part, id)...)
			continue
		}
		if _, known := other.Column(column); !known {
			faults.Add(p.Datasets.At(dataset.ID, part).Errorf(part, "the dataset %s has no column %q", id, column))
		}
		for _, pair := range [][2]datasets.Dataset{{dataset, other}, {other, dataset}} {
			for _, category := range pair[0].Role("category") {
				if shared, is := pair[1].Column(category.Name); category.Total == "" && !(is && shared.Role == "category") {
					faults.Add(p.Datasets.At(dataset.ID, part).Errorf(part, "the category %s of %s has no total, and %s does not know it", category.Name, pair[0].ID, pair[1].ID))
				}
			}
		}
	}
	return faults
}

func (p Project) goalReferences(definition indicators.Definition) fault.List {
	var faults fault.List
	at := func(part, format string, args ...any) fault.Fault {
		return p.Indicators.At(definition.ID, part).Errorf(part, format, args...)
	}
	for i, goal := range definition.Goals {
		part := fmt.Sprintf("goals[%d]", i)
		if _, known := p.Strategy.Goal(goal); !known {
			var codes []string
			for _, g := range p.Strategy.Goals {
				codes = append(codes, g.ID)
			}
			faults.Add(at(part, "no goal %q in the strategy", goal).Hint("the goals are %s", strings.Join(codes, ", ")))
		}
	}
	for i, statement := range definition.EvidenceFor {
		part := fmt.Sprintf("evidence_for[%d]", i)
		if _, known := p.Strategy.Statement(statement); !known {
			faults.Add(at(part, "no statement %q in the strategy", statement).Hint("the statements are listed in %s", strategyFile))
		}
	}
	return faults
}

// noDataset is the fault of a definition that names a dataset which is not there. One that is there and faulty has told so.
func (p Project) noDataset(at fault.Place, part, id string) fault.List {
	if p.Datasets.Known(id) {
		return nil
	}
	return fault.List{at.Errorf(part, "no dataset %q", id).Hint("datasets are the folders of the folder datasets")}
}

// restsOn says whether an indicator, followed through those it is made of, comes back to the indicator id.
func (p Project) restsOn(id string, definition indicators.Definition, seen map[string]bool) bool {
	for _, operand := range definition.Operands() {
		of, known := p.Indicators.Lookup(operand)
		switch {
		case operand == id:
			return true
		case !known || seen[operand]:
			continue
		}
		seen[operand] = true
		if p.restsOn(id, of, seen) {
			return true
		}
	}
	return false
}

// cannotPool says why the years of an indicator cannot be added up, or is empty.
func (p Project) cannotPool(of indicators.Definition) string {
	proportion := of.Measure.Proportion
	switch kind := p.periodKind(of, 0); {
	case of.Measure.Rate == nil && (proportion == nil || proportion.Numerator == ""):
		return "has no counts to be added up: it is no rate and no proportion with a numerator"
	case kind != "" && kind != period.Calendar && kind != period.Financial:
		return "is not by calendar or financial years"
	}
	return ""
}

func (p Project) categoryReferences(definition indicators.Definition, dataset datasets.Dataset) fault.List {
	var faults fault.List
	isCategory := func(name string) bool {
		column, found := dataset.Column(name)
		return found && column.Role == "category"
	}
	for name, column := range definition.Breakdowns {
		if part := "breakdowns." + name; !isCategory(column) {
			faults.Add(p.Indicators.At(definition.ID, part).Errorf(part, "the dataset %s has no category column %q", dataset.ID, column))
		}
	}
	for column := range definition.Only {
		if part := "only." + column; !isCategory(column) {
			faults.Add(p.Indicators.At(definition.ID, part).Errorf(part, "the dataset %s has no category column %q", dataset.ID, column))
		}
	}
	bands := definition.Measure.Bands()
	if part := "measure." + definition.Measure.Kind() + ".bands"; bands != "" && !isCategory(bands) {
		faults.Add(p.Indicators.At(definition.ID, part).Errorf(part, "the dataset %s has no category column %q", dataset.ID, bands))
	}
	for _, column := range dataset.Role("category") {
		if _, picked := definition.Only[column.Name]; !picked && column.Name != bands && column.Total == "" && dataset.Aggregates == "published" {
			faults.Add(p.Indicators.At(definition.ID, "dataset").Errorf("dataset", "the column %s of %s has no total", column.Name, dataset.ID).Hint("pick a category: only: {%s: …}", column.Name))
		}
	}
	return faults
}
