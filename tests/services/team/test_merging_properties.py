"""Random histories of three copies, merged in any order: nothing is lost, and all copies agree in the end."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kamcoder.services.checking import check_file
from kamcoder.services.session import Session
from kamcoder.storage.connecting import prepare
from kamcoder.storage.library import Database
from tests.services.team.histories import ORDERS, VERBS, Act, Acting, base_study, copied, known_ids, rows_of

ACTS = st.tuples(st.sampled_from(VERBS), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
TAKING_IN = st.tuples(st.just("merge"), st.integers(0, 2), st.just(0), st.just(0))
#: Which copy acts (0–2) and what it does.
PARALLEL = st.lists(st.tuples(st.integers(0, 2), ACTS), max_size=24)
#: The same, and now and then one copy takes in another.
MIXED = st.lists(st.tuples(st.integers(0, 2), ACTS | TAKING_IN), max_size=24)
CODERS = ("Ann", "Ben", "Cem")


@pytest.fixture(scope="module", autouse=True)
def _in_memory_of_the_system() -> Iterator[None]:
    """Do not wait for the disk: what is asked here is not whether a killed process loses anything."""

    def quick(database: Database) -> Database:
        prepare(database).conn.execute("PRAGMA synchronous=OFF")
        return database

    with patch("kamcoder.storage.database.prepare", quick):
        yield


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder, known_ids(1):
        yield base_study(Path(folder))


def played(base: Path, folder: Path, steps: list[tuple[int, Act]]) -> list[Path]:
    """Let three copies go their ways and return them."""
    paths = [copied(base, folder / f"{number}.kamcoder") for number in range(3)]
    with ExitStack() as open_ones:
        acting = [
            Acting(open_ones.enter_context(Session.open(path)), coder, folder)
            for path, coder in zip(paths, CODERS, strict=True)
        ]
        for who, act in steps:
            if act[0] != "merge":
                acting[who].act(act)
            elif act[1] != who:
                acting[who].session.merging.merge(paths[act[1]])
    return paths


def merged(paths: list[Path], order: tuple[int, ...], target: Path) -> dict[str, list[dict[str, object]]]:
    """Merge copies one after the other into a copy of the first and return all rows, but names that do not matter."""
    copied(paths[order[0]], target)
    with Session.open(target) as session:
        for number in order[1:]:
            session.merging.merge(paths[number])
        rows = rows_of(session)
    _forget_names(rows)
    return rows


def nothing_comes_twice(paths: list[Path], target: Path) -> None:
    """Merge copies into one that holds them all already, and see that it stays as it is."""
    with Session.open(target) as session:
        before = rows_of(session)
        for path in paths:
            assert session.merging.merge(path).empty
        assert rows_of(session) == before
    assert check_file(target).findings == ()


def _forget_names(rows: dict[str, list[dict[str, object]]]) -> None:
    """Leave out how codes and documents were called when a text gave way: a memo is not written anew for a name."""
    for memo in rows["memos"]:
        if str(memo["title"]).startswith("Other version of the summary"):
            memo.update(title="", text="")


def told(paths: list[Path]) -> list[dict[str, list[dict[str, object]]]]:
    """Let the first copy take in the others, and these the first, until all say the same, and return their rows."""
    with ExitStack() as open_ones:
        first, *others = [open_ones.enter_context(Session.open(path)) for path in paths]
        for _ in range(4):
            for other in others:
                first.merging.merge(other.path)
            for other in others:
                other.merging.merge(first.path)
            found = [rows_of(session) for session in (first, *others)]
            if found[1:] == found[:-1]:
                break
    for path in paths:
        assert check_file(path).findings == ()
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(PARALLEL)
# Deleted in one copy, renamed in another, used in the third, and its new name given anew beside the deletion.
@example(
    [
        (1, ("delete_code", 3, 6, 10)),
        (1, ("add_code", 9, 5, 12)),
        (2, ("rename_code", 3, 5, 3)),
        (1, ("rename_code", 8, 4, 7)),
        (0, ("settle", 11, 6, 1)),
    ]
)
def test_parallel_histories_merged_in_any_order_agree(base: Path, steps: list[tuple[int, Act]]) -> None:
    with tempfile.TemporaryDirectory() as name, known_ids(2):
        folder = Path(name)
        paths = played(base, folder, steps)
        # Three of the six orders, others for other histories: each copy is once the first.
        orders = ORDERS[len(steps) % 2 :: 2]
        targets = [folder / f"merged {number}.kamcoder" for number in range(len(orders))]
        first, *others = [merged(paths, order, target) for order, target in zip(orders, targets, strict=True)]
        assert all(other == first for other in others)
        nothing_comes_twice(paths, targets[len(steps) % len(targets)])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(MIXED)
def test_copies_that_tell_each_other_all_agree_in_the_end(base: Path, steps: list[tuple[int, Act]]) -> None:
    with tempfile.TemporaryDirectory() as name, known_ids(2):
        first, *others = told(played(base, Path(name), steps))
        assert all(other == first for other in others)
