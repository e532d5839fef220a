package source

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// receiveHTTP fetches the file of a dataset of kind http, unless the server says that Options.Previous is still right.
func receiveHTTP(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	address, err := parseAddress(dataset, dataset.Source.URL)
	if err != nil {
		return Received{}, err
	}
	fetch, err := newFetcher(dataset, options, address)
	if err != nil {
		return Received{}, err
	}
	defer fetch.done()
	return fetch.file(ctx, question{
		address: address,
		accept:  "text/csv, text/plain;q=0.9, */*;q=0.5",
		refused: func(response *http.Response) error { return refusedFile(dataset, response) },
	}, fileName(address, dataset.ID))
}

// openHTTP decodes a fetched file; its faults carry its address.
func openHTTP(dataset datasets.Dataset, received Received) (*Table, fault.List) {
	return openFormat(dataset, fetchedName(received), received.Content())
}

// fetchedName is what faults call a fetched file: its address without the query.
func fetchedName(received Received) string {
	if address, err := url.Parse(received.URL); err == nil && address.Host != "" {
		return shown(address)
	}
	return received.Name
}

// file fetches a whole file in one request, conditional when the address and the expected hash still fit what was
// received before.
func (f *fetcher) file(ctx context.Context, q question, name string) (Received, error) {
	before, want := f.options.Previous, f.dataset.Source.SHA256
	if before != nil && before.URL == q.address.String() && (before.ETag != "" || before.LastModified != "") &&
		(want == "" || strings.EqualFold(want, before.SHA256)) {
		q.before = before
	}
	found, err := f.ask(ctx, q)
	if err != nil {
		return Received{}, err
	}
	if found.unchanged {
		received := *before
		received.NotModified = true
		return received, nil
	}
	return Received{
		Name: name, Data: found.data, URL: q.address.String(),
		ETag: found.header.Get("ETag"), LastModified: found.header.Get("Last-Modified"),
	}, nil
}

// refusedFile explains the status of an answer that brings no file.
func refusedFile(dataset datasets.Dataset, response *http.Response) error {
	switch response.StatusCode {
	case http.StatusNotFound, http.StatusGone:
		return fmt.Errorf("the server answered %s: look for the new address on the publisher's page and put it in source.url of %s", response.Status, dataset.File)
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("the server answered %s: only files that anybody may read can be fetched", response.Status)
	}
	return fmt.Errorf("the server answered %s: open the address in a browser to see what it serves", response.Status)
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
