"""What goes into a case report."""

from dataclasses import dataclass
from enum import StrEnum

from kamcoder.analysis.measures import Measure
from kamcoder.formats.report.model import Block


class ReportPart(StrEnum):
    """Parts of a case report that can be left out."""

    QUOTES = "quotes"
    TABLES = "tables"
    GUIDE = "guide"
    DISCUSSION = "discussion"
    METHODS = "methods"


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section that others put into the methods appendix, such as the agreement of the coders."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes in; None takes all cases, the top of the codebook, everybody's codings.

    `quotes` is how many stand in a section at most. `heading_attributes` are the ids of the attributes that name a
    case (None: the first three). With `pseudonyms` interviews are named by their interviewees' pseudonyms only.
    `measure` is that of the tables across the cases.
    """

    case_ids: tuple[str, ...] | None = None
    code_ids: tuple[str, ...] | None = None
    coder_ids: frozenset[str] | None = None
    quotes: int = 3
    pseudonyms: bool = False
    heading_attributes: tuple[str, ...] | None = None
    measure: Measure = Measure.PASSAGES
    without: frozenset[ReportPart] = frozenset()

    @property
    def most_quotes(self) -> int:
        """Return how many quotes stand in a section at most."""
        return 0 if ReportPart.QUOTES in self.without else self.quotes
