package datasets

// Areas says how the area column is written. Areas are known by a code, never by their name alone. A dataset that says
// nothing holds the codes of the Office for National Statistics, all of them known.
type Areas struct {
	// Codes is whose codes they are: nine characters of the Office for National Statistics, three digits of the
	// Department for Education, those of the European and international regions (UKH32, TLH32), or the labels of Nomis
	// (ladu:Thurrock).
	Codes string `json:"codes" jsonschema:"enum=ons,enum=dfe,enum=itl,enum=nomis"`
	// Also are kinds of area that the file holds beside those, of which no table is kept: their codes are accepted by their
	// pattern, each as an area of its own without a name. A code of any other kind stays unknown.
	Also []string `json:"also,omitempty" jsonschema:"enum=city-region,enum=combined-authority,enum=constituency,enum=data-zone,enum=itl-region,enum=lsoa,enum=metropolitan-county,enum=msoa,enum=nuts-region,enum=output-area,enum=ward,uniqueItems=true"`
	// Complete are kinds of small area that may be added up: the project's areas.csv names every area of the kind that each of
	// their parents has, with the days between which it was in force where it changed. Where a place has several of them, the
	// first that the file holds counts. It needs aggregates: sum.
	Complete []string `json:"complete,omitempty" jsonschema:"enum=city-region,enum=combined-authority,enum=constituency,enum=data-zone,enum=itl-region,enum=lsoa,enum=metropolitan-county,enum=msoa,enum=nuts-region,enum=output-area,enum=ward,uniqueItems=true"`
	// Successors is what becomes of a code no longer in force: it is kept, which is the rule if nothing is said, or mapped
	// to the one that replaced it. Only the code of an area that kept its boundary is mapped; one that was split, or joined
	// with others, is kept.
	Successors string `json:"successors,omitempty" jsonschema:"enum=keep,enum=map"`
	// Others is what becomes of rows whose area is not known: a fault if nothing is said, or left out with a warning that
	// counts them.
	Others string `json:"others,omitempty" jsonschema:"enum=fault,enum=drop"`
}
