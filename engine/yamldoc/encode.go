package yamldoc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"
)

// mostFlow is the width up to which a list or a mapping of single values stands on one line; mostItem that of a mapping in
// a list, of which one on five lines is harder to compare with the next than a long line is to read.
const (
	mostFlow = 120
	mostItem = 180
)

// Encode writes a value as the text that [Decode] reads back: its fields in their order by their json tags, short lists
// and mappings on one line, and quotation marks only where YAML would read something else than the text.
func Encode(value any) ([]byte, error) {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("write %T: %w", value, err)
	}
	decoder := json.NewDecoder(&encoded)
	decoder.UseNumber()
	node, err := nodeOf(decoder)
	if err != nil {
		return nil, fmt.Errorf("write %T: %w", value, err)
	}
	arrange(node, 0, mostFlow)
	text, err := yaml.Dump(node, yaml.WithIndent(2), yaml.WithCompactSeqIndent(false), yaml.WithLineWidth(-1), yaml.WithUnicode(true))
	if err != nil {
		return nil, fmt.Errorf("write %T: %w", value, err)
	}
	return text, nil
}

// nodeOf reads the next JSON value as a node; names keep their order.
func nodeOf(decoder *json.Decoder) (*yaml.Node, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	node := &yaml.Node{}
	switch token := token.(type) {
	case json.Delim:
		node.Kind, node.Tag = yaml.SequenceNode, "!!seq"
		if token == '{' {
			node.Kind, node.Tag = yaml.MappingNode, "!!map"
		}
		for decoder.More() {
			below, err := nodeOf(decoder)
			if err != nil {
				return nil, err
			}
			node.Content = append(node.Content, below)
		}
		_, err = decoder.Token()
		return node, err
	case string:
		return textNode(token), nil
	case json.Number:
		node.Kind, node.Value = yaml.ScalarNode, token.String()
	case bool:
		node.Kind, node.Value = yaml.ScalarNode, fmt.Sprint(token)
	default:
		node.Kind, node.Value = yaml.ScalarNode, "null"
	}
	return node, nil
}

// textNode writes a text. Backslashes, of which patterns are full, are kept as they are by single quotation marks.
func textNode(text string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	switch {
	case isPlain(text):
	case strings.ContainsRune(text, '\\') && !strings.ContainsAny(text, "\n\r\t"):
		node.Style = yaml.SingleQuotedStyle
	default:
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}

// readOtherwise are words that YAML, in one of its versions, reads as something else than text.
var readOtherwise = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan"}

// isPlain says whether a text needs no quotation marks: it begins with a letter and has nothing but letters, digits
// and marks that mean nothing to YAML.
func isPlain(text string) bool {
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789 ./()'-–&+%£", r)) {
			return false
		}
	}
	for _, word := range readOtherwise {
		if strings.EqualFold(text, word) {
			return false
		}
	}
	return text != "" && !strings.HasSuffix(text, " ")
}

// arrange puts on one line what is short and holds no more than single values, or lists of them.
func arrange(node *yaml.Node, indent, most int) {
	width, single := indent, true
	for i, below := range node.Content {
		of := mostFlow
		if node.Kind == yaml.SequenceNode {
			of = mostItem
		}
		arrange(below, indent+2, of)
		width += widthOf(below) + 2
		single = single && (below.Kind == yaml.ScalarNode || node.Kind == yaml.MappingNode && indent > 0 && i%2 == 1 && inLine(below))
	}
	if node.Kind != yaml.ScalarNode && indent > 0 && single && width <= most {
		node.Style = yaml.FlowStyle
	}
}

// inLine says whether a list stands on one line.
func inLine(node *yaml.Node) bool {
	return node.Kind == yaml.SequenceNode && node.Style == yaml.FlowStyle
}

// widthOf is how many characters a node takes on one line.
func widthOf(node *yaml.Node) int {
	width := utf8.RuneCountInString(node.Value)
	if node.Style != 0 {
		width += 2
	}
	for _, below := range node.Content {
		width += widthOf(below) + 2
	}
	return width
}
