package scorecard

import (
	"levelfield/engine/results"
	"levelfield/seeds"
)

// PromisedGoal is what was promised for one goal, with the figures that speak to it.
type PromisedGoal struct {
	Code         string    `json:"code"`
	Title        string    `json:"title"`
	Deliverables []Promise `json:"deliverables,omitempty"`
	Commitments  []Promise `json:"commitments,omitempty"`
}

// Promise is a deliverable or commitment beside the figures that would show whether it works. A figure beside a promise
// does not say that the promise moved it.
type Promise struct {
	Milestone
	// Text is the statement again in plain words.
	Text string `json:"text,omitempty"`
	// Metrics hold a figure for the focus area; Without are indicators that hold none yet.
	Metrics []Metric    `json:"metrics,omitempty"`
	Without []Highlight `json:"without,omitempty"`
	Gap     string      `json:"gap,omitempty"`
}

// Metric is an indicator's latest figure.
type Metric struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	Period    string `json:"period"`
	// Unit is said where the text does not say it: "per 100 pupils".
	Unit    string `json:"unit,omitempty"`
	Text    string `json:"text"`
	Verdict Chip   `json:"verdict"`
	Trend   Chip   `json:"trend"`
}

// promised are the deliverables and commitments of each goal, in the strategy's order.
func (b *builder) promised(coverage Coverage) []PromisedGoal {
	measured := map[string]Covered{}
	for _, covered := range coverage.Statements {
		measured[covered.ID] = covered
	}
	var goals []PromisedGoal
	for _, about := range b.in.Strategy.Goals {
		goal := PromisedGoal{Code: about.ID, Title: about.Short}
		for _, p := range b.in.Results.Progress {
			if p.Goal != about.ID {
				continue
			}
			switch promise := b.promise(p, measured[p.ID]); p.Kind {
			case seeds.Deliverable:
				goal.Deliverables = append(goal.Deliverables, promise)
			case seeds.Commitment:
				goal.Commitments = append(goal.Commitments, promise)
			}
		}
		if len(goal.Deliverables)+len(goal.Commitments) > 0 {
			goals = append(goals, goal)
		}
	}
	return goals
}

func (b *builder) promise(p results.Progress, covered Covered) Promise {
	statement, _ := b.in.Strategy.Statement(p.ID)
	promise := Promise{Milestone: b.milestone(p), Text: statement.Text, Gap: covered.Gap}
	for _, id := range covered.WithFigure {
		card := b.card(b.in.Definitions[id])
		metric := Metric{Indicator: id, Short: card.Short, Period: card.Period, Text: card.Value.Text, Verdict: card.Verdict, Trend: card.Trend}
		if unit := unitOf(b.in.Definitions[id]); unit.Prefix+unit.Suffix == "" {
			metric.Unit = unit.Words
		}
		promise.Metrics = append(promise.Metrics, metric)
	}
	for _, id := range covered.Without {
		promise.Without = append(promise.Without, Highlight{Indicator: id, Short: b.in.Definitions[id].Short})
	}
	return promise
}
