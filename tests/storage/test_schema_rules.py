"""What the schema itself refuses, whoever writes."""

import sqlite3

import pytest

from kamcoder.services.session import Session
from kamcoder.storage.schema import JOURNALLED
from kamcoder.storage.stamps import BOOKKEEPING


@pytest.fixture
def raw(study: Session) -> sqlite3.Connection:
    """A second connection to the open study, as another program would have it."""
    connection = sqlite3.connect(study.path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    yield connection
    connection.close()


def test_every_journalled_table_is_in_the_file_and_no_other_but_the_log(raw: sqlite3.Connection) -> None:
    names = {
        row[0]
        for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        if not row[0].startswith(("turn_search", "_sqlite"))
    }
    assert names == {*JOURNALLED, *BOOKKEEPING, "audit_log"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE codings SET span_start = -1",
        "UPDATE codings SET span_end = span_start",
        "UPDATE codings SET span_end = 100000, quote = hex(randomblob(50000))",
        "UPDATE codings SET quote = quote || 'x'",
        "UPDATE documents SET text = upper(text)",
        "UPDATE turns SET text = upper(text)",
        "UPDATE codes SET colour = 'red'",
        "UPDATE codes SET parent_id = id",
        "DELETE FROM documents",
        "DELETE FROM codes WHERE id IN (SELECT code_id FROM codings)",
        "DELETE FROM coders",
        "DELETE FROM cases",
        "INSERT INTO coders VALUES ('x', 'ANN', 'person', 't')",
        "INSERT INTO codings SELECT 'other', document_id, span_start, span_end, quote, code_id, coder_id, origin,"
        " origin_detail, created_at FROM codings LIMIT 1",
    ],
)
def test_broken_rows_are_refused(raw: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)


def test_all_foreign_keys_restrict(raw: sqlite3.Connection) -> None:
    keys = [row for table in JOURNALLED for row in raw.execute("SELECT * FROM pragma_foreign_key_list(?)", [table])]
    assert len(keys) > 20
    assert {(row[5], row[6]) for row in keys} == {("RESTRICT", "RESTRICT")}


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM codings WHERE document_id = 'x' ORDER BY span_start", "sqlite_autoindex_codings_2"),
        ("SELECT * FROM codings WHERE code_id = 'x'", "codings_by_code"),
        ("SELECT * FROM codings WHERE coder_id = 'x'", "codings_by_coder"),
        ("SELECT * FROM turns WHERE document_id = 'x' ORDER BY position", "sqlite_autoindex_turns_2"),
        ("SELECT * FROM document_cases WHERE case_id = 'x'", "document_cases_by_case"),
        ("SELECT * FROM memos WHERE coding_id = 'x'", "memos_by_coding"),
    ],
)
def test_the_queries_of_the_program_use_an_index(raw: sqlite3.Connection, query: str, index: str) -> None:
    plan = " ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert index in plan
    assert "SCAN" not in plan


def test_originals_are_kept_compressed_and_come_back_whole(study: Session, raw: sqlite3.Connection) -> None:
    document = study.documents.find("A-CEO")
    name, data = study.documents.original(document.id)
    assert name == "A-CEO.txt"
    assert "👩‍👩‍👧" in data.decode("utf-8")
    stored = raw.execute("SELECT data FROM originals WHERE document_id = ?", [document.id]).fetchone()[0]
    assert len(stored) < len(data)
