package preview

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
)

// The script loads a page again when another build than its own is shown, and keeps the place on the page; the style is that
// of what is wrong. Both are allowed by their hashes.
var (
	//go:embed assets/reload.js
	script string
	//go:embed assets/faults.css
	style string
	//go:embed assets/page.html
	pages string
)

var templates = template.Must(template.New("").Parse(pages))

// panel is what the preview adds to a page.
type panel struct {
	Number        string
	Script        template.JS
	Style         template.CSS
	Heading, Next string
	Faults        []fault.Fault
	// Stands says that an edition from before stands below.
	Stands bool
	// Title and Text are those of a page that is no part of the publication.
	Title, Text string
}

// panelOf is what the state asks for.
func (s *Server) panelOf(now state) panel {
	p := panel{Number: now.number, Script: template.JS(script), Style: template.CSS(style), Stands: now.edition != nil}
	if now.err == nil {
		return p
	}
	p.Next = "The page changes by itself when it is put right."
	var faults fault.List
	if !errors.As(now.err, &faults) {
		p.Heading, p.Faults = "The build failed", []fault.Fault{{Message: now.err.Error()}}
		return p
	}
	if faults = faults.Errors().Sorted(); s.Place != nil {
		faults = s.Place(faults)
	}
	p.Heading, p.Faults = "One fault", faults
	if len(faults) > 1 {
		p.Heading = fmt.Sprintf("%d faults", len(faults))
	}
	return p
}

// hash is how a content security policy names a script or a style.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// allowances are what a page's own policy does not allow and the preview needs.
var allowances = map[string]string{"script-src": hash(script), "style-src": hash(style), "connect-src": "'self'"}

// metaPolicy is the policy that a published page has in its head.
var metaPolicy = regexp.MustCompile(`(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)`)

// widened is a policy with what the preview needs, and nothing else.
func widened(policy string) string {
	var directives []string
	done := map[string]bool{}
	for directive := range strings.SplitSeq(policy, ";") {
		words := strings.Fields(directive)
		if len(words) == 0 {
			continue
		}
		if more := allowances[words[0]]; more != "" {
			words = append(slices.DeleteFunc(words, func(word string) bool { return word == "'none'" }), more)
			done[words[0]] = true
		}
		directives = append(directives, strings.Join(words, " "))
	}
	for _, name := range []string{"script-src", "style-src", "connect-src"} {
		if !done[name] {
			directives = append(directives, name+" "+allowances[name])
		}
	}
	return strings.Join(directives, "; ")
}

// page answers with a published page: its policy widened, what is wrong at its top, and the script at its end.
func (s *Server) page(w http.ResponseWriter, now state, data []byte) {
	added := s.panelOf(now)
	policy := widened("default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'")
	data = metaPolicy.ReplaceAllFunc(data, func(meta []byte) []byte {
		parts := metaPolicy.FindSubmatch(meta)
		// In HTML the quotes of a policy are written as entities.
		policy = widened(strings.ReplaceAll(string(parts[2]), "&#39;", "'"))
		return []byte(string(parts[1]) + template.HTMLEscapeString(policy) + string(parts[3]))
	})
	if len(added.Faults) > 0 {
		data = insert(data, regexp.MustCompile(`<body[^>]*>`), added, "panel", true)
	}
	data = insert(data, regexp.MustCompile(`</body>`), added, "script", false)
	answer(w, http.StatusOK, policy, data)
}

// bare answers with a page of the preview's own.
func (s *Server) bare(w http.ResponseWriter, now state, code int, title, text string) {
	added := s.panelOf(now)
	added.Title, added.Text = title, text
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, "bare", added); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, code, widened("default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"), page.Bytes())
}

func answer(w http.ResponseWriter, code int, policy string, page []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
	w.WriteHeader(code)
	_, _ = w.Write(page) // the reader that has gone needs no answer
}

// insert puts a template behind or before the first place that matches; a page without such a place stays as it is.
func insert(page []byte, place *regexp.Regexp, added panel, name string, behind bool) []byte {
	found := place.FindIndex(page)
	var text bytes.Buffer
	if found == nil || templates.ExecuteTemplate(&text, name, added) != nil {
		return page
	}
	at := found[0]
	if behind {
		at = found[1]
	}
	return slices.Concat(page[:at], text.Bytes(), page[at:])
}
