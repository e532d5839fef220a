package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"levelfield/engine"
)

// project is what a command works on.
type project struct {
	// folder is the project folder as the user names it, and empty for the built-in project.
	folder string
	files  fs.FS
	// state is the folder for snapshots, runs and the lock.
	state string
}

// findProject takes the folder named by --project, or the working directory when it holds a project, or else the
// built-in project.
func findProject(f flags) (project, error) {
	folder := f.project
	if folder == "" {
		if !holdsProject(".") {
			return project{state: orDefault(f.state, ".levelfield")}, nil
		}
		folder = "."
	}
	if !holdsProject(folder) {
		return project{}, fmt.Errorf("%s is no project folder, since it holds no levelfield.yaml: %w", folder, engine.ErrNoProject)
	}
	return project{folder: folder, files: os.DirFS(folder), state: orDefault(f.state, filepath.Join(folder, ".levelfield"))}, nil
}

func holdsProject(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "levelfield.yaml"))
	return !errors.Is(err, fs.ErrNotExist)
}

func orDefault(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// options are what every call of the engine takes from the command line.
func (a *app) options() engine.Options {
	return engine.Options{
		Project: a.project.files, State: a.project.state, Now: a.Now(), Version: programVersion(), AllowLoopback: a.AllowLoopback,
		Memory: a.flags.memory, Threads: a.flags.threads, Hook: a.Hook, Secrets: a.secret,
	}
}

// load reads the project for the names that the command line may use; its faults are the engine's to report.
func (a *app) load() engine.Project {
	files := a.project.files
	if files == nil {
		files = engine.BuiltIn()
	}
	loaded, _ := engine.Load(files)
	return loaded
}
