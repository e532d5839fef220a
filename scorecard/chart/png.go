package chart

import (
	"bytes"
	"fmt"

	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"levelfield/scorecard"
)

// PNG is the chart as a picture with its title and source, at a resolution where 72 dots an inch make a point one
// pixel. Resolutions from 36 to 600 are accepted: below, text cannot be read; above, a picture takes hundreds of
// megabytes.
func PNG(spec scorecard.Chart, dpi int) ([]byte, error) {
	kind, err := find(spec)
	if err != nil {
		return nil, err
	}
	if dpi < 36 || dpi > 600 {
		return nil, fmt.Errorf("draw chart %s: resolution %d is outside 36 to 600", spec.ID, dpi)
	}
	frame := frameOf(kind, spec)
	canvas := vgimg.NewWith(vgimg.UseWH(frame.width, frame.height), vgimg.UseDPI(dpi))
	frame.draw(draw.New(canvas))
	var picture bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(&picture); err != nil {
		return nil, fmt.Errorf("draw chart %s: %w", spec.ID, err)
	}
	return picture.Bytes(), nil
}
