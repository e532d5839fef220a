package statstable

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"

	"levelfield/engine/stats"
)

// Cell is one cell of an output: a text, a number, or nothing.
type Cell struct {
	text   string
	number bool
}

// Text is a cell with a text.
func Text(text string) Cell { return Cell{text: text} }

// Number is a cell with a number, or an empty one where there is none.
func Number(v *float64) Cell {
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return Cell{}
	}
	return Cell{text: numberText(*v), number: true}
}

// Count is a cell with a whole number.
func Count(n int) Cell { return Cell{text: strconv.Itoa(n), number: true} }

// numberText is the shortest text that reads back to the same number, without an exponent unless it would be long.
func numberText(v float64) string {
	const small, large = 1e-6, 1e21 // as JSON writes numbers
	if size := math.Abs(v); size != 0 && (size < small || size >= large) {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strconv.FormatFloat(v+0, 'f', -1, 64)
}

// Usual are the columns that [Cells] fills, after those of a method's own.
func Usual(before ...string) []string {
	return append(before, "value", "lower95", "upper95", "lower998", "upper998", "method", "status", "reason")
}

// Cells are an estimate as the columns of [Usual]. Where there is a value, reason says what has to be known of it.
func Cells(e stats.Estimate) []Cell {
	return []Cell{
		Number(e.Value), Number(e.Lower95), Number(e.Upper95), Number(e.Lower998), Number(e.Upper998),
		Text(e.Method), Text(e.Status), Text(reasonOf(e.Reason, e.Warnings)),
	}
}

// reasonOf is why there is no value, or what has to be known of the one there is.
func reasonOf(reason string, warnings []string) string {
	if reason != "" {
		return reason
	}
	return strings.Join(warnings, "; ")
}

// CSV writes the output with its header.
func (o Output) CSV(to io.Writer) error {
	buffered := bufio.NewWriterSize(to, 1<<16)
	writer := csv.NewWriter(buffered)
	if err := writer.Write(o.Header); err != nil {
		return err
	}
	record := make([]string, len(o.Header))
	for _, row := range o.Rows {
		for i, cell := range row {
			record[i] = cell.text
		}
		if err := writer.Write(record); err != nil {
			return err
		}
	}
	if writer.Flush(); writer.Error() != nil {
		return writer.Error()
	}
	return buffered.Flush()
}

// JSON writes the output as a list of objects whose keys stand in the order of the header. Added numbers are numbers,
// what was read stays text, and an empty cell is null.
func (o Output) JSON(to io.Writer) error {
	buffered := bufio.NewWriterSize(to, 1<<16)
	keys := make([]string, len(o.Header))
	for i, name := range o.Header {
		key, err := jsonText(name)
		if err != nil {
			return err
		}
		keys[i] = key
	}
	buffered.WriteString("[")
	for r, row := range o.Rows {
		if r > 0 {
			buffered.WriteString(",")
		}
		buffered.WriteString("\n  {")
		for i, cell := range row {
			if i > 0 {
				buffered.WriteString(", ")
			}
			text, err := cell.json()
			if err != nil {
				return err
			}
			buffered.WriteString(keys[i] + ": " + text)
		}
		buffered.WriteString("}")
	}
	buffered.WriteString("\n]\n")
	return buffered.Flush()
}

func (c Cell) json() (string, error) {
	switch {
	case c.text == "":
		return "null", nil
	case c.number:
		return c.text, nil
	}
	return jsonText(c.text)
}

func jsonText(text string) (string, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(text)
	return strings.TrimSpace(b.String()), err
}
