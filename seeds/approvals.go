package seeds

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

var contentHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Approval is one sign-off of one board: by whom, when, and of exactly which content.
type Approval struct {
	Board string `json:"board" jsonschema:"minLength=1"` // its id
	By    string `json:"by" jsonschema:"minLength=1"`    // who signs, by name or office
	Date  string `json:"date" jsonschema:"minLength=1"`  // 2006-01-02
	Hash  string `json:"hash" jsonschema:"minLength=1"`  // of the board's model, as build prints it
}

// Approvals are what approvals.yaml says.
type Approvals struct {
	// Asked says that the file is there: boards are drafts until they are signed.
	Asked bool
	List  []Approval

	file string
	doc  yamldoc.Document[approvalsFile]
}

type approvalsFile struct {
	Approvals []Approval `json:"approvals"`
}

// File is the path of the file that asks for sign-off.
func (a Approvals) File() string { return a.file }

// At is the place of a part of the i-th approval.
func (a Approvals) At(i int, part string) fault.Place { return a.doc.At(a.Path(i, part)) }

// Path is the path of a part of the i-th approval inside the file.
func (a Approvals) Path(i int, part string) string { return fmt.Sprintf("approvals[%d].%s", i, part) }

// Of are the approvals of a board by their positions in the file.
func (a Approvals) Of(board string) (positions []int) {
	for i, approval := range a.List {
		if approval.Board == board {
			positions = append(positions, i)
		}
	}
	return positions
}

// LoadApprovals reads approvals.yaml. A project without the file asks for no sign-off, and its boards carry no mark.
func LoadApprovals(fsys fs.FS, path string) (Approvals, fault.List) {
	if _, err := fs.Stat(fsys, path); errors.Is(err, fs.ErrNotExist) {
		return Approvals{}, nil
	}
	approvals := Approvals{Asked: true, file: path}
	text, faults := readFile(fsys, path)
	if len(faults) > 0 {
		return approvals, faults
	}
	doc, faults := yamldoc.Decode[approvalsFile](path, text)
	if approvals.doc = doc; len(faults.Errors()) > 0 {
		return approvals, faults
	}
	approvals.List = doc.Value.Approvals
	for i, approval := range approvals.List {
		if !isDay(approval.Date) {
			faults.Add(approvals.At(i, "date").Errorf(approvals.Path(i, "date"), "is %q", fault.Short(approval.Date)).Hint("write the day as 2026-06-30"))
		}
		if !contentHash.MatchString(approval.Hash) {
			faults.Add(approvals.At(i, "hash").Errorf(approvals.Path(i, "hash"), "is %q", fault.Short(approval.Hash)).Hint("copy the 64 letters and digits that build prints for the board"))
		}
	}
	return approvals, faults
}
