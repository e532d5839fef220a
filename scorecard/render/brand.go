package render

import (
	"fmt"
	"regexp"

	"levelfield/scorecard"
)

// hexColour is what may be written into a stylesheet: a saved model comes from outside.
var hexColour = regexp.MustCompile(`^(#[0-9A-Fa-f]{6})?$`)

// checkBrand refuses a model whose colours are none.
func checkBrand(model scorecard.Model) error {
	if model.Brand == nil {
		return nil
	}
	for _, colour := range []string{model.Brand.Accent, model.Brand.Second, model.Brand.DarkAccent, model.Brand.DarkSecond} {
		if !hexColour.MatchString(colour) {
			return fmt.Errorf("render board %q: %q is no colour", model.ID, colour)
		}
	}
	return nil
}

// brandOf is the brand of a publication: that of its first board that has one.
func brandOf(models []scorecard.Model) *scorecard.Brand {
	for _, model := range models {
		if model.Brand != nil {
			return model.Brand
		}
	}
	return nil
}

// inBrand is a chart in a brand's colours.
func inBrand(spec scorecard.Chart, brand *scorecard.Brand) scorecard.Chart {
	if brand != nil {
		spec.Accent, spec.Second = brand.Accent, brand.Second
	}
	return spec
}

// brandRules set a brand's colours in the stylesheet, on light and on dark paper.
func brandRules(brand *scorecard.Brand) string {
	if brand == nil {
		return ""
	}
	rules := func(accent, second string) string {
		var set string
		if accent != "" {
			set += "--navy:" + accent + ";"
		}
		if second != "" {
			set += "--orange:" + second + ";"
		}
		return ":root{" + set + "}"
	}
	return rules(brand.Accent, brand.Second) + "\n@media screen and (prefers-color-scheme:dark){" + rules(brand.DarkAccent, brand.DarkSecond) + "}\n"
}

// tinted is a colour of the pack as a brand has it: the accent stands for navy.
func (p *press) tinted(ink inkColour) inkColour {
	if p.model.Brand == nil || ink != navyInk || p.model.Brand.Accent == "" {
		return ink
	}
	var own inkColour
	if _, err := fmt.Sscanf(p.model.Brand.Accent, "#%02x%02x%02x", &own.red, &own.green, &own.blue); err != nil {
		return ink
	}
	return own
}
