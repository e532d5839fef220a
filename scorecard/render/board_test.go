package render

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"levelfield/scorecard"
)

func TestSiteWritesTheseFiles(t *testing.T) {
	t.Parallel()
	files, err := Site([]scorecard.Model{sample(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range files {
		got = append(got, file.Path)
	}
	want := []string{
		"style.css", "index.html", "domain-4/index.html", "domain-4/compare-areas.html",
		"domain-4/neet.html", "domain-4/not-known.html", "domain-4/ks2.html", "domain-4/level-3.html", "domain-4/pay.html", "domain-4/employment-gap.html",
		"domain-4/scorecard.html",
		"domain-4/charts/neet-parts.svg", "domain-4/charts/childhood.svg", "domain-4/charts/neet-trend.svg", "domain-4/charts/neet-neighbours.svg",
		"domain-4/charts/level-3-trend.svg", "domain-4/charts/employment-gap-trend.svg",
		"data/model/domain-4.json", "downloads.html",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the files differ (-want +got):\n%s", diff)
	}
}

func TestEqualModelsGiveEqualBytes(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(site(t), site(t)); diff != "" {
		t.Errorf("two renderings differ:\n%s", diff)
	}
}

// TestWhatThePagesSay reads the pages as a reader does: by place, in text.
func TestWhatThePagesSay(t *testing.T) {
	t.Parallel()
	parsed := pages(t, site(t))
	first := "section[aria-labelledby=front] tbody tr:nth-child(1) "
	third := "section[aria-labelledby=front] tbody tr:nth-child(3) "
	for _, test := range []struct{ page, selector, want string }{
		{"index.html", "h1", "Scorecards for Thurrock"},
		{"index.html", "h2 a", "Opportunity for All"},
		{"domain-4/index.html", ".kicker", "Thurrock Health and Wellbeing Strategy 2022–26 · Domain 4"},
		{"domain-4/index.html", ".tile.worse", "worse than England 9"},
		{"domain-4/index.html", ".chance", "Of 36 comparisons at 95% confidence, about 2 would look different by chance alone."},
		{"domain-4/index.html", first + "th", "NEET, 16–17 Residents · lower is better · management information"},
		{"domain-4/index.html", first + "td[data-l=Thurrock]", "3.8% 95% interval 3.3 to 4.4"},
		{"domain-4/index.html", first + "td[data-l=Period]", "December 2024 to February 2025 21 months old"},
		{"domain-4/index.html", first + "td[data-l^=Neighbours]", "2.2% 10 of 10 Region 2.9%"},
		{"domain-4/index.html", first + "td[data-l='Against England']", "Cannot be compared 112th of 153 England’s share lies between 3.4% and 5.6%"},
		{"domain-4/index.html", first + ".trend.worse", "Rising, getting worse"},
		{"domain-4/index.html", first + "td[data-l^=Since]", "+1.8 points 95% interval 1.1 to 2.5, since 2022 England 2.6% to 3.4%"},
		{"domain-4/index.html", first + "td[data-l=History] title", "History of neet"},
		{"domain-4/index.html", "section[aria-labelledby=front] tr.follows .with", "Read with the line above"},
		{"domain-4/index.html", third + "a", "Reading, writing & maths at 11: “expected standard”"},
		{"domain-4/index.html", third + "td[data-l=Thurrock]", "69% no counts are held"},
		{"domain-4/index.html", "section[aria-labelledby=front] tbody tr:last-child", "Adults with a learning disability in paid work Adults receiving social care · higher is better · official statistics [x] not fetched yet: the council’s table of the Adult Social Care Outcomes Framework, from 2015 on"},
		{"domain-4/index.html", "tr.missing", "Pupils’ aspirations [x] No survey of pupils’ aspirations is published for Thurrock; the council’s own survey of 2023 is not held."},
		{"domain-4/index.html", "section[aria-labelledby=promised] tbody tr", "Kickstart scheme 30 June 2023 Listed for the year — Implementation of… · Strategy, July 2022"},
		{"domain-4/index.html", "details.commitments", "What will be done differently: the strategy’s commitments The strategy makes one commitment here. No status has been recorded for it. 4A All children and young people achieve their potential Mentoring for young people"},
		{"domain-4/index.html", ".facts", "36 current lines with a figure · 4 from older series, for context · oldest current figure 2021"},
		{"domain-4/index.html", "section[aria-labelledby=goal-4a] .statement", "Through raising aspirations and reducing the disadvantage gap, all children & young people are able to achieve their potential"},
		{"domain-4/index.html", "section[aria-labelledby=goal-4a] tbody tr:nth-child(1) th small", "Residents · lower is better · management information · headline"},
		{"domain-4/index.html", "section[aria-labelledby=since] tbody tr", "NEET, 16–17 2.0% 2022 3.8% 2025 +1.8 points 1.1 to 2.5 2.6% to 3.4%"},
		{"domain-4/index.html", "section[aria-labelledby=sources] tbody td[data-l='Next release']", "23 July 2026"},
		{"domain-4/index.html", "dl.shorthand div:nth-child(2)", "[x] Not available: nobody has published it, or it has not been fetched yet."},
		{"domain-4/index.html", "details.glossary dt:nth-of-type(2)", "NEET"},
		{"domain-4/index.html", "table.gaps tbody tr", "Learners from ethnic minorities [x] Published by the Department for Education, not yet fetched."},
		{"domain-4/index.html", "section[aria-labelledby=boards] a[href='../skills/index.html']", "Adult skills & learning"},
		{"domain-4/neet.html", "nav[aria-label=Breadcrumb] li:nth-child(3) a[href='index.html#goal-4a']", "Goal 4A"},
		{"domain-4/neet.html", "h1", "16 and 17 year olds not in education, employment or training"},
		{"domain-4/neet.html", ".lead", "About 196 of 5,150 people aged 16 and 17 were not in education, employment or training around the turn of 2025 (3.8%, 95% interval 3.3% to 4.4%). The share has risen since 2021, from 2.2% to 3.8%."},
		{"domain-4/neet.html", ".beside tbody tr:nth-child(2) a", "Activity not known, 16–17"},
		{"domain-4/neet.html", "figcaption b", "NEET has risen since 2021, from 2.2% to 3.8%"},
		{"domain-4/neet.html", "figure details summary", "The figures behind this chart: NEET has risen since 2021, from 2.2% to 3.8%"},
		{"domain-4/neet.html", ".warnings li:nth-child(2)", "Areas with many “not known” look better than they are."},
		{"domain-4/neet.html", "dl.list dt:nth-of-type(3) + dd", "Wilson score on the published percentage and cohort; the count is worked back from a published percentage. p < 0.05 is never printed."},
		{"domain-4/pay.html", "h1", "Median gross weekly pay of full-time employees who live here, £ <cash terms>"},
		{"domain-4/employment-gap.html", "dl.keys dd", "[x] not fetched: the publisher’s service was not asked 3 years 7 months old"},
		{"domain-4/employment-gap.html", "figure p.plot", "There are no figures to draw."},
	} {
		found := all(parsed[test.page], test.selector)
		if len(found) == 0 {
			t.Errorf("%s: nothing at %s", test.page, test.selector)
			continue
		}
		if got := text(found[0]); got != test.want {
			t.Errorf("%s, %s: got %q, want %q", test.page, test.selector, got, test.want)
		}
	}
}

// TestToneAlwaysHasAWord holds that wherever a tone colours something, a word says it.
func TestToneAlwaysHasAWord(t *testing.T) {
	t.Parallel()
	for name, page := range pages(t, site(t)) {
		for _, node := range all(page, ".chip, .trend, .status, .tile") {
			if text(node) == "" {
				t.Errorf("%s: a coloured mark without a word", name)
			}
		}
		for _, node := range all(page, "svg.icon") {
			if attribute(node, "aria-hidden") != "true" {
				t.Errorf("%s: an icon that is read aloud", name)
			}
		}
		for _, node := range all(page, "svg:not(.icon)") {
			if attribute(node, "role") != "img" || len(all(node, "title")) != 1 || len(all(node, "desc")) != 1 {
				t.Errorf("%s: a drawing without role, title and description", name)
			}
		}
	}
}

func TestSectionsStandInOrder(t *testing.T) {
	t.Parallel()
	var got []string
	for _, node := range all(pages(t, site(t))["domain-4/index.html"], "h1, h2") {
		got = append(got, text(node))
	}
	want := []string{
		"Opportunity for All", "Needs focus", "Doing well", "The lines that matter most", "In pictures",
		"4A All children and young people achieve their potential", "4B Adults continue learning and developing skills", "4C Support for the economically vulnerable",
		"What was promised for year one", "Since the strategy began", "How to read this page", "Sources", "Take this scorecard", "Other scorecards",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the headings differ (-want +got):\n%s", diff)
	}
}

func TestSingleFileStandsAlone(t *testing.T) {
	t.Parallel()
	files := site(t)
	page := pages(t, files)["domain-4/scorecard.html"]
	for _, node := range all(page, "[href], [src]") {
		link := attribute(node, "href") + attribute(node, "src")
		if !strings.HasPrefix(link, "#") && !strings.HasPrefix(link, "data:") {
			t.Errorf("got the link %q, want one inside the file", link)
		}
	}
	styles := all(page, "style")
	if len(styles) != 1 {
		t.Fatalf("got %d styles, want 1", len(styles))
	}
	style := styles[0].FirstChild.Data
	if style != string(files["style.css"]) {
		t.Error("the style in the file differs from style.css")
	}
	sum := sha256.Sum256([]byte(style))
	want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if got := attribute(all(page, `meta[http-equiv="Content-Security-Policy"]`)[0], "content"); !strings.Contains(got, want) {
		t.Errorf("got the policy %q, want the style's hash %s", got, want)
	}
	var titles []string
	for _, node := range all(page, "article.indicator-part > h2") {
		titles = append(titles, text(node))
	}
	var wanted []string
	for _, indicator := range sample(t).Pages {
		wanted = append(wanted, indicator.Card.Title)
	}
	if !slices.Equal(titles, wanted) {
		t.Errorf("got the indicators %q, want %q", titles, wanted)
	}
}

func TestStyleAsksForNothing(t *testing.T) {
	t.Parallel()
	for _, forbidden := range []string{"url(", "@import", "http:", "https:"} {
		if strings.Contains(stylesheet(nil), forbidden) {
			t.Errorf("the stylesheet holds %q", forbidden)
		}
	}
}

func TestNamesCannotLeaveTheFolder(t *testing.T) {
	t.Parallel()
	for _, spoil := range []func(*scorecard.Model){
		func(m *scorecard.Model) { m.ID = "../up" },
		func(m *scorecard.Model) { m.Pages[0].Card.Indicator = "a/b" },
		func(m *scorecard.Model) { m.Charts[0].ID = "" },
		func(m *scorecard.Model) { m.Pages[1].Card.Indicator = "index" },
		func(m *scorecard.Model) { m.Pages[1].Card.Indicator = m.Pages[0].Card.Indicator },
		func(m *scorecard.Model) { m.Pages[0].Charts[0].Kind = "pie" },
	} {
		model := sample(t)
		spoil(&model)
		if files, err := Site([]scorecard.Model{model}, nil); err == nil {
			t.Errorf("got %d files, want an error", len(files))
		}
	}
}

func TestSiteOfNoBoards(t *testing.T) {
	t.Parallel()
	files, err := Site(nil, nil)
	if err != nil || len(files) != 3 {
		t.Errorf("got %d files and %v, want the index, its style and the downloads", len(files), err)
	}
}

func TestShapesUnknownToTheFontAreDrawn(t *testing.T) {
	t.Parallel()
	for shape, want := range map[string]string{"✓": "<svg", "§": `<i aria-hidden="true">§</i>`, "<": `<i aria-hidden="true">&lt;</i>`, "": ""} {
		if got := string(icon(shape)); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("icon %q: got %q, want %q", shape, got, want)
		}
	}
	for shape := range icons {
		if _, err := html.Parse(strings.NewReader(string(icon(shape)))); err != nil {
			t.Errorf("icon %q: %v", shape, err)
		}
	}
}

func TestBritishDates(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"2026-11-23": "23 November 2026", "2022-07": "July 2022", "2022/23": "2022/23", "": ""} {
		if got := british(in); got != want {
			t.Errorf("british(%q): got %q, want %q", in, got, want)
		}
	}
}

func BenchmarkSite(b *testing.B) {
	models := []scorecard.Model{sample(b)}
	for b.Loop() {
		if _, err := Site(models, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// TestALongReasonStandsApart holds that a reason for having no figure takes the place of what cannot be drawn either.
func TestALongReasonStandsApart(t *testing.T) {
	t.Parallel()
	const reason = "not fetched yet: the rate for each upper-tier authority, by year"
	model := sample(t)
	card := scorecard.Card{
		Indicator: "gap", Short: "Gap", Period: "2022/23", Value: scorecard.Figure{Text: "[x]", Reason: reason},
		Trend: scorecard.Chip{Outcome: "cannot-calculate", Word: "No trend", Shape: "–"}, Change: scorecard.Since{Reason: "no baseline"},
	}
	table, err := newSheet(model, onSite).cardTable("Lines", []scorecard.Card{card}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if row := table.Rows[0]; row.Apart != reason || row.Value.Reason != "" {
		t.Errorf("got %q apart and %q under the figure, want all of it apart", row.Apart, row.Value.Reason)
	}
}
