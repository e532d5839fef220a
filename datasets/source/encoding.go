package source

import (
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// encodings are those that a layout may name; text in UTF-8 stays as it is.
var encodings = map[string]encoding.Encoding{
	"windows-1252": charmap.Windows1252,
	// A byte order mark decides the order; without one the first byte is the lower, as Windows writes it.
	"utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
}

// decodeText turns text into UTF-8.
func decodeText(dataset datasets.Dataset, file string, data []byte) ([]byte, fault.List) {
	name := layoutOf(dataset).Encoding
	if name == "" || name == "utf-8" {
		return data, nil
	}
	known, is := encodings[name]
	if !is {
		f := fault.At(dataset.File, 0, 0).Errorf("source.layout.encoding", "is %q", name)
		return nil, fault.List{f.Hint("use one of: utf-8, utf-16, windows-1252")}
	}
	decoded, err := known.NewDecoder().Bytes(data)
	if err != nil {
		return nil, fault.List{fault.At(file, 0, 0).Errorf("", "is not written in %s: %v", name, err)}
	}
	return decoded, nil
}

// delimiters are those that are tried when a dataset names none, the most usual first.
var delimiters = []rune{',', ';', '\t', '|'}

// delimiterOf is the delimiter that the dataset names, or else the one that finds the most of its headings.
func delimiterOf(dataset datasets.Dataset, data []byte, wanted needs) rune {
	if text := dataset.Source.Delimiter; text != "" {
		return []rune(text)[0]
	}
	best, fewest := delimiters[0], -1
	for _, comma := range delimiters {
		missing := fewestMissing(newDelimited("", data, comma), wanted)
		if fewest < 0 || missing < fewest {
			best, fewest = comma, missing
		}
		if fewest == 0 {
			break
		}
	}
	return best
}

// fewestMissing is how many headings the best of the first rows lacks.
func fewestMissing(text *delimited, wanted needs) int {
	// The headings of text without a layout are in its first row, titles rarely take more.
	const enough = 20
	fewest := len(wanted.names) + len(wanted.patterns)
	for range enough {
		cells, _, broken, err := text.read()
		if err == io.EOF {
			break
		}
		if broken == nil {
			fewest = min(fewest, wanted.missing(trimmed(cells)))
		}
	}
	return fewest
}
