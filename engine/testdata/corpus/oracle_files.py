"""Reads publishers' files to rows of text, with nothing but Python's standard library.

Every reader gives a list of (row, cells): the row as an editor or a spreadsheet counts it, the cells as they are stored.
"""
import csv
import functools
import gzip
import io
import json
import re
import struct
import zipfile
from xml.etree import ElementTree


def delimited(path):
    """Rows of a CSV file, gzipped or not; a row is the line on which its record begins."""
    data = open(path, "rb").read()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    found, line = [], 1
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        found.append((line, cells))
        line = reader.line_num + 1
    return [(row, cells) for row, cells in found if any(cell.strip() for cell in cells)]


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def _column(reference):
    n = 0
    for letter in re.match("[A-Z]+", reference).group():
        n = n * 26 + ord(letter) - 64
    return n - 1


def _plain(text):
    """Numbers that a workbook stores with an exponent or as 5.0999999999999996 stay as they are."""
    return text or ""


def workbook(path, sheets=None):
    """Rows of the sheets of an XLSX file, by the name of the sheet; all of them, or those that are named."""
    book = zipfile.ZipFile(path)
    shared = []
    if "xl/sharedStrings.xml" in book.namelist():
        for item in ElementTree.parse(book.open("xl/sharedStrings.xml")).getroot():
            # Phonetic guides are no part of the text.
            shared.append("".join(t.text or "" for part in item if part.tag != _MAIN + "rPh"
                for t in part.iter(_MAIN + "t")))
    targets = {r.get("Id"): r.get("Target") for r in ElementTree.parse(book.open("xl/_rels/workbook.xml.rels")).getroot()}
    found = {}
    for sheet in ElementTree.parse(book.open("xl/workbook.xml")).getroot().iter(_MAIN + "sheet"):
        name = sheet.get("name")
        if sheets is not None and name not in sheets:
            continue
        target = targets[sheet.get(_REL + "id")].lstrip("/")
        found[name] = _sheet(book.open(target if target.startswith("xl/") else "xl/" + target), shared)
    return found


def _sheet(stream, shared):
    rows, number = [], 0
    for _, element in ElementTree.iterparse(stream):
        if element.tag != _MAIN + "row":
            continue
        number = int(element.get("r") or number + 1)
        cells = []
        for at, cell in enumerate(element.iter(_MAIN + "c")):
            place = _column(cell.get("r")) if cell.get("r") else at
            cells += [""] * (place + 1 - len(cells))
            if cell.get("t") == "inlineStr":
                cells[place] = "".join(t.text or "" for t in cell.iter(_MAIN + "t"))
                continue
            value = cell.find(_MAIN + "v")
            text = "" if value is None else _plain(value.text)
            cells[place] = shared[int(text)] if cell.get("t") == "s" and text else text
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
        element.clear()
    return rows


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def open_document(path, sheets=None):
    """Rows of the sheets of an ODS file, by the name of the sheet. Figures are the stored ones: a percentage is a fraction."""
    found = {}
    stream = zipfile.ZipFile(path).open("content.xml")
    for _, table in ElementTree.iterparse(stream):
        if table.tag != _TABLE + "table":
            continue
        if sheets is None or table.get(_TABLE + "name") in sheets:
            found[table.get(_TABLE + "name")] = _ods_rows(table)
        table.clear()
    return found


def _ods_rows(table):
    rows, number = [], 0
    for row in table.iter(_TABLE + "table-row"):
        cells = []
        for cell in row:
            if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                continue
            text = cell.get(_OFFICE + "value")
            if text is None:
                text = "\n".join(_ods_text(p) for p in cell.findall(_TEXT + "p"))
            times = int(cell.get(_TABLE + "number-columns-repeated") or 1)
            cells += [text] * (times if text or times < 100 else 0)
        repeated = int(row.get(_TABLE + "number-rows-repeated") or 1)
        if any(cell.strip() for cell in cells):
            rows += [(number + 1 + again, cells) for again in range(repeated)]
        number += repeated
    return rows


def _ods_text(paragraph):
    text = paragraph.text or ""
    for part in paragraph:
        if part.tag == _TEXT + "s":
            text += " " * int(part.get(_TEXT + "c") or 1)
        text += _ods_text(part) if part.tag not in (_TEXT + "s", _OFFICE + "annotation") else ""
        text += part.tail or ""
    return text


def records(path):
    """The document of a JSON file."""
    return json.load(open(path, encoding="utf-8-sig"))


