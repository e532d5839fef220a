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
const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html).join('\n'))`

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
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
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

// written puts the sample's site into a folder.
func written(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, data := range site(t) {
		target := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// TestPagesInABrowser opens the pages as files, wide, dark and at the narrowest telephone, with all details open.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	var axe []byte
	if script := os.Getenv(axeVariable); script != "" {
		var err error
		if axe, err = os.ReadFile(script); err != nil {
			t.Fatal(err)
		}
	}
	folder := written(t)
	for _, view := range []struct {
		width  int64
		scheme string
	}{{1200, "light"}, {1200, "dark"}, {320, "light"}} {
		for _, name := range []string{"index.html", "domain-4/index.html", "domain-4/neet.html", "domain-4/employment-gap.html", "domain-4/scorecard.html"} {
			where := fmt.Sprintf("%s at %d, %s", name, view.width, view.scheme)
			address := "file://" + filepath.ToSlash(filepath.Join(folder, name))
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(view.width, 900), prefer(view.scheme), chromedp.Navigate(address)); err != nil {
				t.Fatalf("open %s: %v", where, err)
			}
			checkOpenPage(t, ctx, where, view.width)
			if axe == nil {
				continue
			}
			evaluate[chromedp.Void](t, ctx, string(axe))
			if violations := evaluate[string](t, ctx, axeRun); violations != "" {
				t.Errorf("%s: axe-core finds\n%s", where, violations)
			}
		}
	}
}

// checkOpenPage holds the page in the browser to its width, its stylesheet and its silence.
func checkOpenPage(t *testing.T, ctx context.Context, where string, width int64) {
	t.Helper()
	evaluate[chromedp.Void](t, ctx, `document.querySelectorAll('details').forEach(d => d.open = true)`)
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
