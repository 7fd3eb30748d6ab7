"""The cases of a report: who and what they are, and their sections with summary and quotes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kamcoder.domain.case import Attribute, AttributeScope, AttributeType, Case, Participant
from kamcoder.domain.codebook import Code
from kamcoder.domain.coding import Passage
from kamcoder.domain.document import Document, SpeakerRole
from kamcoder.domain.summary import Summary
from kamcoder.formats.report.model import Block, Facts, Heading, Quotation, Text
from kamcoder.services.messages import words
from kamcoder.services.passages import CodingLine, PassageBook
from kamcoder.services.report_options import ReportOptions
from kamcoder.services.report_quotes import Stretch, choose, stretches
from kamcoder.services.table_texts import count_words

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_NAMING = 3  # attributes in the heading of a case unless others are chosen


def number_of(noun: str, number: int) -> str:
    """Return a number with its noun, such as `1 case` or `3 cases`."""
    return words(f"report_{noun}_one") if number == 1 else words(f"report_{noun}_many", number=f"{number:,}")


class CaseWriter:
    """Writes the cases of one report; everything but the quotes is read once."""

    def __init__(self, session: "Session", options: ReportOptions) -> None:
        self._options = options
        self.book: PassageBook = session.passages.book()
        self.codes = self._sections()
        self.cases = [case for case in session.cases.all() if options.case_ids is None or case.id in options.case_ids]
        self._summaries = session.summaries.all()
        self._coders = {coder.id: coder.name for coder in session.coders.all()}
        self._attributes = session.cases.attributes(AttributeScope.CASE)
        self._values = session.cases.values()
        entries = session.documents.entries()
        self.documents: dict[str, list[Document]] = {
            case.id: [entry.document for entry in entries if case.id in entry.case_ids] for case in self.cases
        }
        self._participants = session.cases.participants()
        self._voices = {
            document.id: [
                speaker.participant_id
                for speaker in session.documents.speakers(document.id)
                if speaker.role is not SpeakerRole.INTERVIEWER and speaker.participant_id
            ]
            for document in (entry.document for entry in entries)
        }
        self.names = self._names([entry.document for entry in entries])
        self._texts = session.summaries.readable(self._summaries.values(), self.names)
        self.words = {entry.document.id: count_words(session.documents.text(entry.document.id)) for entry in entries}
        self.lines = self.book.lines()
        self._coded_in = self._coded()

    def blocks(self, case: Case) -> list[Block]:
        """Return a case: its heading, what is known of it, its interviews, its sections."""
        found: list[Block] = [Heading(self._title(case), 1, new_page=True)]
        rest = " · ".join(self._others(case))
        found += [Text(text, quiet=quiet) for text, quiet in ((rest, True), (case.description, False)) if text.strip()]
        interviews = tuple(self._interviews(case))
        found += [Facts(interviews)] if interviews else []
        found += self._whole(case.id, None)
        for code in self.codes:
            found += self._section(case, code)
        return found

    def summary_blocks(self, case: Case) -> list[Block]:
        """Return a case with its summaries alone."""
        found: list[Block] = [Heading(self._title(case), 1), *self._whole(case.id, None)]
        for code in self.codes:
            found += [Heading(code.name, 2), *self._summary(self._summaries.get((case.id, code.id)))]
        return found

    def across(self) -> list[Block]:
        """Return what is written on each section over all cases."""
        found: list[Block] = []
        for code in self.codes:
            written = self._whole(None, code.id)
            found += [Heading(code.name, 2), *written] if written else []
        return found

    @property
    def drafts(self) -> bool:
        """Tell whether a summary of the report is a draft."""
        return any(summary.draft for summary in self._summaries.values())

    def example(self) -> tuple[str, int] | None:
        """Return name and paragraph of some reference of this report, to explain references by."""
        lines = [line for found in self._coded_in.values() for line in found]
        if not lines:
            return None
        line = min(lines, key=self.book.place)
        return self.names[line.document_id], self.book.paragraph(line.document_id, line.start)

    # -- the case --------------------------------------------------------------------------------------------------

    def _title(self, case: Case) -> str:
        known = [
            words("report_attribute_number", number=value, name=attribute.name)
            if attribute.type in (AttributeType.INTEGER, AttributeType.DECIMAL) and attribute.name.isalpha()
            else value
            if attribute.type in (AttributeType.TEXT, AttributeType.CHOICE, AttributeType.DATE)
            else f"{attribute.name} {value}"
            for attribute, value in self._known(case, naming=True)
        ]
        return f"{case.name}: {', '.join(known)}" if known else case.name

    def _others(self, case: Case) -> list[str]:
        return [f"{attribute.name}: {value}" for attribute, value in self._known(case, naming=False)]

    def _known(self, case: Case, *, naming: bool) -> list[tuple[Attribute, str]]:
        chosen = self._options.heading_attributes
        ids = chosen if chosen is not None else tuple(item.id for item in self._attributes[:_NAMING])
        order = {attribute.id: attribute for attribute in self._attributes}
        wanted = [order[key] for key in ids if key in order]
        shown = wanted if naming else [attribute for attribute in self._attributes if attribute not in wanted]
        pairs = ((attribute, self._values.get((attribute.id, case.id), "")) for attribute in shown)
        return [(attribute, value) for attribute, value in pairs if value.strip()]

    def _interviews(self, case: Case) -> Iterable[tuple[str, str]]:
        people = {person.id: person for person in self._participants}
        shown: set[str] = set()
        for document in self.documents[case.id]:
            voices = list(dict.fromkeys(key for key in self._voices[document.id] if key in people))
            shown.update(voices)
            said = [_person(people[key]) for key in voices]
            length = number_of("words", self.words[document.id])
            yield self.names[document.id], "; ".join([*(text for text in said if text), length])
        for person in self._participants:
            if person.case_id == case.id and person.id not in shown:
                yield person.name, "; ".join(filter(None, [_person(person), words("report_no_interview")]))

    # -- a section -------------------------------------------------------------------------------------------------

    def _section(self, case: Case, code: Code) -> list[Block]:
        summary = self._summaries.get((case.id, code.id))
        lines = self._coded_in.get((case.id, code.id), [])
        passages = stretches(lines, links=summary.links if summary else ())
        found = [Heading(code.name, 2), *self._summary(summary)]
        found += self._quotes(choose(passages, self._options.most_quotes))
        if passages:
            interviews = number_of("interviews", len({item.document_id for item in passages}))
            base = words("report_base", passages=number_of("passages", len(passages)), interviews=interviews)
        else:
            base = words("report_nothing_coded")
        by = words("report_summary_by", coder=self._coders[summary.coder_id], date=_day(summary)) if summary else ""
        return [*found, Text(f"{by} {base}".strip(), quiet=True)]

    def _summary(self, summary: Summary | None) -> list[Block]:
        if summary is None or not summary.text.strip():
            return [Text(words("report_summary_missing"), quiet=True)]
        draft = [Text(words("report_summary_draft"), quiet=True)] if summary.draft else []
        return [*draft, Text(self._texts[summary.id])]

    def _whole(self, case_id: str | None, code_id: str | None) -> list[Block]:
        """Return what is written on a case as a whole, or on a section over all cases; nothing if nothing is."""
        summary = self._summaries.get((case_id, code_id))
        if summary is None:
            return []
        by = words("report_summary_by", coder=self._coders[summary.coder_id], date=_day(summary))
        return [*self._summary(summary), Text(by, quiet=True)]

    def _quotes(self, chosen: list[Stretch]) -> list[Quotation]:
        passages: list[Passage] = self.book.passages([item.lines[0] for item in chosen], {})
        return [
            Quotation(passage.coding.quote, f"{self.names[passage.coding.document_id]} ¶{passage.paragraph}")
            for passage in passages
        ]

    # -- reading ---------------------------------------------------------------------------------------------------

    def _sections(self) -> list[Code]:
        book, wanted = self.book.codebook, self._options.code_ids
        return book.children(None) if wanted is None else [book.get(key) for key in wanted]

    def _coded(self) -> dict[tuple[str, str], list[CodingLine]]:
        """Return what is coded for each case and section, in reading order, interviewers' words left out."""
        sections: dict[str, list[str]] = {}
        for code in self.codes:
            for key in self.book.codebook.subtree(code.id):
                sections.setdefault(key, []).append(code.id)
        cases: dict[str, list[str]] = {}
        for case_id, documents in self.documents.items():
            for document in documents:
                cases.setdefault(document.id, []).append(case_id)
        found: dict[tuple[str, str], list[CodingLine]] = {}
        for line in self.lines:
            if self._counts(line):
                for case_id in cases.get(line.document_id, ()):
                    for code_id in sections.get(line.code_id, ()):
                        found.setdefault((case_id, code_id), []).append(line)
        return found

    def _counts(self, line: CodingLine) -> bool:
        if self._options.coder_ids is not None and line.coder_id not in self._options.coder_ids:
            return False
        speaker = self.book.speaker(line)
        return speaker is None or speaker.role is not SpeakerRole.INTERVIEWER

    def _names(self, documents: list[Document]) -> dict[str, str]:
        """Return how each interview is cited."""
        if not self._options.pseudonyms:
            return {document.id: document.name for document in documents}
        people, names, taken = {person.id: person.name for person in self._participants}, {}, set[str]()
        for number, document in enumerate(documents, start=1):
            voices = dict.fromkeys(people[key] for key in self._voices[document.id] if key in people)
            name = unique = ", ".join(voices) or words("report_interview", number=number)
            again = 1
            while unique in taken:
                again += 1
                unique = f"{name} ({again})"
            taken.add(unique)
            names[document.id] = unique
        return names


def _person(person: Participant) -> str:
    years = number_of("years", person.years) if person.years is not None else ""
    return ", ".join(filter(None, [person.role, person.experience or years]))


def _day(summary: Summary) -> str:
    return summary.modified_at[:10]
