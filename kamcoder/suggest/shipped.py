"""What ships for known codebooks: where the words and examples written for a code belong in a project's codebook.

Names are compared without the words that every name of such a codebook has, so that "embeddedness" is known as "KAM
embeddedness" and "direct" as "Direct TM involvement".
"""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kamcoder import paths
from kamcoder.domain.codebook import PATH_SEPARATOR, Code, Codebook
from kamcoder.suggest.words import stems

_Path = tuple[tuple[str, ...], ...]

_EVERYWHERE = frozenset(
    stem
    for stem in stems(
        "KAM KA TM KAs key account accounts management manager managers top senior customer the of and a 's s to in"
    )
)
_SHORT = 3
#: Names that the same heading has elsewhere.
_ALSO = {"ka structure": "KAM embeddedness"}


class Placing:
    """Finds the code of a project for a path of a shipped file."""

    def __init__(self, codes: Sequence[Code]) -> None:
        book = Codebook(tuple(codes))
        self._known: dict[_Path, str] = {}
        for code in codes:
            self._known.setdefault(_plain(book.path(code.id)), code.id)

    def suits(self, shipped: Iterable[str]) -> bool:
        """Tell whether the codebook has at least half of the headings that a shipped file is written for."""
        headings = {path.split(PATH_SEPARATOR)[0] for path in shipped}
        there = sum(self._found(_plain(heading)) is not None for heading in headings)
        return 2 * there >= len(headings)

    def place(self, path: str) -> tuple[str, bool]:
        """Return the code's id and True; for a code that is missing, the nearest above and False; else ("", False)."""
        steps = _plain(path)
        for length in range(len(steps), 0, -1):
            code_id = self._found(steps[:length])
            if code_id is not None:
                return code_id, length == len(steps)
        return "", False

    def _found(self, steps: _Path) -> str | None:
        if steps in self._known:
            return self._known[steps]
        alike = [code_id for known, code_id in self._known.items() if _alike(known, steps)]
        return alike[0] if len(alike) == 1 else None


def shipped_files(folder: str, ending: str = "") -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return (name, content) of the files of a folder of the resources, by name; only those with an ending if given."""
    return tuple((path.name, _content(path)) for path in sorted((paths.resources() / folder).glob(f"*{ending}.toml")))


@cache
def _content(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _plain(path: str) -> _Path:
    return tuple(_step(step) for step in path.split(PATH_SEPARATOR))


@cache
def _step(name: str) -> tuple[str, ...]:
    words = tuple(stems(_ALSO.get(name.casefold(), name)))
    return tuple(sorted(word for word in words if word not in _EVERYWHERE)) or words


def _alike(one: _Path, two: _Path) -> bool:
    return len(one) == len(two) and all(_same(a, b) for a, b in zip(one, two, strict=True))


def _same(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Tell whether two names mean the same: the shorter lies in the longer, or is one word that begins one of it."""
    short, long = sorted((one, two), key=len)
    if set(short) <= set(long):
        return True
    return len(short) == 1 and len(short[0]) >= _SHORT and any(word.startswith(short[0]) for word in long)
