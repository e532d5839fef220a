package render

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"time"

	"levelfield/engine/stats"
	"levelfield/scorecard"
	"levelfield/scorecard/chart"
)

//go:embed assets/*.html assets/style.css assets/script.js
var assets embed.FS

// templates are the parsed pages.
type templates struct{ set *template.Template }

func parseTemplates() (*templates, error) {
	set, err := template.New("").Funcs(template.FuncMap{
		"heading":  heading,
		"icon":     icon,
		"british":  british,
		"tone":     toneOf,
		"untested": untested,
		"median":   shortMedian,
		"marker":   isMarker,
	}).ParseFS(assets, "assets/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse the page templates: %w", err)
	}
	return &templates{set: set}, nil
}

// blankLines are left over by template actions that print nothing.
var blankLines = regexp.MustCompile(`\n\s*\n+`)

func (t *templates) render(name string, view any) ([]byte, error) {
	var page bytes.Buffer
	if err := t.set.ExecuteTemplate(&page, name, view); err != nil {
		return nil, err
	}
	return blankLines.ReplaceAll(page.Bytes(), []byte("\n")), nil
}

// stylesheet is the pages' stylesheet with the charts' rules after it, and a brand's colours.
func stylesheet(brand *scorecard.Brand) string {
	// The file is embedded: reading it cannot fail, and a missing one stops the compiler.
	style, _ := assets.ReadFile("assets/style.css")
	return strings.TrimSpace(string(style)) + "\n" + strings.TrimSpace(chart.CSS()) + "\n" + brandRules(brand)
}

// document is what the head of every page needs.
type document struct {
	Title       string
	Description string
	// Policy is the content security policy: nothing may be loaded but the style, and nothing run but the page's own script.
	Policy string
	// Style is the link to the stylesheet, or the stylesheet itself.
	Style template.HTML
	// Script is the pages' script, which the policy allows by its hash.
	Script template.HTML
	// Kind is the class of the body.
	Kind string
	// Nav is the navigation of the publication; a page that stands alone has none.
	Nav []navLink
	// Internal is the notice of the internal edition, which stands above everything and before the title.
	Internal string
}

// noticed is the document with the notice of the internal edition, if there is one.
func (d document) noticed(notice string) document {
	if d.Internal = notice; notice != "" {
		d.Title = "INTERNAL: " + d.Title
	}
	return d
}

// linkedDocument is a page that stands beside the stylesheet; root leads from the page to the publication's folder.
func linkedDocument(title, description, kind, root string) document {
	return document{
		Title: title, Description: description, Kind: kind, Script: scriptElement(),
		Policy: policy("'self'"),
		Style:  template.HTML(`<link rel="stylesheet" href="` + root + `style.css">`),
	}
}

// closedDocument is a page with its style inside, allowed by the style's own hash.
func closedDocument(title, description, kind, style string) document {
	return document{
		Title: title, Description: description, Kind: kind, Script: scriptElement(),
		Policy: policy(hashed(style)),
		Style:  template.HTML("<style>" + style + "</style>"),
	}
}

func policy(style string) string {
	return "default-src 'none'; script-src " + hashed(pageScript()) + "; style-src " + style + "; img-src data:; base-uri 'none'; form-action 'none'"
}

// heading writes a heading of a level that the page decides: an indicator's title is h1 on its own page and h2 in the
// single file.
func heading(level int, id, text string) template.HTML {
	attribute := ""
	if id != "" {
		attribute = ` id="` + template.HTMLEscapeString(id) + `"`
	}
	return template.HTML(fmt.Sprintf("<h%d%s>%s</h%d>", level, attribute, template.HTMLEscapeString(text), level))
}

// british writes an ISO day or month in words; anything else stays as it is.
func british(text string) string {
	if day, err := time.Parse("2006-01-02", text); err == nil {
		return day.Format("2 January 2006")
	}
	if month, err := time.Parse("2006-01", text); err == nil {
		return month.Format("January 2006")
	}
	return text
}

// shortMedian is the neighbours' figure for a cell whose head already says that it is a median: "10 of 10".
func shortMedian(neighbours scorecard.Figure) scorecard.Figure {
	neighbours.Reason = strings.TrimPrefix(neighbours.Reason, "median of ")
	return neighbours
}

// isMarker says whether a text is shorthand such as "[x]" in place of a figure.
func isMarker(text string) bool { return strings.HasPrefix(text, "[") }

// toneOf is the tone of a tile that counts verdicts, told by their shape; a tile of something else has none.
func toneOf(shape string) scorecard.Tone {
	switch shape {
	case "✓":
		return scorecard.Better
	case "=":
		return scorecard.Similar
	case "!":
		return scorecard.Worse
	}
	return scorecard.None
}

// untested says whether a trend could not be tested: the table then says why. The statistic of a test that was made
// stands on the indicator's own page.
func untested(trend scorecard.Chip) bool {
	return trend.Outcome == stats.CannotCalculate || trend.Override != nil
}
