"""Passages in bulk: the book, its limits and counts, and the context of a passage."""

from pathlib import Path

import pytest

from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.memo import MemoTarget
from kamcoder.services.passages import Facet, PassageFilter
from kamcoder.services.session import Session
from tests.builders import code_quote


def quotes(study: Session, wanted: PassageFilter) -> list[str]:
    return [item.coding.quote.split()[0] for item in study.passages.select(wanted)]


def test_passages_come_in_reading_order_with_their_names(study: Session) -> None:
    code_quote(study, "A-CEO", "social", "I am the CEO 😀")
    first = study.passages.select()[0]
    assert first.coding.quote == "I am the CEO 😀"
    assert (first.reference, first.cases, first.speaker, first.coder) == ("A-CEO ¶2", ("A",), "CEO", "Ann")
    assert first.code_path == "Direct involvement › social"
    assert [item.document for item in study.passages.select()] == ["A-CEO", "A-CEO", "A-CEO", "B-KAM"]


def test_each_limit_and_all_together(study: Session) -> None:
    case = study.cases.find("A").id
    assert quotes(study, PassageFilter(case_ids=frozenset({case}))) == ["I", "Because"]
    social = study.codebook.all().find("social").id
    assert quotes(study, PassageFilter(code_ids=frozenset({social}))) == ["He"]
    assert quotes(study, PassageFilter(code_ids=frozenset({social}), case_ids=frozenset({case}))) == []
    assert quotes(study, PassageFilter(text="COFFEE")) == ["He"]
    assert quotes(study, PassageFilter(coder_ids=frozenset())) == []
    assert quotes(study, PassageFilter(roles=frozenset({SpeakerRole.INTERVIEWER}))) == []


def test_participants_and_attributes_limit_too(study: Session) -> None:
    person = study.cases.add_participant("P1")
    document = study.documents.find("B-KAM").id
    speaker = next(item for item in study.documents.speakers(document) if item.name == "KAM")
    study.documents.set_speaker(speaker.id, participant_id=person.id)
    assert quotes(study, PassageFilter(participant_ids=frozenset({person.id}))) == ["He"]
    owned = study.cases.add_attribute("owned", AttributeType.TEXT)
    sex = study.cases.add_attribute("sex", AttributeType.TEXT, scope=AttributeScope.PARTICIPANT)
    study.cases.set_value(owned.id, study.cases.find("A").id, "family")
    study.cases.set_value(owned.id, study.cases.find("B").id, "listed")
    study.cases.set_value(sex.id, person.id, "f")
    either = frozenset({(owned.id, "family"), (owned.id, "listed")})
    assert len(quotes(study, PassageFilter(values=either))) == 3
    assert quotes(study, PassageFilter(values=either | {(sex.id, "f")})) == ["He"]


def test_counts_of_a_code_take_in_those_below(study: Session) -> None:
    book = study.passages.book()
    direct = study.codebook.all().find("Direct involvement").id
    assert book.counts(book.lines(), Facet.CODE)[direct] == 2
    assert sum(book.counts(book.lines(), Facet.CASE).values()) == 3


def test_context_is_the_turn_and_as_much_more_as_wanted(study: Session) -> None:
    coding = next(item.coding for item in study.passages.select() if "coffee" in item.coding.quote)
    context = study.passages.context(coding.document_id, coding.span)
    assert [(turn.speaker, turn.text.split()[0]) for turn in context.turns] == [("KAM", "The")]
    assert context.more
    wider = study.passages.context(coding.document_id, coding.span, wider=5)
    assert len(wider.turns) == 4
    assert not wider.more
    text = study.documents.text(coding.document_id)
    assert all(text[turn.start :].startswith(turn.text) for turn in wider.turns)


def test_context_of_one_long_turn_is_cut(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "X-1.txt"
    path.write_text("Interviewer: Well?\nKAM: " + "word " * 4000 + "\n", encoding="utf-8")
    (document,) = session.imports.commit(session.imports.preview([path]))
    context = session.passages.context(document.id, TextSpan(10_000, 10_004))
    assert sum(len(turn.text) for turn in context.turns) < 5000
    assert context.more
    whole = session.passages.context(document.id, TextSpan(10_000, 10_004), wider=10)
    assert not whole.more


def test_several_are_recoded_in_one_step(study: Session) -> None:
    social = study.codebook.all().find("social").id
    ids = [item.coding.id for item in study.passages.select()]
    assert study.passages.recode(ids, social) == 2
    assert {item.coding.code_id for item in study.passages.select()} == {social}
    study.undo()
    assert len({item.coding.code_id for item in study.passages.select()}) == 3
    study.codebook.edit(social, codable=False)
    with pytest.raises(InvalidInput, match="code_not_codable"):
        study.passages.recode(ids, social)


def test_two_codes_of_one_passage_become_one(study: Session) -> None:
    one = code_quote(study, "A-KAM", "social", "Hardly ever.")
    two = code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    study.memos.write(MemoTarget.CODING, one.id, "kept")
    target = study.codebook.all().find("Antecedents").id
    study.passages.recode([two.id, one.id], target)
    (left,) = [item for item in study.passages.select() if item.coding.quote == "Hardly ever."]
    assert (left.coding.id, left.memo) == (two.id, "kept")
    study.undo()
    assert len([item for item in study.passages.select() if item.coding.quote == "Hardly ever."]) == 2
