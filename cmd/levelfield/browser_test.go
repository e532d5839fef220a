package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
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
	"github.com/pdfcpu/pdfcpu/pkg/api"
	pdfmodel "github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"levelfield/cmd/internal/cli"
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

// fullest and emptiest are how full the sheets of a print may be on average: a row that stays whole leaves the foot of
// a sheet empty, and what is cut off would make the print shorter than the page.
const fullest, emptiest = 1.0, 0.67

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

// violations are what axe-core finds in the open page.
func (b *tab) violations(t *testing.T, axe string) []string {
	t.Helper()
	ask[chromedp.Void](t, b, axe)
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

// named are the pages with a name, one a board: index.html is the board, scorecard.html all of it in a single file.
func named(pages []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(pages), func(page string) bool { return !strings.HasSuffix(page, "/"+name) })
}

// builtInSite builds the built-in project and lists its pages.
func builtInSite(t *testing.T) (out string, pages []string) {
	t.Helper()
	folder := t.TempDir()
	out = filepath.Join(folder, "out")
	if _, stderr, code := run(cli.Process{}, "build", "--out", out, "--state", filepath.Join(folder, "state"), "--quiet"); code != 0 {
		t.Fatalf("build: got exit code %d, want 0: %s", code, stderr)
	}
	for _, pattern := range []string{"*.html", "*/*.html"} {
		found, err := filepath.Glob(filepath.Join(out, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("got %d pages like %s, %v, want some", len(found), pattern, err)
		}
		for _, file := range found {
			pages = append(pages, filepath.ToSlash(strings.TrimPrefix(file, out+string(filepath.Separator))))
		}
	}
	return out, pages
}

// onceEach leaves out the pages of an indicator on a second board, which are drawn by the same template from the same page.
func onceEach(pages []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(pages), func(page string) bool {
		name := path.Base(page)
		ofBoard := !strings.Contains(page, "/") || name == "index.html" || name == "scorecard.html" || name == "compare-areas.html"
		twice := seen[name] && !ofBoard
		seen[name] = true
		return twice
	})
}

// TestSiteInABrowser builds the built-in project once and looks at its pages, as files, in a browser: where axe-core is there
// at every page of every board, elsewhere at one of each kind, which takes a tenth of the time.
func TestSiteInABrowser(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the browser takes a minute")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	out, pages := builtInSite(t)
	boards, single := named(pages, "index.html"), named(pages, "scorecard.html")
	shown := onceEach(pages)
	if os.Getenv(axeVariable) == "" {
		shown = kinds
	}
	t.Run("screen", func(t *testing.T) {
		t.Parallel()
		opened := newTab(t, out)
		for _, page := range shown {
			for _, fault := range opened.onScreen(t, page) {
				t.Errorf("%s %s", page, fault)
			}
		}
	})
	t.Run("paper", func(t *testing.T) {
		t.Parallel()
		opened := newTab(t, out)
		for _, page := range slices.Concat(kinds, boards) {
			for _, text := range opened.onPaper(t, page) {
				t.Errorf("%s: the sheet cuts off or mixes up: %q", page, text)
			}
		}
		for _, board := range boards {
			checkPrint(t, opened, board)
		}
	})
	t.Run("axe on a telephone", func(t *testing.T) {
		t.Parallel()
		axe, opened := axeScript(t), newTab(t, out)
		for _, page := range pages {
			if !slices.Contains(single, page) {
				checkAccessible(t, opened, axe, page, view{320, "light"})
			}
		}
	})
	t.Run("axe on each kind of page", func(t *testing.T) {
		t.Parallel()
		axe, opened := axeScript(t), newTab(t, out)
		for _, page := range kinds {
			for _, seen := range []view{{320, "dark"}, {768, "light"}, {768, "dark"}, {1280, "light"}, {1280, "dark"}} {
				checkAccessible(t, opened, axe, page, seen)
			}
		}
		for _, page := range single {
			checkAccessible(t, opened, axe, page, view{320, "light"})
		}
	})
	t.Run("without scripts", func(t *testing.T) {
		t.Parallel()
		opened := newTab(t, out)
		opened.withoutScripts(t)
		for _, page := range kinds {
			for _, fault := range opened.onScreen(t, page) {
				t.Errorf("%s without scripts %s", page, fault)
			}
			if got := ask[int](t, opened, `document.querySelectorAll('button, input, select').length`); got != 0 {
				t.Errorf("%s without scripts: got %d controls that need one", page, got)
			}
		}
	})
}

