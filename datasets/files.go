package datasets

import (
	"embed"
	"io/fs"
)

//go:generate go run -C .. ./datasets/carry ../shared/data
//go:embed */dataset.yaml */figures*.csv
var files embed.FS

// Files are the datasets of the built-in project: for each its dataset.yaml and its figures, those of earlier
// releases too.
func Files() fs.FS { return files }
