"""Finding words and coding what was found."""

import pytest

from kamcoder.domain.coding import Origin, WorkState
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.memo import MemoTarget
from kamcoder.services.finding import HitSpan
from kamcoder.services.session import Session
from tests.builders import code_quote


def test_hits_say_where_they_are_even_behind_emoji(study: Session) -> None:
    (hit,) = study.find.text("largest customers")
    text = study.documents.text(hit.document_id)
    assert hit.span.of(text) == "largest customers"
    assert hit.context == "I meet the largest customers once a year."
    assert hit.marked.of(hit.context) == "largest customers"
    assert hit.turn.of(text).startswith("I am the CEO 😀")
    assert hit.reference == "A-CEO ¶2"


def test_words_apart_are_hits_apart_and_quoted_words_are_one(study: Session) -> None:
    apart = study.find.text("director customers")
    assert [hit.span.of(study.documents.text(hit.document_id)) for hit in apart] == []
    both = study.find.text("director them")
    assert [hit.marked.of(hit.context) for hit in both] == ["director", "them"]
    assert len(study.find.text('"the board"')) == 2
    assert study.find.text('"board the"') == []
    assert [hit.document for hit in study.find.text("board")] == ["A-KAM", "A-KAM"]


def test_the_search_can_be_limited_to_documents(study: Session) -> None:
    wanted = frozenset({study.documents.find("B-KAM").id})
    assert {hit.document for hit in study.find.text("the", document_ids=wanted)} == {"B-KAM"}


@pytest.mark.parametrize(
    ("spans", "quote"),
    [
        (HitSpan.HIT, "coffee"),
        (HitSpan.SENTENCE, "He drinks coffee with the big ones."),
        (HitSpan.TURN, "The commercial director signs the contracts. He drinks coffee with the big ones."),
    ],
)
def test_all_hits_are_coded_in_one_step(study: Session, spans: HitSpan, quote: str) -> None:
    code = study.codebook.add("coffee").id
    (coding,) = study.find.code_hits(study.find.text("coffee"), code, spans=spans)
    assert coding.quote == quote
    assert coding.origin is Origin.SEARCH
    assert study.find.code_hits(study.find.text("coffee"), code, spans=spans) == []
    study.undo()
    assert code not in {item.coding.code_id for item in study.passages.select()}


def test_memos_are_found_by_all_their_words(study: Session) -> None:
    memo = study.memos.write(MemoTarget.CASE, study.cases.find("A").id, "Ask the CEO about Coffee.", title="To do")
    assert study.find.memos("coffee DO") == [memo]
    assert study.find.memos("coffee tea") == []
    assert study.find.memos("  ") == []


def test_codings_are_merged_and_split(study: Session) -> None:
    first = code_quote(study, "B-KAM", "social", "No, only when")
    second = code_quote(study, "B-KAM", "social", "a relation is at risk.")
    study.memos.write(MemoTarget.CODING, second.id, "risk")
    merged = study.codings.merge([second.id, first.id])
    assert merged.quote == "No, only when a relation is at risk."
    assert merged.id == first.id
    assert [memo.text for memo in study.memos.about(MemoTarget.CODING, first.id)] == ["risk"]
    left, right = study.codings.split(merged.id, merged.span.start + len("No, only "))
    assert (left.quote, right.quote) == ("No, only", "when a relation is at risk.")
    with pytest.raises(InvalidInput, match="split_outside"):
        study.codings.split(left.id, left.span.end)
    other = code_quote(study, "B-KAM", "strategic", "a relation")
    with pytest.raises(InvalidInput, match="codings_unlike"):
        study.codings.merge([left.id, other.id])


def test_merging_onto_a_twin_leaves_one(study: Session) -> None:
    whole = code_quote(study, "B-KAM", "social", "No, only when a relation is at risk.")
    first = code_quote(study, "B-KAM", "social", "No, only when")
    second = code_quote(study, "B-KAM", "social", "a relation is at risk.")
    merged = study.codings.merge([first.id, second.id])
    ids = {item.coding.id for item in study.passages.select()}
    assert merged.id in ids
    assert whole.id not in ids


