package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// printer writes text and remembers the first error, so that a full disk or a closed pipe is told once, at the end.
type printer struct {
	to  io.Writer
	err error
}

// Write passes text on until the first error.
func (p *printer) Write(text []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.to.Write(text)
	p.err = err
	return n, err
}

func (p *printer) printf(format string, args ...any) {
	p.write(func() error {
		_, err := fmt.Fprintf(p, format, args...)
		return err
	})
}

// write does some writing to this printer.
func (p *printer) write(do func() error) {
	if err := do(); err != nil && p.err == nil {
		p.err = err
	}
}

// json writes a value as indented JSON.
func (p *printer) json(value any) {
	encoder := json.NewEncoder(p)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	p.write(func() error { return encoder.Encode(value) })
}

// failure is the first error, with what was being done.
func (p *printer) failure(doing string) error {
	if p.err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, p.err)
}

// day writes an ISO date as people do: 13 May 2026.
func day(date string) string {
	parsed, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return parsed.Format("2 January 2006")
}

// counted is a number with its noun: 1 indicator, 57 indicators.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// indent puts a margin before every line.
func indent(margin, text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = margin + line
		}
	}
	return strings.Join(lines, "\n")
}
