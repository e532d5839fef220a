package render

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// openPage opens a page of a written site at a width.
func openPage(t *testing.T, ctx context.Context, folder, name string, width int64) {
	t.Helper()
	address := "file://" + filepath.ToSlash(filepath.Join(folder, name))
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), prefer("light"), chromedp.Navigate(address)); err != nil {
		t.Fatalf("open %s: %v", name, err)
	}
}

// scripts lets the browser run scripts, or not; what a test evaluates runs in either case.
func scripts(t *testing.T, ctx context.Context, run bool) {
	t.Helper()
	set := func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(ctx, chromedp.Action[chromedp.Void](set)); err != nil {
		t.Fatal(err)
	}
}

// first is a script that lists the row heads of a table in their order.
const first = `[...document.querySelectorAll('table.areas tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].querySelector('a').textContent)`

// own are the areas page's lines in the order of the scorecard, and by the figure of the focus area: 3.8, 0.0, 69, 58.1,
// 1,024 and 72.8.
var (
	asWritten = []string{"NEET, 16–17", "Not known", "Expected standard at 11", "Level 3", "Weekly pay", "Gap & more"}
	ascending = []string{"Not known", "NEET, 16–17", "Level 3", "Expected standard at 11", "Gap & more", "Weekly pay"}
)

// TestTablesSortFilterAndLeaveOutAreas works the areas page as a reader does, with a pointer and from the list of columns.
func TestTablesSortFilterAndLeaveOutAreas(t *testing.T) {
	t.Parallel()
	ctx, folder := browser(t), written(t)
	openPage(t, ctx, folder, "domain-4/compare-areas.html", 1280)
	order := func(want []string, when string) {
		t.Helper()
		if got := evaluate[[]string](t, ctx, first); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", when, got, want)
		}
	}
	said := func(want string) {
		t.Helper()
		if got := evaluate[string](t, ctx, `document.querySelector('[role=status]').textContent`); got != want {
			t.Errorf("got the announcement %q, want %q", got, want)
		}
	}
	order(asWritten, "before anything")
	press := `document.querySelector('th.own .sort').click()`
	for _, c := range []struct {
		want []string
		sort string
		said string
	}{
		{ascending, "ascending", "Lines of 4A by area: sorted by Thurrock, ascending"},
		{reversed(ascending), "descending", "Lines of 4A by area: sorted by Thurrock, descending"},
		{asWritten, "", "Lines of 4A by area: sorted by the scorecard’s order"},
	} {
		evaluate[chromedp.Void](t, ctx, press)
		order(c.want, "pressed for "+c.said)
		said(c.said)
		if got := evaluate[string](t, ctx, `document.querySelector('th.own').getAttribute('aria-sort') || ''`); got != c.sort {
			t.Errorf("got aria-sort %q, want %q", got, c.sort)
		}
	}
	// Figures that are not held come last in both directions: [c] of five and [x] of two.
	for range 2 {
		evaluate[chromedp.Void](t, ctx, `[...document.querySelectorAll('th .sort')].find(b => b.textContent === 'North Northamptonshire').click()`)
		if got := evaluate[[]string](t, ctx, first); !slices.Contains(got[4:], "NEET, 16–17") || !slices.Contains(got[4:], "Not known") {
			t.Errorf("got %q, want the two lines without a figure last", got)
		}
	}
	openPage(t, ctx, folder, "domain-4/compare-areas.html", 1280)
	evaluate[chromedp.Void](t, ctx, `filter.value = 'LEVEL 58'; filter.dispatchEvent(new Event('input'))`)
	order([]string{"Level 3"}, "filtered")
	said("1 of 6 shown")
	evaluate[chromedp.Void](t, ctx, `filter.value = 'nothing like it'; filter.dispatchEvent(new Event('input'))`)
	order(nil, "filtered for nothing")
	evaluate[chromedp.Void](t, ctx, `filter.value = ''; filter.dispatchEvent(new Event('input'))`)
	order(asWritten, "unfiltered")
	heads := `[...document.querySelectorAll('table.areas thead th')].filter(h => h.checkVisibility()).map(h => h.textContent)`
	all := evaluate[[]string](t, ctx, heads)
	evaluate[chromedp.Void](t, ctx, `area.value = 'Dudley'; area.dispatchEvent(new Event('change'))`)
	if got, want := evaluate[[]string](t, ctx, heads), []string{"Indicator", "Thurrock", "Place among neighbours", "England", "Dudley"}; !slices.Equal(got, want) {
		t.Errorf("got the columns %q, want %q", got, want)
	}
	said("Dudley is shown")
	evaluate[chromedp.Void](t, ctx, `area.value = ''; area.dispatchEvent(new Event('change'))`)
	if got := evaluate[[]string](t, ctx, heads); !slices.Equal(got, all) || len(got) != 8 {
		t.Errorf("got the columns %q, want all eight back", got)
	}
}

func reversed(list []string) []string {
	turned := slices.Clone(list)
	slices.Reverse(turned)
	return turned
}

