package main

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"levelfield/cmd/internal/cli"
)

// publisher is a server with one file, which the tests replace.
type publisher struct {
	text atomic.Value
	// answer, where it is not 0, is the status of every response.
	answer atomic.Int64
	// unmodified counts the requests that were answered with 304.
	unmodified atomic.Int64
}

// ServeHTTP serves the file with its content as its version.
func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if code := int(p.answer.Load()); code != 0 {
		w.Header().Set("Retry-After", "3600") // longer than anybody waits, so that the failure is told at once
		w.WriteHeader(code)
		return
	}
	text, _ := p.text.Load().(string)
	version := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(text)))
	w.Header().Set("ETag", version)
	if r.Header.Get("If-None-Match") == version {
		p.unmodified.Add(1)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write([]byte(text)) // the client tells what goes wrong
}

// fetched is the small project with its business figures on a server.
func fetched(t *testing.T) (folder string, server *publisher) {
	t.Helper()
	folder, server = projectCopy(t), &publisher{}
	figures := filepath.Join(folder, "datasets", "business", "figures.csv")
	text, err := os.ReadFile(figures)
	if err != nil {
		t.Fatal(err)
	}
	server.text.Store(string(text))
	started := httptest.NewServer(server)
	t.Cleanup(started.Close)
	definition := filepath.Join(folder, "datasets", "business", "dataset.yaml")
	if err := replace(definition, "{kind: csv, file: figures.csv}", "{kind: http, url: '"+started.URL+"/figures.csv'}"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(figures); err != nil {
		t.Fatal(err)
	}
	return folder, server
}

// TestRefreshFetches follows one source of the kind http: new, unchanged, changed, away and faulty.
func TestRefreshFetches(t *testing.T) {
	t.Parallel()
	folder, server := fetched(t)
	out := filepath.Join(folder, "out")
	refresh := func(wantCode int, wantOut, wantErr string) {
		t.Helper()
		process := cli.Process{Client: http.DefaultClient, AllowLoopback: true}
		stdout, stderr, code := run(process, "refresh", "--project", folder, "--out", out, "--detailed-exit-code")
		if code != wantCode || !strings.Contains(stdout, wantOut) || !strings.Contains(stderr, wantErr) {
			t.Fatalf("refresh: got exit code %d, want %d, with %q and %q in:\n%s%s", code, wantCode, wantOut, wantErr, stdout, stderr)
		}
	}
	refresh(0, "New figures: business, employment.", "")

	refresh(6, "Nothing is new", "")
	if got := server.unmodified.Load(); got != 1 {
		t.Errorf("got %d requests answered with 304, want 1", got)
	}

	text, _ := server.text.Load().(string)
	server.text.Store(strings.Replace(text, "E06000032,2020,1400,", "E06000032,2020,1401,", 1))
	refresh(0, "New figures: business.", "")
	before := published(t, out)

	server.answer.Store(http.StatusInternalServerError)
	refresh(1, "", "the server answered 500 Internal Server Error")
	refresh(1, "", "out keeps the last good publication, with figures released to 20 November 2025.")
	server.answer.Store(0)
	server.text.Store("<html><body>We are sorry, this page is away for a while, come back later please or call us</body></html>")
	refresh(3, "", "out keeps the last good publication")
	if after := published(t, out); after.Datasets[0].Snapshot != before.Datasets[0].Snapshot {
		t.Errorf("got another publication after failures: %+v, want %+v", after.Datasets[0], before.Datasets[0])
	}
}

// TestLoopbackIsRefused holds that a definition cannot reach into the machine that builds it: only tests may.
func TestLoopbackIsRefused(t *testing.T) {
	t.Parallel()
	folder, _ := fetched(t)
	_, stderr, code := run(cli.Process{Client: http.DefaultClient}, "refresh", "--project", folder, "--out", filepath.Join(folder, "out"))
	if want := "127.0.0.1 is an address of this machine"; code != 1 || !strings.Contains(stderr, want) {
		t.Errorf("got exit code %d, want 1, and %q in: %s", code, want, stderr)
	}
}
