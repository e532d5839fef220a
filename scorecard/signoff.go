package scorecard

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"levelfield/seeds"
)

// The states of a board that asks for sign-off.
const (
	// Draft means that nobody has signed the board.
	Draft = "draft"
	// Signed means that what is shown is what was signed.
	Signed = "signed"
	// Void means that the board was signed, and that something of it has changed since.
	Void = "void"
)

// SignOff is whether a board was signed as it stands.
type SignOff struct {
	State string `json:"state"`
	// Hash is that of the model, which a sign-off names.
	Hash string `json:"hash"`
	// By are those who signed; of a void board, those who signed what it was before.
	By []Signature `json:"by,omitempty"`
	// Mark is the word that stands on every page and Words the sentence beside it.
	Mark  string `json:"mark,omitempty"`
	Words string `json:"words"`
}

// Signature is who signed and when.
type Signature struct {
	By   string `json:"by"`
	Date string `json:"date"` // in words
}

// Hash is the SHA-256 of everything that the board shows, in hexadecimal: of the model as JSON, without its sign-off,
// without the links to other boards, and without what changed since the release before, which is no figure of its own.
func (m Model) Hash() (string, error) {
	m.SignOff, m.Siblings, m.Changed = nil, nil, nil
	text, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("hash the board %s: %w", m.ID, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// Sign is the model with its sign-off: signed where an approval names its hash, void where approvals name others, and a draft
// where there is none. Without approvals that ask for sign-off the model stays as it is.
func (m Model) Sign(approvals seeds.Approvals) (Model, error) {
	if !approvals.Asked {
		return m, nil
	}
	hash, err := m.Hash()
	if err != nil {
		return m, err
	}
	var signed, before []Signature
	for _, i := range approvals.Of(m.ID) {
		approval := approvals.List[i]
		signature := Signature{approval.By, BritishDate(approval.Date)}
		if approval.Hash == hash {
			signed = append(signed, signature)
		} else {
			before = append(before, signature)
		}
	}
	m.SignOff = newSignOff(hash, signed, before)
	return m, nil
}

func newSignOff(hash string, signed, before []Signature) *SignOff {
	switch {
	case len(signed) > 0:
		return &SignOff{State: Signed, Hash: hash, By: signed, Words: "Signed off by " + signatures(signed) + "."}
	case len(before) > 0:
		return &SignOff{State: Void, Hash: hash, By: before, Mark: "Draft", Words: "The sign-off by " + signatures(before) + " is void: something has changed since."}
	}
	return &SignOff{State: Draft, Hash: hash, Mark: "Draft", Words: "Not signed off yet: figures and words may change."}
}

// signatures are those who signed, in words.
func signatures(by []Signature) string {
	var each []string
	for _, signature := range by {
		each = append(each, signature.By+" on "+signature.Date)
	}
	return names(each)
}

// Verified is the model with its sign-off held against its content once more: a saved model that was changed after it was
// signed is void.
func (m Model) Verified() (Model, error) {
	if m.SignOff == nil || m.SignOff.State != Signed {
		return m, nil
	}
	hash, err := m.Hash()
	if err != nil || hash == m.SignOff.Hash {
		return m, err
	}
	m.SignOff = newSignOff(hash, nil, m.SignOff.By)
	return m, nil
}

// draftAmong is the mark of the pages over all boards, if one of them is a draft.
func draftAmong(models []Model) *SignOff {
	for _, model := range models {
		if model.SignOff != nil && model.SignOff.Mark != "" {
			return &SignOff{State: Draft, Mark: model.SignOff.Mark, Words: "Not every one of these scorecards is signed off: figures and words may change."}
		}
	}
	return nil
}
