"""Case reports: what stands in them, for whom, and in which order."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kamcoder.analysis.measures import Measure
from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.errors import Cancelled, InvalidInput
from kamcoder.formats.report.model import Block, Facts, Figures, Heading, Items, Paper, Quotation, Text
from kamcoder.services.codebook_files import read_template, write_codebook
from kamcoder.services.codebook_paper import codebook_version
from kamcoder.services.demo import build_sample
from kamcoder.services.exporting import PAPER_FORMATS, check_paper, write_paper
from kamcoder.services.reporting import (
    ReportOptions,
    ReportPart,
    ReportSection,
    case_report,
    discussion_questions,
    summary_paper,
)
from kamcoder.services.session import Session
from kamcoder.services.tables import TableDefinition
from tests.builders import code_quote


def blocks(paper: Paper) -> list[Block]:
    return [block for part in paper.parts for block in part.blocks]


def headings(paper: Paper, level: int) -> list[str]:
    return [block.text for block in blocks(paper) if isinstance(block, Heading) and block.level == level]


def quotes(paper: Paper) -> list[tuple[str, str]]:
    return [(block.text, block.source) for block in blocks(paper) if isinstance(block, Quotation)]


def said(paper: Paper) -> str:
    """Return all words of a paper but its tables."""
    found: list[str] = [paper.title, paper.subtitle]
    for block in blocks(paper):
        if isinstance(block, Facts):
            found += [text for pair in block.pairs for text in pair]
        elif isinstance(block, Items):
            found += block.texts
        elif isinstance(block, Quotation):
            found += [block.text, block.source]
        elif isinstance(block, Figures):
            found += [block.grid.title, *(str(value) for row in block.grid.rows for value in row), block.grid.rule]
        else:
            found.append(block.text)
    return "\n".join(found)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The shipped study, to be read only."""
    with Session.open(build_sample(tmp_path_factory.mktemp("sample")), read_only=True) as opened:
        yield opened


def test_the_report_has_the_shape_of_the_study(sample: Session) -> None:
    paper = case_report(sample)
    cases = headings(paper, 1)
    assert cases[:3] == [
        "How to read this report",
        "A: family-owned, manufacturing/retail, 1000 employees",
        "B: family-owned, integrated payment solutions, 200 employees",
    ]
    assert cases[8:] == ["Across the cases", "Interview guide", "Questions for discussion", "Methods appendix"]
    sections = ["KAM embeddedness", "Direct TM involvement", "Indirect TM involvement", "Involvement antecedents"]
    assert headings(paper, 2)[:28] == sections * 7
    assert [part.wide for part in paper.parts] == [False, True, False]
    text = said(paper)
    assert "Firm A sells by international area." in text
    assert "Key Account Manager, 15+ years in sales" in text
    assert "Own role in the firm and for how long" in text
    assert len(quotes(paper)) == 7 * 4 * 3


def test_every_quote_is_in_its_interview_at_its_paragraph(sample: Session) -> None:
    texts = {document.name: sample.documents.text(document.id) for document in sample.documents.all()}
    for quote, source in quotes(case_report(sample, ReportOptions(quotes=5))):
        name, paragraph = source.split(" ¶")
        start = texts[name].index(quote)
        assert str(texts[name].count("\n", 0, start) + 1) == paragraph


def test_the_tables_across_cases_are_those_of_the_table_service(sample: Session) -> None:
    grids = [block.grid for block in blocks(case_report(sample)) if isinstance(block, Figures)]
    assert [len(grid.rows) for grid in grids[:5]] == [7] * 5
    assert grids[0].title == "Cases × codes: passages"
    assert [grid.title for grid in grids[1:5]] == headings(case_report(sample), 2)[:4]
    assert "a code takes in the codes below it" in grids[0].rule
    assert grids[2].rule == "Counted as above."


def test_the_methods_appendix_tells_how_it_was_done(sample: Session) -> None:
    extra = ReportSection("Agreement of the coders", (Text("alpha 0.8"),))
    paper = case_report(sample, sections=[extra])
    text = said(paper)
    book = sample.codebook.all()
    for expected in (codebook_version(book), "KamCoder ", "Ann, Ben", "docx", "alpha 0.8", "10, from 20"):
        assert expected in text
    assert headings(paper, 2)[28:] == [
        "Interviews",
        "Coders",
        "Agreement of the coders",
        "How it is counted",
        "Project and program",
        "Codebook",
    ]
    deeper = headings(paper, 3) + headings(paper, 4)
    assert sorted(deeper) == sorted(code.name for code in book.codes)


