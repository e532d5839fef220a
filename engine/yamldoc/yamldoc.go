// Package yamldoc turns a YAML file into a checked Go value and remembers where everything stood.
//
// [Decode] parses the text into nodes with positions, refuses duplicate keys, aliases and more than one document,
// holds the value against the JSON Schema made from the Go type, and reports every departure as a fault at
// file:line:col. The [Document] it returns places later, semantic faults as well:
//
//	doc, faults := yamldoc.Decode[Indicator]("indicators/4A/neet.yaml", text)
//	faults.Add(doc.At("goals[1]").Errorf("goals[1]", "no goal %q in the strategy", doc.Value.Goals[1]))
//
// Go types use json tags: a field without omitempty is required, jsonschema tags narrow it. This is the only room
// with a YAML library; it reads no files and knows nothing about indicators or datasets.
package yamldoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"levelfield/engine/fault"
)

// Document is a decoded file: its value and the place of every part of it.
type Document[T any] struct {
	File   string
	Value  T
	places map[string]fault.Place
}

// At is the place of the part at path, such as measure.proportion.share or goals[1]; when the path is not in the
// file, the place of its nearest ancestor that is.
func (d Document[T]) At(path string) fault.Place {
	for path != "" {
		if place, found := d.places[path]; found {
			return place
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			break
		}
		path = path[:cut]
	}
	if place, found := d.places[""]; found {
		return place
	}
	return fault.At(d.File, 1, 1)
}

// Has says whether the file itself holds the path.
func (d Document[T]) Has(path string) bool { _, found := d.places[path]; return found }

// Decode reads text as one YAML document of the shape of T. Every fault is reported; the value is complete only if
// none of them is an error.
func Decode[T any](file string, text []byte) (Document[T], fault.List) {
	doc := Document[T]{File: file, places: map[string]fault.Place{}}
	var faults fault.List
	root, parseFault := parse(file, text)
	if parseFault != nil {
		faults.Add(*parseFault)
		return doc, faults
	}
	walk := walker{file: file, places: doc.places}
	value := walk.value(root, "")
	faults.Add(walk.faults...)
	faults.Add(walk.aliased()...)
	schema, err := schemaOf[T]()
	if err != nil {
		faults.Add(fault.At(file, 1, 1).Errorf("", "its schema cannot be made: %v", err))
		return doc, faults
	}
	for _, departure := range schema.check(doc.At, value) {
		if !walk.spoiled(departure.Path) {
			faults.Add(departure)
		}
	}
	if len(faults.Errors()) > 0 {
		return doc, faults
	}
	encoded, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(encoded, &doc.Value)
	}
	var misfit *json.UnmarshalTypeError
	switch {
	case errors.As(err, &misfit):
		// The schema has said yes to the kind: what is left is a number of no practical size.
		faults.Add(doc.At(misfit.Field).Errorf(misfit.Field, "%s is out of range", strings.TrimPrefix(misfit.Value, "number ")))
	case err != nil:
		faults.Add(fault.At(file, 1, 1).Errorf("", "cannot be read: %v", err))
	}
	return doc, faults
}

// parse is the single document in text, or the fault that says why there is none.
func parse(file string, text []byte) (*yaml.Node, *fault.Fault) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	err := decoder.Decode(&document)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, syntaxFault(file, text, err)
	}
	if err != nil || len(document.Content) == 0 || isNothing(document.Content[0]) {
		f := fault.At(file, 1, 1).Errorf("", "is empty")
		return nil, &f
	}
	switch err := decoder.Decode(&second); {
	case err == nil:
		f := fault.At(file, max(second.Line, 1), max(second.Column, 1)).Errorf("", "a second document begins here").Hint("one file holds one document: remove the --- line")
		return nil, &f
	case !errors.Is(err, io.EOF):
		return nil, syntaxFault(file, text, err)
	}
	return document.Content[0], nil
}

// isNothing recognises the null that stands for a document without content.
func isNothing(node *yaml.Node) bool {
	return node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null" && node.Value == ""
}

// syntaxFault places a parser's error.
func syntaxFault(file string, text []byte, err error) *fault.Fault {
	line, column := 1, 1
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	var load *yaml.LoadError
	if errors.As(err, &load) {
		line, column = max(load.Mark.Line, 1), max(load.Mark.Column, 1)
		message = load.Message
	}
	f := fault.At(file, line, column).Errorf("", "is not YAML: %s", message)
	if indentedByTab(text, line) {
		f = f.Hint("indent by spaces, not by tabs")
	}
	return &f
}

func indentedByTab(text []byte, line int) bool {
	lines := bytes.Split(text, []byte("\n"))
	if line > len(lines) {
		return false
	}
	indent := lines[line-1]
	indent = indent[:len(indent)-len(bytes.TrimLeft(indent, " \t"))]
	return bytes.ContainsRune(indent, '\t')
}
