"""What operations, origins and roles are called on the screen."""

from PySide6.QtCore import QCoreApplication

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import Origin
from kamcoder.gui.marking import QT_TRANSLATE_NOOP

OPERATIONS = {
    Operation.CREATE_PROJECT: QT_TRANSLATE_NOOP("labels", "create project"),
    Operation.RENAME_PROJECT: QT_TRANSLATE_NOOP("labels", "rename project"),
    Operation.CHANGE_SETTING: QT_TRANSLATE_NOOP("labels", "change setting"),
    Operation.SET_GUIDE: QT_TRANSLATE_NOOP("labels", "set interview guide"),
    Operation.IMPORT_DOCUMENTS: QT_TRANSLATE_NOOP("labels", "import documents"),
    Operation.RENAME_DOCUMENT: QT_TRANSLATE_NOOP("labels", "rename document"),
    Operation.DELETE_DOCUMENT: QT_TRANSLATE_NOOP("labels", "delete document"),
    Operation.SET_SPEAKER: QT_TRANSLATE_NOOP("labels", "set speaker"),
    Operation.ADD_CODER: QT_TRANSLATE_NOOP("labels", "add coder"),
    Operation.RENAME_CODER: QT_TRANSLATE_NOOP("labels", "rename coder"),
    Operation.ADD_CODE: QT_TRANSLATE_NOOP("labels", "add code"),
    Operation.EDIT_CODE: QT_TRANSLATE_NOOP("labels", "edit code"),
    Operation.MOVE_CODE: QT_TRANSLATE_NOOP("labels", "move code"),
    Operation.MERGE_CODES: QT_TRANSLATE_NOOP("labels", "merge codes"),
    Operation.SPLIT_CODE: QT_TRANSLATE_NOOP("labels", "split code"),
    Operation.DELETE_CODE: QT_TRANSLATE_NOOP("labels", "delete code"),
    Operation.IMPORT_CODEBOOK: QT_TRANSLATE_NOOP("labels", "import codebook"),
    Operation.ADD_CASE: QT_TRANSLATE_NOOP("labels", "add case"),
    Operation.EDIT_CASE: QT_TRANSLATE_NOOP("labels", "edit case"),
    Operation.DELETE_CASE: QT_TRANSLATE_NOOP("labels", "delete case"),
    Operation.LINK_DOCUMENT: QT_TRANSLATE_NOOP("labels", "link document to case"),
    Operation.EDIT_PARTICIPANT: QT_TRANSLATE_NOOP("labels", "edit participant"),
    Operation.EDIT_ATTRIBUTE: QT_TRANSLATE_NOOP("labels", "edit attribute"),
    Operation.SET_VALUE: QT_TRANSLATE_NOOP("labels", "set value"),
    Operation.IMPORT_CASES: QT_TRANSLATE_NOOP("labels", "import cases"),
    Operation.APPLY_CODE: QT_TRANSLATE_NOOP("labels", "apply code"),
    Operation.RECODE: QT_TRANSLATE_NOOP("labels", "recode"),
    Operation.RESIZE_CODING: QT_TRANSLATE_NOOP("labels", "resize coding"),
    Operation.UNCODE: QT_TRANSLATE_NOOP("labels", "uncode"),
    Operation.IMPORT_CODINGS: QT_TRANSLATE_NOOP("labels", "import codings"),
    Operation.SET_WORK_STATE: QT_TRANSLATE_NOOP("labels", "set progress"),
    Operation.MERGE_CODINGS: QT_TRANSLATE_NOOP("labels", "merge codings"),
    Operation.SPLIT_CODING: QT_TRANSLATE_NOOP("labels", "split coding"),
    Operation.CODE_HITS: QT_TRANSLATE_NOOP("labels", "code hits"),
    Operation.CODE_SIMILAR: QT_TRANSLATE_NOOP("labels", "code similar passages"),
    Operation.WRITE_MEMO: QT_TRANSLATE_NOOP("labels", "write memo"),
    Operation.WRITE_SUMMARY: QT_TRANSLATE_NOOP("labels", "write summary"),
    Operation.IMPORT_SUMMARIES: QT_TRANSLATE_NOOP("labels", "import summaries"),
    Operation.SETTLE: QT_TRANSLATE_NOOP("labels", "settle"),
    Operation.TAKE_AGREED: QT_TRANSLATE_NOOP("labels", "take what is agreed"),
    Operation.REOPEN: QT_TRANSLATE_NOOP("labels", "open again"),
    Operation.ASSIGN: QT_TRANSLATE_NOOP("labels", "assign documents"),
    Operation.MERGE_COPY: QT_TRANSLATE_NOOP("labels", "merge a copy"),
    Operation.ACCEPT_SUGGESTION: QT_TRANSLATE_NOOP("labels", "accept suggestion"),
    Operation.REJECT_SUGGESTION: QT_TRANSLATE_NOOP("labels", "reject suggestion"),
    Operation.POSTPONE_SUGGESTION: QT_TRANSLATE_NOOP("labels", "put suggestion off"),
    Operation.FORGET_DECISION: QT_TRANSLATE_NOOP("labels", "take decision back"),
    Operation.MUTE_CODE: QT_TRANSLATE_NOOP("labels", "mute suggestions of a code"),
    Operation.EDIT_LEXICON: QT_TRANSLATE_NOOP("labels", "edit lexicon"),
    Operation.EDIT_CAST: QT_TRANSLATE_NOOP("labels", "edit cast list"),
    Operation.EDIT_ACTORS: QT_TRANSLATE_NOOP("labels", "change how actors are found"),
    Operation.CORRECT_ACTORS: QT_TRANSLATE_NOOP("labels", "correct the actors of a passage"),
    Operation.SAVE_TABLE: QT_TRANSLATE_NOOP("labels", "save table"),
    Operation.RENAME_TABLE: QT_TRANSLATE_NOOP("labels", "rename table"),
    Operation.DELETE_TABLE: QT_TRANSLATE_NOOP("labels", "delete table"),
    Operation.MIGRATE: QT_TRANSLATE_NOOP("labels", "bring file up to date"),
}

