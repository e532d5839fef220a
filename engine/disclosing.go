package engine

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/measure"
	"levelfield/engine/period"
	"levelfield/engine/publish"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard/render"
	"levelfield/seeds"
)

// policies are the disclosure policies of a project's datasets, by id; a dataset without one is public.
func (p Project) policies() map[string]measure.Policy {
	policies := map[string]measure.Policy{}
	for _, dataset := range p.Datasets.Datasets {
		if policy, protected := measure.PolicyOf(dataset, p.Indicators.Definitions); protected {
			policies[dataset.ID] = policy
		}
	}
	return policies
}

// hides says whether this edition hides anything of a dataset.
func (c *computation) hides(dataset string) bool {
	_, protected := c.policies[dataset]
	return protected && !c.internal
}

// mayNotTell says whether what checks find in a dataset may hold figures that this edition hides: its own, or those of another
// that it is held against.
func (c *computation) mayNotTell(id string) bool {
	dataset, _ := c.project.Datasets.Lookup(id)
	return c.hides(id) || slices.ContainsFunc(dataset.Checks, func(check datasets.Check) bool {
		other, _, held := strings.Cut(check.With, "/")
		return held && c.hides(other)
	})
}

// protection is what a reader knows beside the figures, and what may not be told; nil where all figures are public.
func (c *computation) protection(tables map[string]measure.Table) (*measure.Protection, error) {
	if len(c.policies) == 0 {
		return nil, nil
	}
	p := &measure.Protection{
		Policies: c.policies, Definitions: c.definitions(), Datasets: map[string]datasets.Dataset{}, Forms: map[string]map[string]float64{},
		Strata: map[results.Key]measure.Strata{}, England: c.project.Config.Comparators.England, Parents: map[string]string{}, Lives: map[string]measure.Life{}, Kinds: map[string]string{}, Internal: c.internal,
	}
	for _, dataset := range c.project.Datasets.Datasets {
		p.Datasets[dataset.ID] = dataset
	}
	for id := range c.policies {
		for _, item := range c.plan.inputs[id].Items {
			if form, linear := item.Expression.Linear(); linear {
				p.Forms[item.Name] = form
			}
		}
		if table, held := tables[id]; held {
			found, err := measure.Identities(table)
			if err != nil {
				return nil, fmt.Errorf("dataset %s: %w", id, err)
			}
			p.Identities = append(p.Identities, found...)
			if err := c.strata(p, table); err != nil {
				return nil, fmt.Errorf("dataset %s: %w", id, err)
			}
		}
	}
	slices.SortStableFunc(p.Identities, func(a, b measure.Identity) int { return strings.Compare(a.Whole, b.Whole) })
	for _, area := range slices.Concat(c.project.Areas.All(), c.project.Areas.Small()) {
		kind := area.Type
		if area.UpperTier() {
			kind = seeds.Unitary // the four upper-tier types cover England once between them
		}
		p.Parents[area.Code], p.Kinds[area.Code] = area.Parent, kind
		if area.ValidFrom != "" || area.ValidTo != "" {
			p.Lives[area.Code] = measure.Life{From: area.ValidFrom, To: area.ValidTo}
		}
	}
	return p, nil
}

// strata takes the age bands of the standardised figures of a table.
func (c *computation) strata(p *measure.Protection, table measure.Table) error {
	for _, definition := range c.project.Indicators.Definitions {
		if definition.Dataset != table.Dataset.ID || definition.Measure.Bands() == "" || definition.Awaited() {
			continue
		}
		found, err := measure.StrataOf(table, definition)
		if err != nil {
			return err
		}
		maps.Copy(p.Strata, found)
	}
	return nil
}