def test_how_far_a_coder_is(study: Session) -> None:
    ann = study.coders.find("Ann")
    document = study.documents.find("B-KAM")
    before = study.documents.work(ann.id)[document.id]
    assert before.state is None
    assert 0.2 < before.share < 0.5
    step = study.to_undo
    study.documents.set_work_state(document.id, WorkState.IN_PROGRESS)
    study.documents.set_work_state(document.id, WorkState.FINISHED)
    assert study.documents.work(ann.id)[document.id].state is WorkState.FINISHED
    assert study.to_undo is step
    study.documents.delete(document.id)
    study.undo()
    assert study.documents.work(ann.id)[document.id].state is WorkState.FINISHED


def test_a_search_comes_in_pieces_with_the_passages_that_hold_a_hit(study: Session) -> None:
    pieces = list(study.find.pieces("customer"))
    assert [piece.document for piece in pieces] == ["A-CEO", "A-KAM", "B-KAM"]
    assert [hit.context for piece in pieces for hit in piece.hits] == [
        hit.context for hit in study.find.text("customer")
    ]
    (passage,) = [item for piece in pieces for item in piece.passages]
    assert passage.context == "I meet the largest customers once a year."
    assert passage.marked.of(passage.context) == "customers"
    assert passage.reference == "A-CEO ¶2"


def test_a_passage_is_told_once_and_only_if_it_covers_the_hit(study: Session) -> None:
    code_quote(study, "A-KAM", "social", "The board decides yearly which accounts are key.")
    code_quote(study, "A-KAM", "strategic", "The board decides yearly which accounts are key.")
    code_quote(study, "A-KAM", "Antecedents", "four key accounts. The board decides")
    found = [item for piece in study.find.pieces("accounts") for item in piece.passages]
    assert len(found) == 3
    assert len([item for piece in study.find.pieces("yearly") for item in piece.passages]) == 2


def test_a_search_can_be_limited_to_documents_and_to_one_coders_passages(study: Session) -> None:
    wanted = frozenset({study.documents.find("A-CEO").id})
    assert {piece.document for piece in study.find.pieces("customer", document_ids=wanted)} == {"A-CEO"}
    assert [item for piece in study.find.pieces("customer", coder_id="nobody") for item in piece.passages] == []
    assert [hit for piece in study.find.pieces("  ") for hit in piece.hits] == []


def test_writings_of_one_sitting_are_one_step(study: Session) -> None:
    case = study.cases.find("A").id
    memo = study.memos.write(MemoTarget.CASE, case, "one")
    memo = study.memos.edit(memo, "one two", goes_on=True)
    assert memo is not None
    study.memos.edit(memo, "one two three", goes_on=True)
    study.undo()
    assert study.memos.all() == []
    study.redo()
    assert [item.text for item in study.memos.all()] == ["one two three"]
    (again,) = study.memos.all()
    assert study.memos.edit(again, "four") is not None
    study.undo()
    assert [item.text for item in study.memos.all()] == ["one two three"]


def test_a_memo_with_a_title_stays_and_an_empty_one_goes(study: Session) -> None:
    memo = study.memos.write(MemoTarget.CASE, study.cases.find("A").id, "one", title="T")
    assert study.memos.edit(memo, "", title="T") is not None
    assert study.memos.edit(memo, "  ", title="") is None
    assert study.memos.all() == []


def test_the_journal_names_what_memos_are_about(study: Session) -> None:
    coding = code_quote(study, "A-CEO", "social", "Trust matters")
    study.memos.write(MemoTarget.PROJECT, study.project.id, "plan")
    study.memos.write(MemoTarget.CODE, coding.code_id, "broad")
    study.memos.write(MemoTarget.CODING, coding.id, "telling")
    entries = study.memos.entries()
    assert [entry.memo.text for entry in entries] == ["telling", "broad", "plan"]
    assert entries[0].subject.name == "A-CEO ¶4 · Direct involvement › social"
    assert (entries[0].subject.quote, entries[0].subject.span) == ("Trust matters", coding.span)
    assert entries[1].subject.name == "Direct involvement › social"
    assert study.memos.subject(MemoTarget.CASE, "gone") is None
