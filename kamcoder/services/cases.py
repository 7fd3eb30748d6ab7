"""Cases, participants and attributes: by hand and from sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kamcoder.domain.case import (
    Attribute,
    AttributeScope,
    AttributeType,
    AttributeValue,
    Case,
    Participant,
    canonical_value,
)
from kamcoder.domain.changes import Operation
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import new_id
from kamcoder.services.editing import Editing


class CaseService:
    """Verbs on cases, participants and attributes."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> list[Case]:
        """Return all cases in their order."""
        return self._editing.rows.cases.all()

    def participants(self) -> list[Participant]:
        """Return all participants."""
        return self._editing.rows.cases.participants()

    def attributes(self, scope: AttributeScope | None = None) -> list[Attribute]:
        """Return the attributes of one scope, or all."""
        return self._editing.rows.cases.attributes(scope)

    def values(self) -> dict[tuple[str, str], str]:
        """Return every known value as {(attribute id, target id): canonical text}."""
        return {(value.attribute_id, value.target_id): value.value for value in self._editing.rows.cases.values()}

    def find(self, name: str) -> Case:
        """Return the case of this name or id, without regard to case; raise NotFound."""
        wanted = name.strip().casefold()
        for case in self.all():
            if case.id == name or case.name.casefold() == wanted:
                return case
        raise NotFound("case_unknown", case=name)

    def add(self, name: str, *, description: str = "", initiator: str | None = None) -> Case:
        """Add a case; raise InvalidInput if the name is empty or taken."""
        cases = self.all()
        case = Case(new_id(), self._case_name(name), description, next_position(cases))
        with self._editing.edit(Operation.ADD_CASE, initiator=initiator, case=case.name):
            self._editing.rows.cases.add([case])
        return case

    def edit(
        self, case_id: str, *, name: str | None = None, description: str | None = None, initiator: str | None = None
    ) -> None:
        """Rename a case or describe it anew."""
        before = self._editing.rows.cases.get(case_id)
        after = replace(
            before,
            name=before.name if name is None else self._case_name(name, besides=case_id),
            description=before.description if description is None else description,
        )
        with self._editing.edit(Operation.EDIT_CASE, initiator=initiator, case=before.name, after=after.name):
            self._editing.rows.cases.update(after)

    def delete(self, case_id: str, *, initiator: str | None = None) -> None:
        """Delete a case with its values, memos and summaries; its documents and participants stay, without it."""
        rows = self._editing.rows
        case = rows.cases.get(case_id)
        summaries = [summary.id for summary in rows.summaries.all() if summary.case_id == case_id]
        with self._editing.edit(Operation.DELETE_CASE, initiator=initiator, case=case.name, summaries=len(summaries)):
            rows.summaries.delete(summaries)
            rows.cases.delete(case_id)

    def add_participant(
        self,
        name: str,
        *,
        case_id: str | None = None,
        role: str = "",
        years: int | None = None,
        experience: str = "",
        initiator: str | None = None,
    ) -> Participant:
        """Add a participant; raise InvalidInput if the pseudonym is empty or taken."""
        trimmed = " ".join(name.split())
        if not trimmed or any(other.name.casefold() == trimmed.casefold() for other in self.participants()):
            raise InvalidInput("participant_name_taken", name=trimmed)
        participant = Participant(new_id(), case_id, trimmed, role.strip(), years, experience.strip())
        with self._editing.edit(Operation.EDIT_PARTICIPANT, initiator=initiator, participant=trimmed):
            self._editing.rows.cases.add_participants([participant])
        return participant

    def edit_participant(self, participant: Participant, *, initiator: str | None = None) -> None:
        """Write a participant as given, by id."""
        known = {item.id: item for item in self.participants()}
        if participant.id not in known:
            raise NotFound("participant_unknown", participant=participant.name)
        for other in known.values():
            if other.id != participant.id and other.name.casefold() == participant.name.casefold():
                raise InvalidInput("participant_name_taken", name=participant.name)
        with self._editing.edit(Operation.EDIT_PARTICIPANT, initiator=initiator, participant=participant.name):
            self._editing.rows.cases.update_participant(participant)

    def add_attribute(
        self,
        name: str,
        kind: AttributeType,
        *,
        scope: AttributeScope = AttributeScope.CASE,
        choices: Sequence[str] = (),
        initiator: str | None = None,
    ) -> Attribute:
        """Define a typed attribute; raise InvalidInput if the name is empty or taken, or a choice has no choices."""
        present = self.attributes(scope)
        attribute = Attribute(
            new_id(), " ".join(name.split()), kind, scope, tuple(choices), next_position(self.attributes())
        )
        check_attribute(attribute, present)
        with self._editing.edit(Operation.EDIT_ATTRIBUTE, initiator=initiator, attribute=attribute.name):
            self._editing.rows.cases.add_attributes([attribute])
        return attribute

    def delete_attribute(self, attribute_id: str, *, initiator: str | None = None) -> None:
        """Delete an attribute with all its values."""
        attribute = self._attribute(attribute_id)
        with self._editing.edit(Operation.EDIT_ATTRIBUTE, initiator=initiator, attribute=attribute.name, deleted=True):
            self._editing.rows.cases.delete_attribute(attribute_id)

    def set_value(self, attribute_id: str, target_id: str, text: str, *, initiator: str | None = None) -> None:
        """Set an attribute of a case, participant or document; an empty text makes it unknown.

        Raise InvalidInput if the text is no value of the attribute's type.
        """
        attribute = self._attribute(attribute_id)
        with self._editing.edit(Operation.SET_VALUE, initiator=initiator, attribute=attribute.name, value=text.strip()):
            write_values(self._editing, attribute.scope, {(attribute, target_id): text})

    def set_value_by_name(self, scope: AttributeScope, target: str, attribute: str, text: str) -> None:
        """Set an attribute by the names of attribute and target, without regard to case; raise NotFound."""
        found = [item for item in self.attributes(scope) if item.name.casefold() == attribute.strip().casefold()]
        if not found:
            raise NotFound("attribute_unknown", attribute=attribute, scope=scope.value)
        self.set_value(found[0].id, self._target(scope, target), text)

    def _target(self, scope: AttributeScope, name: str) -> str:
        if scope is AttributeScope.CASE:
            return self.find(name).id
        rows = self._editing.rows
        named = rows.cases.participants() if scope is AttributeScope.PARTICIPANT else rows.documents.all()
        for item in named:
            if item.name.casefold() == name.strip().casefold():
                return item.id
        raise NotFound(f"{scope.value}_unknown", **{scope.value: name})

    def _attribute(self, attribute_id: str) -> Attribute:
        for attribute in self.attributes():
            if attribute.id == attribute_id:
                return attribute
        raise NotFound("attribute_unknown", attribute=attribute_id, scope="case")

    def _case_name(self, name: str, *, besides: str | None = None) -> str:
        trimmed = " ".join(name.split())
        if not trimmed:
            raise InvalidInput("case_name_empty")
        if any(case.name.casefold() == trimmed.casefold() and case.id != besides for case in self.all()):
            raise InvalidInput("case_name_taken", name=trimmed)
        return trimmed


