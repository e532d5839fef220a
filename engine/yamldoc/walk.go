package yamldoc

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"levelfield/engine/fault"
)

// walker turns nodes into plain values (map[string]any, []any, string, json.Number, bool, nil) and notes places. Its
// faults leave a stand-in for the value, so that what the schema says of their paths is beside the point.
type walker struct {
	file   string
	places map[string]fault.Place
	faults fault.List
	// aliases are the paths of those that stand in the file.
	aliases []string
}

// readTags are the tags that YAML gives to plain text by itself; "!" marks text that is to be no number.
var readTags = map[string]bool{
	"": true, "!": true, "!!str": true, "!!int": true, "!!float": true, "!!bool": true, "!!null": true, "!!timestamp": true,
	"!!merge": true, "!!map": true, "!!seq": true,
}

func (w *walker) value(node *yaml.Node, path string) any {
	place := fault.At(w.file, node.Line, node.Column)
	w.places[path] = place
	if tag := node.ShortTag(); node.Kind != yaml.AliasNode && !readTags[tag] {
		w.faults.Add(place.Errorf(path, "the tag %s is not read", tag).Hint("write the value without a tag"))
		return nil
	}
	switch node.Kind {
	case yaml.MappingNode:
		return w.mapping(node, path)
	case yaml.SequenceNode:
		list := make([]any, 0, len(node.Content))
		for i, item := range node.Content {
			list = append(list, w.value(item, fmt.Sprintf("%s[%d]", path, i)))
		}
		return list
	case yaml.AliasNode:
		w.aliases = append(w.aliases, path)
		return nil
	}
	return w.scalar(node, path, place)
}

func (w *walker) mapping(node *yaml.Node, path string) any {
	values := map[string]any{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		place := fault.At(w.file, key.Line, key.Column)
		if key.Kind != yaml.ScalarNode {
			w.faults.Add(place.Errorf(path, "a key must be text"))
			continue
		}
		below := key.Value
		if path != "" {
			below = path + "." + key.Value
		}
		if _, twice := values[key.Value]; twice {
			w.faults.Add(place.Errorf(below, "stands twice").Hint("keep one of the two"))
			continue
		}
		values[key.Value] = w.value(node.Content[i+1], below)
		w.places[below+"#key"] = place
	}
	return values
}

// scalar keeps text as written: a date stays the text of the date, and a number keeps its digits.
func (w *walker) scalar(node *yaml.Node, path string, place fault.Place) any {
	switch node.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		truth := strings.EqualFold(node.Value, "true")
		if !truth && !strings.EqualFold(node.Value, "false") {
			w.faults.Add(place.Errorf(path, "%q is neither true nor false", node.Value))
		}
		return truth
	case "!!int":
		if leadingZero(node.Value) {
			w.faults.Add(place.Errorf(path, "%s is a number with a leading zero", node.Value).Hint("a code is text: write %q", node.Value))
			return node.Value
		}
		if n, err := strconv.ParseInt(node.Value, 10, 64); err == nil {
			return json.Number(strconv.FormatInt(n, 10))
		}
		w.faults.Add(place.Errorf(path, "%s is not a whole number in plain digits", node.Value))
		return nil
	case "!!float":
		number, err := strconv.ParseFloat(node.Value, 64)
		if err != nil || number != number || number > 1e300 || number < -1e300 {
			w.faults.Add(place.Errorf(path, "%s is not a finite number", node.Value))
			return nil
		}
		return json.Number(strconv.FormatFloat(number, 'g', -1, 64))
	}
	return node.Value
}

// aliased is the fault of all aliases: a file made of them has millions.
func (w *walker) aliased() fault.List {
	if len(w.aliases) == 0 {
		return nil
	}
	message := "aliases are not read"
	if n := len(w.aliases) - 1; n > 0 {
		message += fmt.Sprintf(", and %d more stand in the file", n)
	}
	return fault.List{w.places[w.aliases[0]].Errorf(w.aliases[0], "%s", message).Hint("write the value out")}
}

// spoiled says whether the walk has found a fault in the value at path itself.
func (w *walker) spoiled(path string) bool {
	if slices.Contains(w.aliases, path) {
		return true
	}
	for _, f := range w.faults {
		if f.Path == path {
			return true
		}
	}
	return false
}

func leadingZero(text string) bool {
	digits := strings.TrimLeft(text, "+-")
	return len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9'
}
