"""What was learned from a study, as bytes for a cache."""

import hashlib
import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Self

from kamcoder.domain.suggesting import Study, SuggestingError

_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Model:
    """Weights of words for each code; `version` names the contents."""

    version: str
    weights: dict[str, dict[str, float]]

    @classmethod
    def of(cls, study: Study) -> Self:
        """Weigh the words of names and definitions: the fewer codes have a word, the more it says."""
        bags = {
            code.id: set(_WORD.findall(f"{code.name} {code.definition} {code.include} {code.example}".casefold()))
            for code in study.codes
            if code.codable
        }
        spread = Counter(word for bag in bags.values() for word in bag)
        weights: dict[str, dict[str, float]] = {}
        for code_id, bag in bags.items():
            for word in bag:
                weights.setdefault(word, {})[code_id] = math.log((1 + len(bags)) / spread[word])
        content = json.dumps(weights, sort_keys=True)
        return cls(hashlib.sha256(content.encode()).hexdigest()[:12], weights)

    def scores(self, text: str) -> list[tuple[str, float]]:
        """Return the codes that words of `text` speak for, the likeliest first."""
        found: Counter[str] = Counter()
        for word in _WORD.findall(text.casefold()):
            for code_id, weight in self.weights.get(word, {}).items():
                found[code_id] += weight  # type: ignore[assignment]
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [(code_id, round(value / (value + 4), 6)) for code_id, value in ordered]

    def to_bytes(self) -> bytes:
        """Return the model for a cache."""
        return json.dumps({"version": self.version, "weights": self.weights}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return a model from a cache; raise SuggestingError if it is damaged or of another release."""
        try:
            content = json.loads(data)
            return cls(content["version"], content["weights"])
        except (ValueError, KeyError, TypeError) as error:
            raise SuggestingError("suggest_model_damaged") from error
