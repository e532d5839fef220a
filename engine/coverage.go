package engine

import (
	"context"

	"levelfield/scorecard"
)

// Coverage holds every statement of the strategy against the indicators that name it as evidence.
func Coverage(ctx context.Context, options Options) (scorecard.Coverage, error) {
	c, err := open(ctx, options)
	if err != nil {
		return scorecard.Coverage{}, err
	}
	defer c.close()
	if err := c.measure(ctx, options); err != nil {
		return scorecard.Coverage{}, err
	}
	return scorecard.Cover(c.input(options)), nil
}
