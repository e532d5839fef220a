package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
)

// deflated is one text behind another, the second many times, as deflate packs them. The packed pieces do not refer to each
// other, so that a second one is written as often as it stands and packed once.
type deflated struct {
	packed []byte
	length uint64
	sum    uint32
}

func deflate(t *testing.T, head, text string, times int, tail string) deflated {
	t.Helper()
	var made deflated
	for _, piece := range []struct {
		text  string
		times int
		last  bool
	}{{head, 1, false}, {text, times, false}, {tail, 1, true}} {
		var packed bytes.Buffer
		writer, err := flate.NewWriter(&packed, flate.BestCompression)
		if err == nil {
			_, err = writer.Write([]byte(piece.text))
		}
		if err == nil && piece.last {
			err = writer.Close()
		} else if err == nil {
			err = writer.Flush()
		}
		if err != nil {
			t.Fatal(err)
		}
		for range piece.times {
			made.packed = append(made.packed, packed.Bytes()...)
			made.length += uint64(len(piece.text))
			made.sum = crc32.Update(made.sum, crc32.IEEETable, []byte(piece.text))
		}
	}
	return made
}

// entry is the head of a file of an archive that is packed so.
func (d deflated) entry(name string) zip.FileHeader {
	return zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: d.sum, CompressedSize64: uint64(len(d.packed)), UncompressedSize64: d.length}
}

// rawArchive is an archive of one file as it is packed already.
func rawArchive(t *testing.T, header zip.FileHeader, packed []byte) []byte {
	t.Helper()
	var written bytes.Buffer
	archive := zip.NewWriter(&written)
	writer, err := archive.CreateRaw(&header)
	if err == nil {
		_, err = writer.Write(packed)
	}
	if closed := archive.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	return written.Bytes()
}

// headings are those of the figures.
const headings = "area,period,births,active,births_status,active_status\n"

// packedBomb is an archive of one file of so many MiB on one line.
func packedBomb(mebibytes int) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		made := deflate(t, headings, strings.Repeat("E", 1<<20), mebibytes, "")
		put(t, folder, figures, rawArchive(t, made.entry("business.csv"), made.packed))
	}
}

// rawMember is an archive of the figures whose head is changed.
func rawMember(change func(header *zip.FileHeader)) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		made := deflate(t, headings, "E06000033,2024,855,7695,,\n", 1, "")
		header := made.entry("business.csv")
		change(&header)
		put(t, folder, figures, rawArchive(t, header, made.packed))
	}
}

// archived puts an archive of other files into the place of the figures.
func archived(parts ...part) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		put(t, folder, figures, archiveOf(t, parts...))
	}
}

// nested packs the archive into one of its own name.
func nested(t *testing.T, folder, figures string) {
	t.Helper()
	inner := archiveOf(t, part{"business.csv", "area\n"})
	put(t, folder, figures, archiveOf(t, part{"business.csv", string(inner)}))
}

// gzipped puts a packed text into the place of the figures.
func gzipped(text string) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		put(t, folder, figures, packed(t, []byte(text)))
	}
}

// gzipBomb is a packed file of so many MiB, of which nobody packs more than one.
func gzipBomb(mebibytes int) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		made := deflate(t, headings, strings.Repeat("E", 1<<20), mebibytes, "")
		packed := append([]byte("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\xFF"), made.packed...)
		packed = binary.LittleEndian.AppendUint32(packed, made.sum)
		put(t, folder, figures, binary.LittleEndian.AppendUint32(packed, uint32(made.length)))
	}
}

// gzipZeros is a packed file of ten gigabytes of zeros: one of 64 MB, again and again, as the format allows.
func gzipZeros(t *testing.T, folder, figures string) {
	t.Helper()
	put(t, folder, figures, bytes.Repeat(packed(t, make([]byte, 64<<20)), 160))
}

// spoiltEnd changes the checksum at the end of a packed file.
func spoiltEnd(data []byte) []byte {
	data[len(data)-8] ^= 0xFF
	return data
}
