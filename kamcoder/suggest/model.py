"""What was learned from a study, as a value and as bytes for a cache."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from kamcoder.domain.codebook import Code
from kamcoder.domain.suggesting import SuggestingError, Tier
from kamcoder.suggest.chain import Transitions
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.codewords import CodeWords
from kamcoder.suggest.evidence import TextScores
from kamcoder.suggest.kernel import Floats, Integers, Rows, Space, apply
from kamcoder.suggest.tables import Tables

_MAGIC = b"KAMSUGGEST-5\n"


@dataclass(frozen=True)
class Learned:
    """The linear model of the words: weights (features x columns).

    `columns` are places of codes, then C for none, then C + 1 + place of a heading.

    `rows` are the sentences learned from, `codings` the coding that each belongs to, `codes` the place of its code;
    they give the nearest own passages.
    """

    space: Space
    weights: Floats
    offsets: Floats
    columns: Integers
    rows: Rows
    codings: tuple[str, ...]
    codes: Integers

    def said_of(self, sentences: Sequence[Sequence[Sequence[str]]], codeset: CodeSet) -> TextScores:
        """Return what the words of sentences, given with their features, say."""
        rows = self.space.rows(sentences)
        return scattered(apply(rows, self.weights, self.offsets), self.columns, codeset)


def scattered(scores: Floats, columns: Integers, codeset: CodeSet) -> TextScores:
    """Return scores of the learned columns at their places, 0 for codes that have too few codings."""
    size = codeset.size
    full = np.zeros((len(scores), size + 1 + len(codeset.headings)))
    full[:, columns] = scores
    return TextScores(np.hstack([full[:, size + 1 :], full[:, [size]]]), full[:, :size])


@dataclass(frozen=True)
class Model:
    """Everything suggestions are made from; `calibrated` tells that confidence means something.

    `shifts` is by how much each code's threshold differs from the common one, None while nothing is learned.

    `examples` is what the codebook's own and the shipped example sentences teach.

    The curves make confidence of chances: one for codes, one for headings, and the same where the unit before is coded.
    """

    codeset: CodeSet
    words: CodeWords
    tables: Tables
    learned: Learned | None
    heading_weights: Floats
    code_weights: Floats
    transitions: Transitions
    strength: float
    curve: tuple[float, float]
    heading_curve: tuple[float, float]
    calibrated: bool
    codings: int
    tier: Tier
    rules: str
    left_out: tuple[int, ...] = ()
    curve_known: tuple[float, float] = (1.0, 0.0)
    heading_curve_known: tuple[float, float] = (1.0, 0.0)
    examples: Learned | None = None
    shifts: Floats | None = None

    @cached_property
    def version(self) -> str:
        """Return a name that is equal for equal contents."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:12]

    def to_bytes(self) -> bytes:
        """Return the model for a cache; equal models give equal bytes."""
        import srsly

        content = zlib.compress(bytes(srsly.msgpack_dumps(_packed(self))), 1)
        return _MAGIC + hashlib.sha256(content).digest() + content

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return a model from a cache; raise SuggestingError if it is damaged or of another release."""
        import srsly

        begin = len(_MAGIC) + 32
        content = data[begin:]
        if data[: len(_MAGIC)] != _MAGIC or hashlib.sha256(content).digest() != data[len(_MAGIC) : begin]:
            raise SuggestingError("suggest_model_damaged")
        try:
            return cls(**_unpacked(srsly.msgpack_loads(zlib.decompress(content))))
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise SuggestingError("suggest_model_damaged") from error


def _array(values: Any) -> dict[str, Any]:
    kept = np.ascontiguousarray(values)
    return {"t": kept.dtype.str, "s": list(kept.shape), "b": kept.tobytes()}


def _values(packed: dict[str, Any]) -> Any:
    return np.frombuffer(packed["b"], dtype=packed["t"]).reshape(packed["s"])


def _packed_learned(learned: Learned | None) -> dict[str, Any] | None:
    if learned is None:
        return None
    return {
        "features": sorted(learned.space.columns),
        "rarity": _array(learned.space.rarity),
        "weights": _array(learned.weights.astype(np.float32)),
        "arrays": [_array(item) for item in (learned.offsets, learned.columns, learned.codes)],
        "rows": [_array(item) for item in (learned.rows.start, learned.rows.index, learned.rows.value)],
        "codings": list(learned.codings),
    }


def _packed(model: Model) -> dict[str, Any]:
    return {
        "codes": [asdict(code) for code in model.codeset.codes],
        "heading": _array(model.codeset.heading),
        "headings": list(model.codeset.headings),
        "words": [[stem, [list(pair) for pair in pairs]] for stem, pairs in sorted(model.words.weights.items())],
        "reasons": list(model.words.reasons),
        "counts": [
            [source, name, _array(top), _array(leaf)]
            for (source, name), (top, leaf) in sorted(model.tables.counts.items())
        ],
        "learned": _packed_learned(model.learned),
        "examples": _packed_learned(model.examples),
        "shifts": None if model.shifts is None else _array(model.shifts),
        "weights": [_array(model.heading_weights), _array(model.code_weights)],
        "transitions": [_array(model.transitions.stay), _array(model.transitions.move)],
        "numbers": [model.strength, *model.curve, *model.heading_curve, *model.curve_known, *model.heading_curve_known],
        "rest": [model.calibrated, model.codings, model.tier.value, model.rules, list(model.left_out)],
    }


def _unpacked(content: dict[str, Any]) -> dict[str, Any]:
    codes = tuple(Code(**{**row, "questions": tuple(row["questions"])}) for row in content["codes"])
    codeset = CodeSet(codes, _values(content["heading"]), tuple(content["headings"]))
    reasons = tuple(content["reasons"])
    words = CodeWords(
        {stem: tuple((place, weight) for place, weight in pairs) for stem, pairs in content["words"]}, reasons
    )
    counts = {(source, name): (_values(top), _values(leaf)) for source, name, top, leaf in content["counts"]}
    strength, *numbers = content["numbers"]
    curves = [(numbers[at], numbers[at + 1]) for at in range(0, 8, 2)]
    calibrated, codings, tier, rules, left_out = content["rest"]
    return {
        "codeset": codeset,
        "words": words,
        "tables": Tables(codeset, reasons, counts),
        "learned": _unpacked_learned(content["learned"]),
        "examples": _unpacked_learned(content["examples"]),
        "shifts": None if content["shifts"] is None else _values(content["shifts"]),
        "heading_weights": _values(content["weights"][0]),
        "code_weights": _values(content["weights"][1]),
        "transitions": Transitions(_values(content["transitions"][0]), _values(content["transitions"][1])),
        "strength": strength,
        "curve": curves[0],
        "heading_curve": curves[1],
        "curve_known": curves[2],
        "heading_curve_known": curves[3],
        "calibrated": calibrated,
        "codings": codings,
        "tier": Tier(tier),
        "rules": rules,
        "left_out": tuple(left_out),
    }


def _unpacked_learned(content: dict[str, Any] | None) -> Learned | None:
    if content is None:
        return None
    space = Space({name: at for at, name in enumerate(content["features"])}, _values(content["rarity"]))
    offsets, columns, codes = (_values(item) for item in content["arrays"])
    rows = Rows(*(_values(item) for item in content["rows"]))
    weights = _values(content["weights"]).astype(np.float64)
    return Learned(space, weights, offsets, columns, rows, tuple(content["codings"]), codes)
