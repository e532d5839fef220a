package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

const (
	// maximumMeta is how long what a cube says of its measures, or of its fields, may be: a field of all output areas takes
	// less.
	maximumMeta = 32 << 20
	// maximumItems is how many items its fields may have together.
	maximumItems = 500_000
	// maximumFields is how many fields it may have, and how many measures; Stat-Xplore takes ten.
	maximumFields = 100
)

// cubeMeasure is what a cube counts.
type cubeMeasure struct {
	URI   string `json:"uri"`
	Label string `json:"label"`
}

// cubeField is a dimension with its items; those of a recoded dimension may stand for several values each.
type cubeField struct {
	URI   string     `json:"uri"`
	Label string     `json:"label"`
	Items []cubeItem `json:"items"`
}

// cubeItem is a place on a dimension.
type cubeItem struct {
	URIs        []string `json:"uris"`
	Labels      []string `json:"labels"`
	Annotations []string `json:"annotationKeys"`
}

// code is the publisher's code of an item: the last part of its address. A total has none, and is called by its label.
func (c cubeItem) code() string {
	var codes []string
	for _, address := range c.URIs {
		codes = append(codes, address[strings.LastIndexByte(address, ':')+1:])
	}
	if codes == nil {
		codes = c.Labels
	}
	return strings.Join(codes, "+")
}

// negligible is the annotation of Stat-Xplore for a cell that is nil or negligible.
const negligible = "V"

// cube gives a row for each cell of the dimensions, the last dimension fastest, as the values are nested. A dimension has
// two columns, its label and its label with " code"; a measure has two, its label and its label with " status": V where
// the figure is nil or negligible, otherwise the annotations of the row's items.
type cube struct {
	text     *jsonText
	measures []cubeMeasure
	fields   []cubeField
	// precise says of each measure that its figures are whole; explained that the cube explains what negligible is.
	precise   []bool
	explained bool
	// starts holds, for each measure, where its values stand.
	starts [][]int
	// flags are where annotations of single cells stand; nil for a measure without any.
	flags [][]int
	size  int
	next  int
}

// openCube decodes a cube whose values have the shape that its fields say.
func openCube(dataset datasets.Dataset, text *jsonText) (*Table, fault.List) {
	c := &cube{text: text, next: -1, size: 1}
	root := text.skip(0)
	for _, f := range []*fault.Fault{c.describe(root, "measures", &c.measures), c.describe(root, "fields", &c.fields)} {
		if f != nil {
			return nil, fault.List{*f}
		}
	}
	cubes := text.find(root, "cubes")
	if len(c.fields) == 0 || len(c.measures) == 0 {
		return nil, fault.List{text.at(cubes).Errorf("cubes", "has no fields or no measures").Hint("fetch it again")}
	}
	items := 0
	for _, field := range c.fields {
		items += len(field.Items)
		// A cube whose fields claim more cells than the file has bytes is damaged, and is not counted out.
		if c.size *= len(field.Items); c.size > len(text.data) {
			return nil, fault.List{text.at(cubes).Errorf("cubes", "has fewer values than its fields have items").Hint("fetch it again")}
		}
	}
	if c.size*len(c.measures) > maximumRecords {
		return nil, fault.List{tooManyRecords(text.at(cubes), "values")}
	}
	explains := text.find(root, "annotationMap")
	c.explained = explains >= 0 && text.find(explains, negligible) >= 0
	for _, measure := range c.measures {
		if f := c.collect(cubes, measure.URI); f != nil {
			return nil, fault.List{*f}
		}
	}
	return openRecords(dataset, c)
}

// describe reads what the cube says of its measures or of its fields, as long as that is no more than a cube has to say.
func (c *cube) describe(root int, part string, into any) *fault.Fault {
	at := c.text.find(root, part)
	if at < 0 {
		return nil
	}
	end := c.text.end(at)
	if end-at > maximumMeta || c.beyond(at) {
		f := c.text.at(at).Errorf(part, "are more than any cube has").Hint("look whether it is the right file")
		return &f
	}
	err := json.Unmarshal(c.text.data[at:end], into)
	if err == nil {
		return nil
	}
	f := c.text.at(at).Errorf(part, "is not as documented: %v", err)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		f = c.text.at(at+max(int(wrong.Offset)-1, 0)).Errorf(strings.Trim(part+"."+wrong.Field, "."), "is %s, where a cube has another type", kindOfValue(wrong.Value))
	}
	return &f
}

// kindOfValue is what the decoder calls a value, in words.
func kindOfValue(value string) string {
	kind, _, _ := strings.Cut(value, " ")
	words := map[string]string{"object": "an object", "array": "a list", "string": "a text", "number": "a number", "bool": "true or false"}
	return cmp.Or(words[kind], value)
}

