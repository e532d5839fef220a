package warehouse

import (
	"context"
	"database/sql/driver"
	"errors"
	"iter"
	"sync"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/marcboeker/go-duckdb"

	"levelfield/engine/fault"
)

// streamName is the name under which the database knows rows that are on their way. A session takes in one table at a
// time.
const streamName = "rows on their way"

// pour types parts of rows side by side and has one statement take them in, in the order of the parts.
func (s *Session) pour(ctx context.Context, columns []Column, parts iter.Seq[Rows], place Place, statement func(stream string) string) (int, fault.List, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if err := ctx.Err(); err != nil {
		return 0, nil, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	p := &pouring{ctx: ctx, stop: stop, shape: shapeOf(columns), waiting: make(chan *part), ordered: make(chan *part, s.threads)}
	var working sync.WaitGroup
	working.Go(func() { p.hand(parts) })
	for range s.threads {
		working.Go(p.work)
	}
	if err := s.take(p, statement(streamName)); err != nil {
		// What ended the work, if it has ended, is the cause of what the statement says.
		stop(err)
	}
	working.Wait()
	if ctx.Err() != nil {
		return 0, nil, context.Cause(ctx)
	}
	count, faults := merge(p.parts, columns, place)
	return count, faults, nil
}

// take runs the statement that takes the rows in.
func (s *Session) take(p *pouring, statement string) error {
	return s.connection.Raw(func(connection any) error {
		source, err := duckdb.NewArrowFromConn(connection.(driver.Conn))
		if err != nil {
			return err
		}
		release, err := source.RegisterView(p, streamName)
		if err != nil {
			return err
		}
		defer release()
		executor := connection.(driver.ExecerContext)
		_, err = executor.ExecContext(p.ctx, statement, nil)
		_, dropped := executor.ExecContext(context.WithoutCancel(p.ctx), "DROP VIEW "+Identifier(streamName), nil)
		return errors.Join(err, dropped)
	})
}

// pouring is rows on their way: a reader of records for the database, which workers fill.
type pouring struct {
	shape
	ctx  context.Context
	stop context.CancelCauseFunc
	// waiting are the parts that nobody works on yet, ordered all of them in their order.
	waiting, ordered chan *part
	parts            []loaded
	from             *part
	record           arrow.Record
}

// part is some of the rows and the records that they come to.
type part struct {
	rows    Rows
	records chan arrow.Record
	loaded  loaded
}

// hand gives the parts to the workers and keeps their order.
func (p *pouring) hand(parts iter.Seq[Rows]) {
	defer close(p.ordered)
	defer close(p.waiting)
	for rows := range parts {
		one := &part{rows: rows, records: make(chan arrow.Record, 1)}
		for _, to := range []chan *part{p.ordered, p.waiting} {
			select {
			case to <- one:
			case <-p.ctx.Done():
				return
			}
		}
	}
}

// work types part after part.
func (p *pouring) work() {
	for one := range p.waiting {
		loading := newLoader(p.shape)
		err := loading.run(p.ctx, one.rows, func(record arrow.Record) error {
			select {
			case one.records <- record:
				return nil
			case <-p.ctx.Done():
				record.Release()
				return p.ctx.Err()
			}
		})
		if err != nil {
			p.stop(err)
		}
		one.loaded, one.rows = loading.result, nil
		close(one.records)
	}
}

// Next waits for the next record of the part whose turn it is.
func (p *pouring) Next() bool {
	p.letGo()
	for {
		if p.from == nil {
			select {
			case one, more := <-p.ordered:
				if !more {
					return false
				}
				p.from = one
			case <-p.ctx.Done():
				return false
			}
		}
		select {
		case record, more := <-p.from.records:
			if more {
				p.record = record
				return true
			}
			p.parts = append(p.parts, p.from.loaded)
			p.from = nil
		case <-p.ctx.Done():
			return false
		}
	}
}

func (p *pouring) letGo() {
	if p.record != nil {
		p.record.Release()
		p.record = nil
	}
}

// Record is the record that Next has found.
func (p *pouring) Record() arrow.Record { return p.record }

// Err is why Next found nothing more, nil at the end of the rows.
func (p *pouring) Err() error { return context.Cause(p.ctx) }

// Schema is the columns of the table.
func (p *pouring) Schema() *arrow.Schema { return p.schema }

// Retain does nothing: the reader ends with the statement.
func (p *pouring) Retain() {}

// Release lets go of the last record.
func (p *pouring) Release() { p.letGo() }
