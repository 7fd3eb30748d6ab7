"""Summaries with links to passages: written, drafted, undone, and what deletions do to them."""

import pytest

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coding
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.summary import Summary, SummaryState
from kamcoder.services.reporting import ReportOptions, case_report, summary_paper
from kamcoder.services.session import Session
from kamcoder.services.summarising import state_of
from kamcoder.services.tables import Measure, TableAxis, TableDefinition
from tests.builders import code_quote

YEARLY = "I meet the largest customers once a year."


def cell(study: Session) -> tuple[str, str]:
    return study.cases.find("A").id, study.codebook.all().find("Direct involvement").id


def coding(study: Session, quote: str = YEARLY) -> Coding:
    return next(item.coding for item in study.passages.select() if item.coding.quote == quote)


def written(study: Session) -> Summary:
    return study.summaries.all()[cell(study)]


def test_a_mark_is_bound_to_its_passage_and_read_as_its_reference(study: Session) -> None:
    yearly = coding(study)
    made = study.summaries.write(*cell(study), "Once a year [2].", marks={2: yearly.id, 3: yearly.id, 9: "nobody"})
    assert made is not None
    assert made.marks == {2: yearly.id} == written(study).marks
    assert study.summaries.readable([made]) == {made.id: "Once a year [A-CEO ¶2]."}
    assert study.summaries.readable([made], {yearly.document_id: "Zoë"}) == {made.id: "Once a year [Zoë ¶2]."}


def test_a_mark_taken_out_of_the_text_lets_its_passage_go(study: Session) -> None:
    yearly = coding(study)
    study.summaries.write(*cell(study), "Once [1].", marks={1: yearly.id})
    study.summaries.write(*cell(study), "Once.")
    assert written(study).links == ()
    study.undo()
    assert written(study).marks == {1: yearly.id}


def test_a_passage_that_is_deleted_leaves_its_mark_and_undo_brings_it_back(study: Session) -> None:
    yearly, other = coding(study), code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.summaries.write(*cell(study), "Once [1], else never [2].", marks={1: yearly.id, 2: other.id})
    study.codings.remove([yearly.id])
    assert written(study).marks == {2: other.id}
    assert written(study).lost == [1]
    (text,) = study.summaries.readable([written(study)]).values()
    assert text == "Once [1], else never [A-KAM ¶4]."
    study.undo()
    assert written(study).lost == []


def test_a_number_two_copies_gave_to_different_passages_leads_to_none(study: Session) -> None:
    yearly, other = coding(study), code_quote(study, "A-KAM", "social", "Hardly ever.")
    made = study.summaries.write(*cell(study), "Once [1].", marks={1: yearly.id})
    assert made is not None
    with study._editing.edit(Operation.MERGE_COPY):
        study._store.insert("summary_links", [{"summary_id": made.id, "coding_id": other.id, "position": 0}])
    assert written(study).lost == [1]
    study.summaries.write(*cell(study), "Once [1].", marks={1: other.id})
    assert written(study).marks == {1: other.id}


def test_typing_that_goes_on_is_one_step(study: Session) -> None:
    yearly = coding(study)
    step = study.to_undo
    study.summaries.write(*cell(study), "O")
    study.summaries.write(*cell(study), "Once [1]", marks={1: yearly.id}, goes_on=True)
    study.summaries.write(*cell(study), "Once a year [2]", marks={2: yearly.id}, goes_on=True)
    made = written(study)
    assert study.to_undo is not None
    assert len(study.to_undo.changes) == 2
    study.undo()
    assert study.summaries.all() == {}
    assert study.to_undo is step
    study.redo()
    assert written(study) == made


def test_another_sitting_or_another_cell_is_another_step(study: Session) -> None:
    case, code = cell(study)
    study.summaries.write(case, code, "One.")
    study.summaries.write(case, None, "Two.", goes_on=True)
    study.summaries.write(case, None, "Two and more.")
    assert [study.undo().operation for _ in range(3)] == ["write_summary"] * 3
    assert study.summaries.all() == {}


def test_the_same_text_again_changes_nothing(study: Session) -> None:
    first = study.summaries.write(*cell(study), "One.")
    step = study.to_undo
    assert study.summaries.write(*cell(study), "One.") == first
    assert study.to_undo is step


def test_a_draft_is_the_quotes_in_order_until_it_is_touched(study: Session) -> None:
    later = code_quote(study, "A-KAM", "social", "Hardly ever.")
    twin = code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    yearly = coding(study)
    draft = study.summaries.draft([twin.id, later.id, yearly.id])
    assert draft.text == f"“{YEARLY}” [1]\n\n“Hardly ever.” [2]"
    assert draft.marks[1] == yearly.id
    assert draft.marks[2] in (later.id, twin.id)
    made = study.summaries.write(*cell(study), draft.text, marks=draft.marks, draft=True)
    assert state_of(made, passages=True) is SummaryState.DRAFT
    made = study.summaries.write(*cell(study), "Edited down.", goes_on=True)
    assert state_of(made, passages=True) is SummaryState.WRITTEN
    assert state_of(None, passages=True) is SummaryState.WAITING
    assert state_of(None, passages=False) is SummaryState.EMPTY
    assert study.summaries.draft([]).text == ""


