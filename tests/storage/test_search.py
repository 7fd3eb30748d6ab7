"""Full-text search over turns."""

from pathlib import Path

from kamcoder.services.session import Session
from tests.builders import import_interviews


def found(session: Session, query: str) -> set[str]:
    return {hit.text for hit in session.documents.search(query)}


def test_all_words_must_occur_and_the_last_may_go_on(study: Session) -> None:
    assert found(study, "commercial contr") == {
        "The commercial director signs the contracts. He drinks coffee with the big ones."
    }
    assert found(study, "commercial weather") == set()


def test_diacritics_and_case_do_not_matter_and_signs_are_harmless(study: Session) -> None:
    assert any("Zoe\u0308" in text for text in found(study, "ZOE"))
    for query in ('"', "*", "NEAR(", "a AND", "col:x", "'", "^board", "   ", ""):
        study.documents.search(query)


def test_a_hit_says_where_it_is(study: Session) -> None:
    (hit,) = study.documents.search("coffee")
    assert hit.span.of(study.documents.text(hit.document_id)) == hit.text


def test_undo_and_redo_of_an_import_take_the_index_along(session: Session, tmp_path: Path) -> None:
    import_interviews(session, tmp_path)
    session.undo()
    assert found(session, "coffee") == set()
    session.redo()
    assert len(found(session, "coffee")) == 1
