package engine_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"levelfield/scorecard"
)

// sayable is one sentence that FIGURES.md section 5 says must come out of the engine, with the generated sentences
// that make its assertions, and where they stand.
type sayable struct {
	figures   string
	indicator string
	lead      []string
	title     string
	// written is how a number of the sentence is written by the engine, where the two differ in form.
	written map[string]string
}

var mustSay = []sayable{
	{
		figures:   "About 196 of 5,150 people aged 16 and 17 were not in education, employment or training around the turn of 2025 (3.8%, 3.3% to 4.4%; the count is worked back from a published percentage).",
		indicator: "neet",
		lead:      []string{"About 196 of 5,150 people aged 16 and 17 were not in education, employment or training in December 2024 to February 2025 (3.8%, 3.3% to 4.4%; the count is worked back from a published percentage)."},
	},
	{
		figures:   "The share has risen since 2021, from 2.2% to 3.8%.",
		indicator: "neet",
		lead:      []string{"The share has risen since 2021, from 2.2% to 3.8%."},
		title:     "NEET has risen since 2021, from 2.2% to 3.8%",
	},
	{
		figures:   "Almost everyone's activity is known in Thurrock. In England 2.2% is not known, so England's share lies between 3.4% and 5.6%, and no verdict is given.",
		indicator: "neet",
		lead: []string{
			"Almost everyone's activity is known in Thurrock.",
			"In England 2.2% is not known, so England's share lies between 3.4% and 5.6%, and no verdict is given.",
		},
	},
	{
		figures:   "At 11, 58% of disadvantaged pupils met the expected standard, against 48% in England: 19th highest of 151 authorities. The difference is not tested, because no counts are held.",
		indicator: "key-stage-2-expected-standard",
		lead: []string{
			"In 2024/25, 58% of disadvantaged pupils met the expected standard at 11, against 48% in England: joint 19th highest of 151 authorities.",
			"None of these differences is tested, because no counts are held.",
		},
	},
	{
		figures:   "Fewer residents hold Level 3 or above than in England: 58.1% (53.2% to 63.0%) against 67.4%, in 2023.",
		indicator: "level-3-or-above",
		lead:      []string{"In 2023, 58.1% (53.2% to 63.0%) of residents aged 16 to 64 held a qualification at level 3 or above: lower than England, 67.4%."},
	},
	{
		figures:   "No qualifications: 7.0% (4.5% to 9.5%) in 2023, similar to England. Two years are too few for a trend.",
		indicator: "no-qualifications",
		lead: []string{
			"In 2023, 7.0% (4.5% to 9.5%) of residents aged 16 to 64 had no qualifications, similar to England, 6.2%.",
			"Two comparable years are too few for a trend.",
		},
	},
	{
		figures:   "79 of 167 care leavers aged 19 to 21 were in education, employment or training (47%, 40% to 55%), similar to England. No significant change since 2021.",
		indicator: "care-leavers-19-21",
		lead: []string{
			"79 of 167 care leavers aged 19 to 21 were in education, employment or training in 2024/25 (47%, 40% to 55%), similar to England, 54%.",
			"There is no significant change from 2020/21 to 2024/25.",
		},
		title:   "Care leavers in education or work have not changed significantly since 2020/21, and are similar to England",
		written: map[string]string{"2021": "2020/21"},
	},
	{
		figures:   "Business births show no significant change from 2020 to 2024; at 12.7% in 2024 they are higher than England's 11.2%.",
		indicator: "business-births",
		lead: []string{
			"1,000 of 7,855 active businesses were new in 2024 (12.7%, 12.0% to 13.5%): higher than England, 11.2%.",
			"There is no significant change from 2020 to 2024.",
		},
		title: "Business births have not changed significantly since 2020, and are higher than England",
	},
	{
		figures:   "Income per head was 91% of England's in 2023, and 93% in 2021 (cash terms, no interval published).",
		indicator: "household-income",
		lead:      []string{"Income per head was 91% of England's in 2023, and 93% in 2021 (cash terms, no interval published)."},
	},
	{
		figures:   "No Thurrock figure is held for the employment gap by long-term condition [x]. England's was 10.4 percentage points in 2022/23.",
		indicator: "employment-gap-long-term-condition",
		lead: []string{
			"No Thurrock figure is held for the employment gap by long-term condition [x].",
			"England's was 10.4 percentage points in 2022/23.",
		},
	},
}

func TestTheTenSentencesComeOut(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for _, want := range mustSay {
		page := b.page(t, "domain-4", want.indicator)
		printed := htmlText(t, filepath.Join(b.out, "domain-4", want.indicator+".html"))
		for _, sentence := range want.lead {
			if !slices.Contains(page.Lead, sentence) {
				t.Errorf("%s: got the sentences\n%s\nwant among them\n%s", want.indicator, strings.Join(page.Lead, "\n"), sentence)
			}
			if !strings.Contains(strings.Join(printed, " "), sentence) {
				t.Errorf("%s: the page does not print %q", want.indicator, sentence)
			}
		}
		if want.title != "" && !slices.ContainsFunc(page.Charts, func(c scorecard.Chart) bool { return c.Title == want.title }) {
			t.Errorf("%s: no chart has the title %q", want.indicator, want.title)
		}
	}
}

// TestTheTenSentencesAssertWhatFiguresAssert holds that no number of FIGURES' sentences is lost in ours.
func TestTheTenSentencesAssertWhatFiguresAssert(t *testing.T) {
	t.Parallel()
	numbers := regexp.MustCompile(`£?\d[\d,./]*\d%?|\d%?`)
	for _, want := range mustSay {
		ours := strings.Join(want.lead, " ")
		for _, number := range numbers.FindAllString(want.figures, -1) {
			if other, written := want.written[number]; written {
				number = other
			}
			if !strings.Contains(ours, number) {
				t.Errorf("%s: FIGURES says %s, our sentences do not: %s", want.indicator, number, ours)
			}
		}
	}
}

// inline are the tags inside a sentence; every other tag ends it.
var (
	inline   = regexp.MustCompile(`</?(a|abbr|b|em|i|small|strong|sub|sup|tspan)\b[^>]*>`)
	unseen   = regexp.MustCompile(`(?s)<(style|script)\b.*?</(style|script)>`)
	spoken   = regexp.MustCompile(`\b(?:alt|title|aria-label|content)="([^"]*)"`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
	spaceRun = regexp.MustCompile(`[ \t]+`)
)

// htmlText is everything that a page says, one block an entry: its text, and the attributes that are read aloud.
func htmlText(t *testing.T, path string) []string {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := unseen.ReplaceAllString(string(page), "\n")
	var blocks []string
	for _, attribute := range spoken.FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, html.UnescapeString(attribute[1]))
	}
	text = anyTag.ReplaceAllString(inline.ReplaceAllString(text, ""), "\n")
	for _, block := range strings.Split(html.UnescapeString(text), "\n") {
		if block = strings.TrimSpace(spaceRun.ReplaceAllString(block, " ")); block != "" {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// htmlPages are the pages of a publication, by their path in it.
func htmlPages(t *testing.T, out string) []string {
	t.Helper()
	var pages []string
	for _, pattern := range []string{"*.html", "*/*.html"} {
		found, err := filepath.Glob(filepath.Join(out, pattern))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	if len(pages) < 60 {
		t.Fatalf("got %d pages, want one for each indicator and board", len(pages))
	}
	return pages
}
