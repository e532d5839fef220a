package render

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	pdfmodel "github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"levelfield/scorecard"
)

func TestMain(m *testing.M) {
	api.DisableConfigDir()
	os.Exit(m.Run())
}

// printPack prints a pack and holds it against pdfcpu's relaxed reading of the format. The strict one wants links as
// objects of their own and a count in every folded bookmark, which fpdf does not write and no reader needs.
func printPack(t *testing.T, model scorecard.Model) []byte {
	t.Helper()
	pack, err := Pack(model)
	if err != nil {
		t.Fatal(err)
	}
	settings := pdfmodel.NewDefaultConfiguration()
	settings.ValidationMode = pdfmodel.ValidationRelaxed
	if err := api.Validate(bytes.NewReader(pack), settings); err != nil {
		t.Fatalf("pdfcpu does not accept the pack: %v", err)
	}
	return pack
}

// pageTexts is the text of each page, as pdftotext reads it.
func pageTexts(t *testing.T, pack []byte) []string {
	t.Helper()
	text := pdfText(t, pack, "-layout")
	pages := strings.Split(text, "\f")
	return pages[:len(pages)-1]
}

func pdfText(t *testing.T, pack []byte, options ...string) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed (package poppler-utils)")
	}
	file := filepath.Join(t.TempDir(), "pack.pdf")
	if err := os.WriteFile(file, pack, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), program, append(options, file, "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// folded is text with every run of white space as one space, so that a broken line still matches.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestPackRepeats(t *testing.T) {
	t.Parallel()
	for name, model := range map[string]scorecard.Model{"saved": sample(t), "awkward": awkwardModel()} {
		first := printPack(t, model)
		for range 4 {
			again, err := Pack(model)
			if err != nil || !bytes.Equal(first, again) {
				t.Fatalf("%s model: got %d bytes that differ from the first %d (%v), want equal bytes", name, len(again), len(first), err)
			}
		}
	}
}

func TestPackDescribesItself(t *testing.T) {
	t.Parallel()
	model := sample(t)
	info, err := api.PDFInfo(bytes.NewReader(printPack(t, model)), "pack.pdf", nil, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := model.Title + ": " + model.Area; info.Title != want {
		t.Errorf("title: got %q, want %q", info.Title, want)
	}
	if !strings.Contains(info.Subject, model.Kicker) {
		t.Errorf("subject: got %q, want %q in it", info.Subject, model.Kicker)
	}
	if want := "D:" + strings.ReplaceAll(model.AsOf, "-", ""); !strings.HasPrefix(info.CreationDate, want) || info.ModificationDate != info.CreationDate {
		t.Errorf("dates: got %q and %q, want both the day the figures end, %q", info.CreationDate, info.ModificationDate, want)
	}
	for _, font := range info.Fonts {
		if !font.Embedded && strings.Contains(font.Name, "iberation") {
			t.Errorf("font %s: got not embedded, want embedded", font.Name)
		}
	}
}

func TestPackHasBookmarks(t *testing.T) {
	t.Parallel()
	model := sample(t)
	bookmarks, err := api.Bookmarks(bytes.NewReader(printPack(t, model)), nil)
	if err != nil {
		t.Fatal(err)
	}
	titles := bookmarkTitles(bookmarks)
	for _, goal := range model.Goals {
		if want := goal.Code + " " + goal.Title; !strings.Contains(titles, want+"\n") {
			t.Errorf("bookmarks: got %q, want %q among them", titles, want)
		}
	}
}

func bookmarkTitles(bookmarks []pdfcpu.Bookmark) string {
	var b strings.Builder
	for _, bookmark := range bookmarks {
		b.WriteString(bookmark.Title + "\n" + bookmarkTitles(bookmark.Kids))
	}
	return b.String()
}

func TestPackContentsTellThePage(t *testing.T) {
	t.Parallel()
	for name, model := range map[string]scorecard.Model{"saved": sample(t), "awkward": awkwardModel()} {
		pages := pageTexts(t, printPack(t, model))
		compared := 0
		for _, page := range pages[1:] {
			for _, line := range strings.Split(page, "\n") {
				title, number := contentsLine(line)
				if number < 1 || number > len(pages) {
					continue
				}
				compared++
				if !strings.Contains(folded(pages[number-1]), title) {
					t.Errorf("%s: contents send %q to page %d, which does not hold it", name, title, number)
				}
			}
			if !strings.Contains(page, "Contents") {
				break
			}
		}
		if compared < 8 {
			t.Errorf("%s: got %d lines of contents, want at least 8", name, compared)
		}
	}
}

// contentsLine reads a heading and its page from a line of the contents; a line that is none gives page 0.
func contentsLine(line string) (title string, page int) {
	fields := strings.Fields(line)
	if len(fields) < 2 || strings.Contains(line, "Page ") {
		return "", 0
	}
	for _, digit := range fields[len(fields)-1] {
		if digit < '0' || digit > '9' {
			return "", 0
		}
		page = page*10 + int(digit-'0')
	}
	return strings.Join(fields[:len(fields)-1], " "), page
}

func TestPackHoldsTheBoard(t *testing.T) {
	t.Parallel()
	model := sample(t)
	pages := pageTexts(t, printPack(t, model))
	text := folded(strings.Join(pages, " "))
	for _, want := range []string{model.Kicker, model.Title, model.Chance, "Needs focus", "Doing well", "Since the strategy began", accessibleEdition} {
		if !strings.Contains(text, folded(want)) {
			t.Errorf("pack: want %q in its text", want)
		}
	}
	for _, card := range model.Front {
		for _, word := range strings.Fields(joined(" ", card.Short, card.Value.Text, card.Value.Interval, card.England.Text, card.Verdict.Word, card.Position)) {
			if !strings.Contains(text, word) {
				t.Errorf("front line %s: want %q in the pack", card.Indicator, word)
			}
		}
	}
	for number, page := range pages {
		if !strings.Contains(folded(page), folded(model.Attribution)) {
			t.Errorf("page %d: want the attribution on it", number+1)
		}
		if want := "Page " + strconv.Itoa(number+1) + " of " + strconv.Itoa(len(pages)); !strings.Contains(page, want) {
			t.Errorf("page %d: want %q on it", number+1, want)
		}
	}
}

func TestPackRefusesADateThatIsNone(t *testing.T) {
	t.Parallel()
	if _, err := Pack(scorecard.Model{ID: "skills", AsOf: "soon"}); err == nil || !strings.Contains(err.Error(), "as_of") {
		t.Errorf("got error %v, want one that names as_of", err)
	}
}

func TestPackOfAnEmptyModel(t *testing.T) {
	t.Parallel()
	printPack(t, scorecard.Model{ID: "empty", AsOf: "2026-11-23"})
}
