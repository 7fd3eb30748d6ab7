"""Words that speak for codes: those shipped for known codebooks, and what a project adds."""

from collections.abc import Sequence

from kamcoder.domain.codebook import Code
from kamcoder.domain.suggesting import LexiconEntry


def starter_lexicon(codes: Sequence[Code]) -> tuple[LexiconEntry, ...]:
    """Return the shipped entries for those codes that have the path of a code of a shipped lexicon."""
    return ()
