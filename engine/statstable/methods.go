package statstable

// methods are the entries, each in a file of its own.
var methods = []Method{
	proportion,
	rate,
}
