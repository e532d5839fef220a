package datasets

import (
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/period"
)

// AsRelease describes a file as a release of the dataset: where the file's rows are and how it writes its areas is taken
// from a proposal for the file, what its columns mean from the dataset. The error says which column the file does not
// have, or which of its own the dataset does not know.
func (d Dataset) AsRelease(file Dataset) (Dataset, error) {
	release := d
	release.Source, release.Areas, release.Periods, release.Earlier = file.Source, file.Areas, file.Periods, nil
	if release.Source.Layout == nil {
		release.Source.Layout = &Layout{}
	}
	layout := *release.Source.Layout
	layout.Constants = map[string]string{"_status": "", "_nothing": ""}
	for name, text := range release.Source.Layout.Constants {
		layout.Constants[name] = text
	}
	release.Source.Layout = &layout
	m := matching{target: d, file: file, layout: &layout, taken: map[string]bool{}, figures: map[string]string{}}
	release.Columns = nil
	for _, column := range slices.Concat(d.Role("area"), d.Role("period"), d.Role("category"), d.Role("value"), d.Role("count"), d.Role("lower"), d.Role("upper"), d.Role("status")) {
		if err := m.find(&column); err != nil {
			return d, err
		}
		release.Columns = append(release.Columns, column)
	}
	if identifier := file.Role("time-identifier"); len(identifier) > 0 {
		release.Columns = append(release.Columns, identifier[0])
	}
	// The columns stand as the dataset has them; a time identifier comes last.
	slices.SortStableFunc(release.Columns, func(a, b Column) int { return d.place(a.Name) - d.place(b.Name) })
	for _, category := range file.Role("category") {
		switch {
		case m.taken[category.Name]:
		case category.Total == "":
			return d, fmt.Errorf("the file is also by %s, which the dataset is not: choose one with --where", category.heading())
		default:
			where := map[string][]string{category.heading(): {category.Total}}
			for heading, texts := range layout.Where {
				where[heading] = texts
			}
			layout.Where = where
		}
	}
	return release, nil
}

// place is where a column stands in the dataset, behind all others for one that it does not have.
func (d Dataset) place(name string) int {
	if at := slices.IndexFunc(d.Columns, func(c Column) bool { return c.Name == name }); at >= 0 {
		return at
	}
	return len(d.Columns)
}

// matching finds the columns of a dataset in a file.
type matching struct {
	target, file Dataset
	layout       *Layout
	// taken are the file's columns that have been found, figures the file's column of each figure.
	taken   map[string]bool
	figures map[string]string
}

// find says where in the file a column of the dataset is from.
func (m *matching) find(column *Column) error {
	from := ""
	switch column.Role {
	case "area", "period":
		from = m.file.Role(column.Role)[0].heading()
	case "category":
		return m.category(column)
	case "value", "count":
		return m.figure(column)
	case "status":
		from = "_status"
		if name := m.file.StatusOf(m.figures[column.Of]); name != "" {
			status, _ := m.file.Column(name)
			from = status.heading()
		}
	default:
		from = "_nothing"
		for _, limit := range m.file.Role(column.Role) {
			if limit.Of == m.figures[column.Of] {
				from = limit.heading()
			}
		}
	}
	column.From = from
	return nil
}

// category is the file's column of the same name; a file without it is one of everyone.
func (m *matching) category(column *Column) error {
	if same, has := m.file.Column(column.Name); has && same.Role == "category" {
		m.taken[same.Name] = true
		column.From = same.heading()
		return nil
	}
	if column.Total == "" {
		return fmt.Errorf("the dataset is by %s, and the file has no such column", column.Name)
	}
	heading := "_" + column.Name
	m.layout.Constants[heading] = column.Total
	column.From = heading
	return nil
}

// figure is the file's column of the same name or heading, or the only one where both have one.
func (m *matching) figure(column *Column) error {
	ours, theirs := figuresOf(m.target), figuresOf(m.file)
	for _, one := range theirs {
		same := one.Name == column.Name || strings.EqualFold(one.heading(), column.heading())
		if same || len(ours) == 1 && len(theirs) == 1 {
			m.figures[column.Name] = one.Name
			column.From = one.heading()
			return nil
		}
	}
	var names []string
	for _, one := range theirs {
		names = append(names, one.heading())
	}
	if len(names) == 0 {
		return fmt.Errorf("the dataset has figures of %s, and the file has none", column.Name)
	}
	return fmt.Errorf("the dataset has figures of %s, and none of the file's is called that: it has %s", column.Name, strings.Join(names, ", "))
}

func figuresOf(d Dataset) []Column {
	return slices.DeleteFunc(slices.Clone(d.Columns), func(c Column) bool { return c.Role != "value" && c.Role != "count" })
}

// Reading finds how labels are written that mean periods of the dataset: one form by which all of them are of its kind. The
// periods that the dataset holds say of which month a yearly figure is. The error names a label that no form reads.
func (p Periods) Reading(labels, held []string) (Periods, error) {
	months := p.Months
	if months == "" {
		months = monthOf(p.Kind, held)
	}
	best, left := p, labels
	for _, form := range wholeForms {
		for _, months := range []string{p.Months, months} {
			tried := Periods{Kind: p.Kind, Form: written(form), Names: p.Names, Months: months, Years: p.Years, Shift: p.Shift, Meaning: p.Meaning}
			if period.Usable(form, tried.means()) != nil {
				continue
			}
			if unread := tried.unread(labels); len(unread) < len(left) {
				best, left = tried, unread
			}
			if len(left) == 0 {
				return best, nil
			}
		}
	}
	return best, fmt.Errorf("no form of a period of the kind %s reads %q", p.Kind, left[0])
}

// monthOf is the month that all periods held are of, "" for several.
func monthOf(kind string, held []string) string {
	found := ""
	for _, label := range held {
		read, err := period.Parse(period.Kind(kind), label)
		if err != nil || period.Kind(kind) != period.Month {
			return ""
		}
		month := read.EndDate().Format("Jan")
		if found != "" && month != found {
			return ""
		}
		found = month
	}
	return found
}
