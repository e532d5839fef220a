package scorecard

// What tests of the package outside hold by itself: the classes of a map, a text in the middle of a sentence, a span of time.
var (
	Classes    = classes
	LowerFirst = lowerFirst
	Span       = span
	Dated      = dated
)
