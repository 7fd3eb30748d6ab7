"""Codebook templates: TOML files with `key`, `name`, `description`, perhaps `guide`, and nested `[[codes]]`.

A code has a `name` and may have `definition`, `include`, `exclude`, `example`, `colour`, `shortcut`, `codable`,
`questions` and `[[codes.children]]`. A key that means nothing is refused: it is a slip of the pen in a file written by
hand, and what was meant would be lost.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kamcoder.domain.codebook import PATH_SEPARATOR, Code
from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.ids import new_id
from kamcoder.domain.project import natural_key
from kamcoder.formats.codebooks import colours
from kamcoder.formats.codebooks.codebook_file import MAX_DEPTH, CodebookFile, check_size, complete, stem
from kamcoder.formats.codebooks.texts import FIELDS, tidy, tidy_name

_TOP = {"key": str, "name": str, "description": str, "guide": str, "codes": list}
_CODE = {"name": str, **dict.fromkeys(FIELDS, str), "colour": str, "shortcut": str} | {
    "codable": bool,
    "questions": list,
    "children": list,
}


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A template to choose from: where it is, what it is called and how many codes it brings."""

    key: str
    name: str
    description: str
    guide: str | None
    codes: int
    path: Path


def list_templates(folder: Path) -> tuple[TemplateInfo, ...]:
    """Return the templates of a folder, those with an interview guide first, then by name.

    Raises ImportRefused if one of them cannot be read.
    """
    found = []
    for path in folder.glob("*.toml"):
        read = read_template(path.read_bytes(), name=path.name)
        found.append(TemplateInfo(read.key, read.name, read.description, read.guide, len(read.codes), path))
    return tuple(sorted(found, key=lambda info: (info.guide is None, natural_key(info.name))))


def read_template(data: bytes, *, name: str) -> CodebookFile:
    """Read a template; every code gets a fresh id.

    Raises ImportRefused, naming the file and the code, for anything that is not as the module's docstring says.
    """
    check_size(data, name=name)
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # ValueError: no UTF-8, or TOMLDecodeError
        raise ImportRefused("template_unreadable", name=name, reason=str(error)) from error
    reader = _Reader(name)
    reader.check(table, _TOP, place=name)
    reader.read_codes(table.get("codes", []), parent_id=None, path=())
    if not reader.codes:
        raise ImportRefused("codebook_without_codes", name=name)
    title = tidy_name(table.get("name", "")) or stem(name)
    return CodebookFile(
        key=tidy_name(table.get("key", "")) or stem(name),
        name=title,
        description=tidy(table.get("description", "")),
        guide=tidy_name(table.get("guide", "")) or None,
        codes=complete(reader.codes),
    )


class _Reader:
    """Collects the codes of one template."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.codes: list[Code] = []
        self._shortcuts: set[str] = set()

    def check(self, table: object, known: Mapping[str, type], *, place: str) -> None:
        if not isinstance(table, dict):
            raise ImportRefused("template_value_wrong", name=self.file_name, key="codes", place=place)
        for key, value in table.items():
            if key not in known:
                raise ImportRefused("template_key_unknown", name=self.file_name, key=key, place=place)
            if not isinstance(value, known[key]):
                raise ImportRefused("template_value_wrong", name=self.file_name, key=key, place=place)

    def read_codes(self, tables: list[Any], *, parent_id: str | None, path: tuple[str, ...]) -> None:
        if len(path) >= MAX_DEPTH and tables:
            raise ImportRefused("codebook_too_deep", name=self.file_name, limit=MAX_DEPTH)
        names: set[str] = set()
        for number, table in enumerate(tables, start=1):
            self.check(table, _CODE, place=PATH_SEPARATOR.join([*path, f"#{number}"]))
            name = tidy_name(table.get("name", ""))
            place = PATH_SEPARATOR.join([*path, name or f"#{number}"])
            if not name or PATH_SEPARATOR.strip() in name:
                raise ImportRefused("template_value_wrong", name=self.file_name, key="name", place=place)
            if name.casefold() in names:
                raise ImportRefused("template_code_twice", name=self.file_name, place=place)
            names.add(name.casefold())
            code = self._code(table, name, parent_id, place)
            self.codes.append(code)
            self.read_codes(table.get("children", []), parent_id=code.id, path=(*path, name))

    def _code(self, table: Mapping[str, Any], name: str, parent_id: str | None, place: str) -> Code:
        colour = colours.parse(table["colour"]) if "colour" in table else ""
        questions = table.get("questions", [])
        shortcut = table.get("shortcut", "").strip().upper()
        if colour is None:
            raise ImportRefused("template_value_wrong", name=self.file_name, key="colour", place=place)
        if not all(isinstance(question, str) for question in questions):
            raise ImportRefused("template_value_wrong", name=self.file_name, key="questions", place=place)
        if len(shortcut) > 1 or shortcut in self._shortcuts:
            raise ImportRefused("template_value_wrong", name=self.file_name, key="shortcut", place=place)
        self._shortcuts.update(shortcut)
        texts: dict[str, Any] = {field: tidy(table.get(field, "")) for field in FIELDS}
        return Code(
            id=new_id(),
            name=name,
            parent_id=parent_id,
            colour=colour,
            shortcut=shortcut,
            codable=table.get("codable", True),
            questions=tuple(questions),
            **texts,
        )