def next_position(items: Sequence[Case] | Sequence[Attribute]) -> int:
    """Return the position after the last of cases or attributes."""
    return 1 + max((item.position for item in items), default=-1)


def check_attribute(attribute: Attribute, present: Sequence[Attribute]) -> None:
    """Raise InvalidInput if an attribute cannot stand beside those present in its scope."""
    if not attribute.name:
        raise InvalidInput("attribute_name_empty")
    if any(other.name.casefold() == attribute.name.casefold() for other in present):
        raise InvalidInput("attribute_name_taken", name=attribute.name, scope=attribute.scope.value)
    if attribute.type is AttributeType.CHOICE and not attribute.choices:
        raise InvalidInput("attribute_choices", name=attribute.name)


def write_values(editing: Editing, scope: AttributeScope, texts: Mapping[tuple[Attribute, str], str]) -> int:
    """Write values {(attribute, target id): text} in the open act, checked by type; return how many changed."""
    present = {(value.attribute_id, value.target_id): value for value in editing.rows.cases.values()}
    new: list[AttributeValue] = []
    changed = 0
    for (attribute, target_id), text in texts.items():
        known = present.get((attribute.id, target_id))
        if not text.strip():
            if known is not None:
                editing.rows.cases.delete_value(known.id)
                changed += 1
            continue
        value = canonical_value(attribute, text)
        if known is None:
            new.append(AttributeValue(new_id(), attribute.id, target_id, value))
        elif known.value != value:
            editing.rows.cases.update_value(known.id, value)
            changed += 1
    editing.rows.cases.add_values(scope, new)
    return changed + len(new)