ORIGINS = {
    Origin.MANUAL: QT_TRANSLATE_NOOP("labels", "by hand"),
    Origin.IN_VIVO: QT_TRANSLATE_NOOP("labels", "in vivo"),
    Origin.SEARCH: QT_TRANSLATE_NOOP("labels", "from a search"),
    Origin.SUGGESTION: QT_TRANSLATE_NOOP("labels", "from a suggestion"),
    Origin.IMPORT: QT_TRANSLATE_NOOP("labels", "imported"),
    Origin.CONSENSUS: QT_TRANSLATE_NOOP("labels", "by consensus"),
}


CHECKS = {
    "integrity": QT_TRANSLATE_NOOP("labels", "file structure"),
    "foreign_keys": QT_TRANSLATE_NOOP("labels", "references"),
    "text_hash": QT_TRANSLATE_NOOP("labels", "text as imported"),
    "turns": QT_TRANSLATE_NOOP("labels", "turns"),
    "spans": QT_TRANSLATE_NOOP("labels", "passages inside the text"),
    "quotes": QT_TRANSLATE_NOOP("labels", "stored quotes"),
    "orphans": QT_TRANSLATE_NOOP("labels", "lost rows"),
    "code_cycles": QT_TRANSLATE_NOOP("labels", "code tree"),
    "search_index": QT_TRANSLATE_NOOP("labels", "search index"),
}


def operation(value: Operation) -> str:
    """Return what an operation is called in “Undo …”."""
    return QCoreApplication.translate("labels", OPERATIONS.get(value, value.replace("_", " ")))


def origin(value: Origin) -> str:
    """Return how a coding came to be, in words."""
    return QCoreApplication.translate("labels", ORIGINS.get(value, value.replace("_", " ")))


def codings(count: int) -> str:
    """Return a number of codings in words."""
    if count == 1:
        return QCoreApplication.translate("labels", "1 coding")
    return QCoreApplication.translate("labels", "{count} codings").format(count=count)


def documents(count: int) -> str:
    """Return a number of documents in words."""
    if count == 1:
        return QCoreApplication.translate("labels", "1 document")
    return QCoreApplication.translate("labels", "{count} documents").format(count=count)


def check(value: str) -> str:
    """Return what a check of the project looks at, in words."""
    return QCoreApplication.translate("labels", CHECKS.get(value, value.replace("_", " ")))
