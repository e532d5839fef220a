// Package datasets says what a dataset is: a dataset.yaml that names publisher, release, licence and source, and says
// what each column of the figures means, beside the figures themselves.
//
// [Load] reads every dataset of a project and reports every fault at once. The package opens no figures: rows come
// from datasets/source, types from engine/warehouse.
//
// [Recognise] goes the other way: from a file that nobody has described, a [Sample], to a [Proposal] of a Dataset, which
// [Describe] writes out as a dataset.yaml. Each publisher's layouts are a table in a file of their own, such as
// recogniseeducation.go; the last recogniser describes any file by its headings, codes and labels. What is only guessed is
// a [Decision] for a person.
package datasets

// Dataset is one table of published figures. The field comments are what an author reads in the schema.
type Dataset struct {
	// ID is the folder's name; File the path of its dataset.yaml; Folder the path of the folder.
	ID     string `json:"-"`
	File   string `json:"-"`
	Folder string `json:"-"`

	Title     string `json:"title" jsonschema:"minLength=1"`
	Publisher string `json:"publisher" jsonschema:"minLength=1"`
	Release   string `json:"release" jsonschema:"minLength=1"`
	// Released is the day on which the figures were published (2006-01-02).
	Released     string `json:"released" jsonschema:"pattern=^\\d{4}-\\d{2}-\\d{2}$"`
	ReleasedNote string `json:"released_note,omitempty"`
	// ReleasedPrecision is month where only the month is known and the first day stands for it.
	ReleasedPrecision string   `json:"released_precision,omitempty" jsonschema:"enum=day,enum=month"`
	NextRelease       string   `json:"next_release,omitempty"`
	URL               string   `json:"url,omitempty"`
	Label             string   `json:"label" jsonschema:"enum=accredited,enum=official,enum=in-development,enum=management-information,enum=local"`
	Licence           Licence  `json:"licence"`
	Source            Source   `json:"source"`
	CarriedFrom       []string `json:"carried_from,omitempty"`
	Periods           Periods  `json:"periods"`
	Areas             *Areas   `json:"areas,omitempty"`
	// Aggregates says where totals come from: published rows, or sums over the finest rows, of categories and of areas.
	Aggregates string   `json:"aggregates" jsonschema:"enum=published,enum=sum"`
	Columns    []Column `json:"columns" jsonschema:"minItems=1"`
	Key        []string `json:"key" jsonschema:"minItems=1"`
	Checks     []Check  `json:"checks,omitempty"`
	// Template says that the figures are filled in by hand, and that there may be none yet.
	Template bool      `json:"template,omitempty"`
	Series   string    `json:"series" jsonschema:"enum=current,enum=superseded,enum=discontinued,enum=suspended"`
	Notes    string    `json:"notes,omitempty"`
	Missing  []Missing `json:"missing,omitempty"`
	// Earlier are the releases before this one that are kept beside it.
	Earlier []Earlier `json:"earlier,omitempty"`
	// Suppress says which counts may not be told. Without it the figures are public already.
	Suppress *Suppress `json:"suppress,omitempty"`
}

// Suppress is the disclosure policy of a dataset that is held here and not published by others.
type Suppress struct {
	// Below is k: counts of 1 to k−1 are hidden, and those of which k−1 or fewer of the whole are left out.
	Below int `json:"below" jsonschema:"minimum=1"`
	// Zeroes says whether counts of zero are shown; without it they are.
	Zeroes string `json:"zeroes,omitempty" jsonschema:"enum=show,enum=hide"`
	// Complement says whether a part is shown although nearly the whole belongs to it; without it, it is hidden.
	Complement string `json:"complement,omitempty" jsonschema:"enum=show,enum=hide"`
	// Round is the base to which counts are rounded before they are printed and before rates are made of them.
	Round int `json:"round,omitempty" jsonschema:"minimum=2"`
	// Audience says who may see what the policy lets: everyone, or only the readers of the internal edition.
	Audience string `json:"audience,omitempty" jsonschema:"enum=public,enum=internal"`
	// Known are the codes of areas whose figures are public elsewhere: they are shown, and every reader is taken to know them.
	Known []string `json:"known,omitempty"`
}

