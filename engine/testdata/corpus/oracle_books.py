"""How each case finds its rows in workbooks and in files that lie otherwise than one row of headings with figures below."""
import re

from oracle_files import delimited, open_document, records, workbook
from oracle_rules import COMBINED, METROPOLITAN, NUTS, REGIONS, SMALL, Rule, by_heading, listed, named, rows_of, span, years

RULES = {}
BOOKS = {}


def sheets(root, path, names=None):
    """The sheets of a workbook, read once."""
    if (path, str(names)) not in BOOKS:
        BOOKS[path, str(names)] = (open_document if path.endswith(".ods") else workbook)(root + "/" + path, names)
    return BOOKS[path, str(names)]


def body(lines, heading, last=None):
    """Rows below the row of headings, by heading, up to the first gap in the numbering or the row called last."""
    at = next(i for i, (number, _) in enumerate(lines) if number == heading)
    head = named(lines[at][1])
    expected = heading + 1
    for number, cells in lines[at + 1:]:
        if number != expected or last is not None and number > last:
            return
        expected += 1
        row = by_heading(head, cells)
        row["ROW"] = number
        yield row


def sheet_of(path, name, heading, area, period, keep=lambda row: True, change=None, **more):
    def rows(root):
        for row in body(sheets(root, path)[name], heading):
            if not keep(row):
                continue
            row["_sheet"] = name
            if change:
                change(row)
            row["AREA"] = area(row) if callable(area) else row[area]
            row["PERIOD"] = period(row) if callable(period) else period
            yield row
    return Rule(rows, **more)


# Households in fuel poverty. The last row above the footnotes says England in its last cell and nothing else.

OLD, NEW = "desnz-fuel-poverty/2018_Sub-Regional-Data-LIHC.xlsx", "desnz-fuel-poverty/2022_Sub-Regional-Data-LILEE.xlsx"
NATION = dict(REGIONS, **{"All households": "E92000001"})


def fuel(path, table, heading, area, also=None):
    year = path[path.index("/") + 1:][:4]
    def figures(row):
        return row.get("Number of households1") or row.get("Number of households")
    def name(row):
        row["_name"] = row.get("Area names") or row.get("#1") or row.get("#2") or ""
    return sheet_of(path, "Table %d" % table, heading, area, year, figures, name, also=also)


RULES |= {
    "fuel-poverty-2018-regions": fuel(OLD, 1, 3, lambda row: NATION[row["Region"]]),
    "fuel-poverty-2018": fuel(OLD, 2, 3, "LA Code"),
    "fuel-poverty-2018-small-areas": fuel(OLD, 3, 3, "LSOA Code", SMALL),
    "fuel-poverty-2018-counties": fuel(OLD, 4, 4, "County code"),
    "fuel-poverty-2018-constituencies": fuel(OLD, 5, 3, "Parliamentary Constituency Code", r"E14\d{6}"),
    "fuel-poverty-2022-regions": fuel(NEW, 1, 3, lambda row: NATION[row["Region"]]),
    "fuel-poverty-2022": fuel(NEW, 2, 3, "Area Codes", METROPOLITAN),
    "fuel-poverty-2022-small-areas": fuel(NEW, 3, 3, "LSOA Code", SMALL),
    "fuel-poverty-2022-constituencies": fuel(NEW, 4, 3, "Parliamentary Constituency Code", r"E14\d{6}"),
}

# Children in low income families: seven years of numbers, then the same years of shares.

ODS = "dwp-children-low-income/Children_low_income_families.ods"


def low_income(name, also=None):
    def rows(root):
        lines = sheets(root, ODS)[name]
        start = next(i for i, (_, cells) in enumerate(lines) if len(cells) > 1 and cells[1] == "Area Code")
        head = lines[start][1]
        for number, cells in lines[start + 1:]:
            cells = [cell.strip() for cell in cells] + [""] * 16
            if not cells[1]:
                return
            for at in range(2, 9):
                year = int(re.search(r"FYE (\d{4})", head[at])[1])
                assert "Number" in head[at] and "Percentage" in head[at + 7] and "FYE %d" % year in head[at + 7]
                yield {"ROW": number, "_sheet": name, "AREA": cells[1], "PERIOD": years(year - 1),
                    "LETTERS": "p" if "[p]" in head[at] else "",
                       " ".join(head[0].split()): cells[0], "_children": cells[at], "_share": cells[at + 7]}
    return Rule(rows, also=also, markers={"[low]": "low", "[x]": "x"})


