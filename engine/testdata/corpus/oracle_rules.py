"""How each case finds its rows in the publishers' text files: which rows count, what the area and the period of a row are,
and what its markers mean. Workbooks are in oracle_books.py.

A rule gives rows as dictionaries, by heading. AREA is the code as it stands, PERIOD the written form of the label, LETTERS
what the label says of its figures.
"""
import re

from oracle_files import delimited, parquet

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Rule:
    """Where the rows of a case are and how they are to be understood."""

    def __init__(self, rows, scheme="ons", also=None, drop=False, markers=None):
        self.rows, self.scheme, self.also, self.drop = rows, scheme, also and re.compile(also), drop
        self.markers = markers or {}


def named(headings):
    """The names by which columns can be asked for: a heading that stands several times as heading#1, heading#2."""
    count, names = {}, []
    for text in (" ".join(h.split()) for h in headings):
        count[text] = count.get(text, 0) + 1
        names.append({text + "#%d" % count[text]} | ({text} if count[text] == 1 else set()))
    return names


def by_heading(head, cells):
    row = {}
    for at, names in enumerate(head):
        for name in names:
            row[name] = cells[at].strip() if at < len(cells) else ""
    return row


def table(path, read=delimited):
    lines = read(path)
    head = named(lines[0][1])
    for number, cells in lines[1:]:
        row = by_heading(head, cells)
        row["ROW"], row["LINES"] = number, any("\n" in cell for cell in cells)
        yield row


def years(first):
    return "%d/%02d" % (first, (first + 1) % 100)


def span(first, last):
    """Two pairs of year and month, as a written form."""
    return "%s %d to %s %d" % (MONTHS[first[1] - 1], first[0], MONTHS[last[1] - 1], last[0])


