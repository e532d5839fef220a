package cli

import (
	"path"
	"path/filepath"
	"strings"

	"levelfield/engine/fault"
)

// tellFaults prints faults of definitions and data: on standard error, or as JSON on standard output.
func (a *app) tellFaults(faults fault.List) { a.tellPlaced(a.placed(faults)) }

// tellPlaced prints faults whose files are named from where the command was given.
func (a *app) tellPlaced(faults fault.List) {
	if a.flags.json {
		a.out.write(func() error { return fault.JSON(a.out, faults) })
		return
	}
	a.err.write(func() error { return fault.Text(a.err, faults) })
}

// placed puts the project's folder before the files of the faults, so that a path leads there from where the command
// was given. Files of the built-in project, and addresses that were fetched, stay as they are.
func (a *app) placed(faults fault.List) fault.List {
	if a.project.folder == "" || a.project.folder == "." {
		return faults
	}
	moved := make(fault.List, len(faults))
	for i, f := range faults {
		if !strings.Contains(f.File, "://") {
			f.File = path.Join(filepath.ToSlash(a.project.folder), f.File)
		}
		moved[i] = f
	}
	return moved
}
