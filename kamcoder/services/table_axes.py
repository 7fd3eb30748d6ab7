"""The rows and columns of tables: which cases, documents, people, groups, codes or coders, and their words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kamcoder.analysis.axes import Axis, AxisField, code_axis, grouped, grouped_documents, single_axis
from kamcoder.domain.case import Attribute, AttributeScope, AttributeType, Participant
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.project import natural_key
from kamcoder.formats.tables.grid import Column, ColumnKind, Value
from kamcoder.services.actor_tables import NamedActors
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words
from kamcoder.services.table_definition import TableAxis, TableDefinition
from kamcoder.services.table_sides import Side, together, typed_value

#: The group of what has no value.
NOT_GIVEN = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a table looks at: None takes all."""

    cases: frozenset[str] | None
    documents: frozenset[str] | None
    participants: frozenset[str] | None


class AxisMaker:
    """Makes the sides of one table."""

    def __init__(self, editing: Editing, definition: TableDefinition, named: NamedActors) -> None:
        self._rows = editing.rows
        self._named = named
        self._definition = definition
        self._values = {(item.attribute_id, item.target_id): item.value for item in self._rows.cases.values()}
        self._cases_of: dict[str, list[str]] = {}
        for document_id, case_id in self._rows.documents.case_links():
            self._cases_of.setdefault(document_id, []).append(case_id)
        self.scope = self._scope()

    def rows(self) -> Side:
        """Return the rows, brought together by an attribute if that is wanted."""
        wanted = self._definition
        side = self._side(wanted.rows, wanted.row_attribute, wanted.attributes)
        if wanted.group_by is None:
            return side
        attribute = self.attribute(wanted.group_by)
        return together(side, attribute, self._group_values(attribute), order=_value_key(attribute))

    def columns(self) -> Side:
        """Return the columns; attributes are not told beside them."""
        return self._side(self._definition.columns, self._definition.column_attribute, attributes=False)

    def attribute(self, attribute_id: str | None) -> Attribute:
        """Return an attribute; raise NotFound, or InvalidInput where none is named."""
        if attribute_id is None:
            raise InvalidInput("table_needs_attribute")
        for attribute in self._rows.cases.attributes():
            if attribute.id == attribute_id:
                return attribute
        raise NotFound("attribute_unknown", attribute=attribute_id, scope=AttributeScope.CASE.value)

    def _side(self, axis: TableAxis, attribute_id: str | None, attributes: bool) -> Side:
        makers: dict[TableAxis, Callable[[], Side]] = {
            TableAxis.CASES: lambda: self._cases(attributes),
            TableAxis.DOCUMENTS: lambda: self._documents(attributes),
            TableAxis.PARTICIPANTS: lambda: self._participants(attributes),
            TableAxis.GROUPS: lambda: self._groups(self.attribute(attribute_id)),
            TableAxis.CODES: self._codes,
            TableAxis.CODERS: self._coders,
            TableAxis.ACTORS: self._actors,
        }
        return makers[axis]()

    def _group_values(self, attribute: Attribute) -> dict[str, str]:
        """Return the value of an attribute for each row; raise InvalidInput if rows have no such attribute."""
        axis, scope = self._definition.rows, attribute.scope
        if (axis.value, scope.value) in (("cases", "case"), ("documents", "document"), ("participants", "participant")):
            carriers = {target: target for key, target in self._values if key == attribute.id}
        elif scope is AttributeScope.CASE and axis is TableAxis.DOCUMENTS:
            carriers = {document: cases[0] for document, cases in self._cases_of.items()}
        elif scope is AttributeScope.CASE and axis is TableAxis.PARTICIPANTS:
            carriers = {person.id: person.case_id for person in self._rows.cases.participants() if person.case_id}
        else:
            raise InvalidInput("table_grouping", attribute=attribute.name, rows=words(f"columns_{axis}"))
        found = {key: self._values.get((attribute.id, carrier), NOT_GIVEN) for key, carrier in carriers.items()}
        return {key: value for key, value in found.items() if value}

    # -- what is looked at -----------------------------------------------------------------------------------------

    def _scope(self) -> Scope:
        wanted = self._definition
        cases = wanted.case_ids
        documents: set[str] | None = None
        participants: frozenset[str] | None = None
        for attribute_id, values in _by_attribute(wanted.values):
            scope = self.attribute(attribute_id).scope
            fitting = frozenset(
                target for (known, target), value in self._values.items() if known == attribute_id and value in values
            )
            if scope is AttributeScope.CASE:
                cases = fitting if cases is None else cases & fitting
            elif scope is AttributeScope.DOCUMENT:
                documents = set(fitting) if documents is None else documents & fitting
            else:
                participants = fitting if participants is None else participants & fitting
        if cases is not None:
            inside = {document for document, linked in self._cases_of.items() if not cases.isdisjoint(linked)}
            documents = inside if documents is None else documents & inside
        return Scope(cases, None if documents is None else frozenset(documents), participants)

    # -- the axes --------------------------------------------------------------------------------------------------

    def _cases(self, attributes: bool) -> Side:
        cases = [case for case in self._rows.cases.all() if _within(case.id, self.scope.cases)]
        axis = grouped_documents([case.id for case in cases], self._cases_of)
        names = {case.id: case.name for case in cases}
        return self._described(axis, names, TableAxis.CASES, AttributeScope.CASE if attributes else None)

    def _documents(self, attributes: bool) -> Side:
        documents = [item for item in self._rows.documents.all() if _within(item.id, self.scope.documents)]
        names = {item.id: item.name for item in sorted(documents, key=lambda item: natural_key(item.name))}
        axis = single_axis(AxisField.DOCUMENT, names)
        return self._described(axis, names, TableAxis.DOCUMENTS, AttributeScope.DOCUMENT if attributes else None)

    def _participants(self, attributes: bool) -> Side:
        people = [
            person
            for person in sorted(self._rows.cases.participants(), key=lambda person: natural_key(person.name))
            if _within(person.id, self.scope.participants) and _within(person.case_id, self.scope.cases)
        ]
        names = {person.id: person.name for person in people}
        axis = single_axis(AxisField.PARTICIPANT, names)
        side = self._described(axis, names, TableAxis.PARTICIPANTS, AttributeScope.PARTICIPANT if attributes else None)
        return _with_person(side, people) if attributes else side

    def _groups(self, attribute: Attribute) -> Side:
        members = self._members(attribute.scope)
        targets = {target for found in members.values() for target in found}
        known = {self._values.get((attribute.id, target), NOT_GIVEN) for target in targets}
        order = sorted(known - {NOT_GIVEN}, key=_value_key(attribute)) + ([NOT_GIVEN] if NOT_GIVEN in known else [])
        groups = {
            member: {self._values.get((attribute.id, target), NOT_GIVEN) for target in found}
            for member, found in members.items()
        }
        field = AxisField.PARTICIPANT if attribute.scope is AttributeScope.PARTICIPANT else AxisField.DOCUMENT
        labels: dict[str, tuple[Value, ...]] = {
            value: (typed_value(value, attribute.type) if value else words("not_given"),) for value in order
        }
        return Side(grouped(field, order, groups), (Column(attribute.name, ColumnKind.NAME),), labels)

    def _members(self, scope: AttributeScope) -> dict[str, Sequence[str]]:
        """Return for each document or participant what carries the values of an attribute of this scope."""
        if scope is AttributeScope.CASE:
            members: dict[str, Sequence[str]] = dict(self._cases_of)
            return {key: found for key, found in members.items() if _within(key, self.scope.documents)}
        if scope is AttributeScope.DOCUMENT:
            keys = [item.id for item in self._rows.documents.all() if _within(item.id, self.scope.documents)]
        else:
            keys = [
                person.id for person in self._rows.cases.participants() if _within(person.id, self.scope.participants)
            ]
        return {key: (key,) for key in keys}

    def _codes(self) -> Side:
        book = self._rows.codes.codebook()
        chosen = self._definition.code_ids
        if chosen is None:
            chosen = codes_at(book, below=self._definition.below, level=self._definition.level)
        ids = list(dict.fromkeys(chosen))
        labels: dict[str, tuple[Value, ...]] = {
            key: (name,) for key, name in zip(ids, code_names(book, ids), strict=True)
        }
        return Side(code_axis(book, ids), (Column(words("row_codes"), ColumnKind.NAME),), labels)

    def _coders(self) -> Side:
        at_work, wanted = self._rows.codings.coders_at_work(), self._definition.coder_ids
        coders = [coder for coder in self._rows.coders.all() if coder.id in at_work and _within(coder.id, wanted)]
        axis = single_axis(AxisField.CODER, [coder.id for coder in coders])
        labels: dict[str, tuple[Value, ...]] = {coder.id: (coder.name,) for coder in coders}
        return Side(axis, (Column(words("row_coders"), ColumnKind.NAME),), labels)

    def _actors(self) -> Side:
        """Return the actors that the codings of this table name, in their order."""
        chosen, below = self._definition.code_ids, self._definition.below
        book = self._rows.codes.codebook()
        if chosen is None and below is not None:
            chosen = codes_at(book, below=below, level=self._definition.level)
        counted = None if chosen is None else frozenset[str]().union(*(book.subtree(code_id) for code_id in chosen))
        axis, names = self._named.axis(code_ids=counted)
        labels: dict[str, tuple[Value, ...]] = {key: (name,) for key, name in names.items()}
        return Side(axis, (Column(words("row_actors"), ColumnKind.NAME),), labels)

    def _described(self, axis: Axis, names: dict[str, str], kind: TableAxis, scope: AttributeScope | None) -> Side:
        attributes = self._rows.cases.attributes(scope) if scope else []
        header = (
            Column(words(f"row_{kind}"), ColumnKind.NAME),
            *(Column(attribute.name, ColumnKind.ATTRIBUTE) for attribute in attributes),
        )
        labels: dict[str, tuple[Value, ...]] = {
            key: (
                name,
                *(typed_value(self._values.get((attribute.id, key)), attribute.type) for attribute in attributes),
            )
            for key, name in names.items()
        }
        return Side(axis, header, labels)


