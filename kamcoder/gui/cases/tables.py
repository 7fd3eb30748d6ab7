"""What stands in the two grids: columns, rows and cells as text, and how rows are written, each time as one act."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from kamcoder.domain.case import Attribute, AttributeScope, AttributeType, Case, Participant
from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import new_id
from kamcoder.domain.project import natural_key

if TYPE_CHECKING:
    from kamcoder.services.session import Session

NAME, ROLE, YEARS, EXPERIENCE, CASE, DOCUMENTS, PARTICIPANTS = (
    "name",
    "role",
    "years",
    "experience",
    "case",
    "documents",
    "participants",
)
INITIATOR = "cases"
NUMBERS = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL})

#: A row to be written: its id (None: a new one) and texts by the key of their column.
RowTexts = tuple[str | None, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` is an attribute's id or one of the names above; `type` says how it is edited and sorted."""

    key: str
    title: str
    type: AttributeType = AttributeType.TEXT
    choices: tuple[str, ...] = ()
    attribute: Attribute | None = None
    editable: bool = True
    tip: str = ""


class Table(ABC):
    """Rows of one scope with their attributes. Subclasses know the fields; everything is text in canonical form."""

    scope: AttributeScope
    ordered = False

    def __init__(self) -> None:
        self.session: Session | None = None
        self.columns: list[Column] = []
        self.ids: list[str] = []
        self.attributes: list[Attribute] = []
        self._values: dict[tuple[str, str], str] = {}

    def load(self, session: Session | None) -> None:
        """Read everything from a project; nothing for None."""
        self.session = session
        self.attributes = session.cases.attributes(self.scope) if session else []
        self._values = session.cases.values(self.scope) if session else {}

    def apply(self, change: ChangeSet) -> None:
        """Take over the values that a change set changed."""
        for row in change.of("attribute_values"):
            for side in (row.before, row.after):
                if side is None:
                    continue
                key = (str(side["attribute_id"]), str(side[f"{self.scope.value}_id"]))
                if side is row.after:
                    self._values[key] = str(side["value"])
                else:
                    self._values.pop(key, None)

    def text(self, row_id: str, column: Column) -> str:
        """Return a cell in canonical form, empty if unknown."""
        if column.attribute is not None:
            return self._values.get((column.key, row_id), "")
        return self.field(row_id, column.key)

    @abstractmethod
    def field(self, row_id: str, key: str) -> str:
        """Return a cell that is no attribute."""

    @abstractmethod
    def write(self, rows: Sequence[RowTexts]) -> None:
        """Write rows as one act; raise KamCoderError if one of them cannot be taken."""

    def filled(self, attribute_id: str) -> int:
        """Return how many rows have a value of an attribute."""
        return sum(attribute == attribute_id for attribute, _ in self._values)

    def found(self, attribute_id: str) -> list[str]:
        """Return the different values of an attribute in natural order."""
        return sorted({text for (key, _), text in self._values.items() if key == attribute_id}, key=natural_key)

    def _attribute_columns(self) -> list[Column]:
        return [
            Column(
                attribute.id,
                attribute.name,
                attribute.type,
                ("yes", "no") if attribute.type is AttributeType.YES_NO else attribute.choices,
                attribute,
                tip=_tip(attribute),
            )
            for attribute in self.attributes
        ]


class CaseTable(Table):
    """Cases × attributes, with the numbers of their documents and participants."""

    scope = AttributeScope.CASE
    ordered = True

    def load(self, session: Session | None) -> None:
        """Read everything from a project; nothing for None."""
        super().load(session)
        self.cases = {case.id: case for case in session.cases.all()} if session else {}
        self.ids = list(self.cases)
        self._counts: dict[tuple[str, str], int] = {}
        if session is not None:
            members = [(case_id, DOCUMENTS) for entry in session.documents.entries() for case_id in entry.case_ids]
            members += [(person.case_id or "", PARTICIPANTS) for person in session.cases.participants()]
            for member in members:
                self._counts[member] = self._counts.get(member, 0) + 1
        count = AttributeType.INTEGER
        self.columns = [
            Column(NAME, _tr("Case"), tip=_tr("What is compared; a firm, for example")),
            *self._attribute_columns(),
            Column(
                DOCUMENTS, _tr("Documents"), count, editable=False, tip=_tr("How many documents belong to the case")
            ),
            Column(
                PARTICIPANTS,
                _tr("Participants"),
                count,
                editable=False,
                tip=_tr("How many people of the case were heard"),
            ),
        ]

    def field(self, row_id: str, key: str) -> str:
        """Return a cell that is no attribute."""
        if key == NAME:
            return self.cases[row_id].name
        count = self._counts.get((row_id, key), 0)
        return str(count) if count else ""

    def write(self, rows: Sequence[RowTexts]) -> None:
        """Write cases as one act."""
        assert self.session is not None  # nothing is shown without a project
        cases: list[Case] = []
        values: dict[tuple[str, str], str] = {}
        position = 1 + max((case.position for case in self.cases.values()), default=-1)
        for row_id, texts in rows:
            case = self.cases.get(row_id or "") or Case(new_id(), "", "", position + len(cases))
            if row_id is None or texts.get(NAME, case.name) != case.name:
                cases.append(replace(case, name=texts.get(NAME, "")))
            values.update({(key, case.id): text for key, text in texts.items() if key != NAME})
        self.session.cases.write_cases(cases, values, initiator=INITIATOR)


