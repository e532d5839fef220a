package preview

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"levelfield/engine/fault"
)

// files is an edition.
type files map[string]string

func (f files) File(name string) ([]byte, bool, error) {
	if name == "broken.html" {
		return nil, false, errors.New("no ink")
	}
	text, found := f[name]
	return []byte(text), found, nil
}

// page is a published page that says something, with a policy as published pages have one.
func page(says string) string {
	return `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;self&#39;; img-src data:"></head><body class="x"><h1>` + says + `</h1></body></html>`
}

// desk is a folder with one file, of which a server makes a page: a file that begins with "fault" is faulty.
type desk struct {
	folder, address string
	server          *Server
	// told are the files that had changed, build by build.
	told  chan []string
	stop  context.CancelFunc
	ended chan error
}

func serve(t *testing.T, text string) *desk {
	t.Helper()
	d := &desk{folder: t.TempDir(), ended: make(chan error, 1), told: make(chan []string, 100)}
	d.write(t, text)
	d.server = &Server{Folders: []string{d.folder}, Build: func(context.Context) (Edition, error) {
		text, err := os.ReadFile(filepath.Join(d.folder, "text"))
		switch {
		case err != nil:
			return nil, err
		case strings.HasPrefix(string(text), "fault"):
			return nil, fault.List{fault.At("text", 3, 7).Errorf("polarity", "is %q", "<up>").Hint("use low or high"), fault.At("text", 1, 1).Warnf("", "old")}
		}
		return files{"index.html": page(string(text)), "a/index.html": page("inside"), "style.css": "b{}", "a/data.json": "{}"}, nil
	}}
	d.server.Told = func(changed []string, _ time.Duration, _ error) { d.told <- changed }
	ctx, stop := context.WithCancel(t.Context())
	d.stop = stop
	listener, err := Listen(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	d.address = listener.Addr().String()
	go func() { d.ended <- d.server.Run(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-d.ended; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	return d
}

func (d *desk) write(t *testing.T, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.folder, "text"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// get asks for a path and gives the status, the header and the text of the answer.
func (d *desk) get(t *testing.T, path string, change ...func(*http.Request)) (int, http.Header, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+d.address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range change {
		do(request)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(text)
}

// follow opens the stream of builds; next waits for the next number.
func (d *desk) follow(t *testing.T) (next func() string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+d.address+"/.preview/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("got a stream of %q", kind)
	}
	lines := bufio.NewScanner(answer.Body)
	return func() string {
		t.Helper()
		for lines.Scan() {
			if number, told := strings.CutPrefix(lines.Text(), "data: "); told {
				return number
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return ""
	}
}

// until waits for the build after which the page says something: one change of a file may be seen as several.
func (d *desk) until(t *testing.T, next func() string, says string) string {
	t.Helper()
	for {
		number := next()
		if _, _, text := d.get(t, "/"); strings.Contains(text, says) {
			if !strings.Contains(text, `<script data-build="`) {
				t.Errorf("the page does not know its build %s: %s", number, text)
			}
			return text
		}
	}
}

func TestAChangeIsShown(t *testing.T) {
	t.Parallel()
	d := serve(t, "one")
	next := d.follow(t)
	d.until(t, next, "<h1>one</h1>")
	d.write(t, "two")
	text := d.until(t, next, "<h1>two</h1>")
	if strings.Contains(text, "preview-faults") {
		t.Error("a sound page tells of faults")
	}
	// A folder that comes is watched too. Its own coming is told first, behind the builds before it.
	if err := os.MkdirAll(filepath.Join(d.folder, "new", "below"), 0o755); err != nil {
		t.Fatal(err)
	}
	for !slices.Contains(<-d.told, filepath.Join(d.folder, "new")) {
	}
	file := filepath.Join(d.folder, "new", "below", "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for !slices.Contains(<-d.told, file) {
	}
}

func TestFaultsStandAboveTheLastSoundPage(t *testing.T) {
	t.Parallel()
	d := serve(t, "one")
	next := d.follow(t)
	d.until(t, next, "<h1>one</h1>")
	d.write(t, "fault")
	text := d.until(t, next, "One fault")
	for _, want := range []string{"text:3:7", "polarity: is &#34;&lt;up&gt;&#34;", "use low or high", "<h1>one</h1>", "last edition that was sound"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %s", want, text)
		}
	}
	if at := strings.Index(text, `<section class="preview-faults"`); at < strings.Index(text, "<body") || at > strings.Index(text, "<h1>") {
		t.Error("the faults do not stand at the top of the page")
	}
	if strings.Contains(text, "old") {
		t.Error("a warning is told as a fault")
	}
	d.write(t, "three")
	if text := d.until(t, next, "<h1>three</h1>"); strings.Contains(text, "preview-faults") {
		t.Error("the fault is still told")
	}
}

func TestNothingIsThereYet(t *testing.T) {
	t.Parallel()
	d := serve(t, "fault")
	text := d.until(t, d.follow(t), "Nothing could be built yet")
	if !strings.Contains(text, "text:3:7") {
		t.Errorf("the page does not tell the fault: %s", text)
	}
	if code, _, _ := d.get(t, "/index.html"); code != http.StatusServiceUnavailable {
		t.Errorf("got status %d, want %d", code, http.StatusServiceUnavailable)
	}
}

func TestOnlyTheEditionIsServedAndOnlyToThisMachine(t *testing.T) {
	t.Parallel()
	d := serve(t, "one")
	d.until(t, d.follow(t), "<h1>one</h1>")
	_, port, err := net.SplitHostPort(d.address)
	if err != nil {
		t.Fatal(err)
	}
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	post := func(r *http.Request) { r.Method = http.MethodPost }
	for _, test := range []struct {
		path   string
		change func(*http.Request)
		code   int
		kind   string
	}{
		{"/", host("localhost:" + port), 200, "text/html; charset=utf-8"},
		{"/", host("elsewhere.example:" + port), 403, ""},
		{"/", host("127.0.0.1"), 403, ""},
		{"/.preview/events", host("elsewhere.example:" + port), 403, ""},
		{"/", post, 405, ""},
		{"/a", host(d.address), 302, ""},
		{"/a/", host(d.address), 200, "text/html; charset=utf-8"},
		{"/style.css", host(d.address), 200, "text/css; charset=utf-8"},
		{"/a/data.json", host(d.address), 200, "application/json"},
		{"/text", host(d.address), 404, "text/html; charset=utf-8"},
		{"/none/", host(d.address), 404, "text/html; charset=utf-8"},
		{"/..%2f..%2fetc%2fpasswd", host(d.address), 404, "text/html; charset=utf-8"},
		{"/broken.html", host(d.address), 500, "text/html; charset=utf-8"},
	} {
		code, header, text := d.get(t, test.path, test.change)
		if code != test.code || test.kind != "" && header.Get("Content-Type") != test.kind {
			t.Errorf("%s: got status %d and %q, want %d and %q", test.path, code, header.Get("Content-Type"), test.code, test.kind)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"} {
			if header.Get(name) != want {
				t.Errorf("%s: got %s %q, want %q", test.path, name, header.Get(name), want)
			}
		}
		if test.kind == "text/html; charset=utf-8" && !strings.Contains(header.Get("Content-Security-Policy"), hash(script)) {
			t.Errorf("%s: the policy %q does not allow the script", test.path, header.Get("Content-Security-Policy"))
		}
		if test.code == 500 && !strings.Contains(text, "no ink") {
			t.Errorf("%s: does not say why", test.path)
		}
	}
}

// TestRunEndsWithReadersThere ends a server while a page is open: the stream ends, and so does the server.
func TestRunEndsWithReadersThere(t *testing.T) {
	t.Parallel()
	d := serve(t, "one")
	next := d.follow(t)
	d.until(t, next, "<h1>one</h1>")
	d.stop()
	err := <-d.ended
	d.ended <- err
	if err != nil {
		t.Errorf("got %v, want an end in good order", err)
	}
	var dialer net.Dialer
	if connection, err := dialer.DialContext(t.Context(), "tcp", d.address); err == nil {
		_ = connection.Close()
		t.Error("the port is still taken")
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	t.Parallel()
	listener, err := Listen(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	taken, is := listener.Addr().(*net.TCPAddr)
	if !is || !taken.IP.IsLoopback() {
		t.Fatalf("got %v, want an address of this machine alone", listener.Addr())
	}
	if _, err := Listen(t.Context(), taken.Port); err == nil || !strings.Contains(err.Error(), "choose another with --port") {
		t.Errorf("got %v, want what to do", err)
	}
}

func TestPolicyIsWidenedByNothingElse(t *testing.T) {
	t.Parallel()
	more := "script-src " + hash(script)
	for policy, want := range map[string]string{
		"default-src 'none'":                       "default-src 'none'; " + more + "; style-src " + hash(style) + "; connect-src 'self'",
		"default-src 'none'; style-src 'self'":     "default-src 'none'; style-src 'self' " + hash(style) + "; " + more + "; connect-src 'self'",
		"script-src 'sha256-x'; img-src data:":     "script-src 'sha256-x' " + hash(script) + "; img-src data:; style-src " + hash(style) + "; connect-src 'self'",
		"script-src 'none'; connect-src 'none'; ;": more + "; connect-src 'self'; style-src " + hash(style),
	} {
		if got := widened(policy); got != want {
			t.Errorf("%s:\n got %s\nwant %s", policy, got, want)
		}
	}
}

func TestWhatCountsAsAChange(t *testing.T) {
	t.Parallel()
	w := &watching{except: []string{filepath.Join("council", "out")}}
	for name, want := range map[string]bool{
		"council/levelfield.yaml": true, "council/commentary/2025/neet.md": true, "council/outlook.csv": true, "council": true, ".": true,
		"council/.levelfield": false, "council/.births.yaml.swp": false, "council/births.yaml~": false, "council/#births.yaml#": false,
		"council/out": false, "council/out/index.html": false, "council/figures.tmp": false,
	} {
		if got := w.ours(filepath.FromSlash(name)); got != want {
			t.Errorf("%s: got %t, want %t", name, got, want)
		}
	}
}
