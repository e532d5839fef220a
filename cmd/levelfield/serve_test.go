package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// previewed is a preview of a copy of testdata/project, in a process of its own.
type previewed struct {
	folder, address string
	process         *exec.Cmd
	// build waits for the next build to be shown.
	build func()
}

var addressPrinted = regexp.MustCompile(`^Preview on (http://127\.0\.0\.1:[0-9]+)/, until you stop it`)

func preview(t *testing.T) *previewed {
	t.Helper()
	p := &previewed{folder: projectCopy(t)}
	p.process = exec.Command("levelfield", "serve", "--project", p.folder, "--port", "0")
	p.process.Stderr = t.Output()
	printed, err := p.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.process.Process.Kill() })
	line, err := bufio.NewReader(printed).ReadString('\n')
	found := addressPrinted.FindStringSubmatch(line)
	if err != nil || found == nil {
		t.Fatalf("got %q and %v, want the address", line, err)
	}
	p.address = found[1]
	stream, err := http.Get(p.address + "/.preview/events")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stream.Body.Close() })
	lines := bufio.NewScanner(stream.Body)
	p.build = func() {
		t.Helper()
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "data: ") {
				return
			}
		}
		t.Fatalf("the preview has ended: %v", lines.Err())
	}
	return p
}

func (p *previewed) get(path string) (string, error) {
	answer, err := http.Get(p.address + path)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %s", answer.Status)
	}
	return string(text), err
}

// until waits until a page says something.
func (p *previewed) until(t *testing.T, path, says string) string {
	t.Helper()
	for {
		p.build()
		text, err := p.get(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if strings.Contains(text, says) {
			return text
		}
	}
}

func (p *previewed) change(t *testing.T, file, before, after string) {
	t.Helper()
	if err := replace(filepath.Join(p.folder, filepath.FromSlash(file)), before, after); err != nil {
		t.Fatal(err)
	}
}

// TestServeShowsWhatAnAuthorDoes: a figure, words and a fault are shown as they are saved, and an interrupt ends it with
// nothing left behind.
func TestServeShowsWhatAnAuthorDoes(t *testing.T) {
	t.Parallel()
	p := preview(t)
	p.until(t, "/economy/births.html", "Business births as a share of active businesses")
	p.change(t, "datasets/business/figures.csv", "E06000033,2024,855,", "E06000033,2024,7695,")
	p.until(t, "/economy/births.html", "100.0%")
	p.change(t, "indicators/births.yaml", "title: Business births", "title: New businesses")
	p.until(t, "/economy/births.html", "New businesses as a share of active businesses")
	p.change(t, "indicators/births.yaml", "polarity: high", "polarity: upwards")
	text := p.until(t, "/economy/births.html", "One fault")
	for _, want := range []string{"indicators/births.yaml:11:11", "polarity: is &#34;upwards&#34;", "use one of: low, high, neutral", "New businesses as a share"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	p.change(t, "indicators/births.yaml", "polarity: upwards", "polarity: neutral")
	if text := p.until(t, "/economy/births.html", "no judgement"); strings.Contains(text, "One fault") {
		t.Error("the fault is still told")
	}
	if err := p.process.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := p.process.Wait(); err != nil {
		t.Errorf("got %v, want exit code 0", err)
	}
	for _, name := range []string{".levelfield", "out"} {
		if _, err := os.Stat(filepath.Join(p.folder, name)); err == nil {
			t.Errorf("a preview left %s behind", name)
		}
	}
}
