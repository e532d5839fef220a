package render

import (
	"html/template"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	reading "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// prose is one block of a commentary, for paper and screen alike.
type prose struct {
	kind proseKind
	// depth is how deep an item lies in lists, from 1; number is its number in a numbered list, 0 in any other.
	depth, number int
	// continued says that the block belongs to the item above it.
	continued bool
	runs      []run
}

type proseKind int

const (
	paragraph proseKind = iota
	heading2            // a heading of any depth: a commentary has one level of them
	listItem
	quotation
)

// run is a stretch of text that is set alike. A line break is a run of its own.
type run struct {
	words            string
	strong, emphasis bool
	href             string
}

// readMarkdown reads a commentary. HTML in it is text like any other, and pictures are the words that stand for them: a page
// loads nothing from elsewhere.
func readMarkdown(source string) []prose {
	reader := markdown{source: []byte(source)}
	reader.blocks(goldmark.DefaultParser().Parse(reading.NewReader(reader.source)), paragraph, 0)
	return reader.found
}

type markdown struct {
	source []byte
	found  []prose
}

// blocks reads the blocks inside a node; those in a quotation or an item are of that kind.
func (m *markdown) blocks(parent ast.Node, kind proseKind, depth int) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch block := node.(type) {
		case *ast.Heading:
			m.add(prose{kind: heading2}, block)
		case *ast.Blockquote:
			m.blocks(block, quotation, depth)
		case *ast.List:
			m.list(block, depth+1)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			m.raw(prose{kind: kind, depth: depth}, block)
		case *ast.HTMLBlock:
			m.raw(prose{kind: kind, depth: depth}, block)
		case *ast.Paragraph, *ast.TextBlock:
			m.add(prose{kind: kind, depth: depth}, block)
		}
	}
}

// list reads the items of a list.
func (m *markdown) list(list *ast.List, depth int) {
	number := list.Start
	for node := list.FirstChild(); node != nil; node = node.NextSibling() {
		from := len(m.found)
		m.blocks(node, listItem, depth)
		for i := from; i < len(m.found); i++ {
			m.found[i].continued = i > from && (m.found[i].continued || m.found[i].kind == listItem && m.found[i].depth == depth)
		}
		if list.IsOrdered() && from < len(m.found) {
			m.found[from].number = number
			number++
		}
	}
}

// add reads the text of a block.
func (m *markdown) add(block prose, node ast.Node) {
	m.inline(&block, node, run{})
	if len(block.runs) > 0 {
		m.found = append(m.found, block)
	}
}

// raw takes the lines of a block as they stand.
func (m *markdown) raw(block prose, node ast.Node) {
	lines := node.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		if i > 0 {
			block.runs = append(block.runs, run{words: "\n"})
		}
		block.runs = append(block.runs, run{words: strings.TrimRight(string(segment.Value(m.source)), "\n")})
	}
	if html, is := node.(*ast.HTMLBlock); is && html.HasClosure() {
		block.runs = append(block.runs, run{words: "\n"}, run{words: strings.TrimRight(string(html.ClosureLine.Value(m.source)), "\n")})
	}
	if len(block.runs) > 0 {
		m.found = append(m.found, block)
	}
}

// inline reads what stands in a line of text, set as the runs around it are.
func (m *markdown) inline(block *prose, parent ast.Node, set run) {
	put := func(words string, like run) {
		like.words = words
		if words != "" {
			block.runs = append(block.runs, like)
		}
	}
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		inner := set
		switch part := node.(type) {
		case *ast.Text:
			words := plain(part.Value(m.source))
			switch {
			case part.HardLineBreak():
				put(words, set)
				put("\n", run{})
			case part.SoftLineBreak():
				put(words+" ", set)
			default:
				put(words, set)
			}
		case *ast.String:
			put(plain(part.Value), set)
		case *ast.RawHTML:
			for i := range part.Segments.Len() {
				segment := part.Segments.At(i)
				put(string(segment.Value(m.source)), set)
			}
		case *ast.Emphasis:
			if inner.strong = inner.strong || part.Level > 1; part.Level == 1 {
				inner.emphasis = true
			}
			m.inline(block, part, inner)
		case *ast.Link:
			inner.href = safeLink(string(part.Destination))
			m.inline(block, part, inner)
		case *ast.AutoLink:
			inner.href = safeLink(string(part.URL(m.source)))
			put(string(part.Label(m.source)), inner)
		default: // code spans, and pictures by the words that stand for them
			m.inline(block, part, inner)
		}
	}
}

// plain is text without its escapes.
func plain(source []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(source))))
}

// safeLink is an address that a page may lead to, or nothing.
func safeLink(address string) string {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if len(address) > len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			return address
		}
	}
	return ""
}

// proseHTML writes blocks as HTML, with headings of the level.
func proseHTML(blocks []prose, level int) template.HTML {
	var b strings.Builder
	open := 0 // how many lists are open
	var lists []string
	shut := func(to int) {
		for ; open > to; open-- {
			b.WriteString("</li></" + lists[open-1] + ">")
		}
		lists = lists[:open]
	}
	for _, block := range blocks {
		if block.kind != listItem {
			shut(0)
		}
		switch block.kind {
		case heading2:
			tag := "h" + strconv.Itoa(level)
			b.WriteString("<" + tag + ">" + runsHTML(block.runs) + "</" + tag + ">\n")
		case quotation:
			b.WriteString("<blockquote><p>" + runsHTML(block.runs) + "</p></blockquote>\n")
		case paragraph:
			b.WriteString("<p>" + runsHTML(block.runs) + "</p>\n")
		case listItem:
			if block.continued && open >= block.depth {
				shut(block.depth)
				b.WriteString("<br>" + runsHTML(block.runs))
				continue
			}
			if open >= block.depth {
				shut(block.depth)
				b.WriteString("</li>")
			}
			for ; open < block.depth; open++ {
				list := "ul"
				if block.number > 0 {
					list = "ol"
				}
				if open+1 < block.depth {
					b.WriteString("<" + list + "><li>")
				} else if b.WriteString("<" + list); block.number > 1 {
					b.WriteString(` start="` + strconv.Itoa(block.number) + `">`)
				} else {
					b.WriteString(">")
				}
				lists = append(lists, list)
			}
			b.WriteString("<li>" + runsHTML(block.runs))
		}
	}
	shut(0)
	return template.HTML(b.String())
}

func runsHTML(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.words == "\n" {
			b.WriteString("<br>")
			continue
		}
		words := template.HTMLEscapeString(r.words)
		if r.emphasis {
			words = "<em>" + words + "</em>"
		}
		if r.strong {
			words = "<strong>" + words + "</strong>"
		}
		if r.href != "" {
			words = `<a href="` + template.HTMLEscapeString(r.href) + `">` + words + "</a>"
		}
		b.WriteString(words)
	}
	return b.String()
}

// proseText is a block as plain words, with the address of each link behind it: paper has nothing to press.
func proseText(block prose) string {
	var b strings.Builder
	for i, r := range block.runs {
		if r.words == "\n" {
			b.WriteString(" ")
			continue
		}
		b.WriteString(r.words)
		last := i+1 == len(block.runs) || block.runs[i+1].href != r.href
		if address := strings.TrimPrefix(r.href, "mailto:"); r.href != "" && last && !strings.HasSuffix(b.String(), address) {
			b.WriteString(" (" + address + ")")
		}
	}
	return b.String()
}
