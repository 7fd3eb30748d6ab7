"""Sheets: cases, participants, codings, summaries."""

import io
from pathlib import Path

import openpyxl
import pytest

from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import ImportRefused, InvalidInput, NotFound
from kamcoder.services.session import Session
from kamcoder.services.sheets import find_quote


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8")


def attributes(session: Session, case: str) -> dict[str, str]:
    values, target = session.cases.values(), session.cases.find(case).id
    return {
        attribute.name: values[(attribute.id, target)]
        for attribute in session.cases.attributes(AttributeScope.CASE)
        if (attribute.id, target) in values
    }


def test_a_case_sheet_adds_cases_and_typed_attributes_in_one_step(study: Session) -> None:
    report = study.sheets.cases(
        csv(
            "Case,sector,employees,since,teams,share",
            "A,retail,1000,1950-05-01,no,0.9",
            'C,"cleaning, etc.",80,,yes,0.35',
        ),
        name="cases.csv",
    )
    assert (report.added, report.changed) == (1, 9)
    assert {item.name: item.type for item in study.cases.attributes()} == {
        "sector": AttributeType.TEXT,
        "employees": AttributeType.INTEGER,
        "since": AttributeType.DATE,
        "teams": AttributeType.YES_NO,
        "share": AttributeType.DECIMAL,
    }
    assert attributes(study, "C") == {"sector": "cleaning, etc.", "employees": "80", "teams": "yes", "share": "0.35"}
    study.undo()
    assert study.cases.attributes() == []
    assert [case.name for case in study.cases.all()] == ["A", "B"]


