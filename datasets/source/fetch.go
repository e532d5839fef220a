package source

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
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

// fetcher asks the host of one dataset, with patience, and guards what it may reach.
type fetcher struct {
	dataset datasets.Dataset
	options Options
	client  *http.Client
	// left is how many bytes may still arrive: the limit holds for all pages of a dataset together.
	left int64
	// secret is the key of the publisher's interface, shown nowhere; "" where none is needed.
	secret string
	// done releases the connections.
	done func()
}

// question is one request.
type question struct {
	address *url.URL
	// accept is the wanted form of the answer; body, where there is one, is posted as JSON.
	accept string
	body   []byte
	header http.Header
	// before is what a conditional request compares with; nil asks in any case.
	before *Received
	// refused explains an answer whose status is no success and not temporary.
	refused func(*http.Response) error
	// sound looks at a whole answer; its error may be temporary. nil takes every answer.
	sound func(answer) error
}

// answer is what came back.
type answer struct {
	data      []byte
	header    http.Header
	unchanged bool
}

// newFetcher prepares to ask the host of address, which came from the part source.url of the definition.
func newFetcher(dataset datasets.Dataset, options Options, address *url.URL) (*fetcher, error) {
	if options.Client == nil {
		return nil, fmt.Errorf("%s: %w: run levelfield refresh", shown(address), ErrOffline)
	}
	if err := refuseHost(address.Hostname(), options.AllowLoopback); err != nil {
		return nil, fmt.Errorf("fetch %s: %w", shown(address), err)
	}
	client, done := guarded(options.Client, options.AllowLoopback)
	return &fetcher{dataset: dataset, options: options, client: client, left: options.MaxBytes, done: done}, nil
}

// parseAddress is the address that a definition gives, or a fault.
func parseAddress(dataset datasets.Dataset, text string) (*url.URL, error) {
	address, err := url.Parse(text)
	if err != nil || address.Host == "" || address.Scheme != "https" && address.Scheme != "http" || address.User != nil {
		f := fault.At(dataset.File, 0, 0).Errorf("source.url", "is not an address that can be fetched")
		return nil, fault.List{f.Hint("write https://host/path, without a user name")}
	}
	return address, nil
}

// ask asks until the answer is there, the error is lasting, or the attempts are used up.
func (f *fetcher) ask(ctx context.Context, q question) (answer, error) {
	pauses := &backoff.ExponentialBackOff{InitialInterval: firstPause, Multiplier: 2, MaxInterval: longestPause}
	pauses.Reset()
	for attempt := 1; ; attempt++ {
		found, err := f.once(ctx, q)
		var again temporary
		switch {
		case err == nil:
			f.left -= int64(len(found.data))
			return found, nil
		case ctx.Err() != nil:
			return answer{}, fmt.Errorf("fetch %s: %w", shown(q.address), ctx.Err())
		case !errors.As(err, &again):
			return answer{}, fmt.Errorf("fetch %s: %w", shown(q.address), err)
		case attempt == attempts:
			return answer{}, fmt.Errorf("fetch %s: %w (asked %d times: try again later)", shown(q.address), again.cause, attempts)
		}
		pause := max(pauses.NextBackOff(), again.pause)
		if pause > longestPause {
			return answer{}, fmt.Errorf("fetch %s: %w (the server asks to wait %s: try again then)", shown(q.address), again.cause, pause)
		}
		if err := f.options.Sleep(ctx, pause); err != nil {
			return answer{}, fmt.Errorf("fetch %s: %w", shown(q.address), err)
		}
	}
}

// once asks once.
func (f *fetcher) once(parent context.Context, q question) (answer, error) {
	ctx, cancel := context.WithTimeout(parent, f.options.Timeout)
	defer cancel()
	request, err := q.request(ctx)
	if err != nil {
		return answer{}, err
	}
	response, err := f.client.Do(request)
	if err != nil {
		return answer{}, f.networkError(parent, err)
	}
	found, err := f.read(ctx, parent, q, response)
	return found, errors.Join(err, response.Body.Close())
}

