package statstable

// methods are the entries, each in a file of its own.
var methods = []Method{
	adjust,
	change,
	cluster,
	compare,
	difference,
	dsr,
	funnel,
	isr,
	lifeExpectancy,
	mean,
	proportion,
	quantileInterval,
	quantiles,
	rank,
	rate,
	ratio,
	shrink,
	sii,
	spc,
	target,
	trend,
}
