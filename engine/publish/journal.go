package publish

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"levelfield/engine/archive/durable"
)

// journal says what a switch is about to do. It is written before the first
// rename and removed after the last, and whatever it says can be done from any
// state in between.
type journal struct {
	Incoming string `json:"incoming"` // the name, beside out, of the folder that is to become out
	Manifest string `json:"manifest"` // the SHA-256 of its manifest
}

func (s *site) writeJournal(j journal) error {
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return durable.WriteFile(s.journal(), append(text, '\n'))
}

// readJournal reads the journal of a switch that was cut short. One that names
// a folder no switch of ours would name counts as none: it is written in one
// step, so it is not our writing, and it must not lead us to other folders.
func (s *site) readJournal() (journal, bool, error) {
	text, err := os.ReadFile(s.journal())
	if errors.Is(err, fs.ErrNotExist) {
		return journal{}, false, nil
	}
	if err != nil {
		return journal{}, false, err
	}
	var j journal
	if json.Unmarshal(text, &j) != nil || !s.isStaging(j.Incoming) || j.Manifest == "" {
		return journal{}, false, nil
	}
	return j, true, nil
}

func (s *site) removeJournal() error {
	return durable.Remove(s.journal())
}
