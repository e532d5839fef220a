package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
)

// A toolSeries is one measure of the Department for Education's local authority
// interactive tool, and where it goes.
type toolSeries struct {
	measure  string
	column   string
	category string // empty in a dataset without a category column
}

// A toolDataset is a dataset made from measures of the tool.
type toolDataset struct {
	id          string
	category    string
	period      periodOf
	areas       []string // all areas when empty
	provisional string   // a period that the publisher calls provisional
	series      []toolSeries
}

func toolDatasets() []toolDataset {
	return []toolDataset{
		{id: "dfe-eyfsp", category: "free_school_meals", period: splitYearEnding, series: []toolSeries{
			{"FSP_NEW_GOODDEV", "good_level_percent", "all"},
			{"FSP_Gooddev_FSM", "good_level_percent", "eligible"},
			{"FSP_Gooddev_FSM_Other", "good_level_percent", "not-eligible"},
		}},
		{id: "dfe-key-stage-2", category: "disadvantage", period: splitYearEnding, series: []toolSeries{
			{"KS2RWM_Expected_STD", "expected_standard_percent", "all"},
			{"DAP_NEW_KS2_RWM", "expected_standard_percent", "disadvantaged"},
			{"NonDAP_NEW_KS2_RWM", "expected_standard_percent", "other"},
		}},
		{id: "dfe-key-stage-4", category: "disadvantage", period: splitYearEnding, series: []toolSeries{
			{"AVG_Attain8_Score", "attainment_8", "all"},
			{"DAP_KS4_ATT8", "attainment_8", "disadvantaged"},
			{"NonDAP_KS4_ATT8", "attainment_8", "other"},
		}},
		{id: "dfe-progress-8", period: splitYearEnding, series: []toolSeries{
			{"AVG_Prog8_Score", "progress_8", ""},
		}},
		{id: "dfe-level-3-by-19", category: "free_school_meals", period: splitYearEnding, series: []toolSeries{
			{"Level3Age19", "level_3_percent", "all"},
			{"Level3_FMS_Attain", "level_3_percent", "eligible"},
			{"NonFSM_L3_aged19", "level_3_percent", "not-eligible"},
		}},
		{id: "dfe-level-3-by-19-gap", period: splitYearEnding, series: []toolSeries{
			{"L3Age19Gap", "free_school_meals_gap", ""},
		}},
		{id: "dfe-level-2-by-19", period: splitYearEnding, series: []toolSeries{
			{"L2Age19_E&M_not16", "english_and_maths_percent", ""},
		}},
		{id: "dfe-higher-education-by-19", category: "free_school_meals", period: dashedSplitYear, series: []toolSeries{
			{"HE_19_All", "higher_education_percent", "all"},
			{"HE_19_FSM", "higher_education_percent", "eligible"},
			{"HE_19_Non_FSM", "higher_education_percent", "not-eligible"},
		}},
		{id: "dfe-lait-low-income", period: splitYearEnding, areas: []string{england}, provisional: "2024/25", series: []toolSeries{
			{"ChildPov", "before_housing_costs_percent", ""},
		}},
	}
}

// interactiveToolDatasets lists the datasets carried from the tool's one file.
func interactiveToolDatasets() []carried {
	var datasets []carried
	for _, spec := range toolDatasets() {
		made := carried{id: spec.id, fill: spec.carry}
		if spec.category != "" {
			made.categories = []string{spec.category}
			made.columns = values(spec.series[0].column)
		} else {
			for _, series := range spec.series {
				made.columns = append(made.columns, column{name: series.column})
			}
		}
		datasets = append(datasets, made)
	}
	return datasets
}

// toolMarkers: the tool prints a dash or NA both for what is suppressed and for
// what is not published, so nothing more than "not available" can be said.
var toolMarkers = markers{"-": "x", "NA": "x"}