for _number, _kind in enumerate(("relative", "absolute"), 1):
    RULES["low-income-" + _kind] = low_income("%d_%s_Local_Authority" % (_number, _kind.title()))
    RULES["low-income-%s-constituencies" % _kind] = low_income("%d_%s_ParlC" % (_number + 2, _kind.title()),
        r"(E14|W07|S14|N06)\d{6}")
    RULES["low-income-%s-wards" % _kind] = low_income("%d_%s_Ward" % (_number + 4, _kind.title()), r"(E05|W05|S13|N08)\d{6}")

# Business demography.

BUSINESS = "ons-business-demography/businessdemographyexceltables2024.xlsx"
UK = "K02000001"
NATIONS = dict(REGIONS, Wales="W92000004", Scotland="S92000003", Total=UK, **{"Northern Ireland": "N92000002"})


def business(tables, heading, area, years_across=True, first=4, keep=lambda row: True, named_year=None, **more):
    """Tables of the workbook whose headings stand in row 4; years stand across, or one year is given."""
    def rows(root):
        book = sheets(root, BUSINESS)
        for name in tables:
            for row in body(book[name], first):
                if not keep(row):
                    continue
                row["_sheet"] = name
                row["AREA"] = area(row) if callable(area) else row[area] if area != UK else UK
                for label in [key for key in row if re.match(heading, str(key))]:
                    year = re.match(heading, label)[1]
                    yield dict(row, PERIOD=year, _value=row[label], _births=row[label])
    return Rule(rows, **more)


def abcd(number, letters="abcd"):
    return ["Table %s%s" % (number, letter) for letter in letters]


COLON = {":": "x"}
YEAR, BIRTHS = r"(\d{4})$", r"(\d{4}) Births$"
RULES |= {
    "business-births": business(abcd("1.1"), YEAR, "#1", also=METROPOLITAN),
        "business-deaths": business(abcd("2.1"), YEAR, "#1", also=METROPOLITAN),
    "business-active": business(abcd("3.1"), YEAR, "#1", also=METROPOLITAN),
        "business-active-10-employees": business(abcd("7.3"), YEAR, "#1", also=METROPOLITAN),
    "business-high-growth": business(abcd("7.1"), YEAR, "#1", keep=lambda row: row["#1"], also=METROPOLITAN),
    "business-survival": business(abcd("5.1", "abcde"), BIRTHS, "#1", also=METROPOLITAN, markers=COLON),
    "business-survival-by-industry": business(abcd("5.2", "abcde"), BIRTHS, UK, markers=COLON),
    "business-by-industry": business(["Table 1.2", "Table 2.2", "Table 3.2", "Table 7.2", "Table 7.4"], YEAR, UK),
}


def stacked_years(name, area):
    """A row with nothing but a year stands above the rows of the year."""
    def rows(root):
        year = None
        for row in body(sheets(root, BUSINESS)[name], 4):
            if re.match(r"20\d\d$", row["#1"]):
                year = row["#1"]
                continue
            row["AREA"], row["PERIOD"], row["_sheet"] = area(row), year, name
            yield row
    return Rule(rows, markers=COLON)


def two_rows(name, lines, head, area, period, **more):
    """A table whose headings are stated here, because they run over several rows."""
    def rows(root):
        for number, cells in sheets(root, BUSINESS)[name]:
            if number < lines:
                continue
            row = {text: cells[at].strip() if at < len(cells) else "" for at, text in enumerate(head) if text}
            row["ROW"], row["_sheet"], row["AREA"], row["PERIOD"] = number, name, row[area] if area != UK else UK, row.get(period, period)
            yield row
    return Rule(rows, **more)


EMPLOYERS = ["2024 Employer Demography | Births", "2024 Employer Demography | Deaths", "2024 Employer Demography | Active"]
ESTIMATES = ["%s estimate | %s" % (which, what) for which in ("First", "Second")
    for what in ("unadjusted", "estimated reactivations", "adjusted")]
RULES |= {
    "business-survival-by-region": stacked_years("Table 4.1", lambda row: NATIONS[row["#1"]]),
    "business-survival-by-broad-industry": stacked_years("Table 4.2", lambda row: UK),
    "business-employers": two_rows("Table 6.1", 6, ["#1", "#2"] + EMPLOYERS, "#1", "2024", also=METROPOLITAN),
    "business-employers-by-industry": two_rows("Table 6.2", 6, ["#1"] + EMPLOYERS, UK, "2024"),
    "business-revisions": two_rows("Table 8", 6, ["Year", "Active | (000s)", "Births | (000s)", "Deaths | (000s)"], UK,
        "Year"),
    "business-reactivations": two_rows("Table 9", 8,
        ["#1"] + ESTIMATES[:3] + [""] + ESTIMATES[3:] + ["", "Final estimate incl revisions"], UK, "#1", markers=COLON),
    "business-industries": two_rows("Industry Definition", 4, ["Description", "SIC07 section letter", "Division"], UK,
        "2024"),
}

