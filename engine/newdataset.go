package engine

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"levelfield/datasets"
)

// scaffoldHead stands above the description of a dataset that holds no figures yet.
const scaffoldHead = `# This dataset builds as it stands: its one figure is missing, which status x says. Put the figures into figures.csv, a
# row for each area and period, and say here what they are; levelfield check tells every fault. An indicator uses the
# column by its name: published: {value: value, ...}.
`

// NewDataset writes a dataset without figures into the project folder and returns the files that it wrote. It passes every
// check as it stands, and nothing is overwritten.
func NewDataset(options Options, folder, id string, words ImportWords) ([]string, error) {
	project, faults := Load(options.project())
	if project.Config.Focus == "" {
		return nil, faults.Err()
	}
	target := filepath.Join(folder, "datasets", id)
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		return nil, refuseImport("%s is there already, and nothing is overwritten: give another id", target)
	}
	dataset := scaffold(project, id, options.Now)
	words.fill(&dataset)
	text, err := datasets.Describe(dataset)
	if err != nil {
		return nil, err
	}
	text = append([]byte(scaffoldHead), text...)
	if _, faults := datasets.Read("dataset.yaml", text); len(faults) > 0 {
		return nil, faults
	}
	figures := fmt.Sprintf("area,period,value,value_status\n%s,%s,,x\n", project.Config.Focus, dataset.Released[:4])
	var written []string
	for _, file := range []struct {
		name string
		data []byte
	}{{"dataset.yaml", text}, {"figures.csv", []byte(figures)}} {
		name := filepath.Join(target, file.name)
		if err := writeNew(name, bytes.NewReader(file.data)); err != nil {
			return written, err
		}
		written = append(written, name)
	}
	return written, nil
}

// scaffold is a dataset whose words are those of its id. Its day of release is the newest of the project, so that the
// dates of the project stay as they are.
func scaffold(project Project, id string, now time.Time) datasets.Dataset {
	title := strings.ReplaceAll(id, "-", " ")
	released := ""
	for _, one := range project.Datasets.Datasets {
		released = max(released, one.Released)
	}
	if released == "" {
		released = now.UTC().Format(time.DateOnly)
	}
	return datasets.Dataset{
		Title: strings.ToUpper(title[:1]) + title[1:], Publisher: "Who publishes the figures", Release: "What the publisher calls the release",
		Released: released, Label: "local", Licence: datasets.Licence(project.Config.Licence),
		Source:  datasets.Source{Kind: "csv", File: "figures.csv"},
		Periods: datasets.Periods{Kind: "calendar"}, Areas: &datasets.Areas{Codes: "ons"}, Aggregates: "published",
		Columns: []datasets.Column{
			{Name: "area", Role: "area", Type: "text"}, {Name: "period", Role: "period", Type: "text"},
			{Name: "value", Role: "value", Type: "number"}, {Name: "value_status", Role: "status", Type: "text", Of: "value"},
		},
		Key: []string{"area", "period"}, Checks: []datasets.Check{{Rule: "unique", Level: "error"}}, Series: "current",
	}
}
