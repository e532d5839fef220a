package render

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"levelfield/engine/fault"
	"levelfield/scorecard"
)

// draw fills a value of any type with whatever it can hold.
func draw(t *rapid.T, into reflect.Value) {
	switch into.Kind() {
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "present") {
			into.Set(reflect.New(into.Type().Elem()))
			draw(t, into.Elem())
		}
	case reflect.Struct:
		for i := range into.NumField() {
			draw(t, into.Field(i))
		}
	case reflect.Slice:
		into.Set(reflect.MakeSlice(into.Type(), rapid.IntRange(0, 1).Draw(t, "length"), 1))
		fallthrough
	case reflect.Array:
		for i := range into.Len() {
			draw(t, into.Index(i))
		}
	case reflect.Map:
		into.Set(reflect.MakeMap(into.Type()))
		value := reflect.New(into.Type().Elem()).Elem()
		draw(t, value)
		into.SetMapIndex(reflect.ValueOf(rapid.String().Draw(t, "key")).Convert(into.Type().Key()), value)
	case reflect.String:
		into.SetString(rapid.String().Draw(t, "text"))
	case reflect.Bool:
		into.SetBool(rapid.Bool().Draw(t, "flag"))
	case reflect.Int:
		into.SetInt(int64(rapid.Int32().Draw(t, "number")))
	case reflect.Float64:
		into.SetFloat(rapid.Float64().Filter(func(f float64) bool { return !math.IsInf(f, 0) && !math.IsNaN(f) }).Draw(t, "number"))
	default:
		t.Fatalf("a model has a %s, which this test cannot draw", into.Type())
	}
}

// TestAnyModelComesBackWhole saves and reads models with anything in any field: a field that JSON drops would be lost to
// whoever prints a saved model.
func TestAnyModelComesBackWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var model scorecard.Model
		draw(t, reflect.ValueOf(&model).Elem())
		model.Version, model.ID, model.AsOf = scorecard.ModelVersion, "board", "2026-05-13"
		data, err := saveModel(model)
		if err != nil {
			t.Fatal(err)
		}
		again, faults := LoadModel("board.json", data)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if diff := cmp.Diff(model, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("the model changed on the way (-saved +read):\n%s", diff)
		}
	})
}

func TestAnyHandbookComesBackWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var book scorecard.Handbook
		draw(t, reflect.ValueOf(&book).Elem())
		book.Version = scorecard.ModelVersion
		data, err := indented(book)
		if err != nil {
			t.Fatal(err)
		}
		again, faults := LoadHandbook("handbook.json", data)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if diff := cmp.Diff(book, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("the handbook changed on the way (-saved +read):\n%s", diff)
		}
	})
}

// TestFaultsOfASavedModelHaveTheirPlace: line and column are those of the character that a reader would put a finger on.
func TestFaultsOfASavedModelHaveTheirPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fault.Place{
		"{\n  \"version\": \"99\"\n}":                       fault.At("m.json", 2, 3),
		"{\n  \"version\": \"1\",\n  \"colour\": 1}":        fault.At("m.json", 3, 3),
		"{\n  \"version\": \"1\",\n  \"title\": <}":         fault.At("m.json", 3, 12),
		"{\"version\":\"1\"":                                fault.At("m.json", 1, 14),
		"{\"version\":\"1\",\n\"id\":\"../up\"}":            fault.At("m.json", 2, 1),
		"{\"version\":\"1\",\"id\":\"a\",\n\"as_of\":\"\"}": fault.At("m.json", 2, 1),
	} {
		_, faults := LoadModel("m.json", []byte(text))
		if len(faults) == 0 || faults[0].Place != want && faults[len(faults)-1].Place != want {
			t.Errorf("%s: got %v, want one at %s", text, faults, want)
		}
	}
}

