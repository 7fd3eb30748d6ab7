"""What chart is wanted."""

from dataclasses import dataclass, field
from enum import StrEnum

from kamcoder.services.table_definition import TableDefinition


class ChartKind(StrEnum):
    """What a chart shows."""

    HEAT = "heat"
    CODES = "codes"
    GROUPS = "groups"
    TOGETHER = "together"
    PORTRAIT = "portrait"


@dataclass(frozen=True, slots=True)
class ChartDefinition:
    """A chart to be made: a kind, and the table it is drawn from.

    HEAT shades the cells of the table. CODES has a panel for each row (case, attribute value, …) with a bar for each
    code, GROUPS a panel for each code with a bar for each row. TOGETHER tells which codes stand together. PORTRAIT
    shows where in each document of `document_ids` (None: all of the table's cases) codes stand. `table.code_ids` None
    takes the top of the codebook, for TOGETHER all coded codes that have none below them.
    """

    kind: ChartKind = ChartKind.HEAT
    table: TableDefinition = field(default_factory=TableDefinition)
    document_ids: tuple[str, ...] | None = None
