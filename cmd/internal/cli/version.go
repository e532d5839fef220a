package cli

import (
	"context"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"levelfield/engine/warehouse"
)

// version is "levelfield version".
func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       "The versions of the program, of DuckDB and of Go",
		Args:        exactly(),
		Annotations: map[string]string{exitKey: exitStatus(exitDone, exitFailed, exitUsage)},
		RunE: func(c *cobra.Command, _ []string) error {
			a.began = true
			return a.runVersion(c.Context())
		},
	}
}

func (a *app) runVersion(ctx context.Context) error {
	database, err := databaseVersion(ctx)
	if err != nil {
		return err
	}
	versions := struct {
		Levelfield string `json:"levelfield"`
		DuckDB     string `json:"duckdb"`
		Go         string `json:"go"`
		System     string `json:"system"`
	}{programVersion(), database, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	if a.flags.json {
		a.out.json(versions)
		return nil
	}
	a.out.printf("levelfield %s\nDuckDB %s\n%s %s\n", versions.Levelfield, versions.DuckDB, versions.Go, versions.System)
	return nil
}

// programVersion is the release that was installed, or the revision that was built, or "devel" where the build knows
// neither.
func programVersion() string {
	info, known := debug.ReadBuildInfo()
	if !known {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	revision, changed := "", ""
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			revision = setting.Value[:min(12, len(setting.Value))]
		case setting.Key == "vcs.modified" && setting.Value == "true":
			changed = "+changed"
		}
	}
	if revision == "" {
		return "devel"
	}
	return revision + changed
}

// databaseVersion asks the database that is linked in.
func databaseVersion(ctx context.Context) (string, error) {
	session, err := warehouse.Open(ctx, warehouse.Options{})
	if err != nil {
		return "", err
	}
	found, err := session.Strings(ctx, "SELECT version()")
	if err != nil {
		return "", err
	}
	return found[0][0], session.Close()
}
