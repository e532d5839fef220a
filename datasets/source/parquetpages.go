package source

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"sync"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// wholePages reads the pages of a column and ends at one that holds fewer values than its header says: of such a page the
// library would ask for more for ever.
type wholePages struct {
	file.PageReader
	column *schema.Column
	broken error
}

// columnReader reads a column of a row group by whole pages.
func columnReader(group *file.RowGroupReader, position int, column *schema.Column) (file.ColumnChunkReader, error) {
	pages, err := group.GetColumnPageReader(position)
	if err != nil {
		return nil, err
	}
	buffers := &sync.Pool{New: func() any { return memory.NewResizableBuffer(memory.DefaultAllocator) }}
	return file.NewColumnReader(column, &wholePages{PageReader: pages, column: column}, memory.DefaultAllocator, buffers), nil
}

// Next fetches the next page, if there is one and it is whole.
func (w *wholePages) Next() bool {
	if w.broken != nil || !w.PageReader.Next() {
		return false
	}
	w.broken = w.check()
	return w.broken == nil
}

// Err is the error of the page at which Next ended.
func (w *wholePages) Err() error {
	if w.broken != nil {
		return w.broken
	}
	return w.PageReader.Err()
}

// check counts the definition levels of a data page, and the values that its encoding says it holds where there are no
// levels.
func (w *wholePages) check() error {
	data, values := []byte(nil), 0
	levels, packed := 0, false
	switch page := w.Page().(type) {
	case *file.DataPageV1:
		data, values = page.Data(), int(page.NumValues())
		packed = page.DefinitionLevelEncoding() == parquet.Encodings.BitPacked
		levels = -1
	case *file.DataPageV2:
		data, values = page.Data(), int(page.NumValues())
		skipped := int(page.RepetitionLevelByteLen())
		if skipped < 0 || skipped > len(data) {
			return fmt.Errorf("a page of %d bytes has repetition levels of %d", len(data), skipped)
		}
		data, levels = data[skipped:], int(page.DefinitionLevelByteLen())
	default:
		return nil
	}
	held := 0
	switch highest := w.column.MaxDefinitionLevel(); {
	case highest == 0:
		held = w.required(data, values)
	case packed:
		held = len(data) * 8 / bits.Len16(uint16(highest))
	case levels < 0:
		held = runs(prefixed(data), bits.Len16(uint16(highest)), values)
	case levels <= len(data):
		held = runs(data[:levels], bits.Len16(uint16(highest)), values)
	}
	if held < values {
		return fmt.Errorf("a page says that it holds %d values and holds %d", values, held)
	}
	return nil
}

// required counts the values of a page without levels, as far as its encoding tells their number.
func (w *wholePages) required(data []byte, values int) int {
	switch parquet.Encoding(w.Page().Encoding()) {
	case parquet.Encodings.RLE:
		return runs(prefixed(data), 1, values)
	case parquet.Encodings.DeltaBinaryPacked, parquet.Encodings.DeltaLengthByteArray, parquet.Encodings.DeltaByteArray:
		var total uint64
		for range 3 { // the size of a block, its number of miniblocks, the number of values
			var size int
			if total, size = binary.Uvarint(data); size <= 0 {
				return 0
			}
			data = data[size:]
		}
		return int(min(total, uint64(values)))
	}
	return values
}

// prefixed are the bytes that follow their own length, written in four bytes; as many as there are.
func prefixed(data []byte) []byte {
	if len(data) < 4 {
		return nil
	}
	return data[4:][:min(int64(binary.LittleEndian.Uint32(data)), int64(len(data)-4))]
}

// runs counts the values of Parquet's hybrid of runs and packed bits, up to as many as are wanted.
func runs(data []byte, width, wanted int) int {
	held := 0
	for held < wanted {
		header, size := binary.Uvarint(data)
		if size <= 0 {
			break
		}
		data = data[size:]
		count, length := header>>1, uint64(width+7)/8
		if header&1 == 1 {
			length = min(count*uint64(width), uint64(len(data)))
			count = length * 8 / uint64(width)
		}
		if length > uint64(len(data)) {
			break
		}
		data = data[length:]
		held += int(min(count, uint64(wanted-held)))
	}
	return held
}
