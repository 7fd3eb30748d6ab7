"""Case reports and summaries as papers, in the shape of the study this program was made for."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kamcoder import paths
from kamcoder.formats.report.model import Block, Facts, Figures, Heading, Items, Paper, Part, Text
from kamcoder.formats.tables.grid import Grid
from kamcoder.services.actor_tables import involvement_grids
from kamcoder.services.codebook_files import read_template
from kamcoder.services.jobs import Progress, silent
from kamcoder.services.messages import words
from kamcoder.services.report_cases import CaseWriter, number_of
from kamcoder.services.report_methods import methods
from kamcoder.services.report_options import ReportOptions, ReportPart, ReportSection
from kamcoder.services.report_quotes import LIMIT
from kamcoder.services.tables import TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

__all__ = [
    "ReportOptions",
    "ReportPart",
    "ReportSection",
    "case_report",
    "discussion_questions",
    "methods_paper",
    "summary_paper",
]


def case_report(
    session: "Session",
    options: ReportOptions | None = None,
    *,
    sections: Sequence[ReportSection] = (),
    progress: Progress = silent,
) -> Paper:
    """Return the report of all or some cases; `sections` go into its methods appendix.

    `progress` is told every case and may raise Cancelled; nothing is written anywhere.
    """
    options = options or ReportOptions()
    writer = CaseWriter(session, options)
    steps = len(writer.cases) + 1
    blocks: list[Block] = _how_to_read(session, writer, options)
    for done, case in enumerate(writer.cases):
        progress(done, steps, case.name)
        blocks += writer.blocks(case)
    across = words("report_across")
    progress(steps - 1, steps, across)
    tables: list[Grid] = []
    if not {ReportPart.TABLES, ReportPart.METHODS} <= options.without:
        tables = _tables(session, writer, options, progress=lambda *_: progress(steps - 1, steps, across))
    parts = [Part(tuple(blocks))]
    if ReportPart.TABLES not in options.without:
        parts.append(Part(tuple(_across(tables, writer.across())), wide=True))
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    back = _back_matter(session, options)
    if ReportPart.METHODS not in options.without:
        rules = _different([grid.rule for grid in tables])
        back += methods(session, writer, options, rules=rules, sections=sections, made_on=today)
    parts += [Part(tuple(back))] if back else []
    progress(steps, steps, "")
    interviews = {document.id for case in writer.cases for document in writer.documents[case.id]}
    return Paper(
        title=words("report_title", project=session.project.name),
        subtitle=words(
            "report_subtitle",
            cases=number_of("cases", len(writer.cases)),
            interviews=number_of("interviews", len(interviews)),
            date=today,
        ),
        parts=tuple(parts),
        contents=words("report_contents"),
        # The sections are the same in every case.
        depth=1,
    )


def methods_paper(
    session: "Session", options: ReportOptions | None = None, *, sections: Sequence[ReportSection] = ()
) -> Paper:
    """Return the methods appendix as a paper of its own."""
    options = options or ReportOptions()
    writer = CaseWriter(session, options)
    rules = _different([grid.rule for grid in _tables(session, writer, options)])
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    blocks = methods(session, writer, options, rules=rules, sections=sections, made_on=today)
    # The heading of the appendix is the title here.
    title = words("methods_title", project=session.project.name)
    return Paper(title, today, (Part(tuple(blocks[1:])),), contents=words("report_contents"))


def summary_paper(session: "Session", options: ReportOptions | None = None) -> Paper:
    """Return the written summaries of all or some cases, without quotes and tables."""
    writer = CaseWriter(session, options or ReportOptions())
    blocks = [block for case in writer.cases for block in writer.summary_blocks(case)]
    across = writer.across()
    blocks += [Heading(words("report_across"), 1), *across] if across else []
    return Paper(words("summaries_title", project=session.project.name), "", (Part(tuple(blocks)),))


def discussion_questions(session: "Session") -> tuple[str, ...]:
    """Return the questions that ship for the project's codebook: for its template, if all its headings are there."""
    book = session.codebook.all()
    headings = {code.name.casefold() for code in book.children(None)}
    for path in sorted((paths.resources() / "discussion").glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        codes = read_template(content["template"]).codes
        if {code.name.casefold() for code in codes if code.parent_id is None} <= headings:
            return tuple(content["questions"])
    return ()


def _how_to_read(session: "Session", writer: CaseWriter, options: ReportOptions) -> list[Block]:
    found: list[Block] = [Heading(words("report_how"), 1), Text(words("report_how_cases"))]
    example = writer.example()
    if example:
        found.append(Text(words("report_how_reference", reference=example[0], paragraph=example[1])))
    if options.most_quotes:
        found.append(Text(words("report_how_quotes", most=options.most_quotes, limit=LIMIT)))
    at_work = {line.coder_id for line in writer.lines}
    coders = [
        coder.name
        for coder in session.coders.all()
        if coder.id in (at_work if options.coder_ids is None else options.coder_ids)
    ]
    if coders:
        found.append(Text(words("report_how_coders", coders=", ".join(coders))))
    if options.pseudonyms:
        found.append(Text(words("report_how_pseudonyms")))
    return found


def _tables(
    session: "Session", writer: CaseWriter, options: ReportOptions, *, progress: Progress = silent
) -> list[Grid]:
    """Return the table of all sections, and one for each section that has codes below it."""
    basis = TableDefinition(
        measure=options.measure,
        coder_ids=options.coder_ids,
        case_ids=frozenset(options.case_ids) if options.case_ids is not None else None,
        code_ids=tuple(code.id for code in writer.codes),
    )
    grids = [session.tables.grid(basis)]
    for code in writer.codes:
        below = tuple(child.id for child in writer.book.codebook.children(code.id))
        if below:
            grid = session.tables.grid(replace(basis, code_ids=below, attributes=False))
            grids.append(replace(grid, title=code.name))
    if ReportPart.TABLES not in options.without:
        grids += involvement_grids(session, basis, progress=progress)
    return grids


def _across(grids: Sequence[Grid], written: Sequence[Block]) -> list[Block]:
    blocks: list[Block] = [Heading(words("report_across"), 1), *written]
    told: list[str] = []
    for grid in grids:
        again = len(_different([*told, grid.rule])) == len(told)
        blocks.append(Figures(replace(grid, rule=words("report_counted_as_above")) if again else grid))
        told = _different([*told, grid.rule])
    return blocks


def _different(rules: Sequence[str]) -> list[str]:
    """Return the rules in order, those left out whose every sentence stands in an earlier one."""
    found: list[str] = []
    for rule in rules:
        sentences = set(rule.rstrip(".").split(". "))
        if not any(sentences <= set(other.rstrip(".").split(". ")) for other in found):
            found.append(rule)
    return found


def _back_matter(session: "Session", options: ReportOptions) -> list[Block]:
    found: list[Block] = []
    guide = session.guide
    if guide and ReportPart.GUIDE not in options.without:
        found.append(Heading(words("report_guide"), 1))
        found.append(Facts(tuple((question.number, question.about) for question in guide)))
    if ReportPart.DISCUSSION not in options.without:
        questions = discussion_questions(session)
        if questions:
            found += [Heading(words("report_discussion"), 1), Items(questions, numbered=True)]
    return found
