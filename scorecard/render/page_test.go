package render

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"levelfield/scorecard"
)

// sample is testdata/model.json: a board with quotes, ampersands, pounds and gaps in all the awkward places.
func sample(t testing.TB) scorecard.Model {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "model.json"))
	if err != nil {
		t.Fatal(err)
	}
	model, err := ReadModel(data)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// site renders the sample with its handbook and data into a map by path.
func site(t testing.TB) map[string][]byte {
	t.Helper()
	models := []scorecard.Model{sample(t)}
	data, err := Data(sampleSet(), rights)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Site(models, book(), data...)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string][]byte{}
	for _, file := range files {
		byPath[file.Path] = file.Data
	}
	return byPath
}

// pages are the parsed HTML files of a site.
func pages(t testing.TB, files map[string][]byte) map[string]*html.Node {
	t.Helper()
	parsed := map[string]*html.Node{}
	for name, data := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		page, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("parse %s: %v", name, err)
		}
		parsed[name] = page
	}
	return parsed
}

func all(page *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(page, cascadia.MustCompile(selector))
}

// text is what a reader sees of an element, with the white space of a single line.
func text(node *html.Node) string {
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		block := n.Type == html.ElementNode && n.Data != "b" && n.Data != "span" && n.Data != "a"
		if block {
			out.WriteByte(' ')
		}
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
		if block {
			out.WriteByte(' ')
		}
	}
	walk(node)
	return strings.Join(strings.Fields(out.String()), " ")
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func ids(t testing.TB, name string, page *html.Node) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, node := range all(page, "[id]") {
		id := attribute(node, "id")
		if found[id] {
			t.Errorf("%s: the id %q stands twice", name, id)
		}
		found[id] = true
	}
	return found
}

func TestEveryPageIsWellMade(t *testing.T) {
	t.Parallel()
	model := sample(t)
	for name, page := range pages(t, site(t)) {
		for selector, want := range map[string]int{
			`html[lang="en-GB"]`: 1, "head > title": 1, "h1": 1, "body > main#main": 1, "body > footer": 1, "body > header": 1,
			`a.skip[href="#main"]`: 1, `meta[http-equiv="Content-Security-Policy"]`: 1,
			`script[type="module"]:not([src])`: 1, "script": 1, "iframe": 0, "img": 0, "[style]": 0, "[onclick]": 0, "form": 0,
		} {
			if got := len(all(page, selector)); got != want {
				t.Errorf("%s: got %d of %s, want %d", name, got, selector, want)
			}
		}
		script := all(page, "script")[0].FirstChild.Data
		policy := "default-src 'none'; script-src " + hashed(script) + "; style-src '"
		if got := attribute(all(page, `meta[http-equiv="Content-Security-Policy"]`)[0], "content"); !strings.HasPrefix(got, policy) {
			t.Errorf("%s: got the policy %q, want one that begins with %q", name, got, policy)
		}
		footer := text(all(page, "body > footer")[0])
		for _, want := range []string{model.Attribution, "Figures released to 23 November 2026"} {
			if !strings.Contains(footer, want) {
				t.Errorf("%s: got the footer %q, want %q in it", name, footer, want)
			}
		}
		known := ids(t, name, page)
		for _, reference := range []string{"aria-labelledby", "aria-describedby"} {
			for _, node := range all(page, "["+reference+"]") {
				for _, id := range strings.Fields(attribute(node, reference)) {
					if !known[id] {
						t.Errorf("%s: %s names %q, which is not there", name, reference, id)
					}
				}
			}
		}
		checkHeadings(t, name, page)
		checkTables(t, name, page)
	}
}

// checkHeadings holds headings to an outline without gaps.
func checkHeadings(t *testing.T, name string, page *html.Node) {
	t.Helper()
	level := 0
	for _, node := range all(page, "h1, h2, h3, h4, h5, h6") {
		next := int(node.Data[1] - '0')
		if next > level+1 {
			t.Errorf("%s: heading %q is h%d after h%d", name, text(node), next, level)
		}
		if text(node) == "" {
			t.Errorf("%s: an empty h%d", name, next)
		}
		level = next
	}
}

// checkTables holds tables to a caption and scopes, and the ones that become cards to their roles.
func checkTables(t *testing.T, name string, page *html.Node) {
	t.Helper()
	for _, table := range all(page, "table") {
		caption := all(table, "caption")
		if len(caption) != 1 || text(caption[0]) == "" {
			t.Errorf("%s: a table without a caption", name)
			continue
		}
		if n := len(all(table, "th:not([scope])")); n != 0 {
			t.Errorf("%s: %q has %d heads without scope", name, text(caption[0]), n)
		}
	}
	for selector, role := range map[string]string{"": "table", " thead": "rowgroup", " tbody": "rowgroup", " tr": "row", " thead th": "columnheader", " tbody th": "rowheader", " td": "cell"} {
		for _, node := range all(page, "table.cards"+selector) {
			if attribute(node, "role") != role {
				t.Errorf("%s: got role %q for table.cards%s, want %q", name, attribute(node, "role"), selector, role)
			}
		}
	}
}

func TestLinksLeadSomewhereOfOurs(t *testing.T) {
	t.Parallel()
	files := site(t)
	parsed := pages(t, files)
	// Files of the publication that other hands write.
	elsewhere := map[string]bool{"domain-4/pack.pdf": true, "skills/index.html": true, "data/results.parquet": true}
	data, err := Data(sampleSet(), rights)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range data {
		elsewhere[file.Path] = true
	}
	for name, page := range parsed {
		for _, node := range all(page, "[href], [src]") {
			link := attribute(node, "href") + attribute(node, "src")
			if link == "data:," {
				continue
			}
			if strings.Contains(link, ":") || strings.HasPrefix(link, "/") || link == "" {
				t.Errorf("%s: the link %q leaves the publication", name, link)
				continue
			}
			target, fragment, _ := strings.Cut(link, "#")
			file := name
			if target != "" {
				file = path.Join(path.Dir(name), target)
			}
			if files[file] == nil && !elsewhere[file] {
				t.Errorf("%s: the link %q leads nowhere", name, link)
				continue
			}
			if fragment != "" && len(all(parsed[file], "#"+fragment)) != 1 {
				t.Errorf("%s: the link %q has no anchor there", name, link)
			}
		}
	}
}

func TestLinkTextTellsTargetsApart(t *testing.T) {
	t.Parallel()
	for name, page := range pages(t, site(t)) {
		target := map[string]string{}
		for _, node := range all(page, "a[href]") {
			words, href := text(node), attribute(node, "href")
			if words == "" {
				t.Errorf("%s: the link to %s has no text", name, href)
			}
			if before, seen := target[words]; seen && before != href {
				t.Errorf("%s: %q leads to %s and to %s", name, words, before, href)
			}
			target[words] = href
		}
	}
}
