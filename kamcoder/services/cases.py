"""Cases, participants and attributes: by hand and from sheets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kamcoder.domain.case import (
    Attribute,
    AttributeScope,
    AttributeType,
    Case,
    Participant,
    canonical_value,
)
from kamcoder.domain.changes import Operation
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import new_id
from kamcoder.domain.memo import MemoTarget
from kamcoder.services.case_rules import (
    check_attribute,
    check_years,
    checked_names,
    clean_choices,
    moved_by,
    next_position,
    write_values,
)
from kamcoder.services.editing import Editing

__all__ = ["CaseService", "Impact", "next_position"]


@dataclass(frozen=True, slots=True)
class Impact:
    """What goes with cases that are deleted (values, memos, summaries), and what stays without them."""

    values: int
    memos: int
    summaries: int
    documents: int
    participants: int


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

    def values(self, scope: AttributeScope | None = None) -> dict[tuple[str, str], str]:
        """Return every known value of one scope, or all, as {(attribute id, target id): canonical text}."""
        wanted = None if scope is None else [attribute.id for attribute in self.attributes(scope)]
        return {(value.attribute_id, value.target_id): value.value for value in self._editing.rows.cases.values(wanted)}

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

    def move(self, case_id: str, by: int, *, initiator: str | None = None) -> None:
        """Move a case `by` places down in the order of cases (up if negative), at most to the end."""
        moved = self._editing.rows.cases.get(case_id)
        with self._editing.edit(Operation.EDIT_CASE, initiator=initiator, case=moved.name, moved=by):
            for position, case in enumerate(moved_by(self.all(), case_id, by)):
                self._editing.rows.cases.update(replace(case, position=position))

    def write_cases(
        self, cases: Sequence[Case], values: Mapping[tuple[str, str], str], *, initiator: str | None = None
    ) -> None:
        """Write cases, new or known by id, and values {(attribute id, case id): text; empty: unknown} as one act.

        Raise InvalidInput if a name is empty or taken or a text is no value; nothing is written then.
        """
        present = {case.id: case for case in self.all()}
        named = checked_names(cases, present.values(), empty="case_name_empty", taken="case_name_taken")
        texts = self._texts(AttributeScope.CASE, values)
        new = [replace(case, name=named[case.id]) for case in cases if case.id not in present]
        operation = Operation.EDIT_CASE if cases else Operation.SET_VALUE
        if new:
            operation = Operation.ADD_CASE if len(new) == 1 else Operation.IMPORT_CASES
        with self._editing.edit(operation, initiator=initiator, cases=list(named.values()), values=len(texts)):
            self._editing.rows.cases.add(new)
            for case in cases:
                if case.id in present:
                    self._editing.rows.cases.update(replace(case, name=named[case.id]))
            write_values(self._editing, AttributeScope.CASE, texts)

    def impact(self, case_ids: Iterable[str]) -> Impact:
        """Return what would go and what would stay if these cases were deleted."""
        rows, gone = self._editing.rows, set(case_ids)
        return Impact(
            values=sum(value.target_id in gone for value in rows.cases.values()),
            memos=sum(len(rows.memos.about(MemoTarget.CASE, case_id)) for case_id in gone),
            summaries=sum(summary.case_id in gone for summary in rows.summaries.all()),
            documents=len({document for document, case_id in rows.documents.case_links() if case_id in gone}),
            participants=sum(person.case_id in gone for person in rows.cases.participants()),
        )

    def delete(self, case_id: str, *, initiator: str | None = None) -> None:
        """Delete a case with its values, memos and summaries; its documents and participants stay, without it."""
        self.delete_many([case_id], initiator=initiator)

    def delete_many(self, case_ids: Sequence[str], *, initiator: str | None = None) -> None:
        """Delete several cases as one act, as `delete` does."""
        rows, gone = self._editing.rows, set(case_ids)
        names = ", ".join(rows.cases.get(case_id).name for case_id in case_ids)
        summaries = [summary.id for summary in rows.summaries.all() if summary.case_id in gone]
        with self._editing.edit(Operation.DELETE_CASE, initiator=initiator, case=names, summaries=len(summaries)):
            rows.summaries.delete(summaries)
            for case_id in case_ids:
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
        participant = Participant(new_id(), case_id, " ".join(name.split()), role.strip(), years, experience.strip())
        self.write_participants([participant], {}, initiator=initiator)
        return participant

    def edit_participant(self, participant: Participant, *, initiator: str | None = None) -> None:
        """Write a participant as given, by id."""
        if all(item.id != participant.id for item in self.participants()):
            raise NotFound("participant_unknown", participant=participant.name)
        self.write_participants([participant], {}, initiator=initiator)

    def write_participants(
        self, people: Sequence[Participant], values: Mapping[tuple[str, str], str], *, initiator: str | None = None
    ) -> None:
        """Write participants, new or known by id, and values {(attribute id, participant id): text} as one act.

        Raise InvalidInput if a pseudonym is empty or taken, the years are no count of years or a text is no value.
        """
        rows = self._editing.rows
        present = {person.id: person for person in self.participants()}
        named = checked_names(people, present.values(), empty="participant_name_empty", taken="participant_name_taken")
        for person in people:
            check_years(person.years, person.name)
        texts = self._texts(AttributeScope.PARTICIPANT, values)
        operation = Operation.EDIT_PARTICIPANT if people else Operation.SET_VALUE
        who = ", ".join(named.values())
        with self._editing.edit(operation, initiator=initiator, participant=who, values=len(texts)):
            written = [replace(person, name=named[person.id]) for person in people]
            rows.cases.add_participants([person for person in written if person.id not in present])
            for person in written:
                if person.id in present:
                    rows.cases.update_participant(person)
            write_values(self._editing, AttributeScope.PARTICIPANT, texts)

    def delete_participants(self, participant_ids: Sequence[str], *, initiator: str | None = None) -> None:
        """Delete participants with their values and memos as one act; what they said stays in the documents."""
        known = {person.id: person.name for person in self.participants()}
        for participant_id in participant_ids:
            if participant_id not in known:
                raise NotFound("participant_unknown", participant=participant_id)
        names = ", ".join(known[participant_id] for participant_id in participant_ids)
        with self._editing.edit(Operation.EDIT_PARTICIPANT, initiator=initiator, participant=names, deleted=True):
            for participant_id in participant_ids:
                self._editing.rows.cases.delete_participant(participant_id)

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
            new_id(),
            " ".join(name.split()),
            kind,
            scope,
            clean_choices(kind, choices),
            next_position(self.attributes()),
        )
        check_attribute(attribute, present)
        with self._editing.edit(Operation.EDIT_ATTRIBUTE, initiator=initiator, attribute=attribute.name):
            self._editing.rows.cases.add_attributes([attribute])
        return attribute

    def edit_attribute(
        self,
        attribute_id: str,
        *,
        name: str | None = None,
        kind: AttributeType | None = None,
        choices: Sequence[str] | None = None,
        initiator: str | None = None,
    ) -> None:
        """Rename an attribute, or change its type or choices; its values are brought into the form of the new type.

        Raise InvalidInput if the name is empty or taken or a value does not fit; nothing is changed then.
        """
        before = self._attribute(attribute_id)
        after = replace(
            before,
            name=before.name if name is None else " ".join(name.split()),
            type=kind or before.type,
            choices=clean_choices(kind or before.type, before.choices if choices is None else choices),
        )
        check_attribute(after, [other for other in self.attributes(before.scope) if other.id != attribute_id])
        rows = self._editing.rows.cases
        with self._editing.edit(
            Operation.EDIT_ATTRIBUTE,
            initiator=initiator,
            attribute=before.name,
            after=after.name,
            type=after.type.value,
        ):
            rows.update_attribute(after)
            for value in rows.values([attribute_id]):
                rows.update_value(value.id, canonical_value(after, value.value))

    def move_attribute(self, attribute_id: str, by: int, *, initiator: str | None = None) -> None:
        """Move an attribute `by` places on among those of its scope (back if negative), at most to the end."""
        moved = self._attribute(attribute_id)
        others = [item for item in self.attributes() if item.scope is not moved.scope]
        order = [*moved_by(self.attributes(moved.scope), attribute_id, by), *others]
        with self._editing.edit(Operation.EDIT_ATTRIBUTE, initiator=initiator, attribute=moved.name, moved=by):
            for position, attribute in enumerate(order):
                self._editing.rows.cases.update_attribute(replace(attribute, position=position))

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

    def set_values(
        self, scope: AttributeScope, values: Mapping[tuple[str, str], str], *, initiator: str | None = None
    ) -> None:
        """Set many values {(attribute id, target id): text} of one scope as one act; an empty text makes unknown.

        Raise InvalidInput if a text is no value of its attribute's type; nothing is written then.
        """
        texts = self._texts(scope, values)
        with self._editing.edit(Operation.SET_VALUE, initiator=initiator, values=len(texts)):
            write_values(self._editing, scope, texts)

    def set_value_by_name(self, scope: AttributeScope, target: str, attribute: str, text: str) -> None:
        """Set an attribute by the names of attribute and target, without regard to case; raise NotFound."""
        found = [item for item in self.attributes(scope) if item.name.casefold() == attribute.strip().casefold()]
        if not found:
            raise NotFound("attribute_unknown", attribute=attribute, scope=scope.value)
        self.set_value(found[0].id, self._target(scope, target), text)

    def _texts(self, scope: AttributeScope, values: Mapping[tuple[str, str], str]) -> dict[tuple[Attribute, str], str]:
        known = {attribute.id: attribute for attribute in self.attributes(scope)}
        for attribute_id, _ in values:
            if attribute_id not in known:
                raise NotFound("attribute_unknown", attribute=attribute_id, scope=scope.value)
        return {(known[attribute_id], target_id): text for (attribute_id, target_id), text in values.items()}

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
