package yamldoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"levelfield/engine/fault"
)

// compiled is a schema ready to check values, with every key it knows for near misses.
type compiled struct {
	schema *validator.Schema
	keys   []string
}

var schemas sync.Map // reflect.Type to compiled: a Go type's schema never changes

// JSONSchema is the schema of T as indented JSON, for editors.
func JSONSchema[T any]() ([]byte, error) {
	var example T
	reflector := jsonschema.Reflector{DoNotReference: false, Anonymous: true}
	encoded, err := json.MarshalIndent(reflector.Reflect(&example), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("make the schema of %T: %w", example, err)
	}
	return encoded, nil
}

func schemaOf[T any]() (compiled, error) {
	key := reflect.TypeFor[T]()
	if known, found := schemas.Load(key); found {
		if ready, right := known.(compiled); right {
			return ready, nil
		}
	}
	encoded, err := JSONSchema[T]()
	if err != nil {
		return compiled{}, err
	}
	document, err := validator.UnmarshalJSON(bytes.NewReader(encoded))
	if err != nil {
		return compiled{}, err
	}
	compiler := validator.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		return compiled{}, err
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		return compiled{}, err
	}
	ready := compiled{schema, keysIn(document)}
	schemas.Store(key, ready)
	return ready, nil
}

// check is every departure of value from the schema, each at its place.
func (c compiled) check(at func(string) fault.Place, value any) fault.List {
	err := c.schema.Validate(value)
	if err == nil {
		return nil
	}
	var invalid *validator.ValidationError
	if !errors.As(err, &invalid) {
		return fault.List{at("").Errorf("", "%v", err)}
	}
	var faults fault.List
	c.collect(invalid, at, &faults)
	return withoutMisspelt(faults)
}

// withoutMisspelt leaves out that a key is missing where a misspelt one stands for it.
func withoutMisspelt(faults fault.List) fault.List {
	meant := map[string]bool{}
	for _, f := range faults {
		if near, is := strings.CutPrefix(f.Next, meantWords); is {
			parent := f.Path[:max(strings.LastIndexByte(f.Path, '.'), 0)]
			meant[join(parent, strings.Trim(near, "\"?"))] = true
		}
	}
	return slices.DeleteFunc(faults, func(f fault.Fault) bool { return f.Message == missingWords && meant[f.Path] })
}

// The words of a key that is missing, and of one that is misspelt.
const (
	missingWords = "is missing"
	meantWords   = "did you mean "
)

// keysIn is every property name that a schema document declares, sorted.
func keysIn(document any) []string {
	found := map[string]bool{}
	var visit func(any)
	visit = func(part any) {
		switch part := part.(type) {
		case map[string]any:
			if declared, is := part["properties"].(map[string]any); is {
				for name := range declared {
					found[name] = true
				}
			}
			for _, below := range part {
				visit(below)
			}
		case []any:
			for _, below := range part {
				visit(below)
			}
		}
	}
	visit(document)
	return slices.Sorted(maps.Keys(found))
}

// collect walks to the leaves of a validation error. Of alternatives (oneOf) only the deepest failures are told:
// that the value fits none of them says nothing an author can act on.
func (c compiled) collect(invalid *validator.ValidationError, at func(string) fault.Place, faults *fault.List) {
	path := pathOf(invalid.InstanceLocation)
	if _, alternatives := invalid.ErrorKind.(*kind.OneOf); alternatives && typesOnly(invalid.Causes) {
		var want []string
		for _, cause := range invalid.Causes {
			if mismatch, is := cause.ErrorKind.(*kind.Type); is {
				want = append(want, mismatch.Want...)
			}
		}
		faults.Add(at(path).Errorf(path, "must be %s", worded(want)))
		return
	}
	if len(invalid.Causes) > 0 {
		for _, cause := range invalid.Causes {
			c.collect(cause, at, faults)
		}
		return
	}
	*faults = append(*faults, c.leaf(invalid, path, at)...)
}

func typesOnly(causes []*validator.ValidationError) bool {
	for _, cause := range causes {
		if _, is := cause.ErrorKind.(*kind.Type); !is {
			return false
		}
	}
	return len(causes) > 0
}