def test_summaries_of_a_case_and_of_a_code_stand_beside_those_of_cells(study: Session) -> None:
    case, code = cell(study)
    for at, text in (((case, code), "Cell."), ((case, None), "Case."), ((None, code), "Code.")):
        study.summaries.write(*at, text)
    assert {key: found.text for key, found in study.summaries.all().items()} == {
        (case, code): "Cell.",
        (case, None): "Case.",
        (None, code): "Code.",
    }
    with pytest.raises(InvalidInput, match="summary_of_nothing"):
        study.summaries.write(None, None, "Of what?")
    assert study.log(last=1)[0].details == {"case": "all cases", "code": "Direct involvement"}
    study.cases.delete(case)
    assert list(study.summaries.all()) == [(None, code)]
    study.codebook.delete(code, with_codings=True)
    assert study.summaries.all() == {}
    study.undo()
    study.undo()
    assert len(study.summaries.all()) == 3


def test_merged_codes_join_their_summaries_with_marks_that_still_lead_there(study: Session) -> None:
    book, case = study.codebook.all(), study.cases.find("A").id
    social, strategic = book.find("social"), book.find("strategic")
    yearly, hardly = coding(study), code_quote(study, "A-KAM", "social", "Hardly ever.")
    twin = code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    study.summaries.write(case, strategic.id, "Yearly [1], hardly [2].", marks={1: yearly.id, 2: twin.id})
    study.summaries.write(case, social.id, "Seldom [1].", marks={1: hardly.id})
    study.summaries.write(None, social.id, "Everywhere [1].", marks={1: hardly.id})
    before = study.summaries.all()
    study.codebook.merge(social.id, strategic.id)
    made = study.summaries.all()
    assert made[case, strategic.id].text == "Yearly [1], hardly [2].\n\nSeldom [2]."
    assert made[case, strategic.id].marks == {1: yearly.id, 2: twin.id}
    assert made[None, strategic.id].marks == {1: twin.id}
    study.undo()
    assert study.summaries.all() == before


def test_passages_that_become_one_keep_one_mark(study: Session) -> None:
    one, two = code_quote(study, "A-KAM", "social", "Hardly ever."), coding(study)
    other = code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    study.summaries.write(*cell(study), "A [1] b [2] c [3].", marks={1: one.id, 2: two.id, 3: other.id})
    study.passages.recode([other.id], one.code_id)
    assert written(study).text == "A [1] b [2] c [1]."
    assert written(study).marks == {1: one.id, 2: two.id}
    study.undo()
    assert written(study).text == "A [1] b [2] c [3]."


def test_what_is_handed_out_shows_references_drafts_and_summaries_of_the_whole(study: Session) -> None:
    case, code = cell(study)
    study.summaries.write(case, code, "Yearly [1].", marks={1: coding(study).id}, draft=True)
    study.summaries.write(case, None, "A is calm.")
    study.summaries.write(None, code, "Rare everywhere.")
    grid = study.tables.grid(TableDefinition(measure=Measure.SUMMARY))
    assert [column.label for column in grid.columns][:3] == ["case", "the case as a whole", "Direct involvement"]
    assert grid.rows[0] == ("A", "A is calm.", "[draft] Yearly [A-CEO ¶2].", None)
    assert grid.totals == ("all cases", None, "Rare everywhere.", None)
    made = study.tables.make(TableDefinition(rows=TableAxis.CODES, columns=TableAxis.CASES, measure=Measure.SUMMARY))
    assert made.grid.rows[0] == ("Direct involvement", "Rare everywhere.", "[draft] Yearly [A-CEO ¶2].", None)
    assert made.grid.totals == ("all codes", None, "A is calm.", None)
    assert len(made.coding_ids(0, 0)) == 1
    for paper in (summary_paper(study), case_report(study, ReportOptions(pseudonyms=True))):
        told = repr(paper)
        assert "Yearly [A-CEO ¶2]." in told
        assert "A is calm." in told
        assert "Rare everywhere." in told
        assert "draft" in told.casefold()


def test_a_sheet_may_hold_summaries_of_the_whole(study: Session) -> None:
    data = b"case,heading,summary\nA,,A is calm.\n,Antecedents,Size.\nA,Antecedents,Trust.\n"
    assert study.sheets.summaries(data, name="s.csv").added == 3
    case, code = study.cases.find("A").id, study.codebook.all().find("Antecedents").id
    assert set(study.summaries.all()) == {(case, None), (None, code), (case, code)}
    with pytest.raises(InvalidInput, match="summary_of_nothing"):
        study.sheets.summaries(b"case,heading,summary\n,,Of what?\n", name="s.csv")
