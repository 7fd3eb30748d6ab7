"""Merging a copy of the project back: a preview with the differences, then all of it in one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kamcoder.domain.changes import Operation
from kamcoder.domain.errors import InvalidInput, NotFound, ProjectFileError
from kamcoder.services.editing import Editing
from kamcoder.services.merging_words import Difference, told
from kamcoder.storage.copies import blind_copy
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.merging.joining import Joining
from kamcoder.storage.merging.planning import DifferenceKind, differences, plan
from kamcoder.storage.merging.tables import MERGED
from kamcoder.storage.merging.writing import write
from kamcoder.storage.repositories import Repositories

#: Differences written into the audit log with both versions.
_MOST_LOGGED = 200


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many rows of a table come, change and go."""

    new: int
    changed: int
    deleted: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge brings, or brought: rows by table, new codings by coder, and the differences.

    `differences` are those of the codebook first, then of everything else that is not only counted.
    """

    file: Path
    tables: Mapping[str, TableCount]
    codings: Mapping[str, int]
    differences: tuple[Difference, ...]

    @property
    def empty(self) -> bool:
        """Tell whether the copy brings nothing new."""
        return not self.tables


class MergingService:
    """Taking in what was done in another copy of this project.

    A into B gives the same as B into A, in any order of any number of copies; merging again changes nothing. Of what
    both copies changed the later one is taken, unless a person chooses; what is still used is never deleted; what
    gives way stays in the log.
    """

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def preview(self, path: Path, *, chosen: Mapping[str, bool] | None = None) -> MergePreview:
        """Return what a copy would bring; `chosen` tells of differences (by id) whether ours is taken, not theirs.

        Raise ProjectFileError if the file cannot be read, InvalidInput if it is no copy of this project.
        """
        with self._other(path) as other:
            return self._told(path, self._plan(other, chosen or {}))

    def merge(
        self, path: Path, *, chosen: Mapping[str, bool] | None = None, initiator: str | None = None
    ) -> MergePreview:
        """Take in a copy in one step and return what came; raise as `preview`, and change nothing then."""
        with self._other(path) as other:
            joining = self._plan(other, chosen or {})
            report = self._told(path, joining)
            with self._editing.edit(
                Operation.MERGE_COPY,
                initiator=initiator,
                file=path.name,
                rows={table: [count.new, count.changed, count.deleted] for table, count in report.tables.items()},
                differences=[difference.record() for difference in report.differences[:_MOST_LOGGED]],
            ):
                write(joining)
        return report

    def save_copy(self, target: Path, coder_id: str, *, with_others: bool) -> int:
        """Write a copy for a coder to work in and return how many codings of others it holds back.

        Without the others' codings, what hangs on them (memos, summaries, decisions) and the audit log stay away too.
        An existing file is replaced, whole or not at all. Raise NotFound for an unknown coder, ProjectFileError.
        """
        store = self._editing.store
        if coder_id not in {coder.id for coder in self._editing.rows.coders.all()}:
            raise NotFound("coder_unknown", coder=coder_id)
        if target.resolve() == store.path.resolve():
            raise ProjectFileError("copy_onto_itself", file=str(target))
        if not target.parent.is_dir():
            raise ProjectFileError("folder_missing", file=str(target), folder=str(target.parent))
        if with_others:
            store.copy_to(target)
            return 0
        return blind_copy(store, target, coder_id=coder_id)

    def _other(self, path: Path) -> ProjectStore:
        if path.resolve() == self._editing.store.path.resolve():
            raise InvalidInput("merge_itself", file=path.name)
        return ProjectStore.open(path, read_only=True)

    def _plan(self, other: ProjectStore, chosen: Mapping[str, bool]) -> Joining:
        rows, there = self._editing.rows, Repositories(other)
        ours, theirs = rows.projects.get(), there.projects.get()
        if theirs.id != ours.id:
            raise InvalidInput("merge_foreign", file=other.path.name, name=theirs.name, project=ours.name)
        known = {document.id: document for document in rows.documents.all()}
        for document in there.documents.all():
            if document.id in known and known[document.id].text_hash != document.text_hash:
                raise InvalidInput("merge_text", file=other.path.name, document=known[document.id].name)
        keys: dict[tuple[str, str], bool] = {}
        for identity, ours_taken in chosen.items():
            table, _, key = identity.partition(":")
            if table not in MERGED:
                raise NotFound("merge_difference", difference=identity)
            keys[table, key] = ours_taken
        return plan(self._editing.store, other, chosen=keys)

    def _told(self, path: Path, joining: Joining) -> MergePreview:
        tables: dict[str, TableCount] = {}
        coming: dict[str, int] = {}
        names = {coder.id: coder.name for coder in self._editing.rows.coders.all()}
        names.update({key: version.row["name"] for key, version in joining.tables["coders"].changed.items()})
        for table, found in joining.tables.items():
            mine = joining.mine.versions(table)
            new = [version for key, version in found.changed.items() if key not in mine]
            changed = sum(
                key in mine and version.row != joining.mine.written(table, key)
                for key, version in found.changed.items()
            )
            deleted = sum(key not in found.changed for key in found.gone)
            if new or changed or deleted:
                tables[table] = TableCount(len(new), changed, deleted)
            if table == "codings":
                for version in new:
                    name = names[version.row["coder_id"]]
                    coming[name] = coming.get(name, 0) + 1
        listed = [told(joining, difference) for difference in differences(joining)]
        listed.sort(key=lambda entry: (entry.table != "codes", entry.kind is not DifferenceKind.CHANGED))
        return MergePreview(path, tables, dict(sorted(coming.items())), tuple(listed))
