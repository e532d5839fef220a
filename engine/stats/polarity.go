package stats

// Polarity says which direction of a measure is good.
type Polarity string

// The polarities.
const (
	// High means that a higher value is better.
	High Polarity = "high"
	// Low means that a lower value is better.
	Low Polarity = "low"
	// Neutral means that neither direction is better in itself.
	Neutral Polarity = "neutral"
)

// Valid reports whether the polarity is one of the three.
func (p Polarity) Valid() bool { return p == High || p == Low || p == Neutral }
