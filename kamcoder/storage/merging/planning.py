"""All of a merge but writing it: what becomes of every row, and how the two copies differ."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kamcoder.domain.changes import Row
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.merging.joining import Joining, Key, Version
from kamcoder.storage.merging.keeping import needed, with_all_of_it
from kamcoder.storage.merging.side import Side
from kamcoder.storage.merging.tables import MERGED
from kamcoder.storage.merging.unifying import unify


class DifferenceKind(StrEnum):
    """How a row of the other copy differs from ours.

    NEW: we do not have it. CHANGED: it says something else. DELETED: it was deleted there. KEPT: one of the two deleted
    it and it stays, because the other still uses or has changed it. SAME: made apart, it says the same as one of ours.
    """

    NEW = "new"
    CHANGED = "changed"
    DELETED = "deleted"
    KEPT = "kept"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row in both copies, None where it is not; `mine` tells whose is taken, `apart` that both changed it."""

    table: str
    key: str
    kind: DifferenceKind
    ours: Row | None
    theirs: Row | None
    mine: bool
    apart: bool = False


def plan(
    mine: ProjectStore,
    theirs: ProjectStore,
    *,
    chosen: Mapping[Key, bool],
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Joining:
    """Work out what becomes of every row when `theirs` is merged into `mine`; `chosen` says True to keep ours.

    `progress` is told how many of how many steps are done, and may raise to end it.
    """
    joining = Joining(Side(mine), Side(theirs), chosen=dict(chosen))
    # To keep what was deleted there means to keep all that was deleted with it.
    wanted = [one for one, ours in chosen.items() if ours and one[1] not in joining.theirs.versions(one[0])]
    for one in wanted:
        del joining.chosen[one]
    steps: list[tuple[Callable[[Joining, str], None], str]] = [(Joining.preload, table) for table in MERGED]
    steps += [(Joining.join, table) for table in MERGED]
    total = len(steps) + len(MERGED)
    for done, (step, table) in enumerate(steps):
        progress(done, total)
        step(joining, table)
    if wanted:
        joining.chosen.update(dict.fromkeys(with_all_of_it(joining, wanted), True))
        for table in MERGED:
            joining.join(table)
    joining.kept = needed(joining)
    for done, table in enumerate(MERGED, start=len(steps)):
        progress(done, total)
        unify(joining, table)
    progress(total, total)
    return joining


def differences(joining: Joining) -> list[RowDifference]:
    """Return the rows that differ, but those of tables that are only counted; of codings those changed by both."""
    found = []
    for table in MERGED:
        listed = list(_differences(joining, table))
        if MERGED[table].bulk:
            listed = [entry for entry in listed if table == "codings" and entry.apart]
        found += sorted(listed, key=lambda entry: entry.key)
    return found


def _differences(joining: Joining, table: str) -> Iterator[RowDifference]:
    found = joining.tables[table]
    for key, version in found.changed.items():
        difference = _written(joining, table, key, version)
        if difference is not None:
            yield difference
    mine, theirs = joining.mine.versions(table), joining.theirs.versions(table)
    for where, key in joining.kept:
        if where == table and key in mine and key not in found.changed and key not in theirs:
            yield RowDifference(table, key, DifferenceKind.KEPT, joining.mine.row(table, key), None, mine=True)
    for key, (beaten, *_) in found.beaten.items():
        if key not in found.changed and key in mine and beaten.row != (ours := joining.mine.row(table, key)):
            yield RowDifference(table, key, DifferenceKind.CHANGED, ours, beaten.row, mine=True, apart=True)
    for key, row in found.gone.items():
        if key not in found.changed:
            kind = DifferenceKind.SAME if (table, key) in joining.aliases else DifferenceKind.DELETED
            yield RowDifference(table, key, kind, row, None, mine=False)


def _written(joining: Joining, table: str, key: str, version: Version) -> RowDifference | None:
    """Return how a row that is to be written differs, None if it says the same as ours."""
    found = joining.tables[table]
    if key not in joining.mine.versions(table):
        dot = joining.theirs.versions(table).get(key)
        kept = (table, key) in joining.kept or (dot is not None and joining.mine.seen(table, key, dot))
        kind = DifferenceKind.KEPT if kept else DifferenceKind.NEW
        return RowDifference(table, key, kind, None, version.row, mine=False)
    ours = joining.mine.written(table, key)
    there = key in joining.theirs.versions(table)
    theirs = joining.rewritten(table, joining.theirs.row(table, key)) if there else None
    if (table, key) in joining.kept:
        return RowDifference(table, key, DifferenceKind.KEPT, ours, theirs, mine=True)
    if version.row == ours:
        return None
    return RowDifference(table, key, DifferenceKind.CHANGED, ours, theirs, version.mine, key in found.beaten)
