package render

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"levelfield/scorecard"
)

// governed is the sample as a draft with targets, commentary and judgements: one target is not met and has no route to green,
// one is judged, and a verdict is under review.
func governed(t testing.TB) scorecard.Model {
	t.Helper()
	model := sample(t)
	model.ID = "governed"
	missed := scorecard.Target{
		Indicator: "neet", Short: "NEET", Period: "2025", Asked: "at most 3%", Value: scorecard.Figure{Text: "3.8%", Interval: "3.3 to 4.4"},
		Status: scorecard.Chip{Outcome: "not-met", Word: "Not met", Shape: "!", Tone: scorecard.Worse}, Source: "A plan & its <annex>",
	}
	judged := scorecard.Target{
		Indicator: "level-3", Short: "Level 3", Period: "2026", Asked: "at least 60%",
		Status: scorecard.Chip{Outcome: "met", Word: "Met, by judgement", Shape: "✓", Tone: scorecard.Better, Reason: "until 30 June 2026",
			Override: &scorecard.Override{Tested: "Cannot tell", Reason: "The basis has changed.", By: "Head of Data", Until: "30 June 2026"}}, Source: "A plan",
	}
	words := scorecard.Commentary{
		Indicator: "neet", Short: "NEET", Period: "2025", Author: "Head of <Data>", Date: "1 June 2026", Older: "This was written about 2024; the latest figure is of 2025.",
		Text: "More leave **early**, see [the register](https://example.gov.uk/).\n\n## Route to green\n\n1. A hub\n2. Another\n\n<script>alert(1)</script>",
	}
	earlier := words
	earlier.Older, earlier.Period, earlier.Text = "", "2024", "As before."
	model.Targets, model.Commentary = []scorecard.Target{missed, judged}, []scorecard.Commentary{words}
	for i := range model.Pages {
		page := &model.Pages[i]
		switch page.Card.Indicator {
		case "neet":
			page.Card.Target, page.Commentary, page.Route = &missed, []scorecard.Commentary{words, earlier}, "The target for 2025 is not met. A route to green is asked for, and none is written yet."
		case "level-3":
			page.Card.Target = &judged
			page.Card.Verdict = scorecard.Chip{Outcome: "under-review", Word: "Under review", Shape: "?", Tone: scorecard.None, Reason: "until 30 June 2026",
				Override: &scorecard.Override{Tested: "Worse", Reason: "The sample was small.", By: "Head of Data", Until: "30 June 2026"}}
		}
	}
	model.SignOff = &scorecard.SignOff{State: scorecard.Void, Hash: strings.Repeat("0a", 32), Mark: "Draft", Words: "The sign-off by A on 1 May 2026 is void: something has changed since."}
	return model
}