// kinds are a page of each kind and state: of the publication, of a board, and of indicators that are tested, that only
// have a position, that hold no figure, that are a gap, that have wards, that have neighbourhoods, and that are of a
// closed series. Whole boards are the largest and the smallest.
var kinds = []string{
	"index.html", "inequalities.html", "deliverables.html", "changes.html", "coverage.html", "methods.html", "definitions.html", "downloads.html",
	"goal-4a/index.html", "skills/index.html", "playing-field/index.html", "domain-4/compare-areas.html", "domain-4/neet.html", "domain-4/gcse-english-maths-by-19.html",
	"goal-4c/employment-gap-long-term-condition.html", "goal-4a/attainment-8-gap.html", "goal-4c/children-low-income-2021.html", "goal-4c/fuel-poverty.html", "goal-4b/level-3-nvq.html",
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

func checkAccessible(t *testing.T, opened *tab, axe, page string, seen view) {
	t.Helper()
	opened.open(t, page, seen)
	for _, violation := range opened.violations(t, axe) {
		t.Errorf("%s at %d, %s: axe-core finds %s", page, seen.width, seen.scheme, violation)
	}
}

// checkPrint prints a board: on sheets of A4 on their side, as many as its height needs and not many more.
func checkPrint(t *testing.T, opened *tab, board string) {
	t.Helper()
	opened.open(t, board, view{sidewaysWide, "light"})
	opened.show(t, "print", view{sidewaysWide, "light"})
	needed := float64(ask[int](t, opened, `document.documentElement.scrollHeight`)) / sidewaysHigh
	printed, err := chromedp.Run(opened.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatalf("print %s: %v", board, err)
	}
	api.DisableConfigDir()
	sheets, err := api.PageDims(bytes.NewReader(printed), pdfmodel.NewDefaultConfiguration())
	if err != nil {
		t.Fatalf("print %s: %v", board, err)
	}
	if count := float64(len(sheets)); needed > fullest*count || needed < emptiest*(count-1) {
		t.Errorf("print %s: got %.0f sheets, want about %.1f", board, count, needed)
	}
	for i, sheet := range sheets {
		if width, height := int(sheet.Width+0.5), int(sheet.Height+0.5); width != 842 || height != 595 {
			t.Errorf("print %s: got sheet %d of %d by %d points, want A4 on its side, 842 by 595", board, i+1, width, height)
		}
	}
}

// TestBrowserSeesFaults shows pages with faults to the checks of TestSiteInABrowser, so that their silence means
// something.
func TestBrowserSeesFaults(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	folder := t.TempDir()
	// 192.0.2.1 is an address that RFC 5737 keeps for documentation: nothing answers there.
	for name, body := range map[string]string{
		"asks.html":    `<img src="http://192.0.2.1/picture.png">`,
		"lacks.html":   `<link rel="stylesheet" href="absent.css">`,
		"logs.html":    `<script>console.error("no")</script>`,
		"breaks.html":  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><p style="color:red">red</p>`,
		"scrolls.html": `<style>div{width:340px}</style><div>wide</div>`,
		"spills.html":  `<style>table{table-layout:fixed;width:90px}td{white-space:nowrap}</style><table><tr><td>far too long<td>b</table>`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("<!doctype html><title>faulty</title>"+body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	opened := newTab(t, folder)
	for _, c := range []struct{ page, want string }{
		{"asks.html", "asks for http://192.0.2.1/picture.png"},
		{"lacks.html", "does not get what it asks for: net::ERR_FILE_NOT_FOUND"},
		{"logs.html", "writes to the console: error"},
		{"breaks.html", "has in the log: error: Applying inline style violates the following Content Security Policy directive"},
		{"scrolls.html", "scrolls sideways by 28 pixels at a width of 320"},
		{"spills.html", `lets a text run out of its cell at a width of 1200: "far too long"`},
	} {
		got := opened.onScreen(t, c.page)
		if !slices.ContainsFunc(got, func(fault string) bool { return strings.HasPrefix(fault, c.want) }) {
			t.Errorf("%s: got %q, want one that begins with %q", c.page, got, c.want)
		}
	}
	opened.open(t, "spills.html", view{sidewaysWide, "light"})
	if got := opened.onPaper(t, "spills.html"); !slices.Contains(got, "far too long") {
		t.Errorf("spills.html on paper: got %q, want the long text", got)
	}
	t.Run("axe", func(t *testing.T) {
		if got := opened.violations(t, axeScript(t)); len(got) == 0 {
			t.Error("a page without a language: got no violation, want some")
		}
	})
}
