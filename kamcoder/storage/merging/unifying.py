"""Finding rows that were made apart and say the same, and names that two different things would have."""

from kamcoder.storage.merging.joining import Joining, Nature, Version, nature
from kamcoder.storage.merging.mending import follow_roles, mend, mend_codes
from kamcoder.storage.merging.tables import MERGED


def unify(joining: Joining, table: str) -> None:
    """Join a table; where rows of both copies turn out to be the same, let them be one (the one of the lesser id).

    A parent may become one with another, and then its children with the other's: this goes on until nothing is left.
    """
    joining.join(table)
    while groups := [group for keys in _clashes(joining, table) for group in _ones(joining, table, keys)]:
        for keys in groups:
            for key in keys[1:]:
                joining.alias(table, key, keys[0])
        joining.join(table)
    if table == "codes":
        mend_codes(joining)
    if table == "turns":
        follow_roles(joining)
    for columns in MERGED[table].distinct:
        for keys in _alike(joining, table, columns):
            _rename(joining, table, keys)


def _clashes(joining: Joining, table: str) -> list[list[str]]:
    return _alike(joining, table, MERGED[table].natural) if MERGED[table].natural else []


def _alike(joining: Joining, table: str, columns: tuple[str, ...]) -> list[list[str]]:
    """Return the keys, least first, of rows that have the same in some columns, one of them to be written."""
    found = joining.tables[table]
    if not found.changed:
        return []
    by_nature: dict[Nature, list[str]] = {}
    for key, *values in joining.mine.natural(table, columns):
        if key not in found.changed and key not in found.gone:
            by_nature.setdefault(nature(columns, values), []).append(key)
    for key, version in found.changed.items():
        values = [version.row[column] for column in columns]
        by_nature.setdefault(nature(columns, values), []).append(key)
    return [sorted(keys) for keys in by_nature.values() if len(keys) > 1 and not found.changed.keys().isdisjoint(keys)]


def _ones(joining: Joining, table: str, keys: list[str]) -> list[list[str]]:
    """Return which of these rows are one; two that a copy both has were meant to be two, if the schema allows that."""
    if MERGED[table].twins:
        return [keys]
    groups: list[list[str]] = []
    for key in keys:
        for group in groups:
            if not any(_in_one_copy(joining, table, key, other) for other in group):
                group.append(key)
                break
        else:
            groups.append([key])
    return [group for group in groups if len(group) > 1]


def _in_one_copy(joining: Joining, table: str, first: str, second: str) -> bool:
    """Tell whether a copy has both; one that is there only because others need it was deleted beside the other."""
    return any(
        {first, second} <= side.versions(table).keys() and not {(table, first), (table, second)} & side.revived.keys()
        for side in (joining.mine, joining.theirs)
    )


def _rename(joining: Joining, table: str, keys: list[str]) -> None:
    """Give all but the first of these rows another name, the same in whichever direction copies are merged."""
    column = "name"
    taken = _names(joining, table, column)
    for key in keys[1:]:
        version = _version(joining, table, key)
        name, number = version.row[column], 2
        while f"{name} ({number})".casefold() in taken:
            number += 1
        taken.add(f"{name} ({number})".casefold())
        mend(joining, table, key, version, **{column: f"{name} ({number})"})


def _names(joining: Joining, table: str, column: str) -> set[str]:
    found = joining.tables[table]
    names = {
        str(name).casefold()
        for key, name in joining.mine.natural(table, (column,))
        if key not in found.gone and key not in found.changed
    }
    return names | {str(version.row[column]).casefold() for version in found.changed.values()}


def _version(joining: Joining, table: str, key: str) -> Version:
    known = joining.tables[table].changed.get(key)
    return known or Version(joining.mine.row(table, key), joining.mine.versions(table)[key], mine=True)
