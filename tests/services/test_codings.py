"""Putting codes on passages."""

import re
from itertools import pairwise

import pytest

from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.memo import MemoTarget
from kamcoder.services.codings import PlannedCoding
from kamcoder.services.session import Session
from tests.builders import code_quote


def test_the_quote_behind_emoji_and_combining_marks_is_what_was_selected(study: Session) -> None:
    document = study.documents.find("A-CEO")
    text = study.documents.text(document.id)
    start = text.index("👩‍👩‍👧")
    coding = study.codings.apply(
        document.id, TextSpan(start, start + 5), study.codebook.all().find("social").id, memo="a family"
    )
    assert coding.quote == "👩‍👩‍👧"
    assert study.codings.of_document(document.id)[0].span.start == text.index("I meet") or coding.span.start == start
    (memo,) = study.memos.about(MemoTarget.CODING, coding.id)
    assert (memo.text, memo.coder_id) == ("a family", coding.coder_id)


def test_white_space_at_the_ends_is_left_out(study: Session) -> None:
    document = study.documents.find("A-KAM")
    text = study.documents.text(document.id)
    start = text.index("Hardly ever.")
    coding = study.codings.apply(document.id, TextSpan(start - 1, start + 13), study.codebook.all().find("social").id)
    assert coding.quote == "Hardly ever."


def test_the_same_coding_again_is_the_one_that_is_there(study: Session) -> None:
    first = code_quote(study, "A-KAM", "social", "Hardly ever.")
    steps = study.to_undo
    assert code_quote(study, "A-KAM", "social", "Hardly ever.") == first
    assert study.to_undo is steps


def test_two_coders_may_say_the_same(study: Session) -> None:
    first = code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.coders.activate(study.coders.ensure("Ben"))
    second = code_quote(study, "A-KAM", "social", "Hardly ever.")
    assert first.coder_id != second.coder_id
    assert first.span == second.span


def test_bad_spans_codes_and_coders_are_refused(study: Session) -> None:
    document = study.documents.find("A-KAM")
    text = study.documents.text(document.id)
    code = study.codebook.all().find("social").id
    before = study.passages.select()
    with pytest.raises(InvalidInput, match="span_outside"):
        study.codings.apply(document.id, TextSpan(0, len(text) + 1), code)
    line_end = text.index("\n")
    with pytest.raises(InvalidInput, match="span_empty"):
        study.codings.apply(document.id, TextSpan(line_end, line_end + 1), code)
    with pytest.raises(NotFound, match="code_unknown"):
        study.codings.apply(document.id, TextSpan(0, 4), "nothing")
    with pytest.raises(NotFound, match="document_unknown"):
        study.codings.apply("nothing", TextSpan(0, 4), code)
    folder = study.codebook.add("folder", codable=False)
    with pytest.raises(InvalidInput, match="code_not_codable"):
        study.codings.apply(document.id, TextSpan(0, 4), folder.id)
    assert study.passages.select() == before


def test_nobody_codes_unnamed(session: Session, tmp_path: object) -> None:
    from tests.builders import import_interviews

    (first, *_) = import_interviews(session, tmp_path)  # type: ignore[arg-type]
    code = session.codebook.add("x")
    with pytest.raises(InvalidInput, match="coder_needed"):
        session.codings.apply(first.id, TextSpan(0, 4), code.id)


def test_recode_resize_and_remove(study: Session) -> None:
    coding = code_quote(study, "A-KAM", "social", "Hardly ever.")
    book = study.codebook.all()
    study.codings.recode(coding.id, book.find("strategic").id)
    study.codings.resize(coding.id, TextSpan(coding.span.start, coding.span.end + 9))
    (passage,) = [item for item in study.passages.select() if item.coding.id == coding.id]
    assert passage.coding.quote == "Hardly ever. Problems"
    assert passage.code_path == "Direct involvement › strategic"
    assert passage.coding.origin is Origin.MANUAL
    study.codings.remove([coding.id])
    assert coding.id not in {item.coding.id for item in study.passages.select()}
    with pytest.raises(NotFound, match="coding_unknown"):
        study.codings.remove([coding.id])


def test_recoding_into_a_twin_is_refused(study: Session) -> None:
    first = code_quote(study, "A-KAM", "social", "Hardly ever.")
    second = code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    with pytest.raises(InvalidInput, match="coding_exists"):
        study.codings.recode(second.id, first.code_id)


