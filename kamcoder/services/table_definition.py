"""What table is wanted: rows, columns, what a cell tells, and which codings count."""

from dataclasses import dataclass
from enum import StrEnum

from kamcoder.analysis.measures import Measure
from kamcoder.domain.document import SpeakerRole

#: Whose words a table counts unless told otherwise: everybody's but the interviewer's.
INTERVIEWEES = frozenset({SpeakerRole.INTERVIEWEE.value, SpeakerRole.OTHER.value, None})


class TableAxis(StrEnum):
    """What the rows or the columns of a table are; GROUPS are the values of an attribute."""

    CASES = "cases"
    DOCUMENTS = "documents"
    PARTICIPANTS = "participants"
    GROUPS = "groups"
    CODES = "codes"
    CODERS = "coders"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table to be made; codes against codes is the table of what stands together.

    `code_ids` are the codes on an axis (None: the top of the tree); `row_attribute` and `column_attribute` are ids,
    needed where the axis is GROUPS. The filters `coder_ids`, `origins`, `case_ids` and `values` (attribute id, value;
    one of those of each attribute must fit) take all where None. `attributes` tells whether attributes stand beside the
    row's name, `interviewers` whether their words count too. For codes against codes `turns_apart` tells how far two
    passages may be from each other; None: they must overlap.
    """

    rows: TableAxis = TableAxis.CASES
    columns: TableAxis = TableAxis.CODES
    row_attribute: str | None = None
    column_attribute: str | None = None
    code_ids: tuple[str, ...] | None = None
    measure: Measure = Measure.PASSAGES
    coder_ids: frozenset[str] | None = None
    origins: frozenset[str] | None = None
    case_ids: frozenset[str] | None = None
    values: frozenset[tuple[str, str]] | None = None
    attributes: bool = True
    interviewers: bool = False
    turns_apart: int | None = None

    @property
    def roles(self) -> frozenset[str | None] | None:
        """Return the roles of the speakers whose words count; None for all."""
        return None if self.interviewers else INTERVIEWEES
