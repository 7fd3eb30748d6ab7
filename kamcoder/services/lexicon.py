"""The words that speak for codes, and who the people in the text are: what a coder tells the suggestions."""

import math
import re
from dataclasses import dataclass, replace

from kamcoder.domain.changes import Operation
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import now
from kamcoder.domain.languages import language_of
from kamcoder.domain.suggesting import ActorRole, CastMember, LexiconEntry, LexiconKind
from kamcoder.services.editing import Editing

#: How much an entry may weigh, for a code or (negative) against it.
MOST_WEIGHT = 3.0
_OWN = "own"


@dataclass(frozen=True, slots=True)
class LexiconLine:
    """An entry as it counts now, and as it ships with the program (None for words of the project's own)."""

    entry: LexiconEntry
    shipped: LexiconEntry | None = None
    written: bool = True  # by the project; else the entry is the shipped one

    @property
    def off(self) -> bool:
        """Tell whether the entry is switched off."""
        return self.entry.weight == 0


class LexiconService:
    """Verbs on the lexicon of a project and on its cast list."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._read: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())  # documents and their languages

    def entries(self, code_id: str | None = None) -> list[LexiconEntry]:
        """Return the entries of one code, or of all."""
        return [item for item in self._editing.rows.lexicon.entries() if code_id is None or item.code_id == code_id]

    def lines(self, code_id: str) -> list[LexiconLine]:
        """Return all words that count for a code, or are switched off: its own first, then those that ship."""
        shipped = {_key(item): item for item in self._shipped(code_id)}
        written = self.entries(code_id)
        own = [LexiconLine(item) for item in written if _key(item) not in shipped]
        instead = {_key(item): item for item in written}
        return [
            *own,
            *(LexiconLine(instead.get(key, item), item, key in instead) for key, item in shipped.items()),
        ]

    def weigh(self, entry: LexiconEntry, weight: float, *, initiator: str | None = None) -> LexiconEntry:
        """Give an entry, own or shipped, another weight; 0 switches a shipped one off. Raise InvalidInput.

        A shipped entry with the weight it ships with is left to the program again.
        """
        shipped = next((item for item in self._shipped(entry.code_id) if _key(item) == _key(entry)), None)
        written = next((item for item in self.entries(entry.code_id) if _key(item) == _key(entry)), None)
        if shipped is None or weight != shipped.weight:
            return self._write(replace(entry, id=written.id if written is not None else "", weight=weight), initiator)
        if written is not None:
            self.remove(written.id, initiator=initiator)
        return shipped

    def add(
        self,
        code_id: str,
        pattern: str,
        *,
        kind: LexiconKind = LexiconKind.PHRASE,
        weight: float = 2.0,
        initiator: str | None = None,
    ) -> LexiconEntry:
        """Add words that speak for a code; raise InvalidInput if they cannot be used or are there already."""
        return self._write(LexiconEntry(code_id, pattern, kind, weight), initiator)

    def change(self, entry: LexiconEntry, *, initiator: str | None = None) -> LexiconEntry:
        """Write an entry that is there anew; raise NotFound and InvalidInput."""
        if entry.id not in {known.id for known in self.entries()}:
            raise NotFound("lexicon_unknown", pattern=entry.pattern)
        return self._write(entry, initiator)

    def remove(self, *entry_ids: str, initiator: str | None = None) -> None:
        """Take entries out; raise NotFound for one that is not there."""
        known = {entry.id: entry for entry in self.entries()}
        for entry_id in entry_ids:
            if entry_id not in known:
                raise NotFound("lexicon_unknown", pattern=entry_id)
        words = ", ".join(known[entry_id].pattern for entry_id in entry_ids)
        with self._editing.edit(Operation.EDIT_LEXICON, initiator=initiator, pattern=words, deleted=True):
            self._editing.rows.lexicon.delete(entry_ids)

    def cast(self, document_id: str | None = None) -> list[CastMember]:
        """Return the cast that holds in a document (its own and the project's), or the whole list."""
        everybody = self._editing.rows.lexicon.cast()
        return [one for one in everybody if document_id is None or one.document_id in (None, document_id)]

    def cast_as(
        self, name: str, role: ActorRole, *, document_id: str | None = None, initiator: str | None = None
    ) -> CastMember:
        """Say who a name is, in one document or in all; raise InvalidInput for an empty name."""
        rows, wanted = self._editing.rows, " ".join(name.split())
        if not wanted:
            raise InvalidInput("cast_name_empty")
        if document_id is not None:
            rows.documents.get(document_id)
        member = CastMember(wanted, role, document_id)
        with self._editing.edit(Operation.EDIT_CAST, initiator=initiator, name=wanted, role=role.value):
            rows.lexicon.write_member(member, stamp=now())
        return member

    def uncast(self, name: str, *, document_id: str | None = None, initiator: str | None = None) -> None:
        """Say no more who a name is."""
        with self._editing.edit(Operation.EDIT_CAST, initiator=initiator, name=name, deleted=True):
            self._editing.rows.lexicon.delete_member(name, document_id)

    def _write(self, entry: LexiconEntry, initiator: str | None) -> LexiconEntry:
        checked = self._checked(entry)
        path = self._editing.rows.codes.codebook().path(entry.code_id)
        with self._editing.edit(Operation.EDIT_LEXICON, initiator=initiator, code=path, pattern=checked.pattern):
            return self._editing.rows.lexicon.write(checked, source=_OWN, stamp=now())

    def _shipped(self, code_id: str) -> list[LexiconEntry]:
        """Return what ships for a code of this codebook in the languages of the documents, by the alphabet."""
        from kamcoder.suggest.lexicon import starter_lexicon

        codes = [code for _, code in self._editing.rows.codes.codebook().walk()]
        found = [
            item
            for language in self._languages()
            for item in starter_lexicon(codes, language)
            if item.code_id == code_id
        ]
        return sorted(found, key=_key)

    def _languages(self) -> frozenset[str]:
        """Return the languages of the documents, English where there are none; texts never change."""
        hashes = tuple(document.text_hash for document in self._editing.rows.documents.all())
        if hashes != self._read[0]:
            ids = [document.id for document in self._editing.rows.documents.all()]
            texts = self._editing.rows.documents.texts(ids).values()
            self._read = hashes, frozenset(map(language_of, texts))
        return self._read[1] or frozenset({"en"})

    def _checked(self, entry: LexiconEntry) -> LexiconEntry:
        code = self._editing.rows.codes.codebook().get(entry.code_id)
        checked = replace(entry, pattern=" ".join(entry.pattern.split()))
        if not any(character.isalnum() for character in checked.pattern):
            raise InvalidInput("lexicon_empty")
        off = checked.weight == 0 and any(_key(item) == _key(checked) for item in self._shipped(code.id))
        if not off and (not math.isfinite(checked.weight) or not 0 < abs(checked.weight) <= MOST_WEIGHT):
            raise InvalidInput("lexicon_weight", pattern=checked.pattern, most=int(MOST_WEIGHT))
        if checked.kind is LexiconKind.REGEX:
            _check_expressions(checked.pattern)
        if checked.kind is LexiconKind.RELATION and len(checked.pattern.split("->")) not in (2, 3):
            raise InvalidInput("lexicon_relation", pattern=checked.pattern)
        for other in self.entries(code.id):
            same = (other.kind, other.pattern.casefold()) == (checked.kind, checked.pattern.casefold())
            if same and other.id != checked.id:
                raise InvalidInput("lexicon_exists", pattern=checked.pattern, code=code.name)
        return checked


def _key(entry: LexiconEntry) -> str:
    """Return what an entry of one code is known by, as the engine does."""
    return entry.pattern.casefold()


def _check_expressions(pattern: str) -> None:
    for word in pattern.split():
        try:
            re.compile(word)
        except (re.error, RecursionError, OverflowError) as error:
            raise InvalidInput("lexicon_expression", pattern=pattern, reason=str(error)) from None
