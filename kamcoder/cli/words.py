"""The words the command line has for acts and findings."""

from collections.abc import Mapping
from typing import Any

from kamcoder.domain.changes import ChangeOrigin, Operation
from kamcoder.services.checking import Check, Finding

CHECKS = {
    Check.INTEGRITY: "SQLite's own integrity (tables, indexes)",
    Check.FOREIGN_KEYS: "references between rows",
    Check.TEXT_HASH: "texts as imported (hash)",
    Check.TURNS: "turns equal to their text, in order",
    Check.SPANS: "spans inside their documents",
    Check.QUOTES: "stored quotes equal to the text",
    Check.ORPHANS: "rows that belong to something",
    Check.CODE_CYCLES: "codes without cycles",
    Check.SEARCH_INDEX: "turns in the search index",
}

_FINDINGS = {
    Check.INTEGRITY: "{detail}",
    Check.FOREIGN_KEYS: "{subject} refers to a row of {detail} that is not there",
    Check.TEXT_HASH: "the text of {subject} is not the one that was imported",
    Check.TURNS: "{subject} does not fit its text ({detail})",
    Check.SPANS: "{subject} lies outside its text ({detail})",
    Check.QUOTES: "{subject} keeps another quote than its text has ({detail})",
    Check.ORPHANS: "{subject} has lost its {detail}",
    Check.CODE_CYCLES: "{subject} stands below itself",
    Check.SEARCH_INDEX: "the search index knows {detail} turns",
}

_ACTS = {
    Operation.CREATE_PROJECT: "created the project {name}",
    Operation.RENAME_PROJECT: "renamed the project to {name}",
    Operation.CHANGE_SETTING: "set {key} to {value}",
    Operation.SET_GUIDE: "set the interview guide ({questions} questions)",
    Operation.IMPORT_DOCUMENTS: "imported {documents}",
    Operation.RENAME_DOCUMENT: "renamed document {before} to {after}",
    Operation.DELETE_DOCUMENT: "deleted document {document} with {codings} codings",
    Operation.SET_SPEAKER: "set speaker {speaker} of {document} to {role}",
    Operation.ADD_CODER: "added coder {coder}",
    Operation.RENAME_CODER: "renamed coder {before} to {after}",
    Operation.ADD_CODE: "added code {code}",
    Operation.EDIT_CODE: "edited code {code} ({fields})",
    Operation.MOVE_CODE: "moved code {code} to {after}",
    Operation.MERGE_CODES: "merged code {code} into {into} ({codings} codings)",
    Operation.SPLIT_CODE: "split {new} off {code} ({codings} codings)",
    Operation.DELETE_CODE: "deleted code {code} with {codings} codings",
    Operation.IMPORT_CODEBOOK: "imported {codes} codes from {source}",
    Operation.ADD_CASE: "added case {case}",
    Operation.EDIT_CASE: "edited case {case}",
    Operation.DELETE_CASE: "deleted case {case}",
    Operation.LINK_DOCUMENT: "linked document {document} and case {case} ({linked})",
    Operation.EDIT_PARTICIPANT: "edited participant {participant}",
    Operation.EDIT_ATTRIBUTE: "edited attribute {attribute}",
    Operation.SET_VALUE: "set {attribute} to {value}",
    Operation.IMPORT_CASES: "imported the sheet {source}",
    Operation.APPLY_CODE: "coded {document} {span} with {code}: “{quote}”",
    Operation.RECODE: "recoded “{quote}” from {before} to {after}",
    Operation.RESIZE_CODING: "moved the ends of a coding from {before} to {after}",
    Operation.UNCODE: "took {codings} codings away ({codes})",
    Operation.IMPORT_CODINGS: "imported {codings} codings in {documents} documents",
    Operation.SET_WORK_STATE: "set {document} to {state}",
    Operation.MERGE_CODINGS: "merged {codings} codings with {code}",
    Operation.SPLIT_CODING: "split a coding with {code}",
    Operation.CODE_HITS: "coded {codings} hits with {code}",
    Operation.CODE_SIMILAR: "coded {codings} similar passages with {code}",
    Operation.WRITE_MEMO: "wrote a memo on a {about}",
    Operation.WRITE_SUMMARY: "wrote the summary of {case}, {code}",
    Operation.IMPORT_SUMMARIES: "imported {summaries} summaries from {source}",
    Operation.SAVE_TABLE: "saved the table {table}",
    Operation.RENAME_TABLE: "renamed the table {before} to {after}",
    Operation.DELETE_TABLE: "deleted the table {table}",
    Operation.MIGRATE: "brought the file up to date",
}

_ORIGINS = {ChangeOrigin.DO: "", ChangeOrigin.UNDO: "undid: ", ChangeOrigin.REDO: "redid: "}


class _Details(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def describe_finding(finding: Finding) -> str:
    """Return a finding in words."""
    return _FINDINGS[finding.check].format(subject=finding.subject, detail=finding.detail)


def describe_act(operation: Operation | str, origin: ChangeOrigin, details: Mapping[str, Any]) -> str:
    """Return an act in words; one that this release does not know is named as it is."""
    template = _ACTS.get(operation, str(operation)) if isinstance(operation, Operation) else operation
    return _ORIGINS[origin] + template.format_map(_Details({key: _plain(value) for key, value in details.items()}))


def describe_entry(entry: Any) -> str:
    """Return a line of the audit log in words."""
    return describe_act(entry.operation, entry.origin, entry.details)


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
