"""Texts that give way in a merge: what somebody wrote at length stays readable, as a memo beside what took its place.

The audit log is nowhere to be read in the program, so it is no place for a researcher's own words. A memo is found in
the journal, by search and in the report, travels in every copy, and can be worked into the text or deleted.
"""

from collections.abc import Iterator

from kamcoder.domain.changes import Row
from kamcoder.domain.ids import id_of
from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.services.editing import Editing
from kamcoder.services.merging_words import code_path
from kamcoder.services.messages import words
from kamcoder.services.summarising import SummaryService
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.merging.joining import Joining, Version


def beside(joining: Joining) -> tuple[Memo, ...]:
    """Return the memos that keep memos and summaries which gave way to a version made apart from them.

    Their identities depend on the texts only, so that two copies which keep the same text make one memo of it.
    """
    there = joining.mine.versions("memos").keys() | joining.tables["memos"].changed.keys()
    found = {memo.id: memo for memo in (*_memos(joining), *_summaries(joining)) if memo.id not in there}
    return tuple(found.values())


def _memos(joining: Joining) -> Iterator[Memo]:
    for row, taken, _ in _beaten(joining, "memos"):
        target = next(one for one in MemoTarget if row[f"{one.value}_id"])
        title = words("gave_way_memo", title=row["title"]) if row["title"] else words("gave_way_untitled")
        yield _memo(row, target, taken[f"{target.value}_id"], title, row["text"])


def _summaries(joining: Joining) -> Iterator[Memo]:
    for row, taken, version in _beaten(joining, "summaries"):
        code = code_path(joining, taken["code_id"]) if taken["code_id"] else words("all_codes")
        target = MemoTarget.CASE if taken["case_id"] else MemoTarget.CODE
        store = (joining.mine if version.mine else joining.theirs).store
        text = _readable(store, row)
        yield _memo(row, target, taken[f"{target.value}_id"], words("gave_way_summary", code=code), text)


def _beaten(joining: Joining, table: str) -> Iterator[tuple[Row, Row, Version]]:
    """Yield the rows that gave way though they say something else, the row that is taken, and the version."""
    found = joining.tables[table]
    for key, versions in found.beaten.items():
        taken = found.changed[key].row if key in found.changed else joining.mine.row(table, key)
        for version in versions:
            if version.row["text"].strip() and version.row["text"] != taken["text"]:
                yield version.row, taken, version


def _memo(row: Row, target: MemoTarget, target_id: str, title: str, text: str) -> Memo:
    return Memo(
        id=id_of("gave way", row["coder_id"], row["modified_at"], row["text"]),
        target=target,
        target_id=target_id,
        coder_id=row["coder_id"],
        title=title,
        text=text,
        created_at=row["created_at"],
        modified_at=row["modified_at"],
    )


def _readable(store: ProjectStore, row: Row) -> str:
    """Return the text of a summary with its marks as references, as its own copy knows them."""
    service = SummaryService(Editing(store, actor=""))
    known = [one for one in service.all().values() if (one.text, one.modified_at) == (row["text"], row["modified_at"])]
    return next(iter(service.readable(known[:1]).values()), row["text"])
