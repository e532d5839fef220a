package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"levelfield/engine"
)

// explain is "levelfield explain".
func (a *app) explain() *cobra.Command {
	var wanted engine.Wanted
	var category, asOf string
	var internal bool
	c := &cobra.Command{
		Use:   "explain INDICATOR [FLAGS]",
		Short: "The whole derivation of one value",
		Long: `Derives one value: the definition, the inputs, the formula with the numbers in, the method and where it stands in the
literature, the SQL, and the dataset, file and rows that the numbers come from.

Without flags it is the latest value of the project's area, for everyone.`,
		Example: `  levelfield explain business-births
  levelfield explain neet --area E92000001 --period "Dec 2024 to Feb 2025"
  levelfield explain key-stage-2-expected-standard --category disadvantage=disadvantaged`,
		Args:        exactly("the id of an indicator"),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage, exitFaulty)},
	}
	c.Flags().StringVar(&wanted.Area, "area", "", "the `code` of an area (default: the project's)")
	c.Flags().StringVar(&wanted.Period, "period", "", "a `period` as the results write it (default: the latest with a value)")
	c.Flags().StringVar(&category, "category", "", "a category, as `breakdown=category` (default: everyone)")
	c.Flags().BoolVar(&internal, "internal", false, "as in the internal edition, which shows what the policies of datasets hide")
	asOfFlag(c, &asOf)
	c.RunE = a.run(func(ctx context.Context, args []string) error {
		if err := a.checkDay("--as-of", asOf); err != nil {
			return err
		}
		wanted.Indicator = args[0]
		if category != "" {
			var whole bool
			wanted.Breakdown, wanted.Category, whole = strings.Cut(category, "=")
			if !whole {
				return a.usage("--category is %q, and is written breakdown=category", category)
			}
		}
		return a.runExplain(ctx, wanted, asOf, internal)
	})
	return c
}

func (a *app) runExplain(ctx context.Context, wanted engine.Wanted, asOf string, internal bool) error {
	loaded := a.load()
	if _, known := loaded.Indicators.Lookup(wanted.Indicator); !known && len(loaded.Indicators.Definitions) > 0 {
		var ids []string
		for _, definition := range loaded.Indicators.Definitions {
			ids = append(ids, definition.ID)
		}
		return a.usage("no indicator %q: there are %s", wanted.Indicator, strings.Join(ids, ", "))
	}
	if _, known := loaded.Areas.Lookup(wanted.Area); wanted.Area != "" && !known {
		return a.usage("no area has the code %q: a code is like E06000034", wanted.Area)
	}
	options := a.options()
	options.AsOf, options.Internal = asOf, internal
	line := a.progress()
	options.Progress = a.steps(line.step)
	explanation, err := engine.Explain(ctx, options, wanted)
	line.end()
	if err != nil {
		return err
	}
	if a.flags.json {
		a.out.json(explanation)
		return nil
	}
	a.out.printf("%s", describe(explanation, func(code string) string {
		area, _ := loaded.Areas.Lookup(code)
		return area.Name
	}))
	return nil
}
