package statstable_test

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"levelfield/engine/statstable"
	"pgregory.net/rapid"
)

// extreme are cells that break arithmetic: nothing, nought, the smallest and the largest numbers, equal ones, negative ones.
var extreme = []string{"", "", "0", "-0", "5e-324", "1e-300", "1e-9", "0.25", "1", "1", "2", "3", "9.99", "10", "11", "40", "5150", "1e9", "1e15", "1e300", "1.7976931348623157e308", "-1", "-1e300"}

// texts are the cells of the columns that are no numbers.
var texts = map[string][]string{
	"group": {"A", "B"}, "series": {"A", "A", "B"}, "area": {"a", "b"}, "band": {"0", "1", "2"}, "quantile": {"1", "2", "3", "4", "5", "6"},
	"direction": {"at-least", "at-most", ""}, "rebase": {"", "", "", "1"}, "break": {"", "", "", "1"},
}

// drawn is a table for a method, of extreme cells in all its columns or in some.
func drawn(t *rapid.T, m statstable.Method) string {
	var columns []statstable.Column
	for _, c := range m.Reads {
		if !c.Optional || rapid.Bool().Draw(t, "has "+c.Name) {
			columns = append(columns, c)
		}
	}
	if len(m.AnyOf) > 0 {
		for _, name := range m.AnyOf[rapid.IntRange(0, len(m.AnyOf)-1).Draw(t, "set")] {
			if !slices.ContainsFunc(columns, func(c statstable.Column) bool { return c.Name == name }) {
				columns = append(columns, statstable.Column{Name: name, Number: true})
			}
		}
	}
	if len(columns) == 1 {
		// A line with nothing on it is no row, as CSV has it.
		columns = append(columns, statstable.Column{Name: "area"})
	}
	var table strings.Builder
	for i, c := range columns {
		table.WriteString(map[bool]string{true: ","}[i > 0] + c.Name)
	}
	polarity := rapid.SampledFrom([]string{"high", "low", "neutral"}).Draw(t, "polarity")
	few := rapid.SliceOfN(rapid.SampledFrom(extreme), 1, 4).Draw(t, "cells")
	whole := rapid.SampledFrom([]string{"1", "1", "0"}).Draw(t, "whole")
	among := slices.ContainsFunc(columns, func(c statstable.Column) bool { return c.Name == "neighbours" })
	rows := rapid.IntRange(1, 24).Draw(t, "rows")
	for row := range rows {
		table.WriteString("\n")
		for i, c := range columns {
			cell := rapid.SampledFrom(few).Draw(t, c.Name)
			switch {
			case c.Name == "polarity":
				cell = polarity
			case c.Name == "period" || c.Name == "target_period":
				cell = strconv.Itoa(2000 + row + map[bool]int{true: 30}[c.Name == "target_period"])
			case c.Name == "start_age":
				cell = strconv.Itoa(row * 5)
			case c.Name == "quantile":
				cell = strconv.Itoa(row + 1)
			case among && c.Name == "area":
				cell = strconv.Itoa(row)
			case c.Name == "neighbours":
				cell = besides(row, rows)
			case !c.Number:
				cell = rapid.SampledFrom(texts[c.Name]).Draw(t, c.Name)
			case whole == "0":
				cell = strconv.Itoa(rapid.IntRange(0, 60).Draw(t, c.Name))
			}
			table.WriteString(map[bool]string{true: ","}[i > 0] + cell)
		}
	}
	return table.String() + "\n"
}

// besides are the rows before and after a row, but for every fifth, which is alone.
func besides(row, rows int) string {
	var names []string
	for _, other := range []int{row - 1, row + 1} {
		if other >= 0 && other < rows && row%5 != 4 && other%5 != 4 {
			names = append(names, strconv.Itoa(other))
		}
	}
	return strings.Join(names, ";")
}

// TestPropertyExtremesAreSound holds every method, whatever its options, to its promise for any table that can be read: each
// row has its numbers or a status with a reason, no number is anything but one, and limits stand around the value.
func TestPropertyExtremesAreSound(t *testing.T) {
	t.Parallel()
	for _, m := range statstable.Methods() {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				given := map[string]string{}
				for _, o := range m.Takes {
					switch {
					case o.File != nil:
						given[o.Name] = "reference.csv"
					case len(o.Choices) > 0:
						given[o.Name] = rapid.SampledFrom(o.Choices).Draw(t, o.Name)
					case o.Switch && rapid.Bool().Draw(t, o.Name):
						given[o.Name] = "true"
					}
				}
				reference := "band,x,n"
				for band := range 3 {
					reference += fmt.Sprintf("\n%d,%s,%s", band, rapid.SampledFrom(extreme).Draw(t, "x"), rapid.SampledFrom(extreme).Draw(t, "n"))
				}
				o, err := m.Options(given, func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(reference)), nil })
				if err != nil {
					return
				}
				text := drawn(t, m)
				table, err := m.Read("t.csv", strings.NewReader(text))
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				out, err := m.Run(table, o)
				if err != nil {
					return
				}
				for i, record := range records(t, out)[1:] {
					if problem := unsound(m, out, record); problem != "" {
						t.Fatalf("%v\n%s\nrow %d: %s", given, text, i+1, problem)
					}
				}
			})
		})
	}
}

// unsound says what is wrong with a row of output, or is empty.
func unsound(m statstable.Method, out statstable.Output, record []string) string {
	cells, numbers := map[string]string{}, map[string]float64{}
	for i, name := range out.Header {
		cells[name] = record[i]
	}
	for _, name := range m.Adds {
		if slices.Contains([]string{"method", "status", "reason", "outcome", "rule", "variation", "assurance", "level", "from", "to"}, name) || cells[name] == "" {
			continue
		}
		v, err := strconv.ParseFloat(cells[name], 64)
		if err != nil || v-v != 0 {
			return name + " is no number: " + cells[name]
		}
		numbers[name] = v
	}
	if (cells["status"] != "") && cells["reason"] == "" {
		return "a status without a reason"
	}
	for _, prefix := range []string{"", "sii_", "rii_"} {
		value, is := numbers[map[string]string{"": "value", "sii_": "sii", "rii_": "rii"}[prefix]]
		if f, has := numbers["forecast"]; has {
			value, is = f, true
		}
		if m.Name == "funnel" {
			value, is = numbers["reference"]
		}
		last, name := 0.0, ""
		for _, level := range []string{"lower998", "lower95", "", "upper95", "upper998"} {
			v, given := numbers[prefix+level]
			if level == "" {
				v, given = value, is
			}
			if given && name != "" && v < last {
				return fmt.Sprintf("%s%s is %v, under %s", prefix, level, v, name)
			}
			if given {
				last, name = v, fmt.Sprintf("%s%s %v", prefix, level, v)
			}
			if given && !is && m.Name != "spc" {
				return "limits without a value"
			}
		}
		if cells["status"] == "x" && is && m.Name != "funnel" && prefix == "" {
			return "a value with a status"
		}
		if prefix == "" && cells["status"] == "" && slices.Contains(m.Adds, "value") && !is {
			return "no value and no status"
		}
	}
	return ""
}
