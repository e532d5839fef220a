package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"levelfield/engine/statstable"
)

// standardInput is what faults call a table that has no file.
const standardInput = "standard input"

// stats is "levelfield stats METHOD", with a command below it for each method.
func (a *app) stats() *cobra.Command {
	c := &cobra.Command{
		Use:   "stats METHOD",
		Short: "Intervals and tests for the rows of a CSV",
		Long: `Computes a statistic for the rows of a CSV with a header and writes the same rows, or one row a group, with columns added.

The CSV comes from standard input or from a file that is named; the result goes to standard output. Columns that the method
does not read pass through. A row that cannot give a value has the status x and a reason, and stops no other. A column that is
not there, a cell that is no number or a row with a cell too many is a fault with its place, and nothing is computed.

Limits are given at 95% and at 99.8%. Numbers have all their digits: rounding is for whoever prints them. The help of each
method names the columns that it reads, its options and its source.`,
		Example: `  levelfield stats proportion --multiplier 100 counts.csv
  levelfield stats proportion --help`,
		Args:        a.noSuchMethod,
		RunE:        func(c *cobra.Command, _ []string) error { return c.Help() },
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	for _, method := range statstable.Methods() {
		c.AddCommand(a.statsMethod(method))
	}
	return c
}

// noSuchMethod is the error for a word that is no method.
func (a *app) noSuchMethod(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	names := make([]string, 0, len(c.Commands()))
	for _, method := range statstable.Methods() {
		names = append(names, method.Name)
	}
	return usageError{fmt.Errorf("no method %q: there are %s", args[0], strings.Join(names, ", ")), c.CommandPath()}
}

// statsMethod is the command of one method, made from its entry.
func (a *app) statsMethod(method statstable.Method) *cobra.Command {
	c := &cobra.Command{
		Use:         method.Name + " [FILE] [FLAGS]",
		Short:       method.Short,
		Long:        methodHelp(method),
		Example:     indent("  ", "levelfield stats "+method.Name+" "+strings.TrimSpace(method.ExampleFlags+" figures.csv")),
		Args:        atMost("file"),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.Flags().SortFlags = false
	for _, option := range method.Takes {
		optionFlag(c.Flags(), option)
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		a.began, a.command = true, c.CommandPath()
		given := map[string]string{}
		c.Flags().Visit(func(flag *pflag.Flag) {
			if c.LocalNonPersistentFlags().Lookup(flag.Name) != nil {
				given[flag.Name] = flag.Value.String()
			}
		})
		return a.runStats(c.Context(), method, given, args)
	}
	return c
}

// atMost allows an argument less than named.
func atMost(name string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usageError{fmt.Errorf("%s takes one %s, and no argument %q", c.Name(), name, args[1]), c.CommandPath()}
		}
		return nil
	}
}

// optionFlag is the flag of an option. What it can be is the method's to say: here it is a word.
func optionFlag(flags *pflag.FlagSet, option statstable.Option) {
	var value word
	switch {
	case option.Switch:
		flags.Bool(option.Name, false, option.Usage)
		return
	case option.File != nil:
		flags.Var(&value, option.Name, option.Usage)
		return
	case len(option.Choices) > 0:
		value = word(option.Choices[0])
		flags.Var(&value, option.Name, option.Usage+": "+strings.Join(option.Choices, ", "))
	default:
		value = word(strconv.FormatFloat(option.Default, 'f', -1, 64))
		flags.Var(&value, option.Name, option.Usage)
	}
}

// word is the text of a flag.
type word string

// String is the text.
func (w *word) String() string { return string(*w) }

// Set takes any text.
func (w *word) Set(text string) error {
	*w = word(text)
	return nil
}

// Type is what the help calls it.
func (w *word) Type() string { return "" }

// methodHelp is what the help of a method says before its flags.
func methodHelp(method statstable.Method) string {
	var help strings.Builder
	help.WriteString(strings.TrimSpace(method.Short + ".\n\n" + method.Long))
	help.WriteString("\n\nREADS\n")
	width := 0
	for _, column := range method.Reads {
		width = max(width, len(column.Name))
	}
	for _, column := range method.Reads {
		may := ""
		if column.Optional {
			may = " (optional)"
		}
		fmt.Fprintf(&help, "  %-*s  %s%s\n", width, column.Name, column.Is, may)
	}
	what := "for each row"
	if method.Group != nil {
		what = "in one row a " + method.By
	}
	fmt.Fprintf(&help, "\nADDS, %s\n%s\n\nFIGURES.CSV COULD BE\n%s", what, namesOver(method.Adds), indent("  ", method.Example))
	return help.String()
}

// namesOver are names in lines of a screen's width.
func namesOver(names []string) string {
	const width = 100
	var lines strings.Builder
	line := " "
	for i, name := range names {
		if i < len(names)-1 {
			name += ","
		}
		if len(line)+len(name) > width {
			lines.WriteString(line + "\n")
			line = " "
		}
		line += " " + name
	}
	return lines.String() + line
}

func (a *app) runStats(ctx context.Context, method statstable.Method, given map[string]string, args []string) error {
	options, err := method.Options(given, func(file string) (io.ReadCloser, error) { return a.openTable(file) })
	var wrong statstable.OptionError
	if errors.As(err, &wrong) {
		return a.usage("%w", wrong)
	}
	if err != nil {
		return err
	}
	name, in := standardInput, a.Stdin
	switch {
	case len(args) == 1 && args[0] != "-":
		file, err := a.openTable(args[0])
		if err != nil {
			return err
		}
		defer file.Close()
		name, in = args[0], file
	case in == nil || a.StdinIsTerminal:
		return a.usage("%s reads a CSV: name a file, or send one to standard input", method.Name)
	}
	table, err := method.Read(name, interruptible{ctx, in})
	if err != nil {
		return err
	}
	out, err := method.Run(table, options)
	if err != nil {
		return err
	}
	a.tellReplaced(out.Replaced)
	if a.flags.json {
		a.out.write(func() error { return out.JSON(a.out) })
		return nil
	}
	a.out.write(func() error { return out.CSV(a.out) })
	return nil
}

// tellReplaced warns of columns whose figures are no more; those that every method adds go from one to the next without a
// word, since the output of one is the input of another.
func (a *app) tellReplaced(names []string) {
	for _, name := range names {
		if name != "method" && name != "status" && name != "reason" && !a.flags.quiet {
			a.err.printf("levelfield: the column %s was there already, and now holds what was computed\n", name)
		}
	}
}

// openTable opens a file that the command line names.
func (a *app) openTable(file string) (io.ReadCloser, error) {
	opened, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, a.usage("%s is not there", file)
	}
	if err != nil {
		return nil, err
	}
	info, err := opened.Stat()
	if err == nil && info.IsDir() {
		return nil, errors.Join(a.usage("%s is a folder, and stats reads a file", file), opened.Close())
	}
	return opened, err
}

// interruptible is a reader that a signal ends while it waits for more.
type interruptible struct {
	ctx  context.Context
	from io.Reader
}

// Read reads on unless the run was stopped. What a stopped read still brings is lost: nobody waits for it.
func (i interruptible) Read(into []byte) (int, error) {
	type result struct {
		read []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		own := make([]byte, len(into))
		n, err := i.from.Read(own)
		done <- result{own[:n], err}
	}()
	select {
	case <-i.ctx.Done():
		return 0, i.ctx.Err()
	case r := <-done:
		return copy(into, r.read), r.err
	}
}
