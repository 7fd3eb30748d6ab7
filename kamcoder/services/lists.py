"""Lists of what a study is made of, as tables to be handed out: cases, participants, interviews."""

from enum import StrEnum
from typing import TYPE_CHECKING

from kamcoder.domain.case import Attribute, AttributeScope, AttributeType
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid, Value
from kamcoder.services.messages import words
from kamcoder.services.table_texts import count_words

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class ListKind(StrEnum):
    """What is listed."""

    CASES = "cases"
    PARTICIPANTS = "participants"
    DOCUMENTS = "documents"


_SCOPES = {
    ListKind.CASES: AttributeScope.CASE,
    ListKind.PARTICIPANTS: AttributeScope.PARTICIPANT,
    ListKind.DOCUMENTS: AttributeScope.DOCUMENT,
}


def list_grid(session: "Session", kind: ListKind) -> Grid:
    """Return a list with all that is known of each entry; numbers stay numbers."""
    attributes = session.cases.attributes(_SCOPES[kind])
    values = session.cases.values()
    heads, rows = {
        ListKind.CASES: _cases,
        ListKind.PARTICIPANTS: _participants,
        ListKind.DOCUMENTS: _documents,
    }[kind](session)
    columns = (
        Column(words(f"row_{kind}"), ColumnKind.NAME),
        *(Column(words(f"column_{head}"), ColumnKind.ATTRIBUTE) for head in heads),
        *(Column(attribute.name, ColumnKind.ATTRIBUTE) for attribute in attributes),
    )
    filled = (
        (*row, *(_typed(values.get((attribute.id, key)), attribute) for attribute in attributes))
        for key, row in rows.items()
    )
    return Grid(words(f"list_{kind}"), "", columns, tuple(filled))


_Rows = tuple[tuple[str, ...], dict[str, tuple[Value, ...]]]


def _cases(session: "Session") -> _Rows:
    entries, people = session.documents.entries(), session.cases.participants()
    rows: dict[str, tuple[Value, ...]] = {
        case.id: (
            case.name,
            case.description,
            ", ".join(entry.document.name for entry in entries if case.id in entry.case_ids),
            ", ".join(person.name for person in people if person.case_id == case.id),
        )
        for case in session.cases.all()
    }
    return ("description", "documents", "participants"), rows


def _participants(session: "Session") -> _Rows:
    cases = {case.id: case.name for case in session.cases.all()}
    rows: dict[str, tuple[Value, ...]] = {
        person.id: (person.name, cases.get(person.case_id or ""), person.role, person.years, person.experience)
        for person in session.cases.participants()
    }
    return ("case", "role", "years", "experience"), rows


def _documents(session: "Session") -> _Rows:
    cases = {case.id: case.name for case in session.cases.all()}
    codings: dict[str, int] = {}
    for line in session.passages.book().lines():
        codings[line.document_id] = codings.get(line.document_id, 0) + 1
    rows: dict[str, tuple[Value, ...]] = {
        entry.document.id: (
            entry.document.name,
            ", ".join(cases[key] for key in entry.case_ids if key in cases),
            entry.document.format,
            count_words(session.documents.text(entry.document.id)),
            codings.get(entry.document.id, 0),
            entry.document.imported_at[:16].replace("T", " "),
        )
        for entry in session.documents.entries()
    }
    return ("case", "format", "words", "codings", "imported"), rows


def _typed(value: str | None, attribute: Attribute) -> Value:
    if not value:
        return None
    if attribute.type is AttributeType.INTEGER:
        return int(value)
    return float(value) if attribute.type is AttributeType.DECIMAL else value
