"""kamcoder actors, and the table of who is involved."""

from pathlib import Path

import pytest

from kamcoder.services.session import Session
from tests.builders import small_study
from tests.cli.terminal import Run, loaded


@pytest.fixture
def path(project: Path, tmp_path: Path) -> Path:
    with Session.create(project) as session:
        small_study(session, tmp_path)
    return project


def words_of(cli: Run, path: Path, actor: str) -> dict[str, dict[str, object]]:
    (entry,) = loaded(cli("actors", "list", path, "--actor", actor, "--json"))["actors"]
    return {item["text"]: item for item in entry["words"]}


def test_actors_are_listed_with_their_codings_and_words(cli: Run, path: Path) -> None:
    shown = cli("actors", "list", path)
    assert "Sales Director (1 coding): SD" in shown
    assert "A speaker's own voice: I." in shown
    listed = loaded(cli("actors", "list", path, "--json"))
    assert {entry["actor"]: entry["codings"] for entry in listed["actors"] if entry["codings"]} == {
        "CEO": 1,
        "Sales Director": 1,
    }


def test_words_are_added_switched_off_and_removed(cli: Run, path: Path) -> None:
    assert cli("actors", "add", path, "sales director", "Bart", "--document", "A-CEO") == (
        "“Bart” stands for Sales Director.\n"
    )
    assert words_of(cli, path, "sales director")["Bart"]["document"] == "A-CEO"
    cli("actors", "add", path, "Works council", "works council")
    assert list(words_of(cli, path, "works council")) == ["works council"]
    cli("actors", "off", path, "CEO", "CEO")
    assert words_of(cli, path, "ceo")["CEO"]["enabled"] is False
    cli("actors", "off", path, "CEO", "CEO", "--on")
    assert words_of(cli, path, "ceo")["CEO"]["enabled"] is True
    cli("actors", "remove", path, "sales director", "Bart", "--document", "A-CEO")
    assert "Bart" not in words_of(cli, path, "sales director")
    assert "does not stand for" in cli("actors", "remove", path, "ceo", "Bart", status=1)
    assert "came with the program" in cli("actors", "remove", path, "ceo", "CEO", status=1)
    assert "There is no actor" in cli("actors", "list", path, "--actor", "emperor", status=1)


def test_names_come_from_a_sheet_and_the_voice_is_chosen(cli: Run, path: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "names.csv"
    sheet.write_text("document,name,actor\nB-KAM,He,Commercial Director\n", encoding="utf-8")
    assert cli("actors", "import", path, sheet) == "names.csv: 1 name added.\n"
    cli("actors", "voice", path, "off")
    grid = loaded(cli("table", path, "--actors", "--json"))
    assert [row[:3] for row in grid["rows"]] == [["Commercial Director", None, "B (1)"]]


def test_the_table_of_involvement_takes_other_codes_and_actors_as_cells(cli: Run, path: Path) -> None:
    grid = loaded(cli("table", path, "--actors", "--code", "Antecedents", "--json"))
    assert grid["rows"] == [["Sales Director", "A (1)", 1]]
    cells = loaded(cli("table", path, "--measure", "actors", "--json"))
    assert cells["rows"][0][:3] == ["A", "CEO (1)", "Sales Director (1)"]
