package source

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// nomisAddress is where Nomis answers.
const nomisAddress = "https://www.nomisweb.co.uk/api/v01/dataset/"

// receiveNomis asks Nomis for a table (query.dataset) by its parameters, page after page: a guest is given 25,000 rows a
// page, and RECORD_COUNT says how many there are. With query.secret the key goes along as uid.
func receiveNomis(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	i, err := newInquiry(dataset, options, nomisAddress)
	if err != nil {
		return Received{}, err
	}
	defer i.done()
	if err := i.part("dataset", i.query.Dataset); err != nil {
		return Received{}, err
	}
	values, err := i.nomisParameters()
	if err != nil {
		return Received{}, err
	}
	file := i.query.Dataset + ".data.csv"
	address := i.at(values, file)
	if i.secret != "" {
		values.Set("uid", i.secret)
	}
	var whole pages
	for total := -1; total != whole.rows; {
		if whole.rows > 0 {
			values.Set("recordoffset", strconv.Itoa(whole.rows))
		}
		one, records, err := i.nomisPage(ctx, i.at(values, file), whole.rows)
		if err == nil && total >= 0 && records != total {
			err = fmt.Errorf("the table had %d rows and now has %d: the publisher changed it meanwhile: try again", total, records)
		}
		if err == nil {
			err = whole.add(one)
		}
		if err == nil && whole.rows > records {
			err = fmt.Errorf("%d rows came where RECORD_COUNT says %d: try again, and tell the publisher if it stays", whole.rows, records)
		}
		if err != nil {
			return Received{}, err
		}
		total = records
	}
	return i.received(address, ".csv", whole.data), nil
}

// nomisParameters are the query's, with the column that paging needs.
func (i *inquiry) nomisParameters() (url.Values, error) {
	values := url.Values{}
	for name, value := range i.query.Parameters {
		if name == "uid" {
			f := fault.At(i.dataset.File, 0, 0).Errorf("source.query.parameters.uid", "is a key in a file that others read")
			return nil, fault.List{f.Hint("put it into an environment variable and name that in source.query.secret")}
		}
		values.Set(name, value)
	}
	if values.Get("geography") == "" {
		return nil, i.missing("parameters.geography", "such as E06000034,E92000001, or TYPE424 for every area of a type")
	}
	if chosen := values.Get("select"); chosen != "" && !strings.Contains(strings.ToLower(chosen), "record_count") {
		values.Set("select", chosen+",record_count")
	}
	if i.query.Secret == "" {
		return values, nil
	}
	return values, i.key()
}

// nomisPage is the page that begins after so many rows, and how many rows the table has.
func (i *inquiry) nomisPage(ctx context.Context, address *url.URL, after int) (one page, records int, err error) {
	_, err = i.get(ctx, address, "text/csv", func(found answer) error {
		if err := i.soundCSV(found); err != nil {
			return err
		}
		if one, err = readPage(found.data); err != nil {
			return err
		}
		records, err = i.nomisCount(one, after, string(found.data))
		return err
	})
	return one, records, err
}

// nomisCount reads how many rows the table has. Nomis answers with success whatever happened: with nothing where nothing
// fits, and with a sentence where it does not understand.
func (i *inquiry) nomisCount(one page, after int, text string) (int, error) {
	if one.rows == 0 {
		if after > 0 {
			return 0, temporary{cause: fmt.Errorf("the rows end at %d, before RECORD_COUNT is reached", after)}
		}
		if len(one.headings) > 1 || strings.TrimSpace(text) == "" {
			return 0, errors.New("no figures came back: correct the parameters, which no figure fits together")
		}
		return 0, fmt.Errorf("no table came back: %s: correct the parameters", i.hidden(text))
	}
	count, given := one.cellOf("RECORD_COUNT")
	if !given {
		return 0, fmt.Errorf("the table has no RECORD_COUNT, so that nobody knows whether it is whole; it begins %s", i.hidden(strings.Join(one.headings, ",")))
	}
	records, err := strconv.Atoi(count)
	if err != nil {
		return 0, temporary{cause: fmt.Errorf("RECORD_COUNT is %q", i.hidden(count))}
	}
	return records, nil
}