// audit holds what is about to be published against the policies, as a reader would: it reads the files. Each number that can be
// worked back is a fault, told without the number.
func (c *computation) audit(read func(path string) ([]byte, error)) (fault.List, error) {
	if len(c.policies) == 0 || c.internal {
		return nil, nil
	}
	text, err := read("data/results.csv")
	if err != nil {
		return nil, fmt.Errorf("audit the publication: %w", err)
	}
	values, err := readResults(text)
	if err != nil {
		return nil, fmt.Errorf("audit data/results.csv: %w", err)
	}
	var faults fault.List
	for _, found := range c.guard.Audit(values) {
		place := c.project.Datasets.At(found.Dataset, "suppress")
		what := describe(found)
		faults.Add(place.Errorf("suppress", "%s can be worked back from what is published, closer than the policy allows", what).
			Hint("more has to be hidden than may be: look at what is known, or publish fewer breakdowns"))
	}
	for _, found := range c.guard.Unfit(values) {
		faults.Add(c.project.Datasets.At(found.Dataset, "suppress").Errorf("suppress", "%s is told, which the policy does not allow", describe(found)))
	}
	for _, name := range []string{"comparisons.csv", "trends.csv"} {
		text, err := read("data/" + name)
		if err != nil {
			return nil, fmt.Errorf("audit the publication: %w", err)
		}
		told, err := toldOfHidden(text, values)
		if err != nil {
			return nil, fmt.Errorf("audit data/%s: %w", name, err)
		}
		for _, v := range told {
			faults.Add(c.project.Datasets.At(v.Dataset, "suppress").Errorf("suppress", "%s is hidden, and %s holds a number made of it", named(v.Key()), name))
		}
	}
	return faults, nil
}

// describe names what was worked back, without the number.
func describe(found measure.Recovered) string {
	if found.Indicator == "" {
		return "the count " + found.Cell + ", which is not printed,"
	}
	return named(found.Key)
}

func named(key results.Key) string {
	words := fmt.Sprintf("%s of %s in %s", key.Indicator, key.Area, key.Period)
	if key.Breakdown != "" {
		words += fmt.Sprintf(" (%s: %s)", key.Breakdown, key.Category)
	}
	return words
}

// readResults reads results.csv back: names, numbers and statuses, as far as an audit needs them.
func readResults(text []byte) ([]results.Value, error) {
	table, err := readRows(text)
	if err != nil {
		return nil, err
	}
	var values []results.Value
	for _, row := range table {
		v := results.Value{
			Indicator: row["indicator"], Area: row["area"], AreaType: row["area_type"], Breakdown: row["breakdown"], Category: row["category"],
			Period:  period.Period{Label: row["period"], Start: row["period_start"], End: row["period_end"]},
			Dataset: row["dataset"], Unit: row["unit"],
			Estimate: stats.Estimate{Status: row["status"], Reason: row["reason"], Method: row["method"]},
		}
		for column, into := range map[string]**float64{
			"numerator": &v.Numerator, "denominator": &v.Denominator, "value": &v.Value, "lower95": &v.Lower95, "upper95": &v.Upper95,
			"lower998": &v.Lower998, "upper998": &v.Upper998,
		} {
			if row[column] == "" {
				continue
			}
			number, err := strconv.ParseFloat(row[column], 64)
			if err != nil {
				return nil, fmt.Errorf("%s of %s: %w", column, named(v.Key()), err)
			}
			*into = &number
		}
		values = append(values, v)
	}
	return values, nil
}

// readRows reads a CSV file with a heading.
func readRows(text []byte) ([]map[string]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("no table: %w", err)
	}
	var table []map[string]string
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, heading := range rows[0] {
			row[heading] = cells[i]
		}
		table = append(table, row)
	}
	return table, nil
}

// toldOfHidden are the hidden values of which another table holds a number: a rank, a comparator's value, a statistic.
func toldOfHidden(text []byte, values []results.Value) ([]results.Value, error) {
	table, err := readRows(text)
	if err != nil {
		return nil, err
	}
	hidden := map[results.Key]results.Value{}
	for _, v := range values {
		if !v.HasValue() && slices.Contains(strings.Fields(v.Status), "c") {
			hidden[v.Key()] = v
		}
	}
	var told []results.Value
	for _, row := range table {
		key := results.Key{Indicator: row["indicator"], Area: row["area"], Period: row["period"], Breakdown: row["breakdown"], Category: row["category"]}
		if v, is := hidden[key]; is && row["rank"] != "" {
			told = append(told, v)
		}
		key.Area = row["comparator"]
		if v, is := hidden[key]; is && row["comparator_value"] != "" {
			told = append(told, v)
		}
		// A trend may end where a hidden period lies, never at it.
		for _, end := range []string{row["from"], row["to"]} {
			key := key
			key.Area, key.Period = row["area"], end
			if v, is := hidden[key]; is && row["statistic"] != "" {
				told = append(told, v)
			}
		}
	}
	return told, nil
}

// auditStaged audits a staged publication, and discards it where it fails.
func (c *computation) auditStaged(staged *publish.Staged) error {
	found, err := c.audit(func(path string) ([]byte, error) {
		return os.ReadFile(filepath.Join(staged.Folder(), filepath.FromSlash(path)))
	})
	if err == nil && len(found) > 0 {
		err = found.Sorted()
	}
	if err != nil {
		if discarded := staged.Discard(); discarded != nil {
			return fmt.Errorf("%w; %w", err, discarded)
		}
	}
	return err
}

