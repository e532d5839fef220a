package schedule_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/schedule"
)

func TestOverdueListsWhatShouldHaveComeByNow(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	got := schedule.Overdue([]schedule.Release{
		{Dataset: "month-not-over", Announced: "November 2026"},
		{Dataset: "yesterday", Announced: "2026-11-22"},
		{Dataset: "today", Announced: "23 November 2026"},
		{Dataset: "long-ago", Announced: "2025-12"},
		{Dataset: "suspended", Announced: "suspended by the publisher"},
		{Dataset: "none"},
	}, today)
	want := []schedule.Late{
		{Release: schedule.Release{Dataset: "long-ago", Announced: "2025-12"}, By: "2025-12-31", Days: 327},
		{Release: schedule.Release{Dataset: "yesterday", Announced: "2026-11-22"}, By: "2026-11-22", Days: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("overdue releases differ (-want +got):\n%s", diff)
	}
}
