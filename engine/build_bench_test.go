package engine_test

import (
	"path/filepath"
	"testing"
	"time"

	"levelfield/engine"
)

// benchmarkOptions are those of a build of the built-in project into folders of the benchmark's own.
func benchmarkOptions(b *testing.B) engine.Options {
	b.Helper()
	folder := b.TempDir()
	return engine.Options{
		Out: filepath.Join(folder, "out"), State: filepath.Join(folder, "state"), Version: "bench",
		Now: time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC),
	}
}

// BenchmarkBuiltInCold builds every board of the built-in project in every format, with nothing kept from before.
func BenchmarkBuiltInCold(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		options := benchmarkOptions(b)
		b.StartTimer()
		if _, err := engine.Build(b.Context(), options); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuiltInAgain builds it where the archive and a publication of the same figures stand already.
func BenchmarkBuiltInAgain(b *testing.B) {
	options := benchmarkOptions(b)
	if _, err := engine.Build(b.Context(), options); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := engine.Build(b.Context(), options); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuiltInNothingNew refreshes where nothing has changed since the last refresh.
func BenchmarkBuiltInNothingNew(b *testing.B) {
	options := benchmarkOptions(b)
	if _, err := engine.Refresh(b.Context(), options); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		report, err := engine.Refresh(b.Context(), options)
		if err != nil {
			b.Fatal(err)
		}
		if !report.Nothing {
			b.Fatalf("published again, new: %v", report.New)
		}
	}
}
