"""How far coders agree, as a section of the methods appendix."""

from typing import TYPE_CHECKING

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import CoderKind
from kamcoder.formats.report.model import Figures
from kamcoder.services.agreement_report import grid
from kamcoder.services.agreement_shapes import Agreement, CompareScope
from kamcoder.services.messages import words
from kamcoder.services.report_options import ReportOptions, ReportPart, ReportSection

if TYPE_CHECKING:
    from kamcoder.services.session import Session


def agreement_section(agreement: Agreement, book: Codebook) -> ReportSection:
    """Return a comparison of coders as a section."""
    return ReportSection(words("report_agreement"), (Figures(grid(agreement, book, brief=True), heat=False),))


def agreement_sections(session: "Session", options: ReportOptions) -> list[ReportSection]:
    """Return the section if the appendix is wanted and at least two people have coded."""
    if ReportPart.METHODS in options.without:
        return []
    people = [work for work in session.comparing.coders() if work.coder.kind is CoderKind.PERSON and work.codings]
    if len(people) < 2:
        return []
    book = session.codebook.all()
    codes = options.code_ids if options.code_ids is not None else tuple(code.id for code in book.children(None))
    return [agreement_section(session.comparing.compare(CompareScope(code_ids=codes)), book)]
