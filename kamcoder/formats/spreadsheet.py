"""Sheets of cases, participants, codings and summaries, read from XLSX or CSV; the content decides, not the name.

The only place that knows openpyxl.
"""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.formats.archives import Package
from kamcoder.formats.separated import read_separated
from kamcoder.formats.sheet import Sheet, assemble, check_size, letters, listed

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["Sheet", "read_sheet"]

MOST_BYTES: Final = 50_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# Excel before version 5 wrote its records without a container.
_OLD_EXCEL = tuple(bytes((9, version, size, 0)) for version, size in ((0, 4), (2, 6), (4, 6), (8, 8), (8, 16)))
_OTHER_KINDS = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x1f\x8b", "GZIP"),
)
# What openpyxl lets out on workbooks that are incomplete or scrambled: it takes each part for what it should be. The
# errors of XML are SyntaxErrors.
_BROKEN_WORKBOOK = (LookupError, ValueError, TypeError, AttributeError, OverflowError, SyntaxError, OSError)


def read_sheet(data: bytes, *, name: str) -> Sheet:
    """Read the first sheet with content of an XLSX workbook, or a CSV file, as header and rows of text.

    Raise ImportRefused, naming the file `name`, if it is none of both, protected, damaged, larger than any sheet of a
    study, or without a header of its own for every column.
    """
    if not data.strip(b"\0\t\n\r "):
        raise ImportRefused("sheet_empty", name=name)
    if len(data) > MOST_BYTES:
        raise ImportRefused(
            "sheet_too_large", name=name, megabytes=len(data) // 1_000_000, limit=MOST_BYTES // 1_000_000
        )
    if data.startswith(b"PK\x03\x04"):
        return _read_package(Package(data, name=name))
    if data.startswith(_OLE):
        raise ImportRefused("sheet_encrypted" if _ENCRYPTED_STREAM in data else "sheet_old_excel", name=name)
    if data.startswith(_OLD_EXCEL):
        raise ImportRefused("sheet_old_excel", name=name)
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise ImportRefused("sheet_other_kind", name=name, kind=kind)
    if data.lstrip(b"\xef\xbb\xbf\t\n\r ")[:1] == b"<":
        raise ImportRefused("sheet_other_kind", name=name, kind="HTML or XML")
    return read_separated(data, name=name)


def _read_package(package: Package) -> Sheet:
    name = package.name
    if "mimetype" in package:
        raise ImportRefused("sheet_open_document", name=name)
    if "xl/workbook.bin" in package:
        raise ImportRefused("sheet_old_excel", name=name)
    if any(part.startswith(("word/", "ppt/")) for part in package.parts):
        raise ImportRefused("sheet_other_kind", name=name, kind="Office document")
    if "[Content_Types].xml" not in package.parts:
        raise ImportRefused("sheet_other_kind", name=name, kind="ZIP")
    honest = package.rebuilt()
    try:
        # The library warns of what it does not show (validation rules, drawings); none of it is text of a sheet.
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="openpyxl")
            return _read_workbook(honest, name)
    except _BROKEN_WORKBOOK as error:
        raise ImportRefused("sheet_damaged", name=name) from error


def _read_workbook(data: bytes, name: str) -> Sheet:
    values = _opened(data, results=True)
    # Formulas cost a second reading, and most sheets have none. The parts of `data` are not compressed.
    formulas = _opened(data, results=False) if _FORMULA.search(data) else None
    titles = [sheet.title for sheet in values.worksheets if _has_content(sheet, name)]
    visible = [title for title in titles if values[title].sheet_state == "visible"]
    chosen = next(iter([*visible, *titles]), None)
    if chosen is None:
        raise ImportRefused("sheet_empty", name=name)
    marks = _Marks()
    found = list(_numbered(values[chosen], name))
    sources = found if formulas is None else _numbered(formulas[chosen], name)
    pairs = zip(found, sources, strict=True)
    rows = [(number, marks.texts(number, cells, behind)) for (number, cells), (_, behind) in pairs]
    others = [title for title in titles if title != chosen]
    notices = marks.notices(name)
    if others:
        notices.append(Notice("sheet_other_sheets", {"name": name, "sheet": chosen, "others": ", ".join(others)}))
    return assemble(rows, name=name, notices=notices)


def _opened(data: bytes, *, results: bool) -> "Workbook":
    """Open a workbook for reading: with the stored results of formulas, or with the formulas themselves."""
    import openpyxl  # a fifth of a second to load

    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
    for sheet in workbook.worksheets:
        # What a workbook says about the size of a sheet is often wrong, and cells beyond it would be lost.
        sheet.reset_dimensions()
    return workbook


def _has_content(sheet: Any, name: str) -> bool:
    return any(_text(cell.value).strip() for _, cells in _numbered(sheet, name) for cell in cells)


def _numbered(sheet: Any, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # A workbook may claim a cell in any row and column; the empty ones before it are made up here.
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        seen += len(cells)
        check_size(seen, number, name=name)
        yield number, cells


class _Marks:
    """Turns cells into text and remembers those a person should look at."""

    def __init__(self) -> None:
        self._without_result: list[str] = []
        self._errors: list[str] = []

    def texts(self, row: int, cells: tuple[Any, ...], sources: tuple[Any, ...]) -> list[str]:
        """Return the text of each cell of a row; `sources` are the same cells with their formulas."""
        found = []
        for place, (cell, source) in enumerate(zip(cells, sources, strict=True)):
            if cell.value is None and source.data_type == "f":
                self._without_result.append(f"{letters(place)}{row}")
            elif cell.data_type == "e":
                self._errors.append(f"{letters(place)}{row}")
            found.append(_text(cell.value))
        return found

    def notices(self, name: str) -> list[Notice]:
        """Return what is to be told of the cells read."""
        told = (("sheet_no_cached_values", self._without_result), ("sheet_error_values", self._errors))
        return [
            Notice(key, {"name": name, "count": len(cells), "cells": listed(cells)}) for key, cells in told if cells
        ]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Spreadsheets know one kind of number: a count of 1000 may well be stored as 1000.0.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str) and "_x" in value:
        from openpyxl.utils.escape import unescape

        return str(unescape(value))
    return str(value)
