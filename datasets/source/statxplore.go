package source

import (
	"context"
	"encoding/json"
	"net/http"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// statxploreAddress is where Stat-Xplore answers.
const statxploreAddress = "https://stat-xplore.dwp.gov.uk/webapi/rest/v1/"

// statxploreAsked is a query as Stat-Xplore writes it.
type statxploreAsked struct {
	Database   string                      `json:"database"`
	Measures   []string                    `json:"measures"`
	Recodes    map[string]statxploreRecode `json:"recodes,omitempty"`
	Dimensions [][]string                  `json:"dimensions"`
}

// statxploreRecode says which values of a field are wanted.
type statxploreRecode struct {
	Map   [][]string `json:"map"`
	Total bool       `json:"total"`
}

// receiveStatXplore asks Stat-Xplore for a cube: query.dataset is the database, measures and dimensions are its own. The
// key that query.secret names goes along in a header of its own.
func receiveStatXplore(ctx context.Context, dataset datasets.Dataset, options Options) (Received, error) {
	i, err := newInquiry(dataset, options, statxploreAddress)
	if err != nil {
		return Received{}, err
	}
	defer i.done()
	switch {
	case i.query.Dataset == "":
		return Received{}, i.missing("dataset", "such as str:database:CILIF_REL")
	case len(i.query.Measures) == 0:
		return Received{}, i.missing("measures", "such as str:count:CILIF_REL:V_F_CILIF_REL")
	case len(i.query.Dimensions) == 0:
		return Received{}, i.missing("dimensions", "name the fields of areas and dates at least")
	}
	if err := i.key(); err != nil {
		return Received{}, err
	}
	body, err := json.Marshal(statxploreQuery(i.query))
	if err != nil {
		return Received{}, err
	}
	q := i.question(i.at(nil, "table"), "application/json", func(found answer) error {
		var cube struct {
			Cubes  map[string]json.RawMessage `json:"cubes"`
			Fields []json.RawMessage          `json:"fields"`
		}
		err := i.decode(found.data, &cube)
		if err == nil && (len(cube.Cubes) == 0 || len(cube.Fields) == 0) {
			return refusal("no cube came back: " + i.hidden(reason(found.data)) + ": correct source.query of " + dataset.File)
		}
		return err
	})
	q.body = body
	// The header is written as Stat-Xplore documents it, which net/http would write Apikey.
	q.header = http.Header{"APIKey": {i.secret}}
	found, err := i.ask(ctx, q)
	if err != nil {
		return Received{}, err
	}
	return i.received(q.address, ".json", found.data), nil
}

// statxploreQuery writes the query.
func statxploreQuery(query datasets.Query) statxploreAsked {
	asked := statxploreAsked{Database: query.Dataset, Measures: query.Measures, Recodes: map[string]statxploreRecode{}}
	for _, dimension := range query.Dimensions {
		asked.Dimensions = append(asked.Dimensions, []string{dimension.Field})
		if len(dimension.Values) == 0 {
			continue
		}
		recode := statxploreRecode{Total: dimension.Total}
		for _, value := range dimension.Values {
			recode.Map = append(recode.Map, []string{value})
		}
		asked.Recodes[dimension.Field] = recode
	}
	return asked
}

// openFetchedJSON decodes the cube that Stat-Xplore gave; its faults carry the address.
func openFetchedJSON(dataset datasets.Dataset, received Received) (*Table, fault.List) {
	return openJSON(dataset, fetchedName(received), received.Data)
}
