"""The tables of a project file, as sqlite-utils migrations, and what the store has to know of each table.

Schema rules: every entity has a UUID from birth; foreign keys RESTRICT (a cascade would hide rows from the journal);
spans are half-open intervals of code points; times are UTC texts; JSON stands in TEXT columns. Table names are the
plural nouns of the program.
"""

from dataclasses import dataclass

from kamcoder.domain.ids import new_id
from kamcoder.storage.library import Database, Migrations
from kamcoder.storage.schema_2 import KEYS_2, SCHEMA_2, TABLES_2
from kamcoder.storage.schema_terms import SPAN, ref
from kamcoder.storage.stamps import BOOKKEEPING

APPLICATION_ID = 0x4B414D43  # "KAMC"
SCHEMA_VERSION = 2

migrations = Migrations("kamcoder")

_SCHEMA_1 = (
    """CREATE TABLE projects (
        id TEXT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), description TEXT NOT NULL, created_at TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE guide_questions (
        id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE COLLATE NOCASE, about TEXT NOT NULL, wordings TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE coders (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('person', 'consensus')), created_at TEXT NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX one_consensus ON coders(kind) WHERE kind = 'consensus'",
    """CREATE TABLE cases (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''), description TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    f"""CREATE TABLE participants (
        id TEXT PRIMARY KEY, case_id TEXT {ref("cases")},
        name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''), role TEXT NOT NULL,
        years INTEGER CHECK (years >= 0), experience TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX participants_by_case ON participants(case_id)",
    # `length` stands before `text`: reading it must not walk the overflow pages of a long text.
    """CREATE TABLE documents (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''), format TEXT NOT NULL,
        encoding TEXT, text_hash TEXT NOT NULL, length INTEGER NOT NULL, original_name TEXT NOT NULL,
        imported_at TEXT NOT NULL, text TEXT NOT NULL, CHECK (length = length(text))
    ) STRICT""",
    "CREATE INDEX documents_by_hash ON documents(text_hash)",
    """CREATE TRIGGER documents_text_frozen BEFORE UPDATE OF text, text_hash, length ON documents
        WHEN new.text <> old.text OR new.text_hash <> old.text_hash OR new.length <> old.length
        BEGIN SELECT RAISE(ABORT, 'the text of a document is frozen'); END""",
    f"""CREATE TABLE originals (
        document_id TEXT PRIMARY KEY {ref("documents")}, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT""",
    f"""CREATE TABLE document_cases (
        document_id TEXT NOT NULL {ref("documents")}, case_id TEXT NOT NULL {ref("cases")},
        PRIMARY KEY (document_id, case_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX document_cases_by_case ON document_cases(case_id)",
    f"""CREATE TABLE speakers (
        id TEXT PRIMARY KEY, document_id TEXT NOT NULL {ref("documents")}, name TEXT NOT NULL CHECK (name <> ''),
        role TEXT NOT NULL CHECK (role IN ('interviewer', 'interviewee', 'other')),
        participant_id TEXT {ref("participants")}
    ) STRICT""",
    "CREATE INDEX speakers_by_document ON speakers(document_id)",
    "CREATE INDEX speakers_by_participant ON speakers(participant_id)",
    # `number` is the stable row number that the full-text index refers to; a plain rowid may change with VACUUM.
    f"""CREATE TABLE turns (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL {ref("documents")},
        position INTEGER NOT NULL, {SPAN}, kind TEXT NOT NULL CHECK (kind IN ('question', 'answer', 'note')),
        speaker_id TEXT {ref("speakers")}, guide_question TEXT, time REAL CHECK (time >= 0), text TEXT NOT NULL,
        CHECK (length(text) = span_end - span_start), UNIQUE (document_id, position)
    ) STRICT""",
    "CREATE INDEX turns_by_speaker ON turns(speaker_id)",
    "CREATE INDEX turns_by_span ON turns(document_id, span_start)",
    """CREATE VIRTUAL TABLE turn_search USING fts5(
        text, content='turns', content_rowid='number', tokenize="unicode61 remove_diacritics 2"
    )""",
    """CREATE TRIGGER turns_indexed AFTER INSERT ON turns
        BEGIN INSERT INTO turn_search(rowid, text) VALUES (new.number, new.text); END""",
    """CREATE TRIGGER turns_unindexed AFTER DELETE ON turns
        BEGIN INSERT INTO turn_search(turn_search, rowid, text) VALUES ('delete', old.number, old.text); END""",
    """CREATE TRIGGER turns_text_frozen BEFORE UPDATE OF number, text, span_start, span_end ON turns
        WHEN new.number <> old.number OR new.text <> old.text OR new.span_start <> old.span_start
          OR new.span_end <> old.span_end
        BEGIN SELECT RAISE(ABORT, 'the text of a turn is frozen'); END""",
    """CREATE TABLE attributes (
        id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
        type TEXT NOT NULL CHECK (type IN ('text', 'integer', 'decimal', 'yes/no', 'date', 'choice')),
        scope TEXT NOT NULL CHECK (scope IN ('case', 'participant', 'document')), choices TEXT NOT NULL,
        position INTEGER NOT NULL, UNIQUE (scope, name)
    ) STRICT""",
    f"""CREATE TABLE attribute_values (
        id TEXT PRIMARY KEY, attribute_id TEXT NOT NULL {ref("attributes")}, case_id TEXT {ref("cases")},
        participant_id TEXT {ref("participants")}, document_id TEXT {ref("documents")}, value TEXT NOT NULL,
        CHECK ((case_id IS NOT NULL) + (participant_id IS NOT NULL) + (document_id IS NOT NULL) = 1)
    ) STRICT""",
    "CREATE UNIQUE INDEX values_by_case ON attribute_values(case_id, attribute_id) WHERE case_id IS NOT NULL",
    """CREATE UNIQUE INDEX values_by_participant ON attribute_values(participant_id, attribute_id)
        WHERE participant_id IS NOT NULL""",
    """CREATE UNIQUE INDEX values_by_document ON attribute_values(document_id, attribute_id)
        WHERE document_id IS NOT NULL""",
    "CREATE INDEX values_by_attribute ON attribute_values(attribute_id)",
    f"""CREATE TABLE codes (
        id TEXT PRIMARY KEY, parent_id TEXT {ref("codes")} CHECK (parent_id <> id),
        name TEXT NOT NULL CHECK (name <> ''), position INTEGER NOT NULL,
        colour TEXT NOT NULL CHECK (colour GLOB '#[0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F]'),
        definition TEXT NOT NULL, include TEXT NOT NULL, exclude TEXT NOT NULL, example TEXT NOT NULL,
        shortcut TEXT NOT NULL, codable INTEGER NOT NULL CHECK (codable IN (0, 1)), questions TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX codes_by_parent ON codes(parent_id)",
    f"""CREATE TABLE codings (
        id TEXT PRIMARY KEY, document_id TEXT NOT NULL {ref("documents")}, {SPAN}, quote TEXT NOT NULL,
        code_id TEXT NOT NULL {ref("codes")}, coder_id TEXT NOT NULL {ref("coders")},
        origin TEXT NOT NULL
            CHECK (origin IN ('manual', 'in_vivo', 'search', 'suggestion', 'import', 'consensus')),
        origin_detail TEXT NOT NULL, created_at TEXT NOT NULL,
        CHECK (length(quote) = span_end - span_start), UNIQUE (document_id, span_start, span_end, code_id, coder_id)
    ) STRICT""",
    "CREATE INDEX codings_by_code ON codings(code_id, document_id)",
    "CREATE INDEX codings_by_coder ON codings(coder_id)",
    """CREATE TRIGGER codings_inside_text BEFORE INSERT ON codings
        WHEN new.span_end > (SELECT length FROM documents WHERE id = new.document_id)
        BEGIN SELECT RAISE(ABORT, 'a coding reaches past the end of its document'); END""",
    """CREATE TRIGGER codings_moved_inside_text BEFORE UPDATE OF span_end, document_id ON codings
        WHEN new.span_end > (SELECT length FROM documents WHERE id = new.document_id)
        BEGIN SELECT RAISE(ABORT, 'a coding reaches past the end of its document'); END""",
    f"""CREATE TABLE assignments (
        coder_id TEXT NOT NULL {ref("coders")}, document_id TEXT NOT NULL {ref("documents")},
        state TEXT NOT NULL CHECK (state IN ('assigned', 'in_progress', 'finished')), changed_at TEXT NOT NULL,
        PRIMARY KEY (coder_id, document_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX assignments_by_document ON assignments(document_id)",
    f"""CREATE TABLE suggestions (
        id TEXT PRIMARY KEY, document_id TEXT NOT NULL {ref("documents")}, {SPAN},
        code_id TEXT NOT NULL {ref("codes")}, coder_id TEXT NOT NULL {ref("coders")},
        state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'edited', 'rejected')),
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), rank INTEGER NOT NULL CHECK (rank >= 1),
        reason TEXT NOT NULL, model_version TEXT NOT NULL, created_at TEXT NOT NULL, decided_at TEXT,
        coding_id TEXT {ref("codings")}
    ) STRICT""",
    "CREATE INDEX suggestions_by_document ON suggestions(document_id, coder_id, state)",
    "CREATE INDEX suggestions_by_code ON suggestions(code_id)",
    "CREATE INDEX suggestions_by_coder ON suggestions(coder_id)",
    "CREATE INDEX suggestions_by_coding ON suggestions(coding_id)",
    f"""CREATE TABLE memos (
        id TEXT PRIMARY KEY, project_id TEXT {ref("projects")}, document_id TEXT {ref("documents")},
        case_id TEXT {ref("cases")}, participant_id TEXT {ref("participants")}, code_id TEXT {ref("codes")},
        coding_id TEXT {ref("codings")}, coder_id TEXT NOT NULL {ref("coders")}, title TEXT NOT NULL,
        text TEXT NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
        CHECK ((project_id IS NOT NULL) + (document_id IS NOT NULL) + (case_id IS NOT NULL)
             + (participant_id IS NOT NULL) + (code_id IS NOT NULL) + (coding_id IS NOT NULL) = 1)
    ) STRICT""",
    "CREATE INDEX memos_by_document ON memos(document_id) WHERE document_id IS NOT NULL",
    "CREATE INDEX memos_by_case ON memos(case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX memos_by_participant ON memos(participant_id) WHERE participant_id IS NOT NULL",
    "CREATE INDEX memos_by_code ON memos(code_id) WHERE code_id IS NOT NULL",
    "CREATE INDEX memos_by_coding ON memos(coding_id) WHERE coding_id IS NOT NULL",
    "CREATE INDEX memos_by_coder ON memos(coder_id)",
    f"""CREATE TABLE summaries (
        id TEXT PRIMARY KEY, case_id TEXT NOT NULL {ref("cases")}, code_id TEXT NOT NULL {ref("codes")},
        coder_id TEXT NOT NULL {ref("coders")}, text TEXT NOT NULL, draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
        created_at TEXT NOT NULL, modified_at TEXT NOT NULL, UNIQUE (case_id, code_id)
    ) STRICT""",
    "CREATE INDEX summaries_by_code ON summaries(code_id)",
    "CREATE INDEX summaries_by_coder ON summaries(coder_id)",
    f"""CREATE TABLE summary_links (
        summary_id TEXT NOT NULL {ref("summaries")}, coding_id TEXT NOT NULL {ref("codings")},
        position INTEGER NOT NULL, PRIMARY KEY (summary_id, coding_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX summary_links_by_coding ON summary_links(coding_id)",
    """CREATE TABLE audit_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, coder TEXT NOT NULL, operation TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('do', 'undo', 'redo')), details TEXT NOT NULL, rows TEXT NOT NULL,
        program TEXT NOT NULL
    ) STRICT""",
    """CREATE TRIGGER audit_log_not_updated BEFORE UPDATE ON audit_log
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_log_not_deleted BEFORE DELETE ON audit_log
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)


@migrations()
def schema_1(db: Database) -> None:
    """Lay out the tables of the first release."""
    for statement in _SCHEMA_1:
        db.execute(statement)


@migrations()
def schema_2(db: Database) -> None:
    """Add what suggestions, actors, saved tables, settling and merging keep."""
    for statement in SCHEMA_2:
        db.execute(statement)
    # Rows without a stamp are of this sitting; another copy brought up to date by itself has another.
    db.execute("INSERT INTO sittings (id, seen) VALUES (?, 1)", (new_id(),))


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What the store has to know of a table: its key and all columns in order."""

    key: tuple[str, ...]
    columns: tuple[str, ...]


_KEYS = {
    "settings": ("key",),
    "originals": ("document_id",),
    "document_cases": ("document_id", "case_id"),
    "assignments": ("coder_id", "document_id"),
    "summary_links": ("summary_id", "coding_id"),
    **KEYS_2,
}

#: The tables whose rows are journalled: all but the audit log and what SQLite keeps for itself.
JOURNALLED = (
    "projects",
    "settings",
    "guide_questions",
    "coders",
    "cases",
    "participants",
    "documents",
    "originals",
    "document_cases",
    "speakers",
    "turns",
    "attributes",
    "attribute_values",
    "codes",
    "codings",
    "assignments",
    "suggestions",
    "memos",
    "summaries",
    "summary_links",
    *TABLES_2,
)


def describe_tables(db: Database) -> dict[str, TableInfo]:
    """Return key and columns of every table of an open project file that the store writes, but the audit log."""
    columns: dict[str, list[str]] = {}
    for table, column in db.execute(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY c.cid"
    ):
        columns.setdefault(table, []).append(column)
    return {
        name: TableInfo(_KEYS.get(name, ("id",)), tuple(columns.get(name, ()))) for name in (*JOURNALLED, *BOOKKEEPING)
    }
