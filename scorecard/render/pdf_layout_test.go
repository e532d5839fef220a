package render

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"levelfield/scorecard"
)

// awkwardModel is a board with everything that breaks a page: titles of forty words, words without a space, sixty
// indicators, a row longer than a page, signs that the font lacks, negative pounds, empty sections.
func awkwardModel() scorecard.Model {
	value := -1234.5
	chart := scorecard.Chart{Kind: scorecard.TrendChart, ID: "one", Title: strings.Repeat("A long message about nothing ", 9), Unit: scorecard.Unit{Prefix: "£"}}
	chart.Series = []scorecard.Series{{Name: "Thurrock 😀 日本", Role: scorecard.FocusRole, Points: []scorecard.Point{{Label: "2024", X: 2024, Y: &value}}}}
	model := scorecard.Model{
		ID: "awkward", Title: strings.Repeat("Opportunity for All and Everyone ", 5), Kicker: "Kicker · 日本 and 😀",
		Area: "Bournemouth, Christchurch and Poole", AsOf: "2026-11-23", Attribution: strings.Repeat("Contains public sector information. ", 4),
		Chance: "Of 60 lines ✓ none.", Tiles: []scorecard.Tile{{Number: "1,234,567", Shape: "✓", Label: strings.Repeat("better ", 9)}},
		Goals: []scorecard.Goal{{Code: "4A", Title: strings.Repeat("All children and young people ", 4)}, {Code: "4B", Title: "Empty"}},
	}
	table := scorecard.Table{Title: strings.Repeat("A table of many lines ", 6), Missing: []scorecard.Term{{Term: "Nothing", Text: strings.Repeat("why not ", 60)}}}
	for i := range 60 {
		id := fmt.Sprintf("line-%d", i)
		card := scorecard.Card{
			Indicator: id, Short: fmt.Sprintf("Line %d: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch", i), Title: strings.Repeat("Long ", 40),
			Basis: "Residents · lower is better", Period: "December 2024 to February 2025", Age: "21 months old", Follows: i%7 == 1,
			Value:   scorecard.Figure{Text: "−£1,234.50", Interval: "−1,300.0 to −1,150.0", Marker: "[p] [r]"},
			England: scorecard.Figure{Text: "£654,321", Reason: strings.Repeat("a very long reason ", i%9)},
			Verdict: scorecard.Chip{Word: "Worse (99.8%)", Shape: "!", Tone: scorecard.Worse}, Position: "112th of 153",
			Trend:  scorecard.Chip{Word: "Rising, getting worse", Shape: "↗", Tone: scorecard.Worse},
			Change: scorecard.Since{Change: "+1.8 points", Reason: "not tested", England: "88.5% to 91.2%"},
		}
		table.Cards = append(table.Cards, card)
		model.Since = append(model.Since, scorecard.Since{Indicator: id, Short: card.Short, First: "2.0%", From: "2022", Last: "3.8%", To: "2025", Reason: "no interval"})
		model.Pages = append(model.Pages, scorecard.Page{Card: card, Goal: "4A", Definition: []scorecard.Term{{Term: "What it counts", Text: strings.Repeat("words ", 20*(i%40))}}})
	}
	table.Cards[30].Basis = strings.Repeat("a basis without an end ", 160)
	model.Pages[3].Charts = []scorecard.Chart{chart}
	model.Pages[4].Definition[0].Text = strings.Repeat("a definition without an end ", 500)
	model.Front = table.Cards[:25]
	model.Goals[0].Tables = []scorecard.Table{table, {Title: "No cards"}}
	model.NeedsFocus = []scorecard.Highlight{{Indicator: "line-1", Short: strings.Repeat("Focus ", 30), Sentence: strings.Repeat("Because. ", 80)}}
	return model
}

// word is a word on a page with its box in millimetres.
type word struct {
	page                   int
	text                   string
	left, top, right, foot float64
}