// Licence is the licence of the figures with the attribution it asks for.
type Licence struct {
	Name        string `json:"name" jsonschema:"minLength=1"`
	Attribution string `json:"attribution" jsonschema:"minLength=1"`
}

// Source is where the rows come from, and how the file is laid out.
type Source struct {
	Kind string `json:"kind" jsonschema:"enum=csv,enum=xlsx,enum=ods,enum=parquet,enum=json,enum=http,enum=ees,enum=fingertips,enum=nomis,enum=ons,enum=statxplore"`
	// File is a path inside the dataset's folder; URL an address for the http kind, and for a publisher's interface the
	// address below which it answers, where that is not the public one.
	File string `json:"file,omitempty"`
	URL  string `json:"url,omitempty"`
	// Files are several files of the folder that make one release, such as one a year; their rows follow each other.
	Files []string `json:"files,omitempty"`
	// SHA256 is the expected hash of a fetched file, where its publisher prints one.
	SHA256 string `json:"sha256,omitempty"`
	// Format is what a fetched file is, where the ending of its address does not say it.
	Format string `json:"format,omitempty" jsonschema:"enum=csv,enum=xlsx,enum=ods,enum=parquet,enum=json"`
	// Delimiter parts the cells of text; without it, the one of comma, semicolon, tab and bar that finds the headings.
	Delimiter string `json:"delimiter,omitempty" jsonschema:"maxLength=1"`
	// Layout is needed where the file is more than one row of headings with the figures below it.
	Layout  *Layout           `json:"layout,omitempty"`
	Markers map[string]string `json:"markers,omitempty"`
	// Path leads to the records of a JSON file, by the names on the way: result.records.
	Path string `json:"path,omitempty"`
	// Query is what the interface of a publisher is asked for.
	Query *Query `json:"query,omitempty"`
}

// Column is one column of the figures.
type Column struct {
	Name string `json:"name" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// From is the heading in the file where it differs from Name.
	From string `json:"from,omitempty"`
	// Role is what the column is for. A time identifier completes the label of the period, where the two stand apart.
	Role string `json:"role" jsonschema:"enum=area,enum=period,enum=time-identifier,enum=category,enum=count,enum=value,enum=lower,enum=upper,enum=status"`
	Type string `json:"type" jsonschema:"enum=text,enum=integer,enum=number"`
	// Of is the value column that a status, lower or upper column belongs to.
	Of string `json:"of,omitempty"`
	// Total is the category that stands for everyone.
	Total   string   `json:"total,omitempty"`
	Minimum *float64 `json:"minimum,omitempty"`
	Maximum *float64 `json:"maximum,omitempty"`
}

// Missing is something that nobody published, with the reason as far as it is known.
type Missing struct {
	What string `json:"what" jsonschema:"minLength=1"`
	Why  string `json:"why" jsonschema:"minLength=1"`
	// Area, where set, is the area whose figures are missing.
	Area string `json:"area,omitempty"`
}

// Column finds a column by name.
func (d Dataset) Column(name string) (Column, bool) {
	for _, column := range d.Columns {
		if column.Name == name {
			return column, true
		}
	}
	return Column{}, false
}

// Role lists the columns of a role, in the order of the file.
func (d Dataset) Role(role string) []Column {
	var columns []Column
	for _, column := range d.Columns {
		if column.Role == role {
			columns = append(columns, column)
		}
	}
	return columns
}

// StatusOf is the name of the status column of a value column, or "" when its figures carry no status.
func (d Dataset) StatusOf(value string) string {
	for _, column := range d.Columns {
		if column.Role == "status" && column.Of == value {
			return column.Name
		}
	}
	return ""
}
