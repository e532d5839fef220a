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
	if name == "utf-16" && bytes.IndexByte(data[:min(len(data), looked)], 0) < 0 {
		f := fault.At(file, 1, 1).Errorf("", "is not UTF-16, as source.layout.encoding says: no byte of it is zero")
		return nil, fault.List{f.Hint("leave encoding out, or say windows-1252")}
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

// wrongDelimiter is the fault of a dataset that names a delimiter which finds none of its headings, where another finds them
// all.
func wrongDelimiter(dataset datasets.Dataset, start []byte, wanted needs) fault.List {
	stated := dataset.Source.Delimiter
	missing := func(comma rune) int {
		text, err := newDelimited("", bytes.NewReader(start), comma)
		if err != nil {
			return -1
		}
		return fewestMissing(text, wanted)
	}
	all := len(wanted.names) + len(wanted.patterns)
	if stated == "" || all == 0 || missing([]rune(stated)[0]) < all {
		return nil
	}
	for _, comma := range delimiters {
		if missing(comma) == 0 {
			f := fault.At(dataset.File, 0, 0).Errorf("source.delimiter", "is %q, and the headings of the file are parted by %q", stated, string(comma))
			return fault.List{f.Hint("correct it, or leave it out")}
		}
	}
	return nil
}

// titleRows is how many rows are looked through for headings where the layout says nothing: they are in the first row, and
// titles above them rarely take more.
const titleRows = 20

// fewestMissing is how many headings the best of the first rows lacks.
func fewestMissing(text *delimited, wanted needs) int {
	fewest := len(wanted.names) + len(wanted.patterns)
	for range titleRows {
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