class _Thrift:
    """The compact protocol of Thrift, in which Parquet writes its headers."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def varint(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def zigzag(self):
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def value(self, kind):
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            self.at += 1
            return self.data[self.at - 1]
        if kind in (4, 5, 6):
            return self.zigzag()
        if kind == 7:
            self.at += 8
            return struct.unpack_from("<d", self.data, self.at - 8)[0]
        if kind == 8:
            length = self.varint()
            self.at += length
            return self.data[self.at - length:self.at]
        if kind == 9:
            head = self.data[self.at]
            self.at += 1
            length = head >> 4 if head >> 4 < 15 else self.varint()
            return [self.value(head & 15) for _ in range(length)]
        return self.struct()

    def struct(self):
        fields, last = {}, 0
        while True:
            head = self.data[self.at]
            self.at += 1
            if head == 0:
                return fields
            last = last + (head >> 4) if head >> 4 else self.zigzag()
            fields[last] = self.value(head & 15)


def _snappy(data):
    reader = _Thrift(data)
    reader.varint()
    at, out = reader.at, bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                extra = length - 59
                length = int.from_bytes(data[at:at + extra], "little")
                at += extra
            out += data[at:at + length + 1]
            at += length + 1
            continue
        if tag & 3 == 1:
            length, offset = (tag >> 2 & 7) + 4, (tag >> 5) << 8 | data[at]
            at += 1
        else:
            width = 2 if tag & 3 == 2 else 4
            length, offset = (tag >> 2) + 1, int.from_bytes(data[at:at + width], "little")
            at += width
        for _ in range(length):
            out.append(out[-offset])
    return bytes(out)


def _hybrid(data, at, width, count):
    """Numbers in runs or in packed groups of eight."""
    found = []
    while len(found) < count:
        reader = _Thrift(data, at)
        head = reader.varint()
        at = reader.at
        if head & 1:
            length = (head >> 1) * width
            bits = int.from_bytes(data[at:at + length], "little")
            found += [bits >> (i * width) & ((1 << width) - 1) for i in range((head >> 1) * 8)]
            at += length
        else:
            size = (width + 7) // 8
            found += [int.from_bytes(data[at:at + size], "little")] * (head >> 1)
            at += size
    return found[:count]


def _values(data, kind, count):
    at, found = 0, []
    for _ in range(count):
        if kind == 6:
            length = struct.unpack_from("<I", data, at)[0]
            found.append(data[at + 4:at + 4 + length].decode())
            at += 4 + length
        else:
            found.append(struct.unpack_from("<d", data, at)[0])
            at += 8
    return found


def _chunk(data, meta):
    """The values of one column of one row group; nothing is None."""
    kind, left, dictionary, found = meta[1], meta[5], [], []
    at = meta.get(11) or meta[9]
    while left > 0:
        reader = _Thrift(data, at)
        header = reader.struct()
        page = data[reader.at:reader.at + header[3]]
        at = reader.at + header[3]
        page = _snappy(page) if meta[4] == 1 else page
        if header[1] == 2:
            dictionary = _values(page, kind, header[7][1])
            continue
        count, encoding = header[5][1], header[5][2]
        length = struct.unpack_from("<I", page)[0]
        levels = _hybrid(page[4:4 + length], 0, 1, count)
        body, filled = page[4 + length:], sum(levels)
        if filled == 0:
            values = []
        elif encoding in (2, 8):
            values = [dictionary[i] for i in _hybrid(body, 1, body[0], filled)] if body[0] else [dictionary[0]] * filled
        else:
            values = _values(body, kind, filled)
        following = iter(values)
        found += [next(following) if level else None for level in levels]
        left -= count
    return found


@functools.lru_cache(maxsize=1)
def parquet(path):
    """Rows of a Parquet file of optional text and double columns, as R's arrow package writes them."""
    data = open(path, "rb").read()
    length = struct.unpack("<I", data[-8:-4])[0]
    footer = _Thrift(data, len(data) - 8 - length).struct()
    names = [column[4].decode() for column in footer[2][1:]]
    rows = [(0, names)]
    for group in footer[4]:
        columns = [_chunk(data, column[3]) for column in group[1]]
        for cells in zip(*columns):
            rows.append((len(rows), ["" if c is None else c if isinstance(c, str) else repr(int(c)) if c == int(c)
                else repr(c) for c in cells]))
    return rows
