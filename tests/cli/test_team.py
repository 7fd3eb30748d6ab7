"""assign, copy, merge, settle and the lists of work on the command line."""

from pathlib import Path

import pytest

from tests.builders import write_interviews
from tests.cli.terminal import Run, loaded


@pytest.fixture
def coded(cli: Run, project: Path, tmp_path: Path) -> Path:
    """A project in which Ann has coded two passages."""
    cli("new", project, "--template", "kam")
    cli("import", project, *write_interviews(tmp_path))
    code(cli, project, "Ann", "direct › strategic", "A-CEO", "I meet the largest customers once a year.")
    code(cli, project, "Ann", "direct/social", "B-KAM", "He drinks coffee with the big ones.")
    return project


def code(cli: Run, project: Path, coder: str, name: str, document: str, quote: str) -> None:
    cli("code", project, "--coder", coder, "--document", document, "--code", name, "--quote", quote)


def test_documents_are_assigned_and_listed(cli: Run, coded: Path) -> None:
    assert "2 assignments: A-CEO, A-KAM" in cli("assign", coded, "--coder", "Ben", "--case", "A")
    found = loaded(cli("assign", coded, "--coder", "Ben", "--coder", "Cem", "--sample", "0.5", "--seed", "3", "--json"))
    assert (len(found["documents"]), found["of"], found["seed"]) == (2, 3, 3)
    assert "to do, 0 codings" in cli("coders", coded, "--work", "Ben")
    assert [entry["assigned"] for entry in loaded(cli("coders", coded, "--json"))] == [
        0,
        2 + (found["assigned"] - 2),
        2,
    ]
    assert "Withdrew 2 assignments" in cli("assign", coded, "--coder", "Cem", "--withdraw")
    assert "Nothing is assigned" in cli("coders", coded, "--work", "Ann")
    assert "share" in cli("assign", coded, "--coder", "Ben", "--sample", "7", status=1)


def test_a_copy_goes_out_and_comes_back(cli: Run, coded: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ben.kamcoder"
    assert "without 2 codings" in cli("copy", coded, copy, "--coder", "Ben", "--blind")
    assert "is there already" in cli("copy", coded, copy, "--coder", "Ben", status=1)
    assert loaded(cli("passages", copy, "--json")) == []
    code(cli, copy, "Ben", "direct › strategic", "A-CEO", "I meet the largest customers once a year.")
    shown = cli("merge", coded, copy, "--preview")
    assert "would bring" in shown
    assert "1 coding by Ben" in shown
    found = loaded(cli("merge", coded, copy, "--json"))
    assert found["codings"] == {"Ben": 1}
    assert found["rows"]["codings"] == {"new": 1, "changed": 0, "deleted": 0}
    assert "nothing new" in cli("merge", coded, copy)
    assert len(loaded(cli("passages", coded, "--json"))) == 3
    assert "Agreed: 0 of 1 passage taken." in cli("settle", coded, "--coder", "Ann")
    assert loaded(cli("settle", coded, "--coder", "Ann", "--agreed", "--json"))["taken"] == 1
    assert "consensus" in cli("coders", coded)


def test_differences_are_told_and_chosen(cli: Run, coded: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ben.kamcoder"
    cli("copy", coded, copy, "--coder", "Ben")
    cli("codebook", "add", copy, "Trust")
    cli("codebook", "edit", copy, "social", "--name", "informal")
    cli("codebook", "edit", coded, "social", "--name", "sociable")
    differences = loaded(cli("merge", coded, copy, "--preview", "--json"))["differences"]
    (renamed,) = [entry for entry in differences if entry["kind"] == "changed"]
    assert renamed["fields"]["name"] == ["sociable", "informal"]
    assert renamed["taken"] == "ours"
    shown = cli("merge", coded, copy, "--theirs", renamed["id"])
    assert "new codes: Trust" in shown
    assert "informal" in cli("codebook", "list", coded)
    assert "no difference" in cli("merge", coded, copy, "--ours", "nothing:x", status=1)
    assert "no copy" in cli("merge", coded, _another(cli, tmp_path), status=1)


def _another(cli: Run, folder: Path) -> Path:
    path = folder / "another.kamcoder"
    cli("new", path)
    return path
