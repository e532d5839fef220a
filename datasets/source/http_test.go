package source_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

const figures = "area,value\nA,1\n"

func noSleep(context.Context, time.Duration) error { return nil }

// pauses is a Sleep that notes how long it was asked for.
type pauses []time.Duration

func (p *pauses) sleep(_ context.Context, pause time.Duration) error {
	*p = append(*p, pause)
	return nil
}

func fetched(t *testing.T, handler http.HandlerFunc, change func(*datasets.Dataset, *source.Options)) (source.Received, error) {
	t.Helper()
	dataset := datasets.Dataset{ID: "remote", File: "datasets/remote/dataset.yaml"}
	var options source.Options
	dataset.Source, options = serveHandler(t, handler)
	if change != nil {
		change(&dataset, &options)
	}
	return source.Receive(t.Context(), dataset, options)
}

// answers plays a list of answers, the last of them for ever.
func answers(t *testing.T, list ...http.HandlerFunc) (http.HandlerFunc, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		n := asked.Add(1)
		list[min(int(n), len(list))-1](w, r)
	}, &asked
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

func whole(t *testing.T) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { write(t, w, []byte(figures)) }
}

func truncated(t *testing.T) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		write(t, w, []byte(figures))
	}
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("got no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("got error %q, want it to say %q", err, part)
		}
	}
}

func TestConditionalRequest(t *testing.T) {
	t.Parallel()
	const tag, date = `"v1"`, "Wed, 26 Mar 2025 09:30:00 GMT"
	handler := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", date)
		if r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") == date {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		write(t, w, []byte(figures))
	}
	var dataset datasets.Dataset
	var options source.Options
	first, err := fetched(t, handler, func(d *datasets.Dataset, o *source.Options) { dataset, options = *d, *o })
	dataset.ID = "remote"
	if err != nil || first.ETag != tag || first.LastModified != date || first.Name != "figures.csv" || string(first.Data) != figures {
		t.Fatalf("first: got %+v and %v, want the file with its version", first, err)
	}
	options.Previous = &first
	second, err := source.Receive(t.Context(), dataset, options)
	want := first
	want.NotModified = true
	if diff := cmp.Diff(want, second); err != nil || diff != "" {
		t.Errorf("second: got %v, (-want +got):\n%s", err, diff)
	}
	elsewhere := first
	elsewhere.URL, elsewhere.SHA256 = "https://example.org/old.csv", strings.Repeat("0", 64)
	options.Previous = &elsewhere
	if third, err := source.Receive(t.Context(), dataset, options); err != nil || third.NotModified {
		t.Errorf("from another address: got %v and NotModified %v, want the whole file again", err, third.NotModified)
	}
	stale := first
	stale.SHA256 = strings.Repeat("0", 64)
	options.Previous = &stale
	dataset.Source.SHA256 = first.SHA256
	if fourth, err := source.Receive(t.Context(), dataset, options); err != nil || fourth.NotModified || fourth.SHA256 != first.SHA256 {
		t.Errorf("with another hash expected: got %v and %+v, want the whole file again", err, fourth)
	}
}

func TestUnaskedNotModified(t *testing.T) {
	t.Parallel()
	_, err := fetched(t, status(http.StatusNotModified), nil)
	wantError(t, err, "receive remote: fetch http://127.0.0.1:", "304 Not Modified")
}

func TestTriesAgain(t *testing.T) {
	t.Parallel()
	date := "Wed, 26 Mar 2025 09:30:00 GMT"
	for _, c := range []struct {
		name  string
		first http.HandlerFunc
		want  time.Duration
	}{
		{"too many requests", status(http.StatusTooManyRequests, "Retry-After", "7"), 7 * time.Second},
		{"retry date", status(http.StatusServiceUnavailable, "Date", date, "Retry-After", "Wed, 26 Mar 2025 09:30:20 GMT"), 20 * time.Second},
		{"retry date gone by", status(http.StatusServiceUnavailable, "Date", date, "Retry-After", "Wed, 26 Mar 2025 09:29:00 GMT"), time.Second},
		{"retry nonsense", status(http.StatusBadGateway, "Retry-After", "soon"), time.Second},
		{"request timeout", status(http.StatusRequestTimeout), time.Second},
		{"cut short", truncated(t), time.Second},
		{"connection closed", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			handler, asked := answers(t, c.first, whole(t))
			var waited pauses
			received, err := fetched(t, handler, func(_ *datasets.Dataset, o *source.Options) {
				o.Sleep = waited.sleep
				// A client with kept connections asks a closed one again by itself.
				o.Client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			})
			if err != nil || string(received.Data) != figures || asked.Load() != 2 {
				t.Errorf("got %q, %v after %d requests, want the file after 2", received.Data, err, asked.Load())
			}
			if diff := cmp.Diff(pauses{c.want}, waited); diff != "" {
				t.Errorf("pauses (-want +got):\n%s", diff)
			}
		})
	}
}

func TestGivesUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		asked   int64
		want    []string
	}{
		{"server error", status(http.StatusInternalServerError), 5, []string{"500 Internal Server Error", "asked 5 times: try again later"}},
		{"cut short", truncated(t), 5, []string{"the connection ended before the file was whole"}},
		{"long wait", status(http.StatusTooManyRequests, "Retry-After", "3600"), 1, []string{"429 Too Many Requests", "asks to wait 1h0m0s"}},
		{"huge wait", status(http.StatusTooManyRequests, "Retry-After", "999999999999"), 1, []string{"asks to wait 24h0m0s"}},
		{"moved away", status(http.StatusNotFound), 1, []string{"404 Not Found", "put it in source.url of datasets/remote/dataset.yaml"}},
		{"forbidden", status(http.StatusForbidden), 1, []string{"403 Forbidden", "anybody may read"}},
		{"teapot", status(http.StatusTeapot), 1, []string{"418", "open the address in a browser"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			handler, asked := answers(t, c.handler)
			_, err := fetched(t, handler, nil)
			wantError(t, err, c.want...)
			if asked.Load() != c.asked {
				t.Errorf("got %d requests, want %d", asked.Load(), c.asked)
			}
		})
	}
}

func TestPausesDouble(t *testing.T) {
	t.Parallel()
	var waited pauses
	_, err := fetched(t, status(http.StatusBadGateway), func(_ *datasets.Dataset, o *source.Options) { o.Sleep = waited.sleep })
	wantError(t, err, "502 Bad Gateway")
	if diff := cmp.Diff(pauses{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}, waited); diff != "" {
		t.Errorf("pauses (-want +got):\n%s", diff)
	}
}

func TestTooLargeWithoutLength(t *testing.T) {
	t.Parallel()
	handler, asked := answers(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 64 {
			write(t, w, bytes.Repeat([]byte("x"), 1024))
			w.(http.Flusher).Flush()
		}
	})
	_, err := fetched(t, handler, func(_ *datasets.Dataset, o *source.Options) { o.MaxBytes = 2048 })
	wantError(t, err, "larger than the limit of 2048 bytes")
	if asked.Load() != 1 {
		t.Errorf("got %d requests, want 1", asked.Load())
	}
}

func TestEndsWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	served, options := serveHandler(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := source.Receive(ctx, datasets.Dataset{ID: "remote", Source: served}, options)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("while waiting for an answer: got %v, want %v", err, context.Canceled)
	}
	served, options = serveHandler(t, status(http.StatusBadGateway))
	ctx, cancelPause := context.WithCancel(t.Context())
	options.Sleep = func(context.Context, time.Duration) error { cancelPause(); return ctx.Err() }
	if _, err = source.Receive(ctx, datasets.Dataset{ID: "remote", Source: served}, options); !errors.Is(err, context.Canceled) {
		t.Errorf("in a pause: got %v, want %v", err, context.Canceled)
	}
	options.Sleep = nil
	if _, err = source.Receive(ctx, datasets.Dataset{ID: "remote", Source: served}, options); !errors.Is(err, context.Canceled) {
		t.Errorf("before the start: got %v, want %v", err, context.Canceled)
	}
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	handler, asked := answers(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, err := fetched(t, handler, func(_ *datasets.Dataset, o *source.Options) { o.Timeout = 5 * time.Millisecond })
	wantError(t, err, "did not arrive within 5ms", "asked 5 times")
	if asked.Load() > 5 {
		t.Errorf("got %d requests, want at most 5", asked.Load())
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(whole(t))
	t.Cleanup(other.Close)
	for _, c := range []struct {
		name, to string
		want     string
	}{
		{"same host", "/moved.csv", ""},
		{"other host", other.URL + "/figures.csv?key=secret", "redirects to another host, " + other.URL + "/figures.csv: if that is right, put the new address in source.url"},
		{"no end", "/figures.csv", "redirects more than 5 times"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := fetched(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/figures.csv" {
					http.Redirect(w, r, c.to, http.StatusFound)
					return
				}
				write(t, w, []byte(figures))
			}, nil)
			if c.want == "" {
				if err != nil {
					t.Errorf("got %v, want no error", err)
				}
				return
			}
			wantError(t, err, c.want)
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("got error %q, want no query in it", err)
			}
		})
	}
}

