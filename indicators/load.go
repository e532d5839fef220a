package indicators

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// Document is a definition with the places of its parts.
type Document = yamldoc.Document[Definition]

// Catalogue is every definition of a project, sorted by id, with the places of their parts.
type Catalogue struct {
	Definitions []Definition
	documents   map[string]Document
}

// At is the place of a part of a definition, for faults that the plan finds.
func (c Catalogue) At(id, part string) fault.Place { return c.documents[id].At(part) }

// Lookup finds a definition by id.
func (c Catalogue) Lookup(id string) (Definition, bool) {
	document, found := c.documents[id]
	return document.Value, found
}

var identifier = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Load reads every .yaml file below root in fsys. A folder without definitions gives an empty catalogue; each faulty
// file is left out of it and its faults are reported.
func Load(fsys fs.FS, root string) (Catalogue, fault.List) {
	catalogue := Catalogue{documents: map[string]Document{}}
	var faults fault.List
	err := fs.WalkDir(fsys, root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() || path.Ext(file) != ".yaml":
			return nil
		}
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			catalogue.documents[strings.TrimSuffix(path.Base(file), ".yaml")] = Document{File: file}
			faults.Add(fault.At(file, 0, 0).Unread(err))
			return nil
		}
		faults.Add(catalogue.add(file, text)...)
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		faults.Add(fault.At(root, 0, 0).Unread(err))
	}
	slices.SortFunc(catalogue.Definitions, func(a, b Definition) int { return strings.Compare(a.ID, b.ID) })
	return catalogue, faults
}

func (c *Catalogue) add(file string, text []byte) fault.List {
	document, faults := yamldoc.Decode[Definition](file, text)
	definition := &document.Value
	definition.File = file
	definition.ID = strings.TrimSuffix(path.Base(file), ".yaml")
	if !identifier.MatchString(definition.ID) {
		faults.Add(fault.At(file, 1, 1).Errorf("", "the file's name is not an id").Hint("use lower-case words with hyphens, such as business-births.yaml"))
	}
	if earlier, twice := c.documents[definition.ID]; twice {
		faults.Add(fault.At(file, 1, 1).Errorf("", "the id %q is taken by %s", definition.ID, earlier.File).Hint("rename one of the two files"))
		return faults
	}
	if len(faults.Errors()) == 0 {
		faults.Add(inspect(document)...)
	}
	if len(faults.Errors()) == 0 {
		c.documents[definition.ID] = document
		c.Definitions = append(c.Definitions, *definition)
	} else {
		c.documents[definition.ID] = Document{File: file}
	}
	return faults
}

// inspect applies the rules inside one file that a schema cannot say.
func inspect(document Document) fault.List {
	var faults fault.List
	definition := document.Value
	wrong := func(part, format string, args ...any) {
		faults.Add(document.At(part).Errorf(part, format, args...))
	}
	switch kinds := definition.Measure.Kinds(); len(kinds) {
	case 1:
	case 0:
		wrong("measure", "holds no kind of measure")
	default:
		faults.Add(document.At("measure").Errorf("measure", "holds %d kinds: %s", len(kinds), strings.Join(kinds, ", ")).Hint("an indicator has exactly one"))
	}
	if definition.Awaited() && definition.Fetch == nil {
		faults.Add(document.At("dataset").Errorf("dataset", "is missing").Hint("name a dataset, or say with fetch where the figures are to come from"))
	}
	faults.Add(inspectExpects(document)...)
	if p := definition.Measure.Proportion; p != nil {
		if (p.Numerator == "") == (p.Share == "") {
			wrong("measure.proportion", "needs either a numerator or a share")
		}
		if p.Share != "" && p.Step <= 0 {
			wrong("measure.proportion.step", "a published share needs its rounding step, such as 0.001")
		}
	}
	if p := definition.Measure.Published; p != nil {
		faults.Add(inspectPublished(document, p)...)
	}
	faults.Add(inspectBands(document)...)
	if definition.Suppress != nil && len(definition.Operands()) > 0 {
		faults.Add(document.At("suppress").Errorf("suppress", "an indicator that is made of others hides what they hide").Hint("write it in the indicators that read the dataset"))
	}
	return faults
}

// inspectExpects finds groupings that are named twice, in kebab case like those of breakdowns.
func inspectExpects(document Document) fault.List {
	var faults fault.List
	for i, name := range document.Value.Expects {
		part := fmt.Sprintf("expects[%d]", i)
		if slices.Index(document.Value.Expects, name) < i {
			faults.Add(document.At(part).Errorf(part, "%q stands twice", name))
		}
		if !identifier.MatchString(name) {
			faults.Add(document.At(part).Errorf(part, "%q is no name of a grouping", name).Hint("write it like the names of breakdowns: free-school-meals"))
		}
	}
	return faults
}

// inspectBands finds what is wrong with a measure over age bands.
func inspectBands(document Document) fault.List {
	var faults fault.List
	definition := document.Value
	kind := "measure." + definition.Measure.Kind()
	wrong := func(part, format string, args ...any) { faults.Add(document.At(part).Errorf(part, format, args...)) }
	bands := definition.Measure.Bands()
	if bands == "" {
		return nil
	}
	for name, column := range definition.Breakdowns {
		if column == bands {
			wrong("breakdowns."+name, "the measure adds up over %s, which cannot be a breakdown too", bands)
		}
	}
	if _, picked := definition.Only[bands]; picked {
		wrong("only."+bands, "the measure adds up over %s, of which none can be picked", bands)
	}
	if r := definition.Measure.ISR; r != nil && (r.RatioOf > 0) == (r.Per > 0) {
		wrong(kind, "needs either ratio_of, for a ratio, or per, for a rate")
	}
	if r := definition.Measure.DSR; r != nil {
		total := 0.0
		for band, people := range r.Standard {
			if total += people; people < 0 {
				wrong(kind+".standard", "the band %s has fewer than no people", band)
			}
		}
		if total == 0 {
			wrong(kind+".standard", "has no people")
		}
	}
	return faults
}

func inspectPublished(document Document, p *Published) fault.List {
	var faults fault.List
	ways := 0
	for _, set := range []bool{p.Lower != "" || p.Upper != "", p.HalfWidth != "", p.CV != "", p.Interval != ""} {
		if set {
			ways++
		}
	}
	const part = "measure.published"
	switch {
	case ways != 1:
		faults.Add(document.At(part).Errorf(part, "says %d things about its interval", ways).Hint("give lower and upper, half_width, cv or no_interval"))
	case (p.Lower == "") != (p.Upper == ""):
		faults.Add(document.At(part).Errorf(part, "needs both lower and upper"))
	case p.Interval != "" && p.Why == "":
		faults.Add(document.At(part).Errorf(part+".why", "is missing: say why there is no interval"))
	}
	return faults
}