def test_only_chosen_cases_codes_and_coders(sample: Session) -> None:
    case, ben = sample.cases.find("B"), sample.coders.find("Ben")
    code = sample.codebook.all().find("direct › social")
    paper = case_report(
        sample, ReportOptions(case_ids=(case.id,), code_ids=(code.id,), coder_ids=frozenset({ben.id}), quotes=99)
    )
    assert headings(paper, 1)[1:3] == [headings(paper, 1)[1], "Across the cases"]
    assert headings(paper, 2)[0] == "social"
    expected = [
        item.coding.quote
        for item in sample.passages.select()
        if item.coder == "Ben" and item.cases == ("B",) and item.coding.code_id == code.id
    ]
    assert {quote for quote, _ in quotes(paper)} <= set(expected)
    assert quotes(paper)
    assert "B-KAM" in said(paper)
    assert "A-CEO" not in said(paper)
    assert "1 case, 1 interview" in paper.subtitle


@pytest.mark.parametrize(
    ("part", "gone"),
    [
        (ReportPart.TABLES, "Across the cases"),
        (ReportPart.GUIDE, "Interview guide"),
        (ReportPart.DISCUSSION, "Questions for discussion"),
        (ReportPart.METHODS, "Methods appendix"),
    ],
)
def test_parts_can_be_left_out(sample: Session, part: ReportPart, gone: str) -> None:
    assert gone not in headings(case_report(sample, ReportOptions(without=frozenset({part}))), 1)


def test_quotes_can_be_left_out(sample: Session) -> None:
    paper = case_report(sample, ReportOptions(without=frozenset({ReportPart.QUOTES})))
    assert quotes(paper) == []
    assert "quotes stand in a section" not in said(paper)
    assert "Coded here: " in said(paper)


def test_the_heading_may_be_made_of_other_attributes(sample: Session) -> None:
    ids = {attribute.name: attribute.id for attribute in sample.cases.attributes(AttributeScope.CASE)}
    chosen = (ids["key account teams"], ids["revenue from key accounts (%)"], ids["sector"])
    paper = case_report(sample, ReportOptions(heading_attributes=chosen))
    assert headings(paper, 1)[1] == "A: key account teams no, revenue from key accounts (%) 90, manufacturing/retail"
    assert "ownership: family-owned" in said(paper)


def test_with_pseudonyms_no_name_of_a_file_or_document_is_told(study: Session) -> None:
    document = study.documents.find("A-CEO")
    study.documents.rename(document.id, "Interview Jan Peeters")
    plain, hidden = case_report(study), case_report(study, ReportOptions(pseudonyms=True))
    assert "Interview Jan Peeters ¶2" in [source for _, source in quotes(plain)]
    assert "Peeters" not in said(hidden)
    assert ".txt" not in said(hidden)
    assert "A-CEO ¶2" in [source for _, source in quotes(hidden)]


def test_pseudonyms_stay_apart_and_interviews_without_one_are_numbered(study: Session) -> None:
    people = {person.name: person for person in study.cases.participants()}
    documents = {document.name: document for document in study.documents.all()}
    for speaker in study.documents.speakers(documents["A-KAM"].id):
        if speaker.participant_id:
            study.documents.set_speaker(speaker.id, participant_id=people["A-CEO"].id)
    for speaker in study.documents.speakers(documents["B-KAM"].id):
        study.documents.set_speaker(speaker.id, participant_id="")
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    sources = [source for _, source in quotes(case_report(study, ReportOptions(pseudonyms=True)))]
    assert {source.split(" ¶")[0] for source in sources} == {"A-CEO", "A-CEO (2)", "Interview 3"}


def test_interviewers_words_are_not_quoted(study: Session) -> None:
    code_quote(study, "A-KAM", "social", "Do you meet the board?")
    assert "Do you meet the board?" not in said(case_report(study))


def test_what_is_missing_is_said(study: Session) -> None:
    case, code = study.cases.find("A"), study.codebook.all().find("Antecedents")
    study.summaries.write(case.id, code.id, "Trust.\n\nAnd time.")
    text = said(case_report(study))
    assert text.count("No summary is written yet.") == 3
    assert "Nothing is coded here." in text
    assert "Trust.\n\nAnd time." in text
    assert "Summary: Ann, 20" in text


def test_a_draft_is_marked(study: Session) -> None:
    case, code = study.cases.find("A"), study.codebook.all().find("Antecedents")
    study.summaries.write(case.id, code.id, "Trust.")
    summary = study.summaries.all()[case.id, code.id]
    with study._editing.edit("write_summary"):  # type: ignore[arg-type] # drafts are made by a later verb
        study._editing.rows.summaries.write(replace(summary, draft=True))
    assert "Draft, not yet edited:" in said(case_report(study))
    grid = study.tables.grid(TableDefinition(measure=Measure.SUMMARY, attributes=False))
    assert grid.rows[0][-1] == "[draft] Trust."