// Disclosed is what an audit of a project found.
type Disclosed struct {
	// Protected is how many datasets have a policy, Figures how many figures rest on them, Hidden how many of these are hidden.
	Protected, Figures, Hidden int
	// Faults are what can be worked back, or the faults of definitions and data for which nothing can be computed.
	Faults fault.List
}

// CheckDisclosure computes what a build would publish and audits it; nothing is written.
func CheckDisclosure(ctx context.Context, options Options) (Disclosed, error) {
	options.Internal = false
	c, err := open(ctx, options)
	var faults fault.List
	if errors.As(err, &faults) {
		return Disclosed{Faults: faults}, nil
	}
	if err != nil {
		return Disclosed{}, err
	}
	defer c.close()
	if err := c.measure(ctx, options); err != nil {
		return Disclosed{}, err
	}
	options.step("audit")
	files, err := render.Data(c.set, render.Rights{})
	if err != nil {
		return Disclosed{}, err
	}
	found, err := c.audit(func(path string) ([]byte, error) {
		at := slices.IndexFunc(files, func(file render.File) bool { return file.Path == path })
		if at < 0 {
			return nil, fmt.Errorf("%s is not made", path)
		}
		return files[at].Data, nil
	})
	if err != nil {
		return Disclosed{}, err
	}
	told := Disclosed{Protected: len(c.policies), Faults: found.Sorted()}
	for v := range c.set.Values.All() {
		if c.hides(v.Dataset) {
			told.Figures++
			if !v.HasValue() && slices.Contains(strings.Fields(v.Status), "c") {
				told.Hidden++
			}
		}
	}
	return told, nil
}

// discreet leaves out what was found in the data of protected datasets, for outputs that others may read, and says only that
// something was found: a message holds figures, and even a place tells which of them are unusual. Only check tells them.
func (c *computation) discreet(found fault.List) fault.List {
	var told fault.List
	kept := map[string]map[fault.Severity]int{}
	for _, f := range found {
		file := ""
		for _, dataset := range c.project.Datasets.Datasets {
			if c.mayNotTell(dataset.ID) && strings.HasPrefix(f.File, dataset.Folder+"/") && f.File != dataset.File {
				file = f.File
			}
		}
		if file == "" {
			told.Add(f)
			continue
		}
		if kept[file] == nil {
			kept[file] = map[fault.Severity]int{}
		}
		kept[file][f.Severity]++
	}
	for file, counts := range kept {
		for severity, n := range counts {
			f := fault.At(file, 0, 0).Errorf("", "holds %s that are not as they should be", numbered(n, "figure"))
			f.Severity = severity
			told.Add(f.Hint("the dataset has a disclosure policy: only levelfield check tells which, and what was read"))
		}
	}
	return told.Sorted()
}

func numbered(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// disclosureReferences are the faults of a definition that a protected dataset could not protect.
func (p Project) disclosureReferences(definition indicators.Definition, policies map[string]measure.Policy) fault.List {
	var faults fault.List
	if policy, protected := policies[definition.Dataset]; protected && !policy.InternalOnly && len(definition.Operands()) == 0 && !definition.Measure.Protectable() {
		part := "measure." + definition.Measure.Kind()
		faults.Add(p.Indicators.At(definition.ID, part).Errorf(part, "a figure without its counts cannot be protected, and %s has a policy", definition.Dataset).
			Hint("measure it from counts, or let the audience of the dataset be internal"))
	}
	if how := definition.Compare.England; how != nil && how.Dataset != "" {
		if _, protected := policies[how.Dataset]; protected {
			const part = "compare.england.dataset"
			faults.Add(p.Indicators.At(definition.ID, part).Errorf(part, "the dataset %s has a policy, and a figure without its counts cannot be protected", how.Dataset).
				Hint("take England's figure from a dataset that is public"))
		}
	}
	return faults
}

// knownReferences are the faults of the areas that a policy says are known.
func (p Project) knownReferences(dataset datasets.Dataset) fault.List {
	var faults fault.List
	if dataset.Suppress == nil {
		return nil
	}
	for i, code := range dataset.Suppress.Known {
		if _, found := p.Areas.Lookup(code); !found {
			part := fmt.Sprintf("suppress.known[%d]", i)
			faults.Add(p.Datasets.At(dataset.ID, part).Errorf(part, "no area %q", code))
		}
	}
	return faults
}