func (q question) request(ctx context.Context) (*http.Request, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if q.body != nil {
		method, body = http.MethodPost, bytes.NewReader(q.body)
	}
	request, err := http.NewRequestWithContext(ctx, method, q.address.String(), body)
	if err != nil {
		return nil, err
	}
	for name, values := range q.header {
		request.Header[name] = values
	}
	request.Header.Set("User-Agent", "levelfield")
	request.Header.Set("Accept", q.accept)
	if q.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if q.before != nil && q.before.ETag != "" {
		request.Header.Set("If-None-Match", q.before.ETag)
	}
	if q.before != nil && q.before.LastModified != "" {
		request.Header.Set("If-Modified-Since", q.before.LastModified)
	}
	return request, nil
}

// read reads a response.
func (f *fetcher) read(ctx, parent context.Context, q question, response *http.Response) (answer, error) {
	switch code := response.StatusCode; {
	case code == http.StatusOK, code == http.StatusNoContent:
		data, err := f.body(ctx, response)
		if err != nil {
			return answer{}, f.networkError(parent, err)
		}
		found := answer{data: data, header: response.Header}
		if q.sound != nil {
			if err := q.sound(found); err != nil {
				return answer{}, err
			}
		}
		return found, nil
	case code == http.StatusNotModified && q.before != nil:
		return answer{header: response.Header, unchanged: true}, nil
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= http.StatusInternalServerError:
		return answer{}, temporary{fmt.Errorf("the server answered %s", response.Status), max(retryAfter(response.Header), quotaPause(response.Header))}
	}
	return answer{}, q.refused(response)
}

func (f *fetcher) body(ctx context.Context, response *http.Response) ([]byte, error) {
	if response.ContentLength > f.left {
		return nil, tooLarge(f.options.MaxBytes)
	}
	data, err := io.ReadAll(io.LimitReader(cancellable{ctx, response.Body}, f.left+1))
	if err == nil && int64(len(data)) > f.left {
		return nil, tooLarge(f.options.MaxBytes)
	}
	return data, err
}

// networkError makes an error of the network temporary, unless it is the end of the parent context, something we refuse,
// or a certificate that does not hold.
func (f *fetcher) networkError(parent context.Context, err error) error {
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

// aDay is the longest pause that is told: it is longer than any that is kept.
const aDay = 24 * time.Hour

// retryAfter is the pause that a server asks for, in seconds or by a date, which is held against the server's own.
func retryAfter(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 {
		return min(time.Duration(min(seconds, int(aDay/time.Second)))*time.Second, aDay)
	}
	until, err := http.ParseTime(text)
	now, errNow := http.ParseTime(header.Get("Date"))
	if err != nil || errNow != nil {
		return 0
	}
	return max(until.Sub(now), 0)
}

// quotaPause is the time until a used-up quota is given anew: X-RateLimit-Reset, in seconds or milliseconds since 1970,
// held against the server's own date.
func quotaPause(header http.Header) time.Duration {
	now, err := http.ParseTime(header.Get("Date"))
	reset, errReset := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil || errReset != nil || header.Get("X-RateLimit-Remaining") != "0" {
		return 0
	}
	// Seconds reach this number in the year 5138, milliseconds left it behind in 1973.
	const milliseconds = 100_000_000_000
	at := time.Unix(reset, 0)
	if reset > milliseconds {
		at = time.UnixMilli(reset)
	}
	return min(max(at.Sub(now), 0), aDay)
}

// shown is an address without its query, which may hold a key.
func shown(address *url.URL) string {
	return (&url.URL{Scheme: address.Scheme, Host: address.Host, Path: address.Path}).String()
}

// hidden is text of a server without the key, cut to what fits a message.
func (f *fetcher) hidden(text string) string {
	if f.secret != "" {
		text = strings.ReplaceAll(text, f.secret, "…")
	}
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "�")), " ")
	// Three hundred characters hold the reasons that publishers give, and no page.
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:300]) + "…"
	}
	return text
}
