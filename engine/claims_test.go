package engine_test

import (
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"levelfield/engine/stats"
	"levelfield/scorecard"
)

// claim is one thing that must never be said, with patterns that find it in other words too, and examples that show
// that the patterns can find something.
type claim struct {
	says     string
	why      string
	patterns []string
	examples []string
}

// neverSay are the ten sentences of FIGURES.md section 5, and what may never be said of any figure.
var neverSay = []claim{
	{
		"NEET has not changed significantly since 2021; similar to England.", "it rose, and the comparison is not established",
		[]string{`\bNEET\b[^.]*\b(not changed significantly|no significant change)`, `\bNEET\b[^.]*\bsimilar to England`},
		[]string{"NEET has not changed significantly since 2021", "NEET, 16 and 17: no significant change", "NEET is similar to England"},
	},
	{
		"Thurrock's NEET rate is a third lower than England's.", "3.8 and 5.6 compare the shares not known",
		[]string{`\b(a|one|two) (thirds?|quarters?|fifths?|half) (lower|higher|less|more|fewer)\b`, `\bNEET\b[^.]*\b(lower|higher|better|worse|fewer) than (in )?England`, `\d%? (per cent )?(lower|higher|less|more|fewer) than`},
		[]string{"Thurrock's NEET rate is a third lower than England's", "NEET was lower than England in 2025", "The share is 32% lower than England's"},
	},
	{
		"Dudley has fewer NEET young people than Thurrock.", "2.4% with 19.1% not known",
		[]string{`\b(fewer|lower|less|higher|more|better|worse)\b[^.]*\bthan (in )?(Thurrock|Dudley|Swindon|Medway|Southend|Bexley|Havering)\b`, `\b(Dudley|Swindon|Medway) has\b`},
		[]string{"Dudley has fewer NEET young people than Thurrock", "NEET is lower than in Thurrock"},
	},
	{
		"The share with no qualifications has nearly doubled.", "one pair of years of a suspended survey, +0.3 to +6.3",
		[]string{`\b(doubled|doubles|doubling|halved|trebled|tripled|twofold)\b`, `\bno qualifications?\b[^.]*\b(risen|rose|increased|grown|grew|twice)\b`},
		[]string{"The share with no qualifications has nearly doubled", "The share with no qualifications has risen since 2022"},
	},
	{
		"Level 3 qualifications rose from 45% to 62% in a year.", "two bases of measurement",
		[]string{`\b45(\.2)?% (in \S+ )?to 6[12](\.5)?%`, `\blevel 3 or above\b[^.]*\b(rose|risen|fell|fallen|jumped|increased|grew)\b`, `\blevel 3 qualifications?\b[^.]*\b(rose|risen|increased)\b`},
		[]string{"Level 3 qualifications rose from 45% to 62% in a year", "Level 3 or above has fallen since 2022"},
	},
	{
		"Level 3 rose 16 points in 2022, and fell in 2023.", "two bases of measurement, and intervals that span the second difference",
		[]string{`\blevel 3\b[^.]*\b1[56](\.\d)? (percentage )?points\b`, `\blevel 3\b[^.]*\b(up|down) (by )?\d`},
		[]string{"Level 3 rose 16 points in 2022", "Level 3 or above is down 3.4 points since 2022"},
	},
	{
		"Participation in adult learning is significantly lower than in England.", "no counts are held, so nothing is tested",
		[]string{`\bsignificantly (lower|higher|fewer|more|less|better|worse|below|above|behind|ahead)\b`, `\b(adult learning|further education|adult learners|learners aged 19)\b[^.]*\b(lower|higher|fewer|better|worse) than (in )?England\b`},
		[]string{"Participation is significantly lower than in England", "Adult learning was lower than England in 2024/25"},
	},
	{
		"Learning reaches the groups that can benefit most.", "no figure of any of the groups is held",
		[]string{`\b(learning|courses?|skills|multiply)\b[^.]*\b(reach(es|ed)|is reaching|are reaching|attracts?|includes?) (the |those |more |many )?(groups|disadvantaged|deprived|most deprived|poorest|vulnerable|under-represented|minorit)`},
		[]string{"Learning reaches the groups that can benefit most", "Adult skills courses are reaching disadvantaged people"},
	},
	{
		"The skills plan and Multiply have raised what residents can do.", "nothing here tests a cause",
		[]string{`\b(multiply|skills (implementation )?plan|scorecard|adult college)\b[^.]*\b(has|have)? ?(raised|caused|cut|reduced|lifted|led to|paid off|made a difference)\b`, `\b(because of|thanks to|due to|owing to|as a result of) (the |this |our )?(multiply|skills plan|plan|programme|scorecard)\b`},
		[]string{"Multiply has raised numeracy", "More adults learn thanks to the skills plan"},
	},
	{
		"GCSE English and maths by 19 has collapsed.", "the cohorts before were graded by teachers",
		[]string{`\bcollaps`, `\bGCSE\b[^.]*\b(fallen|fell|dropped|plunged|slumped|declined)\b`, `75\.9% to 68\.5%`},
		[]string{"GCSE English and maths by 19 has collapsed", "GCSE English and maths by 19 has fallen since 2023/24", "from 75.9% to 68.5%"},
	},
	{
		"94% of school leavers sustain a destination, ahead of England's 91%.", "an old method, and two labels of one cohort",
		[]string{`\bsustain(s|ed)?\b[^.]*\bdestination`, `\bahead of England\b`, `\b94(\.2)?%[^.]*\bschool leavers`},
		[]string{"94% of school leavers sustain a destination, ahead of England's 91%", "90.9% of pupils had a sustained destination"},
	},
	{
		"Child poverty has risen from 15.4% to 18.4% since 2021.", "a rebased series",
		[]string{`\bchild poverty\b`, `15\.4% to 18\.4%`, `\b(low[ -]income|poverty)\b[^.]*\b(risen|rose|increased|grown|grew)\b`},
		[]string{"Child poverty has risen from 15.4% to 18.4% since 2021", "The share of children in low-income families has risen since 2021/22"},
	},
	{
		"Residents' pay has risen 18% since the strategy began.", "cash terms, and the intervals overlap",
		[]string{`\bpay\b[^.]*\b(risen|rose|increased|grown|grew)\b`, `£615[^.]*\bto £724`, `\bpay\b[^.]*\b1[78](\.\d)?%`},
		[]string{"Residents' pay has risen 18% since the strategy began", "Residents' weekly pay: from £615 to £724", "Pay went up by 18% in three years"},
	},
	{
		"One in five young people on SEN support is NEET.", "18.6% of about fifteen people",
		[]string{`\bone in (two|three|four|five|six|seven|eight|nine|ten|\d+)\b`, `\bSEND? support\b[^.]*\bNEET\b`, `\b18\.6%[^.]*\b(NEET|support)\b`},
		[]string{"One in five young people on SEN support is NEET", "18.6% of those with support were NEET"},
	},
	{
		"because of the strategy", "nothing here tests a cause",
		[]string{`\b(because of|thanks to|due to|owing to|as a result of) (the|this|our) strategy`, `\bstrategy (has )?(caused|delivered|reduced|raised|cut|worked|led to)\b`},
		[]string{"NEET rose because of the strategy", "Employment is higher thanks to the strategy", "The strategy has reduced absence"},
	},
	{
		"improved", "a word that judges, and that no outcome of a test is called by",
		[]string{`\bimproved\b`, `\bimproving\b`, `\b(has|have) worsened\b`},
		[]string{"Active businesses have improved", "Employment is improving", "Pay has worsened"},
	},
	{
		"target colour", "the strategy sets no numeric target",
		[]string{`\b(on|off|above|below|missed|met|behind|towards) (the |its |our )?target\b`, `\btarget (is |was )?(met|missed|reached)\b`, `\b(RAG|amber)\b`},
		[]string{"Employment is above target", "The target was missed", "RAG: amber"},
	},
}