@pytest.mark.parametrize("others", [0, 150])
def test_what_is_there_already_is_not_put_twice(study: Session, others: int) -> None:
    """A few are looked up one by one, many among all: both find what is there, also with space at its ends."""
    document, code = study.documents.find("A-KAM"), study.codebook.all().find("social").id
    length, coder = len(study.documents.text(document.id)), study.coder
    assert coder is not None
    found = study.codings.apply(document.id, TextSpan(0, 8), code)
    spans = [TextSpan(place % (length - 40), place % (length - 40) + 2 + place % 30) for place in range(1, others)]
    planned = [PlannedCoding(document.id, span, code) for span in (TextSpan(0, 9), *spans, TextSpan(20, 30))]
    assert TextSpan(0, 9).of(study.documents.text(document.id)).strip() == found.quote
    made = study.codings.apply_many([*planned, planned[-1]], coder_id=coder.id)
    assert {coding.span for coding in made}.isdisjoint({found.span})
    assert len({coding.span for coding in made}) == len(made) >= 1
    assert study.codings.apply_many(planned, coder_id=coder.id) == []


def test_a_new_code_and_its_first_coding_are_one_step(study: Session) -> None:
    document = study.documents.find("A-KAM")
    span = TextSpan(0, 3)
    coding = study.codings.apply_new(document.id, span, ["Trust", "in  people"], origin=Origin.IN_VIVO)
    book = study.codebook.all()
    assert book.path(coding.code_id) == "Trust › in people"
    assert coding.origin is Origin.IN_VIVO
    assert book.get(coding.code_id).colour.startswith("#")
    study.undo()
    assert [code.name for code in study.codebook.all().codes if code.name in ("Trust", "in people")] == []
    assert coding not in study.codings.of_document(document.id)
    study.redo()
    assert coding in study.codings.of_document(document.id)
    # A name that is there already is no new code; below another parent it is.
    again = study.codings.apply_new(document.id, TextSpan(0, 8), ["TRUST", "In people"])
    assert again.code_id == coding.code_id
    other = study.codings.apply_new(document.id, span, ["in people"], parent_id=book.find("social").id)
    assert study.codebook.all().path(other.code_id) == "Direct involvement › social › in people"


def test_a_new_code_is_not_made_for_a_passage_that_cannot_be_coded(study: Session) -> None:
    document = study.documents.find("A-KAM")
    codes = study.codebook.all().codes
    length = len(study.documents.text(document.id))
    for span, names, key in (
        (TextSpan(length - 1, length + 5), ["new"], "span_outside"),
        (TextSpan(0, 3), [""], "code_name_empty"),
        (TextSpan(0, 3), [], "code_name_empty"),
        (TextSpan(0, 3), ["a › b"], "code_name_separator"),
    ):
        with pytest.raises(InvalidInput, match=key):
            study.codings.apply_new(document.id, span, names)
    with pytest.raises(NotFound):
        study.codings.apply_new(document.id, TextSpan(0, 3), ["new"], parent_id="nowhere")
    study.coders.activate(None)
    with pytest.raises(InvalidInput, match="coder_needed"):
        study.codings.apply_new(document.id, TextSpan(0, 3), ["new"])
    assert study.codebook.all().codes == codes


def test_a_document_that_was_deleted_takes_no_more_codings(study: Session) -> None:
    coding = code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.documents.delete(coding.document_id)
    with pytest.raises(NotFound):
        study.codings.apply(coding.document_id, TextSpan(0, 3), coding.code_id)
    study.undo()
    assert study.codings.apply(coding.document_id, coding.span, coding.code_id) == coding


def test_lines_are_the_codings_without_their_quotes(study: Session) -> None:
    coding = code_quote(study, "A-KAM", "social", "Hardly ever.")
    ((line,),) = study.codings.lines_bit_by_bit(coding.document_id)
    span = coding.span
    assert line == (
        *(coding.id, span.start, span.end),
        *(coding.code_id, coding.coder_id, coding.origin, coding.created_at),
    )


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_lines_come_in_pieces_in_the_order_of_the_text(study: Session, most: int) -> None:
    document = study.documents.find("A-KAM")
    codes = [study.codebook.add(f"place {number}").id for number in range(3)]
    words = [found.span() for found in re.finditer(r"\w+", study.documents.text(document.id))]
    for first, last, code in [(1, 2, 0), (1, 2, 1), (1, 1, 2), (0, 3, 0), (4, 8, 1), (5, 5, 1)]:
        study.codings.apply(document.id, TextSpan(words[first][0], words[last][1]), codes[code])
    pieces = list(study.codings.lines_bit_by_bit(document.id, most=most))
    starts = [line[1] for piece in pieces for line in piece]
    assert starts == sorted(coding.span.start for coding in study.codings.of_document(document.id))
    assert len({line[0] for piece in pieces for line in piece}) == len(starts)
    for one, other in pairwise(pieces):
        assert one[-1][1] < other[0][1]  # all that start at one place come together
