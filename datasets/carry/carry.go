package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"levelfield/engine"
	"levelfield/seeds"
)

// macros are what the specifications may use beside DuckDB's own functions.
var macros = []string{
	// The split year that ends in a year: 2025 as 2024/25.
	"CREATE MACRO ending(year) AS (year::INTEGER - 1)::VARCHAR || '/' || right(year::VARCHAR, 2)",
	// Whether the percentage of a group gives away what a few people do: its publisher suppressed it, it is of fewer than
	// fifty people, or of fewer than five whom it counts. A group that is not there (z) gives nothing away.
	"CREATE MACRO small(people, percent, status) AS coalesce(status, '') <> 'z' AND " +
		"(percent IS NULL OR people < 50 OR round(people * percent / 100) BETWEEN 1 AND 4)",
}

// carryAll returns the bytes of every file of figures by its name in the folder of datasets. Each publisher's file is read
// once.
func carryAll(ctx context.Context, root, publishers string) (map[string][]byte, error) {
	specs, err := readSpecs(root)
	if err != nil {
		return nil, err
	}
	areas, faults := seeds.LoadAreas(seeds.Files(), "areas.csv")
	if len(faults) > 0 {
		return nil, faults
	}
	tables := map[string]*table{}
	var sources []string
	for _, one := range specs {
		tables[one.name()] = newTable(one.target)
		for _, p := range one.Parts {
			sources = append(sources, p.From...)
		}
	}
	slices.Sort(sources)
	for _, source := range slices.Compact(sources) {
		if err := carrySource(ctx, root, publishers, source, specs, tables, areas); err != nil {
			return nil, fmt.Errorf("carry from %s: %w", source, err)
		}
	}
	written := map[string][]byte{}
	for name, table := range tables {
		if written[name], err = table.csv(); err != nil {
			return nil, fmt.Errorf("carry %s: %w", name, err)
		}
	}
	return written, nil
}

// carrySource reads one publisher's file and puts what each dataset takes of it into its table.
func carrySource(ctx context.Context, root, publishers, source string, specs []spec, tables map[string]*table, areas seeds.Areas) (err error) {
	described, err := readDescription(root, source)
	if err != nil {
		return err
	}
	typed, faults, err := engine.OpenTyped(ctx, engine.Options{Project: os.DirFS(publishers)}, described)
	if err != nil {
		return err
	}
	if typed == nil {
		return faults.Errors()
	}
	defer func() { _ = typed.Close() }()
	for _, macro := range macros {
		if err := typed.Exec(ctx, macro); err != nil {
			return err
		}
	}
	for _, one := range specs {
		for _, p := range one.Parts {
			if !slices.Contains(p.From, source) {
				continue
			}
			query, columns, err := p.query(one.target, described)
			if err != nil {
				return fmt.Errorf("%s: %w", one.id, err)
			}
			_, rows, err := typed.Query(ctx, query)
			if err != nil {
				return fmt.Errorf("%s: %w", one.id, err)
			}
			if len(rows) == 0 {
				return fmt.Errorf("%s: no row fulfils %s", one.id, p.Where)
			}
			for _, row := range rows {
				if err := one.take(row, columns, tables[one.name()], areas); err != nil {
					return fmt.Errorf("%s: %w", one.id, err)
				}
			}
		}
	}
	return nil
}

// take puts a row of a part into the table.
func (s spec) take(row, columns []string, into *table, areas seeds.Areas) error {
	at := place{area: row[0], period: row[1], categories: row[2 : len(row)-2*len(columns)]}
	kind, _ := seeds.KindOf(at.area)
	if s.Areas == "" && !slices.Contains(s.Also, at.area) && !slices.Contains(s.Kinds, kind) {
		kept := false
		if at.area, kept = carriedArea(at.area, areas); !kept {
			return nil
		}
	}
	cells := row[len(row)-2*len(columns):]
	for i, name := range columns {
		if err := into.set(at, name, cell{number: cells[2*i], status: cells[2*i+1]}); err != nil {
			return err
		}
	}
	return nil
}

// carriedArea is the code in force of an area, and whether it is one that is carried: England, a region, or an upper-tier or
// unitary authority, of today or of another day. A council that was split, or joined with others, keeps its code: its
// figures describe another area.
func carriedArea(code string, areas seeds.Areas) (string, bool) {
	if renamed, is := areas.Renamed(code); is {
		code = renamed
	}
	area, known := areas.Lookup(code)
	return code, known && (code == england || area.Type == seeds.Region || area.UpperTier())
}

const england = "E92000001"
