"""Codebooks as tables (CSV): one row a code.

Written: RFC 4180 in UTF-8 with the columns of `COLUMNS`. Cells that a spreadsheet would run as a formula get a leading
apostrophe, which reading takes off again. Read: comma, semicolon or tab; a path, a name with a parent, or a name alone;
headings in any case, under the names that other programs and people use.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kamcoder.domain.codebook import PATH_SEPARATOR, Code, Codebook
from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.ids import new_id
from kamcoder.formats.codebooks import colours
from kamcoder.formats.codebooks.codebook_file import CodebookFile, check_depth, check_size, complete, known_id, stem
from kamcoder.formats.codebooks.placing import Row, place_rows
from kamcoder.formats.codebooks.texts import FIELDS, tidy, tidy_name
from kamcoder.formats.decoding import decode
from kamcoder.formats.formulas import guarded, unguarded

COLUMNS = ("path", "name", *FIELDS, "colour", "shortcut", "questions", "codable", "id")

_SYNONYMS = {
    "path": ("path", "code path", "full path", "tag"),
    "name": ("name", "code", "code name", "label", "title"),
    "parent": ("parent", "parent code", "parent name", "parent path", "category", "group"),
    "definition": ("definition", "description", "meaning", "memo", "comment"),
    "include": ("include", "inclusion", "include rule", "inclusion criteria", "when to use"),
    "exclude": ("exclude", "exclusion", "exclude rule", "exclusion criteria", "when not to use"),
    "example": ("example", "examples"),
    "colour": ("colour", "color"),
    "shortcut": ("shortcut", "shortcut key"),
    "questions": ("questions", "question", "guide questions"),
    "codable": ("codable", "is codable", "iscodable"),
    "id": ("id", "guid", "uuid"),
}
_NAMING = ("path", "name")
_SEPARATORS = (",", ";", "\t")
_YES = {"yes", "y", "true", "1", "x", ""}
_NO = {"no", "n", "false", "0"}
_QUESTION = re.compile(r"^q\d+$")
_QUESTION_BREAKS = re.compile(r"[,;\n]+")
# Taguette puts a dot between the steps of a tag; dots before a space or between digits are ordinary text.
_TAG_STEP = re.compile(r"(?<=\S)(?<!\d)\.(?=\S)|(?<=\d)\.(?=[^\s\d])")


def write_table(codebook: Codebook, *, mark: bool = False) -> bytes:
    """Return a codebook as CSV, codes in tree order; with `mark`, behind a byte order mark, as Excel wants it.

    Raises InvalidInput for a codebook nested deeper than `read_table` takes.
    """
    check_depth(codebook)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    steps: list[str] = []
    for depth, code in codebook.walk():
        steps[depth:] = [tidy_name(code.name)]
        texts = [tidy(getattr(code, field)) for field in FIELDS]
        questions = ", ".join(code.questions)
        codable = "yes" if code.codable else "no"
        cells = (PATH_SEPARATOR.join(steps), steps[-1], *texts, code.colour, code.shortcut, questions, codable, code.id)
        writer.writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")


def read_table(data: bytes, *, name: str) -> CodebookFile:
    """Read a codebook from CSV; `name` is the file's name, for sentences and as the title.

    Parents that have no row of their own are created. Raises ImportRefused, naming the file and the row (the heading
    is row 1), for a file without heading or codes, a code twice, codes below themselves, and cells that mean nothing.
    """
    check_size(data, name=name)
    decoded = decode(data, name=name)
    records = _records(decoded.text, name)
    header = _header(next((cells for _, cells in records if any(cells)), []), name)
    reader = _Reader(name, header)
    rows = [reader.row(number, cells) for number, cells in records if any(cell.strip() for cell in cells)]
    if not rows:
        raise ImportRefused("codebook_without_codes", name=name)
    notices = [*decoded.notices]
    if header.ignored:
        notices.append(Notice("codebook_columns_left_out", {"name": name, "columns": ", ".join(header.ignored)}))
    notices += [Notice(key, {"name": name, "count": count}) for key, count in reader.counts.items()]
    codes = complete(place_rows(rows, name=name))
    return CodebookFile(stem(name), stem(name), "", None, codes, tuple(notices))


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, cells) of every row, counted as a spreadsheet does: a cell of several lines is one row."""
    text = text.replace("\0", "")
    first = re.match(r"\s*sep=([,;\t|])[\r\n]+", text)
    separator = first[1] if first else _separator(text)
    skipped = 1 if first else 0
    lines = io.StringIO(text[first.end() :] if first else text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = skipped
    try:
        for number, cells in enumerate(reader, start=1 + skipped):
            yield number, [unguarded(cell) for cell in cells]
    except csv.Error as error:
        raise ImportRefused("codebook_row_unreadable", name=name, row=number + 1) from error


def _separator(text: str) -> str:
    line = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    known = {synonym for synonyms in _SYNONYMS.values() for synonym in synonyms}

    def score(separator: str) -> tuple[int, int]:
        cells = line.split(separator)
        return sum(_plain(cell) in known for cell in cells), len(cells)

    return max(_SEPARATORS, key=score)


def _plain(heading: str) -> str:
    return " ".join(heading.strip("\ufeff \t\r\n\"'").replace("_", " ").casefold().split())


@dataclass(frozen=True, slots=True)
class _Header:
    columns: Mapping[str, int]
    width: int
    dotted: bool
    ignored: tuple[str, ...]


def _header(cells: list[str], name: str) -> _Header:
    plain = [_plain(cell) for cell in cells]
    columns: dict[str, int] = {}
    for field, synonyms in _SYNONYMS.items():
        found = next((plain.index(synonym) for synonym in synonyms if synonym in plain), None)
        if found is not None:
            columns[field] = found
    if not any(field in columns for field in _NAMING):
        raise ImportRefused("codebook_no_header", name=name)
    used = set(columns.values())
    ignored = tuple(cell.strip() for number, cell in enumerate(cells) if number not in used and cell.strip())
    dotted = "path" in columns and plain[columns["path"]] == "tag"
    return _Header(columns, len(cells), dotted, ignored)


class _Reader:
    """Turns the rows of one table into codes, and counts what had to be mended."""

    def __init__(self, file_name: str, header: _Header) -> None:
        self.file_name = file_name
        self.header = header
        self.counts: Counter[str] = Counter()
        self._ids: set[str] = set()
        self._shortcuts: set[str] = set()

    def row(self, number: int, cells: list[str]) -> Row:
        """Read one row; raise ImportRefused with its number."""
        if any(cell.strip() for cell in cells[self.header.width :]):
            raise ImportRefused("codebook_row_too_long", name=self.file_name, row=number)
        values = {
            field: cells[column].strip() if column < len(cells) else "" for field, column in self.header.columns.items()
        }
        steps, parent = self._place(number, values)
        if not steps:
            raise ImportRefused("codebook_row_without_name", name=self.file_name, row=number)
        texts: dict[str, Any] = {field: tidy(values.get(field, "")) for field in FIELDS}
        code = Code(
            id=self._id(values.get("id", "")),
            name=steps[-1],
            colour=self._colour(number, values.get("colour", "")),
            shortcut=self._shortcut(values.get("shortcut", "")),
            codable=self._codable(number, values.get("codable", "")),
            questions=_questions(values.get("questions", "")),
            **texts,
        )
        return Row(number, steps, parent, code)

    def _place(self, number: int, values: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
        """Return the steps of the code's path and, when the path is only its name, what the row calls the parent."""
        path, name = tidy_name(values.get("path", "")), tidy_name(values.get("name", ""))
        parent = tidy_name(values.get("parent", ""))
        if "›" not in path and path.casefold() == name.casefold():
            steps: tuple[str, ...] = (name,) if name else ()
        elif path:
            steps = self._path_steps(path)
            above = _steps(parent, "›>/")[-1:] if len(steps) > 1 else ()
            if not _agree(steps[-1:], (name,)) or not _agree(steps[-2:-1], above):
                raise ImportRefused("codebook_path_and_name", name=self.file_name, row=number, path=path, code=name)
        else:
            steps = _steps(name, "›")
            if parent and len(steps) > 1:
                steps = (*_steps(parent, "›>/"), *steps)
        return steps, parent if len(steps) == 1 else ""

    def _path_steps(self, path: str) -> tuple[str, ...]:
        if self.header.dotted and "›" not in path:
            steps = tuple(filter(None, (tidy_name(step) for step in _TAG_STEP.split(path))))
            if len(steps) > 1:
                return steps
        return _steps(path, "›>/")

    def _id(self, cell: str) -> str:
        known = known_id(cell)
        if cell and (known is None or known in self._ids):
            self.counts["codebook_ids_replaced"] += 1
        if known is None or known in self._ids:
            known = new_id()
        self._ids.add(known)
        return known

    def _colour(self, number: int, cell: str) -> str:
        colour = colours.parse(cell)
        if cell and colour is None:
            raise ImportRefused("codebook_colour", name=self.file_name, row=number, colour=cell)
        return colour or ""

    def _shortcut(self, cell: str) -> str:
        if cell and (len(cell) > 1 or cell.casefold() in self._shortcuts):
            self.counts["codebook_shortcuts_left_out"] += 1
            return ""
        self._shortcuts.update(cell.casefold())
        return cell

    def _codable(self, number: int, cell: str) -> bool:
        if cell.casefold() not in _YES | _NO:
            raise ImportRefused("codebook_codable", name=self.file_name, row=number, cell=cell)
        return cell.casefold() in _YES


def _steps(path: str, separators: str) -> tuple[str, ...]:
    """Return a path's steps; the first of `separators` that stands in it is the one that separates."""
    for separator in separators:
        if separator in path:
            return tuple(filter(None, (tidy_name(step) for step in path.split(separator))))
    return (path,) if path else ()


def _agree(steps: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Tell whether another cell says nothing or the same as the path."""
    return not any(said) or [step.casefold() for step in steps] == [step.casefold() for step in said]


def _questions(cell: str) -> tuple[str, ...]:
    questions = (tidy_name(question) for question in _QUESTION_BREAKS.split(cell))
    return tuple(_QUESTION.sub(lambda found: found[0].upper(), question) for question in questions if question)
