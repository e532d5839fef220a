// Package fault is a finding with a place: what is wrong in a user's file, where, and what to do about it.
//
// A [Fault] names file, line and column, the path inside the document, what is wrong and, when there is a next
// step, a hint. Rooms collect faults in a [List] and go on, so that one run reports every fault of every file;
// [List.Err] turns the list into an error only when something in it stops the work. [Text], [JSON] and
// [Annotations] print a list for people, programs and continuous integration.
//
//	var faults fault.List
//	faults.Add(fault.At("indicators/4A/neet.yaml", 3, 7).Errorf("polarity", "is %q", "upwards").Hint("use low, high or neutral"))
//	return faults.Err()
//
// The package does not decide exit codes and never prints on its own.
package fault

import (
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"
)

// Severity says whether a fault stops the work.
type Severity string

// The severities. An Error stops what depends on the file; a Warning travels with the result.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Place is a position in a file. Line and Column count from 1; 0 means not known.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// At is the place at line and column of file.
func At(file string, line, column int) Place { return Place{File: file, Line: line, Column: column} }

// String is file:line:col, without the parts that are not known.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Errorf is a fault at this place that stops the work; path is the position inside the document, such as
// measure.proportion.share, and may be empty.
func (p Place) Errorf(path, format string, args ...any) Fault {
	return Fault{Place: p, Severity: Error, Path: path, Message: fmt.Sprintf(format, args...)}
}

// Warnf is a fault at this place that does not stop the work.
func (p Place) Warnf(path, format string, args ...any) Fault {
	f := p.Errorf(path, format, args...)
	f.Severity = Warning
	return f
}

// Unread is the fault of a file that cannot be read; the error's own word on which file that is, is left out.
func (p Place) Unread(err error) Fault {
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	f := p.Errorf("", "cannot be read: %v", err)
	if errors.Is(err, fs.ErrPermission) {
		return f.Hint("allow the user that runs this to read it")
	}
	return f
}

// Short is a text of a user's file as a message may hold it: a cell can be as long as its file.
func Short(text string) string {
	const enough = 80 // characters
	count := 0
	for i := range text {
		if count++; count > enough {
			return text[:i] + "…"
		}
	}
	return text
}

// Fault is one finding.
type Fault struct {
	Place
	Severity Severity `json:"severity"`
	Path     string   `json:"path,omitempty"`
	Message  string   `json:"message"`
	Next     string   `json:"hint,omitempty"`
}

// Hint is the fault with the next step added.
func (f Fault) Hint(format string, args ...any) Fault {
	f.Next = fmt.Sprintf(format, args...)
	return f
}

// String is file:line:col: path: what is wrong (hint), with "warning: " before the path of a warning.
func (f Fault) String() string {
	if f.Severity == Warning {
		return f.Place.String() + ": warning: " + f.finding()
	}
	return f.Place.String() + ": " + f.finding()
}

// finding is path: what is wrong (hint).
func (f Fault) finding() string {
	finding := f.Message
	if f.Path != "" {
		finding = f.Path + ": " + finding
	}
	if f.Next != "" {
		finding += " (" + f.Next + ")"
	}
	return finding
}

// List is a set of findings; the zero List is empty and ready to use.
type List []Fault

// Add appends findings.
func (l *List) Add(faults ...Fault) { *l = append(*l, faults...) }

// Sorted is the list in the order of file, line, column and message, each finding once.
func (l List) Sorted() List {
	sorted := append(List(nil), l...)
	sort.SliceStable(sorted, func(i, j int) bool {
		a, b := sorted[i], sorted[j]
		switch {
		case a.File != b.File:
			return a.File < b.File
		case a.Line != b.Line:
			return a.Line < b.Line
		case a.Column != b.Column:
			return a.Column < b.Column
		}
		return a.String() < b.String()
	})
	var once List
	for i, f := range sorted {
		if i == 0 || f != sorted[i-1] {
			once = append(once, f)
		}
	}
	return once
}

// Errors is the part of the list that stops the work.
func (l List) Errors() List { return l.of(Error) }

// Warnings is the part of the list that does not.
func (l List) Warnings() List { return l.of(Warning) }

// Demoted is the list with every error made a warning: what they stop has been left out.
func (l List) Demoted() List {
	demoted := append(List(nil), l...)
	for i := range demoted {
		demoted[i].Severity = Warning
	}
	return demoted
}

func (l List) of(severity Severity) List {
	var part List
	for _, f := range l {
		if f.Severity == severity {
			part = append(part, f)
		}
	}
	return part
}

// Err is the sorted list as an error when it holds at least one [Error], else nil.
func (l List) Err() error {
	if len(l.Errors()) == 0 {
		return nil
	}
	return l.Sorted()
}

// Error is the list one finding a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}
