package statstable

// methods are the entries, each in a file of its own.
var methods = []Method{
	adjust,
	dsr,
	isr,
	lifeExpectancy,
	mean,
	proportion,
	quantileInterval,
	quantiles,
	rate,
	shrink,
	sii,
}
