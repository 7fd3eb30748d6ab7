"""What an operation did to the rows of the project: the only thing views hear, and what undo is made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any

Row = Mapping[str, Any]


class Operation(StrEnum):
    """The acts a researcher can do; each is one step of undo and one line of the audit log."""

    CREATE_PROJECT = "create_project"
    RENAME_PROJECT = "rename_project"
    CHANGE_SETTING = "change_setting"
    SET_GUIDE = "set_guide"
    IMPORT_DOCUMENTS = "import_documents"
    RENAME_DOCUMENT = "rename_document"
    DELETE_DOCUMENT = "delete_document"
    SET_SPEAKER = "set_speaker"
    ADD_CODER = "add_coder"
    RENAME_CODER = "rename_coder"
    ADD_CODE = "add_code"
    EDIT_CODE = "edit_code"
    MOVE_CODE = "move_code"
    MERGE_CODES = "merge_codes"
    SPLIT_CODE = "split_code"
    DELETE_CODE = "delete_code"
    IMPORT_CODEBOOK = "import_codebook"
    ADD_CASE = "add_case"
    EDIT_CASE = "edit_case"
    DELETE_CASE = "delete_case"
    LINK_DOCUMENT = "link_document"
    EDIT_PARTICIPANT = "edit_participant"
    EDIT_ATTRIBUTE = "edit_attribute"
    SET_VALUE = "set_value"
    IMPORT_CASES = "import_cases"
    APPLY_CODE = "apply_code"
    RECODE = "recode"
    RESIZE_CODING = "resize_coding"
    UNCODE = "uncode"
    IMPORT_CODINGS = "import_codings"
    SET_WORK_STATE = "set_work_state"
    MERGE_CODINGS = "merge_codings"
    SPLIT_CODING = "split_coding"
    CODE_HITS = "code_hits"
    CODE_SIMILAR = "code_similar"
    WRITE_MEMO = "write_memo"
    WRITE_SUMMARY = "write_summary"
    IMPORT_SUMMARIES = "import_summaries"
    SETTLE = "settle"
    TAKE_AGREED = "take_agreed"
    REOPEN = "reopen"
    ASSIGN = "assign"
    MERGE_COPY = "merge_copy"
    ACCEPT_SUGGESTION = "accept_suggestion"
    REJECT_SUGGESTION = "reject_suggestion"
    POSTPONE_SUGGESTION = "postpone_suggestion"
    FORGET_DECISION = "forget_decision"
    MUTE_CODE = "mute_code"
    EDIT_LEXICON = "edit_lexicon"
    EDIT_CAST = "edit_cast"
    EDIT_ACTORS = "edit_actors"
    CORRECT_ACTORS = "correct_actors"
    SAVE_TABLE = "save_table"
    RENAME_TABLE = "rename_table"
    DELETE_TABLE = "delete_table"
    MIGRATE = "migrate"


class ChangeOrigin(StrEnum):
    """Whether a change set was done, undone or done again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after: `before` is None for an insertion, `after` None for a deletion; both are whole rows."""

    table: str
    before: Row | None
    after: Row | None

    def inverse(self) -> "RowChange":
        """Return the change that takes this one back."""
        return RowChange(self.table, self.after, self.before)

    @property
    def row(self) -> Row:
        """Return the row as it is now, or as it last was."""
        found = self.after if self.after is not None else self.before
        assert found is not None  # a change has at least one side
        return found


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one committed operation did; `initiator` names the view that asked for it, if any."""

    operation: Operation
    changes: tuple[RowChange, ...]
    origin: ChangeOrigin = ChangeOrigin.DO
    details: Mapping[str, Any] | None = None
    initiator: str | None = None
    # Every view asks what was touched, and an import of sixty interviews changes fifteen thousand rows.
    _by_table: Mapping[str, list[RowChange]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, list[RowChange]] = {}
        for table, changes in groupby(self.changes, attrgetter("table")):
            found.setdefault(table, []).extend(changes)
        object.__setattr__(self, "_by_table", found)

    def touches(self, *tables: str) -> bool:
        """Tell whether a row of one of these tables changed."""
        return any(table in self._by_table for table in tables)

    def of(self, table: str) -> Iterator[RowChange]:
        """Yield the changes of one table in order."""
        return iter(self._by_table.get(table, ()))

    def inverse(self, origin: ChangeOrigin) -> "ChangeSet":
        """Return the change set that takes this one back: inverse changes in reverse order."""
        backwards = tuple(change.inverse() for change in reversed(self.changes))
        return ChangeSet(self.operation, backwards, origin, self.details, self.initiator)