var boxPattern = regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>`)

// boxes are the words of a pack with their places, as pdftotext sees them.
func boxes(t *testing.T, pack []byte) []word {
	t.Helper()
	var words []word
	page := 0
	for _, line := range strings.Split(pdfText(t, pack, "-bbox"), "\n") {
		if strings.Contains(line, "<page ") {
			page++
		}
		found := boxPattern.FindStringSubmatch(line)
		if found == nil {
			continue
		}
		var edges [4]float64
		for i := range edges {
			number, err := strconv.ParseFloat(found[i+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			edges[i] = number * point
		}
		words = append(words, word{page, found[5], edges[0], edges[1], edges[2], edges[3]})
	}
	return words
}

func TestPackKeepsItsMargins(t *testing.T) {
	t.Parallel()
	const slack = 0.4 // millimetres: the font's own side bearings
	for name, model := range map[string]scorecard.Model{"saved": sample(t), "awkward": awkwardModel()} {
		words := boxes(t, printPack(t, model))
		if len(words) < 500 {
			t.Fatalf("%s: got %d words, want the whole pack", name, len(words))
		}
		for _, w := range words {
			if w.left < pageLeft-slack || w.right > pageLeft+textWidth+slack || w.foot > 297-3 {
				t.Errorf("%s, page %d: %q stands outside the margins: %.1f to %.1f, foot %.1f", name, w.page, w.text, w.left, w.right, w.foot)
			}
		}
	}
}

func TestPackOverprintsNothing(t *testing.T) {
	t.Parallel()
	// A box reaches from the highest accent to the lowest tail, more than the distance of two lines: a quarter of
	// the height may be shared.
	const shared = 0.25
	for name, model := range map[string]scorecard.Model{"saved": sample(t), "awkward": awkwardModel()} {
		words := boxes(t, printPack(t, model))
		for i, a := range words {
			for _, b := range words[i+1:] {
				if b.page != a.page {
					break
				}
				across := min(a.right, b.right) - max(a.left, b.left)
				down := min(a.foot, b.foot) - max(a.top, b.top)
				if across > 0.3 && down > shared*min(a.foot-a.top, b.foot-b.top) {
					t.Errorf("%s, page %d: %q is printed over %q", name, a.page, b.text, a.text)
				}
			}
		}
	}
}

func TestPackLeavesNoHeadingAlone(t *testing.T) {
	t.Parallel()
	for name, model := range map[string]scorecard.Model{"saved": sample(t), "awkward": awkwardModel()} {
		lowest := map[int]word{}
		for _, w := range boxes(t, printPack(t, model)) {
			if w.foot < pageBottom+2 && w.foot > lowest[w.page].foot {
				lowest[w.page] = w
			}
		}
		for page, w := range lowest {
			if size := (w.foot - w.top) / point; page > 3 && size > subsectionType.size {
				t.Errorf("%s, page %d: the last word %q is a heading's (box of %.1f points)", name, page, w.text, size)
			}
		}
	}
}

func TestPackPrintsEverySign(t *testing.T) {
	t.Parallel()
	text := pdfText(t, printPack(t, awkwardModel()))
	for _, want := range []string{"−£1,234.50", "−1,300.0 to", "£654,321", "Kicker · □□ and □", "[p] [r]"} {
		if !strings.Contains(folded(text), want) {
			t.Errorf("want %q in the text", want)
		}
	}
}

func TestWrapKeepsWidthAndWords(t *testing.T) {
	t.Parallel()
	meter, err := newMeter()
	if err != nil {
		t.Fatal(err)
	}
	text := "Fewer than five comparable years: https://example.invalid/a/very/long/path-without-a-space ✓ £1,234 Llanfairpwllgwyngyllgogerychwyrndrobwll"
	for _, width := range []float64{3, 10, 25, 60, 180} {
		lines := meter.wrap(bodyType, text, width)
		for _, line := range lines {
			if got := meter.width(bodyType, line); got > width && len([]rune(line)) > 1 {
				t.Errorf("width %g: got line %q of %.2f mm", width, line, got)
			}
		}
		got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(text, " ", "")
		if got != want {
			t.Errorf("width %g: got %q, want every sign of %q", width, got, want)
		}
	}
}

// TestPackKeepsALineWithItsHeading prints a front line that no goal lists, with three charts: its section's heading,
// its figures and the charts all stand on one page.
func TestPackKeepsALineWithItsHeading(t *testing.T) {
	t.Parallel()
	model := sample(t)
	page := &model.Pages[0]
	low, high := 35.7, 48.3
	page.Charts = append(page.Charts, scorecard.Chart{
		Kind: scorecard.DumbbellChart, ID: "ends", Title: "Both ends of the gap", PartNames: [2]string{"Some", "Others"},
		Pairs: []scorecard.Pair{{Label: "Gap", Period: "2024/25", Focus: [2]*float64{&low, &high}, England: [2]*float64{&low, &high}}},
	})
	page.Card.RegionNote = "Region 2.9%"
	model.Goals = nil
	for number, text := range pageTexts(t, printPack(t, model)) {
		text = folded(text)
		if !strings.Contains(text, "Other lines in charts") || strings.Contains(text, "Contents") {
			continue
		}
		for _, want := range []string{page.Card.Short, page.Charts[0].Title, page.Charts[1].Title, "Both ends of the gap", "Region 2.9% · Neighbours’ median"} {
			if !strings.Contains(text, folded(want)) {
				t.Errorf("page %d: want %q under the heading, got %q", number+1, want, text)
			}
		}
		return
	}
	t.Error("got no page of other lines, want one")
}
