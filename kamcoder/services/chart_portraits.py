"""Portraits of interviews: where in each of them which codes stand."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kamcoder.domain.codebook import Code
from kamcoder.domain.document import Document, SpeakerRole
from kamcoder.domain.project import natural_key
from kamcoder.formats.charts.model import Chart, Lane, Mark, Stretch, Track, Tracks
from kamcoder.services.chart_definition import ChartDefinition
from kamcoder.services.messages import words
from kamcoder.services.passages import CodingLine, PassageBook, PassageFilter, line_ends
from kamcoder.services.table_axes import code_names, codes_at
from kamcoder.services.table_definition import TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_TICKS = 8
_ROUND = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)


def portrait(session: "Session", definition: ChartDefinition) -> Chart:
    """Return the lanes of the documents that are wanted, in the order of their names."""
    table, book = definition.table, session.passages.book()
    codes = _codes(book, table)
    documents = _documents(session, definition)
    wanted = PassageFilter(
        coder_ids=table.coder_ids,
        document_ids=frozenset(document.id for document in documents),
        values=table.values,
    )
    lines = book.choose(book.lines(), wanted)
    if not table.interviewers:
        lines = [line for line in lines if not _asked(book, line)]
    maker = _Tracks(session, book, codes, code_names(book.codebook, [code.id for code in codes]), lines)
    few = len(documents) == 1
    tracks = tuple(
        maker.track(document, paragraphs=few, told=number == len(documents))
        for number, document in enumerate(documents, start=1)
    )
    coders = ", ".join(sorted({book.coders[line.coder_id] for line in lines}))
    rule = [words("chart_portrait_rule", coders=coders or "–")]
    if not table.interviewers:
        rule.append(words("rule_interviewer"))
    return Chart(
        title=words("chart_portrait", names=", ".join(document.name for document in documents[:3]))
        if len(documents) <= 3
        else words("chart_portraits", number=len(documents)),
        rule=" ".join(rule),
        across=words("chart_paragraphs") if few else words("chart_share"),
        down=words("columns_codes"),
        body=Tracks(tracks if codes else ()),
        nothing=words("chart_nothing"),
    )


@dataclass(frozen=True, slots=True)
class _Tracks:
    """Makes the tracks of one chart."""

    session: "Session"
    book: PassageBook
    codes: Sequence[Code]
    names: Sequence[str]
    lines: Sequence[CodingLine]

    def track(self, document: Document, *, paragraphs: bool, told: bool) -> Track:
        """Return one document, with the numbers of its paragraphs or the share of its text as ticks, `told` or not."""
        here = [line for line in self.lines if line.document_id == document.id]
        whole = max(document.length, 1)
        lanes = []
        for code, name in zip(self.codes, self.names, strict=True):
            below = self.book.codebook.subtree(code.id)
            found = _together([line for line in here if line.code_id in below])
            stretches = tuple(
                Stretch(start / whole, end / whole, Mark(1, self._told(document, name, start), ids))
                for (start, end), ids in found.items()
            )
            lanes.append(Lane(name, code.colour, stretches))
        ticks = (
            _paragraphs(self.session.documents.text(document.id))
            if paragraphs
            else tuple((share / 100, f"{share} %" if told else "") for share in (0, 25, 50, 75, 100))
        )
        return Track(document.name, tuple(lanes), ticks)

    def _told(self, document: Document, name: str, start: int) -> str:
        return f"{document.name} ¶{self.book.paragraph(document.id, start)}: {name}"


def _together(lines: Sequence[CodingLine]) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return the different stretches with the codings on each."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for line in lines:
        place = line.start, line.end
        found[place] = (*found.get(place, ()), line.id)
    return found


def _codes(book: PassageBook, table: TableDefinition) -> list[Code]:
    chosen = table.code_ids
    keys = chosen if chosen is not None else codes_at(book.codebook, below=table.below, level=table.level)
    return [book.codebook.get(key) for key in dict.fromkeys(keys)]


def _documents(session: "Session", definition: ChartDefinition) -> list[Document]:
    wanted, cases = definition.document_ids, definition.table.case_ids
    found = [
        entry.document
        for entry in session.documents.entries()
        if (wanted is None or entry.document.id in wanted) and (cases is None or not cases.isdisjoint(entry.case_ids))
    ]
    return sorted(found, key=lambda document: natural_key(document.name))


def _asked(book: PassageBook, line: CodingLine) -> bool:
    speaker = book.speaker(line)
    return speaker is not None and speaker.role is SpeakerRole.INTERVIEWER


def _paragraphs(text: str) -> tuple[tuple[float, str], ...]:
    """Return ticks at paragraphs of round numbers."""
    ends = line_ends(text)
    number = bisect_right(ends, len(text)) + 1
    step = next((step for step in _ROUND if number / step <= _TICKS), number // _TICKS)
    starts = [0, *ends]
    return tuple(
        (starts[paragraph - 1] / max(len(text), 1), f"¶{paragraph}")
        for paragraph in (1, *range(step if step > 1 else 2, number + 1, step))
        if paragraph <= len(starts)
    )
