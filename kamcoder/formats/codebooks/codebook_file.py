"""What a codebook file holds, and the last steps every reader takes: positions, tree order and missing colours."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import ImportRefused, InvalidInput, Notice
from kamcoder.formats.codebooks.colours import ColourRow

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 100  # levels of codes; XML readers give up at about 250


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """A codebook as read: codes in tree order with positions and colours set; `guide` names an interview guide."""

    key: str
    name: str
    description: str
    guide: str | None
    codes: tuple[Code, ...]
    notices: tuple[Notice, ...] = ()


def stem(name: str) -> str:
    """Return a file's name without folder and ending."""
    return PurePath(name.replace("\\", "/")).stem or name


def check_size(data: bytes, *, name: str) -> None:
    """Raise ImportRefused for a file without content or far larger than any codebook."""
    if not data.strip():
        raise ImportRefused("codebook_file_empty", name=name)
    if len(data) > MAX_BYTES:
        raise ImportRefused("codebook_file_too_large", name=name, size=f"{len(data) / 1e6:.0f} MB")


def check_depth(codebook: Codebook) -> None:
    """Raise InvalidInput if codes nest deeper than our own readers would take back."""
    for depth, code in codebook.walk():
        if depth >= MAX_DEPTH:
            raise InvalidInput("codebook_too_deep_to_export", code=code.name, limit=MAX_DEPTH)


def known_id(text: str) -> str | None:
    """Return a UUID written in any usual way (capitals, braces) in the form of `domain.ids`; None if it is none."""
    try:
        return str(uuid.UUID(text.strip().strip("{}")))
    except ValueError:
        return None


def complete(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Return codes in tree order with positions by their order among siblings and a colour wherever it is empty."""
    counts: Counter[str | None] = Counter()
    placed = []
    for code in codes:
        placed.append(replace(code, position=counts[code.parent_id]))
        counts[code.parent_id] += 1
    tree = Codebook(tuple(placed))
    colours: dict[str | None, str] = {}
    rows: dict[str | None, ColourRow] = {}
    coloured = []
    for _, code in tree.walk():
        parent = code.parent_id
        colour = code.colour
        if not colour:
            if parent not in rows:
                rows[parent] = ColourRow(_own_colours(tree.children(parent)), parent=colours.get(parent))
            colour = rows[parent].take()
        colours[code.id] = colour
        coloured.append(replace(code, colour=colour))
    return tuple(coloured)


def _own_colours(siblings: Iterable[Code]) -> list[str]:
    return [code.colour for code in siblings if code.colour]
