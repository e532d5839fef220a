package source

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

const (
	// onsAddress is where the beta interface of the ONS answers; onsTopics where Explore Local Statistics keeps a file
	// for each of its topics.
	onsAddress = "https://api.beta.ons.gov.uk/v1/"
	onsTopics  = "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-data/main/"
)

// receiveONS asks the ONS for the file of a topic of Explore Local Statistics (endpoint topic), for the CSV of a dataset
// of its beta interface (csv), or for those of its observations that the parameters select (observations: every
// dimension named, one may be *).
func receiveONS(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	place := fault.At(dataset.File, 0, 0)
	address := onsAddress
	if dataset.Source.Query != nil && cmp.Or(dataset.Source.Query.Endpoint, "topic") == "topic" {
		address = onsTopics
	}
	i, err := newInquiry(dataset, options, address)
	if err != nil {
		return Received{}, err
	}
	defer i.done()
	if err := i.part("dataset", i.query.Dataset); err != nil {
		return Received{}, err
	}
	switch i.query.Endpoint {
	case "", "topic":
		return i.file(ctx, i.question(i.at(nil, i.query.Dataset, i.query.Dataset+".csv"), "text/csv", i.soundTable), dataset.ID+".csv")
	case "csv":
		return i.onsFile(ctx)
	case "observations":
		return i.onsObservations(ctx)
	}
	return Received{}, fault.List{place.Errorf("source.query.endpoint", "is %q", i.query.Endpoint).Hint("use topic, csv or observations")}
}

// soundTable holds an answer to being a whole CSV with rows.
func (i *inquiry) soundTable(found answer) error {
	if err := i.soundCSV(found); err != nil {
		return err
	}
	one, err := readPage(found.data)
	if err == nil && one.rows == 0 {
		return errors.New("no figures came back: correct source.query of " + i.dataset.File)
	}
	return err
}

// onsLink is an address that an answer names.
type onsLink struct {
	Href string `json:"href"`
}

// onsVersion is one version of a dataset.
type onsVersion struct {
	State     string             `json:"state"`
	Downloads map[string]onsLink `json:"downloads"`
	Links     map[string]onsLink `json:"links"`
}

// onsFile fetches the CSV of a version, which lies at a host of its own.
func (i *inquiry) onsFile(ctx context.Context) (Received, error) {
	address, err := i.onsVersion(ctx)
	if err != nil {
		return Received{}, err
	}
	var version onsVersion
	if err := i.getJSON(ctx, address, &version); err != nil {
		return Received{}, err
	}
	link, found := version.Downloads["csv"]
	if !found || link.Href == "" {
		return Received{}, fmt.Errorf("fetch %s: the version offers no CSV: name another in source.query.version", shown(address))
	}
	file, err := i.follow(link.Href)
	if err != nil {
		return Received{}, err
	}
	return i.file(ctx, i.question(file, "text/csv", i.soundTable), i.dataset.ID+".csv")
}

// onsVersion is the address of the version that the query names, or of the newest.
func (i *inquiry) onsVersion(ctx context.Context) (*url.URL, error) {
	if i.query.Version == "" && i.query.Edition == "" {
		var about onsVersion
		address := i.at(nil, "datasets", i.query.Dataset)
		if err := i.getJSON(ctx, address, &about); err != nil {
			return nil, err
		}
		latest := about.Links["latest_version"].Href
		if latest == "" {
			return nil, fmt.Errorf("fetch %s: the dataset names no latest version: name edition and version in source.query of %s", shown(address), i.dataset.File)
		}
		return i.follow(latest)
	}
	if err := i.part("edition", i.query.Edition); err != nil {
		return nil, err
	}
	if err := i.part("version", i.query.Version); err != nil {
		return nil, err
	}
	return i.at(nil, "datasets", i.query.Dataset, "editions", i.query.Edition, "versions", i.query.Version), nil
}

// follow is an address that an answer names, which must be one of the publisher's own.
func (i *inquiry) follow(text string) (*url.URL, error) {
	address, err := i.base.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: it names an address that is none, %q", shown(i.base), i.hidden(text))
	}
	_, domain, _ := strings.Cut(onsHost, ".")
	own := sameHost(i.base, address) || i.base.Hostname() == onsHost && strings.HasSuffix(address.Hostname(), "."+domain) && address.Port() == ""
	if !own || address.Scheme != i.base.Scheme || address.User != nil {
		return nil, fmt.Errorf("fetch %s: it names an address that is not the publisher's, %s", shown(i.base), shown(address))
	}
	return address, nil
}

// onsHost is the host of onsAddress; files lie at other hosts of its domain.
const onsHost = "api.beta.ons.gov.uk"

// onsAnswer is what selected observations come as. Dimensions that were named stand once, above; the one that was * stands
// with each observation.
type onsAnswer struct {
	Dimensions map[string]struct {
		Option onsOption `json:"option"`
	} `json:"dimensions"`
	Observations []struct {
		Dimensions  map[string]onsOption `json:"dimensions"`
		Metadata    map[string]scalar    `json:"metadata"`
		Observation scalar               `json:"observation"`
	} `json:"observations"`
	Total int `json:"total_observations"`
}

// onsOption is a place on a dimension.
type onsOption struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// onsObservations asks for observations and writes them as a table.
func (i *inquiry) onsObservations(ctx context.Context) (Received, error) {
	version, err := i.onsVersion(ctx)
	if err != nil {
		return Received{}, err
	}
	values := url.Values{}
	for name, value := range i.query.Parameters {
		values.Set(name, value)
	}
	address := version.JoinPath("observations")
	address.RawQuery = values.Encode()
	var found onsAnswer
	if err := i.getJSON(ctx, address, &found); err != nil {
		return Received{}, err
	}
	switch got := len(found.Observations); {
	case got == 0:
		return Received{}, fmt.Errorf("fetch %s: no figures came back: correct source.query.parameters of %s", shown(address), i.dataset.File)
	case got != found.Total:
		return Received{}, fmt.Errorf("fetch %s: %d observations came of %d: ask for fewer, at most 10,000 come at once", shown(address), got, found.Total)
	}
	data, err := found.write()
	return i.received(address, ".csv", data), err
}

// write writes a row for each observation: every dimension by id and label, the metadata, and the observation.
func (a onsAnswer) write() ([]byte, error) {
	var varying, metadata []string
	for _, one := range a.Observations {
		varying = append(varying, sortedKeys(one.Dimensions)...)
		metadata = append(metadata, sortedKeys(one.Metadata)...)
	}
	names := append(sortedKeys(a.Dimensions), varying...)
	slices.Sort(names)
	slices.Sort(metadata)
	names, metadata = slices.Compact(names), slices.Compact(metadata)
	var record []string
	for _, name := range names {
		record = append(record, name, name+" label")
	}
	record = append(append(record, metadata...), "observation")
	var text bytes.Buffer
	writer := csv.NewWriter(&text)
	if err := writer.Write(record); err != nil {
		return nil, err
	}
	for _, one := range a.Observations {
		var row []string
		for _, name := range names {
			option, own := one.Dimensions[name]
			if !own {
				option = a.Dimensions[name].Option
			}
			row = append(row, option.ID, option.Label)
		}
		for _, name := range metadata {
			row = append(row, string(one.Metadata[name]))
		}
		if err := writer.Write(append(row, string(one.Observation))); err != nil {
			return nil, err
		}
	}
	writer.Flush()
	return text.Bytes(), writer.Error()
}
