"""What a comparison of coders is asked for and what it gives: plain values for the window and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kamcoder.analysis.agreement.kinds import DisagreementKind, Figure, Interval, Undefined, Unit, UnitRule
from kamcoder.domain.codebook import Code
from kamcoder.domain.coding import Coder, Origin
from kamcoder.domain.document import Document, TextSpan


@dataclass(frozen=True, slots=True)
class CompareScope:
    """What is compared. None takes all: everybody who has begun (but the consensus), all documents, all codes.

    `children`: a code takes in the codes below it. `interviewers`: their words are compared too. `trim`: white space at
    the ends of a coding is left out; `snap`: codings that cut a word take all of it. `origins`: only codings that came
    to be so. `resamples`: for intervals, none if 0.
    """

    coder_ids: tuple[str, ...] | None = None
    document_ids: frozenset[str] | None = None
    case_ids: frozenset[str] | None = None
    code_ids: tuple[str, ...] | None = None
    children: bool = True
    unit: Unit = Unit.CHARACTER
    rule: UnitRule = UnitRule.HALF_OR_INSIDE
    interviewers: bool = False
    trim: bool = True
    snap: bool = False
    origins: frozenset[Origin] | None = None
    resamples: int = 0
    seed: int = 1


class Remark(StrEnum):
    """What a reader must be told about the figures of a code."""

    NOT_USED = "not_used"
    NO_VARIATION = "no_variation"
    NO_COMMON_TEXT = "no_common_text"
    ONLY_ONE_CODER = "only_one_coder"
    BELOW_CHANCE = "below_chance"
    HIGH_PERCENT_LOW_KAPPA = "high_percent_low_kappa"


class Cluster(StrEnum):
    """What was drawn for the intervals."""

    DOCUMENT = "document"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class CoderUse:
    """How much one coder used a code: passages, and units marked of those he could have marked."""

    coder_id: str
    passages: int
    marked: int
    read: int

    @property
    def share(self) -> float | None:
        """Return the prevalence, None if there was nothing to read."""
        return self.marked / self.read if self.read else None


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders on one code: units by who marked them, the figures of that table, and passages of each kind.

    `documents` is the number of documents both worked on; the intervals are None unless asked for.
    """

    first_id: str
    second_id: str
    documents: int
    both: int
    only_first: int
    only_second: int
    neither: int
    percent: Figure
    kappa: Figure
    f1: Figure
    jaccard: Figure
    brennan_prediger: Figure
    gwet_ac1: Figure
    prevalence_index: Figure
    bias_index: Figure
    passages: Mapping[DisagreementKind, int]
    kappa_interval: Interval | None = None
    f1_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """All coders on one code, or on all codes together (`code` None, the pooled figures).

    `percent`, `fleiss_kappa`, `brennan_prediger` and `gwet_ac1` are those for any number of coders; `kappa`, `f1` and
    `jaccard` are means over the pairs that have them; `alpha` is Krippendorff's, nominal.
    """

    code: Code | None
    uses: tuple[CoderUse, ...]
    pairs: tuple[PairAgreement, ...]
    percent: Figure
    kappa: Figure
    alpha: Figure
    fleiss_kappa: Figure
    f1: Figure
    jaccard: Figure
    brennan_prediger: Figure
    gwet_ac1: Figure
    remark: Remark | None
    alpha_interval: Interval | None = None

    @property
    def passages(self) -> dict[DisagreementKind, int]:
        """Return the passages of each kind, added up over the pairs."""
        return {kind: sum(pair.passages[kind] for pair in self.pairs) for kind in DisagreementKind}

    def only(self, coder_id: str) -> int:
        """Return the passages that only this coder has, added up over his pairs."""
        first = sum(pair.passages[DisagreementKind.ONLY_FIRST] for pair in self.pairs if pair.first_id == coder_id)
        return first + sum(
            pair.passages[DisagreementKind.ONLY_SECOND] for pair in self.pairs if pair.second_id == coder_id
        )


@dataclass(frozen=True, slots=True)
class MeanAgreement:
    """Means over the codes that have the figure; `left_out` codes have no kappa. `pooled_kappa` pools its parts."""

    kappa: Figure
    alpha: Figure
    f1: Figure
    pooled_kappa: Figure
    codes: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The whole comparison. `documents` are compared, `left_out` are in scope but fewer than two coders worked there.

    `size` is the number of units compared; `cluster` what was drawn for the intervals, None without them.
    """

    scope: CompareScope
    coders: tuple[Coder, ...]
    documents: tuple[Document, ...]
    left_out: tuple[Document, ...]
    size: int
    codes: tuple[CodeAgreement, ...]
    pooled: CodeAgreement
    mean: MeanAgreement
    cluster: Cluster | None

    def of(self, code_id: str) -> CodeAgreement:
        """Return the figures of one code; raise KeyError if it was not compared."""
        for found in self.codes:
            if found.code is not None and found.code.id == code_id:
                return found
        raise KeyError(code_id)


@dataclass(frozen=True, slots=True)
class ComparedPassage:
    """A stretch of text behind a figure: from the first to the last character of the codings that make it.

    `code_id` is the code looked at (the compared one, with its children if they count). For OTHER_CODE, one side has
    the codings of this code and the other side those with another.
    """

    document_id: str
    span: TextSpan
    code_id: str
    kind: DisagreementKind
    first_ids: tuple[str, ...]
    second_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SegmentAgreement:
    """Two coders' codings of one code matched as wholes: how many found a partner, and 2M / (2M + U1 + U2).

    `code_id` is None for all codes together.
    """

    code_id: str | None
    first_id: str
    second_id: str
    matched: int
    only_first: int
    only_second: int
    f1: Figure


@dataclass(frozen=True, slots=True)
class SegmentPassage:
    """A coding of a pair with its partner, or without: then alone, or with the one that overlaps it too little.

    `overlap` is what the two share, as a share of the text of either or of the longer one; None for one alone.
    """

    code_id: str
    first_id: str
    second_id: str
    matched: bool
    overlap: float | None
    coding_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExclusiveAgreement:
    """The unitizing alphas of codes that exclude one another, over the documents that all coders worked on.

    `violations` are pairs of codings by one coder that share text; then no figure has a value. `kappas` are those of
    the pairs over characters, "none of the codes" being a category.
    """

    code_ids: tuple[str, ...]
    documents: int
    size: int
    u_alpha: Figure
    bar_u_alpha: Figure
    cu_alpha: Figure
    coverage: Figure
    k_alphas: Mapping[str, Figure]
    k_coverages: Mapping[str, Figure]
    kappas: Mapping[tuple[str, str], Figure]
    violations: tuple[tuple[str, str], ...]


def figure(value: float, reason: Undefined) -> Figure:
    """Return a value, or for NaN the reason why there is none."""
    return Figure(value) if value == value else Figure(None, reason)  # NaN alone differs from itself
