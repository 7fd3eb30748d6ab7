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

    The codes on an axis are `code_ids`, or where None those `level` steps down from `below` (None: from the top of the
    tree); a code that ends before that level stands for itself. `row_attribute` and `column_attribute` are ids, needed
    where the axis is GROUPS; `group_by` is an attribute whose values bring rows together. The filters `coder_ids`,
    `origins`, `case_ids`, `only_codes` (with all below them) and `values` (attribute id, value; one of those of each
    attribute must fit) take all where None. `attributes` tells whether attributes stand beside the row's name.
    `speaker_roles` are values of SpeakerRole whose words count, None among them where nobody is known to speak; without
    them all count but the interviewers', and with `interviewers` theirs too. For codes against codes `turns_apart`
    tells how far two passages may be from each other; None: they must overlap. `hide_empty` leaves out rows and columns
    without anything in them.
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
    below: str | None = None
    level: int = 1
    only_codes: frozenset[str] | None = None
    speaker_roles: frozenset[str | None] | None = None
    group_by: str | None = None
    hide_empty: bool = False

    @property
    def roles(self) -> frozenset[str | None] | None:
        """Return the roles of the speakers whose words count; None for all."""
        if self.speaker_roles is not None:
            return self.speaker_roles
        return None if self.interviewers else INTERVIEWEES

    @property
    def of_actors(self) -> bool:
        """Tell whether actors must be known for this table."""
        return TableAxis.ACTORS in (self.rows, self.columns) or self.measure is Measure.ACTORS

    @property
    def of_codes(self) -> bool:
        """Tell whether rows or columns are codes."""
        return TableAxis.CODES in (self.rows, self.columns)
