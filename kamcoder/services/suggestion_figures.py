"""Counting what became of suggestions. Reads only."""

import hashlib
import json
from bisect import bisect_left
from collections import Counter

from kamcoder.domain.coding import CoderKind, Origin
from kamcoder.domain.suggestion import Suggestion, SuggestionState
from kamcoder.services.editing import Editing
from kamcoder.services.suggestion_shapes import BlindAgreement, Confirmed, Rate
from kamcoder.services.suggestion_study import THRESHOLD

_State = SuggestionState
_Place = tuple[int, int]


class SuggestionFigures:
    """Figures of how a coder uses suggestions."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def rates(self, coder_id: str) -> list[Rate]:
        """Return the codes of which anything was shown, decided or muted, in the codebook's order."""
        rows = self._editing.rows
        decided = Counter((item.code_id, item.state) for item in rows.suggestions.of_coder(coder_id))
        seen = {
            *((item.document_id, item.span, item.code_id) for item in rows.suggestions.shown(coder_id)),
            # What was decided on was seen, also where nothing noted it: on the command line, or in bulk.
            *((item.document_id, item.span, item.code_id) for item in rows.suggestions.of_coder(coder_id)),
        }
        shown = Counter(code_id for _, _, code_id in seen)
        muted = {item.code_id for item in rows.suggestions.muted(coder_id) if item.muted}
        return [
            Rate(
                code_id=code.id,
                shown=shown[code.id],
                accepted=decided[code.id, _State.ACCEPTED],
                edited=decided[code.id, _State.EDITED],
                rejected=decided[code.id, _State.REJECTED],
                postponed=decided[code.id, _State.POSTPONED],
                muted=code.id in muted,
            )
            for _, code in rows.codes.codebook().walk()
            if shown[code.id] or code.id in muted
        ]

    def lately(self, coder_id: str, code_id: str, most: int) -> tuple[int, int]:
        """Return (taken, decided) of the last decisions on a code, since somebody last chose to be shown it again."""
        rows = self._editing.rows
        since = max(
            (item.changed_at for item in rows.suggestions.muted(coder_id) if item.code_id == code_id), default=""
        )
        found = [
            item
            for item in rows.suggestions.of_coder(coder_id)
            if item.code_id == code_id and item.state is not _State.POSTPONED and (item.decided_at or "") > since
        ]
        last = sorted(found, key=lambda item: item.decided_at or "")[-most:]
        return sum(_hit(item) for item in last), len(last)

    def footing(self, coder_id: str, *, shared: bool) -> str:
        """Return a digest of what a coder's suggestions are learned from; of everybody's codings if `shared`."""
        rows = self._editing.rows
        found = hashlib.sha256()
        for row in sorted(row[:6] for row in rows.codings.plain() if shared or row[3] == coder_id):
            found.update(repr(row).encode())
        turned_down = [item for item in rows.suggestions.of_coder(coder_id) if item.state is _State.REJECTED]
        for values in (
            sorted((item.document_id, item.span, item.code_id) for item in turned_down),
            [code for _, code in rows.codes.codebook().walk()],
            rows.lexicon.entries(),
            rows.lexicon.cast(),
            rows.projects.setting(THRESHOLD),
        ):
            found.update(repr(values).encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    def blind_agreement(self, coder_id: str) -> BlindAgreement:
        """Return how far other people confirm a coder's codings, where both worked on the same document."""
        rows = self._editing.rows
        people = {coder.id for coder in rows.coders.all() if coder.kind is CoderKind.PERSON}
        own: list[tuple[str, str, int, int, bool]] = []
        others: dict[tuple[str, str], list[_Place]] = {}
        both: set[str] = set()
        for _, document_id, code_id, who, start, end, origin in rows.codings.plain():
            if who == coder_id:
                own.append((document_id, code_id, start, end, origin == Origin.SUGGESTION))
            # Two that lean on the same suggestions would confirm them for no reason of their own.
            elif who in people:
                both.add(document_id)
                if origin != Origin.SUGGESTION:
                    others.setdefault((document_id, code_id), []).append((start, end))
        for places in others.values():
            places.sort()
        counts = {True: [0, 0], False: [0, 0]}
        for document_id, code_id, start, end, suggested in own:
            if document_id in both:
                counts[suggested][0] += 1
                counts[suggested][1] += _confirmed((start, end), others.get((document_id, code_id), []))
        return BlindAgreement(by_hand=Confirmed(*counts[False]), suggested=Confirmed(*counts[True]))


def _hit(item: Suggestion) -> bool:
    """Tell whether a suggestion was taken with its own code."""
    taken = item.state in (_State.ACCEPTED, _State.EDITED)
    return taken and "taken_as" not in json.loads(item.reason or "{}")


def _confirmed(place: _Place, others: list[_Place]) -> bool:
    """Tell whether one of the sorted places shares at least half of the shorter of the two."""
    start, end = place
    for other_start, other_end in others[: bisect_left(others, (end, 0))]:
        shared = min(end, other_end) - max(start, other_start)
        if shared > 0 and 2 * shared >= min(end - start, other_end - other_start):
            return True
    return False
