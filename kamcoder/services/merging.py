"""Merging a copy of the project back: a preview with the differences, then all of it in one step."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kamcoder.domain.changes import Operation
from kamcoder.domain.errors import InvalidInput, NotFound, ProjectFileError
from kamcoder.domain.memo import Memo
from kamcoder.services.collecting import collector_at_rest
from kamcoder.services.editing import Editing
from kamcoder.services.jobs import Progress, silent
from kamcoder.services.merging_texts import beside
from kamcoder.services.merging_words import Difference, told
from kamcoder.storage.copies import blind_copy
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.merging.joining import Joining
from kamcoder.storage.merging.planning import DifferenceKind, differences, plan
from kamcoder.storage.merging.script import Script, scripted, standing
from kamcoder.storage.merging.tables import MERGED
from kamcoder.storage.merging.writing import write
from kamcoder.storage.repositories import Repositories

#: New things named in the audit log: they are in the project itself.
_MOST_NEW = 200


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many rows of a table come, change and go."""

    new: int
    changed: int
    deleted: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge brings, or brought: rows by table, new codings by coder, and the differences.

    `differences` are those of the codebook first, then of everything else that is not only counted. `beside` are the
    memos that keep texts which gave way; they are among the rows.
    """

    file: Path
    tables: Mapping[str, TableCount]
    codings: Mapping[str, int]
    differences: tuple[Difference, ...]
    beside: tuple[Memo, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether the copy brings nothing new."""
        return not self.tables


@dataclass(frozen=True, slots=True)
class MergePlan:
    """A merge worked out to the last row, and what it brings. It holds for the project as it was then."""

    report: MergePreview
    script: Script


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
        return self.plan(path, chosen=chosen).report

    def plan(self, path: Path, *, chosen: Mapping[str, bool] | None = None, progress: Progress = silent) -> MergePlan:
        """Work a merge out without writing anything; raise as `preview`.

        The project may be opened for reading only, so that a thread can do it beside the window and `write` the rest.
        """
        with ExitStack() as open_ones, collector_at_rest():
            other = open_ones.enter_context(self._other(path))
            for store in (self._editing.store, other):
                open_ones.enter_context(store.standing_still())
            joining = self._joined(other, chosen or {}, progress)
            return MergePlan(self._told(path, joining), scripted(joining))

    def fits(self, planned: MergePlan) -> bool:
        """Tell whether the project is still as it was when a merge was worked out."""
        return standing(self._editing.store) == planned.script.standing

    def merge(
        self, path: Path, *, chosen: Mapping[str, bool] | None = None, initiator: str | None = None
    ) -> MergePreview:
        """Take in a copy in one step and return what came; raise as `preview`, and change nothing then."""
        planned = self.plan(path, chosen=chosen)
        for _ in self.write(planned, initiator=initiator):
            pass
        return planned.report

    def write(self, planned: MergePlan, *, initiator: str | None = None) -> Generator[tuple[int, int], None, None]:
        """Write a merge in small steps, so that a window can breathe in between; each tells rows done and of how many.

        It is one act, kept when the generator has come to its end and taken back if it is closed before. Nothing else
        can be written meanwhile. Raise InvalidInput if the project has changed since the merge was worked out.
        """
        if not self.fits(planned):
            raise InvalidInput("merge_outdated", file=planned.report.file.name)
        report, done, total = planned.report, 0, len(planned.script.acts)
        with self._editing.edit(
            Operation.MERGE_COPY,
            initiator=initiator,
            file=report.file.name,
            rows={table: [count.new, count.changed, count.deleted] for table, count in report.tables.items()},
            differences=_logged(report.differences),
            beside=[memo.id for memo in report.beside],
        ):
            for number in write(self._editing.store, planned.script):
                done = min(total, done + number)
                yield done, total
            self._editing.rows.memos.add(report.beside)

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

    def _joined(self, other: ProjectStore, chosen: Mapping[str, bool], progress: Progress) -> Joining:
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
        told = partial(progress, subject=other.path.name)
        return plan(self._editing.store, other, chosen=keys, progress=told)

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
        kept = beside(joining)
        if kept:
            memos = tables.get("memos", TableCount(0, 0, 0))
            tables["memos"] = replace(memos, new=memos.new + len(kept))
        return MergePreview(path, tables, dict(sorted(coming.items())), tuple(listed), kept)


def _logged(differences: Sequence[Difference]) -> list[dict[str, object]]:
    """Return what the log keeps, with all of their text: what goes or changes, and the first of what is only new."""
    new = [difference for difference in differences if difference.kind is DifferenceKind.NEW]
    left_out = {difference.id for difference in new[_MOST_NEW:]}
    return [difference.record() for difference in differences if difference.id not in left_out]
