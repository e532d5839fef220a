package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// longestText is how long a text of a workbook's part may be, or a tag: a cell holds at most 32,767 characters.
const longestText = 1 << 20

var errLongText = fmt.Errorf("a text of it is longer than %d MiB", longestText>>20)

// errDocumentType is that a document declares entities of its own, with which a few lines can stand for thousands of
// millions, or for another file. They are never read.
const errDocumentType = unsound("it declares a document type, which no workbook does")

// eachToken gives the elements and texts of a document one after another. A text without an end is an error before it has
// filled the memory.
func eachToken(reader io.Reader, take func(xml.Token) error) error {
	decoder := xml.NewDecoder(&shortTexts{reader: reader})
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if directive, is := token.(xml.Directive); is && bytes.HasPrefix(directive, []byte("DOCTYPE")) {
			return errDocumentType
		}
		if err := take(token); err != nil {
			return err
		}
	}
}

// shortTexts ends a document at a text that is too long.
type shortTexts struct {
	reader io.Reader
	since  int // bytes since an element has begun
}

// Read reads on while elements begin.
func (s *shortTexts) Read(buffer []byte) (int, error) {
	n, err := s.reader.Read(buffer)
	if at := bytes.LastIndexByte(buffer[:n], '<'); at >= 0 {
		s.since = n - at
	} else if s.since += n; s.since > longestText {
		return 0, errLongText
	}
	return n, err
}
