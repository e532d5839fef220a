"""Reads the publishers' files by a program that shares nothing with the engine, and holds every expected.json to it.

usage: oracle.py CHECK [CASE...]    compares, prints how many numbers were, and fails on any that differs
       oracle.py WRITE [CASE...]    writes the numbers into expected.json; facts and warnings stay as they are

Needs Python 3.11 and no other library. Of a dataset.yaml it takes which columns are wanted, with their type and what they
are of, and the key; which rows count, what is an area and a period and what a marker means are its own rules, in
oracle_rules.py and oracle_books.py. The areas that are known are those of seeds. Figures of published_values.csv are looked
for among the rows read.
"""
import csv
import json
import os
import re
import sys

import oracle_books
import oracle_rules
from oracle_wanted import ENGLAND, THURROCK, WANTED

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "..", "..", "shared", "data")
SEEDS = os.path.join(HERE, "..", "..", "..", "seeds")
RULES = oracle_rules.RULES | oracle_books.RULES
ORACLE = "testdata/corpus/oracle.py, Python's standard library"


def seeds(name):
    return list(csv.DictReader(open(os.path.join(SEEDS, name), encoding="utf-8")))


def known_areas():
    """Codes of each scheme to the code of an area: of several with one number, the one in force or else the last."""
    areas = seeds("areas.csv")
    numbers = {a["dfe_code"]: a["code"] for a in sorted(areas, key=lambda a: a["valid_to"] or "9") if a["dfe_code"]}
    return {"ons": {a["code"]: a["code"] for a in areas}, "dfe": numbers,
        "itl": {c["code"]: c["area"] for c in seeds("area_codes.csv")}}


def described(case):
    """The columns, key and file of a dataset.yaml, which writes each column on a line of its own."""
    text = open(os.path.join(HERE, case, "dataset.yaml"), encoding="utf-8").read()
    columns = []
    for line in re.search(r"^columns:\n((?:  - .*\n)+)", text, re.M)[1].splitlines():
        fields = re.findall(r"(\w+): (\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^,}]+)", line)
        columns.append({key: json.loads(value) if value[0] == '"' else value.strip("'") for key, value in fields})
    key = re.search(r"^key: \[(.*)\]", text, re.M)[1].split(", ")
    one = re.search(r"^  file: (.*)$", text, re.M)
    file = one[1].strip("'\"") if one else ""
    return columns, key, file


def figure(text, kind):
    """A number as the warehouse writes it."""
    plain = text.replace(",", "")
    return str(int(plain)) if kind == "integer" else repr(float(plain))


def letters(*texts):
    return " ".join(dict.fromkeys(" ".join(texts).split()))


def own_letters(row, column, heads):
    """What a status column says before markers: its own cell, or what stands in the place of a half width."""
    name = column.get("from", column["name"])
    if name == "_status":
        return ""
    if name in row:
        return row[name]
    return row["MARK " + heads[column["of"]].removesuffix(" | number")]


def typed(row, columns, rule, code):
    """A row as the warehouse holds it: texts by the names of columns, nothing is an empty text."""
    heads = {c["name"]: c.get("from", c["name"]) for c in columns}
    found, marked = {}, {}
    for column in columns:
        name, text = column["name"], row.get(heads[column["name"]], "")
        if column["role"] == "area":
            found[name] = code
        elif column["role"] == "period":
            found[name] = row["PERIOD"]
        elif column["role"] == "status":
            found[name] = letters(own_letters(row, column, heads), row.get("LETTERS", ""))
        elif column["type"] == "text":
            found[name] = text
        elif text in rule.markers:
            found[name], marked[name] = "", rule.markers[text]
        else:
            found[name] = figure(text, column["type"]) if text else ""
    for column in columns:
        if column["role"] == "status" and column["of"] in marked:
            found[column["name"]] = letters(found[column["name"]], marked[column["of"]])
    return found


def ends(label):
    """Where a written period stands among its kind: by its end, then by its start."""
    if month := re.match(r"(\w{3}) (\d{4}) to (\w{3}) (\d{4})$", label):
        order = oracle_rules.MONTHS.index
        return int(month[4]), order(month[3]), int(month[2]), order(month[1])
    last = label.split(" to ")[-1]
    if split := re.match(r"(\d{4})/\d\d(?: (\w+) term)?$", last):
        return int(split[1]), ["autumn", "spring", "summer", None].index(split[2])
    return tuple(int(part) for part in last.split("-"))


