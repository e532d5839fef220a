package source

import (
	"bytes"
	"encoding/json"
	"errors"
)

// scalar is a JSON value as the text of a cell: a string without its marks, a number as it is written, nothing for null.
// Publishers change between "105.1" and 105.1 from one version to the next.
type scalar string

// UnmarshalJSON takes everything but lists and objects.
func (s *scalar) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case bytes.Equal(data, []byte("null")):
		*s = ""
	case len(data) > 0 && data[0] == '"':
		return json.Unmarshal(data, (*string)(s))
	case len(data) > 0 && (data[0] == '[' || data[0] == '{'):
		return errors.New("a list or object stands where a value is expected")
	default:
		*s = scalar(data)
	}
	return nil
}
