# SPDX-License-Identifier: Apache-2.0
"""Damaged, hostile and odd files, made when a test needs them: small on disk, whatever they would unpack to."""

from __future__ import annotations

import gzip
import io
import re
import stat
import struct
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

MIB = 1 << 20
HEADER = ("申请号", "申请日", "专利名称", "申请人")
RECORD = ("CN201410000001.8", "2014-01-02", "一种飞行杯", "样例大学")
CSV = (",".join(HEADER) + "\n" + ",".join(RECORD) + "\n").encode()
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = '<!ENTITY l0 "laughlaugh">' + ENTITIES


def csv_of(*records: Sequence[str]) -> bytes:
    """A table of Chinese patents with these records."""
    return "".join(",".join(cells) + "\n" for cells in (HEADER, *records)).encode()


def zipped(members: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    """An archive of these files; names may come twice."""
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, data)
    return content.getvalue()


def zip_bomb(size: int) -> bytes:
    """An archive whose one table goes on with `size` bytes of blank lines."""
    return zipped({"table.csv": CSV + b"\n" * size})


def gzip_bomb(size: int) -> bytes:
    """The same, packed with gzip."""
    return gzip.compress(CSV + b"\n" * size, 9)


def locked(archive: bytes) -> bytes:
    """An archive that says of its first file that it is locked with a password."""
    data = bytearray(archive)
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def symbolic_link(name: str, target: str) -> bytes:
    """An archive that holds a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(entry, target)
    return content.getvalue()


def with_stated_size(archive: bytes, name: str, size: int) -> bytes:
    """An archive that lies about the unpacked size of a file, in both places where it is stated."""
    data = bytearray(archive)
    for mark, length_at, name_at, size_at in ((b"PK\x01\x02", 28, 46, 24), (b"PK\x03\x04", 26, 30, 22)):
        for found in re.finditer(re.escape(mark), archive):
            start = found.start()
            (length,) = struct.unpack_from("<H", archive, start + length_at)
            if archive[start + name_at : start + name_at + length] == name.encode():
                struct.pack_into("<L", data, start + size_at, size)
    return bytes(data)


def with_stated_directory(archive: bytes, size: int) -> bytes:
    """An archive that states a list of files of this size."""
    data = bytearray(archive)
    struct.pack_into("<L", data, data.rfind(b"PK\x05\x06") + 12, size)
    return bytes(data)


def workbook(
    path: Path, rows: Sequence[Sequence[object]], formulas: Mapping[tuple[int, int], tuple[str, str]] = {}
) -> Path:
    """A workbook of one sheet; `formulas` by row and column (from 0), each with the value saved beside it."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for (number, column), (formula, value) in formulas.items():
        sheet.write_formula(number, column, formula, None, value)
    book.close()
    return path


def swollen_workbook(path: Path, size: int) -> bytes:
    """A workbook whose sheet goes on with `size` blanks."""
    with zipfile.ZipFile(workbook(path, [HEADER, RECORD])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", b" " * size + b"</sheetData>")
    return zipped(parts)


def red_book(declared: str, title: str, *, number: str = "09000001") -> bytes:
    """A grant of the US office with a document type of our own and this title."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v44-2013-05-16.dtd" [{declared}]>
<us-patent-grant lang="EN" dtd-version="v4.4 2013-05-16" country="US" date-publ="20150407">
<us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>{number}</doc-number><kind>B2</kind>
<date>20150407</date></document-id></publication-reference>
<application-reference appl-type="utility"><document-id><country>US</country><doc-number>13{number[-6:]}</doc-number>
<date>20110701</date></document-id></application-reference>
<invention-title id="d2e53">{title}</invention-title>
</us-bibliographic-data-grant>
<abstract><p>{title}</p></abstract>
</us-patent-grant>
""".encode()


def docdb(declared: str, title: str) -> bytes:
    """A DOCDB file of the European office with a document type of our own and this title."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE exch:exchange-documents [{declared}]>
<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange">
<exch:exchange-document country="EP" doc-number="1000001" kind="A1" date-publ="20000517" family-id="1">
<exch:bibliographic-data><exch:publication-reference data-format="docdb"><document-id><country>EP</country>
<doc-number>1000001</doc-number><kind>A1</kind><date>20000517</date></document-id></exch:publication-reference>
<exch:invention-title lang="en">{title}</exch:invention-title></exch:bibliographic-data>
</exch:exchange-document></exch:exchange-documents>
""".encode()
