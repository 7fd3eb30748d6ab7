"""Actors: roles and wordings of the project's own, shipped wordings switched off, and corrections at codings."""

from collections.abc import Iterable, Sequence

from kamcoder.domain.actor import ActorCorrection, ActorRole, Wording
from kamcoder.domain.document import SpeakerRole
from kamcoder.storage.database import ProjectStore


class Actors:
    """Rows of actor_roles, actor_wordings and actor_corrections."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def roles(self) -> list[ActorRole]:
        """Return the project's own roles by name."""
        return [ActorRole(*row) for row in self._store.query("SELECT id, name FROM actor_roles ORDER BY name, id")]

    def add_role(self, role: ActorRole) -> None:
        """Write a new role."""
        self._store.insert("actor_roles", [{"id": role.id, "name": role.name}])

    def rename_role(self, role_id: str, name: str) -> None:
        """Give a role another name."""
        self._store.update("actor_roles", role_id, name=name)

    def delete_role(self, role_id: str, *, actors: Sequence[str]) -> None:
        """Delete a role with its wordings, and the corrections that name these actors."""
        self._store.delete_where("actor_wordings", "role_id = ?", [role_id])
        for actor in actors:
            self._store.delete_where("actor_corrections", "actor = ?", [actor])
        self._store.delete("actor_roles", [role_id])

    def wordings(self) -> list[Wording]:
        """Return the wordings that are written down in the project."""
        rows = self._store.query(
            "SELECT role_id, text, exact, enabled, document_id, id FROM actor_wordings ORDER BY role_id, text, id"
        )
        return [Wording(row[0], row[1], bool(row[2]), bool(row[3]), row[4], row[5]) for row in rows]

    def add_wording(self, wording: Wording, *, stamp: str) -> None:
        """Write a new wording, which has an id."""
        row = {
            "id": wording.id,
            "role_id": wording.role_id,
            "text": wording.text,
            "exact": int(wording.exact),
            "enabled": int(wording.enabled),
            "document_id": wording.document_id,
            "created_at": stamp,
        }
        self._store.insert("actor_wordings", [row])

    def enable_wording(self, wording_id: str, *, enabled: bool) -> None:
        """Say whether a wording is looked for."""
        self._store.update("actor_wordings", wording_id, enabled=int(enabled))

    def delete_wording(self, wording_id: str) -> None:
        """Delete a wording; one that ships is looked for again."""
        self._store.delete("actor_wordings", [wording_id])

    def corrections(self, coding_ids: Iterable[str] | None = None) -> list[ActorCorrection]:
        """Return the corrections at some codings, or all, the oldest first."""
        select = "SELECT id, coding_id, actor, present, coder_id, created_at FROM actor_corrections"
        if coding_ids is None:
            rows = self._store.query(select)
        else:
            rows = self._store.query_in(f"{select} WHERE coding_id IN (:in)", coding_ids)
        found = [ActorCorrection(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in rows]
        return sorted(found, key=lambda item: (item.created_at, item.id))

    def add_corrections(self, corrections: Iterable[ActorCorrection]) -> None:
        """Write new corrections."""
        self._store.insert(
            "actor_corrections",
            [
                {
                    "id": item.id,
                    "coding_id": item.coding_id,
                    "actor": item.actor,
                    "present": int(item.present),
                    "coder_id": item.coder_id,
                    "created_at": item.created_at,
                }
                for item in corrections
            ],
        )

    def delete_corrections(self, correction_ids: Iterable[str]) -> None:
        """Take corrections back."""
        self._store.delete("actor_corrections", correction_ids)

    def titles(self) -> dict[str, tuple[list[int], list[tuple[str, str]]]]:
        """Return for each document the starts of its turns and, beside them, what is known of who speaks.

        That is the role of the participant and the name of the speaker; both empty for interviewers and nobody.
        """
        found: dict[str, tuple[list[int], list[tuple[str, str]]]] = {}
        for document_id, start, kind, role, name in self._store.query(
            "SELECT t.document_id, t.span_start, s.role, p.role, s.name FROM turns t"
            " LEFT JOIN speakers s ON s.id = t.speaker_id LEFT JOIN participants p ON p.id = s.participant_id"
            " ORDER BY t.document_id, t.span_start"
        ):
            starts, known = found.setdefault(document_id, ([], []))
            asks = kind is None or kind == SpeakerRole.INTERVIEWER.value
            starts.append(start)
            known.append(("", "") if asks else (role or "", name))
        return found
