"""Cases, participants, attributes and their values."""

import json
from collections.abc import Iterable

from kamcoder.domain.case import Attribute, AttributeScope, AttributeType, AttributeValue, Case, Participant
from kamcoder.domain.errors import NotFound
from kamcoder.storage.database import ProjectStore

_TARGET = {
    AttributeScope.CASE: "case_id",
    AttributeScope.PARTICIPANT: "participant_id",
    AttributeScope.DOCUMENT: "document_id",
}


class Cases:
    """Rows of cases, participants, attributes and attribute_values."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def all(self) -> list[Case]:
        """Return all cases in their order."""
        return [
            Case(*row)
            for row in self._store.query("SELECT id, name, description, position FROM cases ORDER BY position, name")
        ]

    def get(self, case_id: str) -> Case:
        """Return one case; raise NotFound."""
        row = self._store.one("SELECT id, name, description, position FROM cases WHERE id = ?", [case_id])
        if row is None:
            raise NotFound("case_unknown", case=case_id)
        return Case(*row)

    def add(self, cases: Iterable[Case]) -> None:
        """Write new cases."""
        self._store.insert(
            "cases",
            [
                {"id": case.id, "name": case.name, "description": case.description, "position": case.position}
                for case in cases
            ],
        )

    def update(self, case: Case) -> None:
        """Write a case that is there."""
        self._store.update("cases", case.id, name=case.name, description=case.description, position=case.position)

    def delete(self, case_id: str) -> None:
        """Delete a case with its links, values, memos, and its participants' membership; summaries must be gone."""
        for (participant_id,) in self._store.query("SELECT id FROM participants WHERE case_id = ?", [case_id]):
            self._store.update("participants", participant_id, case_id=None)
        for table in ("document_cases", "attribute_values", "memos"):
            self._store.delete_where(table, "case_id = ?", [case_id])
        self._store.delete("cases", [case_id])

    def participants(self) -> list[Participant]:
        """Return all participants by name."""
        return [
            Participant(*row)
            for row in self._store.query(
                "SELECT id, case_id, name, role, years, experience FROM participants ORDER BY name"
            )
        ]

    def add_participants(self, participants: Iterable[Participant]) -> None:
        """Write new participants."""
        self._store.insert("participants", [_participant_row(participant) for participant in participants])

    def update_participant(self, participant: Participant) -> None:
        """Write a participant that is there."""
        values = _participant_row(participant)
        self._store.update("participants", participant.id, **values)

    def delete_participant(self, participant_id: str) -> None:
        """Delete a participant with values and memos; the voices that were linked to it stay, unlinked."""
        for (speaker_id,) in self._store.query("SELECT id FROM speakers WHERE participant_id = ?", [participant_id]):
            self._store.update("speakers", speaker_id, participant_id=None)
        for table in ("attribute_values", "memos"):
            self._store.delete_where(table, "participant_id = ?", [participant_id])
        self._store.delete("participants", [participant_id])

    def attributes(self, scope: AttributeScope | None = None) -> list[Attribute]:
        """Return the attributes of a scope, or all, in order."""
        rows = self._store.query(
            "SELECT id, name, type, scope, choices, position FROM attributes ORDER BY position, name"
        )
        found = [
            Attribute(row[0], row[1], AttributeType(row[2]), AttributeScope(row[3]), tuple(json.loads(row[4])), row[5])
            for row in rows
        ]
        return [attribute for attribute in found if scope is None or attribute.scope is scope]

    def add_attributes(self, attributes: Iterable[Attribute]) -> None:
        """Write new attributes."""
        self._store.insert("attributes", [_attribute_row(attribute) for attribute in attributes])

    def update_attribute(self, attribute: Attribute) -> None:
        """Write an attribute that is there."""
        self._store.update("attributes", attribute.id, **_attribute_row(attribute))

    def delete_attribute(self, attribute_id: str) -> None:
        """Delete an attribute with its values."""
        self._store.delete_where("attribute_values", "attribute_id = ?", [attribute_id])
        self._store.delete("attributes", [attribute_id])

    def values(self, attribute_ids: Iterable[str] | None = None) -> list[AttributeValue]:
        """Return the values of some attributes, or all."""
        select = "SELECT id, attribute_id, coalesce(case_id, participant_id, document_id), value FROM attribute_values"
        if attribute_ids is None:
            return [AttributeValue(*row) for row in self._store.query(select)]
        rows = self._store.query_in(f"{select} WHERE attribute_id IN (:in)", attribute_ids)
        return [AttributeValue(*row) for row in rows]

    def add_values(self, scope: AttributeScope, values: Iterable[AttributeValue]) -> None:
        """Write new values of attributes of one scope."""
        self._store.insert(
            "attribute_values",
            [
                {
                    "id": value.id,
                    "attribute_id": value.attribute_id,
                    _TARGET[scope]: value.target_id,
                    "value": value.value,
                }
                for value in values
            ],
        )

    def update_value(self, value_id: str, text: str) -> None:
        """Change a value."""
        self._store.update("attribute_values", value_id, value=text)

    def delete_value(self, value_id: str) -> None:
        """Delete a value: the attribute is unknown for its target."""
        self._store.delete("attribute_values", [value_id])


def _participant_row(participant: Participant) -> dict[str, object]:
    return {
        "id": participant.id,
        "case_id": participant.case_id,
        "name": participant.name,
        "role": participant.role,
        "years": participant.years,
        "experience": participant.experience,
    }


def _attribute_row(attribute: Attribute) -> dict[str, object]:
    return {
        "id": attribute.id,
        "name": attribute.name,
        "type": attribute.type.value,
        "scope": attribute.scope.value,
        "choices": json.dumps(attribute.choices, ensure_ascii=False),
        "position": attribute.position,
    }
