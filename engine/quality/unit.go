package quality

import (
	"context"
	"fmt"
	"strconv"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// A hundred parts two scales of the same share, so figures of the wrong one lie far from the others. apart is how many
// times the nearest of the others they have to be away: with less, a small share such as 0.9% beside 1.3% would be
// taken for a ratio; with a hundred, a mixture of 60% and 0.85 would pass. crowd is how many figures it
// takes to know the scale of a column by: three small shares of one council could all be below one per cent.
const (
	apart = 10
	crowd = 10
)

// unit finds a column of percentages that holds ratios, a column of ratios that holds percentages, and single figures
// of the one among many of the other. A column with figures below nought holds differences, which pass through nought,
// so single small ones say nothing there.
func unit(ctx context.Context, c check) (fault.List, error) {
	if c.Column == "" {
		return nil, fmt.Errorf("wants a column")
	}
	found, err := c.scales(ctx)
	if err != nil || found.small+found.large < crowd {
		return nil, err
	}
	value := warehouse.Identifier(c.Column)
	mixed := found.below == 0 && found.small > 0 && found.large > 0 && found.least > apart*found.most
	query := "SELECT _row, " + value
	if c.Unit == "ratio" {
		switch {
		case found.small == 0:
			message := fmt.Sprintf("all %d figures are above 1 (%s to %s): percentages, where the unit is a ratio", found.large, number(found.least), number(found.greatest))
			return fault.List{c.fault(0, c.Column, message).Hint("divide by 100 in the indicator, or say unit: percent")}, nil
		case !mixed || found.small < crowd:
			return nil, nil
		}
		faults, err := c.find(ctx, c.Column, query+c.from("abs("+value+") > 1"), func(read []string) string {
			return fmt.Sprintf("read %s among ratios of at most %s: a percentage", read[0], number(found.most))
		})
		return hinted(faults, "correct the cell, or ask the publisher"), err
	}
	switch {
	case found.large == 0:
		message := fmt.Sprintf("all %d figures lie between 0 and 1 (at most %s): ratios, where the unit is per cent", found.small, number(found.most))
		return fault.List{c.fault(0, c.Column, message).Hint("multiply by 100 in the indicator, or say unit: ratio")}, nil
	case !mixed || found.large < crowd:
		return nil, nil
	}
	faults, err := c.find(ctx, c.Column, query+c.from(value+" <> 0 AND abs("+value+") <= 1"), func(read []string) string {
		return fmt.Sprintf("read %s among percentages of at least %s: a ratio", read[0], number(found.least))
	})
	return hinted(faults, "correct the cell, or ask the publisher"), err
}

// scales counts the figures of a column on either side of 1, signs aside, and those below nought, with the greatest of
// the small ones and the least and greatest of the large ones. Noughts are on no side.
type scales struct {
	small, large, below   int
	most, least, greatest float64
}

func (c check) scales(ctx context.Context) (scales, error) {
	size := "abs(" + warehouse.Identifier(c.Column) + ")::DOUBLE"
	query := fmt.Sprintf("SELECT count(*) FILTER (%[1]s <= 1), count(*) FILTER (%[1]s > 1), "+
		"max(%[1]s) FILTER (%[1]s <= 1), min(%[1]s) FILTER (%[1]s > 1), max(%[1]s), count(*) FILTER (%[2]s < 0)", size, warehouse.Identifier(c.Column))
	read, err := c.session.Strings(ctx, query+c.from(size+" > 0"))
	if err != nil {
		return scales{}, err
	}
	var numbers [6]float64
	for i, text := range read[0] {
		if text == "" {
			continue
		}
		if numbers[i], err = strconv.ParseFloat(text, 64); err != nil {
			return scales{}, fmt.Errorf("look through %s: %w", c.Column, err)
		}
	}
	return scales{small: int(numbers[0]), large: int(numbers[1]), below: int(numbers[5]), most: numbers[2], least: numbers[3], greatest: numbers[4]}, nil
}
