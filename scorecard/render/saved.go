package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"levelfield/scorecard"
)

// saveModel writes a model as JSON that ReadModel reads back.
func saveModel(model scorecard.Model) ([]byte, error) {
	if !safeName.MatchString(model.ID) {
		return nil, fmt.Errorf("save model %q: the id cannot be a file name", model.ID)
	}
	data, err := indented(model)
	if err != nil {
		return nil, fmt.Errorf("save model %s: %w", model.ID, err)
	}
	return data, nil
}

// ReadModel reads a saved model. It refuses a model of another version, an unknown key and anything after the model,
// so that a page is never rendered from half of what was meant. The sign-off of a model that was changed after it was signed
// is void.
func ReadModel(data []byte) (scorecard.Model, error) {
	var model scorecard.Model
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&model); err != nil {
		// Another version may well have other keys: say that rather than name one of them.
		var header struct {
			Version string `json:"version"`
		}
		if json.Unmarshal(data, &header) == nil && header.Version != scorecard.ModelVersion {
			return scorecard.Model{}, wrongVersion(header.Version)
		}
		return scorecard.Model{}, fmt.Errorf("read model: %w", err)
	}
	if model.Version != scorecard.ModelVersion {
		return scorecard.Model{}, wrongVersion(model.Version)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return scorecard.Model{}, errors.New("read model: there is something after the model")
	}
	verified, err := model.Verified()
	if err != nil {
		return scorecard.Model{}, fmt.Errorf("read model: %w", err)
	}
	return verified, nil
}

func wrongVersion(version string) error {
	return fmt.Errorf("read model: it is of version %q, and this program reads version %q", version, scorecard.ModelVersion)
}
