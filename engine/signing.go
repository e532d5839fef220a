package engine

import (
	"context"
	"time"

	"levelfield/engine/fault"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// SignOff is how a board stands that asks for sign-off.
type SignOff struct {
	Board string `json:"board"`
	// State is draft, signed or void; Hash is what an approval has to name.
	State string `json:"state"`
	Hash  string `json:"hash"`
}

// written are the project's commentary as far as it had been written by a day; empty is today.
func (p Project) written(day string) []seeds.Comment {
	var comments []seeds.Comment
	for _, comment := range p.Commentary {
		if day == "" || comment.Date <= day {
			comments = append(comments, comment)
		}
	}
	return comments
}

// sign puts its sign-off into each board, and tells those that are void at the approvals that no longer hold.
func (c *computation) sign(models []scorecard.Model) ([]scorecard.Model, []SignOff, error) {
	approvals := c.project.Approvals
	if c.internal {
		approvals.List = nil // what is signed is the public edition
	}
	var states []SignOff
	for i, model := range models {
		signed, err := model.Sign(approvals)
		if err != nil {
			return nil, nil, err
		}
		models[i] = signed
		if signed.SignOff == nil {
			continue
		}
		states = append(states, SignOff{model.ID, signed.SignOff.State, signed.SignOff.Hash})
		if signed.SignOff.State == scorecard.Void {
			at := approvals.Of(model.ID)
			last := at[len(at)-1]
			part := approvals.Path(last, "hash")
			c.warnings.Add(approvals.At(last, "hash").Warnf(part, "is not that of the board %s any more: something has changed since it was signed, so that it is a draft again", model.ID).
				Hint("look at what has changed, and sign %s", signed.SignOff.Hash))
		}
	}
	return models, states, nil
}

// governed says whether anything of the project has to be held against its figures by people.
func (p Project) governed() bool {
	return len(p.Targets)+len(p.Overrides)+len(p.Commentary)+len(p.Approvals.List) > 0
}

// findings adds to the warnings what people have yet to do about the figures, which are measured.
func (c *computation) findings(options Options) {
	day := ""
	if !options.Now.IsZero() && options.AsOf == "" {
		day = options.Now.Format(time.DateOnly)
	}
	c.warnings.Add(scorecard.Findings(c.input(options), c.project.Targets, day)...)
}

// review measures the figures and holds against them what people set, wrote and signed.
func (c *computation) review(ctx context.Context, options Options) (fault.List, error) {
	if err := c.measure(ctx, options); err != nil {
		return nil, err
	}
	if len(c.project.Approvals.List) > 0 {
		models, err := c.models(options)
		if err != nil {
			return nil, err
		}
		if _, _, err := c.sign(models); err != nil {
			return nil, err
		}
	}
	return c.warnings.Sorted(), nil
}
