"""Cases, participants, and the typed attributes that describe them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from kamcoder.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Case:
    """Unit of comparison (a firm)."""

    id: str
    name: str
    description: str
    position: int


@dataclass(frozen=True, slots=True)
class Participant:
    """Interviewee: `name` is a pseudonym, `years` of experience as a number, `experience` in words."""

    id: str
    case_id: str | None
    name: str
    role: str
    years: int | None
    experience: str


class AttributeType(StrEnum):
    """What values an attribute takes."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes/no"
    DATE = "date"
    CHOICE = "choice"


class AttributeScope(StrEnum):
    """What an attribute describes."""

    CASE = "case"
    PARTICIPANT = "participant"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Typed variable of a case, participant or document; `choices` only for the type CHOICE."""

    id: str
    name: str
    type: AttributeType
    scope: AttributeScope
    choices: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """The value of an attribute for the entity `target_id` of the attribute's scope, in canonical text form."""

    id: str
    attribute_id: str
    target_id: str
    value: str


_YES = frozenset({"yes", "y", "true", "1", "ja"})
_NO = frozenset({"no", "n", "false", "0", "nee", "nein"})


def canonical_value(attribute: Attribute, text: str) -> str:
    """Return `text` in the canonical form of the attribute's type.

    Integers without grouping, decimals with a point, `yes`/`no`, dates as YYYY-MM-DD, choices as spelled in the
    attribute. Raise InvalidInput if the text is no such value.
    """
    stripped = text.strip()
    try:
        return _CANONICAL[attribute.type](attribute, stripped)
    except (ValueError, InvalidOperation):
        key = "attribute_choice" if attribute.type is AttributeType.CHOICE else "attribute_value"
        raise InvalidInput(
            key,
            attribute=attribute.name,
            type=attribute.type.value,
            value=stripped,
            choices=", ".join(attribute.choices),
        ) from None


def _decimal(_attribute: Attribute, text: str) -> str:
    number = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    if not number.is_finite():
        raise ValueError(text)
    return format(number, "f")


def _yes_no(_attribute: Attribute, text: str) -> str:
    if text.casefold() in _YES:
        return "yes"
    if text.casefold() in _NO:
        return "no"
    raise ValueError(text)


def _choice(attribute: Attribute, text: str) -> str:
    for choice in attribute.choices:
        if choice.casefold() == text.casefold():
            return choice
    raise ValueError(text)


_CANONICAL: dict[AttributeType, Callable[[Attribute, str], str]] = {
    AttributeType.TEXT: lambda _attribute, text: text,
    AttributeType.INTEGER: lambda _attribute, text: str(int(text)),
    AttributeType.DECIMAL: _decimal,
    AttributeType.YES_NO: _yes_no,
    AttributeType.DATE: lambda _attribute, text: date.fromisoformat(text).isoformat(),
    AttributeType.CHOICE: _choice,
}


def infer_type(values: list[str]) -> AttributeType:
    """Return the narrowest type that takes every value of a column; text where there is none or they differ."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return AttributeType.TEXT
    if all(value.casefold() in {"yes", "no"} for value in filled):
        return AttributeType.YES_NO
    for kind in (AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.DATE):
        probe = Attribute("", "", kind, AttributeScope.CASE, (), 0)
        if all(_fits(probe, value) for value in filled):
            return kind
    return AttributeType.TEXT


def _fits(attribute: Attribute, value: str) -> bool:
    try:
        canonical_value(attribute, value)
    except InvalidInput:
        return False
    # Leading zeros carry meaning (postcodes, numbers of a register): such a column is text.
    digits = value.lstrip("+-")
    return not (digits.isdecimal() and len(digits) > 1 and digits.startswith("0"))
