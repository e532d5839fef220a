package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"levelfield/engine/fault"
	"levelfield/scorecard"
)

// modelFolder is where a publication holds its models.
const modelFolder = "data/model/"

// saveModel writes a model as JSON that [LoadModel] reads back.
func saveModel(model scorecard.Model) ([]byte, error) {
	if !safeName.MatchString(model.ID) {
		return nil, fmt.Errorf("save model %q: the id cannot be a file name", model.ID)
	}
	data, err := indented(model)
	if err != nil {
		return nil, fmt.Errorf("save model %s: %w", model.ID, err)
	}
	return data, nil
}

// ReadModel is [LoadModel] for a model that comes from no file.
func ReadModel(data []byte) (scorecard.Model, error) {
	model, faults := LoadModel("model", data)
	return model, faults.Err()
}

// LoadModel reads a saved model. It refuses a model of another version, an unknown key and anything after the model, so
// that a page is never rendered from half of what was meant; the fault names the place in the file. The sign-off of a model
// that was changed after it was signed is void.
func LoadModel(file string, data []byte) (scorecard.Model, fault.List) {
	var model scorecard.Model
	s := saved{file: file, kind: "a saved model", data: data}
	if faults := s.read(&model, func() string { return model.Version }); faults != nil {
		return scorecard.Model{}, faults
	}
	var faults fault.List
	if !safeName.MatchString(model.ID) {
		faults.Add(s.at(`"id"`).Errorf("id", "%q cannot be a file name", fault.Short(model.ID)).Hint("use letters, digits, dots and hyphens"))
	}
	if _, err := time.Parse(time.DateOnly, model.AsOf); err != nil {
		faults.Add(s.at(`"as_of"`).Errorf("as_of", "is %q, and is a day such as 2026-05-13", fault.Short(model.AsOf)))
	}
	verified, err := model.Verified()
	if err != nil {
		faults.Add(fault.At(file, 0, 0).Errorf("", "cannot be held against its sign-off: %v", err))
	}
	return verified, faults
}

// LoadHandbook reads a saved handbook as [LoadModel] reads a model.
func LoadHandbook(file string, data []byte) (scorecard.Handbook, fault.List) {
	var book scorecard.Handbook
	s := saved{file: file, kind: "a saved handbook", data: data}
	if faults := s.read(&book, func() string { return book.Version }); faults != nil {
		return scorecard.Handbook{}, faults
	}
	return book, nil
}

// saved is a file of JSON that a publication wrote.
type saved struct {
	file, kind string
	data       []byte
}

// again is what to do about a file that cannot be printed.
const again = "print it with the program that saved it, or build the scorecards again"

// read decodes the file; version is the decoded value's.
func (s saved) read(into any, version func() string) fault.List {
	decoder := json.NewDecoder(bytes.NewReader(s.data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		// Another version may well have other keys: say that rather than name one of them.
		var header struct {
			Version string `json:"version"`
		}
		if json.Unmarshal(s.data, &header) == nil && header.Version != scorecard.ModelVersion {
			return s.wrongVersion(header.Version)
		}
		return s.undecoded(err)
	}
	if version() != scorecard.ModelVersion {
		return s.wrongVersion(version())
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		after := decoder.InputOffset()
		return fault.List{s.offset(after).Errorf("", "there is something after the %s", strings.TrimPrefix(s.kind, "a saved ")).Hint("take it away")}
	}
	return nil
}

func (s saved) wrongVersion(version string) fault.List {
	f := s.at(`"version"`).Errorf("version", "it is of version %q, and this program reads version %q", fault.Short(version), scorecard.ModelVersion)
	return fault.List{f.Hint(again)}
}

// unknownField takes the name out of the words of the JSON decoder, which has no error of its own for it.
var unknownField = regexp.MustCompile(`unknown field ("[^"]*")`)

// undecoded is the fault of a file that is not what it should be.
func (s saved) undecoded(err error) fault.List {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var f fault.Fault
	switch {
	case errors.As(err, &kind):
		f = s.offset(kind.Offset).Errorf(kind.Field, "is a %s, where %s has a %s", kind.Value, s.kind, plainKind(kind.Type.Kind().String())).Hint(again)
	case errors.As(err, &syntax):
		f = s.offset(syntax.Offset).Errorf("", "is not %s: %v", s.kind, err).Hint("a publication has its models in data/model")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f = s.offset(int64(len(s.data))).Errorf("", "ends in the middle of %s", s.kind).Hint("copy the file again: it was cut short")
	default:
		if found := unknownField.FindStringSubmatch(err.Error()); found != nil {
			f = s.at(found[1]).Errorf("", "unknown field %s: %s has none of that name", fault.Short(found[1]), s.kind).Hint(again)
			break
		}
		f = s.offset(0).Errorf("", "cannot be read: %v", err)
	}
	return fault.List{f}
}

// plainKind is a kind of Go value as JSON calls it.
func plainKind(kind string) string {
	switch {
	case kind == "struct", kind == "map":
		return "object"
	case kind == "slice", kind == "array":
		return "list"
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "float"):
		return "number"
	}
	return kind
}

// at is the place of a key's first occurrence; of the file where it does not occur.
func (s saved) at(key string) fault.Place {
	found := regexp.MustCompile(regexp.QuoteMeta(key) + `\s*:`).FindIndex(s.data)
	if found == nil {
		return fault.At(s.file, 0, 0)
	}
	return s.offset(int64(found[0]) + 1)
}

// offset is the place of a byte, counted from 1.
func (s saved) offset(at int64) fault.Place {
	before := s.data[:max(0, min(at-1, int64(len(s.data))))]
	line := bytes.Count(before, []byte("\n")) + 1
	return fault.At(s.file, line, len(before)-(bytes.LastIndexByte(before, '\n')+1)+1)
}
