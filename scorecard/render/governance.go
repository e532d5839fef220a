package render

import (
	"html/template"

	"levelfield/scorecard"
)

// comment is a commentary with its Markdown written out.
type comment struct {
	scorecard.Commentary
	HTML template.HTML
	Href string
}

// targetRow is a target with the link to its indicator.
type targetRow struct {
	scorecard.Target
	Href string
}

// route is an indicator whose route to green is asked for and not written.
type route struct{ Short, Href, Words string }

// comments writes commentary out, with headings of the level.
func (s *sheet) comments(from []scorecard.Commentary, level int) []comment {
	var written []comment
	for _, one := range from {
		written = append(written, comment{Commentary: one, HTML: proseHTML(readMarkdown(one.Text), level), Href: s.href(one.Indicator)})
	}
	return written
}

func (s *sheet) targets(from []scorecard.Target) []targetRow {
	var rows []targetRow
	for _, target := range from {
		rows = append(rows, targetRow{target, s.href(target.Indicator)})
	}
	return rows
}

// routes are the board's indicators whose route to green is asked for.
func routes(model scorecard.Model, href func(string) string) []route {
	var found []route
	for _, page := range model.Pages {
		if page.Route != "" {
			found = append(found, route{page.Card.Short, href(page.Card.Indicator), page.Route})
		}
	}
	return found
}

// Latest is the commentary on the newest figure that has one, and Earlier all before it.
func (v indicatorView) Latest() []comment  { return v.Comments[:min(1, len(v.Comments))] }
func (v indicatorView) Earlier() []comment { return v.Comments[min(1, len(v.Comments)):] }

// marked says on the document that the board is a draft: in its title, and for the stylesheet.
func (d document) marked(model scorecard.Model) document {
	if draft(model) {
		return d.draft()
	}
	return d
}

func (d document) draft() document {
	d.Title = "Draft: " + d.Title
	d.Kind += " draft"
	return d
}

// draft says whether a board asks for a sign-off that it does not have.
func draft(model scorecard.Model) bool { return model.SignOff != nil && model.SignOff.Mark != "" }
