package source

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// networked are the kinds that fetch.
var networked = []string{"http", "ees", "fingertips", "nomis", "ons", "statxplore"}

// Networked says whether a kind of source fetches over the network.
func Networked(kind string) bool { return slices.Contains(networked, kind) }

// inquiry is a query put to the interface of a publisher.
type inquiry struct {
	*fetcher
	query datasets.Query
	// base is the address below which the interface answers; own is the publisher's public one.
	base *url.URL
	own  string
}

// newInquiry prepares the query of a dataset to the publisher's address, unless the definition gives another. done must
// be called.
func newInquiry(dataset datasets.Dataset, options Options, address string) (*inquiry, error) {
	if dataset.Source.Query == nil {
		f := fault.At(dataset.File, 0, 0).Errorf("source.query", "is missing")
		return nil, fault.List{f.Hint("say what to ask for: the fields are described in the schema")}
	}
	base, err := parseAddress(dataset, cmp.Or(dataset.Source.URL, address))
	if err != nil {
		return nil, err
	}
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	fetch, err := newFetcher(dataset, options, base)
	if err != nil {
		return nil, err
	}
	return &inquiry{fetcher: fetch, query: *dataset.Source.Query, base: base, own: address}, nil
}

// missing is the fault of a query that leaves out what its kind needs.
func (i *inquiry) missing(field, hint string) error {
	f := fault.At(i.dataset.File, 0, 0).Errorf("source.query."+field, "is missing")
	return fault.List{f.Hint("%s", hint)}
}

// key is the key that the query's secret names; an error says which environment variable lacks it. It goes to the
// publisher alone: a definition is data, and must not be able to send a key elsewhere, or in the clear.
func (i *inquiry) key() error {
	public, err := url.Parse(i.own)
	if err != nil || (i.base.Scheme != "https" || !sameHost(public, i.base)) && !i.options.AllowLoopback {
		f := fault.At(i.dataset.File, 0, 0).Errorf("source.url", "is not the publisher's, to whom alone a key is sent")
		return fault.List{f.Hint("leave it out, and %s is asked", i.own)}
	}
	if i.query.Secret == "" || i.options.Secrets == nil {
		return i.missing("secret", "name the environment variable that holds the key")
	}
	i.secret = strings.TrimSpace(i.options.Secrets(i.query.Secret))
	if i.secret == "" || strings.ContainsFunc(i.secret, func(r rune) bool { return r <= ' ' || r > '~' }) {
		i.secret = ""
		return fmt.Errorf("%s holds no key: put the key for %s into that environment variable", i.query.Secret, i.base.Hostname())
	}
	return nil
}

// at is an address of the interface: parts below the base, each escaped, and parameters.
func (i *inquiry) at(parameters url.Values, parts ...string) *url.URL {
	address := i.base.JoinPath(parts...)
	address.RawQuery = parameters.Encode()
	return address
}

// part faults a text that is to stand in an address and would lead elsewhere.
func (i *inquiry) part(field, text string) error {
	if text == "" {
		return i.missing(field, "the publisher's page of the table shows it")
	}
	if strings.ContainsAny(text, "/\\?#%") || text == "." || text == ".." {
		f := fault.At(i.dataset.File, 0, 0).Errorf("source.query."+field, "%q is no name of the publisher's", text)
		return fault.List{f.Hint("write the id alone, without an address")}
	}
	return nil
}

// get asks for an address.
func (i *inquiry) get(ctx context.Context, address *url.URL, accept string, sound func(answer) error) (answer, error) {
	return i.ask(ctx, i.question(address, accept, sound))
}

func (i *inquiry) question(address *url.URL, accept string, sound func(answer) error) question {
	return question{address: address, accept: accept, refused: i.refused, sound: sound}
}

// getJSON asks for a document and decodes it.
func (i *inquiry) getJSON(ctx context.Context, address *url.URL, document any) error {
	_, err := i.get(ctx, address, "application/json", func(found answer) error { return i.decode(found.data, document) })
	return err
}

