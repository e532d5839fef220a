package render

import (
	"slices"
	"strings"
	"testing"

	"levelfield/scorecard"
)

// TestEveryPageHasTheNavigation: the same entries everywhere, the page itself or the part that heads it marked, and none
// on the file that stands alone.
func TestEveryPageHasTheNavigation(t *testing.T) {
	t.Parallel()
	marked := map[string][2]string{
		"index.html": {"Scorecards", "page"}, "inequalities.html": {"Inequalities", "page"}, "deliverables.html": {"Deliverables", "page"}, "changes.html": {"What changed", "page"},
		"coverage.html": {"Coverage", "page"}, "methods.html": {"Methods", "page"}, "definitions.html": {"Definitions", "page"}, "downloads.html": {"Downloads", "page"},
	}
	for name, page := range pages(t, site(t)) {
		links := all(page, "nav.site a")
		if name == "domain-4/scorecard.html" {
			if len(links) != 0 {
				t.Errorf("%s: got %d links out of itself", name, len(links))
			}
			continue
		}
		var names []string
		for _, link := range links {
			names = append(names, text(link))
		}
		if want := []string{"Scorecards", "Inequalities", "Deliverables", "What changed", "Coverage", "Methods", "Definitions", "Downloads"}; !slices.Equal(names, want) {
			t.Errorf("%s: got the navigation %q, want %q", name, names, want)
		}
		want, known := marked[name]
		if !known {
			want = [2]string{"Scorecards", "true"}
		}
		current := all(page, "nav.site a[aria-current]")
		if len(current) != 1 || text(current[0]) != want[0] || attribute(current[0], "aria-current") != want[1] {
			t.Errorf("%s: got %d entries marked, want %q as %q", name, len(current), want[0], want[1])
		}
		if crumbs := len(all(page, "nav.crumbs li[aria-current=page]")); crumbs != 1 && name != "index.html" {
			t.Errorf("%s: got %d breadcrumbs of the page itself, want one", name, crumbs)
		}
	}
}

// TestWhatTheOtherPagesSay reads the pages that stand behind the boards, by place, in text.
func TestWhatTheOtherPagesSay(t *testing.T) {
	t.Parallel()
	parsed := pages(t, site(t))
	for _, test := range []struct{ page, selector, want string }{
		{"index.html", ".lead", "Of the strategy’s 3 statements, 1 have an indicator with a figure, 1 are followed as milestones, and 1 are gaps. See which"},
		{"index.html", ".more", "Since the release before, with figures to 11 February 2026: one new figure. See what changed"},
		{"domain-4/index.html", "main > .facts:nth-of-type(3)", "Since the release before, with figures to 13 May 2026: one new figure, one revised figure and one changed verdict or trend. See what changed"},
		{"domain-4/index.html", "nav.tabs", "Scorecard Compare areas"},
		{"domain-4/compare-areas.html", "thead", "Indicator Thurrock Place among neighbours England East of England Medway North Northamptonshire Dudley"},
		{"domain-4/compare-areas.html", "tbody tr:nth-child(1)", "NEET, 16–17 %, 2025 3.8% 3rd of 4 3.4% 2.9% 6.6% [c] 2.4% [p]"},
		{"domain-4/compare-areas.html", "tbody tr:nth-child(6)", "Gap & more percentage points, 2022/23, older series 72.8 – 71.0 73.4 [x] 71.6 [x]"},
		{"inequalities.html", ".gap-table tbody td:nth-of-type(2)", "40.0% Eligible 61.2% Not eligible"},
		{"inequalities.html", ".gap-table tbody td:nth-of-type(3)", "21.2 points 95% interval 19.0 to 23.4"},
		{"inequalities.html", ".gap-table tbody td:nth-of-type(6)", "Rising, getting worse"},
		{"inequalities.html", ".within tbody tr", "NEET 2025 2 wards 2.0% South 5.0% North 3.8%"},
		{"inequalities.html", "section[aria-labelledby=missing] li", "Grants, gap [x] no figure is held"},
		{"deliverables.html", ".lead", "What was promised, beside the figures that it is about. Done or under way: 1 of 1 deliverables of the first year. With a figure beside it: 1 of 1 commitments."},
		{"deliverables.html", "table:nth-of-type(1) tbody tr", "A hub The council 30 June 2023 Done set up… Strategy, July 2022 nothing counts it"},
		{"deliverables.html", "table:nth-of-type(2) tbody tr", "A plan Write it. not stated not stated Not recorded NEET 3.8 per 100, 2025 Worse No figure yet: Grants [x]"},
		{"changes.html", "section[aria-labelledby=verdicts] tbody", "NEET Against England Similar Worse"},
		{"changes.html", "section[aria-labelledby=new] tbody", "NEET Ayton 2025 3.6% 3.8%"},
		{"changes.html", "section[aria-labelledby=revised] tbody", "NEET England 2024 – [c] the data behind it changed"},
		{"changes.html", "section[aria-labelledby=gone]", "Lines that left An old line"},
		{"definitions.html", "#signs + dl", "[c] Suppressed."},
		{"definitions.html", ".entry:nth-of-type(2)", "Grants [x] Grants given. 4A Businesses · grants"},
		{"domain-4/neet.html", ".glossary summary", "Words and signs on this page"},
	} {
		found := all(parsed[test.page], test.selector)
		if len(found) == 0 {
			t.Errorf("%s: nothing like %s", test.page, test.selector)
			continue
		}
		if got := text(found[0]); got != test.want {
			t.Errorf("%s, %s:\ngot  %q\nwant %q", test.page, test.selector, got, test.want)
		}
	}
}

