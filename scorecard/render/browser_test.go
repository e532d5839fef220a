package render

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeVariable names the script of axe-core, where the machine has one: the pages are then held to it as well.
const axeVariable = "LEVELFIELD_AXE"

// axeRun reports the violations of WCAG 2.2 AA and of axe's best practices, one a line.
const axeRun = `axe.run(document, {resultTypes: ['violations'], preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html).join('\n'))`

// browserTime is the longest that one browser may take on a busy machine.
const browserTime = 6 * time.Minute

// browser starts a headless Chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	binary, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no browser present: ", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(binary), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, browserTime)
	t.Cleanup(cancel)
	return ctx
}

// prefer sets the colour scheme that the reader's system asks for.
func prefer(scheme string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return chromedp.Void{}, err
	}
}

func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluate %.60s: %v", script, err)
	}
	return value
}

// written puts the sample's site into a folder, and beside it the board that is governed.
func written(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, data := range site(t) {
		write(t, folder, name, data)
	}
	for name, data := range governedSite(t) {
		if strings.HasPrefix(name, "governed/") {
			write(t, folder, name, data)
		}
	}
	return folder
}

func write(t *testing.T, folder, name string, data []byte) {
	t.Helper()
	target := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// templatePages are one page of each template.
var templatePages = []string{
	"index.html", "inequalities.html", "deliverables.html", "changes.html", "coverage.html", "methods.html", "definitions.html", "downloads.html",
	"domain-4/index.html", "domain-4/compare-areas.html", "domain-4/neet.html", "domain-4/employment-gap.html", "domain-4/scorecard.html",
	"governed/index.html", "governed/neet.html",
}

// opened and worked are what a reader may have done to a page: all details open; and then a table sorted, lines sought, an
// area chosen.
const (
	opened = `document.querySelectorAll('details').forEach(d => d.open = true)`
	worked = `document.querySelectorAll('thead .sort').forEach((b, i) => i % 3 || b.click());
	document.querySelectorAll('input[type=search]').forEach(f => { f.value = 'e'; f.dispatchEvent(new Event('input')) });
	document.querySelectorAll('#area').forEach(s => { s.selectedIndex = 2; s.dispatchEvent(new Event('change')) })`
)

// TestPagesInABrowser opens a page of each template as a file: on a telephone, a tablet and a desk, light and dark, as it
// comes and as a reader leaves it.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	var axe []byte
	if script := os.Getenv(axeVariable); script != "" {
		var err error
		if axe, err = os.ReadFile(script); err != nil {
			t.Fatal(err)
		}
	}
	folder := written(t)
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			ctx := browser(t)
			for _, width := range []int64{320, 768, 1280} {
				for _, name := range templatePages {
					where := fmt.Sprintf("%s at %d, %s", name, width, scheme)
					address := "file://" + filepath.ToSlash(filepath.Join(folder, name))
					if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), prefer(scheme), chromedp.Navigate(address)); err != nil {
						t.Fatalf("open %s: %v", where, err)
					}
					evaluate[chromedp.Void](t, ctx, opened)
					if width == 1280 {
						evaluate[chromedp.Void](t, ctx, worked)
					}
					checkOpenPage(t, ctx, where, width)
					if axe == nil {
						continue
					}
					evaluate[chromedp.Void](t, ctx, string(axe))
					if violations := evaluate[string](t, ctx, axeRun); violations != "" {
						t.Errorf("%s: axe-core finds\n%s", where, violations)
					}
				}
			}
		})
	}
}

// checkOpenPage holds the page in the browser to its width, its stylesheet and its silence.
func checkOpenPage(t *testing.T, ctx context.Context, where string, width int64) {
	t.Helper()
	if wide := evaluate[int64](t, ctx, `document.documentElement.scrollWidth`); wide > width {
		t.Errorf("%s: got a page %d wide", where, wide)
	}
	if got := evaluate[string](t, ctx, `getComputedStyle(document.querySelector('.page-head')).borderBottomWidth`); got != "4px" {
		t.Errorf("%s: the policy kept the stylesheet out: the header's border is %s", where, got)
	}
	loaded := evaluate[string](t, ctx, `performance.getEntriesByType('resource').map(e => e.name).join(' ')`)
	for _, resource := range strings.Fields(loaded) {
		if !strings.HasPrefix(resource, "file://") && !strings.HasPrefix(resource, "data:") {
			t.Errorf("%s: it asked for %s", where, resource)
		}
	}
}
