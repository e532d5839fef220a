package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"
)

// alter puts other bytes into the place of those of a file.
func alter(change func(text []byte) []byte) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(figures)))
		if err != nil {
			t.Fatal(err)
		}
		put(t, folder, figures, change(text))
	}
}

// inUTF16 writes text in two bytes a character, the lower first.
func inUTF16(text []byte) []byte {
	var written []byte
	for _, unit := range utf16.Encode([]rune(string(text))) {
		written = append(written, byte(unit), byte(unit>>8))
	}
	return written
}

// junk is bytes that look like chance and are the same each time.
func junk(length int) []byte {
	bytes := make([]byte, length)
	state := uint32(1)
	for i := range bytes {
		state = state*1664525 + 1013904223
		bytes[i] = byte(state >> 24)
	}
	return bytes
}

// mixedLineEnds puts a byte order mark first, and the line end of Windows behind every other line.
func mixedLineEnds(text []byte) []byte {
	written := []byte("\xEF\xBB\xBF")
	for i, line := range bytes.SplitAfter(text, []byte("\n")) {
		if i%2 == 0 {
			line = bytes.Replace(line, []byte("\n"), []byte("\r\n"), 1)
		}
		written = append(written, line...)
	}
	return written
}

// halfGigabyte is the length of the longest files that cases make.
const halfGigabyte = 500 << 20

// longLine writes a heading, and then one line of 500 MB.
func longLine(t *testing.T, folder, figures string) {
	t.Helper()
	file, err := os.Create(filepath.Join(folder, filepath.FromSlash(figures)))
	if err != nil {
		t.Fatal(err)
	}
	chunk := bytes.Repeat([]byte("E06000033,2024,855,7695;"), 1<<16)
	for written := 0; written < halfGigabyte; written += len(chunk) {
		if _, err := file.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// hole makes a file longer without writing anything: what was not written reads as zeros, and takes no room on disk.
func hole(t *testing.T, folder, figures string) {
	t.Helper()
	if err := os.Truncate(filepath.Join(folder, filepath.FromSlash(figures)), halfGigabyte); err != nil {
		t.Fatal(err)
	}
}
