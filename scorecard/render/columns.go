package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// csvTable is one published table: its file and its columns in order. They are a contract with those who read the
// files: a column is never renamed, moved or removed.
type csvTable struct {
	name    string
	title   string
	key     []string
	columns []csvColumn
}

// csvColumn is one column, with its datatype in the words of CSV on the Web.
type csvColumn struct{ name, title, datatype, description string }

const (
	asString  = "string"
	asNumber  = "number"
	asInteger = "integer"
	asDate    = "date"
)

var resultsTable = csvTable{
	name:  "results.csv",
	title: "Every value of every indicator",
	key:   []string{"indicator", "area", "period", "breakdown", "category"},
	columns: []csvColumn{
		{"indicator", "Indicator", asString, "The indicator's id."},
		{"area", "Area code", asString, "The area's nine-character code."},
		{"area_name", "Area", asString, "The area's name."},
		{"area_type", "Area type", asString, "The kind of area, such as unitary authority or region."},
		{"period", "Period", asString, "The period in its one written form, such as 2023 or 2022/23."},
		{"period_start", "Period start", asDate, "The first day of the period."},
		{"period_end", "Period end", asDate, "The last day of the period."},
		{"breakdown", "Breakdown", asString, "What the value is broken down by; empty for everyone."},
		{"category", "Category", asString, "The category of the breakdown; empty for everyone."},
		{"numerator", "Numerator", asNumber, "The count above the line, where one is held as data."},
		{"denominator", "Denominator", asNumber, "The count below the line, where one is held as data."},
		{"value", "Value", asNumber, "The value, in the unit of the row; a percentage is 0 to 100."},
		{"lower95", "Lower 95% limit", asNumber, "The lower limit of the 95% confidence interval."},
		{"upper95", "Upper 95% limit", asNumber, "The upper limit of the 95% confidence interval."},
		{"lower998", "Lower 99.8% limit", asNumber, "The lower limit of the 99.8% confidence interval."},
		{"upper998", "Upper 99.8% limit", asNumber, "The upper limit of the 99.8% confidence interval."},
		{"unit", "Unit", asString, "The unit of the value and its limits."},
		{"method", "Method", asString, "How the value and its limits were worked out."},
		{"status", "Status", asString, "Letters of the Government Statistical Service's shorthand, separated by spaces: c x z u low p r e b."},
		{"reason", "Reason", asString, "Why there is no value, or no interval."},
		{"warnings", "Warnings", asString, "Cautions that belong to the value, separated by semicolons."},
		{"dataset", "Dataset", asString, "The dataset's id."},
		{"snapshot", "Snapshot", asString, "The fingerprint of the file that the value rests on."},
	},
}

var comparisonsTable = csvTable{
	name:  "comparisons.csv",
	title: "Every comparison and position",
	key:   []string{"indicator", "area", "period", "breakdown", "category", "comparator"},
	columns: []csvColumn{
		{"indicator", "Indicator", asString, "The indicator's id."},
		{"area", "Area code", asString, "The area that is compared."},
		{"period", "Period", asString, "The period that is compared."},
		{"breakdown", "Breakdown", asString, "What the value is broken down by; empty for everyone."},
		{"category", "Category", asString, "The category of the breakdown; empty for everyone."},
		{"comparator", "Comparator", asString, "The code of the area, or the name of the set of neighbours, compared with."},
		{"comparator_value", "Comparator's value", asNumber, "The comparator's value; the median of a set of neighbours."},
		{"comparator_low", "Comparator's lower bound", asNumber, "The lower bound or limit of the comparator."},
		{"comparator_high", "Comparator's upper bound", asNumber, "The upper bound or limit of the comparator."},
		{"rank", "Rank", asInteger, "The position, 1 being best, or highest where the measure is neutral."},
		{"of", "Of", asInteger, "How many areas have a value."},
		{"outcome", "Outcome", asString, "The verdict: better, similar, worse, best, worst, lower, higher, position, not-compared or cannot-compare."},
		{"rule", "Rule", asString, "The rule that gave the verdict."},
		{"reason", "Reason", asString, "Why there is no verdict, or what it rests on."},
	},
}

