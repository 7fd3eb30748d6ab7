"""Putting right what is sound in each copy and wrong only in both together: cycles of codes, and shortcuts.

What is mended counts as nobody's act: the next merge begins with what the row said itself.
"""

from collections.abc import Iterator
from dataclasses import replace

from kamcoder.domain.document import KIND_OF_ROLE, SpeakerRole
from kamcoder.storage.merging.joining import Joining, Version


def mend_codes(joining: Joining) -> None:
    """Open cycles that moves in both copies made, at the code moved last, and let no two codes have one shortcut."""
    found = joining.tables["codes"]
    if not found.changed:
        return
    codes = dict(_rows(joining, "codes"))
    for cycle in _cycles({key: version.row["parent_id"] for key, version in codes.items()}):
        last = max(cycle, key=lambda key: (codes[key].dot, key))
        mend(joining, "codes", last, codes[last], parent_id=None)
    taken: set[str] = set()
    for key, version in sorted(_rows(joining, "codes")):
        shortcut = version.row["shortcut"]
        if shortcut and shortcut in taken:
            mend(joining, "codes", key, version, shortcut="")
        taken.add(shortcut)


def follow_roles(joining: Joining) -> None:
    """Let turns ask or answer as the role of their speaker says, from whichever copy that role comes.

    A turn's kind follows from the role, so it stays the same version.
    """
    found, speakers = joining.tables["turns"], joining.tables["speakers"]
    versions = joining.mine.versions("turns")
    own = [key for key, _ in joining.mine.referring("turns", "speaker_id", speakers.changed)]
    joining.mine.load("turns", own)
    turns = {
        key: Version(joining.mine.row("turns", key), versions[key], mine=True)
        for key in own
        if key not in found.gone and key not in found.changed
    }
    for key, version in [*turns.items(), *found.changed.items()]:
        speaker = version.row["speaker_id"]
        if speaker is None or not joining.exists("speakers", speaker):
            continue
        known = speakers.changed.get(speaker)
        role = known.row["role"] if known else joining.mine.row("speakers", speaker)["role"]
        kind = KIND_OF_ROLE[SpeakerRole(role)].value
        if version.row["kind"] != kind:
            found.changed[key] = replace(version, row={**version.row, "kind": kind})


def _rows(joining: Joining, table: str) -> Iterator[tuple[str, Version]]:
    """Yield all rows of a table as they are in the end."""
    found = joining.tables[table]
    versions = joining.mine.versions(table)
    joining.mine.load(table, versions)
    for key, dot in versions.items():
        if key not in found.changed and key not in found.gone:
            yield key, Version(joining.mine.row(table, key), dot, mine=True)
    yield from found.changed.items()


def _cycles(parents: dict[str, str | None]) -> list[list[str]]:
    """Return the cycles of a graph in which everybody has at most one parent."""
    done: set[str] = set()
    found = []
    for start in parents:
        path: list[str] = []
        current: str | None = start
        while current is not None and current not in done:
            done.add(current)
            path.append(current)
            current = parents.get(current)
        if current in path:
            found.append(path[path.index(current) :])
    return found


def mend(joining: Joining, table: str, key: str, version: Version, **values: object) -> None:
    """Let a row say something else as long as it must; what it said itself is kept in mind."""
    before = joining.mended.setdefault((table, key), {})
    for column in values:
        before.setdefault(column, version.row[column])
    joining.tables[table].changed[key] = replace(version, row={**version.row, **values})
