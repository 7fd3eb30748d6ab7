"""What a merge writes, worked out to the last row: plain values, so that a thread can work it out and another write it.

Knows the file it is for only by `standing`: whoever writes it looks first whether the file is still as it was then.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kamcoder.domain.changes import Row
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.merging.joining import Joining, Key
from kamcoder.storage.merging.side import Dot
from kamcoder.storage.merging.tables import MERGED

Parts = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One row to be written: `before` is None for a new one, `after` None for one that goes."""

    table: str
    key: str
    before: Row | None
    after: Row | None


@dataclass(slots=True)
class Notes:
    """What the file is to know of the rows afterwards: versions, sittings, aliases and the like, by table."""

    gone: dict[str, list[Parts]] = field(default_factory=dict)
    changed: list[tuple[str, Parts, Row]] = field(default_factory=list)
    new: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """Rows to be written, what is to be noted of them, and rows that a person decided about.

    `standing` is the state of the file this was worked out for.
    """

    acts: tuple[Act, ...]
    notes: Notes
    decided: tuple[Key, ...]
    standing: tuple[object, ...]


def standing(store: ProjectStore) -> tuple[object, ...]:
    """Return what is another value as soon as anything was written into a file: every write stamps or is logged."""
    logged = store.one("SELECT max(number) FROM audit_log")
    return (logged, *store.query("SELECT number, id, seen FROM sittings ORDER BY number"))


def scripted(joining: Joining) -> Script:
    """Return all that the outcome of a merge means for our file."""
    notes, decided = Notes(), []
    numbers = _note_sittings(joining, notes)
    mine = joining.mine
    for table, found in joining.tables.items():
        versions = mine.versions(table)
        for key, version in found.changed.items():
            stamp, sitting = version.dot
            if (table, key) in joining.chosen:
                decided.append((table, key))  # a person's choice is an act of this sitting
            elif key not in versions or (table, key) in mine.unstamped:
                row = {"table_name": table, "row_key": key, "sitting": numbers[sitting], "stamp": stamp}
                notes.new.setdefault("row_versions", []).append(row)
            elif versions[key] != version.dot:
                notes.changed.append(("row_versions", (table, key), {"sitting": numbers[sitting], "stamp": stamp}))
        gone = [key for key in found.gone if key not in found.changed and (table, key) not in mine.unstamped]
        notes.gone.setdefault("row_versions", []).extend((table, key) for key in gone)
    _note_withheld(joining, notes, numbers)
    _note_revived(joining, notes, numbers)
    _note_mended(joining, notes, numbers)
    _note_aliases(joining, notes)
    return Script(tuple(_acts(joining)), notes, tuple(decided), standing(mine.store))


def _acts(joining: Joining) -> Iterable[Act]:
    """Yield what is to be written: new rows parents first, changed ones, then rows that go, children first."""
    for table in MERGED:
        mine = joining.mine.versions(table)
        for key, version in joining.tables[table].changed.items():
            before = joining.mine.written(table, key) if key in mine else None
            row: dict[str, Any] = dict(version.row)
            for column in MERGED[table].local:
                row[column] = before[column] if before else None
            yield Act(table, key, before, row)
    for table in reversed(MERGED):
        for key, gone in joining.tables[table].gone.items():
            if key not in joining.tables[table].changed:
                yield Act(table, key, gone, None)


def _note_sittings(joining: Joining, notes: Notes) -> dict[str, int]:
    """Note what the copy has seen then and return the numbers of all sittings."""
    mine = joining.mine
    numbers = dict(mine.numbers)
    vector = {**joining.theirs.vector}
    for sitting, seen in mine.vector.items():
        vector[sitting] = max(seen, vector.get(sitting, seen))
    for sitting, seen in sorted(vector.items()):
        if sitting not in numbers:
            numbers[sitting] = max(numbers.values()) + 1
            row = {"number": numbers[sitting], "id": sitting, "seen": seen}
            notes.new.setdefault("sittings", []).append(row)
        elif seen > mine.vector[sitting]:
            notes.changed.append(("sittings", (numbers[sitting],), {"seen": seen}))
    return numbers


def _note_aliases(joining: Joining, notes: Notes) -> None:
    known = joining.mine.aliases
    for (table, old), key in joining.aliases.items():
        if (table, old) not in known:
            notes.new.setdefault("aliases", []).append({"table_name": table, "old_key": old, "new_key": key})
        elif known[table, old] != key:
            notes.changed.append(("aliases", (table, old), {"new_key": key}))


def _note_withheld(joining: Joining, notes: Notes, numbers: dict[str, int]) -> None:
    """Keep in mind which versions neither copy holds."""
    mine, theirs = joining.mine, joining.theirs
    still: dict[Key, Dot] = {}
    for side, other in ((mine, theirs), (theirs, mine)):
        still.update({one: dot for one, dot in side.withheld.items() if not other.seen(*one, dot)})
    _replace(joining, notes, "withheld", still, numbers)


def _note_revived(joining: Joining, notes: Notes, numbers: dict[str, int]) -> None:
    """Keep in mind which rows are there only because they are needed."""
    dots = {}
    for table, key in joining.kept:
        found, mine = joining.tables[table], joining.mine.versions(table)
        if joining.exists(table, key):
            dots[table, key] = found.changed[key].dot if key in found.changed else mine[key]
    _replace(joining, notes, "revived", dots, numbers)


def _note_mended(joining: Joining, notes: Notes, numbers: dict[str, int]) -> None:
    """Keep in mind what rows said that were mended."""
    changed = {one: joining.tables[one[0]].changed.get(one[1]) for one in joining.mended}
    dots = {one: version.dot for one, version in changed.items() if version is not None}
    texts = {one: json.dumps(before, sort_keys=True) for one, before in joining.mended.items()}
    _replace(joining, notes, "mended", dots, numbers, before=texts)


def _replace(
    joining: Joining,
    notes: Notes,
    table: str,
    dots: Mapping[Key, Dot],
    numbers: dict[str, int],
    **columns: Mapping[Key, str],
) -> None:
    """Let a table of versions hold just these."""
    wanted: dict[Key, dict[str, Any]] = {
        one: {
            "table_name": one[0],
            "row_key": one[1],
            "sitting": numbers[dot[1]],
            "stamp": dot[0],
            **{column: values[one] for column, values in columns.items()},
        }
        for one, dot in dots.items()
    }
    known = {(row["table_name"], row["row_key"]): row for row in joining.mine.store.rows(table)}
    notes.gone[table] = [one for one, row in known.items() if wanted.get(one) != row]
    notes.new[table] = [row for one, row in wanted.items() if known.get(one) != row]
