package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// flags are those that every command has, and log, which only refresh has.
type flags struct {
	project, state string
	json, quiet    bool
	memory         string
	threads        int
	log            string
}

// exitKey is the annotation that holds the exit codes of a command for its help.
const exitKey = "exit status"

// helpText is the help of every command; it ends with the exit codes.
const helpText = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}USAGE
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND [FLAGS]{{else}}{{.UseLine}}{{end}}
{{if .HasExample}}
EXAMPLES
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}
COMMANDS
{{range .Commands}}{{if .IsAvailableCommand}}  {{rpad .Name .NamePadding}} {{.Short}}
{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}
FLAGS
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
FLAGS OF EVERY COMMAND
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}
{{index .Annotations "` + exitKey + `"}}
`

// root is the command line with all its commands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "levelfield",
		Short: "Indicators of a strategy, computed from published figures and printed as scorecards",
		Long: `Levelfield computes the indicators of a strategy from published figures and prints them as scorecards.

A project is a folder with levelfield.yaml: a strategy, indicators, datasets and boards, one file each. Without
--project, the working directory is taken if it holds one, and else the built-in project.`,
		Example: `  levelfield build                    the built-in project into the folder out
  levelfield build --project council  your own
  levelfield check --project council  its faults, all at once`,
		Args:              a.noSuchCommand,
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Annotations:       map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty, exitWarned, exitLocked, exitNothingNew)},
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetHelpTemplate(helpText)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usageError{err, c.CommandPath()} })
	persistent := root.PersistentFlags()
	persistent.StringVar(&a.flags.project, "project", "", "the project `folder` (default: the working directory if it holds levelfield.yaml, else the built-in project)")
	persistent.StringVar(&a.flags.state, "state", "", "the `folder` for snapshots, runs and the lock (default: .levelfield in the project folder)")
	persistent.BoolVar(&a.flags.json, "json", false, "print JSON")
	persistent.BoolVar(&a.flags.quiet, "quiet", false, "print nothing but faults and errors")
	persistent.StringVar(&a.flags.memory, "memory", "", "the most memory that DuckDB takes, a `size` such as 1GiB (default: four fifths of the machine)")
	persistent.IntVar(&a.flags.threads, "threads", 0, "the `number` of threads of DuckDB (default: one a core)")
	root.AddCommand(a.build(), a.check(), a.refresh(), a.render(), a.serve(), a.explain(), a.coverage(), a.importFile(), a.scaffold(), a.stats(), a.version())
	root.SetHelpCommand(a.help(root))
	for _, command := range root.Commands() {
		command.DisableFlagsInUseLine = true
		for _, below := range command.Commands() {
			below.DisableFlagsInUseLine = true
		}
	}
	return root
}

// help is "levelfield help COMMAND".
func (a *app) help(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:         "help [COMMAND]",
		Short:       "Help for a command",
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitUsage)},
		RunE: func(_ *cobra.Command, args []string) error {
			found, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return a.noSuchCommand(root, rest)
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// noSuchCommand is the error for a first word that is no command, with the nearest one that is.
func (a *app) noSuchCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("no command %q", args[0])
	root.SuggestionsMinimumDistance = 2
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("%w (did you mean %s?)", err, strings.Join(near, " or "))
	}
	return usageError{err, root.CommandPath()}
}

// exactly allows a number of arguments, named in the order in which they stand.
func exactly(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) > len(names):
			return usageError{fmt.Errorf("%s takes no argument %q", c.Name(), args[len(names)]), c.CommandPath()}
		case len(args) < len(names):
			return usageError{fmt.Errorf("%s needs %s", c.Name(), names[len(args)]), c.CommandPath()}
		}
		return nil
	}
}
