// Package statstable computes a statistic for each row, or each group of rows, of a table.
//
// It stands between the columns of a CSV and the functions of engine/stats: names in, columns added. The types, in the
// order a reader meets them:
//
//   - [Method] is one entry: the columns that it reads, its options, the function that it calls and the columns that it
//     adds. [Methods] lists them all, and [Find] finds one.
//   - [Options] are the words of a command line held against the options of a method.
//   - [Table] is what was read: every number of a column that the method reads, every text as it stood.
//   - [Output] is the table with its columns added, to be written as CSV or JSON.
//
// One line of counts, and its share with limits:
//
//	method, _ := statstable.Find("proportion")
//	options, err := method.Options(map[string]string{"multiplier": "100"}, nil)
//	table, err := method.Read("counts.csv", strings.NewReader("area,x,n\nMedway,79,167\n"))
//	err = method.Run(table, options).CSV(os.Stdout)
//	// area,x,n,value,lower95,upper95,lower998,upper998,method,status,reason
//	// Medway,79,167,0.473…,0.399…,…,Wilson score,,
//
// A row that cannot give a value says so in its status and its reason and stops no other. A table that cannot be read is
// another matter: a column that is not there, a cell that is no number and a row with a cell too many are faults with row
// and column, all of them are told at once, and nothing is computed.
//
// # To add a method
//
// Write <method>.go with one variable of type [Method], and name it in the list of methods.go; the command, its help, its
// flags and its faults follow from the entry. Exactly one of three functions says how rows are taken:
//
//   - Row takes one row and gives its cells: a proportion.
//   - Each takes the rows of one group in the order of the file and gives the cells of each: quantiles of areas.
//   - Group takes the rows of one group and gives the cells of one row that stands for it: a standardised rate.
//
// Groups are the rows that agree in the column By, in the order in which they first stand; without By all rows are one
// group. Cells are given in the order of Adds: [Usual] and [Cells] serve every method that gives one [stats.Estimate]. An
// empty cell of a column of numbers is NaN, which every function of engine/stats takes for missing, so that an entry is
// little more than a call:
//
//	var proportion = Method{
//		Name:  "proportion",
//		Reads: []Column{{Name: "x", Number: true}, {Name: "n", Number: true}},
//		Adds:  Usual(),
//		Row:   func(r Row, o Options) []Cell { return Cells(stats.Proportion(r.Float("x"), r.Float("n"), o.Float("multiplier"))) },
//	}
//
// The package reads from a reader and writes to a writer, and does nothing else to the world.
package statstable
