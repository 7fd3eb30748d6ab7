"""The words that speak for codes: the project's own beside those that ship with the program."""

from pathlib import Path

import pytest

from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.suggesting import LexiconKind
from kamcoder.services.lexicon import LexiconLine
from kamcoder.services.session import Session
from tests.suggest.words import known_to_engine


@pytest.fixture
def code_id(study: Session) -> str:
    """A code for which words ship: two of the four headings of that lexicon are in the codebook."""
    study.codebook.add("KAM embeddedness")
    return study.codebook.all().find("social").id


def line(study: Session, code_id: str, pattern: str) -> LexiconLine:
    return next(item for item in study.lexicon.lines(code_id) if item.entry.pattern == pattern)


def test_shipped_words_are_listed_behind_the_projects_own(study: Session, code_id: str) -> None:
    own = study.lexicon.add(code_id, "drinks tea")
    first, *shipped = study.lexicon.lines(code_id)
    assert (first.entry, first.shipped, first.written) == (own, None, True)
    assert len(shipped) > 20
    assert all(item.entry == item.shipped and not item.written for item in shipped)
    assert study.lexicon.entries() == [own]
    assert not study.lexicon.lines(study.codebook.add("Weather").id)


def test_a_shipped_entry_is_switched_off_weighed_and_left_to_the_program_again(study: Session, code_id: str) -> None:
    coffee = line(study, code_id, "coffee").entry
    assert ("coffee", coffee.weight) in known_to_engine(study, code_id)
    study.lexicon.weigh(coffee, 0)
    off = line(study, code_id, "coffee")
    assert off.off
    assert off.shipped == coffee
    assert "coffee" not in dict(known_to_engine(study, code_id))
    study.lexicon.weigh(off.entry, 1.5)
    assert ("coffee", 1.5) in known_to_engine(study, code_id)
    assert len(study.lexicon.entries()) == 1
    study.undo()
    assert line(study, code_id, "coffee").off
    study.lexicon.weigh(off.entry, coffee.weight)
    assert not study.lexicon.entries()
    assert ("coffee", coffee.weight) in known_to_engine(study, code_id)
    study.undo()
    study.undo()
    assert line(study, code_id, "coffee") == LexiconLine(coffee, coffee, written=False)


def test_words_ship_in_the_languages_of_the_documents(study: Session, code_id: str, tmp_path: Path) -> None:
    english = {item.entry.pattern for item in study.lexicon.lines(code_id)}
    dutch = tmp_path / "NL.txt"
    dutch.write_text(
        "Interviewer: Wie ziet de klant?\nKAM: Ik ga met de directeur op de koffie en dat is niet veel.\n" * 9
    )
    study.imports.commit(study.imports.preview([dutch]))
    both = {item.entry.pattern for item in study.lexicon.lines(code_id)}
    assert english < both
    assert any("koffie" in pattern for pattern in both - english)


def test_only_what_ships_can_be_switched_off(study: Session, code_id: str) -> None:
    own = study.lexicon.add(code_id, "drinks tea")
    with pytest.raises(InvalidInput, match="lexicon_weight"):
        study.lexicon.weigh(own, 0)
    with pytest.raises(InvalidInput, match="lexicon_weight"):
        study.lexicon.weigh(line(study, code_id, "coffee").entry, 9)
    study.lexicon.weigh(own, -1)
    assert line(study, code_id, "drinks tea").entry.weight == -1
    # What is written in another way goes before the shipped words all the same.
    study.lexicon.add(code_id, "Coffee", kind=LexiconKind.EXACT, weight=1)
    assert line(study, code_id, "Coffee").shipped is not None