def duration(kind):
    """2019-08-01/P1Y as a kind of period."""
    def read(label):
        year, month = int(label[:4]), int(label[5:7])
        length = re.search(r"/P(\d+)([YM])$", label)
        count = int(length[1]) * (12 if length[2] == "Y" else 1)
        if kind == "months":
            last = month + count - 2
            return span((year, month), (year + last // 12, last % 12 + 1))
        return {"calendar": str(year), "academic": years(year), "financial": years(year), "month": label[:7],
            "pooled": "%d to %d" % (year, year + count // 12 - 1)}[kind]
    return read


def rows_of(path, area, period, keep=lambda row: True, read=delimited, change=None):
    def rows(root):
        for row in table(root + "/" + path, read):
            if not keep(row):
                continue
            if change:
                change(row)
            row["AREA"] = area(row) if callable(area) else row[area]
            row["PERIOD"] = period(row) if callable(period) else period
            yield row
    return rows


def el(name, period, also=None, keep=lambda row: True, scheme="ons", drop=False):
    read = duration(period) if period in ("calendar", "academic", "financial", "month", "pooled") else period
    return Rule(rows_of("ons-explore-local-statistics/%s.csv" % name, "areacd", lambda row: read(row["period"]), keep,
        change=unreliable), scheme, also, drop)


def unreliable(row):
    """The flag of an estimate: its status, or what its note says in the place of one."""
    row["_flag"] = row["status"] or ("u" if row["notes#1" if "notes#1" in row else "notes"].startswith("Estimate and conf") else "")


COMBINED, METROPOLITAN, ITL, NUTS, SMALL = r"(E47|E61|N34|W42)\d{6}", r"E11\d{6}", r"TL\w{1,3}", r"UK\w{0,3}", r"E0[15]\d{6}|W0[15]\d{6}"
INTERNATIONAL = ("ITL Level 1", "ITL Level 2", "ITL Level 3")


def instant(label):
    return label


def month_of_day(label):
    return label[:7]


RULES = {
    "els-apprenticeships": el("apprenticeships", "academic", COMBINED),
    "els-average-travel-time": el("average-travel-time", "calendar", METROPOLITAN),
    "els-business-demography": el("business-demography", "calendar", METROPOLITAN),
    "els-children-in-relative-poverty": el("children-in-relative-poverty", "financial"),
    "els-claimant-count": el("claimant-count", "calendar"),
    "els-early-years": el("early-years", "academic", keep=lambda row: row["areanm"] != "Outside of England and Unknown"),
    "els-employment-rate": el("employment-rate", "calendar"),
    "els-engagement-with-culture-and-heritage": el("engagement-with-culture-and-heritage", "financial", COMBINED,
        lambda row: "ITL" not in row["geography"]),
    "els-engagement-by-itl-region": el("engagement-with-culture-and-heritage", "financial", ITL,
        lambda row: "ITL" in row["geography"], "itl", True),
    "els-gcses-in-english-and-maths": el("gcses-in-english-and-maths", "academic"),
    "els-gigabit-capable-broadband": el("gigabit-capable-broadband", instant),
    "els-gross-disposable-household-income-per-head": el("gross-disposable-household-income-per-head", "calendar", COMBINED,
        lambda row: row["geography"] not in INTERNATIONAL),
    "els-income-by-itl-region": el("gross-disposable-household-income-per-head", "calendar", ITL,
        lambda row: row["geography"] in INTERNATIONAL[::2], "itl"),
    "els-income-by-itl-region-2": el("gross-disposable-household-income-per-head", "calendar", ITL,
        lambda row: row["geography"] == INTERNATIONAL[1], "itl", True),
    "els-income-thurrock-twice": el("gross-disposable-household-income-per-head", "calendar", ITL,
        lambda row: row["areanm"] == "Thurrock"),
    "els-gross-median-weekly-pay": el("gross-median-weekly-pay", month_of_day),
    "els-gross-value-added": el("gross-value-added", "calendar", COMBINED, lambda row: "ITL" not in row["geography"]),
    "els-gross-value-added-by-itl-region": el("gross-value-added", "calendar", None, lambda row: "ITL" in row["geography"],
        "itl", True),
    "els-healthy-life-expectancy": el("healthy-life-expectancy", "pooled"),
    "els-housing-affordability-ratio": el("housing-affordability-ratio", month_of_day),
    "els-library-walk": el("library-walk", instant),
    "els-modelled-unemployment": el("modelled-unemployment", "calendar"),
    "els-museums": el("museums", instant),
    "els-net-additions-to-the-housing-stock": el("net-additions-to-the-housing-stock", "financial", METROPOLITAN),
    "els-persistent-absences-for-pupils-looked-after-by-local-authorities": el("persistent-absences-for-pupils-looked-after-by-local-authorities", "financial"),
    "els-personal-wellbeing-estimates": el("personal-wellbeing-estimates", "financial", METROPOLITAN),
    "els-pupils-at-expected-standards-by-end-of-primary-school": el("pupils-at-expected-standards-by-end-of-primary-school",
        "academic"),
    "els-short-term-let-number-of-guests-nights": el("short-term-let-number-of-guests-nights", "month", METROPOLITAN),
}
for _name in ("further-education-and-skills-learner-achievements", "further-education-and-skills-participation"):
    RULES["els-" + _name] = el(_name, "academic", COMBINED)
for _name in ("persistent-absences-for-all-pupils", "persistent-absences-for-pupils-eligible-for-free-school-meals"):
    RULES["els-" + _name] = el(_name, "academic")
for _name in ("qualifications-level-3-or-above", "qualifications-none-gb"):
    RULES["els-" + _name] = el(_name, "calendar")
for _name in ("network-coverage-4g", "network-coverage-5g", "premises-below-30"):
    RULES["els-" + _name] = el(_name, instant)


# The predecessors of those topics.

def older(name, period, also=None, keep=lambda row: True):
    return Rule(rows_of("ons-explore-local-statistics-older/%s.csv" % name, "AREACD", lambda row: period(row["Period"]),
        keep), also=also, markers={"na": "x"})


def six_digits(label):
    return years(int(label[:4]))


def _short(label):
    return label.replace("T00:00:00", "")


RULES |= {
    "ids-apprenticeships": older("apprenticeship-starts_IDS_2023-12", lambda label: duration("academic")(_short(label)),
        COMBINED, lambda row: row["AREACD"] != "na" and "P1Y" in row["Period"]),
    "ids-apprenticeships-part-year": older("apprenticeship-starts_IDS_2023-12",
        lambda label: duration("months")(_short(label)), COMBINED,
            lambda row: row["AREACD"] != "na" and "P3M" in row["Period"]),
    "ids-gcse19": older("gcse19_IDS_2023-05", six_digits),
    "ids-long-term-sick": older("inactive-long-term-sick_IDS_2024-06", str),
    "ids-level-3": older("level3plus_IDS_2023-05", str, "|".join([COMBINED, METROPOLITAN])),
    "ids-no-qualifications": older("noquals_IDS_2024-06", str),
    "ids-weekly-pay": older("weekly-pay_IDS_2023-12", lambda label: label + "-04", METROPOLITAN),
}


# The Department for Education.

EES = {"c": "c", "x": "x", "z": "z", "low": "low", "k": "low"}
TERMS = {"Autumn term": "autumn term", "Spring term": "spring term"}


def place(row):
    return next((row[name] for name in ("lad_code", "new_la_code", "region_code", "country_code") if row.get(name)), "")


def ees(path, period, markers=EES, keep=lambda row: True, area=place):
    return Rule(rows_of(path, area, period, keep), markers=markers)


def academic(row):
    return six_digits(row["time_period"])


def labelled(row):
    return int(row["time_period"])


for _name in ("2021-unrounded", "2021", "2022", "2023", "2024", "2025"):
    _file, _real = "dfe-neet-nccis/neet_%s.csv" % _name.replace("-", "_"), lambda row: row["region_name"] != "Region demo"
    RULES["neet-" + _name] = ees(_file, lambda row: span((labelled(row) - 1, 12), (labelled(row), 2)), keep=_real)
    RULES["neet-participation-" + _name] = ees(_file, lambda row: "%d-03" % labelled(row), keep=_real)
    RULES["neet-guarantee-" + _name] = ees(_file, lambda row: "%d-09" % (labelled(row) - 1), keep=_real)

def winters(root):
    """The five yearly files one after the other."""
    for year in range(2021, 2026):
        yield from RULES["neet-%d" % year].rows(root)


RULES["neet-five-years"] = Rule(winters, markers=EES)

REGIONS = {
    "North East": "E12000001", "North West": "E12000002", "Yorkshire and The Humber": "E12000003",
        "Yorkshire and the Humber": "E12000003", "East Midlands": "E12000004", "West Midlands": "E12000005",
    "East of England": "E12000006", "East": "E12000006", "London": "E12000007", "South East": "E12000008",
        "South West": "E12000009", "Inner London": "E13000001", "Outer London": "E13000002",
}
SOCIAL, LAD, SCHOOL = "dfe-ees-children-social-care/", "dfe-ees-lad/", "dfe-ees-school-la/"
RULES |= {
    "social-care-ks4": ees(SOCIAL + "ks4_la.csv", academic),
    "care-leavers": ees(SOCIAL + "la_care_leavers_activity.csv", lambda row: years(labelled(row) - 1)),
    "population-0-17": ees(SOCIAL + "ons_mid-year_population_estimates_2012_to_2024.csv",
        lambda row: "%d-06" % labelled(row)),
    "destinations-ks4": ees(LAD + "ks4-destinations-lad_201516-202223.csv",
        lambda row: years(int(row["time_period"][:4]) - 1)),
    "destinations-16-18": ees(LAD + "16-18-destinations-lad_201718-202223.csv",
        lambda row: years(int(row["time_period"][:4]) - 1)),
    "destinations-ks4-national": ees(LAD + "ks4-destinations-national_200910-202223.csv", academic),
    "fe-achievements-permalink": ees(LAD + "fe-achievements_PERMALINK-format.csv", academic, {"~": "low"},
        lambda row: row["location_code"] != "z", "location_code"),
    "fe-achievements-by-subject-permalink": ees(LAD + "fe-achievements-by-ssa_PERMALINK-format.csv", academic, EES,
        lambda row: row["location_code"] != "z", "location_code"),
    "free-school-meals": ees(LAD + "fsm_time_series.csv", lambda row: academic(row) + " " + TERMS[row["time_identifier"]],
        {"#DIV/0!": "z"}),
    "eyfsp": ees(SCHOOL + "EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv", academic, {}),
    "ks4-2018": ees(SCHOOL + "KS4_2018_LA_Char_Testdata.csv", academic, {},
        area=lambda row: row["new_la_code"] or REGIONS[row["region_name"]]),
    "sen2": ees(SCHOOL + "SEN2_MI.csv", lambda row: row["time_period"], {"NULL": "x"}),
    "absence-in-prus": ees(SCHOOL + "absence_in_prus.csv", academic, {".": "z"}),
    "age-19": Rule(rows_of("dfe-attainment-age-19/LA_Dashboard_2022_without_Scilly.csv",
        lambda row: row["la_code_9"] if row["la_code_9"] != "ALL" else REGIONS.get(row["region"], "E92000001"),
                           lambda row: years(int(row["cohort_19_in"]) - 1), lambda row: int(row["cohort_19_in"]) <= 2022)),
}


def listed(path, year, area="E92000001", keep=lambda row: True, **more):
    """A file without periods, and mostly without areas, of its own."""
    return Rule(rows_of(path, area if re.match(r"[EK]\d{8}$", area) is None else lambda row: area, year, keep), **more)


for _case, _stem, _year in (("eyfsp", "EYFSP_APS_GLD_ELG_underlying_data_2013_2018", "2019"),
    ("ks4-2018", "KS4_2018_LA_Char_Testdata", "2019"), ("sen2", "SEN2_MI", "2019"),
        ("absence-in-prus", "absence_in_prus", "2018")):
    RULES[_case + "-columns"] = listed(SCHOOL + _stem + ".meta.csv", _year)


def tool(period, keep, read=parquet, path="dfe-lait/bds_long_0.parquet", letters=None):
    return Rule(rows_of(path, "LA Number", lambda row: period(row["Years"]), keep, read, letters), "dfe",
        markers={"-": "x", "NA": "x"})


def suffix(text, letter):
    """Gives the letter to the figures of labels that end with the text."""
    def change(row):
        row["LETTERS"] = letter if row["Years"].endswith(text) else ""
    return change


def measure(*names):
    return lambda row: row["Short Desc"] in names


def pooled(label):
    return "%s to 20%s" % re.match(r"(\S+?) ?- ?(\S+)$", label).groups()


RULES |= {
    "lait": tool(lambda label: "2026-04", lambda row: True),
    "lait-subset": tool(lambda label: "2026-04", lambda row: True, delimited, "dfe-lait/DERIVED_lait_domain4_subset.csv"),
    "lait-academic": tool(lambda label: years(int(label) - 1),
        measure("Level3Age19", "L3Age19Gap", "FSP_NEW_GOODDEV", "FSP_Gooddev_FSM", "KS2RWM_Expected_STD", "DAP_NEW_KS2_RWM",
            "NonDAP_NEW_KS2_RWM", "AVG_Attain8_Score", "DAP_KS4_ATT8", "NonDAP_KS4_ATT8", "AVG_Prog8_Score", "TotPerAbNew")),
    "lait-financial": tool(lambda label: years(int(label) - 1), measure("ChildPov", "CareLeaversNEET", "CareLeaverEET")),
    "lait-winter": tool(lambda label: span((int(label) - 1, 12), (int(label), 2)), measure("16-17_not known_NEET")),
    "lait-outturn": tool(lambda label: years(int(label[:4])), lambda row: row["Years"].endswith("(OT)")),
    "lait-dash-years": tool(lambda label: years(int(label[:4])), measure("HE_19_All", "HE_19_FSM", "HE_19_Non_FSM")),
    "lait-exclusions": tool(str, lambda row: re.match(r"\d{4}/\d\d$", row["Years"])),
    "lait-pooled-calendar": tool(pooled, measure("RTA")),
    "lait-pooled-financial": tool(pooled, lambda row: row["Short Desc"].startswith("Hosp_Adm_Alc")),
    "lait-revised": tool(lambda label: years(int(label[:4]) - 1), lambda row: row["Years"].endswith(("(Rev)", "(Final)")),
        letters=suffix("(Rev)", "r")),
    "lait-provisional": tool(lambda label: years(int(label[:4]) - 1), lambda row: row["Years"].endswith("(prov)"),
        letters=suffix("(prov)", "p")),
    "lait-first-entrants": tool(str, measure("FirstYJS")),
    "lait-dictionary": listed("dfe-lait/lait_data_dictionary.csv", "2026-04"),
}


# Lists, lookups and neighbours.

def lookup(path, area, year, keep=lambda row: True, **more):
    return listed(path, year, area, keep, **more)


GEOGRAPHY, WARDS = "ons-geography/", "ons-geography/LSOA21_to_Ward22_to_LAD22_lookup_v3.csv"
RULES |= {
    "els-manifest": listed("ons-explore-local-statistics/manifest_metadata.csv", "2026", "K02000001"),
    "fingertips-indicators": listed("ohid-fingertips/fingertipsnext_indicators.csv", "2025"),
    "fingertips-areas": listed("ohid-fingertips/fingertipsnext_areas.csv", "2025"),
    "fingertips-areas-administrative": lookup("ohid-fingertips/fingertipsnext_areas.csv", "AreaCode", "2025",
        lambda row: row["HierarchyType"] != "NHS", also=COMBINED),
    "neighbours-2021": lookup("neighbours/dfe-New_Statistical_Neighbour_Groupings_April_2021.csv", "LA num", "2021",
        lambda row: row["LA num"], scheme="dfe"),
    "neighbours-2025": lookup("neighbours/dfe-sn_model_2025_wide.csv", "old_la_code", "2025", scheme="dfe"),
    "neighbours-ons-clusters": lookup("neighbours/ons-cluster-allocation.csv", "AREACD", "2026"),
    "lookup-districts-2022": lookup(GEOGRAPHY + "LAD_DEC_2022_UK_names_codes.csv", "LAD22CD", "2022"),
    "lookup-districts-2011-2021": lookup(GEOGRAPHY + "LAD_2011_to_LAD_2021_lookup.csv", "LAD11CD", "2011"),
    "lookup-upper-tier-2023": lookup(GEOGRAPHY + "LTLA-UTLA_Apr23_Lookup_England-Wales.csv", "LTLA23CD", "2023"),
    "lookup-small-areas": lookup(WARDS, "LSOA21CD", "2022", also=SMALL),
    "lookup-small-areas-by-ward": lookup(WARDS, "WD22CD", "2022", lambda row: row["LAD22NM"] == "Thurrock", also=SMALL),
}
for _name in ("global", "demographic", "economic"):
    RULES["neighbours-ons-" + _name] = lookup("neighbours/ons-%s-neighbours.csv" % _name, "AREACD", "2026")
for _name, _file, _area, _year in (
        ("2019", "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz", "LSOA code (2011)", "2019"),
            ("2019-domains", "File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", "LSOA code (2011)", "2019"),
        ("2019-underlying", "iod2019_underlying_indicators_thurrock_lsoa11.csv", "lsoa11_code", "2019"),
            ("2019-districts", "imd2019_england_ltla19_scores.csv", "ltla19_code", "2019"),
        ("2025-districts", "imd2025_england_ltla24.csv", "ltla24_code", "2025"),
            ("2025-small-areas", "imd2025_thurrock_lsoa21.csv", "lsoa21_code", "2025")):
    RULES["iod-" + _name] = lookup("mhclg-iod2019/" + _file, _area, _year, also=SMALL)
