package indicators

import (
	"embed"
	"io/fs"
)

//go:embed 4A 4B 4C 4D
var files embed.FS

// Files are the definitions of the built-in project.
func Files() fs.FS { return files }
