package render

import "html/template"

// icons draws the shapes of verdicts and statuses, so that they look alike on a machine whose fonts lack the sign.
// Each is a path in a square of 16, drawn in the colour of the text beside it; "fill" ones are solid.
var icons = map[string]string{
	"✓": `<path d="M2.5 8.5 6.5 12.5 13.5 4"/>`,
	"=": `<path d="M3 6h10M3 10.5h10"/>`,
	"!": `<path d="M8 2v7.5M8 12.7v1.3"/>`,
	"–": `<path d="M4 8h8"/>`,
	"-": `<path d="M4 8h8"/>`,
	"→": `<path d="M2 8h11M9 4l4 4-4 4"/>`,
	"↑": `<path d="M8 14V3M4 7l4-4 4 4"/>`,
	"↓": `<path d="M8 2v11M4 9l4 4 4-4"/>`,
	"↗": `<path d="M3 13 12.5 3.5M6 3.5h6.5V10"/>`,
	"↘": `<path d="M3 3l9.5 9.5M12.5 6v6.5H6"/>`,
	"▲": `<path class="fill" d="M8 3 14 13H2z"/>`,
	"▼": `<path class="fill" d="M8 13 2 3h12z"/>`,
	"▴": `<path class="fill" d="M8 4 13 12H3z"/>`,
	"▾": `<path class="fill" d="M8 12 3 4h10z"/>`,
	"?": `<path d="M5 5.2a3 3 0 1 1 4.6 2.5C8.6 8.4 8 8.9 8 10M8 12.9v.6"/>`,
	"△": `<path d="M8 3.5 13.5 13h-11z"/>`,
	"▽": `<path d="M8 12.5 2.5 3h11z"/>`,
	"○": `<circle cx="8" cy="8" r="5.5"/>`,
	"●": `<circle class="fill" cx="8" cy="8" r="6"/>`,
	"◐": `<circle cx="8" cy="8" r="5.5"/><path class="fill" d="M8 2.5a5.5 5.5 0 0 0 0 11z"/>`,
	"◑": `<circle cx="8" cy="8" r="5.5"/><path class="fill" d="M8 2.5a5.5 5.5 0 0 1 0 11z"/>`,
	"◔": `<circle cx="8" cy="8" r="5.5"/><path class="fill" d="M8 8V2.5A5.5 5.5 0 0 1 13.5 8z"/>`,
	"◆": `<path class="fill" d="M8 2l6 6-6 6-6-6z"/>`,
	"◇": `<path d="M8 2.5 13.5 8 8 13.5 2.5 8z"/>`,
	"■": `<path class="fill" d="M3 3h10v10H3z"/>`,
	"□": `<path d="M3 3h10v10H3z"/>`,
	"✕": `<path d="M3.5 3.5l9 9M12.5 3.5l-9 9"/>`,
	"×": `<path d="M3.5 3.5l9 9M12.5 3.5l-9 9"/>`,
}

// icon draws a shape; one it does not know is printed as it is. The word beside it says the same, so that assistive
// technology passes over it.
func icon(shape string) template.HTML {
	if shape == "" {
		return ""
	}
	if drawing, known := icons[shape]; known {
		return template.HTML(`<svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 16 16" width="16" height="16">` + drawing + `</svg>`)
	}
	return template.HTML(`<i aria-hidden="true">` + template.HTMLEscapeString(shape) + `</i>`)
}
