package statstable

import "levelfield/engine/stats"

// The words of the column direction.
const (
	atLeast, atMost = "at-least", "at-most"
)

var target = Method{
	Name:  "target",
	Short: "Where each series leads by the period of its target, and how likely that meets it",
	Long: `A straight line by least squares through the values of a series, its value at the target's period, limits for one new value there
(Student t), the probability that it meets the target, and the change a year that would lead there from the latest value.
It supposes that things go on as they have; a policy meant to change them is no part of it.

outcome is the standing today: met or not-met where all of the latest value's 95% interval is on that side of the target, else
cannot-tell. Fewer than five values, and periods that overlap, have no forecast.`,
	Reads: []Column{
		{Name: "series", Is: "the series"},
		{Name: "period", Is: "the period, such as 2023, 2022/23 or Jul 2022 to Jun 2023"},
		{Name: "value", Number: true, Is: "the value"},
		{Name: "lower95", Number: true, Optional: true, Is: "its lower 95% limit, for the standing today"},
		{Name: "upper95", Number: true, Optional: true, Is: "its upper 95% limit"},
		{Name: "target", Number: true, Is: "the value to be reached, in one row of the series or in all"},
		{Name: "target_period", Is: "the period by which"},
		{Name: "direction", Is: "at-least or at-most"},
	},
	By: "series",
	Adds: []string{"from", "to", "points", "outcome", "forecast", "lower95", "upper95", "lower998", "upper998", "slope",
		"probability", "required_change", "method", "status", "reason"},
	Example: "series,period,value,target,target_period,direction\nMedway,2016,7.4,5,2028,at-most\nMedway,2017,7.1,,,\nMedway,2018,7.2,,,\n" +
		"Medway,2019,6.6,,,\nMedway,2020,6.5,,,\nMedway,2021,6.1,,,\nSlough,2021,5.1,5,2028,at-most\n",
	Check: func(t *Table, _ Options) []Finding {
		found := append(periodFaults(t, "period", "target_period"), oneOf(t, "direction", atLeast, atMost)...)
		return append(found, agree(t, "series", "target", "target_period", "direction")...)
	},
	Group: func(rows []Row, _ Options) []Cell { return targetCells(rows) },
}

// targetCells are a series' standing and forecast.
func targetCells(rows []Row) []Cell {
	ordered := inTime(rows)
	points := make([]stats.Point, len(ordered))
	latest := stats.Missing(stats.StatusUnavailable, "value missing")
	for i, r := range ordered {
		points[i] = point(r)
		if points[i].Estimate.HasValue() {
			latest = points[i].Estimate
		}
	}
	wanted, reason := targetOf(rows)
	year, _, dated := when(common(rows, "target_period"))
	if reason == "" && !dated {
		reason = "target period missing"
	}
	standing := stats.TargetStatus(latest, wanted)
	f := stats.ForecastTarget(points, year, wanted)
	if reason != "" {
		f = stats.Forecast{Estimate: stats.Missing(stats.StatusUnavailable, reason), From: f.From, To: f.To, Points: f.Points}
	}
	cells := []Cell{Text(f.From), Text(f.To), Count(f.Points), Text(standing.Outcome)}
	cells = append(cells, Cells(f.Estimate)[:5]...)
	return append(cells, Number(f.Slope), Number(f.Probability), Number(f.RequiredChange), Text(f.Method), Text(f.Status),
		Text(reasonOf(f.Reason, f.Warnings)))
}

// targetOf is the target of a series, and why there is none.
func targetOf(rows []Row) (wanted stats.Target, reason string) {
	for _, r := range rows {
		v := r.Number("target")
		if v == nil {
			continue
		}
		switch common(rows, "direction") {
		case atLeast:
			return stats.Target{Least: v}, ""
		case atMost:
			return stats.Target{Most: v}, ""
		}
		return stats.Target{}, "direction missing"
	}
	return stats.Target{}, "target missing"
}
