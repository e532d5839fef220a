package render

import (
	"bytes"
	"strings"
	"testing"

	"levelfield/scorecard"
	"levelfield/scorecard/chart"
	"levelfield/seeds"
)

// branded is the sample model in a council's colours.
func branded(t *testing.T) scorecard.Model {
	t.Helper()
	model := sample(t)
	model.Brand = &scorecard.Brand{Name: "Elsewhere Council", Mark: "EC", Accent: "#5B2A86", Second: "#B8400E", DarkAccent: "#B694D4", DarkSecond: "#E08A5F"}
	return model
}

func TestBrandReachesPagesChartsAndPack(t *testing.T) {
	t.Parallel()
	model := branded(t)
	files := map[string]string{}
	made, err := Site([]scorecard.Model{model}, nil)
	if err != nil {
		t.Fatal(err)
	}
	drawing := ""
	for _, file := range made {
		files[file.Path] = string(file.Data)
		if strings.HasSuffix(file.Path, ".svg") && strings.Contains(string(file.Data), "s-navy") {
			drawing = string(file.Data)
		}
	}
	for _, want := range []string{":root{--navy:#5B2A86;--orange:#B8400E;}", "prefers-color-scheme:dark){:root{--navy:#B694D4;--orange:#E08A5F;}}"} {
		if !strings.Contains(files["style.css"], want) {
			t.Errorf("got no %q in the stylesheet", want)
		}
	}
	if !strings.Contains(drawing, ".f-navy{fill:#5B2A86}") || strings.Contains(drawing, "#12436D") {
		t.Error("got a drawing in the house colour, want the council's")
	}
	for _, page := range []string{"index.html", model.ID + "/index.html", model.ID + "/" + model.Pages[0].Card.Indicator + ".html"} {
		if !strings.Contains(files[page], `<span class="code" aria-hidden="true">EC</span> Elsewhere Council</p>`) {
			t.Errorf("%s: got no name and mark of the council", page)
		}
	}
	plain, err := Pack(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	own, err := Pack(model)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(plain, own) {
		t.Error("got the same pack with and without a brand")
	}
}

// TestSavedBrandCannotWriteStyles: a saved model comes from outside.
func TestSavedBrandCannotWriteStyles(t *testing.T) {
	t.Parallel()
	model := branded(t)
	model.Brand.Accent = "#fff}body{display:none"
	if _, err := Site([]scorecard.Model{model}, nil); err == nil || !strings.Contains(err.Error(), "is no colour") {
		t.Errorf("got %v, want the colour refused", err)
	}
}

// TestBrandGroundsAreThePages: the contrasts of a brand are measured on the grounds that the stylesheet prints on, and the
// charts' palette is the stylesheet's.
func TestBrandGroundsAreThePages(t *testing.T) {
	t.Parallel()
	style := strings.ToUpper(stylesheet(nil))
	for _, want := range []string{"--SOFT:" + seeds.SoftGround, "--PAPER:#FFF", "--PAPER:" + seeds.DarkGround} {
		if !strings.Contains(style, want) {
			t.Errorf("got no %s in the stylesheet", want)
		}
	}
	for _, colour := range chart.Palette() {
		if want := strings.ToUpper("--" + colour.Name + ":" + colour.Hex); !strings.Contains(style, want) && colour.Name != "paper" {
			t.Errorf("got no %s in the stylesheet, want the charts' palette", want)
		}
	}
}