def read(case, known):
    """What a case's file comes to, and its typed rows with their places."""
    rule, (columns, key, file) = RULES[case], described(case)
    rows, unknown = [], set()
    for row in rule.rows(DATA):
        code = known[rule.scheme].get(row["AREA"]) or (row["AREA"] if rule.also and rule.also.fullmatch(row["AREA"])
            else None)
        if code is None:
            unknown.add(row["AREA"])
            if not rule.drop:
                raise SystemExit("%s: row %s has the unknown area %r" % (case, row.get("ROW"), row["AREA"]))
            continue
        found = typed(row, columns, rule, code)
        found["PLACE"] = placed(row, file)
        rows.append(found)
    area, period = (next(c["name"] for c in columns if c["role"] == role) for role in ("area", "period"))
    markers = {}
    for column in columns:
        for row in rows if column["role"] == "status" else []:
            for letter in row[column["name"]].split():
                count = markers.setdefault(column["of"], {})
                count[letter] = count.get(letter, 0) + 1
    if len({tuple(row[name] for name in key) for row in rows}) != len(rows):
        raise SystemExit("%s: the key is not unique" % case)
    labels = sorted({row[period] for row in rows}, key=ends)
    return rows, columns, key, file, {
        "rows": len(rows), "areas": len({row[area] for row in rows}), "unknown": len(unknown),
        "periods": {"count": len(labels), "first": labels[0], "last": labels[-1]}, "markers": markers}


def placed(row, file):
    """Where the row stands: its line, or its row in its sheet. Of a JSON document, of a row over several lines, and of one of
    several files, nothing is said."""
    if not file or file.endswith(".json") or row.get("LINES"):
        return ""
    file = file.removesuffix(".gz") + ("!" + row["_sheet"] if "_sheet" in row else "")
    return "%s:%d" % (file, row["ROW"])


def unread(rows_by_case):
    """Sheets of workbooks that no case has rows of, but for those of words."""
    read = {row["PLACE"].rpartition(":")[0] for row in rows_by_case}
    words = {"Cover", "Contents", "Notes", "Title", "Metadata", "Cover_sheet", "Table_of_contents"}
    return [path + "!" + sheet for (path, sheets),
        book in oracle_books.BOOKS.items() if sheets == "None" for sheet in book if sheet not in words
            and path + "!" + sheet not in read]


def published():
    """Figures that were looked up before, by file and area."""
    found = {}
    path = os.path.join(DATA, "published_values.csv")
    for line in csv.DictReader(open(path, encoding="utf-8-sig")):
        if re.match(r"-?[\d.]+$", line["value"]):
            found.setdefault(line["source_file"], []).append(line)
    return found


def hits(rows, columns, lines):
    """Which of the figures looked up before stand in a row of their area, and the rows that have most of them."""
    area = next(c["name"] for c in columns if c["role"] == "area")
    numbers = [c["name"] for c in columns if c["type"] != "text"]
    pair = lambda code, text: (code, round(float(text), 6))
    wanted = {pair(line["area_code"], line["value"]) for line in lines}
    places = {line["area_code"] for line in lines}
    seen, score = set(), {}
    for at, row in enumerate(rows):
        for name in numbers if row[area] in places else ():
            if row[name] and pair(row[area], row[name]) in wanted:
                seen.add(pair(row[area], row[name]))
                score[at] = score.get(at, 0) + 1
    return {at for at, line in enumerate(lines) if pair(line["area_code"], line["value"]) in seen}, score


