"""Figures of quality that are kept: what they stand on, and what becomes of a record nobody can read."""

import pytest

from kamcoder.domain.coding import Coding
from kamcoder.services.session import Session
from kamcoder.services.suggestion_record import QualityRecord
from tests.figures import figures


def test_a_record_is_read_as_it_was_written(study: Session) -> None:
    record = figures(study, "social")
    assert QualityRecord.from_text(record.to_text()) == record


@pytest.mark.parametrize(
    "text", ["", "{}", "null", "[1]", "no json", '{"quality": {"tier": "?"}, "at": "1", "footing": ""}'][:9]
)
def test_what_cannot_be_read_is_nothing(text: str) -> None:
    assert QualityRecord.from_text(text) is None


def test_figures_stand_on_codings_codes_words_and_the_threshold(study: Session) -> None:
    before, item = study.suggestions.footing(), study.passages.select()[0].coding
    assert isinstance(item, Coding)
    acts = [
        lambda: study.codings.remove([item.id]),
        lambda: study.codebook.edit(item.code_id, definition="Another one."),
        lambda: study.lexicon.add(item.code_id, "decides"),
        lambda: study.suggestions.set_threshold(0.7),
    ]
    for act in acts:
        act()
        assert study.suggestions.footing() != before
        study.undo()
        assert study.suggestions.footing() == before
    ann = study.coder
    study.coders.activate(study.coders.ensure("Ben"))
    study.codings.apply(item.document_id, item.span, item.code_id)
    study.coders.activate(ann)
    assert study.suggestions.footing() == before
    study.suggestions.share(shared=True)
    assert study.suggestions.footing() != before
