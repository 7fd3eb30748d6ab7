"""The roles of actors, the wordings by which they are known, and what counts as an actor in a project."""

from collections.abc import Sequence
from dataclasses import replace

from kamcoder.domain.actor import ActorRole, OwnVoice, Wording, exact_by_default, of_customer
from kamcoder.domain.changes import ChangeSet, Operation
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.project import natural_key
from kamcoder.domain.suggesting import ActorRole as CastRole
from kamcoder.services.editing import Editing
from kamcoder.services.messages import words
from kamcoder.suggest.actors import customer_roles, shipped_wordings

_OWN_VOICE = "actors.own_voice"
# The cast list knows top managers and account managers only; who is the customer's or another's names no role.
_OF_CAST = {CastRole.TOP_MANAGER: "c-suite", CastRole.ACCOUNT_MANAGER: "key-account-manager"}


class ActorRoles:
    """Verbs on roles and wordings: those that ship, and the project's own."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._wordings: tuple[Wording, ...] | None = None
        self._names: dict[str, str] | None = None
        self._voice: OwnVoice | None = None
        editing.subscribe(self._follow)

    def own(self) -> list[ActorRole]:
        """Return the project's own roles by name."""
        return sorted(self._editing.rows.actors.roles(), key=lambda role: natural_key(role.name))

    def all(self) -> list[ActorRole]:
        """Return all roles in their order: those that ship, then the project's own by name."""
        shipped = dict.fromkeys(wording.role_id for wording in shipped_wordings())
        return [*(ActorRole(key, words(_key(key))) for key in shipped), *self.own()]

    def get(self, role_id: str) -> ActorRole:
        """Return a role; raise NotFound."""
        for role in self.all():
            if role.id == role_id:
                return role
        raise NotFound("actor_unknown", name=role_id)

    def names(self) -> dict[str, str]:
        """Return the names of all actors by their keys, in order; each role is followed by the customer's."""
        if self._names is None:
            theirs_alone = customer_roles()
            found: dict[str, str] = {}
            for role in self.all():
                found[role.id] = role.name
                if role.id not in theirs_alone:
                    found[of_customer(role.id)] = words("actor_of_customer", role=role.name)
            self._names = found
        return dict(self._names)

    def find(self, name: str) -> str:
        """Return the key of an actor by its key or name, without regard to case; raise NotFound."""
        for actor, called in self.names().items():
            if name.strip().casefold() in (actor, called.casefold()):
                return actor
        raise NotFound("actor_unknown", name=name)

    def wordings(self) -> tuple[Wording, ...]:
        """Return all wordings by role, those switched off too; a shipped one has an id only where it was."""
        if self._wordings is None:
            written = self._editing.rows.actors.wordings()
            touched = {(item.role_id, item.text): item for item in written if item.document_id is None}
            shipped = tuple(touched.pop((item.role_id, item.text), item) for item in shipped_wordings())
            own = [*touched.values(), *(item for item in written if item.document_id is not None)]
            self._wordings = (*shipped, *own, *self._of_cast(own))
        return self._wordings

    def _of_cast(self, own: Sequence[Wording]) -> list[Wording]:
        """Return the names of the cast list that suggestions use, where none of the project's own wordings has them."""
        named = {(item.text.casefold(), item.document_id) for item in own}
        return [
            Wording(_OF_CAST[member.role], member.name, exact=True, document_id=member.document_id)
            for member in self._editing.rows.lexicon.cast()
            if member.role in _OF_CAST and (member.name.casefold(), member.document_id) not in named
        ]

    def ships(self, wording: Wording) -> bool:
        """Tell whether a wording came with the program."""
        return wording.document_id is None and any(
            (item.role_id, item.text) == (wording.role_id, wording.text) for item in shipped_wordings()
        )

    def add_wording(
        self,
        role_id: str,
        text: str,
        *,
        exact: bool | None = None,
        document_id: str | None = None,
        initiator: str | None = None,
    ) -> Wording:
        """Let a role be known by these words too, in all documents or in one; return the wording.

        Names and abbreviations are found only as written unless `exact` says otherwise. Raise InvalidInput for words
        without a letter or digit, or that are there already; NotFound for an unknown role or document.
        """
        trimmed = self._checked(role_id, text, document_id)
        for known in self.wordings():
            if (known.role_id, known.text, known.document_id) == (role_id, trimmed, document_id):
                raise InvalidInput("wording_taken", text=trimmed)
        how = exact_by_default(trimmed) if exact is None else exact
        wording = Wording(role_id, trimmed, how, document_id=document_id, id=new_id())
        with self._editing.edit(Operation.EDIT_ACTORS, initiator=initiator, role=role_id, wording=trimmed):
            self._editing.rows.actors.add_wording(wording, stamp=now())
        return wording

    def add_names(self, names: Sequence[tuple[str | None, str, str]], *, source: str = "") -> int:
        """Let names, given as (document or None, name, role), stand for roles in one act; return how many were new.

        They are found only as they are written. Raise as `add_wording` does, and write nothing then.
        """
        known = {(item.document_id, item.text, item.role_id) for item in self.wordings()}
        new: list[Wording] = []
        for document_id, name, role_id in names:
            text = self._checked(role_id, name, document_id)
            if (document_id, text, role_id) not in known:
                known.add((document_id, text, role_id))
                new.append(Wording(role_id, text, exact=True, document_id=document_id, id=new_id()))
        with self._editing.edit(Operation.EDIT_ACTORS, source=source, names=len(new)):
            for wording in new:
                self._editing.rows.actors.add_wording(wording, stamp=now())
        return len(new)

    def switch(self, wording: Wording, *, enabled: bool, initiator: str | None = None) -> None:
        """Look for a wording or not; one that ships is only noted where it is off."""
        if wording.enabled is enabled:
            return
        self._refuse_cast(wording)
        rows = self._editing.rows.actors
        with self._editing.edit(
            Operation.EDIT_ACTORS, initiator=initiator, role=wording.role_id, wording=wording.text, enabled=enabled
        ):
            if not self.ships(wording) and wording.id is not None:
                rows.enable_wording(wording.id, enabled=enabled)
            elif wording.id is None:
                rows.add_wording(replace(wording, enabled=False, id=new_id()), stamp=now())
            else:
                rows.delete_wording(wording.id)

    def remove_wording(self, wording: Wording, *, initiator: str | None = None) -> None:
        """Take away a wording of the project's own; raise InvalidInput for one that ships."""
        self._refuse_cast(wording)
        if wording.id is None or self.ships(wording):
            raise InvalidInput("wording_ships", text=wording.text)
        with self._editing.edit(
            Operation.EDIT_ACTORS, initiator=initiator, role=wording.role_id, wording=wording.text, removed=True
        ):
            self._editing.rows.actors.delete_wording(wording.id)

    def add_role(self, name: str, *, initiator: str | None = None) -> ActorRole:
        """Add a role of the project's own, to be given wordings; raise InvalidInput for a name empty or taken."""
        trimmed = " ".join(name.split())
        if not trimmed:
            raise InvalidInput("actor_role_empty")
        if any(role.name.casefold() == trimmed.casefold() for role in self.all()):
            raise InvalidInput("actor_role_taken", name=trimmed)
        role = ActorRole(new_id(), trimmed)
        with self._editing.edit(Operation.EDIT_ACTORS, initiator=initiator, role=trimmed):
            self._editing.rows.actors.add_role(role)
        return role

    def remove_role(self, role_id: str, *, initiator: str | None = None) -> None:
        """Take away a role of the project's own with its wordings and corrections; raise InvalidInput if it ships."""
        role = self.get(role_id)
        if role not in self._editing.rows.actors.roles():
            raise InvalidInput("actor_role_ships", name=role.name)
        with self._editing.edit(Operation.EDIT_ACTORS, initiator=initiator, role=role.name, removed=True):
            self._editing.rows.actors.delete_role(role_id, actors=(role_id, of_customer(role_id)))

    @property
    def own_voice(self) -> OwnVoice:
        """Return whether a speaker's own I, or we too, counts as the participant's role."""
        if self._voice is None:
            kept = self._editing.rows.projects.setting(_OWN_VOICE)
            self._voice = OwnVoice(kept) if kept in list(OwnVoice) else OwnVoice.I_ALONE
        return self._voice

    def set_own_voice(self, voice: OwnVoice, *, initiator: str | None = None) -> None:
        """Say whether a speaker's own I, or we too, counts."""
        with self._editing.edit(Operation.EDIT_ACTORS, initiator=initiator, own_voice=voice.value):
            self._editing.rows.projects.set(_OWN_VOICE, voice.value)

    def _checked(self, role_id: str, text: str, document_id: str | None) -> str:
        trimmed = " ".join(text.split())
        self.get(role_id)
        if not any(character.isalnum() for character in trimmed):
            raise InvalidInput("wording_empty")
        if document_id is not None:
            self._editing.rows.documents.get(document_id)
        return trimmed

    def _refuse_cast(self, wording: Wording) -> None:
        if wording.id is None and not self.ships(wording):
            raise InvalidInput("wording_of_cast", text=wording.text)

    def _follow(self, change: ChangeSet) -> None:
        if change.touches("actor_wordings", "actor_roles", "cast_members"):
            self._wordings = None
            self._names = None
        if change.touches("settings"):
            self._voice = None


def _key(role_id: str) -> str:
    return f"actor_{role_id.replace('-', '_')}"