// TestDownloadsSayWhatAFileIs: name, format, size, licence and what it holds, of the files that are there.
func TestDownloadsSayWhatAFileIs(t *testing.T) {
	t.Parallel()
	others := []File{
		{"data/results.csv", make([]byte, 64_388_824)}, {"data/results.parquet", make([]byte, 2_873_575)}, {"domain-4/pack.pdf", make([]byte, 304_400)}, {"data/trends.csv", make([]byte, 812)},
	}
	files, err := Site([]scorecard.Model{sample(t)}, book(), others...)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string][]byte{}
	for _, file := range files {
		byPath[file.Path] = file.Data
	}
	var rows []string
	for _, row := range all(pages(t, byPath)["downloads.html"], "tbody tr") {
		rows = append(rows, text(row))
	}
	for _, want := range []string{
		"results.csv every value with its limits, period, method, status and reason CSV, UTF-8 64 MB Open Government Licence v3.0",
		"results.parquet the values again, for analysis tools Parquet 2.9 MB Open Government Licence v3.0",
		"trends.csv every test of a recent trend CSV, UTF-8 812 bytes Open Government Licence v3.0",
		"Opportunity for All: board pack the scorecard to print; the web pages are the accessible edition PDF 304 kB Open Government Licence v3.0",
	} {
		if !slices.Contains(rows, want) {
			t.Errorf("got no row %q among\n%s", want, strings.Join(rows, "\n"))
		}
	}
	for _, row := range rows {
		if strings.HasPrefix(row, "comparisons.csv") {
			t.Errorf("got %q, which the publication does not hold", row)
		}
	}
}

// TestABoardOfSixtyWeighsLittle fills a board with sixty lines and their pages, each as heavy as the heaviest of the
// sample: the page stays under 600 kB with its charts, and the single file under 6 MB.
func TestABoardOfSixtyWeighsLittle(t *testing.T) {
	t.Parallel()
	model := sample(t)
	heaviest, card := model.Pages[0], model.Front[0]
	model.Pages, model.Goals = nil, model.Goals[:1]
	table := scorecard.Table{Title: "Sixty lines"}
	for i := range 60 {
		page := heaviest
		page.Card.Indicator = "line-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		page.Charts = slices.Clone(heaviest.Charts)
		for c := range page.Charts {
			page.Charts[c].ID = page.Card.Indicator + "-" + page.Charts[c].ID
		}
		line := card
		line.Indicator = page.Card.Indicator
		model.Pages, table.Cards = append(model.Pages, page), append(table.Cards, line)
	}
	model.Goals[0].Tables = []scorecard.Table{table}
	files, err := Site([]scorecard.Model{model}, nil)
	if err != nil {
		t.Fatal(err)
	}
	size := map[string]int{}
	for _, file := range files {
		size[file.Path] = len(file.Data)
	}
	if got := size["domain-4/index.html"] + size["style.css"]; got >= 600_000 || got < 100_000 {
		t.Errorf("got a board of %d bytes with its style, want under 600,000 and more than a stub", got)
	}
	if got := size["domain-4/scorecard.html"]; got >= 6_000_000 || got < 600_000 {
		t.Errorf("got a single file of %d bytes, want under 6,000,000 and more than a stub", got)
	}
}
