package render

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// stop is where a press of the Tab key leads.
type stop struct {
	// At counts the places of the page in the order of the document; -1 is none of them: the way has left the page.
	At int `json:"at"`
	// What names the place for a message.
	What  string  `json:"what"`
	Left  float64 `json:"left"`
	Top   float64 `json:"top"`
	Below float64 `json:"below"`
	// Seen says that the place is on the screen and not behind something else, Marked that it shows the focus.
	Seen   bool `json:"seen"`
	Marked bool `json:"marked"`
}

const (
	// places counts everything on the page that a reader can work, and remembers its place.
	places = `(window.places = Array.from(document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]'))
		.filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled)).length`
	// focused tells of the place that has the focus. The last point is what a reader would press there.
	focused = `(e => {
		const box = e.getBoundingClientRect(), style = getComputedStyle(e);
		const line = e.getClientRects()[0]; // of a link that runs over two
		const mid = line && document.elementFromPoint(Math.min(line.left + 4, innerWidth - 1), line.top + Math.min(line.height, 20) / 2);
		return {at: window.places.indexOf(e), what: e.outerHTML.slice(0, 90), left: box.left, top: box.top + scrollY, below: box.bottom + scrollY,
			seen: !!mid && box.width > 1 && box.height > 1 && (e.contains(mid) || mid.contains(e)),
			marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none'};
	})(document.activeElement)`
)

// mostStops ends a walk that the key does not lead out of.
const mostStops = 600

// walk presses Tab from the top of the open page until the way has left it.
func walk(t *testing.T, ctx context.Context) (count int, stops []stop) {
	t.Helper()
	count = evaluate[int](t, ctx, places)
	for range mostStops {
		if err := chromedp.Do(ctx, chromedp.KeyEvent("\t")); err != nil {
			t.Fatal(err)
		}
		here := evaluate[stop](t, ctx, focused)
		if here.At < 0 {
			break
		}
		stops = append(stops, here)
	}
	return count, stops
}

// outOfOrder is what is wrong with a walk over a page of so many places: a place left out or met twice, one that does not show
// that it has the focus, and a step back up the page and to its left.
func outOfOrder(count int, stops []stop) []string {
	var faults []string
	if len(stops) != count {
		faults = append(faults, fmt.Sprintf("%d places can be worked, and the key stops at %d", count, len(stops)))
	}
	for i, here := range stops {
		switch {
		case here.At != i:
			faults = append(faults, fmt.Sprintf("stop %d is place %d of the page: %s", i, here.At, here.What))
			return faults
		case !here.Seen:
			faults = append(faults, fmt.Sprintf("stop %d is not to be seen: %s", i, here.What))
		case !here.Marked:
			faults = append(faults, fmt.Sprintf("stop %d does not show the focus: %s", i, here.What))
		case i > 1 && here.Below <= stops[i-1].Top && here.Left <= stops[i-1].Left:
			faults = append(faults, fmt.Sprintf("stop %d leads back up: %s", i, here.What))
		}
	}
	return faults
}

// TestTheKeyboardReachesEverythingInOrder walks through a page of each template with the Tab key, some on a telephone too:
// the way begins with the link over the navigation, stops at everything that can be worked, once, in the order in which it is
// read, shows where it is, and leads out again.
func TestTheKeyboardReachesEverythingInOrder(t *testing.T) {
	t.Parallel()
	ctx, folder := browser(t), written(t)
	for _, page := range templatePages {
		widths := []int64{1280}
		if slices.Contains([]string{"domain-4/index.html", "domain-4/compare-areas.html", "domain-4/neet.html"}, page) {
			widths = append(widths, 320) // a board, its areas and an indicator change their order the most
		}
		for _, width := range widths {
			address := "file://" + filepath.ToSlash(filepath.Join(folder, filepath.FromSlash(page)))
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address)); err != nil {
				t.Fatal(err)
			}
			count, stops := walk(t, ctx)
			if len(stops) < 10 {
				t.Errorf("%s at %d: got %d stops, want the navigation at least", page, width, len(stops))
				continue
			}
			for _, fault := range outOfOrder(count, stops) {
				t.Errorf("%s at %d: %s", page, width, fault)
			}
			if first := evaluate[string](t, ctx, `window.places[0].getAttribute('href')`); first != "#main" {
				t.Errorf("%s: got the first stop %q, want the link to the content", page, first)
			}
		}
	}
}

// TestTheWalkSeesFaults walks over pages of faults, so that its silence means something.
func TestTheWalkSeesFaults(t *testing.T) {
	t.Parallel()
	ctx, folder := browser(t), t.TempDir()
	for name, body := range map[string]string{
		"order":  `<a href="#">one</a><a href="#" tabindex="2">two</a>`,
		"left":   `<a href="#">one</a><button tabindex="-1">two</button>`,
		"hidden": `<a href="#">one</a><a href="#" style="position:absolute;left:-999px">two</a>`,
		"plain":  `<a href="#">one</a><a href="#" style="outline:none">two</a>`,
		"up":     `<div style="padding:9em"><a href="#">one</a><p><a href="#">two</a><a href="#" style="position:absolute;top:0;left:0">three</a></div>`,
		"behind": `<a href="#">one</a><a href="#">two</a><div style="position:fixed;inset:0;background:white"></div>`,
	} {
		file := filepath.Join(folder, name+".html")
		if err := os.WriteFile(file, []byte(`<!doctype html><title>faulty</title><style>:focus{outline:3px solid}</style>`+body), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(file))); err != nil {
			t.Fatal(err)
		}
		if faults := outOfOrder(walk(t, ctx)); len(faults) == 0 {
			t.Errorf("%s: got no fault, want one", name)
		}
	}
}
