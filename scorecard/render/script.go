package render

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"strings"
)

// pageScript is the pages' one script, without comments and white space at the ends of lines, so that what is hashed is
// exactly what stands in the page.
func pageScript() string {
	// The file is embedded: reading it cannot fail, and a missing one stops the compiler.
	source, _ := assets.ReadFile("assets/script.js")
	var lines []string
	for _, line := range strings.Split(string(source), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// scriptElement is the script as it stands in the head of a page: as a module, so that it runs when the page is read.
func scriptElement() template.HTML {
	return template.HTML(`<script type="module">` + pageScript() + `</script>`)
}

// hashed is a text's source expression in a content security policy.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