// decode decodes a document that came with the status of success. Half a document and a page in its place are asked for
// again: that is how a gateway in front of the publisher fails.
func (i *inquiry) decode(data []byte, document any) error {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	var failed struct {
		Error json.RawMessage `json:"error"`
	}
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return temporary{cause: errors.New("the answer is empty")}
	case !json.Valid(data):
		return temporary{cause: errors.New("the answer is not whole JSON")}
	case data[0] == '{' && json.Unmarshal(data, &failed) == nil && len(failed.Error) > 0 && !bytes.Equal(failed.Error, []byte("null")):
		return fmt.Errorf("the publisher answered with an error: %s", i.hidden(reason(data)))
	}
	if err := json.Unmarshal(data, document); err != nil {
		return fmt.Errorf("the answer has another shape than documented: %w", err)
	}
	return nil
}

// soundCSV holds an answer to being delimited text: a JSON error or a web page can come in its place.
func (i *inquiry) soundCSV(found answer) error {
	text := bytes.TrimSpace(bytes.TrimPrefix(found.data, []byte(byteOrderMark)))
	switch {
	case len(text) > 0 && text[0] == '{':
		return fmt.Errorf("the publisher answered with an error: %s", i.hidden(reason(text)))
	case len(text) > 0 && text[0] == '<':
		return temporary{cause: errors.New("a web page came in place of the figures")}
	}
	return nil
}

// refused explains an answer whose status is no success, in the publisher's own words where it gives some.
func (i *inquiry) refused(response *http.Response) error {
	// Reasons are short; what follows 64 KiB is none. A body that breaks off gives what there is.
	data, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	words := i.hidden(reason(data))
	if err != nil || words == "" {
		words = "no reason is given"
	}
	advice := "correct source.query of " + i.dataset.File
	if code := response.StatusCode; code == http.StatusUnauthorized || code == http.StatusForbidden {
		advice = "only figures that anybody may read can be fetched"
		if i.query.Secret != "" {
			advice = "look whether the key in " + i.query.Secret + " is right"
		}
	}
	return fmt.Errorf("the server answered %s: %s: %s", response.Status, words, advice)
}

// reason is what an answer says of an error: problem details (RFC 9457) with their list of errors, an error or message
// in JSON, or plain text; "" for a page.
func reason(data []byte) string {
	data = bytes.TrimSpace(data)
	if !json.Valid(data) {
		if len(data) > 0 && data[0] != '<' && data[0] != '{' {
			return string(data)
		}
		return ""
	}
	var words []string
	collectReason(data, &words)
	return strings.Join(words, ": ")
}

// problem is every form in which the publishers write an error.
type problem struct {
	Title   string          `json:"title"`
	Message string          `json:"message"`
	Code    any             `json:"code"`
	Path    string          `json:"path"`
	Detail  json.RawMessage `json:"detail"`
	Error   json.RawMessage `json:"error"`
	Errors  json.RawMessage `json:"errors"`
	Details json.RawMessage `json:"details"`
}

// collectReason adds the words of one JSON value and of those inside it.
func collectReason(data []byte, words *[]string) {
	var text string
	var list []json.RawMessage
	var found problem
	switch {
	case len(data) == 0:
	case json.Unmarshal(data, &text) == nil:
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(*words, text) {
			*words = append(*words, text)
		}
	case json.Unmarshal(data, &list) == nil:
		for _, one := range list {
			collectReason(one, words)
		}
	case json.Unmarshal(data, &found) == nil:
		for _, one := range []string{found.Title, found.Message, found.Path} {
			if one != "" && !slices.Contains(*words, one) {
				*words = append(*words, one)
			}
		}
		for _, inner := range []json.RawMessage{found.Error, found.Errors, found.Details, found.Detail} {
			collectReason(inner, words)
		}
	}
}

// received is what an inquiry came to; the address stands for all of its pages.
func (i *inquiry) received(address *url.URL, ending string, data []byte) Received {
	return Received{Name: path.Base(i.dataset.ID) + ending, Data: data, URL: address.String()}
}
