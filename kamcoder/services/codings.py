"""Putting codes on passages and taking them off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kamcoder.domain.changes import Operation
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.memo import Memo, MemoTarget
from kamcoder.services.code_planning import plan_codes
from kamcoder.services.editing import Editing

_FEW = 100


@dataclass(frozen=True, slots=True)
class PlannedCoding:
    """A coding to be made: a span of a document, a code, a memo if not empty, and what more its origin says."""

    document_id: str
    span: TextSpan
    code_id: str
    memo: str = ""
    detail: Mapping[str, Any] | None = None


class CodingService:
    """Verbs on codings; all of them act for the active coder unless another is named."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._read: tuple[str, str] = ("", "")

    def of_document(self, document_id: str) -> list[Coding]:
        """Return all coders' codings of a document in the order of the text."""
        return self._editing.rows.codings.of_document(document_id)

    def lines_bit_by_bit(self, document_id: str, *, most: int = 1000) -> Iterator[list[tuple[Any, ...]]]:
        """Yield all coders' codings of a document as (id, start, end, code, coder, origin, time), without quotes.

        Bare rows in the order of the text, in pieces of about `most`, each read when it is asked for, as it is then: a
        transcript may have twenty thousand, of which the first screen shows a few dozen.
        """
        start = 0
        while lines := self._editing.rows.codings.lines_from(document_id, start, most):
            yield lines
            start = lines[-1][1] + 1

    def apply(
        self,
        document_id: str,
        span: TextSpan,
        code_id: str,
        *,
        coder_id: str | None = None,
        origin: Origin = Origin.MANUAL,
        memo: str = "",
        initiator: str | None = None,
    ) -> Coding:
        """Put a code on a span and return the coding; the one that is there already if it says the same.

        White space at both ends of the span is left out. Raise InvalidInput if nothing remains, if the span reaches
        past the text, if the code only groups others, or if no coder is active; NotFound for unknown ids.
        """
        rows = self._editing.rows
        coder = coder_id or self._editing.active_coder().id
        text = self._text(document_id)
        document = rows.documents.get(document_id)
        codebook = rows.codes.lineage(code_id)
        planned = PlannedCoding(document_id, trimmed(span, text), code_id, memo)
        if not codebook.get(code_id).codable:
            raise InvalidInput("code_not_codable", name=codebook.get(code_id).name)
        found = rows.codings.find(document_id=document_id, span=planned.span, code_id=code_id, coder_id=coder)
        if found is not None:
            return found
        coding = _coding(planned, text, coder, origin)
        with self._editing.edit(
            Operation.APPLY_CODE,
            initiator=initiator,
            code=codebook.path(code_id),
            document=document.name,
            span=[coding.span.start, coding.span.end],
            quote=excerpt(coding.quote),
        ):
            rows.codings.add([coding])
            self._add_memos([(coding, memo)])
        return coding

    def apply_new(
        self,
        document_id: str,
        span: TextSpan,
        names: Sequence[str],
        *,
        parent_id: str | None = None,
        origin: Origin = Origin.MANUAL,
        initiator: str | None = None,
    ) -> Coding:
        """Put the code that names name below a parent on a span; made in the same act if it is new.

        Raise as `apply` does, and InvalidInput for a name that cannot be used.
        """
        rows = self._editing.rows
        codebook = rows.codes.codebook()
        planned = plan_codes(codebook, names, parent_id=parent_id)
        new, code = [item for item in planned if item.id not in codebook], planned[-1]
        if not new:
            return self.apply(document_id, span, code.id, origin=origin, initiator=initiator)
        coder, text = self._editing.active_coder(), self._text(document_id)
        coding = _coding(PlannedCoding(document_id, trimmed(span, text), code.id), text, coder.id, origin)
        with self._editing.edit(
            Operation.APPLY_CODE,
            initiator=initiator,
            code=Codebook((*codebook.codes, *new)).path(code.id),
            new_codes=len(new),
            document=rows.documents.get(document_id).name,
            span=[coding.span.start, coding.span.end],
            quote=excerpt(coding.quote),
        ):
            rows.codes.add(new)
            rows.codings.add([coding])
        return coding

    def apply_many(
        self,
        planned: Sequence[PlannedCoding],
        *,
        coder_id: str,
        origin: Origin = Origin.MANUAL,
        operation: Operation = Operation.APPLY_CODE,
        initiator: str | None = None,
    ) -> list[Coding]:
        """Put many codes in one act and return the new codings; what is there already is left as it is.

        Raise InvalidInput and change nothing if a span or a code cannot be used.
        """
        rows = self._editing.rows
        book = rows.codes.codebook()
        for code_id in {plan.code_id for plan in planned}:
            if not book.get(code_id).codable:
                raise InvalidInput("code_not_codable", name=book.get(code_id).name)
        texts = rows.documents.texts({plan.document_id for plan in planned})
        exact = [replace(plan, span=trimmed(plan.span, texts[plan.document_id])) for plan in planned]
        present = self._present(exact, coder_id)
        new: list[tuple[Coding, str]] = []
        details: list[tuple[Coding, Mapping[str, Any]]] = []
        for plan in exact:
            text = texts[plan.document_id]
            key = (plan.document_id, plan.span, plan.code_id)
            if key not in present:
                present.add(key)
                new.append((_coding(plan, text, coder_id, origin), plan.memo))
                if plan.detail is not None:
                    details.append((new[-1][0], plan.detail))
        with self._editing.edit(
            operation,
            initiator=initiator,
            codings=len(new),
            documents=len(texts),
            code=", ".join(sorted({book.path(coding.code_id) for coding, _ in new})),
        ):
            told = {coding.id for coding, _ in details}
            rows.codings.add([coding for coding, _ in new if coding.id not in told])
            for coding, detail in details:
                rows.codings.add([coding], detail=detail)
            self._add_memos(new)
        return [coding for coding, _ in new]

    def remove(self, coding_ids: Sequence[str], *, initiator: str | None = None) -> None:
        """Take codings away, with their memos and links."""
        rows = self._editing.rows
        codings = [rows.codings.get(coding_id) for coding_id in coding_ids]
        if not codings:
            return
        codebook = rows.codes.lineage(*{coding.code_id for coding in codings})
        names = sorted({codebook.path(coding.code_id) for coding in codings})
        with self._editing.edit(
            Operation.UNCODE, initiator=initiator, codes=names, codings=len(codings), quote=excerpt(codings[0].quote)
        ):
            rows.codings.delete(coding_ids)

    def recode(self, coding_id: str, code_id: str, *, initiator: str | None = None) -> None:
        """Give a coding another code; raise InvalidInput if the passage carries that one already."""
        rows = self._editing.rows
        coding = rows.codings.get(coding_id)
        codebook = rows.codes.lineage(coding.code_id, code_id)
        code = codebook.get(code_id)
        if not code.codable:
            raise InvalidInput("code_not_codable", name=code.name)
        self._refuse_twin(replace(coding, code_id=code_id))
        with self._editing.edit(
            Operation.RECODE,
            initiator=initiator,
            before=codebook.path(coding.code_id),
            after=codebook.path(code_id),
            quote=excerpt(coding.quote),
        ):
            rows.codings.update(replace(coding, code_id=code_id))

    def resize(self, coding_id: str, span: TextSpan, *, initiator: str | None = None) -> None:
        """Move the ends of a coding; white space at both ends is left out, as in `apply`."""
        rows = self._editing.rows
        coding = rows.codings.get(coding_id)
        text = self._text(coding.document_id)
        span = trimmed(span, text)
        changed = replace(coding, span=span, quote=span.of(text))
        self._refuse_twin(changed)
        with self._editing.edit(
            Operation.RESIZE_CODING,
            initiator=initiator,
            before=[coding.span.start, coding.span.end],
            after=[span.start, span.end],
            quote=excerpt(changed.quote),
        ):
            rows.codings.update(changed)

    def merge(self, coding_ids: Sequence[str], *, initiator: str | None = None) -> Coding:
        """Make one coding, from first start to last end, of several of one document, code and coder; return it.

        The first keeps its identity and takes over the memos and links of the others, which go.
        """
        rows = self._editing.rows
        codings = sorted((rows.codings.get(coding_id) for coding_id in coding_ids), key=lambda item: item.span)
        if len({(item.document_id, item.code_id, item.coder_id) for item in codings}) != 1 or len(codings) < 2:
            raise InvalidInput("codings_unlike")
        first, *others = codings
        span = TextSpan(first.span.start, max(item.span.end for item in codings))
        merged = replace(first, span=span, quote=span.of(self._text(first.document_id)))
        twin = rows.codings.find(
            document_id=merged.document_id, span=span, code_id=merged.code_id, coder_id=merged.coder_id
        )
        if twin is not None and twin not in codings:
            others.append(twin)
        with self._editing.edit(
            Operation.MERGE_CODINGS,
            initiator=initiator,
            code=rows.codes.lineage(first.code_id).path(first.code_id),
            codings=len(codings),
            quote=excerpt(merged.quote),
        ):
            for other in others:
                rows.codings.take_over(other.id, first.id)
            rows.codings.delete([other.id for other in others])
            rows.codings.update(merged)
        return merged

    def split(self, coding_id: str, position: int, *, initiator: str | None = None) -> tuple[Coding, Coding]:
        """Cut a coding in two at a code point inside it; the first part keeps identity and memos."""
        rows = self._editing.rows
        coding = rows.codings.get(coding_id)
        if not coding.span.start < position < coding.span.end:
            raise InvalidInput("split_outside")
        text = self._text(coding.document_id)
        spans = [
            trimmed(TextSpan(coding.span.start, position), text),
            trimmed(TextSpan(position, coding.span.end), text),
        ]
        first = replace(coding, span=spans[0], quote=spans[0].of(text))
        second = replace(coding, id=new_id(), span=spans[1], quote=spans[1].of(text))
        for part in (first, second):
            self._refuse_twin(part)
        with self._editing.edit(
            Operation.SPLIT_CODING,
            initiator=initiator,
            code=rows.codes.lineage(coding.code_id).path(coding.code_id),
            quote=excerpt(coding.quote),
        ):
            rows.codings.update(first)
            rows.codings.add([second])
        return first, second

    def _present(self, planned: Sequence[PlannedCoding], coder_id: str) -> set[tuple[str, TextSpan, str]]:
        """Return (document, span, code) of what a coder has already, at least of what is planned."""
        codings = self._editing.rows.codings
        if len(planned) <= _FEW:  # asked for one by one: the coder may have tens of thousands
            asked = [
                codings.find(document_id=plan.document_id, span=plan.span, code_id=plan.code_id, coder_id=coder_id)
                for plan in planned
            ]
            found = [coding for coding in asked if coding is not None]
        else:
            found = codings.select("coder_id = ?", [coder_id])
        return {(coding.document_id, coding.span, coding.code_id) for coding in found}

    def _text(self, document_id: str) -> str:
        """Return the text of a document; that of the last one is kept, for texts never change."""
        if self._read[0] != document_id:
            self._read = (document_id, self._editing.rows.documents.text(document_id))
        else:
            self._editing.rows.documents.get(document_id)  # it may have been deleted
        return self._read[1]

    def _refuse_twin(self, coding: Coding) -> None:
        rows = self._editing.rows
        twin = rows.codings.find(
            document_id=coding.document_id, span=coding.span, code_id=coding.code_id, coder_id=coding.coder_id
        )
        if twin is not None and twin.id != coding.id:
            raise InvalidInput("coding_exists", code=rows.codes.lineage(coding.code_id).path(coding.code_id))

    def _add_memos(self, codings: Sequence[tuple[Coding, str]]) -> None:
        self._editing.rows.memos.add(
            [
                Memo(
                    id=new_id(),
                    target=MemoTarget.CODING,
                    target_id=coding.id,
                    coder_id=coding.coder_id,
                    title="",
                    text=memo,
                    created_at=coding.created_at,
                    modified_at=coding.created_at,
                )
                for coding, memo in codings
                if memo
            ]
        )


def trimmed(span: TextSpan, text: str) -> TextSpan:
    """Return the span without white space at its ends; raise InvalidInput if it is outside the text or only space."""
    quote = span.of(text)
    start = span.start + len(quote) - len(quote.lstrip())
    return TextSpan(start, start + len(quote.strip()))


def _coding(plan: PlannedCoding, text: str, coder_id: str, origin: Origin) -> Coding:
    return Coding(
        id=new_id(),
        document_id=plan.document_id,
        span=plan.span,
        quote=plan.span.of(text),
        code_id=plan.code_id,
        coder_id=coder_id,
        origin=origin,
        created_at=now(),
    )


def excerpt(text: str, limit: int = 80) -> str:
    """Return the beginning of a text in one line, for the audit log."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