func (c compiled) leaf(invalid *validator.ValidationError, path string, at func(string) fault.Place) fault.List {
	var faults fault.List
	switch k := invalid.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		sort.Strings(k.Properties)
		for _, name := range k.Properties {
			below := join(path, name)
			f := at(below+"#key").Errorf(below, "unknown key %q", name)
			if near := nearest(name, c.keys); near != "" {
				f = f.Hint(meantWords+"%q?", near)
			}
			faults.Add(f)
		}
	case *kind.Required:
		for _, name := range k.Missing {
			faults.Add(at(path).Errorf(join(path, name), missingWords))
		}
	case *kind.Type:
		f := at(path).Errorf(path, "is %s, must be %s", worded([]string{k.Got}), worded(k.Want))
		if slices.Contains(k.Want, "string") && (k.Got == "number" || k.Got == "boolean") {
			f = f.Hint("put it in quotes")
		}
		faults.Add(f)
	case *kind.Enum:
		want := make([]string, len(k.Want))
		for i, choice := range k.Want {
			want[i] = fmt.Sprint(choice)
		}
		f := at(path).Errorf(path, "is %q", fmt.Sprint(k.Got))
		faults.Add(f.Hint("use one of: %s", strings.Join(want, ", ")))
	case *kind.Pattern:
		faults.Add(at(path).Errorf(path, "%q has the wrong form", k.Got).Hint("%s", formOf(k.Want)))
	case *kind.MinLength:
		faults.Add(at(path).Errorf(path, "is empty"))
	case *kind.MinItems:
		faults.Add(at(path).Errorf(path, "needs at least %d", k.Want))
	case *kind.Minimum:
		faults.Add(outside(at(path), path, k.Got, "at least", k.Want))
	case *kind.Maximum:
		faults.Add(outside(at(path), path, k.Got, "at most", k.Want))
	case *kind.ExclusiveMinimum:
		faults.Add(outside(at(path), path, k.Got, "above", k.Want))
	case *kind.ExclusiveMaximum:
		faults.Add(outside(at(path), path, k.Got, "below", k.Want))
	default:
		faults.Add(at(path).Errorf(path, "%s", invalid.ErrorKind.LocalizedString(printer)))
	}
	return faults
}

// outside is the fault of a number beyond a bound.
func outside(at fault.Place, path string, got *big.Rat, side string, bound *big.Rat) fault.Fault {
	number := func(r *big.Rat) string {
		f, _ := r.Float64()
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return at.Errorf(path, "is %s, must be %s %s", number(got), side, number(bound))
}

// formWords are the patterns of definitions in the words of an author.
var formWords = map[string]string{
	`^\d{4}-\d{2}-\d{2}$`:                 "write it as 2025-11-20",
	`^[a-z][a-z0-9_]*$`:                   "use small letters, digits and underscores",
	`^[a-z0-9-]+/[a-z][a-z0-9_]*$`:        "write it as dataset/column",
	`^_[a-z0-9_]+$`:                       "begin with an underscore, and use small letters, digits and underscores",
	`^/.+/$`:                              "write a regular expression between slashes",
	`^[A-Z][a-z]{2}( to [A-Z][a-z]{2})?$`: "write it as Dec to Feb, or Mar",
}

// formOf says how a text of a pattern is written.
func formOf(pattern string) string {
	if words, known := formWords[pattern]; known {
		return words
	}
	return "it must match " + pattern
}

// kindWords are the schema's names of kinds in the words of an author.
var kindWords = map[string]string{
	"string": "text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
	"array": "a list", "object": "a mapping of keys to values", "null": "empty",
}

func worded(kinds []string) string {
	words := make([]string, len(kinds))
	for i, name := range kinds {
		words[i] = kindWords[name]
	}
	return strings.Join(words, " or ")
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func pathOf(location []string) string {
	path := ""
	for _, token := range location {
		if _, err := strconv.Atoi(token); err == nil {
			path += "[" + token + "]"
			continue
		}
		path = join(path, token)
	}
	return path
}