def test_a_workbook_says_the_same_as_csv(study: Session) -> None:
    book = openpyxl.Workbook()
    for row in (["case", "employees", "teams"], ["A", 1000, True], ["B", 200, False]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    study.sheets.cases(buffer.getvalue(), name="cases.xlsx")
    assert attributes(study, "A") == {"employees": "1000", "teams": "yes"}
    assert attributes(study, "B") == {"employees": "200", "teams": "no"}


def test_an_empty_cell_leaves_what_is_known_and_a_wrong_value_changes_nothing(study: Session) -> None:
    study.sheets.cases(csv("case,employees", "A,1000", "B,200"), name="first.csv")
    study.sheets.cases(csv("case,employees", "A,", "B,210"), name="second.csv")
    assert attributes(study, "A") == {"employees": "1000"}
    with pytest.raises(InvalidInput, match="attribute_value"):
        study.sheets.cases(csv("case,employees", "A,5", "D,many"), name="third.csv")
    assert attributes(study, "A") == {"employees": "1000"}
    assert [case.name for case in study.cases.all()] == ["A", "B"]


def test_values_are_checked_by_type(study: Session) -> None:
    case = study.cases.find("A").id
    owner = study.cases.add_attribute("ownership", AttributeType.CHOICE, choices=["family", "listed"])
    study.cases.set_value(owner.id, case, "FAMILY")
    assert attributes(study, "A") == {"ownership": "family"}
    with pytest.raises(InvalidInput, match="attribute_choice"):
        study.cases.set_value(owner.id, case, "state")
    share = study.cases.add_attribute("share", AttributeType.DECIMAL)
    study.cases.set_value(share.id, case, "0,9")
    assert attributes(study, "A")["share"] == "0.9"
    for kind, wrong in (("integer", "1.5"), ("decimal", "nan"), ("yes/no", "maybe"), ("date", "1.2.2020")):
        attribute = study.cases.add_attribute(f"a {kind}", AttributeType(kind))
        with pytest.raises(InvalidInput, match="attribute_value"):
            study.cases.set_value(attribute.id, case, wrong)
    study.cases.set_value(owner.id, case, "")
    assert "ownership" not in attributes(study, "A")


def test_numbers_with_leading_zeros_stay_text(study: Session) -> None:
    study.sheets.cases(csv("case,postcode", "A,0123", "B,9000"), name="cases.csv")
    assert study.cases.attributes()[0].type is AttributeType.TEXT


def test_participants_are_linked_to_case_and_voice(study: Session) -> None:
    report = study.sheets.participants(
        csv(
            "participant,case,role,years,experience,document,languages",
            "A-CEO,A,CEO,20+,20+ years,A-CEO,3",
            "Zoë,B,KAM,,,B-KAM,",
        ),
        name="people.csv",
    )
    assert report.added == 2
    people = {person.name: person for person in study.cases.participants()}
    assert (people["A-CEO"].years, people["A-CEO"].experience) == (20, "20+ years")
    assert people["Zoë"].case_id == study.cases.find("B").id
    document = study.documents.find("B-KAM")
    voices = {speaker.name: speaker.participant_id for speaker in study.documents.speakers(document.id)}
    assert voices == {"Interviewer": None, "KAM": people["Zoë"].id}
    assert [item.name for item in study.cases.attributes(AttributeScope.PARTICIPANT)] == ["languages"]


def test_a_participant_sheet_with_a_fault_changes_nothing(study: Session) -> None:
    before = study.cases.participants()
    with pytest.raises(InvalidInput, match="participant_years"):
        study.sheets.participants(csv("participant,years", "New,3", "Other,long"), name="people.csv")
    with pytest.raises(NotFound, match="case_unknown"):
        study.sheets.participants(csv("participant,case", "New,Z"), name="people.csv")
    assert study.cases.participants() == before


def test_codings_are_taken_by_quote_with_memo_and_origin(study: Session) -> None:
    report = study.sheets.codings(
        csv(
            "document,code,quote,memo",
            'A-CEO,direct › social,"I am the CEO 😀, and Zoe\u0308 runs sales 👩‍👩‍👧.",who is Zoë?',
            'b-kam,antecedents,"No, only when a relation is at risk.",',
        ),
        name="codings.csv",
        coder="Ben",
    )
    assert (report.added, report.problems) == (2, ())
    made = [item for item in study.passages.select() if item.coder == "Ben"]
    assert [item.coding.origin for item in made] == [Origin.IMPORT, Origin.IMPORT]
    assert made[0].memo == "who is Zoë?"
    assert made[0].reference == "A-CEO ¶2"
    assert (
        study.sheets.codings(
            csv("document,code,quote", 'B-KAM,antecedents,"No, only when a relation is at risk."'),
            name="x",
            coder="Ben",
        ).added
        == 0
    )


def test_bad_rows_are_listed_and_nothing_is_coded_unless_asked(study: Session) -> None:
    before = len(study.passages.select())
    data = csv(
        "document,code,quote,coder",
        "A-KAM,social,Hardly ever.,Cem",
        "A-KAM,social,Hardly never.,Cem",
        "A-KAM,social,e,Cem",
        "A-KAM,nothing,Hardly ever.,Cem",
        "Z,social,Hardly ever.,Cem",
        "A-KAM,social,Hardly ever.,",
    )
    report = study.sheets.codings(data, name="codings.csv")
    assert [(problem.row, problem.error.key) for problem in report.problems] == [
        (3, "quote_missing"),
        (4, "quote_repeated"),
        (5, "code_unknown"),
        (6, "document_unknown"),
        (7, "coder_needed"),
    ]
    assert len(study.passages.select()) == before
    assert study.sheets.codings(data, name="codings.csv", skip_bad=True).added == 1


def test_codes_that_lack_are_added_only_when_asked(study: Session) -> None:
    data = csv("document,code,quote,coder", "A-KAM,Market › growth,Hardly ever.,Cem")
    assert [problem.error.key for problem in study.sheets.codings(data, name="c").problems] == ["code_unknown"]
    assert study.sheets.codings(data, name="c", add_codes=True).added == 1
    assert study.codebook.all().find("growth").parent_id is not None


def test_summaries_are_written_for_case_and_heading(study: Session) -> None:
    data = csv(
        "case,heading,summary,author", 'A,direct involvement,"Once a year, no more.",Ben', "b,antecedents,Risk.,"
    )
    assert study.sheets.summaries(data, name="summaries.csv", coder="Ann").added == 2
    texts = {study.cases.all()[0].id: "Once a year, no more.", study.cases.all()[1].id: "Risk."}
    assert {case: summary.text for (case, _), summary in study.summaries.all().items()} == texts
    study.undo()
    assert study.summaries.all() == {}


def test_a_sheet_without_the_columns_or_of_another_kind_is_refused(study: Session) -> None:
    with pytest.raises(InvalidInput, match="sheet_column_missing"):
        study.sheets.codings(csv("document,quote", "A,b"), name="c.csv")
    with pytest.raises(ImportRefused):
        study.sheets.cases(b"%PDF-1.4 nothing", name="c.csv")


def test_a_quote_over_two_lines_from_another_system_is_found() -> None:
    assert find_quote("one\ntwo three", "one\r\ntwo", document="x") == TextSpan(0, 7)


def test_the_sample_folder_is_not_written(tmp_path: Path) -> None:
    from kamcoder import paths
    from kamcoder.services.demo import build_sample

    before = sorted(path.name for path in paths.sample_interviews().rglob("*"))
    build_sample(tmp_path)
    assert sorted(path.name for path in paths.sample_interviews().rglob("*")) == before
