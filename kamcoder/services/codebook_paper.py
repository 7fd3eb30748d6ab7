"""The codebook as a paper, and the version by which two of them are told apart."""

import hashlib
import json

from kamcoder.domain.changes import Operation
from kamcoder.domain.codebook import Code, Codebook
from kamcoder.formats.report.model import Block, Facts, Heading, Paper, Part, Text
from kamcoder.services.messages import words
from kamcoder.storage.project import AuditEntry

_DEEPEST = 4
_FIELDS = ("definition", "include", "exclude", "example")
_CHANGING = frozenset(
    {
        Operation.CREATE_PROJECT,
        Operation.ADD_CODE,
        Operation.EDIT_CODE,
        Operation.MOVE_CODE,
        Operation.MERGE_CODES,
        Operation.SPLIT_CODE,
        Operation.DELETE_CODE,
        Operation.IMPORT_CODEBOOK,
    }
)


def codebook_paper(book: Codebook, *, project: str = "", changed: str = "") -> Paper:
    """Return the codebook as a document of its own; `changed` is when it last was."""
    title = words("codebook_title", project=project) if project else words("report_codebook")
    blocks = codebook_blocks(book, level=1) or (Text(words("codebook_empty"), quiet=True),)
    return Paper(title, version_line(book, changed), (Part(blocks),), contents=words("report_contents"))


def version_line(book: Codebook, changed: str) -> str:
    """Return a sentence on which codebook this is."""
    date = changed[:16].replace("T", " ")
    told = words("report_version", version=codebook_version(book), codes=len(book))
    return f"{told} {words('report_changed', date=date)}" if date else told


def codebook_blocks(book: Codebook, *, level: int) -> tuple[Block, ...]:
    """Return every code under a heading, those at the top of the tree at `level`, with what is said of it."""
    blocks: list[Block] = []
    for depth, code in book.walk():
        blocks.append(Heading(code.name, min(level + depth, _DEEPEST)))
        blocks += _about(code)
    return tuple(blocks)


def codebook_version(book: Codebook) -> str:
    """Return eight signs that are the same for codebooks that say the same; colours and shortcuts are left aside."""
    told = [
        [book.path(code.id), *(getattr(code, field) for field in _FIELDS), code.codable, sorted(code.questions)]
        for _, code in book.walk()
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def last_change(log: list[AuditEntry]) -> str:
    """Return when the codebook was last changed, as the audit log has it; empty if that is not in the log."""
    return next((entry.at for entry in reversed(log) if entry.operation in _CHANGING), "")


def _about(code: Code) -> list[Block]:
    pairs = [(words(f"codebook_{field}"), getattr(code, field)) for field in _FIELDS if getattr(code, field).strip()]
    if code.questions:
        pairs.append((words("codebook_questions"), ", ".join(code.questions)))
    group: list[Block] = [] if code.codable else [Text(words("codebook_group"), quiet=True)]
    return [*group, *([Facts(tuple(pairs))] if pairs else [])]
