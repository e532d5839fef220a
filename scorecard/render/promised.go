package render

import (
	"fmt"
	"strings"

	"levelfield/scorecard"
)

// promisedView is one goal of the page of deliverables and commitments.
type promisedView struct {
	ID, Code, Title string
	Tables          []promiseTable
}

type promiseTable struct {
	ID, Caption, What string
	Rows              []promiseRow
}

// promiseRow is a deliverable or commitment with where its status comes from and the figures beside it.
type promiseRow struct {
	scorecard.Promise
	Origin  string
	Quoted  string
	Metrics []metricLine
	Without []highlight
}

type metricLine struct {
	scorecard.Metric
	Href string
}

func (s *sheet) promised(book scorecard.Handbook) []promisedView {
	var views []promisedView
	for _, goal := range book.Promised {
		view := promisedView{ID: s.id("goal " + goal.Code), Code: goal.Code, Title: goal.Title}
		for _, kind := range []struct {
			what, caption string
			promises      []scorecard.Promise
		}{{"Deliverable", "Deliverables of year one", goal.Deliverables}, {"Commitment", "Commitments", goal.Commitments}} {
			if len(kind.promises) == 0 {
				continue
			}
			table := promiseTable{ID: s.id(kind.caption + " " + goal.Code), Caption: kind.caption, What: kind.what}
			for _, promise := range kind.promises {
				table.Rows = append(table.Rows, newPromiseRow(book, promise))
			}
			view.Tables = append(view.Tables, table)
		}
		views = append(views, view)
	}
	return views
}

func newPromiseRow(book scorecard.Handbook, promise scorecard.Promise) promiseRow {
	row := promiseRow{Promise: promise, Without: linked(book, promise.Without)}
	shown := newMilestoneRow(promise.Milestone, strategyOf(book))
	row.Quoted, row.Origin = shown.Quoted, shown.Origin
	for _, metric := range promise.Metrics {
		row.Metrics = append(row.Metrics, metricLine{metric, book.Pages[metric.Indicator]})
	}
	return row
}

// promisedLead counts what was promised and what is on record of it.
func promisedLead(book scorecard.Handbook) string {
	var deliverables, moving, commitments, measured int
	for _, goal := range book.Promised {
		for _, promise := range goal.Deliverables {
			deliverables++
			if promise.Shape == "●" || promise.Shape == "◐" {
				moving++
			}
		}
		for _, promise := range goal.Commitments {
			commitments++
			if len(promise.Metrics) > 0 {
				measured++
			}
		}
	}
	return fmt.Sprintf("What was promised, beside the figures that it is about. Done or under way: %d of %d deliverables of the first year. With a figure beside it: %d of %d commitments.",
		moving, deliverables, measured, commitments)
}

// strategyOf is the strategy's name as evidence writes it.
func strategyOf(book scorecard.Handbook) string {
	name, _, _ := strings.Cut(book.Strategy, ": ")
	return plainDashes(name)
}
