"""The sentences of errors and notices, read from `resources/messages/<language>/*.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from kamcoder import paths
from kamcoder.domain.errors import KamCoderError, Notice


def sentence(error: KamCoderError, *, language: str = "en") -> str:
    """Return the sentence a person reads for an expected failure."""
    return _fill(_catalogue(language)["errors"].get(error.key, error.key), error.values)


def notice(item: Notice, *, language: str = "en") -> str:
    """Return the sentence a person reads for a notice."""
    return _fill(_catalogue(language)["notices"].get(item.key, item.key), item.values)


def words(key: str, /, *, language: str = "en", **values: Any) -> str:
    """Return words of a table that is handed out."""
    return _fill(_catalogue(language)["tables"][key], values)


def catalogue_keys(language: str = "en") -> dict[str, frozenset[str]]:
    """Return the keys of the catalogue as {section: keys}."""
    return {section: frozenset(entries) for section, entries in _catalogue(language).items()}


@cache
def _catalogue(language: str) -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {"errors": {}, "notices": {}, "tables": {}}
    for path in sorted((paths.resources() / "messages" / language).glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for section, entries in merged.items():
            entries.update(content.get(section, {}))
    return merged


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def _fill(template: str, values: Mapping[str, Any]) -> str:
    # A value may be a whole passage or path of the user's; the sentence stays one line and readable.
    return template.format_map(_Blanks({name: _short(value) for name, value in values.items()}))


def _short(value: Any, limit: int = 300) -> Any:
    if isinstance(value, (int, float)):
        return value
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
