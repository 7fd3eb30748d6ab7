"""Summaries: the researcher's own words for cases and codes, with links to the passages they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kamcoder.domain.changes import Operation
from kamcoder.domain.document import paragraph_number
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.project import natural_key
from kamcoder.domain.summary import Summary, SummaryState, mark, numbers_in, standing, with_marks
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words
from kamcoder.services.sittings import join_steps
from kamcoder.storage.passages import CodingLines

#: Case and code of a summary; None stands for all of them.
Cell = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text made of quotes, with the coding behind each mark."""

    text: str
    marks: Mapping[int, str]


class SummaryService:
    """Verbs on summaries."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> dict[Cell, Summary]:
        """Return all summaries as {(case id, code id): summary}; None is all cases or all codes."""
        return {(summary.case_id, summary.code_id): summary for summary in self._editing.rows.summaries.all()}

    def write(
        self,
        case_id: str | None,
        code_id: str | None,
        text: str,
        *,
        marks: Mapping[int, str] | None = None,
        draft: bool = False,
        initiator: str | None = None,
        goes_on: bool = False,
    ) -> Summary | None:
        """Write the summary of a cell as the active coder and return it; an empty text deletes it.

        `marks` are the codings behind the marks of the text; those that are not in it are let go. Without them the
        links stay whose marks stay. With `goes_on` this is the same sitting as the last act, if that wrote this
        summary: both are one step of undo.
        """
        rows, history = self._editing.rows, self._editing.history
        before, last = self.all().get((case_id, code_id)), history.to_undo
        case, code = self._named(case_id, code_id)
        kept = self._kept(marks, before, text)
        if before is not None and (before.text, before.marks, before.draft) == (text, kept, draft):
            return before
        with self._editing.edit(Operation.WRITE_SUMMARY, initiator=initiator, case=case, code=code):
            if not text.strip():
                rows.summaries.delete([before.id] if before else [])
                return None
            stamp = now()
            summary = Summary(
                id=before.id if before else new_id(),
                case_id=case_id,
                code_id=code_id,
                coder_id=self._editing.active_coder().id,
                text=text,
                draft=draft,
                created_at=before.created_at if before else stamp,
                modified_at=stamp,
                links=tuple(kept.values()),
                numbers=tuple(kept),
            )
            rows.summaries.write(summary)
        if goes_on:
            join_steps(history, last, "summaries", summary.id, parts="summary_links")
        return summary

    def draft(self, coding_ids: Sequence[str]) -> Draft:
        """Return a text of the quotes of some codings, in reading order and each stretch once, to be edited down."""
        places = CodingLines(self._editing.store).places(coding_ids)
        rank = self._ranks()
        first: dict[tuple[str, int, int], str] = {}
        for key, (document_id, start, end, *_) in places.items():
            first.setdefault((document_id, start, end), key)
        order = sorted(first, key=lambda place: (rank[place[0]], *place[1:]))[:999]
        marks = {number: first[place] for number, place in enumerate(order, start=1)}
        lines = [f"“{' '.join(places[key][-1].split())}” {mark(number)}" for number, key in marks.items()]
        return Draft("\n\n".join(lines), marks)

    def references(self, coding_ids: Iterable[str], names: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return how each of some codings is cited, such as `A-CEO ¶14`; `names` are other names of documents."""
        places = CodingLines(self._editing.store).places(list(coding_ids))
        documents = {item.id: item.name for item in self._editing.rows.documents.all()} | dict(names or {})
        texts = self._editing.rows.documents.texts({place[0] for place in places.values()})
        return {
            key: f"{documents[place[0]]} ¶{paragraph_number(texts[place[0]], place[1])}"
            for key, place in places.items()
        }

    def readable(self, summaries: Iterable[Summary], names: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the texts of summaries by id for readers: a mark is the reference of its passage in brackets."""
        wanted = list(summaries)
        cited = self.references({key for summary in wanted for key in summary.links}, names)
        return {summary.id: _read(summary, cited) for summary in wanted}

    def _kept(self, marks: Mapping[int, str] | None, before: Summary | None, text: str) -> dict[int, str]:
        if marks is None:
            return standing(before.marks, text, before=before.text) if before else {}
        places = CodingLines(self._editing.store).places(list(marks.values()))
        here, known = set(numbers_in(text)), before.marks if before else {}
        silent = set(known) - set(numbers_in(before.text)) if before else set()
        kept: dict[str, int] = {}
        for number, key in sorted(marks.items()):
            # A link that never had a mark in the text stays too, and a coding has one mark only.
            if key in places and (number in here or (number in silent and known[number] == key)):
                kept.setdefault(key, number)
        return {number: key for key, number in kept.items()}

    def _ranks(self) -> dict[str, int]:
        documents = sorted(self._editing.rows.documents.all(), key=lambda document: natural_key(document.name))
        return {document.id: rank for rank, document in enumerate(documents)}

    def _named(self, case_id: str | None, code_id: str | None) -> tuple[str, str]:
        if case_id is None and code_id is None:
            raise InvalidInput("summary_of_nothing")
        rows = self._editing.rows
        case = words("all_cases") if case_id is None else rows.cases.get(case_id).name
        return case, words("all_codes") if code_id is None else rows.codes.codebook().path(code_id)


def state_of(summary: Summary | None, *, passages: bool) -> SummaryState:
    """Return how far a cell is."""
    if summary is not None:
        return SummaryState.DRAFT if summary.draft else SummaryState.WRITTEN
    return SummaryState.WAITING if passages else SummaryState.EMPTY


def _read(summary: Summary, cited: Mapping[str, str]) -> str:
    marks = summary.marks

    def shown(number: int) -> str:
        key = marks.get(number)
        # What has no passage may be a number the writer put in brackets.
        return mark(number) if key is None else f"[{cited.get(key, words('passage_gone'))}]"

    return with_marks(summary.text, shown)
