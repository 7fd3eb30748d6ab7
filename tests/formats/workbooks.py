"""Workbooks for the tests: real ones made by openpyxl, and ones taken apart and put together again."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook


def workbook(*sheets: Iterable[Sequence[Any]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """Return an XLSX file with one sheet for each table of values."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, parts: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """Return a package with some parts changed, or added where they were not there."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content, change = old.read(name), parts.get(name)
            if change is not None:
                content = change(content) if callable(change) else change
            new.writestr(name, content)
        for name, added in parts.items():
            if name not in old.namelist() and isinstance(added, bytes):
                new.writestr(name, added)
    return buffer.getvalue()
