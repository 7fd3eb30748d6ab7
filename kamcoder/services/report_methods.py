"""The methods appendix of a report: interviews, coders, codebook, counting rules, program."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamcoder import __version__
from kamcoder.formats.report.model import Block, Facts, Figures, Heading, Text
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value
from kamcoder.services.codebook_paper import codebook_blocks, last_change, version_line
from kamcoder.services.messages import words
from kamcoder.services.report_cases import CaseWriter
from kamcoder.services.report_options import ReportOptions, ReportSection

if TYPE_CHECKING:
    from kamcoder.services.session import Session


def methods(
    session: "Session",
    writer: CaseWriter,
    options: ReportOptions,
    *,
    rules: Sequence[str],
    sections: Sequence[ReportSection],
    made_on: str,
) -> list[Block]:
    """Return the appendix; `rules` are the counting rules of the tables, `sections` what others put in."""
    log = session.log()
    book = session.codebook.all()
    found: list[Block] = [Heading(words("report_methods"), 1, new_page=True)]
    found += [Heading(words("report_documents"), 2), Figures(_documents(session, writer, options), heat=False)]
    found += [Heading(words("report_coders"), 2), Figures(_coders(session, writer), heat=False)]
    for section in sections:
        found += [Heading(section.title, 2), *section.blocks]
    found += [Heading(words("report_rules"), 2), *(Text(rule) for rule in rules)]
    project = session.project
    acts = words(
        "report_program_acts_text",
        number=f"{len(log):,}",
        first=_minute(log[0].at) if log else "?",
        last=_minute(log[-1].at) if log else "?",
    )
    facts = (
        (words("report_program_project"), project.name),
        (words("report_program_created"), _minute(project.created_at)),
        (words("report_program_acts"), acts),
        (words("report_program_version"), f"KamCoder {__version__}"),
        (words("report_program_made"), made_on),
    )
    found += [Heading(words("report_program"), 2), Facts(facts)]
    return [
        *found,
        Heading(words("report_codebook"), 2),
        Text(version_line(book, last_change(log)), quiet=True),
        *codebook_blocks(book, level=3),
    ]


def _documents(session: "Session", writer: CaseWriter, options: ReportOptions) -> Grid:
    cases = {case.id: case.name for case in writer.cases}
    coders: dict[str, set[str]] = {}
    for line in writer.lines:
        coders.setdefault(line.document_id, set()).add(writer.book.coders[line.coder_id])
    rows: list[tuple[Value, ...]] = []
    for entry in session.documents.entries():
        if options.case_ids is not None and cases.keys().isdisjoint(entry.case_ids):
            continue
        document = entry.document
        rows.append(
            (
                writer.names[document.id],
                ", ".join(cases[key] for key in entry.case_ids if key in cases),
                document.format,
                writer.words[document.id],
                _minute(document.imported_at),
                ", ".join(sorted(coders.get(document.id, ()))),
            )
        )
    columns = (
        Column(words("row_documents"), ColumnKind.NAME),
        Column(words("row_cases"), ColumnKind.ATTRIBUTE),
        Column(words("column_format"), ColumnKind.ATTRIBUTE),
        Column(words("column_words"), ColumnKind.VALUE),
        Column(words("column_imported"), ColumnKind.VALUE),
        Column(words("column_coded_by"), ColumnKind.VALUE),
    )
    totals = (words("total"), None, None, sum(int(row[3] or 0) for row in rows), None, None)
    return Grid("", words("report_documents_rule"), columns, tuple(rows), totals)


def _coders(session: "Session", writer: CaseWriter) -> Grid:
    codings: dict[str, int] = {}
    documents: dict[str, set[str]] = {}
    for line in writer.lines:
        codings[line.coder_id] = codings.get(line.coder_id, 0) + 1
        documents.setdefault(line.coder_id, set()).add(line.document_id)
    rows: list[tuple[Value, ...]] = [
        (coder.name, words(f"coder_{coder.kind}"), codings.get(coder.id, 0), len(documents.get(coder.id, ())))
        for coder in session.coders.all()
    ]
    columns = (
        Column(words("row_coders"), ColumnKind.NAME),
        Column(words("column_kind"), ColumnKind.ATTRIBUTE),
        Column(words("column_codings"), ColumnKind.VALUE),
        Column(words("column_documents"), ColumnKind.VALUE),
    )
    return Grid("", words("report_coders_rule"), columns, tuple(rows))


def _minute(stamp: str) -> str:
    """Return a time of the project file to the minute."""
    return stamp[:16].replace("T", " ")
