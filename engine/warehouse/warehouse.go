// Package warehouse is the DuckDB session of one run, and the only room with the database driver.
//
// A [Session] is an in-memory database that is thrown away. It is used in this order: [Open] sets memory, threads and
// the folder for spilling; [Session.Load] types the rows of a file into a table, or [Session.LoadParquet] reads an
// archived one; [Session.Lock] shuts the door to files and network for good; [Session.Parse] turns an author's
// expression into a tree without running it; [Session.Create] runs a statement into a temporary table, which stops
// when its context is cancelled; [Session.Arrow] reads a small table out as Arrow records.
//
//	session, err := warehouse.Open(ctx, warehouse.Options{Memory: "1GiB", Threads: 2, TempDir: folder})
//	defer session.Close()
//	count, faults, err := session.Load(ctx, "dfe_neet", columns, rows, place)
//	err = session.Lock(ctx)
//	err = session.Create(ctx, "found", statement)
//	records, err := session.Arrow(ctx, "SELECT * FROM found")
//
// A session has one connection, because temporary tables belong to theirs; its methods may be called from several
// goroutines and take turns. The package knows no datasets and no statistics, and only the core, parquet and json
// parts of DuckDB are linked in: other files and other databases are read by Go.
package warehouse

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/marcboeker/go-duckdb"
)

// Options limits what a session may take.
type Options struct {
	// Memory is a size such as "1GiB"; "" leaves DuckDB's default of four fifths of the machine.
	Memory string
	// Threads is the number of threads; 0 leaves DuckDB's default of one a core.
	Threads int
	// TempDir is the folder that large work spills to; "" forbids spilling.
	TempDir string
}

// Session is one in-memory database.
type Session struct {
	turn       sync.Mutex
	database   *sql.DB
	connection *sql.Conn
	// threads is how many parts of rows are typed side by side.
	threads int
	// parsed are the trees of expressions by their text.
	parsed sync.Map
	// views are the tables that [Session.LoadLarge] made.
	views map[string]bool
}

// Open starts an empty database with the limits set.
func Open(ctx context.Context, options Options) (*Session, error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, fmt.Errorf("open warehouse: %w", err)
	}
	database := sql.OpenDB(connector)
	connection, err := database.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open warehouse: %w", err), database.Close())
	}
	session := &Session{database: database, connection: connection, threads: cmp.Or(options.Threads, runtime.GOMAXPROCS(0)), views: map[string]bool{}}
	for _, setting := range settings(options) {
		if err := session.Exec(ctx, setting); err != nil {
			return nil, errors.Join(fmt.Errorf("open warehouse: %w", err), session.Close())
		}
	}
	return session, nil
}

func settings(options Options) []string {
	statements := []string{
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET temp_directory = " + Literal(options.TempDir),
	}
	if options.Memory != "" {
		statements = append(statements, "SET memory_limit = "+Literal(options.Memory))
	}
	if options.Threads > 0 {
		statements = append(statements, fmt.Sprintf("SET threads = %d", options.Threads))
	}
	return statements
}

// Close throws the database away.
func (s *Session) Close() error {
	s.turn.Lock()
	defer s.turn.Unlock()
	return errors.Join(s.connection.Close(), s.database.Close())
}

// Lock ends the loading: from here on no statement reads or writes a file, reaches the network or changes a setting.
// Spilling to the folder for it goes on.
func (s *Session) Lock(ctx context.Context) error {
	for _, setting := range []string{"SET enable_external_access = false", "SET lock_configuration = true"} {
		if err := s.Exec(ctx, setting); err != nil {
			return fmt.Errorf("lock warehouse: %w", err)
		}
	}
	return nil
}

// Exec runs one statement for its effect.
func (s *Session) Exec(ctx context.Context, statement string, arguments ...any) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err := s.connection.ExecContext(ctx, statement, arguments...)
	return err
}

// Create puts the rows of a query into a new temporary table. It stops when the context does.
func (s *Session) Create(ctx context.Context, table, query string) error {
	if err := s.Exec(ctx, "CREATE TEMP TABLE "+Identifier(table)+" AS\n"+query); err != nil {
		return fmt.Errorf("create %s: %w", table, err)
	}
	return nil
}

// Drop removes a table, if it is there.
func (s *Session) Drop(ctx context.Context, table string) error {
	kind := "TABLE"
	if s.views[table] {
		kind = "VIEW"
		delete(s.views, table)
	}
	if err := s.Exec(ctx, "DROP "+kind+" IF EXISTS "+Identifier(table)); err != nil {
		return fmt.Errorf("drop %s: %w", table, err)
	}
	return nil
}

// Identifier writes the name of a table or column so that it can be nothing else in a statement.
func Identifier(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// Literal writes a text constant so that it can be nothing else in a statement.
func Literal(value string) string {
	return "'" + strings.ReplaceAll(value, "'", "''") + "'"
}
