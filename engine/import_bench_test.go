package engine

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"levelfield/datasets"
	"levelfield/engine/archive"
	"levelfield/engine/warehouse"
)

// personRows is how many records the benchmark of the import has: about 290 MB of text.
const personRows = 10_000_000

// personDataset is a dataset.yaml of person records.
const personDataset = `title: Person records
publisher: A council
release: The first
released: "2026-01-31"
label: local
licence: {name: A licence, attribution: For a benchmark.}
source: {kind: csv, file: people.csv}
periods: {kind: calendar}
aggregates: sum
columns:
  - {name: person, role: category, type: integer}
  - {name: area, role: area, type: text}
  - {name: period, role: period, type: text}
  - {name: sex, role: category, type: text}
  - {name: age, role: category, type: integer}
  - {name: employed, role: count, type: integer}
key: [person]
checks:
  - {rule: unique, level: error}
series: current
`

// writePeople writes records of people in the upper-tier authorities of England.
func writePeople(b *testing.B, file string, areas []string) {
	b.Helper()
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	writer, random := bufio.NewWriterSize(out, 1<<20), rand.New(rand.NewPCG(1, 2))
	fmt.Fprintln(writer, "person,area,period,sex,age,employed")
	for person := range personRows {
		fmt.Fprintf(writer, "%d,%s,%d,%c,%d,%d\n", person, areas[random.IntN(len(areas))], 2021+random.IntN(5), "FM"[random.IntN(2)], 16+random.IntN(49), random.IntN(2))
	}
	if err := writer.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkImportOfTenMillionRows receives, hashes, decodes, types, checks and archives person records, and does the same by
// hand in DuckDB: a hash, read_csv to Parquet with the numbers of the rows, and the check of the key. It reports the ratio
// of the two, and the greatest memory that the process took for the import.
func BenchmarkImportOfTenMillionRows(b *testing.B) {
	folder := b.TempDir()
	project, faults := Load(BuiltIn())
	if len(faults.Errors()) > 0 {
		b.Fatal(faults)
	}
	var areas []string
	for _, area := range project.Areas.UpperTier() {
		areas = append(areas, area.Code)
	}
	file := filepath.Join(folder, "people.csv")
	writePeople(b, file, areas)
	project.Files = os.DirFS(folder)
	var ours, byHand time.Duration
	peak := 0
	for n := 0; b.Loop(); n++ {
		run := filepath.Join(folder, strconv.Itoa(n))
		resetPeak()
		ours += importPeople(b, &project, run)
		peak = max(peak, peakMiB())
		byHand += importByHand(b, file, run)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/import")
	b.ReportMetric(byHand.Seconds()/float64(b.N), "s/by-hand")
	b.ReportMetric(ours.Seconds()/byHand.Seconds(), "ratio")
	b.ReportMetric(float64(peak), "MiB")
}

// benchmarkMemory is DuckDB's share of the memory.
const benchmarkMemory = "512MiB"

func importPeople(b *testing.B, project *Project, run string) time.Duration {
	b.Helper()
	ctx, started := context.Background(), time.Now()
	if err := os.MkdirAll(run, 0o755); err != nil {
		b.Fatal(err)
	}
	session, err := warehouse.Open(ctx, warehouse.Options{Memory: benchmarkMemory, TempDir: run})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	dataset, faults := datasets.Read("dataset.yaml", []byte(personDataset))
	if len(faults) > 0 {
		b.Fatal(faults)
	}
	dataset.ID, dataset.Folder = "people", "."
	in := importer{options: Options{Now: time.Now()}, project: project, session: session, folder: run}
	one, faults, err := in.release(ctx, vintage{dataset: dataset})
	if err != nil || len(faults) > 0 || one.rows != personRows {
		b.Fatalf("got %d rows, %v, %v", one.rows, faults, err)
	}
	store, err := archive.Open(filepath.Join(run, "state"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := keep(ctx, session, run, store, one, time.Now(), false); err != nil {
		b.Fatal(err)
	}
	if err := one.received.Close(); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}

func importByHand(b *testing.B, file, run string) time.Duration {
	b.Helper()
	ctx, started := context.Background(), time.Now()
	text, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(sha256.New(), text); err != nil {
		b.Fatal(err)
	}
	_ = text.Close()
	session, err := warehouse.Open(ctx, warehouse.Options{Memory: benchmarkMemory, TempDir: run})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	columns := "{'person': 'BIGINT', 'area': 'VARCHAR', 'period': 'VARCHAR', 'sex': 'VARCHAR', 'age': 'BIGINT', 'employed': 'BIGINT'}"
	parquet := warehouse.Literal(filepath.Join(run, "by-hand.parquet"))
	for _, statement := range []string{
		"COPY (SELECT row_number() OVER () + 1 AS _row, * FROM read_csv(" + warehouse.Literal(file) + ", header = true, columns = " + columns + ")) TO " + parquet + " (FORMAT parquet, COMPRESSION zstd)",
		"CREATE TABLE twice AS SELECT person FROM read_parquet(" + parquet + ") GROUP BY 1 HAVING count(*) > 1 LIMIT 1",
	} {
		if err := session.Exec(ctx, statement); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(started)
}

// resetPeak makes the system forget the greatest memory that the process has had so far, where it can.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakMiB is the greatest memory since, 0 where the system does not tell.
func peakMiB() int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, is := strings.CutPrefix(line, "VmHWM:"); is {
			var kilobytes int
			if _, err := fmt.Sscan(rest, &kilobytes); err == nil {
				return kilobytes >> 10
			}
		}
	}
	return 0
}