def codes_at(book: Codebook, *, below: str | None, level: int) -> tuple[str, ...]:
    """Return the codes `level` steps below a code, or from the top; a code that ends before that stands for itself."""
    if below is not None:
        book.get(below)
    found = (
        code.id
        for depth, code in book.walk(below, depth=1)
        if depth == level or (depth < level and not book.children(code.id))
    )
    return tuple(found) or (() if below is None else (below,))


def code_names(book: Codebook, code_ids: Sequence[str]) -> list[str]:
    """Return the codes' names, or their paths where two would else be named alike."""
    names = [book.get(code_id).name for code_id in code_ids]
    return [
        book.path(code_id) if names.count(name) > 1 else name for code_id, name in zip(code_ids, names, strict=True)
    ]


def _by_attribute(values: Iterable[tuple[str, str]] | None) -> list[tuple[str, set[str]]]:
    groups: dict[str, set[str]] = {}
    for attribute_id, value in sorted(values or ()):
        groups.setdefault(attribute_id, set()).add(value)
    return list(groups.items())


def _within(key: str | None, wanted: frozenset[str] | None) -> bool:
    return wanted is None or key in wanted


def _value_key(attribute: Attribute) -> Callable[[str], tuple[object, ...]]:
    if attribute.type in (AttributeType.INTEGER, AttributeType.DECIMAL):
        return lambda value: (float(value),)
    if attribute.type is AttributeType.CHOICE:
        return lambda value: (attribute.choices.index(value) if value in attribute.choices else len(attribute.choices),)
    return natural_key


def _with_person(side: Side, people: Sequence[Participant]) -> Side:
    header = (
        side.header[0],
        Column(words("column_role"), ColumnKind.ATTRIBUTE),
        Column(words("column_years"), ColumnKind.ATTRIBUTE),
        *side.header[1:],
    )
    labels = {
        person.id: (side.labels[person.id][0], person.role, person.years, *side.labels[person.id][1:])
        for person in people
    }
    return Side(side.axis, header, labels)
