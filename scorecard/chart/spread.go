package chart

import "math"

// spread moves labels apart: the centres wished for, sorted upwards, become centres at least their heights apart and
// inside [low, high], each as near to its wish as that allows. Labels that touch move as one block around the mean of
// their wishes.
func spread(wishes, heights []float64, low, high float64) []float64 {
	type block struct {
		first, count   int
		height, centre float64
	}
	var blocks []block
	for i := range wishes {
		next := block{i, 1, heights[i], clamp(wishes[i], low+heights[i]/2, high-heights[i]/2)}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.centre+last.height/2 <= next.centre-next.height/2+1e-9 {
				break
			}
			blocks = blocks[:len(blocks)-1]
			weight := float64(last.count) / float64(last.count+next.count)
			merged := block{last.first, last.count + next.count, last.height + next.height, 0}
			mean := last.centre*weight + next.centre*(1-weight)
			merged.centre = clamp(mean, low+merged.height/2, high-merged.height/2)
			next = merged
		}
		blocks = append(blocks, next)
	}
	centres := make([]float64, len(wishes))
	for _, b := range blocks {
		at := b.centre - b.height/2
		for i := b.first; i < b.first+b.count; i++ {
			centres[i] = at + heights[i]/2
			at += heights[i]
		}
	}
	return centres
}

// clamp is the value held between low and high; where high lies below low, their middle.
func clamp(value, low, high float64) float64 {
	if low > high {
		return (low + high) / 2
	}
	return math.Min(math.Max(value, low), high)
}
