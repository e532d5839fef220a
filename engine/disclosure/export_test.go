package disclosure

// Bounds is what a reader works back of one cell.
func Bounds(p *Publication, cell int) Range { return p.look().bounds(cell) }