func compiled(c claim) []*regexp.Regexp {
	var patterns []*regexp.Regexp
	for _, pattern := range c.patterns {
		patterns = append(patterns, regexp.MustCompile(`(?i)`+pattern))
	}
	return patterns
}

// TestThePatternsOfForbiddenClaimsFindSomething shows for each claim that the check below can fail: the claim itself
// and every example are found, and every pattern finds an example.
func TestThePatternsOfForbiddenClaimsFindSomething(t *testing.T) {
	t.Parallel()
	for _, c := range neverSay {
		t.Run(c.says, func(t *testing.T) {
			t.Parallel()
			patterns := compiled(c)
			used := make([]bool, len(patterns))
			for _, example := range append([]string{c.says}, c.examples...) {
				found := false
				for i, pattern := range patterns {
					if pattern.MatchString(example) {
						found, used[i] = true, true
					}
				}
				if !found && (example != c.says || strings.HasSuffix(c.says, ".")) {
					t.Errorf("no pattern finds %q", example)
				}
			}
			for i, was := range used {
				if !was {
					t.Errorf("the pattern %s finds none of the examples", c.patterns[i])
				}
			}
		})
	}
}

func TestNothingSaysWhatMustNeverBeSaid(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	texts := map[string][]string{}
	for id, model := range b.boards {
		eachString(reflect.ValueOf(model), "", func(_, text string) { texts["model "+id] = append(texts["model "+id], text) })
	}
	for _, page := range htmlPages(t, b.out) {
		texts[page] = htmlText(t, page)
	}
	for _, c := range neverSay {
		for _, pattern := range compiled(c) {
			for where, blocks := range texts {
				for _, block := range blocks {
					if found := pattern.FindString(block); found != "" {
						t.Errorf("%s says %q in %q, which comes near %q: %s", filepath.Base(where), found, block, c.says, c.why)
					}
				}
			}
		}
	}
}