var trendsTable = csvTable{
	name:  "trends.csv",
	title: "Every test of a recent trend",
	key:   []string{"indicator", "area", "breakdown", "category"},
	columns: []csvColumn{
		{"indicator", "Indicator", asString, "The indicator's id."},
		{"area", "Area code", asString, "The area's code."},
		{"breakdown", "Breakdown", asString, "What the value is broken down by; empty for everyone."},
		{"category", "Category", asString, "The category of the breakdown; empty for everyone."},
		{"from", "From", asString, "The first period tested."},
		{"to", "To", asString, "The last period tested."},
		{"points", "Points", asInteger, "How many periods were tested."},
		{"outcome", "Outcome", asString, "The verdict: getting-better, getting-worse, increasing, decreasing, no-significant-change or cannot-calculate."},
		{"statistic", "Statistic", asNumber, "The test's chi-square with one degree of freedom."},
		{"rule", "Rule", asString, "The rule of the test."},
	},
}

var progressTable = csvTable{
	name:  "progress.csv",
	title: "What was promised, with its recorded status",
	key:   []string{"id"},
	columns: []csvColumn{
		{"id", "Id", asString, "The statement's id in the strategy."},
		{"goal", "Goal", asString, "The goal it belongs to."},
		{"kind", "Kind", asString, "Deliverable or commitment."},
		{"title", "Title", asString, "What was promised."},
		{"due", "Due", asString, "When it was due."},
		{"status", "Status", asString, "The status last recorded; empty where none was."},
		{"as_of", "As of", asString, "The day or month of that status."},
		{"owner", "Owner", asString, "Who answers for it."},
		{"evidence", "Evidence", asString, "What the status rests on."},
	},
}

// The licence under which the publishers release the figures and the project its tables.
const openGovernmentLicence = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

// Rights are the licence of the figures and the words that it asks for.
type Rights struct {
	Licence, Attribution string
	// Internal is the notice of the internal edition.
	Internal string
}

// link is the licence's address, where it is known.
func (r Rights) link() *metadataLink {
	if r.Licence != "Open Government Licence v3.0" {
		return nil
	}
	return &metadataLink{ID: openGovernmentLicence}
}

// words are the licence and its attribution in one line.
func (r Rights) words() string {
	return joined(". ", strings.TrimSuffix(r.Internal, "."), r.Licence, r.Attribution)
}

type metadataGroup struct {
	Context []any           `json:"@context"`
	Title   string          `json:"dc:title"`
	Licence *metadataLink   `json:"dc:license,omitempty"`
	Rights  string          `json:"dc:rights,omitempty"`
	Dialect metadataDialect `json:"dialect"`
	Tables  []metadataTable `json:"tables"`
}

type metadataLink struct {
	ID string `json:"@id"`
}

type metadataDialect struct {
	Header    bool   `json:"header"`
	Encoding  string `json:"encoding"`
	Delimiter string `json:"delimiter"`
}

type metadataTable struct {
	URL    string         `json:"url"`
	Title  string         `json:"dc:title"`
	Schema metadataSchema `json:"tableSchema"`
}

type metadataSchema struct {
	Columns []metadataColumn `json:"columns"`
	Key     []string         `json:"primaryKey"`
}

type metadataColumn struct {
	Name        string `json:"name"`
	Titles      string `json:"titles"`
	Datatype    string `json:"datatype"`
	Description string `json:"dc:description"`
}

// word stands before titles in the internal edition.
func (r Rights) word() string {
	if r.Internal == "" {
		return ""
	}
	return "INTERNAL"
}

// columnMetadata describes the tables as CSV on the Web does. A column's titles are the header's own words, as the
// standard asks; the plain title opens the description.
func columnMetadata(rights Rights, tables ...csvTable) ([]byte, error) {
	group := metadataGroup{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		Title:   joined(": ", rights.word(), "Results of a Levelfield run"),
		Licence: rights.link(),
		Rights:  rights.words(),
		Dialect: metadataDialect{Header: true, Encoding: "utf-8", Delimiter: ","},
	}
	for _, table := range tables {
		described := metadataTable{URL: table.name, Title: joined(": ", rights.word(), table.title), Schema: metadataSchema{Key: table.key}}
		for _, column := range table.columns {
			described.Schema.Columns = append(described.Schema.Columns, metadataColumn{
				Name: column.name, Titles: column.name, Datatype: column.datatype,
				Description: column.title + ". " + column.description,
			})
		}
		group.Tables = append(group.Tables, described)
	}
	data, err := indented(group)
	if err != nil {
		return nil, fmt.Errorf("write csv-metadata.json: %w", err)
	}
	return data, nil
}

// indented writes JSON for people to read: two spaces, and & < > as they are.
func indented(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
