"""Who codes."""

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Coder, CoderKind
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import new_id, now
from kamcoder.services.editing import Editing


class CoderService:
    """Verbs on coders."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def all(self) -> list[Coder]:
        """Return all coders."""
        return self._editing.rows.coders.all()

    def find(self, name: str) -> Coder:
        """Return the coder of this name or id, without regard to case; raise NotFound."""
        wanted = name.strip().casefold()
        for coder in self.all():
            if coder.id == name or coder.name.casefold() == wanted:
                return coder
        raise NotFound("coder_unknown", coder=name)

    def add(self, name: str) -> Coder:
        """Add a person who codes; raise InvalidInput if the name is empty or taken."""
        trimmed = self._checked(name)
        coder = Coder(new_id(), trimmed, CoderKind.PERSON, now())
        with self._editing.edit(Operation.ADD_CODER, coder=trimmed):
            self._editing.rows.coders.add(coder)
        return coder

    def ensure(self, name: str) -> Coder:
        """Return the coder of this name, added if new."""
        try:
            return self.find(name)
        except NotFound:
            return self.add(name)

    def activate(self, coder: Coder) -> None:
        """Let this coder be the one who codes in this session."""
        self._editing.coder = coder

    def rename(self, coder_id: str, name: str) -> None:
        """Give a coder another name."""
        coder = self.find(coder_id)
        trimmed = self._checked(name, besides=coder_id)
        with self._editing.edit(Operation.RENAME_CODER, before=coder.name, after=trimmed):
            self._editing.rows.coders.rename(coder_id, trimmed)
        if self._editing.coder and self._editing.coder.id == coder_id:
            self._editing.coder = self.find(coder_id)

    def _checked(self, name: str, *, besides: str | None = None) -> str:
        trimmed = " ".join(name.split())
        if not trimmed:
            raise InvalidInput("coder_name_empty")
        if any(coder.name.casefold() == trimmed.casefold() and coder.id != besides for coder in self.all()):
            raise InvalidInput("coder_name_taken", name=trimmed)
        return trimmed