# Nomis. Names are those of the districts of December 2022, but for one spelling.

NOMIS = "nomis-downloads/"


def codes(root):
    found = {"ladu:" + cells[2]: cells[1] for _,
        cells in delimited(root + "/ons-geography/LAD_DEC_2022_UK_names_codes.csv")[1:]}
    return dict(found, **{"country:England": "E92000001", "ladu:Rhondda Cynon Taff": found["ladu:Rhondda Cynon Taf"]})


def blocks(root, path, other=None):
    """Rows of the blocks that stand above each other, with the texts that stand above each block."""
    above, head, known = {}, None, codes(root)
    for number, cells in sheets(root, NOMIS + path)["Data"]:
        if cells[0] in ("date", "industry", "legal status"):
            above["_" + cells[0].split()[0]] = cells[1]
        elif cells[0] == "Area":
            head, heads = cells, number
        elif cells[0] in known or cells[0] == other:
            yield number, cells, head, dict(above, AREA=known.get(cells[0], cells[0]), Area=cells[0], ROW=number,
                _sheet="Data")


def survey(path, other=None):
    """Estimates in threes: number, flag and half width, of which the first and the last can hold a marker."""
    def rows(root):
        for _, cells, head, row in blocks(root, path, other):
            cells = [cell.strip() for cell in cells] + [""] * len(head)
            for at in range(1, len(head)):
                if head[at]:
                    title = " ".join(head[at].split())
                    row[title + " | number"], row[title + " | conf"] = cells[at], cells[at + 2]
                    row["MARK " + title] = MARKS.get(cells[at + 2], "")
            first, last = re.match(r"(\w+ \d+)-(\w+ \d+)", row["_date"]).groups()
            row["PERIOD"] = first + " to " + last
            yield row
    return Rule(rows, drop=True, markers=MARKS)


MARKS = {"!": "c", "*": "u", "~": "low", "-": "x"}


def sizes(root):
    for _, cells, head, row in blocks(root, "nomis-uk-business-counts_2018-2022.xlsx"):
        row |= {text: cells[at] for at, text in enumerate(head) if at}
        row["PERIOD"] = row["_date"] + "-03"
        yield row


def transposed(root):
    """Every third column is an area; those behind it are a flag and a half width."""
    lines = delimited(root + "/" + NOMIS + "nomis-aps-T09a-occupation_2015_TRANSPOSED.csv")
    for number, cells in lines[1:]:
        for at in range(1, len(lines[0][1]), 3):
            kind, _, name = lines[0][1][at].partition(":")
            if kind != "lep":
                yield {"ROW": number, "Cell": cells[0], "_value": cells[at], "PERIOD": span((2015, 1), (2015, 12)),
                    "AREA": "UK0" if kind == "country" else name.split()[0]}


RULES |= {
    "nomis-employment": survey("nomis-aps-T01-employment_2018-2022.xlsx",
        "User Defined Geography:Essex, Southend-on-Sea and Thurrock - from dn81838"),
    "nomis-qualifications": survey("nomis-aps-T19-qualifications_2017-2021.xlsx"),
    "nomis-business-counts": Rule(sizes),
    "nomis-occupations": Rule(transposed, "itl", NUTS, markers=MARKS),
    "nomis-census-2011": Rule(rows_of(NOMIS + "nomis-census2011-household-type-lad.csv", "geography code", "2011-03")),
}


# Income by European region: a year a column.

def income(second):
    def rows(root):
        lines = delimited(root + "/ons-gdhi/gdhi_nuts_1997-2017.csv")
        for number, cells in lines[1:]:
            for at in range(3, 24) if cells[1] and (cells[0] == "NUTS2") == second else ():
                year = lines[0][1][at]
                yield {"ROW": number, "NUTS level": cells[0], "Region name": cells[2], "AREA": cells[1], "PERIOD": year,
                    "_value": cells[at], "LETTERS": "p" if year == "2017" else ""}
    return Rule(rows, "itl", NUTS)


# Fingertips, and figures that were put in order by others.

NOTES = {"There is a data quality issue with this value": "u", "Value missing in source data": "x", "Value missing": "x"}


def fingertips(path, period, keep=lambda row: True):
    def note(row):
        row["Value note"] = NOTES.get(row["Value note"], "")
    return Rule(rows_of(path, "Area Code", period, keep, change=note))


