package source

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// fingertipsAddress is where Fingertips answers.
const fingertipsAddress = "https://fingertips.phe.org.uk/api/"

// fingertipsIndicators is how many indicators one request may name.
const fingertipsIndicators = 100

// receiveFingertips asks Fingertips for the CSV of indicators, of a profile or of a group, as it offers them for
// download: query.indicators, or profile_id or group_id among query.parameters, with child_area_type_id and
// parent_area_type_id.
func receiveFingertips(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	i, err := newInquiry(dataset, options, fingertipsAddress)
	if err != nil {
		return Received{}, err
	}
	defer i.done()
	addresses, err := i.fingertipsAddresses()
	if err != nil {
		return Received{}, err
	}
	if len(addresses) == 1 {
		return i.file(ctx, i.question(addresses[0], "text/csv", i.soundFingertips), dataset.ID+".csv")
	}
	var whole pages
	for _, address := range addresses {
		var one page
		_, err := i.get(ctx, address, "text/csv", func(found answer) error {
			err := i.soundFingertips(found)
			if err == nil {
				one, err = readPage(found.data)
			}
			return err
		})
		if err == nil {
			err = whole.add(one)
		}
		if err != nil {
			return Received{}, err
		}
	}
	return i.received(addresses[0], ".csv", whole.data), nil
}

// fingertipsAddresses are the requests that together bring every indicator.
func (i *inquiry) fingertipsAddresses() ([]*url.URL, error) {
	values := url.Values{}
	for name, value := range i.query.Parameters {
		values.Set(name, value)
	}
	for _, needed := range []string{"child_area_type_id", "parent_area_type_id"} {
		if values.Get(needed) == "" {
			return nil, i.missing("parameters."+needed, "such as 502 (county and unitary authority from April 2023) below 6 (region)")
		}
	}
	way := "by_indicator_id"
	switch {
	case len(i.query.Indicators) > 0:
	case values.Has("group_id"):
		way = "by_group_id"
	case values.Has("profile_id"):
		way = "by_profile_id"
	default:
		return nil, i.missing("indicators", "name the ids of indicators, or a profile_id or group_id among the parameters")
	}
	if way != "by_indicator_id" {
		return []*url.URL{i.at(values, "all_data", "csv", way)}, nil
	}
	var addresses []*url.URL
	for ids := range slices.Chunk(i.query.Indicators, fingertipsIndicators) {
		values.Set("indicator_ids", strings.Join(ids, ","))
		addresses = append(addresses, i.at(values, "all_data", "csv", way))
	}
	return addresses, nil
}

// soundFingertips tells the answers apart that bring no figures: an area type that has been retired gives the headings
// alone.
func (i *inquiry) soundFingertips(found answer) error {
	if err := i.soundCSV(found); err != nil {
		return err
	}
	one, err := readPage(found.data)
	if err != nil {
		return err
	}
	if one.rows == 0 {
		return errors.New("no figures came back: look whether the indicators are published for child_area_type_id, which is retired with its boundaries")
	}
	return nil
}

// openFetchedCSV decodes the CSV that an interface gave; its faults carry the address.
func openFetchedCSV(dataset datasets.Dataset, received Received) (*Table, fault.List) {
	return openDelimited(dataset, fetchedName(received), received.Content())
}
