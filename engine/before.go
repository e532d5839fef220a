package engine

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"

	"levelfield/engine/archive"
	"levelfield/scorecard"
	"levelfield/scorecard/render"
)

// releaseFile names what a kept run rests on, so that the release before can be found without reading every run.
const releaseFile = "release.json"

// release is what a run rests on: runs of the same datasets for the same area are one release, however often they are built.
type release struct {
	Area string `json:"area"`
	AsOf string `json:"as_of"`
	// Internal says that the run shows what the public edition hides: no public one is held against it.
	Internal bool `json:"internal,omitempty"`
	// Datasets are the snapshots by the id of the dataset, as far as they may be told.
	Datasets map[string]string `json:"datasets"`
}

// release is that of this run.
func (c *computation) release() release {
	now := release{Area: c.project.Config.Focus, AsOf: c.asOf, Internal: c.internal, Datasets: map[string]string{}}
	for id := range c.imported {
		now.Datasets[id] = c.snapshotOf(id)
	}
	return now
}

// before are the boards as the archive holds them of the release before: of the newest run for the same area that rests on
// other data and on no newer figures. A board whose model is not there, or can no longer be read, has none: that a run of
// former times is lost does not stop this one.
func (c *computation) before(options Options, boards []string) (map[string]*scorecard.Model, error) {
	if _, missing := os.Stat(options.State); missing != nil {
		return map[string]*scorecard.Model{}, nil
	}
	store, err := archive.Open(options.State)
	if err != nil {
		return nil, err
	}
	ids, err := store.Runs()
	if err != nil {
		return nil, err
	}
	now, chosen, newest := c.release(), "", ""
	for _, id := range ids {
		text, err := store.ReadRun(id, releaseFile)
		if err != nil {
			continue
		}
		var then release
		if json.Unmarshal(text, &then) != nil || then.Area != now.Area || then.Internal != now.Internal || then.AsOf > now.AsOf || maps.Equal(then.Datasets, now.Datasets) {
			continue
		}
		// The ids ascend in time: of two with the same date the later one wins.
		if then.AsOf >= newest {
			chosen, newest = id, then.AsOf
		}
	}
	found := map[string]*scorecard.Model{}
	if chosen == "" {
		return found, nil
	}
	for _, board := range boards {
		text, err := store.ReadRun(chosen, "model/"+board+".json")
		if err != nil {
			continue
		}
		if model, err := render.ReadModel(text); err == nil {
			found[board] = &model
		}
	}
	return found, nil
}

// releaseRecord is the release as the archive keeps it.
func (c *computation) releaseRecord() (archive.File, error) {
	text, err := json.Marshal(c.release())
	if err != nil {
		return archive.File{}, fmt.Errorf("keep the run: %w", err)
	}
	return archive.File{Path: releaseFile, Data: append(text, '\n')}, nil
}
