package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"levelfield/engine/fault"
)

// jsonText is a JSON document that is known to be whole, read by position: every value is where it stands in the file.
type jsonText struct {
	file string
	data []byte
	// lines is how many line ends stand before each run of so many bytes.
	lines []int
}

// lineRun is how many bytes are looked through for the line of a place: a document may be nothing but line ends.
const lineRun = 1 << 16

// newJSONText takes a document that is whole and UTF-8.
func newJSONText(file string, data []byte) (*jsonText, *fault.Fault) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	text := &jsonText{file: file, data: data}
	for at, lines := 0, 0; at <= len(data); at += lineRun {
		text.lines = append(text.lines, lines)
		lines += bytes.Count(data[at:min(at+lineRun, len(data))], []byte{'\n'})
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
	if err := json.Unmarshal(data, &seen{}); errors.As(err, &syntax) {
		at := text.at(max(int(syntax.Offset)-1, 0))
		f := at.Errorf("", "is no JSON: %s", syntax.Error()).Hint("ask its publisher for a sound one")
		if int(syntax.Offset) >= len(data) {
			f = at.Errorf("", "is not whole JSON: %s", syntax.Error()).Hint("the file may have been cut short: fetch it again")
		}
		return nil, &f
	}
	return text, nil
}

// seen is a value of which nothing is kept: that the document is whole has been looked at before it is given.
type seen struct{}

// UnmarshalJSON takes everything.
func (*seen) UnmarshalJSON([]byte) error { return nil }

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
	offset = min(offset, len(t.data))
	run := offset / lineRun
	line := t.lines[run] + bytes.Count(t.data[run*lineRun:offset], []byte{'\n'}) + 1
	start := bytes.LastIndexByte(t.data[:offset], '\n') + 1
	return fault.At(t.file, line, utf8.RuneCount(t.data[start:offset])+1)
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

// elements are where the elements of the list at i begin, at most one more than so many.
func (t *jsonText) elements(i, most int) []int {
	var starts []int
	for i = t.skip(i + 1); t.data[i] != ']' && len(starts) <= most; i = t.skip(i) {
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

// members are those of the object at i, in their order, at most one more than a table may have columns.
func (t *jsonText) members(i int) []member {
	var found []member
	t.each(i, func(one member) bool {
		found = append(found, one)
		return len(found) <= maximumNames
	})
	return found
}

// each gives the members of the object at i one after another, as long as they are wanted.
func (t *jsonText) each(i int, wanted func(member) bool) {
	for i = t.skip(i + 1); t.data[i] != '}'; i = t.skip(i) {
		end := t.end(i)
		name := string(t.cell(i))
		// A colon stands between name and value.
		start := t.skip(t.skip(end) + 1)
		if !wanted(member{name, start}) {
			return
		}
		if i = t.skip(t.end(start)); t.data[i] == ',' {
			i++
		}
	}
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
	found := -1
	t.each(object, func(one member) bool {
		if one.name == name {
			found = one.start
		}
		return found < 0
	})
	return found
}
