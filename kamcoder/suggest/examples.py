"""Example sentences of codes, and what is learned from them before anybody has coded.

They come from the files that ship for known codebooks and from the examples in the codebook itself. They are a source
of evidence of their own, so that a coder's codings, once there are some, say how far they hold.
"""

from collections.abc import Sequence

import numpy as np

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.segments import sentences
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.kernel import Rows, Space, fit
from kamcoder.suggest.model import Learned
from kamcoder.suggest.shipped import Placing, shipped_files

_RIDGE = 1.0
_FEWEST = 20
_EVERY_WORD = 2000

#: The id of the code that a sentence is an example of, and the sentence.
Example = tuple[str, str]


def starter_examples(codes: Sequence[Code], language: str) -> tuple[Example, ...]:
    """Return the examples for the codes of a codebook in a language; none where most headings have none."""
    placing, book = Placing(codes), Codebook(tuple(codes))
    known = {code.id for code in codes if code.codable}
    found: dict[str, str] = {}
    for _, content in shipped_files("examples", f"-{language}"):
        if placing.suits(content):
            for path, entry in content.items():
                code_id, _ = placing.place(path)
                found.update((sentence, code_id) for sentence in entry["sentences"] if code_id in known)
    if len(found) < _FEWEST or not _most_headings(codes, set(found.values()), book):
        return ()
    for code in codes:
        own = sentences(code.example, 0, len(code.example)) if code.codable else ()
        found.update((span.of(code.example), code.id) for span in own)
    return tuple((code_id, sentence) for sentence, code_id in found.items())


def _most_headings(codes: Sequence[Code], having: set[str], book: Codebook) -> bool:
    codeset = CodeSet.of(codes)
    there = {int(codeset.heading[codeset.places[code_id]]) for code_id in having}
    return 2 * len(there) > len(codeset.headings)


def learn_examples(
    examples: Sequence[Example], read: Sequence[Sequence[Sequence[str]]], codeset: CodeSet
) -> Learned | None:
    """Learn the words of examples, given with their features; None if there are none."""
    if not examples:
        return None
    size = codeset.size
    space = Space.of(read, few=_EVERY_WORD)
    rows = space.rows(read)
    targets = np.zeros((len(examples), size + 1 + len(codeset.headings)))
    for at, (code_id, _) in enumerate(examples):
        place = codeset.places[code_id]
        targets[at, place] = targets[at, size + 1 + codeset.heading[place]] = 1.0
    columns = np.flatnonzero(targets.any(axis=0))
    found = fit(rows, len(space.columns), targets[:, columns], np.zeros(len(examples), dtype=np.int64), ridge=_RIDGE)
    # How many examples a code has says nothing of how often it is given: there are no offsets.
    nothing = Rows(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    weights = found.weights.astype(np.float32).astype(np.float64)
    return Learned(space, weights, np.zeros(len(columns)), columns, nothing, (), np.zeros(0, dtype=np.int64))
