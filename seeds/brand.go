package seeds

import (
	"fmt"
	"image/color"
	"math"
	"regexp"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// Brand is what a council puts on its scorecards: its name, a few letters as a mark, and its colours as #RRGGBB. Accent
// stands for the focus area, links and headings, Second for the marks of England. What is left out keeps the house colours.
type Brand struct {
	Name   string `json:"name,omitempty"`
	Mark   string `json:"mark,omitempty"`
	Accent string `json:"accent,omitempty"`
	Second string `json:"second,omitempty"`
}

// The grounds on which pages print: paper, the pale ground of boxes, and the dark paper. TestBrandGroundsAreThePages in
// scorecard/render holds the stylesheet to them.
const (
	PaperGround = "#FFFFFF"
	SoftGround  = "#F4F6F8"
	DarkGround  = "#12171C"
)

// The contrasts of WCAG 2.2 (success criteria 1.4.3 and 1.4.11), and the length of a mark that still fits its block.
const (
	textContrast = 4.5
	markContrast = 3.0
	longestMark  = 6
)

var hexColour = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// inspectBrand holds a brand's colours to the contrasts that text and marks need on the pages' light grounds.
func inspectBrand(doc yamldoc.Document[Project]) fault.List {
	var faults fault.List
	brand := doc.Value.Brand
	if count := len([]rune(brand.Mark)); count > longestMark {
		faults.Add(doc.At("brand.mark").Errorf("brand.mark", "has %d letters", count).Hint("a mark has at most %d: write the whole name under name", longestMark))
	}
	if brand.Name == "" && brand.Mark != "" {
		faults.Add(doc.At("brand").Errorf("brand", "has a mark and no name").Hint("a mark alone cannot be read out: add name"))
	}
	for _, one := range []struct {
		part, colour, ground, what string
		least                      float64
	}{
		{"brand.accent", brand.Accent, SoftGround, "text needs", textContrast},
		{"brand.second", brand.Second, PaperGround, "marks need", markContrast},
	} {
		switch {
		case one.colour == "":
		case !hexColour.MatchString(one.colour):
			faults.Add(doc.At(one.part).Errorf(one.part, "is %q", one.colour).Hint("write a colour as #12436D"))
		default:
			if got := Contrast(one.colour, one.ground); got < one.least {
				faults.Add(doc.At(one.part).Errorf(one.part, "%s has a contrast of %.1f on %s, and %s %.1f", one.colour, got, one.ground, one.what, one.least).
					Hint("take a darker shade, such as %s", shade(one.colour, one.ground, color.NRGBA{}, one.least)))
			}
		}
	}
	return faults
}

// OnDark is a colour lightened until it has the contrast on the dark paper; an empty one stays empty.
func OnDark(colour string) string {
	if !hexColour.MatchString(colour) {
		return ""
	}
	return shade(colour, DarkGround, color.NRGBA{R: 255, G: 255, B: 255}, textContrast+1)
}

// Contrast is the contrast ratio of two colours written as #RRGGBB, 1 to 21: (L1 + 0.05) / (L2 + 0.05) with the relative
// luminances of WCAG 2.2. Anything else than a colour counts as black.
func Contrast(first, second string) float64 {
	light, dark := luminance(parseColour(first))+0.05, luminance(parseColour(second))+0.05
	return math.Max(light, dark) / math.Min(light, dark)
}

// shade moves a colour towards another in steps of a hundredth until it has the contrast on a ground.
func shade(colour, ground string, towards color.NRGBA, least float64) string {
	from := parseColour(colour)
	for step := 0; step <= 100; step++ {
		mix := func(a, b uint8) uint8 {
			return uint8(math.Round(float64(a) + (float64(b)-float64(a))*float64(step)/100))
		}
		made := fmt.Sprintf("#%02X%02X%02X", mix(from.R, towards.R), mix(from.G, towards.G), mix(from.B, towards.B))
		if Contrast(made, ground) >= least {
			return made
		}
	}
	return fmt.Sprintf("#%02X%02X%02X", towards.R, towards.G, towards.B)
}

func parseColour(hex string) color.NRGBA {
	value := color.NRGBA{A: 255}
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &value.R, &value.G, &value.B); err != nil {
		return color.NRGBA{A: 255}
	}
	return value
}

func luminance(value color.NRGBA) float64 {
	channel := func(part uint8) float64 {
		v := float64(part) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(value.R) + 0.7152*channel(value.G) + 0.0722*channel(value.B)
}
