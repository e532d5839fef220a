package fault_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/fault"
)

// several findings out of order, one of them twice.
func several() fault.List {
	polarity := fault.At("indicators/4A/neet.yaml", 3, 7).Errorf("polarity", "is %q", "upwards").Hint("use %s or %s", "low", "high")
	return fault.List{
		fault.At("indicators/4A/neet.yaml", 12, 1).Errorf("", "a second document begins here"),
		polarity,
		fault.At("https://example.org/a,b.csv", 2, 0).Warnf("value", "100%% of\n\"all\" <rows>"),
		polarity,
		fault.At("datasets/dfe-neet/dataset.yaml", 0, 0).Errorf("source.file", "is not there"),
		fault.At("indicators/4A/neet.yaml", 3, 1).Warnf("", "an old key"),
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		place fault.Place
		want  string
	}{
		{fault.At("a.yaml", 3, 7), "a.yaml:3:7"},
		{fault.At("a.yaml", 3, 0), "a.yaml:3"},
		{fault.At("a.yaml", 0, 0), "a.yaml"},
		{fault.At("a.yaml", 0, 7), "a.yaml"},
	} {
		if got := c.place.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	want := `datasets/dfe-neet/dataset.yaml: source.file: is not there
https://example.org/a,b.csv:2: warning: value: 100% of
"all" <rows>
indicators/4A/neet.yaml:3:1: warning: an old key
indicators/4A/neet.yaml:3:7: polarity: is "upwards" (use low or high)
indicators/4A/neet.yaml:12:1: a second document begins here
3 faults, 2 warnings
`
	if diff := cmp.Diff(want, printed(t, fault.Text, several())); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if got, want := printed(t, fault.Text, nil), "0 faults, 0 warnings\n"; got != want {
		t.Errorf("of nothing: got %q, want %q", got, want)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	want := `[
  {
    "file": "https://example.org/a,b.csv",
    "line": 2,
    "severity": "warning",
    "path": "value",
    "message": "100% of\n\"all\" <rows>"
  },
  {
    "file": "indicators/4A/neet.yaml",
    "line": 3,
    "column": 7,
    "severity": "error",
    "path": "polarity",
    "message": "is \"upwards\"",
    "hint": "use low or high"
  }
]
`
	if diff := cmp.Diff(want, printed(t, fault.JSON, several()[1:4])); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	if got, want := printed(t, fault.JSON, nil), "[]\n"; got != want {
		t.Errorf("of nothing: got %q, want %q", got, want)
	}
}

func TestAnnotations(t *testing.T) {
	t.Parallel()
	want := `::error file=datasets/dfe-neet/dataset.yaml::source.file: is not there
::warning file=https%3A//example.org/a%2Cb.csv,line=2::value: 100%25 of%0A"all" <rows>
::warning file=indicators/4A/neet.yaml,line=3,col=1::an old key
::error file=indicators/4A/neet.yaml,line=3,col=7::polarity: is "upwards" (use low or high)
::error file=indicators/4A/neet.yaml,line=12,col=1::a second document begins here
`
	if diff := cmp.Diff(want, printed(t, fault.Annotations, several())); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	one := fault.List{fault.At("a.yaml", 1, 1).Errorf("", "wrong"), fault.At("a.yaml", 1, 1).Errorf("", "wrong")}
	if got, want := fault.Count(one), "1 fault, 0 warnings"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestErr(t *testing.T) {
	t.Parallel()
	var none fault.List
	if err := none.Err(); err != nil {
		t.Errorf("of nothing: got %v, want nil", err)
	}
	if err := several().Warnings().Err(); err != nil {
		t.Errorf("of warnings: got %v, want nil", err)
	}
	err := fmt.Errorf("check: %w", several().Err())
	var list fault.List
	if !errors.As(err, &list) || len(list) != 5 || len(list.Errors()) != 3 || len(list.Warnings()) != 2 {
		t.Errorf("got %v, want the five findings, three of them errors", err)
	}
	want := "check: a.yaml:1:2: b: wrong\na.yaml:2: c: wrong too"
	two := fault.List{fault.At("a.yaml", 2, 0).Errorf("c", "wrong too"), fault.At("a.yaml", 1, 2).Errorf("b", "wrong")}
	if got := fmt.Errorf("check: %w", two.Err()).Error(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSortedLeavesTheListAlone(t *testing.T) {
	t.Parallel()
	list := several()
	list.Sorted()
	if diff := cmp.Diff(several(), list); diff != "" {
		t.Errorf("the list itself (-want +got):\n%s", diff)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestPrintersTellOfFailure(t *testing.T) {
	t.Parallel()
	for name, print := range map[string]func(io.Writer, fault.List) error{"text": fault.Text, "JSON": fault.JSON, "annotations": fault.Annotations} {
		if err := print(full{}, several()); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: got %v, want %v", name, err, io.ErrShortWrite)
		}
	}
}

func printed(t *testing.T, print func(io.Writer, fault.List) error, list fault.List) string {
	t.Helper()
	var out bytes.Buffer
	if err := print(&out, list); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
