package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

const (
	// eesAddress is where Explore Education Statistics answers.
	eesAddress = "https://api.education.gov.uk/statistics/v1/"
	// eesPage is how many results a page has: the documented example. Larger ones are slower and fail more often.
	eesPage = 1000
)

// receiveEES asks Explore Education Statistics for a data set (query.dataset): the whole of it as CSV, or with endpoint
// query what periods, areas, filters and indicators select. Filters, options and indicators are named by their labels:
// their ids differ from data set to data set and from version to version.
func receiveEES(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	i, err := newInquiry(dataset, options, eesAddress)
	if err != nil {
		return Received{}, err
	}
	defer i.done()
	if err := i.part("dataset", i.query.Dataset); err != nil {
		return Received{}, err
	}
	values := url.Values{}
	if i.query.Version != "" {
		values.Set("dataSetVersion", i.query.Version)
	}
	switch i.query.Endpoint {
	case "", "csv":
		return i.eesFile(ctx, i.at(values, "data-sets", i.query.Dataset, "csv"))
	case "query":
		return i.eesQuery(ctx, values)
	}
	f := fault.At(dataset.File, 0, 0).Errorf("source.query.endpoint", "is %q", i.query.Endpoint)
	return Received{}, fault.List{f.Hint("use csv or query")}
}

// eesFile fetches the whole data set, which comes compressed whether or not that is asked for.
func (i *inquiry) eesFile(ctx context.Context, address *url.URL) (Received, error) {
	received, err := i.file(ctx, i.question(address, "text/csv", func(found answer) error {
		if isGzip(found.data) {
			return nil
		}
		return i.soundCSV(found)
	}), i.dataset.ID+".csv")
	if err != nil || received.NotModified || !isGzip(received.Data) {
		return received, err
	}
	reader, err := gzip.NewReader(bytes.NewReader(received.Data))
	if err == nil {
		received.Data, err = readAll(ctx, reader, i.options.MaxBytes)
	}
	if err != nil {
		return Received{}, fmt.Errorf("fetch %s: decompress: %w", shown(address), err)
	}
	return received, nil
}

func isGzip(data []byte) bool { return bytes.HasPrefix(data, []byte("\x1F\x8B")) }

// eesAnswer is one page of results.
type eesAnswer struct {
	Paging struct {
		Page         int `json:"page"`
		TotalResults int `json:"totalResults"`
		TotalPages   int `json:"totalPages"`
	} `json:"paging"`
	Warnings []json.RawMessage `json:"warnings"`
	Results  []eesResult       `json:"results"`
}

// eesResult is one row of a data set, all in ids.
type eesResult struct {
	TimePeriod struct {
		Code   string `json:"code"`
		Period string `json:"period"`
	} `json:"timePeriod"`
	GeographicLevel string            `json:"geographicLevel"`
	Locations       map[string]string `json:"locations"`
	Filters         map[string]string `json:"filters"`
	Values          map[string]scalar `json:"values"`
}

// eesQuery posts the query, page after page, and writes the results with labels in place of ids.
func (i *inquiry) eesQuery(ctx context.Context, values url.Values) (Received, error) {
	var about eesMeta
	if err := i.getJSON(ctx, i.at(values, "data-sets", i.query.Dataset, "meta"), &about); err != nil {
		return Received{}, err
	}
	asked, err := about.ask(i.dataset, i.query)
	if err != nil {
		return Received{}, err
	}
	address := i.at(values, "data-sets", i.query.Dataset, "query")
	var results []eesResult
	for page, pages, total := 1, 1, -1; page <= pages; page++ {
		asked.Page, asked.PageSize = page, eesPage
		found, err := i.eesPost(ctx, address, asked)
		if err != nil {
			return Received{}, err
		}
		if total >= 0 && found.Paging.TotalResults != total {
			return Received{}, fmt.Errorf("the query had %d results and now has %d: the publisher changed the data set meanwhile: try again", total, found.Paging.TotalResults)
		}
		pages, total = found.Paging.TotalPages, found.Paging.TotalResults
		if results = append(results, found.Results...); len(results) > total || len(found.Results) == 0 || page >= pages && len(results) < total {
			return Received{}, fmt.Errorf("%d results came where totalResults says %d: try again, and tell the publisher if it stays", len(results), total)
		}
	}
	data, err := about.write(asked.Indicators, results)
	return i.received(address, ".csv", data), err
}

