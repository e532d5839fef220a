package render

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestMarkdownAsHTML(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ source, want string }{
		"words":             {"Fewer **firms** began\n*this* year.", "<p>Fewer <strong>firms</strong> began <em>this</em> year.</p>\n"},
		"headings":          {"# One\n\nA\n\n### Three\n\nB", "<h3>One</h3>\n<p>A</p>\n<h3>Three</h3>\n<p>B</p>\n"},
		"a list":            {"- a\n- b", "<ul><li>a</li><li>b</li></ul>"},
		"a list in a list":  {"- a\n  1. b\n  2. c\n- d", "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>"},
		"numbers from four": {"4. a\n5. b\n\nc", `<ol start="4"><li>a</li><li>b</li></ol><p>c</p>` + "\n"},
		"an item of two":    {"- a\n\n  b\n- c", "<ul><li>a<br>b</li><li>c</li></ul>"},
		"a quotation":       {"> said", "<blockquote><p>said</p></blockquote>\n"},
		"a line break":      {"a  \nb", "<p>a<br>b</p>\n"},
		"a link":            {"[the register](https://example.gov.uk/a?b=c&d)", `<p><a href="https://example.gov.uk/a?b=c&amp;d">the register</a></p>` + "\n"},
		"an address":        {"<https://example.gov.uk>", `<p><a href="https://example.gov.uk">https://example.gov.uk</a></p>` + "\n"},
		"a script":          {"[a](javascript:alert(1)) [b](data:text/html,x) [c](/local)", "<p>a b c</p>\n"},
		"HTML":              {"<script>alert(1)</script>\n\na <b onclick=x>b</b>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"},
		"a picture":         {"![a chart](https://example.gov.uk/x.png)", "<p>a chart</p>\n"},
		"code":              {"use `a < b`\n\n    c < d", "<p>use a &lt; b</p>\n<p>c &lt; d</p>\n"},
		"escapes":           {`5 \* 3 &amp; 2 &pound;`, "<p>5 * 3 &amp; 2 £</p>\n"},
		"quotes":            {`"a" 'b'`, "<p>&#34;a&#34; &#39;b&#39;</p>\n"},
		"nothing":           {"", ""},
	} {
		if got := string(proseHTML(readMarkdown(test.source), 3)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

func TestMarkdownOnPaper(t *testing.T) {
	t.Parallel()
	var got []string
	for _, block := range readMarkdown("See [the register](https://example.gov.uk/), <https://example.gov.uk> and [post](mailto:a@example.gov.uk).\n\n- a\n  - b\n\n3. c\n\n> d") {
		words := proseText(block)
		if block.kind == listItem {
			words = itemMark(block) + words
		}
		got = append(got, words)
	}
	want := []string{"See the register (https://example.gov.uk/), https://example.gov.uk and post (a@example.gov.uk).", "• a", "  – b", "3. c", "d"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// proseTags are the elements that a commentary may become.
var proseTags = []string{"html", "head", "body", "p", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "h3"}

// FuzzMarkdown holds that no commentary becomes anything but a few plain elements, with no attribute but an address that a
// page may lead to and the number that a list begins with.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"- a\n  1. b\n\n> c\n# d", "<a href=x>", "[a](java\tscript:x)", "![x](y)", "1. a\n   - b\n\n     c\n", "***a**b*", "&#0;&#x110000;", "\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		blocks := readMarkdown(source)
		for _, block := range blocks {
			_ = proseText(block)
		}
		page, err := html.Parse(strings.NewReader(string(proseHTML(blocks, 3))))
		if err != nil {
			t.Fatal(err)
		}
		for node := range page.Descendants() {
			if node.Type != html.ElementNode {
				continue
			}
			if !slices.Contains(proseTags, node.Data) {
				t.Errorf("got the element %s", node.Data)
			}
			for _, a := range node.Attr {
				safe := node.Data == "a" && a.Key == "href" && safeLink(a.Val) != "" || node.Data == "ol" && a.Key == "start"
				if !safe {
					t.Errorf("got the attribute %s=%q of %s", a.Key, a.Val, node.Data)
				}
			}
		}
	})
}
