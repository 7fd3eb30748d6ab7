"""Bringing back what one copy deleted and the other still needs: nothing that was added may hang in the air."""

from collections.abc import Iterable, Iterator

from kamcoder.storage.merging.joining import Joining, Key
from kamcoder.storage.merging.tables import MERGED


def needed(joining: Joining) -> set[Key]:
    """Return the deleted rows that must be kept, after all tables were joined.

    These are the rows that a row which stays refers to, what they refer to themselves, and the pieces of what stays.
    """
    lost = _lost(joining)
    kept: set[Key] = set()
    waiting = [reference for reference in _asked_for(joining) if reference in lost]
    pieces: dict[Key, list[Key]] = {}
    for table, key in lost:
        whole = _whole(joining, table, key)
        if whole is None:
            continue
        pieces.setdefault(whole, []).append((table, key))
        if whole not in lost and joining.exists(*whole):
            waiting.append((table, key))
    while waiting:
        one = waiting.pop()
        if one in lost and one not in kept:
            kept.add(one)
            waiting += _above(joining, *one) + pieces.get(one, [])
    return kept


def with_all_of_it(joining: Joining, wanted: Iterable[Key]) -> set[Key]:
    """Return lost rows that a person wants back, with all that was deleted of them and what that refers to."""
    lost = _lost(joining)
    below: dict[Key, list[Key]] = {}
    for one in lost:
        for reference in _above(joining, *one):
            below.setdefault(reference, []).append(one)
    found: set[Key] = set()
    waiting = list(wanted)
    while waiting:
        one = waiting.pop()
        if one in lost and one not in found:
            found.add(one)
            waiting += _above(joining, *one) + below.get(one, [])
    return found


def _lost(joining: Joining) -> set[Key]:
    return {(table, key) for table in MERGED for key in joining.tables[table].lost}


def _above(joining: Joining, table: str, key: str) -> list[Key]:
    """Return what a lost row refers to."""
    row = joining.tables[table].lost[key].row
    return [(target, row[column]) for column, target in joining.references[table] if row[column]]


def _whole(joining: Joining, table: str, key: str) -> Key | None:
    """Return what a lost row is a piece of, None if it stands for itself."""
    column = MERGED[table].part_of
    for name, target in joining.references[table]:
        if column and name == column:
            return target, joining.tables[table].lost[key].row[column]
    return None


def _asked_for(joining: Joining) -> Iterator[Key]:
    """Yield the lost rows that rows which stay refer to."""
    for table in MERGED:
        found = joining.tables[table]
        for column, target in joining.references[table]:
            gone = joining.tables[target].gone
            for key, referred in joining.mine.referring(table, column, gone):
                if key not in found.gone and key not in found.changed:
                    yield target, referred
            for version in found.changed.values():
                if version.row[column]:
                    yield target, version.row[column]
