package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axeVariable names the script of axe-core, where the machine has one.
const axeVariable = "LEVELFIELD_AXE"

// The scripts that look at an open page.
const (
	// axeRun lists every node that breaks WCAG 2.2 AA or one of axe's best practices.
	axeRun = `axe.run(document, {resultTypes: ['violations'], preload: false,
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
		.then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target + ': ' + n.html.slice(0, 200))))`
	// openAll opens what a reader may open.
	openAll = `document.querySelectorAll('details').forEach(d => d.open = true)`
	// tooWide is how many pixels the page can be scrolled sideways.
	tooWide = `document.documentElement.scrollWidth - document.documentElement.clientWidth`
	// spills lists the cells and paragraphs whose content is wider than they are.
	spills = `Array.from(document.querySelectorAll('td, th, dt, dd, li, p, caption, figcaption'))
		.filter(e => e.checkVisibility() && !e.closest('.vh') && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
		.map(e => e.textContent.trim().slice(0, 60))`
	// cut lists what a sheet of paper cuts off, among the parts printed upright or among those printed on their side:
	// content that spills, or would have to be scrolled, or stands beyond the sheet.
	cut = `(upright => Array.from(document.querySelectorAll('table, figure, svg, .scroll, td, th, dt, dd, li, p, caption, figcaption'))
		.filter(e => (e.closest('body.indicator, .indicator-part') !== null) === upright && e.checkVisibility() && !e.closest('.vh'))
		.filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
		.map(e => e.textContent.trim().slice(0, 60)))`
)

// The room that a sheet of paper leaves within the margins of the print style sheet, in pixels of 1/96 inch: upright,
// 210 mm less twice 13 mm; on its side, 297 by 210 mm less twice 12 mm.
const (
	uprightWide  = 695
	sidewaysWide = 1032
	sidewaysHigh = 703
)

// browserTime is the longest that one browser may take on a busy machine.
const browserTime = 25 * time.Minute

// view is a way to look at a page.
type view struct {
	width  int64
	scheme string
}

// tab is a tab of a browser with what went wrong in it.
type tab struct {
	ctx context.Context
	// site is the address of the folder that it may load.
	site   string
	mutex  sync.Mutex
	faults []string
}

// newTab starts a headless Chromium that finds no other machine, or skips the test where there is none. It may load
// what is in the folder site, and notes what goes wrong.
func newTab(t *testing.T, site string) *tab {
	t.Helper()
	binary, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(binary), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, browserTime)
	t.Cleanup(cancel)
	opened := &tab{ctx: ctx, site: "file://" + filepath.ToSlash(site) + "/"}
	if err := chromedp.Listen(ctx, opened.note); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return opened
}

// note keeps an event that a page without faults does not cause. Chromium tells a break of the content security policy
// as an error of its log.
func (b *tab) note(event any) {
	fault := ""
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.site) && !strings.HasPrefix(e.Request.URL, "data:") {
			fault = "asks for " + e.Request.URL
		}
	case *network.EventLoadingFailed:
		fault = "does not get what it asks for: " + e.ErrorText
	case *runtime.EventConsoleAPICalled:
		fault = fmt.Sprintf("writes to the console: %s", e.Type)
	case *runtime.EventExceptionThrown:
		fault = "fails in a script: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		fault = fmt.Sprintf("has in the log: %s: %s", e.Entry.Level, e.Entry.Text)
	}
	if fault != "" {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		b.faults = append(b.faults, fault)
	}
}

// take returns the faults noted since the last call.
func (b *tab) take() []string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	taken := b.faults
	b.faults = nil
	return taken
}

// open loads a page of the site and opens all its details. The answer to the last command comes after all events of
// the loading.
func (b *tab) open(t *testing.T, page string, seen view) {
	t.Helper()
	address := b.site + (&url.URL{Path: page}).EscapedPath()
	b.show(t, "screen", seen)
	if err := chromedp.Do(b.ctx, chromedp.Navigate(address)); err != nil {
		t.Fatalf("open %s: %v", page, err)
	}
	ask[chromedp.Void](t, b, openAll)
}

// show sets what the page is shown on, screen or print, its width, and the colours that the reader's system asks for.
func (b *tab) show(t *testing.T, on string, seen view) {
	t.Helper()
	media := func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media: on, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: seen.scheme}},
		})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(seen.width, 900), media); err != nil {
		t.Fatalf("show on %s: %v", on, err)
	}
}

// ask evaluates a script in the open page.
func ask[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluate %.60s: %v", script, err)
	}
	return value
}

// onScreen opens a page and returns what is wrong with it, wide and on the narrowest telephone.
func (b *tab) onScreen(t *testing.T, page string) []string {
	t.Helper()
	b.take()
	b.open(t, page, view{1200, "light"})
	faults := b.take()
	if ask[int](t, b, `document.styleSheets.length`) == 0 {
		faults = append(faults, "has no style sheet")
	}
	for _, width := range []int64{1200, 320} {
		b.show(t, "screen", view{width, "light"})
		if over := ask[int](t, b, tooWide); over > 0 {
			faults = append(faults, fmt.Sprintf("scrolls sideways by %d pixels at a width of %d", over, width))
		}
		for _, text := range ask[[]string](t, b, spills) {
			faults = append(faults, fmt.Sprintf("lets a text run out of its cell at a width of %d: %q", width, text))
		}
	}
	return faults
}

// onPaper opens a page as it is printed and returns what the sheets cut off.
func (b *tab) onPaper(t *testing.T, page string) []string {
	t.Helper()
	b.open(t, page, view{uprightWide, "light"})
	b.show(t, "print", view{uprightWide, "light"})
	faults := ask[[]string](t, b, cut+"(true)")
	b.show(t, "print", view{sidewaysWide, "light"})
	return append(faults, ask[[]string](t, b, cut+"(false)")...)
}

// violations are what axe-core finds in the open page, which has its script.
func (b *tab) violations(t *testing.T) []string {
	t.Helper()
	return ask[[]string](t, b, axeRun)
}

// axeScript is axe-core, or skips the test where the machine has none.
func axeScript(t *testing.T) string {
	t.Helper()
	file := os.Getenv(axeVariable)
	if file == "" {
		t.Skip(axeVariable + " names no script of axe-core")
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// withoutScripts keeps the pages' scripts from running; what a test asks runs all the same.
func (b *tab) withoutScripts(t *testing.T) {
	t.Helper()
	set := func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(b.ctx, chromedp.Action[chromedp.Void](set)); err != nil {
		t.Fatal(err)
	}
}
