"""Suggestions on the command line: listed, accepted and rejected, with nothing changed by looking."""

from pathlib import Path

import pytest

from kamcoder.services.session import Session
from tests.builders import small_study
from tests.cli.terminal import Run, loaded


@pytest.fixture
def taught(project: Path, tmp_path: Path) -> Path:
    """A project whose codebook says enough to suggest from."""
    with Session.create(project) as session:
        small_study(session, tmp_path)
        book = session.codebook.all()
        session.codebook.edit(book.find("social").id, definition="Coffee, dinner and other personal contact.")
        session.codebook.edit(book.find("Antecedents").id, definition="Reasons why the sales director is involved.")
        session.suggestions.set_threshold(0.05)
    return project


def test_suggestions_are_listed_with_their_reasons_and_nothing_is_changed(cli: Run, taught: Path) -> None:
    before = taught.read_bytes()
    found = loaded(cli("suggest", taught, "--json"))
    assert found
    assert {"id", "document", "start", "end", "quote", "code", "score", "rank", "reasons", "model"} <= set(found[0])
    assert loaded(cli("suggest", taught, "--json")) == found
    some = next(item for item in found if item["document"] == "A-KAM")
    alone = loaded(cli("suggest", taught, "--document", "A-KAM", "--code", some["code"], "--json"))
    assert {item["document"] for item in alone} == {"A-KAM"}
    assert all(item["code"].startswith(some["code"]) for item in alone)
    shown = cli("suggest", taught, "--document", "A-KAM")
    assert "A-KAM ¶" in shown
    assert "suggestion" in shown.splitlines()[-1]
    assert taught.read_bytes() == before


def test_a_suggestion_is_accepted_by_its_id_and_another_is_rejected(cli: Run, taught: Path) -> None:
    first, second = loaded(cli("suggest", taught, "--json"))[:2]
    assert "Accepted 1 suggestion." in cli("suggest", "accept", taught, first["id"])

    def taken() -> list[tuple[str, str]]:
        passages = loaded(cli("passages", taught, "--json"))
        return [(item["quote"], item["code"]) for item in passages if item["origin"] == "suggestion"]

    assert taken() == [(first["quote"], first["code"])]
    # What was learned from the first one may leave the second unsaid: any other will do.
    left = loaded(cli("suggest", taught, "--json"))
    other = next((item for item in left if item["id"] == second["id"]), left[0])
    assert "Rejected 1 suggestion." in cli("suggest", "reject", taught, other["id"])
    assert other["id"] not in [item["id"] for item in loaded(cli("suggest", taught, "--json"))]
    assert len(taken()) == 1
    assert "reject_suggestion" in cli("log", taught)


def test_all_of_a_code_above_a_threshold_are_looked_at_and_accepted(cli: Run, taught: Path) -> None:
    before = taught.read_bytes()
    look = cli("suggest", "accept", taught, "--code", "Antecedents", "--above", "0.05", "--dry-run")
    count = int(look.splitlines()[-1].split()[0])
    assert count > 0
    assert taught.read_bytes() == before
    assert cli("suggest", "accept", taught, "--code", "Antecedents", "--above", "0.05").startswith(f"Accepted {count} ")


def test_it_says_whose_suggestions_it_needs(cli: Run, taught: Path) -> None:
    with Session.open(taught) as session:
        session.coders.add("Ben")
    assert "--coder" in cli("suggest", taught, status=1)
    assert "A-KAM" in cli("suggest", taught, "--coder", "Ben", "--document", "A-KAM")
    assert "Zoe" in cli("suggest", taught, "--coder", "Zoe", status=1)


def test_what_cannot_be_is_said_in_a_sentence(cli: Run, taught: Path) -> None:
    assert "nothing-like-it" in cli("suggest", "accept", taught, "nothing-like-it", status=1)
    assert "--above" in cli("suggest", "accept", taught, status=2)
    assert "--above" in cli("suggest", "accept", taught, "--above", "0.5", status=2)
    assert cli("suggest", taught.with_name("gone.kamcoder"), status=1)
