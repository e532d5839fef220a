package source

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

const (
	// attempts is how often a file is asked for: with the pauses below, a server may be away for fifteen seconds.
	attempts = 5
	// firstPause doubles from one attempt to the next.
	firstPause = time.Second
	// longestPause is the longest wait that a server may ask for; a job that waited longer would look hung.
	longestPause = 2 * time.Minute
)

// temporary is an error that may be gone when the file is asked for again, not before the pause that a server asked for.
type temporary struct {
	cause error
	pause time.Duration
}

// Error is the text of the cause.
func (t temporary) Error() string { return t.cause.Error() }

// Unwrap is the cause.
func (t temporary) Unwrap() error { return t.cause }

// receiveHTTP fetches the file of a dataset of kind http, unless the server says that Options.Previous is still right.
func receiveHTTP(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	address, err := url.Parse(dataset.Source.URL)
	if err != nil || address.Host == "" || address.Scheme != "https" && address.Scheme != "http" || address.User != nil {
		f := fault.At(dataset.File, 0, 0).Errorf("source.url", "is not an address that can be fetched")
		return Received{}, fault.List{f.Hint("write https://host/path, without a user name")}
	}
	if options.Client == nil {
		return Received{}, fmt.Errorf("%s: %w: run levelfield refresh", shown(address), ErrOffline)
	}
	if err := refuseHost(address.Hostname(), options.AllowLoopback); err != nil {
		return Received{}, fmt.Errorf("fetch %s: %w", shown(address), err)
	}
	client, done := guarded(options.Client, options.AllowLoopback)
	defer done()
	f := fetch{dataset: dataset, options: options, address: address, client: client}
	received, err := f.persist(ctx)
	if err != nil {
		return Received{}, fmt.Errorf("fetch %s: %w", shown(address), err)
	}
	return received, nil
}

// openHTTP decodes a fetched file; its faults carry its address.
func openHTTP(dataset datasets.Dataset, received Received) (*Table, fault.List) {
	name := received.Name
	if address, err := url.Parse(received.URL); err == nil && address.Host != "" {
		name = shown(address)
	}
	return openDelimited(dataset, name, received.Data)
}

// fetch is one file to be fetched.
type fetch struct {
	dataset datasets.Dataset
	options Options
	address *url.URL
	client  *http.Client
}

// persist asks until the file is there, the error is lasting, or the attempts are used up.
func (f fetch) persist(ctx context.Context) (Received, error) {
	pauses := &backoff.ExponentialBackOff{InitialInterval: firstPause, Multiplier: 2, MaxInterval: longestPause}
	pauses.Reset()
	for attempt := 1; ; attempt++ {
		received, err := f.once(ctx)
		var again temporary
		if !errors.As(err, &again) {
			return received, err
		}
		if attempt == attempts {
			return Received{}, fmt.Errorf("%w (asked %d times: try again later)", again.cause, attempts)
		}
		pause := max(pauses.NextBackOff(), again.pause)
		if pause > longestPause {
			return Received{}, fmt.Errorf("%w (the server asks to wait %s: try again then)", again.cause, pause)
		}
		if err := f.options.Sleep(ctx, pause); err != nil {
			return Received{}, err
		}
	}
}

// once asks once.
func (f fetch) once(parent context.Context) (Received, error) {
	ctx, cancel := context.WithTimeout(parent, f.options.Timeout)
	defer cancel()
	request, err := f.request(ctx)
	if err != nil {
		return Received{}, err
	}
	response, err := f.client.Do(request)
	if err != nil {
		return Received{}, f.networkError(parent, err)
	}
	received, err := f.answer(ctx, parent, response)
	return received, errors.Join(err, response.Body.Close())
}