def tidied(name, period):
    return Rule(rows_of("ohid-fingertips/trafforddatalab_%s.csv" % name, "area_code", lambda row: period(row["period"])),
        markers={"NA": "x"})


def cube(root):
    """The cells of a Stat-Xplore cube, the last dimension fastest."""
    answer = records(root + "/dwp-statxplore/example_a_response.json")
    regions, months, families = (field["items"] for field in answer["fields"])
    names = "January February March April May June July August September October November December".split()
    for i, region in enumerate(regions):
        for j, month in enumerate(months):
            for k, family in enumerate(families):
                value = answer["cubes"]["str:count:UC_Households:V_F_UC_HOUSEHOLDS"]["values"][i][j][k]
                code = region["uris"][0].split(":")[-1] if region.get("uris") else "E92000001"
                label, year = month["labels"][0].split()
                yield {"ROW": (i * len(months) + j) * len(families) + k + 1, "AREA": code,
                    "PERIOD": "%s-%02d" % (year, names.index(label) + 1), "Family Type": family["labels"][0],
                       "Households on Universal Credit": "%d" % value,
                           "Households on Universal Credit status": "low" if value == 0
                               else " ".join(month.get("annotationKeys", []))}


CONTACT, GERMS = "employment-gap/fingertips_social-isolation-indicators-CountyUA.data.csv", "ohid-fingertips/indicators-CountyUA.data.csv"
RULES |= {
    "gdhi-nuts": income(False), "gdhi-nuts-2": income(True),
    "fingertips": fingertips(GERMS, lambda row: row["Time period"], lambda row: not row["Category Type"]),
    "fingertips-all-rows": fingertips(GERMS, lambda row: row["Time period Sortable"][:4]),
    "fingertips-social-contact": fingertips(CONTACT, lambda row: row["Time period"]),
    "trafford-low-income": tidied("low_income_families", str),
    "trafford-neet": tidied("neets", lambda label: span((int(label), 12), (int(label) + 1, 2))),
    "trafford-school-readiness": tidied("school_readiness_fsm", str),
    "statxplore-universal-credit": Rule(cube),
}

# The employment gap, and the workbooks of the Department for Education.

GAP = "employment-gap/"


def dashed(row):
    return (row.get("Year") or row["period"]).replace("-", "/")


def compiled(keep, period):
    return Rule(rows_of(GAP + "values.csv", "area_code", period, keep))


def numbered(path, heading, area, year, **more):
    """The only sheet of a workbook, whose rows have the number of an authority."""
    def rows(root):
        ((name, lines),) = sheets(root, path).items()
        for number, cells in lines[lines.index(next(line for line in lines if line[0] == heading)) + 1:]:
            row = by_heading(named(dict(lines)[heading]), cells)
            if row[area]:
                yield dict(row, ROW=number, AREA=row[area], PERIOD=year, _sheet=name)
    return Rule(rows, "dfe", **more)


def outcomes(root):
    for row in body(sheets(root, GAP + "meas-from-asc-of-eng-2021-open-data-csv_v2.xlsx")["in"], 1):
        if row["Geographical Level"] != "Council Type":
            yield dict(row, AREA=row["ONS Code"], PERIOD="2020/21", _sheet="in")


RULES |= {
    "ascof": Rule(rows_of(GAP + "ascof_trend_2017-18_to_2023-24.csv", "ONS Code", dashed,
        lambda row: row["ONS Code"] not in ("", "-"))),
    "ascof-2021": Rule(outcomes, markers={"[x]": "x", "[c]": "c"}),
    "employment-gap-values": compiled(lambda row: row["source_file"].endswith((".csv", ".xlsx"))
        and "MEAN" not in row["indicator"] or row["indicator"].startswith("ASCOF"), dashed),
    "employment-gap-context": compiled(lambda row: row["indicator"].startswith("APS"),
        lambda row: row["period"].replace("-", " to ")),
    "employment-gap-claimants": compiled(lambda row: row["indicator"].startswith("ESA"), lambda row: "2016-11"),
    "employment-gap-england": Rule(rows_of(GAP + "england_published.csv", "area_code", lambda row: row["period"])),
    "lait-codes": numbered("dfe-lait/la_code_list.xlsx", 1, "LA Number", "2026-04", drop=True),
    "neighbours-2021-workbook": numbered("dfe-lait/sn_april_2021.xlsx", 3, "LA num", "2021"),
    "neighbours-2025-workbook": numbered("dfe-lait/sn_may_2025.xlsx", 3, "LA num", "2025"),
}
