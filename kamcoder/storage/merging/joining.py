"""Putting two copies together row by row: for each row the version that neither copy has left behind.

A version that the other copy has seen and does not have any more was changed or deleted there; one that it has not seen
stays. Of two that were made apart the later one is taken. So it does not matter who is merged into whom, in which
order, or how often (an observed-remove set of last-writer-wins rows; Bieniusa et al. 2012).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kamcoder.domain.changes import Row
from kamcoder.storage.merging.side import Dot, Side
from kamcoder.storage.merging.tables import MERGED, references
from kamcoder.storage.stamps import key_parts

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
Key = tuple[str, str]
#: The values by which rows made apart are told to be the same.
Nature = tuple[Any, ...]
_CASELESS = frozenset({"name", "number"})


@dataclass(frozen=True, slots=True)
class Version:
    """A row to be written, as which version, and from which side it comes."""

    row: Row
    dot: Dot
    mine: bool


@dataclass(slots=True)
class Table:
    """What becomes of one table: rows to be written, own rows to go, and rows of either side that are not kept.

    `lost` are the rows one side deleted: own ones among them are in `gone` too. `beaten` are the versions that gave way
    to one made apart from them.
    """

    changed: dict[str, Version] = field(default_factory=dict)
    gone: dict[str, Row] = field(default_factory=dict)
    lost: dict[str, Version] = field(default_factory=dict)
    beaten: dict[str, list[Version]] = field(default_factory=dict)


class Joining:
    """Two copies and what both together say, table by table in the order of MERGED."""

    def __init__(self, mine: Side, theirs: Side, *, chosen: dict[Key, bool] | None = None) -> None:
        self.mine = mine
        self.theirs = theirs
        self.references = references(mine.store)
        self.aliases: dict[Key, str] = {}
        self._ids: dict[str, str] = {}
        for side in (mine, theirs):
            for (table, old), new in side.aliases.items():
                self.alias(table, old, new)
        self.tables = {table: Table() for table in MERGED}
        #: Rows that were deleted but are needed; rows for which a person chose a side (True for mine).
        self.kept: set[Key] = set()
        self.chosen = dict(chosen or {})
        #: What rows said that must say something else for the sake of the others.
        self.mended: dict[Key, dict[str, object]] = {}
        self._marked = {*mine.revived, *theirs.revived}

    def exists(self, table: str, key: str) -> bool:
        """Tell whether a row is there in the end."""
        found = self.tables[table]
        return key in found.changed or (key in self.mine.versions(table) and key not in found.gone)

    def alias(self, table: str, old: str, new: str) -> None:
        """Let one row go into another that says the same."""
        known = self.aliases.get((table, old), new)
        low, high = sorted((known, new))
        self.aliases[table, old] = low
        if low != high:  # the copies had let it go into two that turn out to be one
            self.aliases[table, high] = low
        self.aliases = _flat(self.aliases)
        self._ids = {old: new for (_, old), new in self.aliases.items()}

    def join(self, table: str) -> None:
        """Work out what becomes of a table, with the aliases and kept rows known so far."""
        found = self.tables[table] = Table()
        mine, theirs = self._without_pieces(table, found)
        self._leave_out_what_gave_way(table, found, mine, theirs)
        renamed = self._renamed(table, mine, theirs)
        for key in self._differing(table, mine, theirs):
            if key not in renamed:
                self._settle(table, found, key, [key] if key in mine else [], [key] if key in theirs else [])
        groups: dict[str, tuple[list[str], list[str]]] = {}
        for key, target in renamed.items():
            group = groups.setdefault(target, ([], []))
            for side, keys in ((mine, group[0]), (theirs, group[1])):
                if key in side:
                    keys.append(key)
        for target, (own, others) in groups.items():
            self._settle(table, found, target, own, others)
        self._rewrite(table, found)
        for key in self.mine.mended_keys(table):  # it may not be needed any more
            if key not in found.changed and key not in found.gone:
                found.changed[key] = Version(self._loaded(table, key, mine=True), mine[key], mine=True)

    def rewritten(self, table: str, row: Row) -> Row:
        """Return a row with references to rows that went into others led there."""
        if not self.aliases:
            return row
        changed = dict(row)
        for column, target in self.references[table]:
            value = row[column]
            changed[column] = self.aliases.get((target, value), value)
        if len(keys := self.mine.store.keys[table]) == 1 and keys[0] == "id":
            changed["id"] = self.aliases.get((table, row["id"]), row["id"])
        for column in MERGED[table].ids_in:
            changed[column] = _ID.sub(lambda found: self._ids.get(found[0], found[0]), row[column])
        return changed

    def _canonical(self, table: str, key: str) -> str:
        if len(self.mine.store.keys[table]) == 1:
            target = table
            for column, referred in self.references[table]:
                if column == self.mine.store.keys[table][0]:
                    target = referred
            return self.aliases.get((target, key), key)
        targets = dict(self.references[table])
        columns = self.mine.store.keys[table]
        parts = zip(columns, key_parts(key), strict=True)
        return "\x1f".join(self.aliases.get((targets.get(column, ""), part), part) for column, part in parts)

    def _differing(self, table: str, mine: dict[str, Dot], theirs: dict[str, Dot]) -> Iterator[str]:
        """Yield the keys of rows that are not the same version on both sides, or that may not be needed any more."""
        for key, dot in theirs.items():
            if mine.get(key) != dot or (table, key) in self._marked:
                yield key
        yield from (key for key in mine if key not in theirs)

    def _renamed(self, table: str, mine: Iterable[str], theirs: Iterable[str]) -> dict[str, str]:
        """Return the keys that stand for another by now, and these others, with where they lead."""
        if not self.aliases:
            return {}
        everything = {*mine, *theirs}
        moved = {key: target for key in everything if (target := self._canonical(table, key)) != key}
        return {**{target: target for target in moved.values()}, **moved}

    def _settle(self, table: str, found: Table, key: str, own: list[str], others: list[str]) -> None:
        """Decide on one row, given the keys under which either side has it."""
        mine, theirs = self.mine.versions(table), self.theirs.versions(table)
        alive = [
            (mine[raw], True, raw)
            for raw in own
            if self._alive(table, (raw, mine[raw]), self.mine, self.theirs, others)
        ]
        alive += [
            (theirs[raw], False, raw)
            for raw in others
            if self._alive(table, (raw, theirs[raw]), self.theirs, self.mine, own)
        ]
        dot, is_mine, raw = max(alive, key=partial(self._rank, table), default=(None, True, ""))
        choice = self.chosen.get((table, key))
        if choice is not None:
            wanted = (
                [(mine[raw], True, raw) for raw in own] if choice else [(theirs[raw], False, raw) for raw in others]
            )
            dot, is_mine, raw = max(wanted, default=(None, choice, ""))
        if dot is None and (table, key) in self.kept:
            dot, is_mine, raw = max(
                [(mine[raw], True, raw) for raw in own] + [(theirs[raw], False, raw) for raw in others]
            )
        if dot is not None:
            beaten = [
                Version(self._loaded(table, name, mine=whose), at, whose) for at, whose, name in alive if at != dot
            ]
            if beaten:
                found.beaten[key] = beaten
            self._take(table, found, key, own, Version(self._loaded(table, raw, mine=is_mine), dot, is_mine))
            return
        for raw in own:
            found.gone[raw] = self.mine.row(table, raw)
        if own or others:
            raw = (own or others)[0]
            row = self._loaded(table, raw, mine=bool(own))
            found.lost[key] = Version(row, (mine if own else theirs)[raw], bool(own))

    def _take(self, table: str, found: Table, key: str, own: list[str], version: Version) -> None:
        before = self.mine.versions(table).get(key)
        if not (version.mine and before == version.dot and own == [key] and (table, key) not in self.chosen):
            found.changed[key] = version
        for raw in own:
            if raw != key:
                found.gone[raw] = self.mine.row(table, raw)

    def _alive(self, table: str, version: tuple[str, Dot], side: Side, other: Side, there: list[str]) -> bool:
        """Tell whether the other side, which has the row under the keys `there`, has not left a version behind."""
        raw, dot = version
        if dot in (side.revived.get((table, raw)), other.revived.get((table, raw))):
            return False
        dots = {key: other.versions(table)[key] for key in there}
        if dot in dots.values() or not other.seen(table, raw, dot):
            return True
        return bool(dots) and all(side.seen(table, key, known) for key, known in dots.items())

    def _loaded(self, table: str, raw: str, *, mine: bool) -> Row:
        return self.rewritten(table, (self.mine if mine else self.theirs).row(table, raw))

    def _rewrite(self, table: str, found: Table) -> None:
        """Let own rows that nothing else changes follow the rows they refer to."""
        if not self.aliases:
            return
        touched: set[str] = set()
        for column, target in self.references[table]:
            old = [key for (where, key) in self.aliases if where == target]
            touched.update(key for key, _ in self.mine.referring(table, column, old))
        if MERGED[table].ids_in:
            touched.update(self.mine.versions(table))
        for key in touched:
            target = self._canonical(table, key)
            if target == key and key not in found.changed and key not in found.gone:
                row = self.mine.row(table, key)
                after = self.rewritten(table, row)
                if after != row:
                    found.changed[key] = Version(after, self.mine.versions(table)[key], mine=True)

    def _rank(self, table: str, version: tuple[Dot, bool, str]) -> tuple[object, ...]:
        """Return what the greatest of some versions has most of: what it says, then how late it was written."""
        dot, is_mine, raw = version
        blank = MERGED[table].blank
        row = (self.mine if is_mine else self.theirs).row(table, raw) if blank else {}
        return *(row[column] != nothing for column, nothing in blank), dot

    def _without_pieces(self, table: str, found: Table) -> tuple[dict[str, Dot], dict[str, Dot]]:
        """Return the versions of both sides but the pieces of what went into another, which has its own."""
        mine, theirs = dict(self.mine.versions(table)), dict(self.theirs.versions(table))
        column = MERGED[table].part_of
        if not column or not self.aliases:
            return mine, theirs
        (whole,) = [target for name, target in self.references[table] if name == column]
        old = [key for (where, key) in self.aliases if where == whole]
        known = self._pieces(table, {self.aliases[whole, key] for key in old})
        for key in self._unlike(self.mine, table, old, known):
            found.gone[key] = self.mine.row(table, key)
            del mine[key]
        for key in self._unlike(self.theirs, table, old, known):
            del theirs[key]
        return mine, theirs

    def _pieces(self, table: str, wholes: Iterable[str]) -> set[Nature]:
        """Return what the pieces of some rows are by nature; nothing for pieces that are not told apart."""
        merged, wholes = MERGED[table], list(wholes)
        if not merged.natural:
            return set()
        return {
            self._nature(table, side.row(table, key))
            for side in (self.mine, self.theirs)
            for key, _ in side.referring(table, merged.part_of, wholes)
        }

    def _unlike(self, side: Side, table: str, wholes: Iterable[str], known: set[Nature]) -> list[str]:
        """Return the pieces of rows that are none of those known."""
        return [
            key
            for key, _ in side.referring(table, MERGED[table].part_of, wholes)
            if not known or self._nature(table, self.rewritten(table, side.row(table, key))) not in known
        ]

    def _nature(self, table: str, row: Row) -> Nature:
        return nature(MERGED[table].natural, [row[column] for column in MERGED[table].natural])

    def _leave_out_what_gave_way(self, table: str, found: Table, mine: dict[str, Dot], theirs: dict[str, Dot]) -> None:
        """Take away the rows that were written with a version of their ruling row that is not taken."""
        column = MERGED[table].goes_with
        if not column:
            return
        (ruling,) = [target for name, target in self.references[table] if name == column]
        beaten = {(key, version.dot) for key, versions in self.tables[ruling].beaten.items() for version in versions}
        if not beaten:
            return
        place = self.mine.store.keys[table].index(column)
        for versions in (mine, theirs):
            for key, dot in list(versions.items()):
                whole = key_parts(key)[place]
                if (self.aliases.get((ruling, whole), whole), dot) in beaten:
                    if versions is mine:
                        found.gone[key] = self.mine.row(table, key)
                    del versions[key]

    def preload(self, table: str) -> None:
        """Read all rows of a table that are likely to be written at once."""
        mine, theirs = self.mine.versions(table), self.theirs.versions(table)
        self.theirs.load(table, [key for key, dot in theirs.items() if mine.get(key) != dot])
        differing = [key for key, dot in mine.items() if theirs.get(key) != dot]
        self.mine.load(table, [key for key in differing if key in theirs or self.theirs.seen(table, key, mine[key])])


def nature(columns: Iterable[str], values: Iterable[Any]) -> Nature:
    """Return values to compare; case does not tell names apart."""
    return tuple(
        value.casefold() if column in _CASELESS and isinstance(value, str) else value
        for column, value in zip(columns, values, strict=True)
    )


def _flat(aliases: dict[Key, str]) -> dict[Key, str]:
    """Return aliases that lead to the end of every chain."""
    found = {}
    for (table, old), new in aliases.items():
        seen = {old}
        while (table, new) in aliases and new not in seen:
            seen.add(new)
            new = aliases[table, new]
        if new != old:
            found[table, old] = new
    return found
