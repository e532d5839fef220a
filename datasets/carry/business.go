package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

// businessWorkbook is the Office for National Statistics' business demography,
// with one sheet for each table and vintage of areas.
const businessWorkbook = "ons-business-demography/businessdemographyexceltables2024.xlsx"

// businessDatasets lists the datasets carried from business demography.
func businessDatasets() []carried {
	return []carried{
		{
			id:      "ons-business-demography",
			columns: values("births", "deaths", "active", "high_growth", "active_10_or_more_employees"),
			fill:    fillBusinessDemography,
		},
		{
			id:      "ons-business-survival",
			columns: values("births", "survived_1", "survived_2", "survived_3", "survived_4", "survived_5"),
			fill:    fillBusinessSurvival,
		},
	}
}

// businessMarkers: a colon stands for a year that has not come yet.
var businessMarkers = markers{":": "x"}

// businessTables are the tables of counts; each has sheets a to d.
var businessTables = []struct{ table, column string }{
	{"Table 1.1", "births"},
	{"Table 2.1", "deaths"},
	{"Table 3.1", "active"},
	{"Table 7.1", "high_growth"},
	{"Table 7.3", "active_10_or_more_employees"},
}

// provisionalDeaths: the workbook's note 5 says that the latest two years of
// deaths are adjusted for reactivations, provisional and subject to revision.
var provisionalDeaths = map[string]bool{"2023": true, "2024": true}

func fillBusinessDemography(publishers string, into *table) error {
	file, err := workbook(filepath.Join(publishers, businessWorkbook))
	if err != nil {
		return err
	}
	defer file.Close()
	for _, counts := range businessTables {
		for _, vintage := range []string{"a", "b", "c", "d"} {
			rows, err := sheetRows(file, counts.table+vintage)
			if err != nil {
				return err
			}
			if err := carryCounts(rows, counts.column, into); err != nil {
				return fmt.Errorf("sheet %s%s: %w", counts.table, vintage, err)
			}
		}
	}
	return nil
}

// carryCounts carries a sheet whose header row holds years from the third cell.
func carryCounts(rows [][]string, columnName string, into *table) error {
	var years []string
	for number, cells := range rows {
		if years == nil {
			years = headerYears(cells)
			continue
		}
		area, isCarried := currentArea(cellAt(cells, 0))
		if !isCarried {
			continue
		}
		for i, year := range years {
			contents, err := businessMarkers.parse(cellAt(cells, i+2))
			if err != nil {
				return fmt.Errorf("row %d: %w", number+1, err)
			}
			if columnName == "deaths" && contents.number != "" && provisionalDeaths[year] {
				contents.status = "p"
			}
			if err := into.set(place{area: area, period: year}, columnName, contents); err != nil {
				return fmt.Errorf("row %d: %w", number+1, err)
			}
		}
	}
	if years == nil {
		return fmt.Errorf("no header row with years")
	}
	return nil
}

// headerYears returns the years of a header row, or nothing for any other row.
func headerYears(cells []string) []string {
	if len(cells) < 3 || strings.TrimSpace(cells[0]) != "" {
		return nil
	}
	var years []string
	for _, text := range cells[2:] {
		if text = strings.TrimSpace(text); !calendarYear.MatchString(text) {
			return nil
		}
		years = append(years, text)
	}
	return years
}

func cellAt(cells []string, i int) string {
	if i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

var birthsHeading = regexp.MustCompile(`^(\d{4}) Births$`)

// survivalColumns are the cells of a survival row: the births, then for each year
// after birth a count and a percentage. Only counts are carried.
var survivalColumns = []struct {
	index  int
	column string
}{
	{2, "births"}, {3, "survived_1"}, {5, "survived_2"}, {7, "survived_3"}, {9, "survived_4"}, {11, "survived_5"},
}

func fillBusinessSurvival(publishers string, into *table) error {
	file, err := workbook(filepath.Join(publishers, businessWorkbook))
	if err != nil {
		return err
	}
	defer file.Close()
	for _, vintage := range []string{"a", "b", "c", "d", "e"} {
		rows, err := sheetRows(file, "Table 5.1"+vintage)
		if err != nil {
			return err
		}
		if err := carrySurvival(rows, into); err != nil {
			return fmt.Errorf("sheet Table 5.1%s: %w", vintage, err)
		}
	}
	return nil
}

func carrySurvival(rows [][]string, into *table) error {
	year := ""
	for number, cells := range rows {
		if found := birthsHeading.FindStringSubmatch(cellAt(cells, 2)); found != nil {
			year = found[1]
			if err := checkSurvivalHeader(cells); err != nil {
				return err
			}
			continue
		}
		area, isCarried := currentArea(cellAt(cells, 0))
		if year == "" || !isCarried {
			continue
		}
		for _, wanted := range survivalColumns {
			contents, err := businessMarkers.parse(cellAt(cells, wanted.index))
			if err == nil {
				err = into.set(place{area: area, period: year}, wanted.column, contents)
			}
			if err != nil {
				return fmt.Errorf("row %d: %w", number+1, err)
			}
		}
	}
	if year == "" {
		return fmt.Errorf("no header row with births")
	}
	return nil
}

func checkSurvivalHeader(cells []string) error {
	for i, wanted := range survivalColumns[1:] {
		if got, want := cellAt(cells, wanted.index), fmt.Sprintf("%d-year survival", i+1); got != want {
			return fmt.Errorf("heading %q, want %q", got, want)
		}
	}
	return nil
}
