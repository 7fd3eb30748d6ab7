"""What the styles of a Word document say about bold, headings and lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lxml import etree

from kamcoder.domain.transcript import ParagraphKind

_OFF = frozenset({"0", "false", "off", "none"})
_TITLES = frozenset({"title", "subtitle"})
_BODY_LEVEL = 9  # the outline level of text that is no heading
_LONGEST_CHAIN = 20  # styles based on styles; a ring of them ends here


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says itself (None where it is silent) or, resolved, what holds for its text."""

    bold: bool | None = None
    heading: bool | None = None
    listed: bool | None = None
    based_on: str | None = None

    @property
    def kind(self) -> ParagraphKind:
        """Give the kind of a paragraph in this style."""
        if self.heading:
            return ParagraphKind.HEADING
        return ParagraphKind.LIST_ITEM if self.listed else ParagraphKind.BODY


@cache
def local_name(tag: str) -> str:
    """Give a tag without its namespace, which differs between transitional and strict documents."""
    return tag.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """Give an attribute by its local name."""
    return next((value for key, value in element.items() if local_name(key) == name), None)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Give the first child with a local name."""
    return None if element is None else next((each for each in element if local_name(each.tag) == name), None)


class Styles:
    """The styles of one document, resolved when they are first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read the root element of the styles part; None for a document without one."""
        self._elements: dict[str, etree._Element] = {}  # a document has hundreds of styles and uses a few
        self._resolved: dict[str | None, Style] = {}
        self._default: str | None = None
        for element in () if root is None else root:
            identifier = attribute(element, "styleId")
            if local_name(element.tag) != "style" or identifier is None:
                continue
            self._elements[identifier] = element
            if attribute(element, "type") == "paragraph" and attribute(element, "default") not in {None, *_OFF}:
                self._default = identifier

    def paragraph(self, properties: etree._Element | None) -> Style:
        """Give what holds for a paragraph with these properties (its pPr)."""
        if properties is None:
            return self._resolve(self._default)
        style = self._resolve(_value(child(properties, "pStyle")) or self._default)
        own = _style_of_paragraph(properties)
        if own.heading is None and own.listed is None:
            return style
        return Style(style.bold, _either(own.heading, style.heading), _either(own.listed, style.listed))

    def is_bold(self, properties: etree._Element | None, *, paragraph: Style) -> bool:
        """Tell whether a run with these properties (its rPr) in a paragraph of this style is bold."""
        inherited = bool(paragraph.bold)
        if properties is None:
            return inherited
        own = _toggle(child(properties, "b"))
        if own is not None:
            return own
        identifier = _value(child(properties, "rStyle"))
        # Bold is a toggle: a bold character style in a bold paragraph style sets its text off by not being bold.
        return inherited if identifier is None else inherited != bool(self._resolve(identifier).bold)

    def _resolve(self, identifier: str | None) -> Style:
        if identifier not in self._resolved:
            self._resolved[identifier] = _inherited(self._elements, identifier)
        return self._resolved[identifier]


def _inherited(elements: Mapping[str, etree._Element], identifier: str | None) -> Style:
    result = Style()
    for _ in range(_LONGEST_CHAIN):
        element = elements.get(identifier) if identifier else None
        if element is None:
            break
        style = _style(element)
        result = Style(
            _either(result.bold, style.bold),
            _either(result.heading, style.heading),
            _either(result.listed, style.listed),
        )
        identifier = style.based_on
    return result


def _style(element: etree._Element) -> Style:
    name = (_value(child(element, "name")) or "").lower()
    paragraph = _style_of_paragraph(child(element, "pPr"))
    return Style(
        bold=_toggle(child(child(element, "rPr"), "b")),
        heading=True if name.startswith("heading ") or name in _TITLES else paragraph.heading,
        listed=paragraph.listed,
        based_on=_value(child(element, "basedOn")),
    )


def _style_of_paragraph(properties: etree._Element | None) -> Style:
    level = _value(child(properties, "outlineLvl"))
    number = _value(child(child(properties, "numPr"), "numId"))
    return Style(
        heading=None if level is None or not level.isdecimal() else int(level[:3]) < _BODY_LEVEL,
        listed=None if number is None else number != "0",
    )


def _toggle(element: etree._Element | None) -> bool | None:
    return None if element is None else (_value(element) or "true").lower() not in _OFF


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else attribute(element, "val")


def _either(first: bool | None, second: bool | None) -> bool | None:
    return second if first is None else first
