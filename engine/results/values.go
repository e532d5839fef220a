package results

import (
	"iter"
	"slices"
)

// Values are values in parts, one after the other; a run makes one part an indicator. There are hundreds of thousands, and a
// build that changes one indicator shares the parts of the others with the build before. Who reads them does not change them.
type Values [][]Value

// Len is the number of values.
func (v Values) Len() int {
	count := 0
	for _, part := range v {
		count += len(part)
	}
	return count
}

// All are the values in order.
func (v Values) All() iter.Seq[*Value] {
	return func(yield func(*Value) bool) {
		for _, part := range v {
			for i := range part {
				if !yield(&part[i]) {
					return
				}
			}
		}
	}
}

// Sorted are the values in the order of [SortValues]: the same parts where they are in order already, and a copy otherwise.
func (v Values) Sorted() Values {
	var before *Value
	for now := range v.All() {
		if before != nil && order(before, now) > 0 {
			all := slices.Concat(v...)
			SortValues(all)
			return Values{all}
		}
		before = now
	}
	return v
}
