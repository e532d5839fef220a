package cli

import (
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"levelfield/engine"
)

// scaffold is "levelfield new", which has a command for each kind of thing that a project holds.
func (a *app) scaffold() *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: "Write a new part of a project, which builds as it stands",
		Long: `Writes a new part of a project into the project folder. It builds as it stands, and says where to go on; nothing is
overwritten.`,
		Args:        a.noSuchCommand,
		RunE:        func(c *cobra.Command, _ []string) error { return c.Help() },
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.AddCommand(a.newProject(), a.newDataset())
	return c
}

// newProject is "levelfield new project".
func (a *app) newProject() *cobra.Command {
	c := &cobra.Command{
		Use:   "project FOLDER",
		Short: "The built-in project, as a folder to change",
		Long: `Writes the built-in project into a new folder: strategy, indicators, datasets with their figures, boards and progress. It
builds from there as it does from the program. Change what you need: levelfield check --project FOLDER tells every fault.

Datasets with "template: true" hold no figures yet. Fill in their figures.csv.`,
		Example: `  levelfield new project council
  levelfield build --project council`,
		Args:        exactly("a folder"),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage)},
	}
	c.RunE = a.run(func(_ context.Context, args []string) error {
		written, err := engine.NewProject(args[0])
		if err != nil {
			return a.refused(err)
		}
		if a.flags.json {
			a.out.json(struct {
				Written []string `json:"written"`
			}{written})
			return nil
		}
		if !a.flags.quiet {
			a.out.printf("written     %s in %s\nnext        levelfield build --project %s\n", counted(len(written), "file"), args[0], args[0])
		}
		return nil
	})
	return c
}

// refused is a request that makes no sense as a fault of the command line, and any other error as it is.
func (a *app) refused(err error) error {
	var refused *engine.ImportError
	if errors.As(err, &refused) {
		return a.usage("%s", refused.Message)
	}
	return err
}

// datasetID is how the id of a dataset is written: it is the name of a folder, and stands in other definitions.
var datasetID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// newDataset is "levelfield new dataset".
func (a *app) newDataset() *cobra.Command {
	var wanted engine.ImportOptions
	var where []string
	var from string
	c := &cobra.Command{
		Use:   "dataset ID [FLAGS]",
		Short: "A dataset: what its figures mean, and the file for them",
		Long: `Writes datasets/ID/dataset.yaml and datasets/ID/figures.csv into the project folder: a dataset whose one figure is
missing, and which says so. The project still checks and builds.

With --from, the dataset is made from a publisher's file as "levelfield import" proposes it, and holds a copy of the file.
What import can only guess is told with its line.`,
		Example: `  levelfield new dataset care-leavers --project council
  levelfield new dataset care-leavers --project council --from la_care_leavers_activity.csv --title "Care leavers" --release 2025 --released 2025-11-20 --label official`,
		Args:        exactly("an id"),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&from, "from", "", "make it from this publisher's `file`")
	choiceFlags(c.Flags(), &wanted, &where)
	wordFlags(c.Flags(), &wanted.Words)
	c.RunE = a.run(func(ctx context.Context, args []string) error {
		if err := a.checkNewDataset(wanted, where, from, args[0]); err != nil {
			return err
		}
		if from == "" {
			return a.runNewDataset(wanted.Words, args[0])
		}
		wanted.Write = filepath.Join(a.project.folder, "datasets", args[0])
		if err := a.checkImport(&wanted, where, from); err != nil {
			return err
		}
		return a.runImport(ctx, wanted, from)
	})
	return c
}

// checkNewDataset holds the command line against itself.
func (a *app) checkNewDataset(wanted engine.ImportOptions, where []string, from, id string) error {
	switch {
	case a.project.folder == "":
		return a.usage("new writes into a project folder, and the built-in project has none: name yours with --project")
	case !datasetID.MatchString(id):
		return a.usage("the id is %q, and is written in small letters, digits and hyphens: care-leavers", id)
	case from == "" && (len(where) > 0 || wanted.Sheet+wanted.Member != ""):
		return a.usage("--where, --sheet and --member choose a part of a file: name it with --from")
	}
	return a.checkWords(wanted.Words)
}

func (a *app) runNewDataset(words engine.ImportWords, id string) error {
	written, err := engine.NewDataset(a.options(), a.project.folder, id, words)
	if err != nil {
		return a.refused(err)
	}
	if a.flags.json {
		a.out.json(struct {
			Written []string `json:"written"`
		}{written})
		return nil
	}
	if !a.flags.quiet {
		a.out.printf("written     %s\n", strings.Join(written, "\n            "))
	}
	return nil
}
