// Package seeds is what every scorecard grows from: a strategy as data, the areas of England, their statistical
// neighbours, and the built-in project around them.
//
// The main types, in the order in which a run meets them:
//
//   - [Strategy]: goals and [Statement] values (aims, ambitions, means, challenges, commitments, deliverables), each
//     with a stable id such as 4B/deliverable/skills-scorecard.
//   - [Areas]: authorities, regions and countries by code, with parents, dates and successors; other publishers' codes
//     for them by [Scheme], and never their names; kinds such as wards, of which no table is held, by [KindOf].
//   - [Neighbours]: named sets of areas that are alike, in rank order.
//   - [Project]: the focus area, its comparators and the boards, from levelfield.yaml.
//   - [Progress]: what became of commitments and deliverables, from progress/*.csv.
//
// [Files] is the built-in tree; the loaders read the same files from any other tree:
//
//	areas, faults := seeds.LoadAreas(seeds.Files(), "areas.csv")
//	thurrock, found := areas.Lookup("E06000034")
//	county := areas.Successors("E10000021") // E06000061 and E06000062
//
// Every loader reports all faults of its file, with places, and returns what could be read. The package does not turn
// a figure for an old area into one for its successor, computes nothing, and writes nothing.
package seeds

import (
	"embed"
	"io/fs"
)

//go:embed areas.csv area_codes.csv neighbours.csv strategy.yaml PROVENANCE.md project
var files embed.FS

// Files is the built-in tree: areas.csv, area_codes.csv, neighbours.csv, strategy.yaml, PROVENANCE.md and project/.
func Files() fs.FS { return files }