// request is conditional when the address and the expected hash still fit what was received before.
func (f fetch) request(ctx context.Context) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.address.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "levelfield")
	request.Header.Set("Accept", "text/csv, text/plain;q=0.9, */*;q=0.5")
	if f.conditional() {
		if tag := f.options.Previous.ETag; tag != "" {
			request.Header.Set("If-None-Match", tag)
		}
		if date := f.options.Previous.LastModified; date != "" {
			request.Header.Set("If-Modified-Since", date)
		}
	}
	return request, nil
}

func (f fetch) conditional() bool {
	before, want := f.options.Previous, f.dataset.Source.SHA256
	return before != nil && before.URL == f.dataset.Source.URL && (before.ETag != "" || before.LastModified != "") &&
		(want == "" || strings.EqualFold(want, before.SHA256))
}

// answer reads a response.
func (f fetch) answer(ctx, parent context.Context, response *http.Response) (Received, error) {
	switch code := response.StatusCode; {
	case code == http.StatusOK:
		received, err := f.body(ctx, response)
		if err != nil {
			return Received{}, f.networkError(parent, err)
		}
		return received, nil
	case code == http.StatusNotModified && f.conditional():
		received := *f.options.Previous
		received.NotModified = true
		return received, nil
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= http.StatusInternalServerError:
		return Received{}, temporary{fmt.Errorf("the server answered %s", response.Status), retryAfter(response.Header)}
	case code == http.StatusNotFound, code == http.StatusGone:
		return Received{}, fmt.Errorf("the server answered %s: look for the new address on the publisher's page and put it in source.url of %s", response.Status, f.dataset.File)
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return Received{}, fmt.Errorf("the server answered %s: only files that anybody may read can be fetched", response.Status)
	}
	return Received{}, fmt.Errorf("the server answered %s: open the address in a browser to see what it serves", response.Status)
}

func (f fetch) body(ctx context.Context, response *http.Response) (Received, error) {
	if response.ContentLength > f.options.MaxBytes {
		return Received{}, tooLarge(f.options.MaxBytes)
	}
	data, err := readAll(ctx, response.Body, f.options.MaxBytes)
	if err != nil {
		return Received{}, err
	}
	return Received{
		Name:         fileName(f.address, f.dataset.ID),
		Data:         data,
		ETag:         response.Header.Get("ETag"),
		LastModified: response.Header.Get("Last-Modified"),
		URL:          f.dataset.Source.URL,
	}, nil
}

// networkError makes an error of the network temporary, unless it is the end of the parent context, something we refuse,
// or a certificate that does not hold.
func (f fetch) networkError(parent context.Context, err error) error {
	if ended := parent.Err(); ended != nil {
		return ended
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var own refusal
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &certificate):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return temporary{cause: fmt.Errorf("the file did not arrive within %s", f.options.Timeout)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return temporary{cause: errors.New("the connection ended before the file was whole")}
	}
	return temporary{cause: err}
}

// retryAfter is the pause that a server asks for, in seconds or by a date, which is held against the server's own.
func retryAfter(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 {
		// More than a day is a day: it is longer than any pause that is kept.
		return time.Duration(min(seconds, 24*60*60)) * time.Second
	}
	until, err := http.ParseTime(text)
	now, errNow := http.ParseTime(header.Get("Date"))
	if err != nil || errNow != nil {
		return 0
	}
	return max(until.Sub(now), 0)
}

// shown is an address without its query, which may hold a key.
func shown(address *url.URL) string {
	return (&url.URL{Scheme: address.Scheme, Host: address.Host, Path: address.Path}).String()
}

// fileName is the last part of an address as a name that every system can write.
func fileName(address *url.URL, id string) string {
	safe := func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.", r) {
			return r
		}
		return '-'
	}
	name := strings.Trim(strings.Map(safe, path.Base(address.Path)), "-.")
	// A name of a hundred characters fits every file system with room for what is put around it.
	if name == "" || len(name) > 100 || path.Ext(name) == "" || strings.EqualFold(name, "manifest.json") {
		return id + ".csv"
	}
	return name
}
