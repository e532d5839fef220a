package source

import (
	"bytes"
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
func decodeText(dataset datasets.Dataset, file string, content Content) (Content, fault.List) {
	name := layoutOf(dataset).Encoding
	if name == "" || name == "utf-8" {
		return content, nil
	}
	known, is := encodings[name]
	if !is {
		f := fault.At(dataset.File, 0, 0).Errorf("source.layout.encoding", "is %q", name)
		return nil, fault.List{f.Hint("use one of: utf-8, utf-16, windows-1252")}
	}
	data, err := whole(content)
	if err != nil {
		return nil, fault.List{fault.At(file, 0, 0).Errorf("", "cannot be read: %v", err).Hint("save it as UTF-8, which may be of any length")}
	}
	decoded, err := known.NewDecoder().Bytes(data)
	if err != nil {
		return nil, fault.List{fault.At(file, 0, 0).Errorf("", "is not written in %s: %v", name, err)}
	}
	return bytes.NewReader(decoded), nil
}

// delimiters are those that are tried when a dataset names none, the most usual first.
var delimiters = []rune{',', ';', '\t', '|'}

// delimiterOf is the delimiter that the dataset names, or else the one that finds the most of its headings at the start of
// the text.
func delimiterOf(dataset datasets.Dataset, start []byte, wanted needs) rune {
	if text := dataset.Source.Delimiter; text != "" {
		return []rune(text)[0]
	}
	best, fewest := delimiters[0], -1
	for _, comma := range delimiters {
		text, err := newDelimited("", bytes.NewReader(start), comma)
		if err != nil {
			continue
		}
		missing := fewestMissing(text, wanted)
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
