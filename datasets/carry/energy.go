package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// energyDatasets lists what is carried from the Department for Energy Security
// and Net Zero.
func energyDatasets() []carried {
	return []carried{{
		id:      "desnz-fuel-poverty",
		columns: values("households", "fuel_poor", "fuel_poverty_percent"),
		fill:    fillFuelPoverty,
	}}
}

// fuelPovertyHeadings are the headings of Table 2 that are carried. The name of
// an area stands in one of three cells by its rank, so the code is the key.
var fuelPovertyHeadings = map[int]struct{ heading, column string }{
	4: {"Number of households", "households"},
	5: {"Number of households in fuel poverty", "fuel_poor"},
	6: {"Proportion of households fuel poor (%)", "fuel_poverty_percent"},
}

func fillFuelPoverty(publishers string, into *table) error {
	file, err := workbook(filepath.Join(publishers, "desnz-fuel-poverty", "2022_Sub-Regional-Data-LILEE.xlsx"))
	if err != nil {
		return err
	}
	defer file.Close()
	rows, err := sheetRows(file, "Table 2")
	if err != nil {
		return err
	}
	inBody := false
	for number, cells := range rows {
		if cellAt(cells, 0) == "Area Codes" {
			inBody = true
			for i, wanted := range fuelPovertyHeadings {
				if got := strings.TrimSpace(cellAt(cells, i)); got != wanted.heading {
					return fmt.Errorf("heading %q, want %q", got, wanted.heading)
				}
			}
			continue
		}
		area, isCarried := currentArea(cellAt(cells, 0))
		if !inBody || !isCarried {
			continue
		}
		for i, wanted := range fuelPovertyHeadings {
			contents, err := statisticalMarkers.parse(cellAt(cells, i))
			if err == nil {
				err = into.set(place{area: area, period: "2022"}, wanted.column, contents)
			}
			if err != nil {
				return fmt.Errorf("sheet Table 2: row %d: %w", number+1, err)
			}
		}
	}
	if !inBody {
		return fmt.Errorf("sheet Table 2: no header row")
	}
	return nil
}
