package seeds

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"levelfield/engine/fault"
)

var progressColumns = []string{"id", "status", "as_of", "owner", "evidence"}

// Progress is one report on a commitment or deliverable. An empty Status means that none is recorded.
type Progress struct {
	ID       string // of a statement
	Status   string // listed, under-way, done or empty
	AsOf     string // month or day: 2022-07 or 2022-07-31
	Owner    string
	Evidence string
}

// Latest is the newest recorded report on the statement: of two with one date, the one that stands later. A report
// without a status never hides one with it.
func Latest(reports []Progress, id string) (Progress, bool) {
	var (
		latest Progress
		found  bool
	)
	for _, report := range reports {
		if report.ID != id {
			continue
		}
		if !found || latest.Status == "" || (report.Status != "" && report.AsOf >= latest.AsOf) {
			latest, found = report, true
		}
	}
	return latest, found
}

// LoadProgress reads every CSV file of the folder, in the order of their names. Each report is on a commitment or
// deliverable of the strategy. A folder that is not there holds no reports.
func LoadProgress(fsys fs.FS, folder string, strategy Strategy) ([]Progress, fault.List) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault.List{fault.At(folder, 0, 0).Unread(err)}
	}
	var (
		reports []Progress
		faults  fault.List
	)
	for _, entry := range entries {
		if path.Ext(entry.Name()) != ".csv" {
			continue
		}
		name := path.Join(folder, entry.Name())
		rows, wrong := readTable(fsys, name, progressColumns)
		faults.Add(wrong...)
		seen := map[string]bool{}
		for _, read := range rows {
			report := Progress{read.get("id"), read.get("status"), read.get("as_of"), read.get("owner"), read.get("evidence")}
			faults.Add(reportFaults(report, read, strategy)...)
			if key := report.ID + " " + report.AsOf; seen[key] {
				faults.Add(read.faultf("id", "%q stands twice for one date", report.ID).Hint("keep one of the two"))
			} else {
				seen[key] = true
			}
			reports = append(reports, report)
		}
	}
	return reports, faults
}

func reportFaults(report Progress, read row, strategy Strategy) fault.List {
	var faults fault.List
	statement, found := strategy.Statement(report.ID)
	switch {
	case !found:
		faults.Add(read.faultf("id", "no statement %q", report.ID).Hint("use an id of strategy.yaml"))
	case statement.Kind != Commitment && statement.Kind != Deliverable:
		faults.Add(read.faultf("id", "%q is of the kind %s", report.ID, statement.Kind).Hint("progress is told of commitments and deliverables"))
	}
	if report.Status != "" && !slices.Contains(statuses, report.Status) {
		faults.Add(read.faultf("status", "is %q", report.Status).Hint("use one of: %s; or leave it empty for not recorded", strings.Join(statuses, ", ")))
	}
	switch {
	case report.AsOf == "" && report.Status != "":
		faults.Add(read.faultf("as_of", "is empty").Hint("a status has a date, such as 2022-07"))
	case report.AsOf != "" && !monthOrDay.MatchString(report.AsOf):
		faults.Add(read.faultf("as_of", "is %q", report.AsOf).Hint("write 2022-07 or 2022-07-31"))
	}
	return faults
}