func governedSite(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := Site([]scorecard.Model{governed(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string][]byte{}
	for _, file := range files {
		byPath[file.Path] = file.Data
	}
	return byPath
}

func TestGovernanceOnThePages(t *testing.T) {
	t.Parallel()
	site := pages(t, governedSite(t))
	for _, want := range []struct{ page, selector, text string }{
		{"governed/index.html", "title", "Draft: "},
		{"governed/index.html", "header .draft-mark", "Draft The sign-off by A on 1 May 2026 is void: something has changed since."},
		{"governed/neet.html", "header .draft-mark b", "Draft"},
		{"governed/scorecard.html", "header .draft-mark b", "Draft"},
		{"index.html", ".card-board .draft-mark b", "Draft"},
		{"governed/index.html", ".targets tbody tr:first-child", "A plan & its <annex>"},
		{"governed/index.html", ".targets tbody tr:nth-child(2)", "Judged by Head of Data: The basis has changed."},
		{"governed/index.html", ".targets tbody tr:nth-child(2)", "The test by itself: Cannot tell"},
		{"governed/index.html", "section .comment strong", "early"},
		{"governed/index.html", "section .comment h4", "Route to green"},
		{"governed/index.html", ".contents a[href='#targets']", "Against target"},
		{"governed/index.html", ".contents a[href='#commentary']", "Commentary"},
		{"governed/neet.html", ".keys", "Target for 2025 at most 3% Not met"},
		{"governed/neet.html", ".commentary > .older", "A route to green is asked for, and none is written yet."},
		{"governed/neet.html", ".comment .older", "This was written about 2024; the latest figure is of 2025."},
		{"governed/neet.html", ".comment h3", "Route to green"},
		{"governed/neet.html", ".comment .src", "On 2025, by Head of <Data>, 1 June 2026"},
		{"governed/neet.html", ".comment ol li:nth-child(2)", "Another"},
		{"governed/neet.html", ".comment a[href='https://example.gov.uk/']", "the register"},
		{"governed/neet.html", ".comment .words", "<script>alert(1)</script>"},
		{"governed/neet.html", ".commentary details .comment", "As before."},
		{"governed/scorecard.html", "#indicator-neet .comment h4", "Route to green"},
		{"governed/level-3.html", ".keys", "Judged by Head of Data: The sample was small."},
		{"governed/level-3.html", ".keys", "The test by itself: Worse"},
	} {
		page, made := site[want.page]
		if !made {
			t.Fatalf("got no page %s", want.page)
		}
		found := all(page, want.selector)
		if len(found) == 0 || !strings.Contains(text(found[0]), want.text) {
			got := "nothing"
			if len(found) > 0 {
				got = text(found[0])
			}
			t.Errorf("%s, %s: got %q, want %q", want.page, want.selector, got, want.text)
		}
	}
	for name, page := range site {
		ids(t, name, page)
		checkHeadings(t, name, page)
		if strings.HasPrefix(name, "governed/") && !hasClass(all(page, "body")[0], "draft") {
			t.Errorf("%s: got no class draft, by which each printed page is marked", name)
		}
	}
}

func hasClass(node *html.Node, class string) bool {
	return strings.Contains(" "+attribute(node, "class")+" ", " "+class+" ")
}

// TestASignedBoardCarriesNoMark: and says at its foot who signed what.
func TestASignedBoardCarriesNoMark(t *testing.T) {
	t.Parallel()
	model := governed(t)
	model.SignOff = &scorecard.SignOff{State: scorecard.Signed, Hash: strings.Repeat("0a", 32), Words: "Signed off by A on 1 May 2026."}
	files, err := Site([]scorecard.Model{model}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasPrefix(file.Path, "governed/") || filepath.Ext(file.Path) != ".html" {
			continue
		}
		page, err := html.Parse(bytes.NewReader(file.Data))
		if err != nil {
			t.Fatal(err)
		}
		if len(all(page, ".draft-mark, body.draft")) > 0 || !strings.Contains(text(all(page, "footer")[0]), "Signed off by A on 1 May 2026. The signed content has the hash 0a0a") {
			t.Errorf("%s: got a mark, or no word of the sign-off", file.Path)
		}
	}
}

// TestThePackSaysTheSame: every page of a draft is marked; targets, judgements and commentary are printed.
func TestThePackSaysTheSame(t *testing.T) {
	t.Parallel()
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext present: ", err)
	}
	pack, err := Pack(governed(t))
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), reader, "-layout", "-", "-")
	command.Stdin = bytes.NewReader(pack)
	printed, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(string(printed)), " ")
	for _, want := range []string{
		"Against target", "at most 3%", "A plan & its <annex>", "Judged by Head", "The test by itself:",
		"More leave early, see the register (https://example.gov.uk/).", "1. A hub", "On 2025, by Head of <Data>, 1 June 2026", "A route to green is asked for",
		"The sign-off by A on 1 May 2026 is void",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the pack does not say %q", want)
		}
	}
	sheets := strings.Count(string(printed), "\f")
	if marks := strings.Count(said, "DRAFT: not signed off"); sheets == 0 || marks != sheets {
		t.Errorf("got %d marks on %d pages, want one on each", marks, sheets)
	}
}

// TestThePagesOverAllBoardsAreMarkedToo: they show the figures of boards that are drafts.
func TestThePagesOverAllBoardsAreMarkedToo(t *testing.T) {
	t.Parallel()
	handbook := book()
	handbook.SignOff = &scorecard.SignOff{State: scorecard.Draft, Mark: "Draft", Words: "Not every one of these scorecards is signed off."}
	files, err := Site([]scorecard.Model{governed(t)}, handbook)
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	for _, file := range files {
		if filepath.Dir(file.Path) != "." || filepath.Ext(file.Path) != ".html" || file.Path == "index.html" || file.Path == "downloads.html" {
			continue
		}
		page, err := html.Parse(bytes.NewReader(file.Data))
		if err != nil {
			t.Fatal(err)
		}
		if marks := all(page, "header .draft-mark"); len(marks) != 1 {
			t.Errorf("%s: got %d marks, want one", file.Path, len(marks))
			continue
		}
		marked++
	}
	if marked < 6 {
		t.Errorf("got %d marked pages, want each page over all boards", marked)
	}
}
