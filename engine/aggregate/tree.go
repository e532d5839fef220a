package aggregate

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// object is one JSON object of the tree.
type object map[string]any

// decode reads the tree with its numbers as they are written.
func decode(tree []byte) (object, error) {
	decoder := json.NewDecoder(bytes.NewReader(tree))
	decoder.UseNumber()
	var root map[string]any
	if err := decoder.Decode(&root); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text behind the tree")
	}
	return root, nil
}

func (o object) text(key string) string {
	value, _ := o[key].(string)
	return value
}

func (o object) object(key string) object {
	value, _ := o[key].(map[string]any)
	return value
}

func (o object) list(key string) []any {
	value, _ := o[key].([]any)
	return value
}

func (o object) objects(key string) []object {
	var objects []object
	for _, value := range o.list(key) {
		member, _ := value.(map[string]any)
		objects = append(objects, member)
	}
	return objects
}

// unset says whether a part of the tree says nothing: null, false, "", an empty list, or an object of such parts.
// DuckDB writes every part that a statement could have.
func unset(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, part := range v {
			if !unset(part) {
				return false
			}
		}
		return true
	}
	return false
}
