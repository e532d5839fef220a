package scorecard

import (
	"encoding/json"
	"strings"
)

// explained is a word of the glossary with the texts, in small letters, that make it needed: one of them stands on the board.
// A word without any is always explained.
type explained struct {
	term, text string
	where      []string
}

// words is everything that the glossary of a project can explain: what stands on every board, then what stands on some, then
// the shorthand.
func (b *builder) words() []explained {
	began := monthWords(b.in.Project.StrategyBegan)
	return []explained{
		{"95% interval", "The range within which the true value plausibly lies. Chance alone moves small numbers a good deal; the interval shows how much.", nil},
		{"At 95%, at 99.8%", "How sure a test is. If nothing but chance were at work, a test at 95% would still find a difference 5 times in 100, and one at 99.8% twice in 1,000.", nil},
		{"Better, similar, worse", "The area's 95% interval is held against England's value. If the interval contains it, the two are similar. “(99.8%)” marks a difference that holds at the stricter level too.", nil},
		{"Higher, lower", "The same test of a measure that carries no judgement.", []string{`"word":"higher"`, `"word":"lower"`, "no judgement"}},
		{"Verdict", "What a test says of one figure, as a word with a shape. A figure without an interval has none.", nil},
		{"Not tested", "No interval is published or can be worked out, so no verdict is given. The position among English upper-tier and unitary authorities is shown instead; 1st is best, and a position is not a verdict.", nil},
		{"Cannot be compared", "England's value is known only within bounds, and the verdict would not be the same at both.", []string{"cannot be compared", "cannot-compare"}},
		{"Recent trend", "A test over the five latest comparable periods, at 99.8%. “No significant change” means that the test found none, not that nothing moved.", nil},
		{"Significant", "More than chance alone would make, by a test at the level that is named. It says nothing of how large a change is, or how much it matters.", nil},
		{"Position", "1st is best; where the measure carries no judgement, 1st is highest. Authorities with the same value share the better place. A position carries no verdict.", nil},
		{"Statistical neighbours", "The authorities that are most like the area in those things that a publisher has chosen. Who chose them stands at the top of the page.", nil},
		{"Neighbours' median", "The middle value of the statistical neighbours that have one. It describes; it tests nothing.", nil},
		{"Since the strategy began", "The change from the baseline, which is the last period before " + began + ", to the latest. It is worked out before rounding, and its 95% interval compares one pair of periods, so it can differ from the recent trend. A change whose interval includes zero is not established.", nil},
		{"Points", "The difference of two percentages: from 10% to 12% is 2 points, also called percentage points. Of scores, points are those of the score.", []string{" point", "percentage point"}},
		{"Rounding", "Figures are printed with as many decimals as their publisher gives, and a half is rounded away from zero: 2.45 becomes 2.5. Nothing is worked out from a rounded figure unless only that was published. The data hold every digit.", nil},
		{"Gap", "The figure of one group minus that of another. Both stand beside it: a gap can close because the better-off fall behind.", []string{"gap"}},
		{"Target", "A figure that somebody set for a period; the table says who. It is met where the whole 95% interval lies there, not met where the whole interval lies elsewhere, and in between it cannot be told. “As counted” holds the figure alone against it.", []string{`"asked"`}},
		{"Tolerance", "How far from its target a figure is still told as near. It is set with the target.", []string{"tolerance"}},
		{"Percentile", "Of all authorities in order, the value below which that many in a hundred lie.", []string{"percentile"}},
		{"Route to green", "What will be done, by whom and by when, so that a figure reaches its target.", []string{"route to green"}},
		{"Under review, by judgement", "Somebody who answers for it has put a status aside, or judged it, until a day. The reason stands beside it, with what the test found.", []string{"under review", "by judgement"}},
		{"Draft", "The board has not been signed off as it stands.", []string{`"state":"draft"`, `"state":"void"`}},
		{"Worked back", "A count that was not published, found from a published percentage and the number of people. It is not data, and is printed only to show how many people a percentage means.", []string{"worked back"}},
		{"Modelled", "An estimate from several sources by a model, not a count. Where its uncertainty is not published, it is not tested.", []string{"modelled", "modelling"}},
		{"Survey, sample, estimate", "A figure found by asking some people in the place of all. How far it may be off is what its interval says.", []string{"survey", "sample", "estimate"}},
		{"Numerator and denominator", "The count above the line of a share or a rate, and the count below it.", []string{"numerator", "denominator"}},
		{"Cohort", "The people who were in one year group, or began in one year, followed over time.", []string{"cohort"}},
		{"Derived", "Worked out here from figures that were published apart.", []string{"derived"}},
		{"Index, standard deviation", "An index sets figures on one scale, on which 100 is the mean of all authorities. A standard deviation is how far the figures of the authorities lie from their mean, taken together.", []string{"index", "standard deviation"}},
		{"Slope and relative index of inequality", "How far the figure of the most and of the least deprived lie apart, by a line through all groups: as a difference, and as a ratio.", []string{"slope index", "relative index"}},
		{"Tenths of deprivation", "All neighbourhoods of England in the order of an index of deprivation, in ten parts of one size. The first tenth is the most deprived.", []string{"tenths", "deprived tenth", "tenth of", "decile"}},
		{"Wilson, Newcombe, MOVER, Byar and others", "The names of methods by which an interval is worked out. The page of methods says which figure has which.", []string{"wilson", "newcombe", "mover", "byar", "poisson", "logit", "coefficient of variation", "half-width"}},
		{"Median and quartiles, with limits", "Half of the values lie below the median, a quarter below the lower quartile, and three quarters below the upper one. The limits are two of the values themselves, so far from the middle that chance rarely takes it beyond them.", []string{"order-statistic"}},
		{"Cash terms", "Amounts as they were paid, without regard to the rise of prices. They are held against England's amount, not against those of other years.", []string{"cash terms"}},
		{"Accredited official statistics", "Statistics that the regulator has found to meet the Code of Practice.", []string{"accredited"}},
		{"Official statistics", "Statistics by a public body that keeps the Code of Practice. “In development” are those whose method is still being tried.", []string{"official statistics"}},
		{"Management information", "Figures that an office keeps for its own work and publishes. They are not held to the Code of Practice.", []string{"management information"}},
		{"Superseded, discontinued, suspended", "A series that its publisher has replaced, has ended, or has stopped for the time being. The first two are shown for context only.", []string{"superseded", "discontinued", "suspended"}},
		{"Break in the series", "A place where what is counted, or how, has changed. Nothing is compared across it.", []string{"break in the series", "the break", "since the break"}},
		{"[c]", "Suppressed to protect confidentiality: by the publisher of the figures, or here where they are the council's own. Some are hidden only because another could be worked back from them.", nil},
		{"[x]", "Not available: nobody has published it, or it has not been fetched yet.", nil},
		{"[z]", "Not applicable.", nil},
		{"[u]", "Low reliability, by the publisher's judgement.", nil},
		{"[low]", "Rounds to zero, but is not zero.", nil},
		{"[p]", "Provisional.", nil},
		{"[r]", "Revised.", nil},
		{"[e]", "Estimated.", nil},
		{"[b]", "Break in the series.", nil},
	}
}

// glossary explains the words and signs of a board: those of every board, and those that stand on this one.
func (b *builder) glossary(model Model) []Term {
	model.Glossary = nil
	text, err := json.Marshal(model)
	if err != nil {
		text = nil // numbers that JSON cannot hold: what stands on some boards only is left out
	}
	said := strings.ToLower(string(text))
	var terms []Term
	for _, word := range b.words() {
		needed := len(word.where) == 0
		for _, where := range word.where {
			needed = needed || strings.Contains(said, where)
		}
		if needed {
			terms = append(terms, Term{word.term, word.text})
		}
	}
	return terms
}

// wholeGlossary explains everything that can stand on a board of the project.
func (b *builder) wholeGlossary() []Term {
	var terms []Term
	for _, word := range b.words() {
		terms = append(terms, Term{word.term, word.text})
	}
	return terms
}
