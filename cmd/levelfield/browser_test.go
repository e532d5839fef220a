package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	pdfmodel "github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"levelfield/cmd/internal/cli"
)

// fullest and emptiest are how full the sheets of a print may be on average: a row that stays whole leaves the foot of
// a sheet empty, and what is cut off would make the print shorter than the page.
const fullest, emptiest = 1.0, 0.67

// mostBrowsers is how many browsers share the pages at most: each takes a processor and half a gigabyte.
const mostBrowsers = 4

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
// at every page of every board, elsewhere at one of each kind, which takes a tenth of the time. A page is opened once for all
// that is asked of it: what axe-core has worked out of it is forgotten after each run, while what the browser has compiled of
// axe-core serves the next.
func TestSiteInABrowser(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the browser takes a minute")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	out, pages := builtInSite(t)
	boards, axe := named(pages, "index.html"), ""
	t.Run("every state", func(t *testing.T) { holdEveryState(t, out, pages) })
	t.Run("axe-core", func(t *testing.T) { axe = axeScript(t) })
	waiting := looks(t, out, pages, axe != "")
	for i := range min(runtime.GOMAXPROCS(0), mostBrowsers) {
		t.Run(fmt.Sprintf("screen %d", i+1), func(t *testing.T) {
			t.Parallel()
			opened := newTab(t, out)
			for one := range waiting {
				opened.lookAt(t, one, axe)
			}
		})
	}
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

// telephone is the narrowest way to look at a page, and everyView those at which a page of each kind is looked at.
var (
	telephone = view{320, "light"}
	everyView = []view{telephone, {320, "dark"}, {768, "light"}, {768, "dark"}, {1280, "light"}, {1280, "dark"}}
)

// kinds are a page of each kind and state: of the publication, of a board, and of indicators that are tested, that only
// have a position, that hold no figure, that are a gap, that have wards, that have neighbourhoods, that are of a closed
// series, that are better than England, that are drawn in no chart, that carry a warning, and that count a whole population.
// Of two pages in the same state the shorter stands here.
var kinds = []string{
	"index.html", "inequalities.html", "deliverables.html", "changes.html", "coverage.html", "methods.html", "definitions.html", "downloads.html",
	"domain-4/index.html", "skills/index.html", "playing-field/index.html", "domain-4/compare-areas.html", "domain-4/neet.html", "domain-4/gcse-english-maths-by-19.html",
	"goal-4c/employment-gap-long-term-condition.html", "goal-4a/attainment-8-gap.html", "goal-4c/children-low-income-2021.html", "goal-4c/fuel-poverty.html", "goal-4b/level-3-nvq.html",
	"goal-4d/workplace-pay.html", "goal-4d/self-employment.html", "goal-4d/education-deprived-fifth.html", "goal-4a/september-guarantee.html", "skills/learners-ethnic-minority.html",
}

// singleFile is the shortest of the boards in a single file, which are the boards' and the indicators' pages in one.
const singleFile = "skills/scorecard.html"

// classes are the classes of an element: a state that looks or reads differently has one of its own.
var classes = regexp.MustCompile(`\sclass="([^"]*)"`)

// holdEveryState holds the list of kinds to what all pages are made of.
func holdEveryState(t *testing.T, out string, pages []string) {
	t.Helper()
	held := func(pages []string) map[string]string {
		found := map[string]string{}
		for _, page := range pages {
			text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(page)))
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range classes.FindAllSubmatch(text, -1) {
				for _, class := range strings.Fields(string(match[1])) {
					found[class] = page
				}
			}
		}
		return found
	}
	seen := held(append([]string{singleFile}, kinds...))
	for class, page := range held(pages) {
		if seen[class] == "" {
			t.Errorf("the class %s, as in %s: got no page of the kinds that has it", class, page)
		}
	}
}

// look is a page to look at: how it stands on a screen, unless its like has been seen there, and in these views with axe-core.
type look struct {
	page   string
	screen bool
	views  []view
}

// looks are the pages to look at, those that take the longest first, so that no browser is left with one of them at the end:
// with axe-core all of them, a page of each kind in every view and the others on a telephone, and without it one of each kind.
func looks(t *testing.T, out string, pages []string, axe bool) <-chan look {
	t.Helper()
	var all []look
	work := map[string]int64{}
	once := onceEach(pages)
	for _, page := range pages {
		one := look{page: page, screen: slices.Contains(once, page), views: []view{telephone}}
		switch {
		case slices.Contains(kinds, page):
			one.screen, one.views = true, everyView
		case !axe:
			continue
		case page == singleFile:
			one.views = everyView
		}
		about, err := os.Stat(filepath.Join(out, filepath.FromSlash(page)))
		if err != nil {
			t.Fatal(err)
		}
		work[page] = about.Size() * int64(len(one.views))
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b look) int { return cmp.Compare(work[b.page], work[a.page]) })
	waiting := make(chan look, len(all))
	for _, one := range all {
		waiting <- one
	}
	close(waiting)
	return waiting
}

// lookAt opens a page once and looks at it in each of its views. An axe that is empty finds nothing.
func (b *tab) lookAt(t *testing.T, one look, axe string) {
	t.Helper()
	if one.screen {
		for _, fault := range b.onScreen(t, one.page) {
			t.Errorf("%s %s", one.page, fault)
		}
	} else {
		b.open(t, one.page, one.views[0])
	}
	if axe == "" {
		return
	}
	ask[chromedp.Void](t, b, axe)
	for _, seen := range one.views {
		b.show(t, "screen", seen)
		for _, violation := range b.violations(t) {
			t.Errorf("%s at %d, %s: axe-core finds %s", one.page, seen.width, seen.scheme, violation)
		}
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
		ask[chromedp.Void](t, opened, axeScript(t))
		if got := opened.violations(t); len(got) == 0 {
			t.Error("a page without a language: got no violation, want some")
		}
	})
}
