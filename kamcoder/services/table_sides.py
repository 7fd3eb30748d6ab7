"""One side of a table with its words, and rows brought together by the values of an attribute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from kamcoder.analysis.axes import Axis
from kamcoder.domain.case import Attribute
from kamcoder.formats.tables.grid import Column, ColumnKind, Value
from kamcoder.services.messages import words


@dataclass(frozen=True, slots=True)
class Side:
    """The rows or columns of a table with their words: `labels` are header cells by key, `header` their columns.

    `groups` is for each key the value it is grouped by; empty where rows are not grouped.
    """

    axis: Axis
    header: tuple[Column, ...]
    labels: dict[str, tuple[Value, ...]]
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Return the names in order."""
        return [str(self.labels[group.key][0]) for group in self.axis.groups]


def typed_value(value: str | None, kind: str) -> Value:
    """Return the value of an attribute as a cell has it."""
    if value is None:
        return None
    return int(value) if kind == "integer" else float(value) if kind == "decimal" else value


def together(
    side: Side, attribute: Attribute, values: Mapping[str, str], *, order: Callable[[str], tuple[object, ...]]
) -> Side:
    """Return rows with those of equal value side by side, in the order of the values, those without one last.

    The value stands right behind the name. `values` gives it by key.
    """
    shown = [place for place, column in enumerate(side.header) if column.label != attribute.name or place == 0]
    unknown = words("not_given")
    ranked = sorted(
        side.axis.groups, key=lambda group: (0, order(values[group.key])) if group.key in values else (1, ())
    )
    labels = {}
    for key, cells in side.labels.items():
        value = typed_value(values[key], attribute.type) if key in values else unknown
        kept = [cells[place] for place in shown]
        labels[key] = (kept[0], value, *kept[1:])
    kept_header = [side.header[place] for place in shown]
    return Side(
        axis=replace(side.axis, groups=tuple(ranked)),
        header=(kept_header[0], Column(attribute.name, ColumnKind.ATTRIBUTE), *kept_header[1:]),
        labels=labels,
        groups={group.key: values.get(group.key, "") for group in ranked},
    )
