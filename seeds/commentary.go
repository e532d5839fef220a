package seeds

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// longestCommentary is the size of a file beyond which it is no commentary on one figure, in bytes: some ten pages.
const longestCommentary = 32 << 10

// Comment is what somebody wrote about one figure of an indicator.
type Comment struct {
	File      string
	Folder    string // of its period: the written form with - for /, such as 2024-25
	Indicator string
	Author    string
	Date      string // 2006-01-02
	// Text is the Markdown below the head.
	Text string
	// Route says that it holds a heading "Route to green" with something below it.
	Route bool
}

// At is the place of the file's beginning.
func (c Comment) At() fault.Place { return fault.At(c.File, 1, 1) }

// PeriodFolder is the name of the folder that holds the commentary on a period: its written form with - for /.
func PeriodFolder(label string) string { return strings.ReplaceAll(label, "/", "-") }

var splitFolder = regexp.MustCompile(`\b([0-9]{4})-([0-9]{2})\b`)

// Labels are the written forms of periods that a folder's name may stand for.
func (c Comment) Labels() []string {
	return []string{c.Folder, splitFolder.ReplaceAllString(c.Folder, "$1/$2")}
}

// head is what stands between the two lines of hyphens.
type head struct {
	Author string `json:"author" jsonschema:"minLength=1"`
	Date   string `json:"date" jsonschema:"minLength=1"`
}

// LoadCommentary reads commentary/<period>/<indicator>.md: a head with author and date between two lines of hyphens, then
// Markdown. A folder that is not there holds no commentary.
func LoadCommentary(fsys fs.FS, folder string) ([]Comment, fault.List) {
	var (
		comments []Comment
		faults   fault.List
	)
	err := fs.WalkDir(fsys, folder, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() || path.Ext(file) != ".md":
			return nil
		case path.Dir(path.Dir(file)) != folder:
			faults.Add(fault.At(file, 0, 0).Errorf("", "stands in the folder of no period").Hint("put it into %s", path.Join(folder, "2024-25", path.Base(file))))
			return nil
		}
		comment, wrong := loadComment(fsys, file, entry)
		if faults.Add(wrong...); len(wrong) == 0 {
			comments = append(comments, comment)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		faults.Add(fault.At(folder, 0, 0).Unread(err))
	}
	return comments, faults
}

func loadComment(fsys fs.FS, file string, entry fs.DirEntry) (Comment, fault.List) {
	comment := Comment{File: file, Folder: path.Base(path.Dir(file)), Indicator: strings.TrimSuffix(path.Base(file), ".md")}
	if info, err := entry.Info(); err == nil && info.Size() > longestCommentary {
		return comment, fault.List{comment.At().Errorf("", "has %d bytes", info.Size()).Hint("a commentary has at most %d: say it shorter, and link to the rest", longestCommentary)}
	}
	text, faults := readFile(fsys, file)
	if len(faults) > 0 {
		return comment, faults
	}
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	if !utf8.Valid(text) {
		return comment, fault.List{notText(file, text, "save the file as text in UTF-8")}
	}
	top, body, whole := cutHead(string(text))
	if !whole {
		return comment, fault.List{comment.At().Errorf("", "does not begin with a head").Hint("begin with a line ---, then author: and date:, then a line ---")}
	}
	doc, faults := yamldoc.Decode[head](file, []byte(top))
	if len(faults.Errors()) > 0 {
		return comment, faults
	}
	comment.Author, comment.Date, comment.Text = doc.Value.Author, doc.Value.Date, strings.TrimSpace(body)
	if !isDay(comment.Date) {
		faults.Add(doc.At("date").Errorf("date", "is %q", comment.Date).Hint("write the day as 2026-06-30"))
	}
	if comment.Text == "" {
		faults.Add(fault.At(file, strings.Count(top, "\n")+1, 1).Errorf("", "says nothing below its head"))
	}
	comment.Route = hasRoute(comment.Text)
	return comment, faults
}

// cutHead parts a file into its head, with the line above it blank so that lines keep their numbers, and what follows.
func cutHead(text string) (top, body string, whole bool) {
	rest, begun := strings.CutPrefix(text, "---\n")
	if !begun {
		return "", "", false
	}
	inside, after, closed := strings.Cut("\n"+rest, "\n---\n")
	if !closed {
		if inside, closed = strings.CutSuffix("\n"+strings.TrimRight(rest, "\n"), "\n---"); !closed {
			return "", "", false
		}
	}
	return inside + "\n", after, true
}

var (
	routeHeading = regexp.MustCompile(`(?i)^ {0,3}#{1,6}[ \t]+route to green[ \t]*#*[ \t]*$`)
	anyHeading   = regexp.MustCompile(`^ {0,3}#{1,6}([ \t]|$)`)
	fence        = regexp.MustCompile("^ {0,3}(```|~~~)")
)

// hasRoute says whether a Markdown text has a heading "Route to green" with something below it.
func hasRoute(text string) bool {
	inside, fenced := false, false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case fence.MatchString(line):
			fenced = !fenced
		case fenced:
		case anyHeading.MatchString(line):
			inside = routeHeading.MatchString(line)
		case inside && strings.TrimSpace(line) != "":
			return true
		}
	}
	return false
}
