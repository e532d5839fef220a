package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/archive"
	"levelfield/engine/fault"
)

// vintage is one release of a dataset: how it is described and where its file is.
type vintage struct {
	dataset datasets.Dataset
	// earlier says that the project itself holds the file, beside that of the current release.
	earlier bool
	// kept is the snapshot of the archive that holds the file, nil where the project does.
	kept *archive.Snapshot
}

// The names of what a snapshot holds beside the file as received: its typed rows, and how it was read.
const (
	typedName       = "typed.parquet"
	descriptionName = "dataset.json"
)

// openArchive opens the archive of earlier runs, where there is one.
func (i *importer) openArchive() (err error) {
	if i.options.State == "" {
		return nil
	}
	if _, missing := os.Stat(i.options.State); missing != nil {
		return nil
	}
	i.kept, err = archive.Open(i.options.State)
	return err
}

// choose replaces each dataset of the project by the release that counts, today or on the day asOf, and says of which none
// does. The warnings are of releases in the archive that cannot be read.
func (i *importer) choose(asOf string) (withheld map[string]string, warnings fault.List, err error) {
	i.releases, withheld = map[string][]vintage{}, map[string]string{}
	var counted []datasets.Dataset
	for _, dataset := range i.project.Datasets.Datasets {
		found, unread, err := i.vintages(dataset)
		if err != nil {
			return nil, nil, err
		}
		warnings.Add(unread...)
		releases := counting(found, asOf)
		if len(releases) == 0 {
			withheld[dataset.ID] = "no release of it that is held was published by " + asOf
			continue
		}
		i.releases[dataset.ID] = releases
		counted = append(counted, releases[0].dataset)
	}
	i.project.Datasets = i.project.Datasets.With(counted...)
	return withheld, warnings, nil
}

// vintages are all releases of a dataset that the project and the archive hold, the newest first. Of several of one day
// the project's own comes first, then the one that the archive received last.
func (i *importer) vintages(dataset datasets.Dataset) (found []vintage, unread fault.List, err error) {
	found = []vintage{{dataset: dataset}}
	for _, before := range dataset.Before() {
		found = append(found, vintage{dataset: before, earlier: true})
	}
	if i.kept != nil {
		snapshots, err := i.kept.List(dataset.ID)
		if err != nil {
			return nil, nil, err
		}
		for _, snapshot := range slices.Backward(snapshots) {
			one, faults, err := i.archived(dataset, snapshot)
			if err != nil {
				return nil, nil, err
			}
			if unread.Add(faults...); len(faults) == 0 {
				found = append(found, one)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b vintage) int { return cmp.Compare(b.dataset.Released, a.dataset.Released) })
	return found, unread, nil
}

// archived is the vintage of a snapshot: as the description that was kept with it says, or as the dataset is described
// now, where an older archive kept none.
func (i *importer) archived(dataset datasets.Dataset, snapshot archive.Snapshot) (vintage, fault.List, error) {
	one := vintage{dataset: dataset, kept: &snapshot}
	place := path.Join("snapshots", dataset.ID, snapshotID(snapshot.SHA256))
	text, err := i.kept.Read(dataset.ID, snapshot.SHA256, descriptionName)
	switch {
	case err == nil:
		read, faults := datasets.Read(path.Join(place, descriptionName), text)
		if len(faults.Errors()) > 0 {
			f := faults.Errors()[0]
			f.Severity, f.Message = fault.Warning, "a release that the archive holds is left out, since its description is not understood: "+f.Message
			return one, fault.List{f}, nil
		}
		one.dataset, one.dataset.ID, one.dataset.File = read, dataset.ID, dataset.File
	case !errors.Is(err, archive.ErrNone):
		return one, nil, err
	}
	one.dataset.Folder, one.dataset.Earlier = place, nil
	one.dataset.Released, one.dataset.Release = cmp.Or(snapshot.Released, one.dataset.Released), cmp.Or(snapshot.Release, one.dataset.Release)
	return one, nil, nil
}

// counting are the releases that count, the one that figures are taken from first. Today they are the project's own and
// those that somebody has imported, of which the newest is taken, and then, where none of these can be read, what runs have
// left in the archive; on a day they are all those published by then.
func counting(found []vintage, asOf string) []vintage {
	var releases, left []vintage
	for _, one := range found {
		switch {
		case asOf != "" && one.dataset.Released > asOf:
		case asOf == "" && one.kept != nil && !one.kept.Imported:
			left = append(left, one)
		default:
			releases = append(releases, one)
		}
	}
	return append(releases, left...)
}

// receiveVintage obtains the file of a release.
func (i *importer) receiveVintage(ctx context.Context, one vintage) (source.Received, error) {
	if one.kept == nil {
		return i.receive(ctx, one.dataset)
	}
	file, err := os.Open(one.kept.Path(one.kept.File))
	if err != nil {
		return source.Received{}, fmt.Errorf("open a release of %s that the archive holds: %w", one.dataset.ID, err)
	}
	received, err := source.Kept(ctx, file, one.kept.File)
	if err != nil {
		return source.Received{}, err
	}
	if received.SHA256 != one.kept.SHA256 {
		return source.Received{}, errors.Join(fmt.Errorf("the archive's release of %s in %s: %w", one.dataset.ID, one.dataset.Folder, archive.ErrCorrupt), received.Close())
	}
	if source.Networked(one.dataset.Source.Kind) {
		received.URL = one.kept.Source
	}
	received.ETag, received.LastModified = one.kept.ETag, one.kept.LastModified
	return received, nil
}
