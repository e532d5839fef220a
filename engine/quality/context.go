package quality

import (
	"errors"
	"time"

	"levelfield/seeds"
)

// Context is what is known beside the table. A rule that needs none of it works with the zero Context.
type Context struct {
	// Areas are the areas of the project, for parent-range, duplicate-place and obsolete-area.
	Areas seeds.Areas
	// Today is the date that freshness is judged by.
	Today time.Time
	// Deadline reads the last day that an announcement of a release allows, as engine/schedule does; false for an
	// announcement without a date.
	Deadline func(announced string) (day time.Time, dated bool)
	// Previous names the table of the release before, in the same session; "" for a first release, of which
	// previous-release says nothing.
	Previous string
	// Partial says that some rows or cells could not be read, and are not in the table: the rules that look for what is
	// missing are left out.
	Partial bool
	// Earlier says that the table is of a release before the one that the dataset describes: a measure that began since has
	// no figure in it.
	Earlier bool
	// Others are the datasets of the session by id, for [Context.Agree].
	Others map[string]Other
}

// areas lists the areas of the project, or says that it cannot.
func (k Context) areas() ([]seeds.Area, error) {
	areas := k.Areas.All()
	if len(areas) == 0 {
		return nil, errors.New("needs the areas of the project")
	}
	return areas, nil
}