def test_an_empty_project_has_a_report(session: Session) -> None:
    paper = case_report(session)
    assert "0 cases, 0 interviews" in paper.subtitle
    for ending in PAPER_FORMATS:
        assert write_paper(paper, Path(f"r{ending}"))


def test_questions_ship_for_the_template_and_for_no_other_codebook(sample: Session, study: Session) -> None:
    assert len(discussion_questions(sample)) == 5
    assert discussion_questions(study) == ()
    study.codebook.take_in(read_template("kam").codes, source="kam", add=True)
    assert len(discussion_questions(study)) == 5


def test_progress_tells_every_case_and_can_cancel(sample: Session) -> None:
    told: list[tuple[int, int, str]] = []
    case_report(sample, progress=lambda done, total, subject: told.append((done, total, subject)))
    assert [subject for _, _, subject in told[:7]] == list("ABCDEFG")
    assert told[-1][:2] == (8, 8)

    def stop(done: int, total: int, subject: str) -> None:
        if subject == "C":
            raise Cancelled

    with pytest.raises(Cancelled):
        case_report(sample, progress=stop)


def test_reading_who_is_involved_can_be_cancelled_document_by_document(study: Session) -> None:
    told: list[str] = []

    def stop(_done: int, _total: int, subject: str) -> None:
        told.append(subject)
        if told.count("Across the cases") == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        case_report(study, progress=stop)


def test_setting_a_pdf_tells_how_far_it_is_and_can_be_cancelled(sample: Session) -> None:
    told: list[tuple[int, int]] = []
    paper = case_report(sample)
    write_paper(paper, Path("r.pdf"), progress=lambda done, total, _subject: told.append((done, total)))
    assert told == sorted(told)
    assert 0 < told[0][0] < told[-1][0] == told[-1][1]

    def stop(_done: int, _total: int, _subject: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_paper(paper, Path("r.pdf"), progress=stop)


def test_summaries_alone(sample: Session) -> None:
    paper = summary_paper(sample, ReportOptions(case_ids=(sample.cases.find("G").id,)))
    assert headings(paper, 1) == ["G: family-owned, import/export of FMCG, 40 employees"]
    assert len(headings(paper, 2)) == 4
    assert quotes(paper) == []


@pytest.mark.parametrize("ending", PAPER_FORMATS)
def test_every_ending_that_is_offered_is_written(sample: Session, ending: str) -> None:
    data = write_paper(case_report(sample), Path(f"r{ending}"))
    assert len(data) > 40_000
    assert data.startswith({".docx": b"PK", ".pdf": b"%PDF-", ".html": b"<!DOCTYPE html>", ".md": b"# "}[ending])


def test_another_ending_is_refused_before_the_work() -> None:
    with pytest.raises(InvalidInput, match="format_unknown"):
        check_paper(Path("r.odt"))
    check_paper(Path("r.HTM"))


def test_numbers_in_the_name_of_a_case(study: Session) -> None:
    for name, kind, value in (
        ("employees", AttributeType.INTEGER, "40"),
        ("share (%)", AttributeType.DECIMAL, "12.5"),
        ("teams", AttributeType.YES_NO, "yes"),
    ):
        attribute = study.cases.add_attribute(name, kind, scope=AttributeScope.CASE)
        study.cases.set_value(attribute.id, study.cases.find("A").id, value)
    assert headings(case_report(study), 1)[1:3] == ["A: 40 employees, share (%) 12.5, teams yes", "B"]


# -- the codebook --------------------------------------------------------------------------------------------------


def test_the_version_changes_with_what_the_codebook_says_and_not_with_its_looks(study: Session) -> None:
    before = codebook_version(study.codebook.all())
    code = study.codebook.all().find("social")
    study.codebook.edit(code.id, colour="#123456", shortcut="x")
    assert codebook_version(study.codebook.all()) == before
    study.codebook.edit(code.id, definition="Coffee.")
    assert codebook_version(study.codebook.all()) != before
    study.undo()
    assert codebook_version(study.codebook.all()) == before


def test_the_codebook_as_a_word_file(sample: Session, tmp_path: Path) -> None:
    import docx

    book = sample.codebook.all()
    write_codebook(book, tmp_path / "book.docx", project="Sample", changed="2026-01-02T03:04:05Z")
    document = docx.Document(str(tmp_path / "book.docx"))
    shown = [(item.style.name, item.text) for item in document.paragraphs if item.style is not None]
    for depth, code in book.walk():
        assert (f"Heading {depth + 1}", code.name) in shown
    facts = [text for style, text in shown if style == "Fact"]
    informant = book.find("informant")
    for label, text in (("Definition", informant.definition), ("Guide questions", "Q1")):
        assert f"{label}  {text.strip()}" in facts
    assert any("2026-01-02 03:04" in text for _, text in shown)
