package source

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// mostHeadRows is how many rows of a sheet are looked at: as many as a layout searches for headings.
const mostHeadRows = searchDepth

// Look says what a file is that nobody has described: its kind and what a dataset.yaml has to say for [Open] to read it,
// by the bytes and not by the ending of its name, and the first rows of every sheet. Of an archive with several files
// the member is named, or else all are listed. What cannot be read is told as a fault.
func Look(file, member string, content Content) (datasets.Sample, fault.List) {
	sample := datasets.Sample{File: file, Source: datasets.Source{File: file}}
	file, content, start, faults := ungzip(file, content)
	if len(faults) > 0 {
		return sample, faults
	}
	if isZip(start) {
		return lookZip(sample, file, member, content)
	}
	if member != "" {
		return sample, fault.List{fault.At(file, 0, 0).Errorf("", "is no archive, and holds no file %q", member)}
	}
	return lookInside(sample, file, content)
}

// lookZip tells a workbook from an archive of files.
func lookZip(sample datasets.Sample, file, member string, content Content) (datasets.Sample, fault.List) {
	_, names, err := entriesOf(content)
	if err != nil {
		return sample, fault.List{brokenArchive(file, "zip", err)}
	}
	if known, found, faults := lookOffice(sample, names, file, content); found {
		return known, faults
	}
	if member == "" && len(names) != 1 {
		sample.Members = names
		return sample, nil
	}
	// A file of the only name needs no word about it, unless its archive is not called one.
	if member != "" || !strings.EqualFold(path.Ext(file), ".zip") {
		if member == "" {
			member = names[0]
		}
		sample.Source.Layout = &datasets.Layout{Member: member}
	}
	name, unpacked, faults := openMember(datasets.Dataset{Source: sample.Source}, file, content)
	if len(faults) > 0 {
		f := fault.At(file, 0, 0).Errorf("", "holds no one file %q", member)
		return sample, fault.List{f.Hint("the archive holds: %s", listed(names))}
	}
	if start, err := startOf(unpacked, looked); err == nil && isZip(start) {
		return lookBookInside(sample, name, unpacked)
	}
	return lookInside(sample, name, unpacked)
}

// lookBookInside looks at a workbook that lies in an archive; an archive in an archive is not opened.
func lookBookInside(sample datasets.Sample, file string, content Content) (datasets.Sample, fault.List) {
	_, names, err := entriesOf(content)
	if err != nil {
		return sample, fault.List{brokenArchive(file, "zip", err)}
	}
	if known, found, faults := lookOffice(sample, names, file, content); found {
		return known, faults
	}
	return sample, fault.List{fault.At(file, 0, 0).Errorf("", "is an archive in an archive").Hint("unpack the outer one, and import the one inside")}
}

// lookOffice knows the document of an office program by the parts of its archive.
func lookOffice(sample datasets.Sample, parts []string, file string, content Content) (known datasets.Sample, found bool, faults fault.List) {
	for _, office := range officeParts {
		switch {
		case !slices.Contains(parts, office.part):
		case office.format == "":
			return sample, true, fault.List{fault.At(file, 0, 0).Errorf("", "is %s", office.is).Hint("%s", office.hint)}
		default:
			data, err := whole(content)
			if err != nil {
				return sample, true, fault.List{notRead(file, err)}
			}
			known, faults = lookBook(sample, office.format, file, data)
			return known, true, faults
		}
	}
	return sample, false, nil
}

// officeParts are the parts by which documents in a zip archive are known.
var officeParts = []struct{ part, format, is, hint string }{
	{part: "xl/workbook.xml", format: "xlsx"},
	{part: "xl/workbook.bin", is: "a binary workbook (xlsb)", hint: "save it as xlsx"},
	{part: "word/document.xml", is: "a document of a word processor and not data", hint: "ask its publisher for the table behind it"},
	{part: "ppt/presentation.xml", is: "a presentation and not data", hint: "ask its publisher for the table behind it"},
	{part: "content.xml", format: "ods"},
}

// lookInside looks at a file that is no archive.
func lookInside(sample datasets.Sample, file string, content Content) (datasets.Sample, fault.List) {
	start, err := startOf(content, blockBytes)
	if err != nil {
		return sample, fault.List{notRead(file, err)}
	}
	if f, is := noData(file, start); is {
		return sample, fault.List{f}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(start, []byte(byteOrderMark)), " \t\r\n")
	look := lookJSON
	switch {
	case bytes.HasPrefix(start, []byte("PAR1")):
		look = lookParquet
	case len(text) == 0 || text[0] != '{' && text[0] != '[':
		return lookText(sample, file, start, content)
	}
	data, err := whole(content)
	if err != nil {
		return sample, fault.List{notRead(file, err)}
	}
	return look(sample, file, data)
}

// unreadables are what is often received in place of data, by the bytes it begins with.
var unreadables = []struct {
	start, is, hint string
	anyCase         bool
}{
	{start: "%PDF", is: "a PDF document and not data", hint: "ask its publisher for the table behind it: a PDF holds the look of a table, and not its cells"},
	{start: "<!doctype html", is: "a web page and not data", hint: "give the file that the page links to", anyCase: true},
	{start: "<html", is: "a web page and not data", hint: "give the file that the page links to", anyCase: true},
	{start: "<?xml", is: "XML and not data in a form that is read", hint: "ask its publisher for CSV or a workbook", anyCase: true},
	{start: "Rar!", is: "a RAR archive", hint: "unpack it, and import the file inside"},
	{start: "7z\xBC\xAF", is: "a 7z archive", hint: "unpack it, and import the file inside"},
	{start: "\x89PNG", is: "a picture and not data", hint: "ask its publisher for the table behind it"},
	{start: "\xFF\xD8\xFF", is: "a picture and not data", hint: "ask its publisher for the table behind it"},
}

