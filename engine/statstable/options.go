package statstable

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Options are what a method was asked for: every option that it takes has its value, given or default.
type Options struct {
	words   map[string]string
	numbers map[string]float64
	tables  map[string]*Table
}

// Word is the choice for an option.
func (o Options) Word(name string) string { return o.words[name] }

// Float is the number of an option.
func (o Options) Float(name string) float64 { return o.numbers[name] }

// On reports whether a switch is on.
func (o Options) On(name string) bool { return o.words[name] == "true" }

// Table is the second table that an option names, or nil where none was named.
func (o Options) Table(name string) *Table { return o.tables[name] }

// Options holds the words given for the options of the method, by name, against what each can be. A switch is "true". The
// second tables are read through open. An option that makes no sense is an [OptionError]; faults of a second table are a
// fault.List.
func (m Method) Options(given map[string]string, open func(file string) (io.ReadCloser, error)) (Options, error) {
	o := Options{words: map[string]string{}, numbers: map[string]float64{}, tables: map[string]*Table{}}
	for name := range given {
		if !slices.ContainsFunc(m.Takes, func(option Option) bool { return option.Name == name }) {
			return Options{}, OptionError{fmt.Sprintf("%s takes no --%s", m.Name, name)}
		}
	}
	for _, option := range m.Takes {
		word, is := given[option.Name]
		var err error
		switch {
		case option.Switch:
			o.words[option.Name] = word
		case option.File != nil:
			switch {
			case !is && option.Required:
				err = OptionError{fmt.Sprintf("%s needs --%s", m.Name, option.Name)}
			case is:
				o.tables[option.Name], err = readSecond(option, word, open)
			}
		case len(option.Choices) > 0:
			o.words[option.Name], err = option.choose(word, is)
		default:
			o.numbers[option.Name], err = option.number(word, is)
		}
		if err != nil {
			return Options{}, err
		}
	}
	if m.Refuses != nil {
		if words := m.Refuses(o); words != "" {
			return Options{}, OptionError{words}
		}
	}
	return o, nil
}

// OptionError is an option that makes no sense, in words that name it.
type OptionError struct{ words string }

// Error is those words.
func (e OptionError) Error() string { return e.words }

func (option Option) choose(word string, is bool) (string, error) {
	switch {
	case !is:
		return option.Choices[0], nil
	case !slices.Contains(option.Choices, word):
		return "", OptionError{fmt.Sprintf("--%s is %q, and is one of %s", option.Name, word, strings.Join(option.Choices, ", "))}
	}
	return word, nil
}

func (option Option) number(word string, is bool) (float64, error) {
	if !is {
		return option.Default, nil
	}
	v, err := strconv.ParseFloat(word, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || option.Valid != nil && !option.Valid(v) {
		return 0, OptionError{fmt.Sprintf("--%s is %q, and is %s", option.Name, word, option.Is)}
	}
	return v, nil
}

func readSecond(option Option, file string, open func(string) (io.ReadCloser, error)) (*Table, error) {
	if open == nil {
		return nil, OptionError{fmt.Sprintf("--%s cannot be read here", option.Name)}
	}
	in, err := open(file)
	if err != nil {
		return nil, err
	}
	table, err := read(file, in, option.File, nil)
	if closing := in.Close(); err == nil {
		err = closing
	}
	return table, err
}

// aboveNought is an option that is a number above 0.
func aboveNought(name string, otherwise float64, usage string) Option {
	return Option{Name: name, Usage: usage, Default: otherwise, Valid: func(v float64) bool { return v > 0 }, Is: "a number above 0"}
}
