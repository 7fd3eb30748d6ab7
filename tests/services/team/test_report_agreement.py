"""The agreement section of the methods appendix: what a reviewer asks for, as it is in the project."""

import re

import pytest

from kamcoder.domain.coding import WorkState
from kamcoder.domain.settling import Choice
from kamcoder.formats.report.model import Figures, Text
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.report_agreement import agreement_section, agreement_sections
from kamcoder.services.report_options import ReportOptions, ReportPart
from kamcoder.services.session import Session
from tests.builders import code_quote


@pytest.fixture
def double(study: Session) -> Session:
    """The small study with Ben beside Ann, each assigned what he coded."""
    ann, ben = study.coders.find("Ann"), study.coders.add("Ben")
    sample = study.assigning.draw(share=1, seed=4)
    study.assigning.assign_sample(sample, [ann.id, ben.id])
    for coder in (ann, ben):
        study.coders.activate(coder)
        for document in study.documents.all():
            study.documents.set_work_state(document.id, WorkState.FINISHED)
    code_quote(study, "A-CEO", "strategic", "I meet the largest customers once a year.")
    code_quote(study, "B-KAM", "strategic", "He drinks coffee with the big ones.")
    return study


def told(session: Session) -> str:
    (section,) = agreement_sections(session, ReportOptions())
    return " ".join(block.text for block in section.blocks if isinstance(block, Text))


def test_it_tells_who_coded_what_how_and_how_far_they_agree(double: Session) -> None:
    said = told(double)
    assert "Ann and Ben coded 3 of 3 documents" in said
    assert "100 %, 3 of 3 (seed 4)" in said
    assert "nobody was shown the others' codings" in said
    scope = CompareScope(code_ids=tuple(code.id for code in double.codebook.all().children(None)))
    pooled = double.comparing.compare(scope).pooled
    assert f"Krippendorff's alpha (nominal) for all headings together is {pooled.alpha.value:.2f}" in said
    assert "Compared by characters" in said
    assert "none has been settled" in said
    assert not re.search(r"[{}]|\?", said)
    (section,) = agreement_sections(double, ReportOptions())
    assert any(isinstance(block, Figures) for block in section.blocks)


def test_it_tells_how_disagreements_were_settled(double: Session) -> None:
    scope = CompareScope()
    double.settling.take_agreed(scope)
    first, second = double.settling.disagreements(scope)
    double.settling.take(first, Choice.NEITHER)
    said = told(double)
    assert "Passages on which the coders disagree: 2; settled by Ben: 1 (1 for none;" in said
    assert "Passages on which all coders agree: 1; taken into the consensus as they are: 1" in said
    assert "Open: 1." in said
    double.settling.take(second, Choice.ALL)
    assert "None is open." in told(double)
    code_quote(double, "B-KAM", "Antecedents", "He drinks coffee")
    assert "Decided earlier and open again" in told(double)


def test_there_is_none_without_a_second_coder_or_the_appendix(study: Session, double: Session) -> None:
    assert agreement_sections(double, ReportOptions(without=frozenset({ReportPart.METHODS}))) == []
    double.documents.delete(double.documents.find("A-CEO").id)
    double.documents.delete(double.documents.find("B-KAM").id)
    assert agreement_sections(double, ReportOptions()) == []


def test_documents_that_cannot_be_compared_give_a_section_without_figures(study: Session) -> None:
    study.coders.activate(study.coders.add("Ben"))
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    (section,) = agreement_sections(study, ReportOptions())
    assert "none" in section.blocks[1].text  # type: ignore[union-attr]
    assert agreement_section(study, study.comparing.compare(CompareScope())).title == section.title
