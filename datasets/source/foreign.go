package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"levelfield/engine/fault"
)

// foreignFormats are what is often received in place of delimited text, by the bytes it begins with.
var foreignFormats = []struct {
	start, name, hint string
	anyCase           bool
}{
	{start: "\xFF\xFE", name: "is UTF-16 text", hint: "say encoding: utf-16 in source.layout"},
	{start: "\xFE\xFF", name: "is UTF-16 text", hint: "say encoding: utf-16 in source.layout"},
	{start: "PK\x03\x04", name: "is a workbook or another zip archive, not delimited text", hint: "save the sheet as CSV in UTF-8"},
	{start: "\xD0\xCF\x11\xE0", name: "is an old workbook, not delimited text", hint: "save the sheet as CSV in UTF-8"},
	{start: "\x1F\x8B", name: "is packed by gzip once more", hint: "unpack it once"},
	{start: "PAR1", name: "is Parquet, not delimited text", hint: "write the table as CSV in UTF-8"},
	{start: "%PDF-", name: "is a PDF document, not delimited text", hint: "ask its publisher for the table"},
	{start: "<!doctype", name: "is a web page, not delimited text", hint: webPage, anyCase: true},
	{start: "<html", name: "is a web page, not delimited text", hint: webPage, anyCase: true},
	{start: "<?xml", name: "is XML, not delimited text", hint: "give the address of a CSV file", anyCase: true},
}

// webPage is the next step where a page was received: nearly always a server's own, in the place of the file.
const webPage = "give the address of the file itself: a server may have answered with a page of its own"

// looked is how many bytes of the start of a file say what it is.
const looked = 4096

// foreignFormat says what a file is that is no delimited text.
func foreignFormat(file string, data []byte) (fault.Fault, bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), looked)], []byte(byteOrderMark)), " \t\r\n")
	refuse := func(name, hint string) (fault.Fault, bool) {
		return fault.At(file, 1, 1).Errorf("", "%s", name).Hint("%s", hint), true
	}
	for _, format := range foreignFormats {
		start := text[:min(len(text), len(format.start))]
		if string(start) == format.start || format.anyCase && strings.EqualFold(string(start), format.start) {
			return refuse(format.name, format.hint)
		}
	}
	switch {
	case beginsJSON(text):
		return refuse("is JSON, not delimited text", "say kind: json, or look whether a server has answered with an error of its own")
	case zerosAt(data, 1):
		return refuse("is UTF-16 text without a byte order mark", "say encoding: utf-16 in source.layout")
	case zerosAt(data, 0):
		return refuse("is UTF-16 text without a byte order mark, the higher byte first", "save it as UTF-8")
	case isBinary(text):
		return refuse("is not text: it begins with control characters", "look whether it is the right file")
	}
	return fault.Fault{}, false
}

// beginsJSON knows a document by its bracket and what follows it.
func beginsJSON(text []byte) bool {
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(text[1:], " \t\r\n")
	return len(rest) > 0 && bytes.IndexByte([]byte(`"{[}]`), rest[0]) >= 0
}

// zerosAt says whether every other byte is zero from one on, as in Latin letters of UTF-16.
func zerosAt(data []byte, from int) bool {
	const fewest = 8 // characters: less is not worth a guess
	zeros, pairs := 0, min(len(data), looked)/2
	for i := range pairs {
		if data[2*i+from] == 0 && data[2*i+1-from] != 0 {
			zeros++
		}
	}
	return pairs >= fewest && zeros*10 >= pairs*9
}

// isBinary says whether control characters are as many as no text has them: one in fifty bytes, and more than the few
// that a damaged file may hold. Chance makes one in nine. Zeros to the end are a file that was not written whole.
func isBinary(text []byte) bool {
	const few = 8
	text = bytes.TrimRight(text, "\x00")
	strange := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' {
			strange++
		}
		i += size
	}
	return strange > few && strange*50 > len(text)
}
