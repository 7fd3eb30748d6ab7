"""The rules that cases, participants and attributes keep when they are written."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kamcoder.domain.case import (
    Attribute,
    AttributeScope,
    AttributeType,
    AttributeValue,
    Case,
    Participant,
    canonical_value,
)
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.ids import new_id
from kamcoder.services.editing import Editing

MOST_YEARS = 200

_Ordered = TypeVar("_Ordered", Case, Attribute)


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


def check_years(years: int | None, participant: str) -> None:
    """Raise InvalidInput if this is no count of years."""
    if years is not None and not 0 <= years <= MOST_YEARS:
        raise InvalidInput("participant_years", value=years, participant=participant)


def clean_choices(kind: AttributeType, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the choices of an attribute of this type, each once, whatever its case; none for another type."""
    trimmed = [" ".join(text.split()) for text in texts] if kind is AttributeType.CHOICE else []
    first: dict[str, str] = {}
    for text in trimmed:
        if text:
            first.setdefault(text.casefold(), text)
    return tuple(first.values())


def checked_names(
    items: Sequence[Case] | Sequence[Participant],
    present: Iterable[Case | Participant],
    *,
    empty: str,
    taken: str,
) -> dict[str, str]:
    """Return {id: trimmed name} of what is to be written; raise InvalidInput if a name is empty or another's.

    `empty` and `taken` are the keys of the sentences.
    """
    holders = {item.name.casefold(): item.id for item in present}
    named: dict[str, str] = {}
    for item in items:
        trimmed = " ".join(item.name.split())
        if not trimmed:
            raise InvalidInput(empty)
        if holders.setdefault(trimmed.casefold(), item.id) != item.id:
            raise InvalidInput(taken, name=trimmed)
        named[item.id] = trimmed
    return named


def moved_by(items: Sequence[_Ordered], item_id: str, by: int) -> list[_Ordered]:
    """Return the items in their order after one was moved `by` places down, at most to the end."""
    order = list(items)
    place = next(place for place, item in enumerate(order) if item.id == item_id)
    item = order.pop(place)
    order.insert(min(max(place + by, 0), len(order)), item)
    return order


def write_values(editing: Editing, scope: AttributeScope, texts: Mapping[tuple[Attribute, str], str]) -> int:
    """Write values {(attribute, target id): text} in the open act, checked by type; return how many changed."""
    filled = editing.rows.cases.values({attribute.id for attribute, _ in texts})
    present = {(value.attribute_id, value.target_id): value for value in filled}
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
