"""Taking in sheets: cases with attributes, participants, coded passages, and summaries, each as one act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kamcoder.domain.case import AttributeScope, AttributeType, Case, Participant
from kamcoder.domain.changes import Operation
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import Document, TextSpan
from kamcoder.domain.errors import InvalidInput, KamCoderError, NotFound
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.summary import Summary
from kamcoder.formats.spreadsheet import Sheet, read_sheet
from kamcoder.services.actor_roles import ActorRoles
from kamcoder.services.case_rules import check_years, next_position, write_values
from kamcoder.services.cases import CaseService
from kamcoder.services.codebook import CodebookService
from kamcoder.services.coders import CoderService
from kamcoder.services.codings import CodingService, PlannedCoding
from kamcoder.services.documents import DocumentService
from kamcoder.services.editing import Editing
from kamcoder.services.sheet_plans import Present, RowProblem, SheetPlan, plan_sheet

_PARTICIPANT_FIELDS = ("case", "role", "years", "experience", "document")


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What came of a sheet: new rows, changed values, and the rows that were not taken."""

    added: int
    changed: int
    problems: tuple[RowProblem, ...]


class SheetService:
    """Verbs that read whole sheets. `data` are the bytes of a CSV or XLSX file, `name` its name for messages."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._cases = CaseService(editing)
        self._codebook = CodebookService(editing)
        self._coders = CoderService(editing)
        self._codings = CodingService(editing)
        self._documents = DocumentService(editing)
        self._actors = ActorRoles(editing)

    def cases(self, data: bytes, *, name: str) -> SheetReport:
        """Take in a sheet with a column `case` and one column an attribute; new cases and attributes are added.

        The type of a new attribute is the narrowest that takes the whole column. Raise InvalidInput if a value does
        not fit an attribute that is there already; nothing is written then.
        """
        return self.take(self.plan(read_sheet(data, name=name), AttributeScope.CASE))

    def participants(self, data: bytes, *, name: str) -> SheetReport:
        """Take in a sheet with a column `participant`, and `case`, `role`, `years`, `experience`, `document` if given.

        `document` links the interviewees' turns of that document to the participant. Other columns are attributes.
        """
        return self.take(self.plan(read_sheet(data, name=name), AttributeScope.PARTICIPANT))

    def plan(
        self,
        sheet: Sheet,
        scope: AttributeScope,
        *,
        key: str = "",
        kinds: Mapping[str, AttributeType | None] | None = None,
    ) -> SheetPlan:
        """Return what a sheet of cases or participants would do, without doing it; see `plan_sheet`.

        `key` is the header of the column of names: `case` or `participant` if none is given.
        """
        known: Sequence[Case] | Sequence[Participant] = self._cases.all()
        if scope is AttributeScope.PARTICIPANT:
            known = self._cases.participants()
        present = Present(
            ids={item.name.casefold(): item.id for item in known},
            attributes=self._cases.attributes(scope),
            values=self._cases.values(),
            position=next_position(self._cases.attributes()),
        )
        fixed = _PARTICIPANT_FIELDS if scope is AttributeScope.PARTICIPANT else ()
        plan = plan_sheet(sheet, scope, present, key=key or scope.value, fixed=fixed, kinds=kinds)
        if scope is AttributeScope.PARTICIPANT:
            problems = sorted([*plan.problems, *self._field_problems(plan)], key=lambda problem: problem.row)
            plan = replace(plan, problems=tuple(problems))
        return plan

    def take(self, plan: SheetPlan) -> SheetReport:
        """Do what was planned as one act; raise the first problem of the plan, if any, and write nothing then."""
        if plan.problems:
            raise plan.problems[0].error
        rows, added = self._editing.rows.cases, len(plan.new)
        with self._editing.edit(Operation.IMPORT_CASES, source=plan.sheet.name) as noted:
            if plan.scope is AttributeScope.PARTICIPANT:
                added = self._take_people(plan)
            else:
                first = next_position(self._cases.all())
                rows.add(Case(key, name, "", first + place) for place, (key, name) in enumerate(plan.new.items()))
            noted[f"{plan.scope.value}s"] = added
            rows.add_attributes(plan.attributes)
            changed = write_values(self._editing, plan.scope, plan.values)
        return SheetReport(added, changed, ())

    def codings(
        self, data: bytes, *, name: str, coder: str | None = None, skip_bad: bool = False, add_codes: bool = False
    ) -> SheetReport:
        """Take in a sheet of coded passages with columns `document`, `code`, `quote`, and `memo`, `coder` if given.

        A quote is looked for letter for letter and must occur once in its document. If a row cannot be taken, nothing
        is, unless `skip_bad`. `add_codes` adds codes that are not in the codebook.
        """
        sheet = read_sheet(data, name=name)
        for column in ("document", "code", "quote"):
            sheet.column(column)
        reading = _CodingRows(self._documents, self._editing.rows.codes.codebook())
        planned: dict[str, list[PlannedCoding]] = {}
        problems: list[RowProblem] = []
        if add_codes:
            reading.codebook = self._with_codes(sheet)
        for row, record in zip(sheet.row_numbers, sheet.records(), strict=True):
            who = record.get("coder", "").strip() or coder
            try:
                if not who:
                    raise InvalidInput("coder_needed")
                planned.setdefault(who, []).append(reading.plan(record))
            except KamCoderError as error:
                problems.append(RowProblem(row, error))
        if problems and not skip_bad:
            return SheetReport(0, 0, tuple(problems))
        added = 0
        for who, plans in planned.items():
            made = self._codings.apply_many(
                plans,
                coder_id=self._coders.ensure(who).id,
                origin=Origin.IMPORT,
                operation=Operation.IMPORT_CODINGS,
            )
            added += len(made)
        return SheetReport(added, 0, tuple(problems))

    def names(self, data: bytes, *, name: str) -> SheetReport:
        """Take in a sheet of names with columns `name`, `actor`, and `document` if given: who is who in an interview.

        Without a document a name holds in all. Raise NotFound for an unknown actor or document; nothing is taken then.
        """
        sheet = read_sheet(data, name=name)
        for column in ("name", "actor"):
            sheet.column(column)
        names: list[tuple[str | None, str, str]] = []
        for record in sheet.records():
            document = record.get("document", "").strip()
            document_id = self._documents.find(document).id if document else None
            names.append((document_id, record["name"], self._actors.find(record["actor"])))
        return SheetReport(self._actors.add_names(names, source=name), 0, ())

    def summaries(self, data: bytes, *, name: str, coder: str | None = None) -> SheetReport:
        """Take in a sheet of written summaries with columns `case`, `heading`, `summary`, and `author` if given.

        Without a case a summary is of all cases, without a heading of all headings of its case.
        """
        sheet = read_sheet(data, name=name)
        for column in ("case", "heading", "summary"):
            sheet.column(column)
        rows, codebook = self._editing.rows, self._editing.rows.codes.codebook()
        present = {(summary.case_id, summary.code_id): summary for summary in rows.summaries.all()}
        written: list[Summary] = []
        for record in sheet.records():
            case_id = self._cases.find(record["case"]).id if record["case"].strip() else None
            code_id = codebook.find(record["heading"]).id if record["heading"].strip() else None
            if case_id is None and code_id is None:
                raise InvalidInput("summary_of_nothing")
            author = self._coders.ensure(record.get("author", "").strip() or coder or self._editing.acting)
            before, stamp = present.get((case_id, code_id)), now()
            written.append(
                Summary(
                    id=before.id if before else new_id(),
                    case_id=case_id,
                    code_id=code_id,
                    coder_id=author.id,
                    text=record["summary"].strip(),
                    draft=False,
                    created_at=before.created_at if before else stamp,
                    modified_at=stamp,
                    links=before.links if before else (),
                    numbers=before.numbers if before else (),
                )
            )
        with self._editing.edit(Operation.IMPORT_SUMMARIES, source=name, summaries=len(written)):
            for summary in written:
                rows.summaries.write(summary)
        return SheetReport(len(written), 0, ())

    def _take_people(self, plan: SheetPlan) -> int:
        """Write the participants of a sheet; return in how many rows they stand."""
        rows = self._editing.rows.cases
        known = {person.id: person for person in rows.participants()}
        for target, record in zip(plan.targets, plan.sheet.records(), strict=True):
            if target is None:
                continue
            person = known.get(target) or Participant(target, None, plan.new.get(target, ""), "", None, "")
            person = self._participant(record, person)
            if target in known:
                rows.update_participant(person)
            else:
                rows.add_participants([person])
            known[target] = person
            if record.get("document", "").strip():
                self._link_voice(self._documents.find(record["document"]), person)
        return sum(target is not None for target in plan.targets)

    def _participant(self, record: Mapping[str, str], before: Participant) -> Participant:
        """Return a participant as a row has it; what the row leaves out stays as it was."""
        case = self._cases.find(record["case"]).id if record.get("case", "").strip() else None
        years = _years(record.get("years", ""), before.name)
        return replace(
            before,
            case_id=case or before.case_id,
            role=record.get("role", "").strip() or before.role,
            years=before.years if years is None else years,
            experience=record.get("experience", "").strip() or before.experience,
        )

    def _field_problems(self, plan: SheetPlan) -> Iterator[RowProblem]:
        names = plan.sheet.column(plan.key)
        rows = zip(plan.sheet.row_numbers, names, plan.targets, plan.sheet.records(), strict=True)
        for row, name, target, record in rows:
            if target is None:
                continue
            try:
                self._participant(record, Participant(target, None, " ".join(name.split()), "", None, ""))
                if record.get("document", "").strip():
                    self._documents.find(record["document"])
            except KamCoderError as error:
                yield RowProblem(row, error)

    def _link_voice(self, document: Document, participant: Participant) -> None:
        rows = self._editing.rows
        voices = [speaker for speaker in rows.documents.speakers(document.id) if speaker.role == "interviewee"]
        for speaker in voices:
            rows.documents.link_participant(speaker.id, participant.id)

    def _with_codes(self, sheet: Sheet) -> Codebook:
        """Add the codes of a sheet that the codebook lacks, by path, and return the codebook with them."""
        for path in dict.fromkeys(sheet.column("code")):
            self._codebook.ensure_path(path)
        return self._codebook.all()


class _CodingRows:
    """Reading the rows of a sheet of coded passages; texts are fetched once a document."""

    def __init__(self, documents: DocumentService, codebook: Codebook) -> None:
        self._documents = documents
        self.codebook = codebook
        self._by_name: dict[str, Document] = {}
        self._texts: dict[str, str] = {}

    def plan(self, record: Mapping[str, str]) -> PlannedCoding:
        name = record["document"]
        if name not in self._by_name:
            self._by_name[name] = self._documents.find(name)
        document = self._by_name[name]
        if document.id not in self._texts:
            self._texts[document.id] = self._documents.text(document.id)
        text = self._texts[document.id]
        code = self.codebook.find(record["code"])
        span = find_quote(text, record["quote"], document=document.name)
        return PlannedCoding(document.id, span, code.id, record.get("memo", "").strip())


def find_quote(text: str, quote: str, *, document: str) -> TextSpan:
    """Return the span of a quote that occurs once in a text; raise InvalidInput or NotFound, naming the document.

    Sheets written on another system may end lines with CRLF; nothing else of the quote is touched.
    """
    wanted = quote.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not wanted:
        raise InvalidInput("span_empty", start=0, end=0)
    start = text.find(wanted)
    if start < 0:
        raise NotFound("quote_missing", quote=wanted, document=document)
    if text.find(wanted, start + 1) >= 0:
        raise InvalidInput("quote_repeated", quote=wanted, document=document, count=text.count(wanted))
    return TextSpan(start, start + len(wanted))


def _years(text: str, participant: str) -> int | None:
    stripped = text.strip().rstrip("+").strip()
    if not stripped:
        return None
    try:
        years = int(stripped)
    except ValueError:
        raise InvalidInput("participant_years", value=text, participant=participant) from None
    check_years(years, participant)
    return years
