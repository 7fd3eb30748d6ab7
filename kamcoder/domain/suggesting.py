"""What the suggestion engine is given and what it gives back: plain values that travel between processes.

A `Study` is one coder's view of a project. What comes back never contains words for people, only data from which the
window and the command line make them. Stored suggestions are in `suggestion`, figures in `suggestion_quality`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kamcoder.domain.actor import Wording
from kamcoder.domain.codebook import Code
from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.suggestion import SuggestionState
from kamcoder.domain.transcript import GuideQuestion


class SuggestingError(KamCoderError):
    """The engine cannot do what was asked; a damaged model (`suggest_model_damaged`) is to be trained anew."""


class ActorRole(StrEnum):
    """Who a person in the text is, as far as involvement goes."""

    TOP_MANAGER = "TM"
    ACCOUNT_MANAGER = "KAM"
    CUSTOMER = "customer"
    OTHER = "other"


class LexiconKind(StrEnum):
    """How the pattern of a lexicon entry is to be read."""

    PHRASE = "phrase"  # words in any inflection; `*` stands for up to three words between
    EXACT = "exact"  # exactly these words, without regard to case
    REGEX = "regex"  # a regular expression over one word each, separated by blanks
    RELATION = "relation"  # actor -> verb [-> object], such as `TM -> meet -> customer`; needs the English model


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """Words that speak for a code; `weight` from 1 (weak) to 3 (strong), negative against it."""

    code_id: str
    pattern: str
    kind: LexiconKind = LexiconKind.PHRASE
    weight: float = 2.0
    id: str = ""


@dataclass(frozen=True, slots=True)
class CastMember:
    """A name and who it is; in one document, or in all when `document_id` is None."""

    name: str
    role: ActorRole
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class StudyTurn:
    """One speaker's stretch; `speaker` and `participant` are names for telling voices apart."""

    span: TextSpan
    kind: TurnKind
    role: SpeakerRole | None = None
    guide_question: str | None = None
    speaker: str | None = None
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class StudyDocument:
    """A transcript with its turns; `language` is an ISO 639-1 code, `reviewed` that the coder has gone through it."""

    id: str
    name: str
    text: str
    turns: tuple[StudyTurn, ...] = ()
    language: str = "en"
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class StudyCoding:
    """A coding to learn from."""

    id: str
    document_id: str
    span: TextSpan
    code_id: str
    coder_id: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A suggestion that was turned down (REJECTED) or put off (POSTPONED) at a time."""

    document_id: str
    span: TextSpan
    code_id: str
    state: SuggestionState
    at: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """All that suggestions are made from.

    Codings make positives. Units without a code count against it where the coder has read: between the first and last
    coding of a document, or everywhere in a reviewed one; rejected suggestions count against it everywhere.
    `lexicon` are the project's own entries; they go before those that ship (`suggest.lexicon.starter_lexicon`).
    `wordings` are the words for management roles that the project has added or switched off.
    `threshold` is the least confidence shown, `muted` the codes for which nothing is to be shown.
    """

    codes: tuple[Code, ...]
    documents: tuple[StudyDocument, ...]
    codings: tuple[StudyCoding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    lexicon: tuple[LexiconEntry, ...] | None = None
    cast: tuple[CastMember, ...] = ()
    guide: tuple[GuideQuestion, ...] = ()
    wordings: tuple[Wording, ...] = ()
    muted: frozenset[str] = frozenset()
    threshold: float = 0.5
    context: bool = True  # take the question asked and the units around into account


class Tier(StrEnum):
    """What reads the language: the verified English model, or words and sentence ends alone."""

    MODEL = "model"
    BLANK = "blank"


class Source(StrEnum):
    """Where evidence comes from."""

    RULES = "rules"
    TEXT = "text"
    QUESTION = "question"
    SECTION = "section"
    PREVIOUS = "previous"
    NEIGHBOURS = "neighbours"


class Band(StrEnum):
    """How sure: of the calibrated confidence at or above .8, .6, below; FROM_RULES where nothing was learned yet."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    FROM_RULES = "from rules"


@dataclass(frozen=True, slots=True)
class Match:
    """Words of the passage that a rule found; `pattern` as in the lexicon or taken from the code's own words."""

    span: TextSpan
    pattern: str
    weight: float


@dataclass(frozen=True, slots=True)
class Term:
    """A word, word pair or relation with its learned weight for the code."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An own passage with this code that reads alike; `similarity` from 0 to 1."""

    coding_id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Part:
    """How much one source speaks for the code: log-odds, and its share of all that speaks for it (0 to 1)."""

    source: Source
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a code is suggested: each field may be empty; `previous_code_id` is what the unit before carries.

    `question` is the number of the guide question answered, `section` the heading above; `negated` tells that the
    passage denies (which is no reason against the code: "the CEO is not involved" is about involvement).
    """

    matches: tuple[Match, ...] = ()
    terms: tuple[Term, ...] = ()
    nearest: tuple[Neighbour, ...] = ()
    parts: tuple[Part, ...] = ()
    question: str | None = None
    follow_up: bool = False
    section: str | None = None
    previous_code_id: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code suggested for a span of one or more neighbouring sentences of a turn.

    `score` orders (0 to 1); `confidence` is the calibrated probability, None while suggestions come from rules alone;
    `rank` is 1 for the likeliest code of its place.
    """

    document_id: str
    span: TextSpan
    code_id: str
    score: float
    confidence: float | None
    band: Band
    rank: int
    reasons: Reasons = field(default_factory=Reasons)


class HiddenReason(StrEnum):
    """Why nothing is shown at a place."""

    ALREADY_CODED = "already coded"
    REJECTED = "rejected"
    POSTPONED = "not now"
    INTERVIEWER = "interviewer"
    BELOW_THRESHOLD = "below threshold"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not shown, and why; no code for an interviewer's turn. `at` is when it was turned down or put off."""

    document_id: str
    span: TextSpan
    reason: HiddenReason
    code_id: str | None = None
    score: float = 0.0
    at: str = ""
    coding_id: str | None = None


@dataclass(frozen=True, slots=True)
class UnitScores:
    """A sentence and the score of every code that has any, the likeliest first, whether shown or not."""

    span: TextSpan
    scores: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Everything for one document, in reading order; `complete` is False while only the first part is done."""

    document_id: str
    proposals: tuple[Proposal, ...]
    hidden: tuple[Hidden, ...]
    units: tuple[UnitScores, ...]
    model_version: str
    tier: Tier
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Similar:
    """An uncoded passage like a coded one, with the words that both share."""

    document_id: str
    span: TextSpan
    similarity: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlier:
    """A coding that lies far from the others of its code.

    `score` is how well it fits its own code (0 to 1, by a model that has not seen it), `other_code_id` the code that
    it fits better, with `other_score`.
    """

    coding_id: str
    code_id: str
    score: float
    other_code_id: str | None
    other_score: float
