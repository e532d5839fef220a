package render

import (
	"strings"
	"testing"
)

// TestWhatChangedStandsInEveryEdition: the page of changes cannot be reached from a single file or from paper, so that both
// list what changed themselves.
func TestWhatChangedStandsInEveryEdition(t *testing.T) {
	t.Parallel()
	model, files := sample(t), site(t)
	single := pages(t, files)["domain-4/scorecard.html"]
	rows := all(single, "section[aria-labelledby=changed] tbody tr")
	if want := len(model.Changed.New) + len(model.Changed.Revised) + len(model.Changed.Verdicts); len(rows) != want || want == 0 {
		t.Fatalf("the single file: got %d rows of what changed, want %d", len(rows), want)
	}
	if links := all(single, `p.facts a[href="#changed"]`); len(links) != 1 {
		t.Errorf("the single file: got %d links to what changed, want one", len(links))
	}
	if board := all(pages(t, files)["domain-4/index.html"], "#changed"); len(board) != 0 {
		t.Error("the board's page lists what changed, which has a page of its own")
	}
	paper := folded(pdfText(t, printPack(t, model)))
	for _, want := range []string{model.Changed.Say, "What changed since the release before", model.Changed.Revised[0].Then, model.Changed.Revised[0].Now, "Verdicts and trends that turned"} {
		if !strings.Contains(paper, want) {
			t.Errorf("the pack does not hold %q", want)
		}
	}

	// Nothing changed, or nothing to compare with: no empty heading.
	model.Changed.New, model.Changed.Revised, model.Changed.Verdicts, model.Changed.Added, model.Changed.Gone = nil, nil, nil, nil, nil
	if text := folded(pdfText(t, printPack(t, model))); strings.Contains(text, "What changed since the release before") {
		t.Error("the pack has a heading over nothing that changed")
	}
}