func (spec toolDataset) carry(publishers string, into *table) error {
	areas, err := educationAreas(publishers)
	if err != nil {
		return err
	}
	measures := map[string]toolSeries{}
	for _, series := range spec.series {
		measures[series.measure] = series
	}
	found := map[string]bool{}
	err = eachToolRow(filepath.Join(publishers, "dfe-lait", "bds_long_0.parquet"), func(r toolRow) error {
		series, wanted := measures[r.measure]
		area, isCarried := areas[r.area]
		if !wanted || !isCarried || (len(spec.areas) > 0 && area != spec.areas[0]) {
			return nil
		}
		found[r.measure] = true
		return spec.carryRow(r, area, series, into)
	})
	if err != nil {
		return err
	}
	for _, series := range spec.series {
		if !found[series.measure] {
			return fmt.Errorf("no row of measure %q", series.measure)
		}
	}
	return nil
}

func (spec toolDataset) carryRow(r toolRow, area string, series toolSeries, into *table) error {
	period, err := spec.period(r.year)
	if err != nil {
		return err
	}
	contents, err := toolMarkers.parse(r.value)
	if err != nil {
		return fmt.Errorf("%s %s %s: %w", r.measure, r.area, r.year, err)
	}
	if contents.number != "" && period == spec.provisional {
		contents.status = "p"
	}
	at := place{area: area, period: period}
	if spec.category != "" {
		at.categories = []string{series.category}
	}
	return into.set(at, series.column, contents)
}

// A toolRow is one figure of the tool: measure, year, three-digit area, value.
type toolRow struct {
	measure, year, area, value string
}

// eachToolRow visits every row of the tool's Parquet file, a row group at a time.
func eachToolRow(path string, visit func(toolRow) error) error {
	reader, err := file.OpenParquetFile(path, false)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	defer reader.Close()
	schema := reader.MetaData().Schema
	columns := map[string]int{}
	for _, name := range []string{"Short Desc", "Years", "Values", "LA Number"} {
		index := schema.ColumnIndexByName(name)
		if index < 0 {
			return fmt.Errorf("%s: no column %q", path, name)
		}
		columns[name] = index
	}
	for group := range reader.NumRowGroups() {
		rows, err := readToolGroup(reader.RowGroup(group), columns)
		if err != nil {
			return fmt.Errorf("%s: row group %d: %w", path, group, err)
		}
		for _, r := range rows {
			if err := visit(r); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	return nil
}

func readToolGroup(group *file.RowGroupReader, columns map[string]int) ([]toolRow, error) {
	rows := make([]toolRow, group.NumRows())
	targets := map[string]func(i int, text string){
		"Short Desc": func(i int, text string) { rows[i].measure = text },
		"Years":      func(i int, text string) { rows[i].year = text },
		"Values":     func(i int, text string) { rows[i].value = text },
		"LA Number":  func(i int, text string) { rows[i].area = text },
	}
	for name, target := range targets {
		chunk, err := group.Column(columns[name])
		if err != nil {
			return nil, err
		}
		if err := readToolColumn(chunk, len(rows), target); err != nil {
			return nil, fmt.Errorf("column %s: %w", name, err)
		}
	}
	return rows, nil
}

// readToolColumn hands every filled cell of a column to target. All columns are
// optional and flat, so a definition level of one means filled.
func readToolColumn(chunk file.ColumnChunkReader, rows int, target func(i int, text string)) error {
	levels := make([]int16, rows)
	switch typed := chunk.(type) {
	case *file.ByteArrayColumnChunkReader:
		return readBatches(rows, levels, typed.ReadBatch, func(v parquet.ByteArray) string { return string(v) }, target)
	case *file.Float64ColumnChunkReader:
		return readBatches(rows, levels, typed.ReadBatch, func(v float64) string {
			return strconv.Itoa(int(math.Round(v)))
		}, target)
	}
	return fmt.Errorf("type %T is not expected", chunk)
}

func readBatches[T any](rows int, levels []int16,
	read func(int64, []T, []int16, []int16) (int64, int, error),
	text func(T) string, target func(i int, text string),
) error {
	batch := make([]T, rows)
	for done := 0; done < rows; {
		total, _, err := read(int64(rows-done), batch, levels, nil)
		if err != nil {
			return err
		}
		if total == 0 {
			return fmt.Errorf("ends after %d of %d rows", done, rows)
		}
		next := 0
		for i := range int(total) {
			if levels[i] == 1 {
				target(done+i, text(batch[next]))
				next++
			}
		}
		done += int(total)
	}
	return nil
}