// eesPost asks for one page. A query that finds nothing is an error: its warnings say why.
func (i *inquiry) eesPost(ctx context.Context, address *url.URL, asked eesAsked) (eesAnswer, error) {
	body, err := json.Marshal(asked)
	if err != nil {
		return eesAnswer{}, err
	}
	var found eesAnswer
	q := i.question(address, "application/json", func(a answer) error {
		found = eesAnswer{}
		if err := i.decode(a.data, &found); err != nil || len(found.Results) > 0 || found.Paging.TotalResults > 0 {
			return err
		}
		var words []string
		for _, warning := range found.Warnings {
			collectReason(warning, &words)
		}
		return errors.New("no figures came back: " + i.hidden(strings.Join(append(words, "correct source.query of "+i.dataset.File), ": ")))
	})
	q.body = body
	_, err = i.ask(ctx, q)
	return found, err
}

// eesAsked is the body of a query.
type eesAsked struct {
	Criteria   *eesCriteria `json:"criteria,omitempty"`
	Indicators []string     `json:"indicators"`
	Page       int          `json:"page"`
	PageSize   int          `json:"pageSize"`
}

// eesCriteria are conditions that all hold.
type eesCriteria struct {
	And []map[string]map[string]any `json:"and"`
}

// ask turns labels into ids. Every label that the data set does not have is a fault with those that it has.
func (m eesMeta) ask(dataset datasets.Dataset, query datasets.Query) (eesAsked, error) {
	place := fault.At(dataset.File, 0, 0)
	var faults fault.List
	asked := eesAsked{}
	for n, wanted := range query.Indicators {
		id, found := resolve(m.Indicators, wanted)
		if !found {
			f := place.Errorf("source.query.indicators["+strconv.Itoa(n)+"]", "the data set has no indicator %q", wanted)
			faults.Add(f.Hint("it has: %s", some(m.Indicators)))
		}
		asked.Indicators = append(asked.Indicators, id)
	}
	if len(query.Indicators) == 0 {
		for _, one := range m.Indicators {
			asked.Indicators = append(asked.Indicators, one.ID)
		}
	}
	var all []map[string]map[string]any
	for _, condition := range []func() (map[string]map[string]any, fault.List){
		func() (map[string]map[string]any, fault.List) { return askPeriods(place, query.Periods) },
		func() (map[string]map[string]any, fault.List) { return askAreas(place, query.Areas) },
	} {
		one, found := condition()
		faults.Add(found...)
		if one != nil {
			all = append(all, one)
		}
	}
	for _, name := range sortedKeys(query.Filters) {
		one, found := m.askFilter(place, name, query.Filters[name])
		faults.Add(found...)
		all = append(all, one)
	}
	if len(all) > 0 {
		asked.Criteria = &eesCriteria{And: all}
	}
	return asked, faults.Err()
}

func askPeriods(place fault.Place, periods []string) (map[string]map[string]any, fault.List) {
	var list []map[string]string
	var faults fault.List
	for n, text := range periods {
		words := strings.Fields(text)
		if len(words) != 2 {
			f := place.Errorf("source.query.periods["+strconv.Itoa(n)+"]", "%q is not a period and a code", text)
			faults.Add(f.Hint(`write "2022/2023 AY"`))
			continue
		}
		list = append(list, map[string]string{"period": words[0], "code": words[1]})
	}
	if list == nil {
		return nil, faults
	}
	return map[string]map[string]any{"timePeriods": {"in": list}}, faults
}

func askAreas(place fault.Place, areas []string) (map[string]map[string]any, fault.List) {
	var list []map[string]string
	var faults fault.List
	for n, text := range areas {
		words := strings.Fields(text)
		if len(words) != 2 {
			f := place.Errorf("source.query.areas["+strconv.Itoa(n)+"]", "%q is not a level and a code", text)
			faults.Add(f.Hint(`write "LA E06000034" or "NAT E92000001"`))
			continue
		}
		list = append(list, map[string]string{"level": words[0], "code": words[1]})
	}
	if list == nil {
		return nil, faults
	}
	return map[string]map[string]any{"locations": {"in": list}}, faults
}

func (m eesMeta) askFilter(place fault.Place, name string, options []string) (map[string]map[string]any, fault.List) {
	path := "source.query.filters." + name
	at := slices.IndexFunc(m.Filters, func(f eesFilter) bool { return f.is(name) })
	if at < 0 {
		var present []eesItem
		for _, filter := range m.Filters {
			present = append(present, filter.eesItem)
		}
		return nil, fault.List{place.Errorf(path, "the data set has no filter %q", name).Hint("it has: %s", some(present))}
	}
	var ids []string
	var faults fault.List
	for _, option := range options {
		id, found := resolve(m.Filters[at].Options, option)
		if !found {
			faults.Add(place.Errorf(path, "the filter has no option %q", option).Hint("it has: %s", some(m.Filters[at].Options)))
		}
		ids = append(ids, id)
	}
	return map[string]map[string]any{"filters": {"in": ids}}, faults
}