// oldOffice begins the files of office programs before 2007, and those behind a password to this day.
const oldOffice = "\xD0\xCF\x11\xE0"

// noData says what a file is that holds no data, or none that can be read.
func noData(file string, data []byte) (fault.Fault, bool) {
	place := fault.At(file, 1, 1)
	if len(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), looked)], []byte(byteOrderMark)))) == 0 {
		return place.Errorf("", "is empty").Hint("the file may have been cut short: fetch it again"), true
	}
	if bytes.HasPrefix(data, []byte(oldOffice)) {
		// The names of the parts are written in UTF-16.
		if bytes.Contains(data, inUTF16("EncryptedPackage")) {
			return place.Errorf("", "is a workbook behind a password").Hint("open it with its password, and save it without one"), true
		}
		return place.Errorf("", "is a workbook in the format of before 2007 (xls)").Hint("save it as xlsx, or as CSV in UTF-8"), true
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), looked)], []byte(byteOrderMark)), " \t\r\n")
	for _, one := range unreadables {
		start := text[:min(len(text), len(one.start))]
		if string(start) == one.start || one.anyCase && strings.EqualFold(string(start), one.start) {
			return place.Errorf("", "is %s", one.is).Hint("%s", one.hint), true
		}
	}
	return fault.Fault{}, false
}

// lookText finds the encoding and the delimiter.
func lookText(sample datasets.Sample, file string, start []byte, content Content) (datasets.Sample, fault.List) {
	sample.Source.Kind = "csv"
	if name := encodingOf(start, content); name != "" {
		if sample.Source.Layout == nil {
			sample.Source.Layout = &datasets.Layout{}
		}
		sample.Source.Layout.Encoding = name
	}
	decoded, faults := decodeText(datasets.Dataset{Source: sample.Source}, file, content)
	if len(faults) > 0 {
		return sample, faults
	}
	head, err := startOf(decoded, blockBytes)
	if err != nil {
		return sample, fault.List{notRead(file, err)}
	}
	if bytes.IndexByte(head[:min(len(head), looked)], 0) >= 0 {
		f := fault.At(file, 1, 1).Errorf("", "is no text, no workbook and no other format that is read")
		return sample, fault.List{f.Hint("csv, xlsx, ods, parquet and json are read, zipped or gzipped too")}
	}
	rows, comma := headOfText(file, decoded)
	if len(rows) == 0 {
		return sample, fault.List{fault.At(file, 1, 1).Errorf("", "is empty").Hint("the first row must name the columns")}
	}
	sample.Source.Delimiter = string(comma)
	sample.Sheets = []datasets.Sheet{{Head: rows}}
	return sample, nil
}

// encodingOf is the encoding of text by the name of a layout, "" for UTF-8. UTF-16 without its mark is known by the zero
// bytes of its ASCII letters.
func encodingOf(data []byte, content Content) string {
	start := data[:min(len(data), looked)]
	switch zeros := bytes.Count(start, []byte{0}); {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return "utf-16"
	case len(start) > 3 && zeros > len(start)/3 && start[1] == 0 && start[0] != 0:
		return "utf-16"
	case zeros == 0 && !isUTF8(content):
		return "windows-1252"
	}
	return ""
}

// headOfText reads the first rows by the delimiter that parts most of them into the same number of cells; of two that do,
// the one that is rarer in text.
func headOfText(file string, content Content) ([]datasets.Row, rune) {
	best, chosen, most := headBy(file, content, delimiters[0]), delimiters[0], 0
	for _, comma := range slices.Backward(delimiters) {
		rows := headBy(file, content, comma)
		widths := map[int]int{}
		for _, row := range rows {
			widths[len(row.Cells)]++
		}
		score := 0
		for width, times := range widths {
			// A wider row is worth more than one more row: text with commas in its titles is not parted by them.
			score = max(score, times*min(width-1, 20))
		}
		if score > most {
			best, chosen, most = rows, comma, score
		}
	}
	return best, chosen
}

// headBy are the first rows of text by a delimiter.
func headBy(file string, content Content, comma rune) []datasets.Row {
	text, err := newDelimited(file, content, comma)
	if err != nil {
		return nil
	}
	return headOf(text)
}

// mostBroken is how many broken records are passed over in the search for the first rows: by a delimiter that is not the
// file's, every cell in quotation marks breaks one, to the end of the file.
const mostBroken = 1000

// headOf are the first rows of records that hold something.
func headOf(from records) []datasets.Row {
	var rows []datasets.Row
	for passed := 0; len(rows) < mostHeadRows && passed < mostBroken; {
		cells, number, broken, err := from.read()
		if err != nil {
			break
		}
		if broken != nil {
			passed++
			continue
		}
		if blank(cells) {
			continue
		}
		row := datasets.Row{Number: number}
		for _, cell := range cells {
			row.Cells = append(row.Cells, strings.ToValidUTF8(strings.Clone(cell), "\uFFFD"))
		}
		rows = append(rows, row)
	}
	return rows
}