// TestCardsSortFromAList: where rows become cards there is no head to press, and a line that is never read alone stays
// below its own.
func TestCardsSortFromAList(t *testing.T) {
	t.Parallel()
	ctx, folder := browser(t), written(t)
	openPage(t, ctx, folder, "domain-4/index.html", 320)
	rows := `[...document.querySelector('section[aria-labelledby=front] tbody').rows].map(r => (r.classList.contains('follows') ? '+' : '') + r.cells[0].firstChild.textContent.trim())`
	before := evaluate[[]string](t, ctx, rows)
	if got := evaluate[int](t, ctx, `document.querySelectorAll('table.cards .sort').length`); got != 0 {
		t.Errorf("got %d buttons in heads that nobody sees", got)
	}
	evaluate[chromedp.Void](t, ctx, `(s => { s.value = '0 descending'; s.dispatchEvent(new Event('change')) })(document.querySelector('section[aria-labelledby=front] .tools select'))`)
	after := evaluate[[]string](t, ctx, rows)
	if slices.Equal(before, after) || len(before) != len(after) {
		t.Errorf("got %q after %q, want another order of the same lines", after, before)
	}
	for i, row := range before {
		if strings.HasPrefix(row, "+") {
			at := slices.Index(after, row)
			if at < 1 || after[at-1] != before[i-1] && !strings.HasPrefix(after[at-1], "+") {
				t.Errorf("%q stood below %q and stands below %q", row, before[i-1], after[at-1])
			}
		}
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	if got := evaluate[int](t, ctx, `document.querySelectorAll('section[aria-labelledby=front] thead .sort').length`); got < 5 {
		t.Errorf("made wide: got %d buttons in the heads, want one for each column that can be sorted", got)
	}
	if evaluate[bool](t, ctx, `document.querySelector('section[aria-labelledby=front] .tools').checkVisibility()`) {
		t.Error("made wide: the list of columns is still there")
	}
}

// TestPagesWorkWithoutScripts: every table stands whole, every page has its words and links, and nothing is offered that
// would need a script.
func TestPagesWorkWithoutScripts(t *testing.T) {
	t.Parallel()
	ctx, files, folder := browser(t), site(t), written(t)
	scripts(t, ctx, false)
	for name := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		openPage(t, ctx, folder, name, 1280)
		if got := evaluate[int](t, ctx, `document.querySelectorAll('button, input, select, [role=status]').length`); got != 0 {
			t.Errorf("%s: got %d controls that need a script", name, got)
		}
		if got := evaluate[[]string](t, ctx, `[...document.querySelectorAll('tbody tr, main a[href], main section')].filter(e => !e.closest('details') && !e.checkVisibility()).map(e => e.textContent.trim().slice(0, 40))`); len(got) != 0 {
			t.Errorf("%s: not seen without a script: %q", name, got)
		}
	}
}

// focusable is what the Tab key stops at, in the order of the document.
const focusable = `[...document.querySelectorAll('a[href], summary, button, input, select, [tabindex="0"]')].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('details:not([open]) > :not(summary)'))`

// TestTheKeyboardGoesThroughInOrder presses Tab through each page: from the skip link down in the order of the document,
// nothing left out, nothing in front of its place, and each stop to be seen.
func TestTheKeyboardGoesThroughInOrder(t *testing.T) {
	t.Parallel()
	ctx, folder := browser(t), written(t)
	for _, name := range []string{"index.html", "inequalities.html", "deliverables.html", "definitions.html", "domain-4/index.html", "domain-4/compare-areas.html", "domain-4/neet.html"} {
		openPage(t, ctx, folder, name, 1280)
		stops := evaluate[int](t, ctx, focusable+`.map((e, i) => { e.dataset.stop = i; return i }).length`)
		if got := evaluate[int](t, ctx, `document.querySelectorAll('[tabindex]:not([tabindex="0"], [tabindex="-1"])').length`); got != 0 {
			t.Errorf("%s: %d elements jump the queue", name, got)
		}
		for want := range stops {
			if err := chromedp.Do(ctx, chromedp.KeyEvent("\t")); err != nil {
				t.Fatal(err)
			}
			at := evaluate[string](t, ctx, `(e => { const r = e.getBoundingClientRect(); return (e.dataset.stop || e.outerHTML.slice(0, 80)) + (r.width > 8 && r.height > 8 && r.bottom > 0 && r.top < innerHeight ? '' : ' unseen') })(document.activeElement)`)
			if at != fmt.Sprint(want) {
				t.Errorf("%s: stop %d: got %s", name, want, at)
				break
			}
		}
		evaluate[chromedp.Void](t, ctx, `document.querySelector('.skip').focus()`)
		if err := chromedp.Do(ctx, chromedp.KeyEvent("\r")); err != nil {
			t.Fatal(err)
		}
		if got := evaluate[string](t, ctx, `document.activeElement.id`); got != "main" {
			t.Errorf("%s: the skip link leads to %q, want the main part", name, got)
		}
	}
}

// TestALinkToAMethodOpensIt: the entry is folded until somebody asks for it.
func TestALinkToAMethodOpensIt(t *testing.T) {
	t.Parallel()
	ctx, folder := browser(t), written(t)
	openPage(t, ctx, folder, "methods.html", 1280)
	if evaluate[bool](t, ctx, `document.querySelector('details').open`) {
		t.Error("the entry is open before anybody asks for it")
	}
	openPage(t, ctx, folder, "index.html", 1280)
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(filepath.Join(folder, "methods.html"))+"#indicator-neet")); err != nil {
		t.Fatal(err)
	}
	if !evaluate[bool](t, ctx, `document.getElementById('indicator-neet').open`) {
		t.Error("the entry that the link names is still folded")
	}
}
