package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"sort"
	"unicode/utf8"

	"levelfield/engine/fault"
)

// jsonText is a JSON document that is known to be whole, read by position: every value is where it stands in the file.
type jsonText struct {
	file string
	data []byte
	// lines are where lines begin.
	lines []int
}

// newJSONText takes a document that is whole and UTF-8.
func newJSONText(file string, data []byte) (*jsonText, *fault.Fault) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	text := &jsonText{file: file, data: data, lines: []int{0}}
	for i, b := range data {
		if b == '\n' {
			text.lines = append(text.lines, i+1)
		}
	}
	start := text.skip(0)
	switch {
	case start == len(data):
		f := fault.At(file, 1, 1).Errorf("", "is empty").Hint("fetch the file again")
		return nil, &f
	case data[start] != '{' && data[start] != '[':
		f := text.at(start).Errorf("", "is no JSON document, which begins with a brace or a bracket").Hint("look whether it is the right file, in UTF-8")
		return nil, &f
	case !utf8.Valid(data):
		message, hint := undecodable(string(data))
		f := text.at(firstInvalid(data)).Errorf("", "%s", message).Hint("%s", hint)
		return nil, &f
	}
	var syntax *json.SyntaxError
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); errors.As(err, &syntax) {
		f := text.at(max(int(syntax.Offset)-1, 0)).Errorf("", "is not whole JSON: %s", syntax.Error()).Hint("the file may have been cut short: fetch it again")
		return nil, &f
	}
	return text, nil
}

// firstInvalid is the first byte that is not UTF-8.
func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

// at is the place of a byte, its column counted in characters.
func (t *jsonText) at(offset int) fault.Place {
	line := sort.SearchInts(t.lines, offset+1)
	start := t.lines[line-1]
	return fault.At(t.file, line, utf8.RuneCount(t.data[start:min(offset, len(t.data))])+1)
}

// skip passes over white space.
func (t *jsonText) skip(i int) int {
	for i < len(t.data) && (t.data[i] == ' ' || t.data[i] == '\t' || t.data[i] == '\n' || t.data[i] == '\r') {
		i++
	}
	return i
}

// end is where the value that begins at i ends.
func (t *jsonText) end(i int) int {
	depth := 0
	for ; i < len(t.data); i++ {
		switch t.data[i] {
		case '"':
			for i++; t.data[i] != '"'; i++ {
				if t.data[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		case ',', ':', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
	return i
}

// elements are where the elements of the list at i begin.
func (t *jsonText) elements(i int) []int {
	var starts []int
	for i = t.skip(i + 1); t.data[i] != ']'; i = t.skip(i) {
		starts = append(starts, i)
		if i = t.skip(t.end(i)); t.data[i] == ',' {
			i++
		}
	}
	return starts
}

// member is a named value of an object.
type member struct {
	name  string
	start int
}

// members are those of the object at i, in their order.
func (t *jsonText) members(i int) []member {
	var found []member
	for i = t.skip(i + 1); t.data[i] != '}'; i = t.skip(i) {
		end := t.end(i)
		name := string(t.cell(i))
		// A colon stands between name and value.
		start := t.skip(t.skip(end) + 1)
		found = append(found, member{name, start})
		if i = t.skip(t.end(start)); t.data[i] == ',' {
			i++
		}
	}
	return found
}

// cell is the value at i as the text of a cell; a list or object is the text that stands in the file.
func (t *jsonText) cell(i int) scalar {
	raw := t.data[i:t.end(i)]
	var text scalar
	if err := text.UnmarshalJSON(raw); err != nil {
		return scalar(raw)
	}
	return text
}

// find is the value of a member, -1 when there is none.
func (t *jsonText) find(object int, name string) int {
	if t.data[object] != '{' {
		return -1
	}
	for _, one := range t.members(object) {
		if one.name == name {
			return one.start
		}
	}
	return -1
}