// beyond says whether a list has more members, or these more items, than any cube.
func (c *cube) beyond(list int) bool {
	if c.text.data[list] != '[' {
		return false
	}
	members, items := c.text.elements(list, maximumFields), 0
	for _, one := range members {
		if at := c.text.find(one, "items"); at >= 0 && c.text.data[at] == '[' {
			items += len(c.text.elements(at, maximumItems))
		}
	}
	return len(members) > maximumFields || items > maximumItems
}

// collect finds the values of a measure.
func (c *cube) collect(cubes int, measure string) *fault.Fault {
	at := c.text.find(cubes, measure)
	if at < 0 {
		f := c.text.at(cubes).Errorf("cubes", "has no values of %s", measure).Hint("fetch it again")
		return &f
	}
	values := c.text.find(at, "values")
	if values < 0 {
		f := c.text.at(at).Errorf("cubes", "has no values of %s", measure).Hint("fetch it again")
		return &f
	}
	precision := c.text.find(at, "precision")
	c.precise = append(c.precise, precision < 0 || c.text.cell(precision) == "0")
	starts, f := c.leaves(values, 0, nil)
	if f != nil {
		return f
	}
	var flags []int
	if annotations := c.text.find(at, "annotations"); annotations >= 0 {
		if flags, f = c.leaves(annotations, 0, nil); f != nil {
			return f
		}
	}
	c.starts, c.flags = append(c.starts, starts), append(c.flags, flags)
	return nil
}

// leaves are the values nested below a point, which must be as many at each depth as the field has items.
func (c *cube) leaves(at, depth int, starts []int) ([]int, *fault.Fault) {
	if depth == len(c.fields) {
		return append(starts, at), nil
	}
	field := c.fields[depth]
	if c.text.data[at] != '[' {
		f := c.text.at(at).Errorf("cubes", "a value stands where the items of %q are expected", field.Label).Hint("fetch it again")
		return nil, &f
	}
	inner := c.text.elements(at, len(field.Items))
	if n := len(inner); n != len(field.Items) {
		values := count(n, "value")
		if n > len(field.Items) {
			values = "more values"
		}
		f := c.text.at(at).Errorf("cubes", "has %s where %q has %s", values, field.Label, count(len(field.Items), "item")).Hint("fetch it again")
		return nil, &f
	}
	for _, one := range inner {
		var f *fault.Fault
		if starts, f = c.leaves(one, depth+1, starts); f != nil {
			return nil, f
		}
	}
	return starts, nil
}

func (c *cube) name() string { return c.text.file }

func (c *cube) headings() []string {
	var headings []string
	for _, field := range c.fields {
		headings = append(headings, field.Label, field.Label+" code")
	}
	for _, measure := range c.measures {
		headings = append(headings, measure.Label, measure.Label+" status")
	}
	return headings
}

func (c *cube) read() (cells []string, row int, broken *fault.Fault, err error) {
	c.next++
	if c.next == 0 {
		return c.headings(), 0, nil, nil
	}
	if c.next > c.size {
		c.next = c.size + 1
		return nil, 0, nil, io.EOF
	}
	var annotations []string
	items := c.items(c.next - 1)
	for _, item := range items {
		cells = append(cells, strings.Join(item.Labels, " + "), item.code())
		for _, key := range item.Annotations {
			if !slices.Contains(annotations, key) {
				annotations = append(annotations, key)
			}
		}
	}
	for n := range c.measures {
		value, status := c.value(n, c.next-1)
		if status == "" {
			status = strings.Join(annotations, " ")
		}
		cells = append(cells, value, status)
	}
	return cells, c.next, nil, nil
}

// items are the items of a cell, one a field.
func (c *cube) items(cell int) []cubeItem {
	items := make([]cubeItem, len(c.fields))
	for i := len(items) - 1; i >= 0; i-- {
		all := c.fields[i].Items
		items[i] = all[cell%len(all)]
		cell /= len(all)
	}
	return items
}

// value is a figure, written to its precision, and its own annotations.
func (c *cube) value(measure, cell int) (value, status string) {
	value = string(c.text.cell(c.starts[measure][cell]))
	if whole, zeros, found := strings.Cut(value, "."); found && strings.Trim(zeros, "0") == "" && c.precise[measure] {
		value = whole
	}
	if flags := c.flags[measure]; flags != nil {
		status = strings.NewReplacer(`"`, "", "[", "", "]", "", ",", " ").Replace(string(c.text.cell(flags[cell])))
		status = strings.Join(strings.Fields(status), " ")
	}
	if status == "" && c.explained && (value == "" || strings.Trim(value, "0.") == "") {
		status = negligible
	}
	return value, status
}

func (c *cube) cell(index, _ int) fault.Place { return c.find(c.next, index) }

// find is where the figure of a measure stands; that of a dimension is at the row's first figure.
func (c *cube) find(row, index int) fault.Place {
	if row < 1 || row > c.size {
		return fault.At(c.text.file, 1, 1)
	}
	measure := min(max((index-2*len(c.fields))/2, 0), len(c.starts)-1)
	return c.text.at(c.starts[measure][row-1])
}
