package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// matrix is an affine map of the plane: x' = a x + c y + e, y' = b x + d y + f. The canvases for SVG and PDF keep one
// and write finished coordinates, because both formats count from the top and one of them in millimetres.
type matrix struct{ a, b, c, d, e, f float64 }

// flip maps points counted from the bottom to units counted from the top: scaled, with the origin at (left, bottom).
func flip(scale, left, bottom float64) matrix {
	return matrix{a: scale, d: -scale, e: left, f: bottom}
}

func (m matrix) apply(pt vg.Point) (x, y float64) {
	px, py := pt.X.Points(), pt.Y.Points()
	return m.a*px + m.c*py + m.e, m.b*px + m.d*py + m.f
}

// then is the map that first applies inner, then m.
func (m matrix) then(inner matrix) matrix {
	return matrix{
		a: m.a*inner.a + m.c*inner.b,
		b: m.b*inner.a + m.d*inner.b,
		c: m.a*inner.c + m.c*inner.d,
		d: m.b*inner.c + m.d*inner.d,
		e: m.a*inner.e + m.c*inner.f + m.e,
		f: m.b*inner.e + m.d*inner.f + m.f,
	}
}

func (m matrix) translate(pt vg.Point) matrix {
	return m.then(matrix{a: 1, d: 1, e: pt.X.Points(), f: pt.Y.Points()})
}

func (m matrix) rotate(radians float64) matrix {
	sin, cos := math.Sincos(radians)
	return m.then(matrix{a: cos, b: sin, c: -sin, d: cos})
}

func (m matrix) stretch(x, y float64) matrix { return m.then(matrix{a: x, d: y}) }

// size is how much longer a length becomes, the mean of both directions where they differ.
func (m matrix) size() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

// turn is the angle of the text direction in degrees, clockwise from the right, as SVG counts.
func (m matrix) turn() float64 {
	angle := math.Atan2(m.b, m.a) * 180 / math.Pi
	if math.Abs(angle) < 1e-9 {
		return 0
	}
	return angle
}

// curve is a cubic Bézier: two control points and its end.
type curve [3]vg.Point

// arcCurves approximates an arc by curves of at most a quarter circle, to within 0.03 % of the radius.
func arcCurves(arc vg.PathComp) (start vg.Point, curves []curve) {
	pieces := max(1, int(math.Ceil(math.Abs(arc.Angle)/(math.Pi/2)-1e-9)))
	step := arc.Angle / float64(pieces)
	handle := 4.0 / 3 * math.Tan(step/4)
	at := func(angle float64) (on, along vg.Point) {
		sin, cos := math.Sincos(angle)
		r := arc.Radius
		return vg.Point{X: arc.Pos.X + r*vg.Length(cos), Y: arc.Pos.Y + r*vg.Length(sin)},
			vg.Point{X: -r * vg.Length(sin*handle), Y: r * vg.Length(cos*handle)}
	}
	from, leaving := at(arc.Start)
	start = from
	for i := range pieces {
		to, arriving := at(arc.Start + float64(i+1)*step)
		curves = append(curves, curve{from.Add(leaving), to.Sub(arriving), to})
		from, leaving = to, arriving
	}
	return start, curves
}
