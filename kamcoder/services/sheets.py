"""Taking in sheets: cases with attributes, participants, coded passages, and summaries, each as one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamcoder.domain.case import Attribute, AttributeScope, Case, Participant, infer_type
from kamcoder.domain.changes import Operation
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import Origin
from kamcoder.domain.document import Document, TextSpan
from kamcoder.domain.errors import InvalidInput, KamCoderError, NotFound
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.summary import Summary
from kamcoder.formats.spreadsheet import Sheet, read_sheet
from kamcoder.services.cases import CaseService, next_position, write_values
from kamcoder.services.codebook import CodebookService
from kamcoder.services.coders import CoderService
from kamcoder.services.codings import CodingService, PlannedCoding
from kamcoder.services.documents import DocumentService
from kamcoder.services.editing import Editing

_PARTICIPANT_COLUMNS = ("participant", "case", "role", "years", "experience", "document")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a sheet that cannot be taken: `row` is its number in the sheet (the header is row 1)."""

    row: int
    error: KamCoderError


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

    def cases(self, data: bytes, *, name: str) -> SheetReport:
        """Take in a sheet with a column `case` and one column an attribute; new cases and attributes are added.

        The type of a new attribute is the narrowest that takes the whole column. Raise InvalidInput if a value does
        not fit an attribute that is there already; nothing is written then.
        """
        sheet = read_sheet(data, name=name)
        keys = sheet.column("case")
        known = {case.name.casefold(): case for case in self._cases.all()}
        position = next_position(list(known.values()))
        new: list[Case] = []
        for key in keys:
            if key.strip() and key.strip().casefold() not in known:
                case = Case(new_id(), " ".join(key.split()), "", position + len(new))
                known[key.strip().casefold()] = case
                new.append(case)
        with self._editing.edit(Operation.IMPORT_CASES, source=name, cases=len(new)):
            self._editing.rows.cases.add(new)
            targets = [known[key.strip().casefold()].id if key.strip() else None for key in keys]
            changed = self._attribute_columns(sheet, AttributeScope.CASE, ("case",), targets)
        return SheetReport(len(new), changed, ())

    def participants(self, data: bytes, *, name: str) -> SheetReport:
        """Take in a sheet with a column `participant`, and `case`, `role`, `years`, `experience`, `document` if given.

        `document` links the interviewees' turns of that document to the participant. Other columns are attributes.
        """
        sheet = read_sheet(data, name=name)
        records = sheet.records()
        sheet.column("participant")
        with self._editing.edit(Operation.IMPORT_CASES, source=name, participants=len(records)):
            targets = [self._participant(record) for record in records]
            changed = self._attribute_columns(sheet, AttributeScope.PARTICIPANT, _PARTICIPANT_COLUMNS, targets)
        return SheetReport(len([target for target in targets if target]), changed, ())

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

    def summaries(self, data: bytes, *, name: str, coder: str | None = None) -> SheetReport:
        """Take in a sheet of written summaries with columns `case`, `heading`, `summary`, and `author` if given."""
        sheet = read_sheet(data, name=name)
        for column in ("case", "heading", "summary"):
            sheet.column(column)
        rows, codebook = self._editing.rows, self._editing.rows.codes.codebook()
        present = {(summary.case_id, summary.code_id): summary for summary in rows.summaries.all()}
        written: list[Summary] = []
        for record in sheet.records():
            case, code = self._cases.find(record["case"]), codebook.find(record["heading"])
            author = self._coders.ensure(record.get("author", "").strip() or coder or self._editing.acting)
            before, stamp = present.get((case.id, code.id)), now()
            written.append(
                Summary(
                    id=before.id if before else new_id(),
                    case_id=case.id,
                    code_id=code.id,
                    coder_id=author.id,
                    text=record["summary"].strip(),
                    draft=False,
                    created_at=before.created_at if before else stamp,
                    modified_at=stamp,
                    links=before.links if before else (),
                )
            )
        with self._editing.edit(Operation.IMPORT_SUMMARIES, source=name, summaries=len(written)):
            for summary in written:
                rows.summaries.write(summary)
        return SheetReport(len(written), 0, ())

    def _attribute_columns(
        self, sheet: Sheet, scope: AttributeScope, besides: Sequence[str], targets: Sequence[str | None]
    ) -> int:
        known = {attribute.name.casefold(): attribute for attribute in self._cases.attributes(scope)}
        position = next_position(self._cases.attributes())
        values: dict[tuple[Attribute, str], str] = {}
        new: list[Attribute] = []
        for header in sheet.header:
            if header.casefold() in besides:
                continue
            column = sheet.column(header)
            attribute = known.get(header.casefold())
            if attribute is None:
                attribute = Attribute(new_id(), header, infer_type(column), scope, (), position + len(new))
                new.append(attribute)
            pairs = zip(targets, column, strict=True)
            # An empty cell says nothing; it does not wipe out what is known.
            values.update({(attribute, target): text for target, text in pairs if target and text.strip()})
        self._editing.rows.cases.add_attributes(new)
        return write_values(self._editing, scope, values)

    def _participant(self, record: Mapping[str, str]) -> str | None:
        pseudonym = " ".join(record["participant"].split())
        if not pseudonym:
            return None
        rows = self._editing.rows
        known = {item.name.casefold(): item for item in rows.cases.participants()}
        before = known.get(pseudonym.casefold())
        case = self._cases.find(record["case"]).id if record.get("case", "").strip() else None
        years = _years(record.get("years", ""), pseudonym)
        participant = Participant(
            id=before.id if before else new_id(),
            case_id=case or (before.case_id if before else None),
            name=pseudonym,
            role=record.get("role", "").strip() or (before.role if before else ""),
            years=years if years is not None else (before.years if before else None),
            experience=record.get("experience", "").strip() or (before.experience if before else ""),
        )
        if before is None:
            rows.cases.add_participants([participant])
        else:
            rows.cases.update_participant(participant)
        if record.get("document", "").strip():
            self._link_voice(self._documents.find(record["document"]), participant)
        return participant.id

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
        return int(stripped)
    except ValueError:
        raise InvalidInput("participant_years", value=text, participant=participant) from None