func TestFormatsPrintTheirFilesAlone(t *testing.T) {
	t.Parallel()
	whole, err := Print([]scorecard.Model{sample(t)}, book())
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]string{}
	for _, file := range whole {
		byPath[file.Path] = string(file.Data)
	}
	count := 0
	for _, format := range Formats() {
		files, err := Print([]scorecard.Model{sample(t)}, book(), format.Name)
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Errorf("%s prints nothing", format.Name)
		}
		if format.OnRequest {
			for _, file := range files {
				if _, printed := byPath[file.Path]; printed || !strings.HasSuffix(file.Path, "."+format.Name) {
					t.Errorf("%s: got %s, which is printed unasked or of another kind", format.Name, file.Path)
				}
			}
			continue
		}
		for _, file := range files {
			if byPath[file.Path] != string(file.Data) {
				t.Errorf("%s alone: %s differs from what all formats print", format.Name, file.Path)
			}
		}
		count += len(files)
	}
	if count != len(whole) {
		t.Errorf("got %d files format by format, want the %d of all of them", count, len(whole))
	}
	if _, err := Print(nil, nil, "stone"); err == nil || !strings.Contains(err.Error(), "stone") {
		t.Errorf("got %v, want that there is no such format", err)
	}
}

// TestAHandbookLeadsToPrintedBoardsOnly prints one board with the handbook of several.
func TestAHandbookLeadsToPrintedBoardsOnly(t *testing.T) {
	t.Parallel()
	several := book()
	several.Pages["grants"] = "elsewhere/grants.html"
	files, err := Print([]scorecard.Model{sample(t)}, several, HTML)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(files, func(f File) bool { return f.Path == "coverage.html" })
	if text := string(files[at].Data); strings.Contains(text, "elsewhere/") || !strings.Contains(text, "domain-4/neet.html") {
		t.Error("coverage.html leads to a board that was not printed, or to none")
	}
	if several.Pages["grants"] == "" {
		t.Error("the handbook itself was changed")
	}
}

// FuzzSavedModel reads anything as a saved model and prints what it accepts: a fault or an error, never a crash, and what
// was printed as data is read back.
func FuzzSavedModel(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "model.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	head := `{"version":"1","id":"a","as_of":"2026-05-13","area":"Ayton","title":"T"`
	for _, rest := range []string{
		``, `,"charts":[{"kind":"trend","id":"c","series":[{"points":[{"x":1e308,"y":1e308},{"x":-1e308,"y":-1e308}]}]}]`,
		`,"charts":[{"kind":"bars","id":"c","bars":[{"label":"","value":0}]}]`, `,"charts":[{"kind":"stacked","id":"c","bars":[{"value":-1,"second":-5}]}]`,
		`,"charts":[{"kind":"dumbbell","id":"c","pairs":[{"focus":[1,null],"england":[null,2]}]}]`,
		`,"front":[{"spark":{"kind":"sparkline","id":"s","series":[{"points":[{"x":0,"y":0}]}]},"strip":{"kind":"strip","id":"t","bars":[{"value":1}]}}]`,
		`,"pages":[{"card":{"indicator":"i"},"history":{"heads":["a"],"rows":[["1","2","3"],[]],"numeric":[true,false,true]}}]`,
		`,"charts":[{"kind":"trend","id":"c","unit":{"decimals":-1000000},"series":[{"points":[{"y":1}]}]}]`,
	} {
		f.Add([]byte(head + rest + "}"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		model, faults := LoadModel("model.json", data)
		if len(faults) > 0 {
			return
		}
		files, err := Print([]scorecard.Model{model}, nil, HTML, Single, SVG, JSON)
		if err != nil {
			return
		}
		if _, faults := LoadModel("again.json", files[len(files)-1].Data); len(faults) > 0 {
			t.Errorf("what was saved again has faults: %v", faults)
		}
	})
}

// TestAShelfHoldsWhatIsPrinted asks a shelf for every file of a publication, and for some that are not there.
func TestAShelfHoldsWhatIsPrinted(t *testing.T) {
	t.Parallel()
	files, err := Print([]scorecard.Model{sample(t)}, book())
	if err != nil {
		t.Fatal(err)
	}
	shelf, err := NewShelf([]scorecard.Model{sample(t)}, book())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, found, err := shelf.File(file.Path)
		if err != nil || !found || string(data) != string(file.Data) {
			t.Errorf("%s: got %d bytes, found: %t, error %v, want the %d bytes that are printed", file.Path, len(data), found, err, len(file.Data))
		}
	}
	for _, name := range []string{"", "domain-4", "domain-4/", "domain-4/none.html", "none/index.html", "data/model/none.json", "../style.css", "data/results.csv"} {
		if data, found, err := shelf.File(name); found || err != nil {
			t.Errorf("%q: got %d bytes and error %v, want nothing", name, len(data), err)
		}
	}
}
