"""What tables take from actors: the axis of actors, the words of cells, the rules, and the table of the study."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kamcoder.analysis.axes import Axis, AxisField, CodedSpan, grouped
from kamcoder.analysis.crosstab import CrossTable
from kamcoder.analysis.measures import Measure
from kamcoder.domain.actor import OwnVoice
from kamcoder.domain.codebook import Code, Codebook
from kamcoder.formats.tables.grid import Grid, Value
from kamcoder.services.actors import ActorService
from kamcoder.services.coded import CodedSpans
from kamcoder.services.editing import Editing
from kamcoder.services.jobs import Progress, silent
from kamcoder.services.made_table import MadeTable
from kamcoder.services.messages import words
from kamcoder.services.table_definition import TableAxis, TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

# The headings whose kinds make the columns of the study's table, by what their names begin with.
_INVOLVEMENT = ("direct", "indirect")


class NamedActors:
    """The actors of all codings, as tables ask for them."""

    def __init__(self, editing: Editing, actors: ActorService, coded: CodedSpans) -> None:
        self._editing = editing
        self._actors = actors
        self._coded = coded

    def axis(self, *, code_ids: frozenset[str] | None) -> tuple[Axis, dict[str, str]]:
        """Return one group of codings for each actor that codings of these codes name, and the actors' names."""
        spans = [span for span in self._coded.all() if code_ids is None or span.code_id in code_ids]
        named = self._of(spans)
        present = {actor for actors in named.values() for actor in actors}
        names = {actor: name for actor, name in self._actors.roles.names().items() if actor in present}
        return grouped(AxisField.CODING, list(names), named), names

    def cells(self, counted: CrossTable, chosen: Sequence[CodedSpan]) -> list[list[Value]]:
        """Return for each cell the actors of its passages, the most frequent first."""
        named = self._of(chosen)
        return _told(counted, chosen, self._actors.roles.names(), lambda span: named.get(span.id, ()))

    def case_cells(
        self, counted: CrossTable, chosen: Sequence[CodedSpan], *, within: frozenset[str] | None
    ) -> list[list[Value]]:
        """Return for each cell the cases of its passages, in their order."""
        names = {case.id: case.name for case in self._editing.rows.cases.all() if within is None or case.id in within}
        cases: dict[str, list[str]] = {}
        for document_id, case_id in self._editing.rows.documents.case_links():
            if case_id in names:
                cases.setdefault(document_id, []).append(case_id)
        return _told(counted, chosen, names, lambda span: cases.get(span.document_id, ()), ranked=False)

    def rules(self, definition: TableDefinition) -> list[str]:
        """Return how actors were counted, in sentences; nothing for a table without them."""
        if not definition.of_actors:
            return []
        told = [words("rule_named")]
        voice = self._actors.roles.own_voice
        if voice is not OwnVoice.OFF:
            told.append(words("rule_own_i" if voice is OwnVoice.I_ALONE else "rule_own_i_and_we"))
        corrected = len({item.coding_id for item in self._editing.rows.actors.corrections()})
        if corrected:
            told.append(words("rule_corrected_one" if corrected == 1 else "rule_corrected", corrected=corrected))
        return told

    def _of(self, spans: Iterable[CodedSpan]) -> dict[str, tuple[str, ...]]:
        return self._actors.named((span.id, span.document_id, span.start, span.end) for span in spans)


def involvement(book: Codebook) -> TableDefinition:
    """Return the table of the study: which actor, in which kind of involvement, in which cases.

    Its columns are the kinds below the headings of direct and indirect involvement, or else the top of the codebook.
    """
    headings = [code for code in book.children(None) if code.name.casefold().startswith(_INVOLVEMENT)]
    kinds = tuple(code.id for heading in headings for code in _leaves(book, heading.id))
    return TableDefinition(
        rows=TableAxis.ACTORS, columns=TableAxis.CODES, code_ids=kinds or None, measure=Measure.CASES
    )


def involvement_grids(session: "Session", basis: TableDefinition, *, progress: Progress = silent) -> list[Grid]:
    """Return the table of the study for a report with these codes and filters; none where nobody is involved.

    `progress` is told every document that must be read for it and may raise Cancelled.
    """
    book = session.codebook.all()
    inside = frozenset[str]().union(*(book.subtree(code_id) for code_id in basis.code_ids or ()))
    wanted = involvement(book)
    kinds = tuple(key for key in wanted.code_ids or () if key in inside)
    if not kinds:
        return []
    filtered = replace(wanted, code_ids=kinds, coder_ids=basis.coder_ids, case_ids=basis.case_ids)
    work = session.actors.unread()
    if work is not None:
        session.actors.take(work(progress=progress))
    made = session.tables.make(filtered)
    return [named_involvement(made).grid] if made.grid.rows else []


def named_involvement(made: MadeTable) -> MadeTable:
    """Return the table of the study under its own title."""
    return replace(made, grid=replace(made.grid, title=words("title_involvement")))


def _leaves(book: Codebook, code_id: str) -> list[Code]:
    children = book.children(code_id)
    return [leaf for child in children for leaf in _leaves(book, child.id)] if children else [book.get(code_id)]


def _told(
    counted: CrossTable,
    chosen: Sequence[CodedSpan],
    names: dict[str, str],
    of: Callable[[CodedSpan], Sequence[str]],
    *,
    ranked: bool = True,
) -> list[list[Value]]:
    """Return names with numbers of passages for each cell; a stretch that one coder coded twice counts once."""
    spans = {span.id: span for span in chosen}
    order = {key: place for place, key in enumerate(names)}

    def told(coding_ids: Iterable[str]) -> Value:
        passages: dict[str, set[tuple[object, ...]]] = {}
        for coding_id in coding_ids:
            span = spans[coding_id]
            for key in of(span):
                passages.setdefault(key, set()).add((span.document_id, span.coder_id, span.start, span.end))
        ranks = {key: (-len(found) if ranked else 0, order.get(key, len(order))) for key, found in passages.items()}
        keys = sorted(passages, key=ranks.__getitem__)
        return ", ".join(f"{names.get(key, key)} ({len(passages[key])})" for key in keys) or None

    return [[told(cell.coding_ids) for cell in line] for line in counted.cells]
