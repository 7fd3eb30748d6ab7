"""Assigning documents: samples that can be drawn again, lists of work, and nobody looking over another's shoulder."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamcoder.domain.assigning import draw
from kamcoder.domain.coding import WorkState
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.settling import Choice
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.session import Session
from tests.builders import code_quote


def ids(session: Session, *names: str) -> list[str]:
    return [session.documents.find(name).id for name in names]


def test_assigned_documents_are_a_list_of_work(study: Session) -> None:
    ann, ben = study.coders.find("Ann").id, study.coders.add("Ben").id
    assert study.assigning.assign(ids(study, "B-KAM", "A-CEO"), [ann, ben]) == 4
    assert study.assigning.assign(ids(study, "B-KAM", "A-KAM"), [ann]) == 1
    study.documents.set_work_state(ids(study, "B-KAM")[0], WorkState.FINISHED)
    study.documents.set_work_state(ids(study, "A-KAM")[0], WorkState.IN_PROGRESS)
    assert [(item.document.name, item.state, item.codings) for item in study.assigning.work(ann)] == [
        ("A-KAM", WorkState.IN_PROGRESS, 0),
        ("A-CEO", WorkState.ASSIGNED, 2),
        ("B-KAM", WorkState.FINISHED, 1),
    ]
    assert [item.document.name for item in study.assigning.work(ben)] == ["A-CEO", "B-KAM"]
    assert study.assigning.withdraw(ids(study, "A-CEO", "A-KAM", "B-KAM"), [ann, ben]) == 3
    assert [item.document.name for item in study.assigning.work(ann)] == ["A-KAM", "B-KAM"]
    study.undo()
    assert len(study.assigning.work(ben)) == 2


def test_others_codings_are_hidden_between_assignment_and_finish(study: Session) -> None:
    ben = study.coders.add("Ben")
    (document,) = ids(study, "A-CEO")
    assert study.assigning.may_see(ben.id, document)
    study.assigning.assign([document], [ben.id])
    assert not study.assigning.may_see(ben.id, document)
    assert study.assigning.hidden(ben.id) == {document}
    study.coders.activate(ben)
    study.documents.set_work_state(document, WorkState.IN_PROGRESS)
    assert not study.assigning.may_see(ben.id, document)
    study.documents.set_work_state(document, WorkState.FINISHED)
    assert study.assigning.may_see(ben.id, document)
    assert study.assigning.hidden(ben.id) == frozenset()


def test_a_document_that_was_only_opened_hides_nothing_until_it_is_given(study: Session) -> None:
    ann = study.coders.find("Ann").id
    (document,) = ids(study, "A-KAM")
    study.documents.set_work_state(document, WorkState.IN_PROGRESS)
    assert study.assigning.may_see(ann, document)
    assert study.assigning.assign([document], [ann]) == 1
    assert study.assigning.assign([document], [ann]) == 0
    assert not study.assigning.may_see(ann, document)
    assert study.assigning.states() == {(ann, document): WorkState.IN_PROGRESS}
    study.undo()
    assert study.assigning.may_see(ann, document)


def test_progress_noted_after_an_assignment_does_not_stand_in_the_way_of_undo_and_redo(study: Session) -> None:
    ann = study.coders.find("Ann").id
    (document,) = ids(study, "A-KAM")
    study.assigning.assign([document], [ann])
    study.documents.set_work_state(document, WorkState.IN_PROGRESS)
    study.undo()
    assert study.assigning.states() == {}
    study.documents.set_work_state(document, WorkState.IN_PROGRESS)
    study.redo()
    assert study.assigning.states() == {(ann, document): WorkState.ASSIGNED}


def test_a_sample_is_spread_over_the_cases_and_drawn_again_the_same(study: Session) -> None:
    sample = study.assigning.draw(share=0.5, seed=7)
    assert sample == study.assigning.draw(share=0.5, seed=7)
    assert (len(sample.document_ids), sample.of) == (2, 3)
    cases = dict(study._editing.rows.documents.case_links())
    assert len({cases[document] for document in sample.document_ids}) == 2
    ben = study.coders.add("Ben").id
    assert study.assigning.assign_sample(sample, [study.coders.find("Ann").id, ben]) == 4
    details = study.log(last=1)[0].details
    assert (details["share"], details["seed"], details["of"]) == (0.5, 7, 3)
    assert study.assigning.draw(share=1, seed=1, document_ids=ids(study, "A-KAM")).document_ids == tuple(
        ids(study, "A-KAM")
    )


def test_nonsense_is_refused(study: Session) -> None:
    documents = ids(study, "A-KAM")
    for share in (0, 1.2, -1):
        with pytest.raises(InvalidInput, match="sample_share"):
            study.assigning.draw(share=share, seed=1)
    with pytest.raises(InvalidInput, match="assign_nobody"):
        study.assigning.assign(documents, [])
    with pytest.raises(NotFound):
        study.assigning.assign(documents, ["nobody"])
    with pytest.raises(NotFound):
        study.assigning.assign(["nothing"], [study.coders.find("Ann").id])
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-CEO", "social", "I meet the largest customers")
    study.settling.take(study.settling.disagreements(CompareScope())[0], Choice.ALL)
    assert study.settling.consensus is not None
    with pytest.raises(InvalidInput, match="assign_consensus"):
        study.assigning.assign(documents, [study.settling.consensus.id])


@settings(deadline=None)
@given(
    st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=6),
    st.floats(0.01, 1),
    st.integers(0, 99),
)
def test_every_case_gets_its_share(sizes: dict[str, int], share: float, seed: int) -> None:
    strata = {name: [f"{name}-{number}" for number in range(size)] for name, size in sizes.items()}
    drawn = draw(strata, share=share, seed=seed)
    turned = draw(dict(reversed([(name, found[::-1]) for name, found in strata.items()])), share=share, seed=seed)
    assert drawn == turned
    total = sum(sizes.values())
    assert len(set(drawn)) == len(drawn) == (max(1, round(share * total)) if total else 0)
    for name, found in strata.items():
        taken = len(set(found) & set(drawn))
        assert abs(taken - share * len(found)) < 1 + 1e-9 or total * share < 1, name