func TestEncryptedStaysEncrypted(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+r.Host+"/moved.csv", http.StatusFound)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	dataset := datasets.Dataset{ID: "remote", Source: datasets.Source{Kind: "http", URL: server.URL + "/figures.csv"}}
	options := source.Options{Client: server.Client(), AllowLoopback: true, Sleep: noSleep}
	_, err := source.Receive(t.Context(), dataset, options)
	wantError(t, err, "which is not encrypted")
	options.Client = &http.Client{Transport: &http.Transport{}}
	_, err = source.Receive(t.Context(), dataset, options)
	wantError(t, err, "certificate")
	if strings.Contains(err.Error(), "asked 5 times") {
		t.Errorf("got %v, want a certificate that does not hold to be asked for once", err)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	t.Parallel()
	for _, host := range []string{
		"127.0.0.1", "localhost", "files.localhost", "[::1]", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "[fe80::1]", "[fd00::1]",
		"[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "0.0.0.0", "100.64.0.1", "224.0.0.1",
	} {
		dataset := datasets.Dataset{ID: "remote", Source: datasets.Source{Kind: "http", URL: "http://" + host + "/figures.csv"}}
		_, err := source.Receive(t.Context(), dataset, source.Options{Client: &http.Client{}, Sleep: noSleep})
		wantError(t, err, "give a public one")
	}
}

func TestProxyMayStandInside(t *testing.T) {
	t.Parallel()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		write(t, w, fmt.Appendf(nil, "area,value\n%s,1\n", r.URL.Host))
	}))
	t.Cleanup(proxy.Close)
	address, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	dataset := datasets.Dataset{ID: "remote", Source: datasets.Source{Kind: "http", URL: "http://figures.example/x.csv"}}
	options := source.Options{Client: &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(address)}}, Sleep: noSleep}
	received, err := source.Receive(t.Context(), dataset, options)
	if want := "area,value\nfigures.example,1\n"; err != nil || string(received.Data) != want {
		t.Errorf("got %q and %v, want %q", received.Data, err, want)
	}
}

func TestNoNetwork(t *testing.T) {
	t.Parallel()
	dataset := datasets.Dataset{ID: "remote", Source: datasets.Source{Kind: "http", URL: "https://example.org/figures.csv?key=secret"}}
	_, err := source.Receive(t.Context(), dataset, source.Options{})
	if !errors.Is(err, source.ErrOffline) {
		t.Errorf("got %v, want %v", err, source.ErrOffline)
	}
	wantError(t, err, "receive remote: https://example.org/figures.csv: ", "run levelfield refresh")
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	for tail, want := range map[string]string{
		"/a/NEET%202025.csv?x=1": "NEET-2025.csv",
		"/download":              "remote.csv",
		"":                       "remote.csv",
		"/manifest.json":         "remote.csv",
		"/..%2F..%2Fx.csv":       "x.csv",
		"/.hidden.csv":           "hidden.csv",
	} {
		received, err := fetched(t, whole(t), func(d *datasets.Dataset, _ *source.Options) {
			d.Source.URL = strings.TrimSuffix(d.Source.URL, "/figures.csv") + tail
		})
		if err != nil || received.Name != want || !fs.ValidPath(received.Name) {
			t.Errorf("%q: got %q and %v, want %q", tail, received.Name, err, want)
		}
	}
}
