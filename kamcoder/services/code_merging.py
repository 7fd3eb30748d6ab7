"""Merging one code into another, with all that hangs on it; a step inside an act of the codebook."""

from dataclasses import replace

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.coding import Coding
from kamcoder.domain.summary import joined
from kamcoder.storage.repositories import Repositories


def merge_code(rows: Repositories, source_id: str, target_id: str) -> None:
    """Let the target take over everything of the source and delete the source; inside an open act."""
    codebook = rows.codes.codebook()
    _Merging(rows).run(codebook, codebook.get(source_id), codebook.get(target_id))


class _Merging:
    """The steps of one merge, all inside one act."""

    def __init__(self, rows: Repositories) -> None:
        self._rows = rows

    def run(self, codebook: Codebook, source: Code, target: Code) -> None:
        self._children(codebook, source, target)
        self._codings(source, target)
        self._summaries(source, target)
        for memo in self._rows.memos.all():
            if memo.target_id == source.id:
                self._rows.memos.delete(memo.id)
                self._rows.memos.add([replace(memo, target_id=target.id)])
        questions = tuple(dict.fromkeys((*target.questions, *source.questions)))
        if questions != target.questions:
            self._rows.codes.update(replace(target, questions=questions))
        self._rows.codes.delete([source.id])

    def _children(self, codebook: Codebook, source: Code, target: Code) -> None:
        own = {child.name.casefold(): child for child in codebook.children(target.id) if child.id != source.id}
        position = 1 + max((child.position for child in own.values()), default=-1)
        for child in codebook.children(source.id):
            twin = own.get(child.name.casefold())
            if twin is not None:
                self.run(codebook, child, twin)
            else:
                self._rows.codes.update(replace(child, parent_id=target.id, position=position))
                position += 1

    def _codings(self, source: Code, target: Code) -> None:
        codings = self._rows.codings

        def place(coding: Coding) -> tuple[object, ...]:
            return coding.document_id, coding.span, coding.coder_id

        present = {place(coding): coding for coding in codings.of_codes([target.id])}
        duplicates = []
        for coding in codings.of_codes([source.id]):
            twin = present.get(place(coding))
            if twin is None:
                codings.update(replace(coding, code_id=target.id))
            else:
                codings.take_over(coding.id, twin.id)
                duplicates.append(coding.id)
        codings.delete(duplicates)
        self._rows.settlements.move_code(source.id, target.id)
        self._rows.suggestions.move_code(source.id, target.id)

    def _summaries(self, source: Code, target: Code) -> None:
        everything = self._rows.summaries.all()
        present = {summary.case_id: summary for summary in everything if summary.code_id == target.id}
        for summary in everything:
            if summary.code_id != source.id:
                continue
            twin = present.get(summary.case_id)
            self._rows.summaries.delete([summary.id])
            if twin is None:
                self._rows.summaries.write(replace(summary, code_id=target.id))
            else:
                text, marks = joined(twin, summary)
                self._rows.summaries.write(replace(twin, text=text, links=tuple(marks.values()), numbers=tuple(marks)))