// eachString visits every text of a model with the id of the indicator that it belongs to, or "".
func eachString(v reflect.Value, indicator string, visit func(indicator, text string)) {
	switch v.Kind() {
	case reflect.String:
		visit(indicator, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			eachString(v.Elem(), indicator, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			eachString(v.Index(i), indicator, visit)
		}
	case reflect.Struct:
		switch value := v.Interface().(type) {
		case scorecard.Page:
			indicator = value.Card.Indicator
		case scorecard.Card:
			indicator = value.Indicator
		case scorecard.Highlight:
			indicator = value.Indicator
		case scorecard.Since:
			indicator = value.Indicator
		}
		for i := range v.NumField() {
			eachString(v.Field(i), indicator, visit)
		}
	}
}

// moving are the words that only a significant trend allows.
var moving = regexp.MustCompile(`(?i)\b(rose|risen|fell|fallen)\b`)

// TestRoseAndFellStandOnlyWhereTheTrendSaysSo holds every "risen" and "fallen" of both models against trends.csv, in
// its direction, and every one of the pages against the models.
func TestRoseAndFellStandOnlyWhereTheTrendSaysSo(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	var allowed []string
	for id, model := range b.boards {
		eachString(reflect.ValueOf(model), "", func(indicator, text string) {
			for _, word := range moving.FindAllString(text, -1) {
				direction := trendDirection(t, b, indicator)
				up := strings.EqualFold(word, "rose") || strings.EqualFold(word, "risen")
				if direction == 0 || up != (direction > 0) {
					t.Errorf("%s, %s: got %q, which no significant trend in that direction allows: %s", id, indicator, word, text)
					continue
				}
				allowed = append(allowed, text)
			}
		})
	}
	if len(allowed) == 0 {
		t.Error("got no sentence that says risen or fallen, want those of NEET at least: the test would hold nothing")
	}
	for _, page := range htmlPages(t, b.out) {
		for _, block := range htmlText(t, page) {
			rest := block
			for _, text := range allowed {
				rest = strings.ReplaceAll(rest, strings.TrimSuffix(text, "."), "")
			}
			if word := moving.FindString(rest); word != "" {
				t.Errorf("%s says %q, which no sentence of the model says: %s", filepath.Base(page), word, block)
			}
		}
	}
}

// trendDirection is the direction of an indicator's significant trend in Thurrock: 1 up, -1 down, 0 none.
func trendDirection(t *testing.T, b built, indicator string) int {
	t.Helper()
	for _, trend := range b.trends.where("indicator", indicator, "area", thurrock, "breakdown", "") {
		switch trend.text("outcome") {
		case stats.GettingBetter, stats.GettingWorse, stats.Increasing, stats.Decreasing:
		default:
			return 0
		}
		first, _ := b.value(t, valueKey{indicator: indicator, area: thurrock, period: trend.text("from")}).number("value")
		last, _ := b.value(t, valueKey{indicator: indicator, area: thurrock, period: trend.text("to")}).number("value")
		switch {
		case last > first:
			return 1
		case last < first:
			return -1
		}
	}
	return 0
}
