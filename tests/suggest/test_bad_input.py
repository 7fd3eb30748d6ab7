"""Texts, codebooks and files that nobody wishes for."""

import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from kamcoder.domain.codebook import Code
from kamcoder.domain.errors import NotFound
from kamcoder.domain.suggesting import LexiconEntry, LexiconKind, Study, StudyDocument, SuggestingError, Tier
from kamcoder.suggest.engine import Engine
from kamcoder.suggest.language import installed_model, load_verified, reader
from kamcoder.suggest.matching import check_pattern
from kamcoder.suggest.model import Model
from tests.suggest.studies import CODES, coded_study, prose


def suggested(engine: Engine, study: Study) -> set[str]:
    return {item.code_id for item in engine.suggest(study, engine.train(study), study.documents[0].id).proposals}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n \n",
        "😀👩‍👩‍👧🇧🇪 😀😀.",
        "a" * 2000,
        "Zoe\u0308 \u0000 \ud800 dinner with the customer.",
        "word " * 20_000,
        "De directeur eet met de klant. Почему нет? 你好。",
    ],
)
def test_any_text_is_read(blank_engine: Engine, text: str) -> None:
    study = prose(text)
    found = blank_engine.suggest(study, blank_engine.train(study), "p")
    assert all(0 <= item.span.start < item.span.end <= len(text) for item in found.units)


def test_a_paragraph_of_100_000_characters_is_cut_into_units(blank_engine: Engine) -> None:
    text = "no full stop here " * 5600
    study = prose(text)
    units = blank_engine.suggest(study, blank_engine.train(study), "p").units
    assert max(len(unit.span) for unit in units) <= 600
    assert sum(len(unit.span) for unit in units) > 0.99 * len(text.strip())


def test_a_megabyte_is_read(blank_engine: Engine) -> None:
    line = "The director had dinner with the buyer number {}. We have no team around account {}.\n"
    study = prose("".join(line.format(number % 500, number % 500) for number in range(12_000)))
    assert len(study.documents[0].text) > 1_000_000
    found = blank_engine.suggest(study, blank_engine.train(study), "p")
    assert len(found.units) == 24_000


def test_a_code_without_definition_lives_by_its_name(blank_engine: Engine) -> None:
    codes = (Code("golf", "golf"), Code("empty", "x"), Code("folder", "teams", codable=False))
    study = replace(prose("They play golf together. A team of teams."), codes=codes)
    assert suggested(blank_engine, study) == {"golf"}


def test_a_single_code_is_suggested_where_its_words_stand(blank_engine: Engine) -> None:
    study = replace(prose("Golf, dinner and golf with people at the customer. It rained."), codes=CODES[:1])
    found = blank_engine.suggest(study, blank_engine.train(study), "p")
    assert found.units[0].scores[0][1] > max([score for _, score in found.units[1].scores], default=0.0)


def test_no_codes_and_no_documents_give_nothing(blank_engine: Engine) -> None:
    assert suggested(blank_engine, replace(prose("They play golf."), codes=())) == set()
    bare = Study(CODES, ())
    with pytest.raises(NotFound):
        blank_engine.suggest(bare, blank_engine.train(bare), "gone")


def test_five_hundred_codes(blank_engine: Engine) -> None:
    codes = tuple(Code(f"c{n}", f"topic {n}", definition=f"It is about matter{n} alone.") for n in range(500))
    study = replace(prose("Let us talk of matter77 now. Then it was matter401."), codes=codes)
    found = blank_engine.suggest(study, blank_engine.train(study), "p")
    assert [unit.scores[0][0] for unit in found.units] == ["c77", "c401"]


def test_dutch_learns_from_codings_and_from_a_dutch_lexicon(blank_engine: Engine) -> None:
    codes = (Code("sociaal", "sociaal", definition="Persoonlijk contact van de directie met de klant."), CODES[1])
    text = "De directeur drinkt koffie met de inkoper. Het weer was goed."
    lexicon = (LexiconEntry("sociaal", "koffie drinken", LexiconKind.PHRASE), LexiconEntry("sociaal", "koffie"))
    study = Study(codes, (StudyDocument("p", "P", text, (), "nl"),), lexicon=lexicon)
    found = blank_engine.suggest(study, blank_engine.train(study), "p")
    assert found.tier is Tier.BLANK
    assert found.proposals[0].code_id == "sociaal"
    assert "koffie" in {match.span.of(text) for match in found.proposals[0].reasons.matches}


def test_an_unknown_language_is_read_by_marks_alone(blank_engine: Engine) -> None:
    assert suggested(blank_engine, prose("They play golf. Dinner with a director.", language="qq")) == {"social"}


@pytest.mark.parametrize("change", [b"", b"KAMSUGGEST-2\n", b"\x00" * 100])
def test_a_damaged_model_is_refused(change: bytes) -> None:
    with pytest.raises(SuggestingError, match="suggest_model_damaged"):
        Model.from_bytes(change)


def test_a_model_with_one_byte_changed_is_refused(blank_engine: Engine) -> None:
    data = bytearray(blank_engine.train(coded_study((0,))).to_bytes())
    data[len(data) // 2] ^= 1
    with pytest.raises(SuggestingError, match="suggest_model_damaged"):
        Model.from_bytes(bytes(data))


def test_a_language_model_that_does_not_verify_is_not_loaded(tmp_path: Path) -> None:
    original = installed_model()
    assert original is not None
    copy = tmp_path / original.name
    shutil.copytree(original, copy)
    assert reader("en", directory=copy).tier is Tier.MODEL
    (copy / "tagger" / "model").write_bytes(b"something else")
    with pytest.raises(SuggestingError, match="suggest_model_not_verified"):
        load_verified(copy)
    found = reader("en", directory=copy)
    assert (found.tier, found.reason) == (Tier.BLANK, "model_not_verified")
    assert reader("en", directory=tmp_path / "nothing").reason == "model_not_verified"


@pytest.mark.parametrize(
    "entry",
    [
        LexiconEntry("c", "  "),
        LexiconEntry("c", "* *"),
        LexiconEntry("c", "(unclosed", LexiconKind.REGEX),
        LexiconEntry("c", "TM meets customer", LexiconKind.RELATION),
        LexiconEntry("c", "x" * 300),
    ],
)
def test_a_pattern_that_cannot_match_is_refused_and_does_no_harm(blank_engine: Engine, entry: LexiconEntry) -> None:
    with pytest.raises(SuggestingError, match="lexicon_pattern"):
        check_pattern(entry)
    study = replace(prose("They play golf."), lexicon=(replace(entry, code_id="social"),))
    assert suggested(blank_engine, study) == {"social"}


def test_no_network_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine = Engine()
    study = coded_study((0, 1))
    assert engine.suggest(study, engine.train(study), "d2").tier is Tier.MODEL
