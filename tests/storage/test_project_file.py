"""The project file as a file: created, opened, refused, locked, left clean."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlite_utils import Database

from kamcoder.domain.errors import ProjectFileError
from kamcoder.storage import files, schema
from kamcoder.storage.database import ProjectStore, WriteOutsideTransactionError
from kamcoder.storage.repositories import Repositories

CASE = {"id": "c1", "name": "A", "description": "", "position": 0}


def refusal(path: Path) -> ProjectFileError:
    with pytest.raises(ProjectFileError) as caught:
        ProjectStore.open(path)
    return caught.value


def test_closed_project_is_one_file_with_our_application_id(project: Path) -> None:
    with ProjectStore.create(project) as store, store.transaction():
        store.insert("cases", [CASE])
    assert [path.name for path in project.parent.iterdir()] == [project.name]
    connection = sqlite3.connect(project)
    assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert connection.execute("SELECT name FROM cases").fetchall() == [("A",)]
    connection.close()


def test_open_project_is_in_wal_mode_with_full_synchronisation(project: Path) -> None:
    with ProjectStore.create(project) as store:
        assert store.one("PRAGMA journal_mode") == ("wal",)
        assert store.one("PRAGMA synchronous") == (2,)
        assert store.one("PRAGMA foreign_keys") == (1,)


def test_create_refuses_a_taken_name_and_a_missing_folder(project: Path) -> None:
    project.write_bytes(b"something")
    with pytest.raises(ProjectFileError, match="file_exists"):
        ProjectStore.create(project)
    assert project.read_bytes() == b"something"
    with pytest.raises(ProjectFileError, match="folder_missing"):
        ProjectStore.create(project.parent / "nowhere" / "x.kamcoder")


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04" + b"\x00" * 200, b"SQLite format 3\x00" + b"\x00" * 10]
)
def test_a_file_that_is_no_project_is_refused_untouched(project: Path, content: bytes) -> None:
    project.write_bytes(content)
    assert refusal(project).key == "file_not_project"
    assert project.read_bytes() == content
    assert [path.name for path in project.parent.iterdir()] == [project.name]


def test_a_database_of_another_program_is_refused(project: Path) -> None:
    connection = sqlite3.connect(project)
    connection.execute("CREATE TABLE notes (id)")
    connection.close()
    assert refusal(project).key == "file_not_project"


def test_missing_file_and_folder_are_refused(project: Path) -> None:
    assert refusal(project).key == "file_missing"
    assert refusal(project.parent).key == "file_not_project"


def test_a_newer_schema_is_refused_untouched(project: Path) -> None:
    ProjectStore.create(project).close()
    connection = sqlite3.connect(project)
    connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 7}")
    connection.close()
    before = project.read_bytes()
    error = refusal(project)
    assert error.key == "file_newer"
    assert error.values["version"] == schema.SCHEMA_VERSION + 7
    assert project.read_bytes() == before


def test_a_truncated_project_is_refused(project: Path) -> None:
    ProjectStore.create(project).close()
    data = project.read_bytes()
    project.write_bytes(data[: len(data) // 2])
    assert refusal(project).key == "file_damaged"


def test_a_damaged_project_is_refused_with_a_sentence(project: Path) -> None:
    ProjectStore.create(project).close()
    data = bytearray(project.read_bytes())
    data[100:4096] = b"\xff" * (4096 - 100)  # the root page of the schema, behind the file's header
    project.write_bytes(bytes(data))
    assert refusal(project).key == "file_damaged"
    assert [path.name for path in project.parent.iterdir()] == [project.name]


def test_a_project_open_elsewhere_tells_by_whom(project: Path) -> None:
    with ProjectStore.create(project):
        error = refusal(project)
        assert error.key == "file_open_elsewhere"
        assert error.values["pid"] == str(os.getpid())
        assert error.values["user"] != ""
        with ProjectStore.open(project, read_only=True) as reader:
            assert reader.query("SELECT count(*) FROM cases") == [(0,)]
    ProjectStore.open(project).close()


def _hold_and_commit(path: str, ready: Event) -> None:
    store = ProjectStore.open(Path(path))
    with store.transaction():
        store.insert("cases", [CASE])
    ready.set()
    signal.pause()


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process the POSIX way")
def test_a_crashed_owner_leaves_no_lock_and_loses_nothing(project: Path) -> None:
    ProjectStore.create(project).close()
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    owner = context.Process(target=_hold_and_commit, args=(str(project), ready))
    owner.start()
    assert ready.wait(30)
    assert refusal(project).values["pid"] == str(owner.pid)
    owner.kill()
    owner.join(30)
    with ProjectStore.open(project) as store:
        assert store.query("SELECT name FROM cases") == [("A",)]
    assert [path.name for path in project.parent.iterdir()] == [project.name]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said(project: Path) -> None:
    ProjectStore.create(project).close()
    project.parent.chmod(0o555)
    try:
        assert refusal(project).key == "file_read_only"
    finally:
        project.parent.chmod(0o755)


def test_a_full_disk_keeps_what_was_there(project: Path) -> None:
    with ProjectStore.create(project) as store:
        with store.transaction():
            store.insert("cases", [CASE])
        (pages,) = store.one("PRAGMA page_count") or (0,)
        # SQLite answers a page beyond this bound exactly as a full disk.
        store.query(f"PRAGMA max_page_count={pages + 2}")
        row = {"key": "big", "value": "x" * 1_000_000}
        with pytest.raises(ProjectFileError, match="disk_full"), store.transaction():
            store.insert("settings", [row])
        assert store.query("SELECT count(*) FROM settings") == [(0,)]
        assert store.query("SELECT name FROM cases") == [("A",)]
        with store.transaction():
            store.update("cases", "c1", description="still writable")


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_file_that_goes_away_while_it_is_open_takes_no_more_but_can_be_copied(project: Path, how: str) -> None:
    with ProjectStore.create(project) as store:
        with store.transaction():
            store.insert("cases", [CASE])
        if how == "deleted":
            project.unlink()
        else:
            project.rename(project.with_name("elsewhere.kamcoder"))
        if how == "replaced":
            project.write_text("something else")
        with pytest.raises(ProjectFileError, match="file_gone"), store.transaction():
            store.update("cases", "c1", description="lost")
        assert store.query("SELECT name, description FROM cases") == [("A", "")]
        store.copy_to(project.with_name("copy.kamcoder"))
    with ProjectStore.open(project.with_name("copy.kamcoder")) as copy:
        assert copy.query("SELECT name FROM cases") == [("A",)]


def test_an_older_file_is_migrated_after_a_dated_backup(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ProjectStore.create(project) as store, store.transaction():
        store.insert("cases", [CASE])
    before = project.read_bytes()
    later = schema.Migrations("kamcoder")
    later._migrations.extend(schema.migrations._migrations)

    @later()
    def schema_next(db: Database) -> None:
        db.execute("ALTER TABLE cases ADD COLUMN colour TEXT")

    following = schema.SCHEMA_VERSION + 1

    monkeypatch.setattr("kamcoder.storage.database.migrations", later)
    monkeypatch.setattr("kamcoder.storage.database.SCHEMA_VERSION", following)
    monkeypatch.setattr(files, "SCHEMA_VERSION", following)
    with pytest.raises(ProjectFileError, match="file_older"):
        ProjectStore.open(project, read_only=True)
    with ProjectStore.open(project) as store:
        assert store.query("SELECT name, colour FROM cases") == [("A", None)]
        assert store.one("PRAGMA user_version") == (following,)
        backup = store.backup
    assert backup is not None
    assert f"schema {following - 1}" in backup.name
    assert sorted(path.name for path in project.parent.iterdir()) == sorted([project.name, backup.name])
    old = sqlite3.connect(backup)
    assert old.execute("SELECT name FROM cases").fetchall() == [("A",)]
    assert old.execute("PRAGMA user_version").fetchone() == (following - 1,)
    old.close()
    assert len(before) == backup.stat().st_size


def test_a_copy_is_whole_and_opens(project: Path) -> None:
    copy = project.with_name("copy.kamcoder")
    with ProjectStore.create(project) as store:
        with store.transaction():
            store.insert("cases", [CASE])
        store.copy_to(copy)
    with ProjectStore.open(copy) as store:
        assert store.query("SELECT name FROM cases") == [("A",)]


def test_golden_project_of_every_released_schema_opens(project: Path) -> None:
    golden = sorted((Path(__file__).parents[1] / "golden").glob("schema-*.kamcoder"))
    assert len(golden) == schema.SCHEMA_VERSION
    for path in golden:
        shutil.copy(path, project)
        with ProjectStore.open(project) as store:
            assert store.query("SELECT count(*) FROM codings") == [(3,)]
        project.unlink()


def test_summaries_of_the_first_schema_come_over_with_their_links(project: Path) -> None:
    shutil.copy(Path(__file__).parents[1] / "golden" / "schema-1.kamcoder", project)
    old = sqlite3.connect(project)
    old.execute(
        "INSERT INTO summaries SELECT 's', (SELECT id FROM cases LIMIT 1), (SELECT id FROM codes LIMIT 1),"
        " (SELECT id FROM coders LIMIT 1), 'Once a year.', 1, 't1', 't2'"
    )
    old.execute("INSERT INTO summary_links SELECT 's', id, row_number() OVER () - 1 FROM codings")
    old.commit()
    links = old.execute("SELECT * FROM summary_links ORDER BY position").fetchall()
    old.close()
    with ProjectStore.open(project) as store:
        (summary,) = Repositories(store).summaries.all()
        assert (summary.text, summary.draft, summary.modified_at) == ("Once a year.", True, "t2")
        assert summary.marks == {position + 1: key for _, key, position in links}
        assert store.query("PRAGMA foreign_key_check") == []
        with store.transaction():
            store.insert("summaries", [{**store.rows("summaries")[0], "id": "t", "code_id": None}])
            with pytest.raises(sqlite3.IntegrityError):
                store.insert("summaries", [{**store.rows("summaries")[0], "id": "u", "code_id": None}])


def test_a_write_outside_a_transaction_raises(project: Path) -> None:
    with ProjectStore.create(project) as store:
        with pytest.raises(WriteOutsideTransactionError):
            store.insert("cases", [CASE])
        with store.transaction():
            inner = store.transaction()
            with pytest.raises(WriteOutsideTransactionError):
                inner.__enter__()


def insert_and_fail(store: ProjectStore) -> None:
    with store.transaction():
        store.insert("cases", [CASE])
        raise ZeroDivisionError


def test_a_failing_transaction_leaves_the_rows_as_they_were(project: Path) -> None:
    with ProjectStore.create(project) as store:
        with pytest.raises(ZeroDivisionError):
            insert_and_fail(store)
        assert store.rows("cases") == []
        with store.transaction() as journal:
            store.insert("cases", [CASE])
        assert [change.after for change in journal] == [CASE]


def test_the_audit_log_cannot_be_rewritten(project: Path) -> None:
    with ProjectStore.create(project) as store:
        with store.transaction():
            store.append_audit(at="t", coder="Ann", operation="x", origin="do", details="{}", rows="{}", program="0")
        for statement in ("UPDATE audit_log SET coder = 'Ben'", "DELETE FROM audit_log"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                store.query(statement)