class ParticipantTable(Table):
    """Participants with their role, experience and case, and attributes of their own."""

    scope = AttributeScope.PARTICIPANT

    def load(self, session: Session | None) -> None:
        """Read everything from a project; nothing for None."""
        super().load(session)
        self._cases = {case.id: case for case in session.cases.all()} if session else {}
        people = session.cases.participants() if session else []
        places = {case_id: place for place, case_id in enumerate(self._cases)}
        people.sort(key=lambda person: (places.get(person.case_id or "", len(places)), natural_key(person.name)))
        self.people = {person.id: person for person in people}
        self.ids = list(self.people)
        names = tuple(case.name for case in self._cases.values())
        self.columns = [
            Column(NAME, _tr("Participant"), tip=_tr("The pseudonym of who was interviewed")),
            Column(CASE, _tr("Case"), AttributeType.CHOICE, names, tip=_tr("The case that the participant speaks for")),
            Column(ROLE, _tr("Role")),
            Column(YEARS, _tr("Years"), AttributeType.INTEGER, tip=_tr("Years of experience as a whole number")),
            Column(EXPERIENCE, _tr("Experience"), tip=_tr("Experience in words")),
            *self._attribute_columns(),
        ]

    def field(self, row_id: str, key: str) -> str:
        """Return a cell that is no attribute."""
        person = self.people[row_id]
        if key == CASE:
            return self._cases[person.case_id].name if person.case_id in self._cases else ""
        if key == YEARS:
            return "" if person.years is None else str(person.years)
        return {NAME: person.name, ROLE: person.role, EXPERIENCE: person.experience}[key]

    def write(self, rows: Sequence[RowTexts]) -> None:
        """Write participants as one act."""
        assert self.session is not None  # nothing is shown without a project
        fields = {NAME, CASE, ROLE, YEARS, EXPERIENCE}
        people: list[Participant] = []
        values: dict[tuple[str, str], str] = {}
        for row_id, texts in rows:
            person = self.people.get(row_id or "") or Participant(new_id(), None, "", "", None, "")
            changed = self._changed(person, texts)
            if row_id is None or changed != person:
                people.append(changed)
            values.update({(key, person.id): text for key, text in texts.items() if key not in fields})
        self.session.cases.write_participants(people, values, initiator=INITIATOR)

    def _changed(self, person: Participant, texts: Mapping[str, str]) -> Participant:
        changed = replace(
            person,
            name=texts.get(NAME, person.name),
            role=texts.get(ROLE, person.role).strip(),
            experience=texts.get(EXPERIENCE, person.experience).strip(),
        )
        if CASE in texts:
            changed = replace(changed, case_id=self._case_id(texts[CASE]))
        if YEARS in texts:
            changed = replace(changed, years=_years(texts[YEARS], changed.name))
        return changed

    def _case_id(self, name: str) -> str | None:
        if not name.strip():
            return None
        for case in self._cases.values():
            if case.name.casefold() == " ".join(name.split()).casefold():
                return case.id
        raise NotFound("case_unknown", case=name)


def sort_key(text: str, column: Column) -> Any:
    """Return what a filled cell is sorted by."""
    if column.type in NUMBERS:
        return Decimal(text)
    return natural_key(text)


def shown_text(text: str, column: Column) -> str:
    """Return a cell as it is shown."""
    if column.type is AttributeType.YES_NO and text:
        return _tr("yes") if text == "yes" else _tr("no")
    return text


def type_name(kind: AttributeType) -> str:
    """Return what a type of attributes is called."""
    return {
        AttributeType.TEXT: _tr("text"),
        AttributeType.INTEGER: _tr("whole number"),
        AttributeType.DECIMAL: _tr("decimal number"),
        AttributeType.YES_NO: _tr("yes or no"),
        AttributeType.DATE: _tr("date"),
        AttributeType.CHOICE: _tr("choice"),
    }[kind]


def type_hint(kind: AttributeType) -> str:
    """Return how a value of a type is written."""
    return {
        AttributeType.TEXT: "",
        AttributeType.INTEGER: _tr("a whole number, such as 250"),
        AttributeType.DECIMAL: _tr("a number, such as 12.5"),
        AttributeType.YES_NO: _tr("yes or no"),
        AttributeType.DATE: _tr("a date, as YYYY-MM-DD"),
        AttributeType.CHOICE: _tr("one of the choices"),
    }[kind]


def _tip(attribute: Attribute) -> str:
    lines = [attribute.name, type_name(attribute.type)]
    if attribute.choices:
        lines.append(", ".join(attribute.choices))
    return "\n".join(lines)


def _years(text: str, participant: str) -> int | None:
    stripped = text.strip().rstrip("+").strip()
    if not stripped:
        return None
    try:
        return int(stripped)
    except ValueError:
        raise InvalidInput("participant_years", value=text, participant=participant) from None


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)