def chosen(case, rows, columns, key, score):
    """Rows to look up: those that facts speak of, two of Thurrock, one of England and one with a marker, those first that
    were published before."""
    area = next(c["name"] for c in columns if c["role"] == "area")
    statuses = [c["name"] for c in columns if c["role"] == "status"]
    order = sorted(range(len(rows)), key=lambda at: (-score.get(at, 0), -at))
    local = [at for at in order if rows[at][area] == THURROCK]
    local = local or [at for at in order if THURROCK in rows[at].values() or "Thurrock" in " ".join(rows[at].values())]
    spoken_of = [at for wanted in WANTED.get(case, ()) for at, row in enumerate(rows) if wanted.items() <= row.items()]
    picked = spoken_of + local[:1] + local[-1:] + [at for at in order if rows[at][area] == ENGLAND][:1]
    marked = [at for at in order if any(rows[at][name] for name in statuses)]
    near = set(local)
    picked += [at for at in marked if at in near][:1] or marked[:1]
    picked = list(dict.fromkeys(picked)) or [0, len(rows) - 1]
    return [shown(rows[at], columns, key) for at in dict.fromkeys(picked)], [rows[at]["PLACE"]
        for at in dict.fromkeys(picked)]


MOST = 6


def shown(row, columns, key):
    """The key of a row and some of its figures, those with a status first."""
    status = {c["of"]: c["name"] for c in columns if c["role"] == "status"}
    numbers = [c["name"] for c in columns if c["role"] in ("value", "count")]
    numbers.sort(key=lambda name: not (name in status and row[status[name]]))
    names = [c["name"] for c in columns if c["role"] in ("area", "period")] + key
    for name in numbers[:MOST]:
        names += [name] + ([status[name]] if name in status else [])
        names += [c["name"] for c in columns if c["role"] in ("lower", "upper") and c["of"] == name]
    if not numbers:
        names += [c["name"] for c in columns if c["role"] == "category"][:MOST]
    return {name: row[name] for name in dict.fromkeys(names)}


def stands_once(rows, cells):
    return sum(all(row.get(name) == text for name, text in cells.items()) for row in rows) == 1


def main(task, wanted):
    known, looked_up = known_areas(), published()
    cases = sorted(name for name in os.listdir(HERE) if os.path.exists(os.path.join(HERE, name, "dataset.yaml")))
    if missing := [case for case in cases if case not in RULES]:
        raise SystemExit("no rule for %s" % ", ".join(missing))
    if spare := [case for case in RULES if case not in cases]:
        raise SystemExit("no case for the rule %s" % ", ".join(spare))
    numbers = cells = wrong = 0
    files, firsts = {}, []
    for case in wanted or cases:
        rows, columns, key, file, found = read(case, known)
        firsts += rows if "!" in rows[0]["PLACE"] else []
        count, score = hits(rows, columns, looked_up.get(file, []))
        files.setdefault(file, set()).update(count)
        path = os.path.join(HERE, case, "expected.json")
        expected = json.load(open(path, encoding="utf-8"))
        if task == "WRITE":
            kept = {name: expected[name] for name in ("warnings", "facts") if expected.get(name)}
            looked, places = chosen(case, rows, columns, key, score)
            expected = {"oracle": ORACLE, **found, "cells": looked, **({"places": places} if any(places) else {}), **kept}
            with open(path, "w", encoding="utf-8") as out:
                json.dump(expected, out, indent=2, ensure_ascii=False)
                out.write("\n")
        for name, value in found.items():
            if expected.get(name, {} if name == "markers" else None) != value:
                wrong += 1
                print("%s: %s is %s in expected.json, the file has %s" % (case, name, expected.get(name), value))
        numbers += 6 + sum(len(count) for count in found["markers"].values())
        if absent := [w for w in WANTED.get(case, ())
            if not any(w.items() <= looked.items() for looked in expected["cells"])]:
            wrong += 1
            print("%s: no cells of %s" % (case, absent))
        for looked in expected["cells"]:
            cells += len(looked)
            if not stands_once(rows, looked):
                wrong += 1
                print("%s: not one row has %s" % (case, looked))
    for sheet in unread(firsts) if not wanted else ():
        wrong += 1
        print("%s: no case has its rows" % sheet)
    print("%d cases, %d numbers and %d cells compared, %d differ" % (len(wanted or cases), numbers, cells, wrong))
    held = sum(len(looked_up[file]) for file in files if file in looked_up)
    print("%d of %d published values stand in the rows of their files" % (sum(map(len, files.values())), held))
    return wrong > 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("CHECK", "WRITE"):
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
