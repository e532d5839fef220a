package engine_test

import (
	"os"
	"path/filepath"
	"testing"
)

// smallProject is the least that builds: one indicator of one figure, by file.
var smallProject = map[string]string{
	"levelfield.yaml": `title: Imports
strategy_line: A strategy
strategy_began: 2024-01
focus: E06000034
comparators: {england: E92000001, region: E12000006, neighbours: dfe-2025}
licence: {name: Open Government Licence v3.0, attribution: Public sector information.}
boards: [main]
`,
	"strategy.yaml": `title: A strategy
domain: Imports
period: 2024 to 2028
goals:
  - {id: "1", title: A goal, short: Goal}
statements:
  - {id: 1/ambition/one, kind: ambition, goal: "1", title: An ambition}
`,
	"datasets/gigabit/dataset.yaml": `title: Gigabit broadband
publisher: Ofcom
release: January 2026
released: "2026-01-31"
label: official
licence: {name: Open Government Licence v3.0, attribution: Public sector information.}
source: {kind: csv, file: figures.csv}
periods: {kind: instant}
aggregates: published
columns:
  - {name: area, role: area, type: text}
  - {name: period, role: period, type: text}
  - {name: gigabit, role: value, type: number}
key: [area, period]
series: current
`,
	"datasets/gigabit/figures.csv": "area,period,gigabit\nE06000034,2026-01-01,93.9\nE92000001,2026-01-01,88.4\n",
	"indicators/1/gigabit.yaml": `title: Premises that can get gigabit broadband
short: Gigabit broadband
says: {noun: Gigabit broadband, of: of premises could get gigabit broadband}
goals: ["1"]
evidence_for: [1/ambition/one]
definition: Premises that can get a gigabit a second, as a share of all.
population: premises
polarity: high
label: official
dataset: gigabit
measure:
  published: {value: gigabit, no_interval: complete-count, why: Every premises is counted.}
unit: "%"
decimals: 1
series: current
`,
	"boards/main.yaml": `title: Imports
kicker: A strategy
goals: ["1"]
sections:
  - {goal: "1", title: Broadband, indicators: [gigabit]}
`,
}

// writeProject writes the small project into a folder.
func writeProject(t *testing.T, folder string) {
	t.Helper()
	for name, text := range smallProject {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
