package preview

import (
	"fmt"
	"mime"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// own is where the preview's own answers are: no file of a publication begins with a dot.
const own = "/.preview/"

// handler answers requests that name this machine.
func (s *Server) handler(address string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+own+"events", s.events)
	mux.HandleFunc("GET /", s.file)
	hosts := hostsOf(address)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		if !slices.Contains(hosts, strings.ToLower(r.Host)) {
			http.Error(w, "This preview is for this machine: ask for http://"+address+"/", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// hostsOf are the names by which a browser on this machine may ask for the address. A page elsewhere whose name was turned to
// this machine asks by that name, and is refused.
func hostsOf(address string) []string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return []string{address}
	}
	hosts := []string{}
	for _, name := range []string{host, "localhost", "127.0.0.1"} {
		hosts = append(hosts, net.JoinHostPort(name, port))
		if port == "80" {
			hosts = append(hosts, name)
		}
	}
	return hosts
}

// file answers with a file of the edition: a folder's index for its name, and a page about what is wrong for what is not
// there.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	// A reader that does not read must not hold the preview for ever; where no deadline can be set there is none.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeWait))
	now := s.current()
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	var data []byte
	var found bool
	var err error
	if now.edition != nil {
		data, found, err = now.edition.File(name)
		if !found && err == nil && path.Ext(name) == "" {
			if _, inside, _ := now.edition.File(name + "/index.html"); inside {
				http.Redirect(w, r, "/"+name+"/", http.StatusFound)
				return
			}
		}
	}
	switch {
	case err != nil:
		s.bare(w, now, http.StatusInternalServerError, "This page cannot be printed", err.Error())
	case found && path.Ext(name) == ".html":
		s.page(w, now, data)
	case found:
		w.Header().Set("Content-Type", kindOf(name))
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
		_, _ = w.Write(data) // the reader that has gone needs no answer
	case now.edition == nil && now.number == "":
		s.bare(w, now, http.StatusServiceUnavailable, "The first build is under way", "This page loads itself when it is done.")
	case now.edition == nil:
		s.bare(w, now, http.StatusServiceUnavailable, "Nothing could be built yet", "Put right what is wrong: this page loads itself.")
	default:
		s.bare(w, now, http.StatusNotFound, "There is no such page", fmt.Sprintf("No file %q belongs to this publication.", name))
	}
}

// kindOf is the media type of a file. The list is of what a publication holds, since that of the machine may differ.
func kindOf(name string) string {
	known := map[string]string{
		".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".pdf": "application/pdf", ".json": "application/json",
		".csv": "text/csv; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".parquet": "application/vnd.apache.parquet",
	}
	if kind, is := known[path.Ext(name)]; is {
		return kind
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// events is a stream that says the number of each build, the present one first.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	numbers, leave := s.subscribe()
	defer leave()
	_ = control.Flush() // an answer that cannot be flushed cannot be written either, which is seen below
	for {
		select {
		case <-r.Context().Done():
			return
		case number := <-numbers:
			_ = control.SetWriteDeadline(time.Now().Add(writeWait))
			if _, err := fmt.Fprintf(w, "data: %s\n\n", number); err != nil {
				return
			}
			if err := control.Flush(); err != nil {
				return
			}
		}
	}
}
