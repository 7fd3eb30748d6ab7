"""Looking over a project file, whether everything in it is as the program left it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kamcoder.storage.database import ProjectStore
from kamcoder.storage.documents import text_hash


class Check(StrEnum):
    """What is looked at."""

    INTEGRITY = "integrity"
    FOREIGN_KEYS = "foreign_keys"
    TEXT_HASH = "text_hash"
    TURNS = "turns"
    SPANS = "spans"
    QUOTES = "quotes"
    ORPHANS = "orphans"
    CODE_CYCLES = "code_cycles"
    SEARCH_INDEX = "search_index"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: the check that found it, the thing (a name or id) and what is wrong with it."""

    check: Check
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, with how many items each, and what was found."""

    examined: dict[Check, int]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


def check(store: ProjectStore, *, progress: Callable[[int, int], None] | None = None) -> CheckReport:
    """Look over an open project; `progress` is called with (checks done, checks in all)."""
    examined: dict[Check, int] = {}
    findings: list[Finding] = []
    for done, (kind, verify) in enumerate(_CHECKS.items()):
        if progress:
            progress(done, len(_CHECKS))
        count = 0
        for result in verify(store):
            if isinstance(result, Finding):
                findings.append(result)
            else:
                count += result
        examined[kind] = count
    if progress:
        progress(len(_CHECKS), len(_CHECKS))
    return CheckReport(examined, tuple(findings))


def _integrity(store: ProjectStore) -> Iterator[Finding | int]:
    yield store.query("SELECT count(*) FROM sqlite_schema")[0][0]
    for (line,) in store.query("PRAGMA integrity_check(50)"):
        if line != "ok":
            yield Finding(Check.INTEGRITY, store.path.name, line)


def _foreign_keys(store: ProjectStore) -> Iterator[Finding | int]:
    yield store.query("SELECT count(*) FROM pragma_foreign_key_list('codings')")[0][0]
    for table, row, parent, _ in store.query("PRAGMA foreign_key_check"):
        yield Finding(Check.FOREIGN_KEYS, f"{table} row {row}", parent)


def _documents(store: ProjectStore) -> Iterator[tuple[str, str, str, str]]:
    for (document_id,) in store.query("SELECT id FROM documents ORDER BY name"):
        row = store.one("SELECT id, name, text, text_hash FROM documents WHERE id = ?", [document_id])
        assert row is not None
        yield row


def _text_hash(store: ProjectStore) -> Iterator[Finding | int]:
    for _, name, text, stored in _documents(store):
        yield 1
        if text_hash(text) != stored:
            yield Finding(Check.TEXT_HASH, name, "hash")


def _turns(store: ProjectStore) -> Iterator[Finding | int]:
    for document_id, name, text, _ in _documents(store):
        last = 0
        for position, start, end, turn_text in store.query(
            "SELECT position, span_start, span_end, text FROM turns WHERE document_id = ? ORDER BY position",
            [document_id],
        ):
            yield 1
            if text[start:end] != turn_text or start < last:
                yield Finding(Check.TURNS, f"{name}, turn {position + 1}", f"{start}-{end}")
            last = end


def _spans(store: ProjectStore) -> Iterator[Finding | int]:
    for table in ("codings", "suggestions", "shown_suggestions", "turns", "settlements"):
        key = "c.code_id" if table == "shown_suggestions" else "c.id"
        yield store.query(f"SELECT count(*) FROM {table}")[0][0]
        for row_id, name, start, end, length in store.query(
            f"SELECT {key}, d.name, c.span_start, c.span_end, d.length FROM {table} c"
            " JOIN documents d ON d.id = c.document_id WHERE c.span_start < 0 OR c.span_end <= c.span_start"
            " OR c.span_end > d.length"
        ):
            yield Finding(Check.SPANS, f"{name}, {table} {row_id}", f"{start}-{end} of {length}")


def _quotes(store: ProjectStore) -> Iterator[Finding | int]:
    for document_id, name, text, _ in _documents(store):
        for coding_id, start, end, quote in store.query(
            "SELECT id, span_start, span_end, quote FROM codings WHERE document_id = ? ORDER BY span_start",
            [document_id],
        ):
            yield 1
            if text[start:end] != quote:
                yield Finding(Check.QUOTES, f"{name}, coding {coding_id}", f"{start}-{end}")


_ORPHANS = (
    ("documents", "id NOT IN (SELECT document_id FROM originals)", "original"),
    ("documents", "id NOT IN (SELECT document_id FROM turns)", "turns"),
    ("turns", "speaker_id IS NOT NULL AND speaker_id NOT IN (SELECT id FROM speakers)", "speaker"),
    ("codings", "code_id NOT IN (SELECT id FROM codes)", "code"),
    ("codings", "coder_id NOT IN (SELECT id FROM coders)", "coder"),
    ("codings", "document_id NOT IN (SELECT id FROM documents)", "document"),
    ("codes", "parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM codes)", "parent"),
    ("attribute_values", "attribute_id NOT IN (SELECT id FROM attributes)", "attribute"),
    ("suggestions", "coding_id IS NOT NULL AND coding_id NOT IN (SELECT id FROM codings)", "coding"),
    ("lexicon_entries", "code_id NOT IN (SELECT id FROM codes)", "code"),
    ("actor_corrections", "coding_id NOT IN (SELECT id FROM codings)", "coding"),
    ("actor_wordings", "document_id IS NOT NULL AND document_id NOT IN (SELECT id FROM documents)", "document"),
    ("summary_links", "coding_id NOT IN (SELECT id FROM codings)", "coding"),
)


def _orphans(store: ProjectStore) -> Iterator[Finding | int]:
    for table, condition, missing in _ORPHANS:
        yield store.query(f"SELECT count(*) FROM {table}")[0][0]
        key = "summary_id" if table == "summary_links" else "id"
        for (row_id,) in store.query(f"SELECT {key} FROM {table} WHERE {condition}"):
            yield Finding(Check.ORPHANS, f"{table} {row_id}", missing)


def _code_cycles(store: ProjectStore) -> Iterator[Finding | int]:
    parents = dict(store.query("SELECT id, parent_id FROM codes"))
    for code_id in parents:
        yield 1
        seen, current = {code_id}, parents[code_id]
        while current is not None and current not in seen:
            seen.add(current)
            current = parents.get(current)
        if current is not None:
            yield Finding(Check.CODE_CYCLES, f"codes {code_id}", "cycle")


def _search_index(store: ProjectStore) -> Iterator[Finding | int]:
    turns = store.query("SELECT count(*) FROM turns")[0][0]
    indexed = store.query("SELECT count(*) FROM turn_search_docsize")[0][0]
    yield turns
    if turns != indexed:
        yield Finding(Check.SEARCH_INDEX, "turn_search", f"{indexed} of {turns}")


_CHECKS: dict[Check, Callable[[ProjectStore], Iterator[Finding | int]]] = {
    Check.INTEGRITY: _integrity,
    Check.FOREIGN_KEYS: _foreign_keys,
    Check.TEXT_HASH: _text_hash,
    Check.TURNS: _turns,
    Check.SPANS: _spans,
    Check.QUOTES: _quotes,
    Check.ORPHANS: _orphans,
    Check.CODE_CYCLES: _code_cycles,
    Check.SEARCH_INDEX: _search_index,
}
