package indicators

import (
	"encoding/json"
	"fmt"
)

// Label is the written form of a period. A bare year in a definition is a number to YAML and a label to its author:
// both read as the same text.
type Label string

// UnmarshalJSON takes a text or a whole number.
func (l *Label) UnmarshalJSON(encoded []byte) error {
	var text string
	if json.Unmarshal(encoded, &text) == nil {
		*l = Label(text)
		return nil
	}
	var year json.Number
	if err := json.Unmarshal(encoded, &year); err != nil {
		return fmt.Errorf("a period is written as text or as a year: %w", err)
	}
	*l = Label(year.String())
	return nil
}
