// Package preview shows a project in a browser while somebody works on it.
//
// A [Server] builds an edition, watches folders, builds the next when anything in them changes, and tells the pages that
// are open to load themselves again. What is wrong stands at the top of every page, above the last edition that was
// sound. [Server.Run] does all of that until its context ends:
//
//	listener, err := preview.Listen(ctx, 8484)
//	server := &preview.Server{Build: build, Folders: []string{"council"}}
//	err = server.Run(ctx, listener)
//
// It listens on this machine alone and answers only requests that name this machine, so that no other page in the same
// browser can read what is not published yet. The one script is the preview's own, allowed by its hash; no published file
// holds it. Everything is served out of an edition: no folder of the disk can be read through it, and nothing is written.
//
// The package knows no engine: how an edition is made is a function.
package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"levelfield/engine/fault"
)

// Edition is what was built: its files by path, with forward slashes.
type Edition interface {
	File(path string) (data []byte, found bool, err error)
}

// Server is one preview.
type Server struct {
	// Build builds the next edition. An error that is a [fault.List] is told fault by fault.
	Build func(ctx context.Context) (Edition, error)
	// Folders are watched with all that is in them, but for Except and names that begin with a dot.
	Folders, Except []string
	// Place puts a fault's file as the reader knows it; nil leaves it.
	Place func(fault.List) fault.List
	// Told is told each build when it is done: the files that had changed, how long it took and what went wrong.
	Told func(changed []string, took time.Duration, err error)

	mutex   sync.Mutex
	state   state
	waiting map[chan string]bool
}

// state is what is shown.
type state struct {
	// number tells one build from another, in this run of the server and the next.
	number  string
	edition Edition
	err     error
}

// The limits of a server for one reader: a request that has not come by then never will, and pages are small.
const (
	headerWait = 5 * time.Second
	idleWait   = 2 * time.Minute
	writeWait  = 30 * time.Second
	// endWait is how long requests may take to end when the preview ends.
	endWait = 3 * time.Second
)

// Listen takes a port of this machine; 0 takes any that is free.
func Listen(ctx context.Context, port int) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("listen on port %d of this machine: %w; choose another with --port", port, err)
	}
	return listener, nil
}

// Run builds, watches and serves until the context ends, and then ends in good order: that is no error. It closes the
// listener.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	watched, err := watch(ctx, s.Folders, s.Except)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	s.mutex.Lock()
	s.waiting = map[chan string]bool{}
	s.mutex.Unlock()
	server := &http.Server{
		Handler: s.handler(listener.Addr().String()), ReadHeaderTimeout: headerWait, IdleTimeout: idleWait,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	var working sync.WaitGroup
	working.Go(func() { s.follow(ctx, watched) })
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err = <-ended:
	case <-ctx.Done():
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
		defer cancel()
		err = server.Shutdown(last)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
	}
	stop()
	working.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// follow builds the first edition, and another after each change.
func (s *Server) follow(ctx context.Context, watched <-chan []string) {
	run := strconv.FormatInt(time.Now().UnixNano(), 36)
	var changed []string
	for count := 1; ; count++ {
		began := time.Now()
		edition, err := s.Build(ctx)
		if ctx.Err() != nil {
			return
		}
		s.show(fmt.Sprintf("%s-%d", run, count), edition, err)
		if s.Told != nil {
			s.Told(changed, time.Since(began), err)
		}
		select {
		case changed = <-watched:
		case <-ctx.Done():
			return
		}
	}
}

// show shows a new edition, or what is wrong above the one before, and tells every open page.
func (s *Server) show(number string, edition Edition, err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.state.number, s.state.err = number, err
	if err == nil {
		s.state.edition = edition
	}
	for reader := range s.waiting {
		select {
		case <-reader: // a reader that has not looked yet need only know the last one
		default:
		}
		reader <- number
	}
}

// current is what is shown now.
func (s *Server) current() state {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.state
}

// subscribe is told the number of each build from now on, the present one first.
func (s *Server) subscribe() (numbers chan string, leave func()) {
	numbers = make(chan string, 1)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.waiting[numbers] = true
	if s.state.number != "" {
		numbers <- s.state.number
	}
	return numbers, func() {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		delete(s.waiting, numbers)
	}
}
