"""The tables that schema 2 adds, by what they are for."""

from kamcoder.storage.schema_terms import SPAN, ref

# Nothing was ever written into the suggestions of schema 1: their states grow by one, "not now".
_SUGGESTING = (
    "DROP TABLE suggestions",
    f"""CREATE TABLE suggestions (
        id TEXT PRIMARY KEY, document_id TEXT NOT NULL {ref("documents")}, {SPAN},
        code_id TEXT NOT NULL {ref("codes")}, coder_id TEXT NOT NULL {ref("coders")},
        state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'edited', 'rejected', 'postponed')),
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), rank INTEGER NOT NULL CHECK (rank >= 1),
        reason TEXT NOT NULL, model_version TEXT NOT NULL, created_at TEXT NOT NULL, decided_at TEXT,
        coding_id TEXT {ref("codings")}
    ) STRICT""",
    "CREATE INDEX suggestions_by_document ON suggestions(document_id, coder_id, state)",
    "CREATE INDEX suggestions_by_code ON suggestions(code_id)",
    "CREATE INDEX suggestions_by_coder ON suggestions(coder_id)",
    "CREATE INDEX suggestions_by_coding ON suggestions(coding_id)",
    # What a coder has had before his eyes, each once: counting it is no act of his, so it stands apart from what he
    # decided, which is undone and redone.
    f"""CREATE TABLE shown_suggestions (
        coder_id TEXT NOT NULL {ref("coders")}, document_id TEXT NOT NULL {ref("documents")},
        code_id TEXT NOT NULL {ref("codes")}, {SPAN}, score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        rank INTEGER NOT NULL CHECK (rank >= 1), model_version TEXT NOT NULL, shown_at TEXT NOT NULL,
        PRIMARY KEY (coder_id, document_id, code_id, span_start, span_end)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX shown_suggestions_by_document ON shown_suggestions(document_id)",
    "CREATE INDEX shown_suggestions_by_code ON shown_suggestions(code_id)",
    f"""CREATE TABLE muted_codes (
        coder_id TEXT NOT NULL {ref("coders")}, code_id TEXT NOT NULL {ref("codes")},
        muted INTEGER NOT NULL CHECK (muted IN (0, 1)), automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
        changed_at TEXT NOT NULL, PRIMARY KEY (coder_id, code_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX muted_codes_by_code ON muted_codes(code_id)",
    f"""CREATE TABLE lexicon_entries (
        id TEXT PRIMARY KEY, code_id TEXT NOT NULL {ref("codes")}, pattern TEXT NOT NULL CHECK (pattern <> ''),
        kind TEXT NOT NULL, weight REAL NOT NULL, source TEXT NOT NULL, created_at TEXT NOT NULL,
        UNIQUE (code_id, kind, pattern)
    ) STRICT""",
    f"""CREATE TABLE cast_members (
        id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''), role TEXT NOT NULL,
        document_id TEXT {ref("documents")}, created_at TEXT NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX cast_of_project ON cast_members(name) WHERE document_id IS NULL",
    "CREATE UNIQUE INDEX cast_of_document ON cast_members(document_id, name) WHERE document_id IS NOT NULL",
)

_SAVED_TABLES = (
    """CREATE TABLE table_definitions (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''), definition TEXT NOT NULL,
        created_at TEXT NOT NULL, modified_at TEXT NOT NULL
    ) STRICT""",
)

# What was decided is told as it was then (JSON), not by reference: codings may come and go, a decision stays.
# Given by somebody to be coded blind; without it a document was only opened, and nothing of it is hidden.
_ASSIGNING = ("ALTER TABLE assignments ADD COLUMN given INTEGER NOT NULL DEFAULT 0 CHECK (given IN (0, 1))",)

_SETTLING = (
    f"""CREATE TABLE settlements (
        id TEXT PRIMARY KEY, document_id TEXT NOT NULL {ref("documents")}, {SPAN},
        standing TEXT NOT NULL CHECK (standing IN ('agreed', 'boundary', 'other_code', 'only_some')),
        choice TEXT NOT NULL
            CHECK (choice IN ('agreed', 'coders', 'all', 'neither', 'union', 'intersection', 'own')),
        taken TEXT NOT NULL, claims TEXT NOT NULL, results TEXT NOT NULL, memo TEXT NOT NULL,
        coder_id TEXT NOT NULL {ref("coders")}, decided_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX settlements_by_document ON settlements(document_id, span_start)",
    "CREATE INDEX settlements_by_coder ON settlements(coder_id)",
)

# See `stamps`. No foreign keys: a million stamps are written unasked, and nothing but merging reads them.
_MERGING = (
    """CREATE TABLE sittings (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seen INTEGER NOT NULL CHECK (seen >= 0)
    ) STRICT""",
    """CREATE TABLE row_versions (
        table_name TEXT NOT NULL, row_key TEXT NOT NULL, sitting INTEGER NOT NULL, stamp INTEGER NOT NULL,
        PRIMARY KEY (table_name, row_key)
    ) STRICT, WITHOUT ROWID""",
    # Versions this file knows of but does not hold: a copy for a coder who is not to see the others' codings.
    """CREATE TABLE withheld (
        table_name TEXT NOT NULL, row_key TEXT NOT NULL, sitting INTEGER NOT NULL, stamp INTEGER NOT NULL,
        PRIMARY KEY (table_name, row_key)
    ) STRICT, WITHOUT ROWID""",
    # Rows that a copy deleted, and that are there only because others still refer to them.
    """CREATE TABLE revived (
        table_name TEXT NOT NULL, row_key TEXT NOT NULL, sitting INTEGER NOT NULL, stamp INTEGER NOT NULL,
        PRIMARY KEY (table_name, row_key)
    ) STRICT, WITHOUT ROWID""",
    # What rows said (JSON) that say something else only because two copies together would not hold.
    """CREATE TABLE mended (
        table_name TEXT NOT NULL, row_key TEXT NOT NULL, sitting INTEGER NOT NULL, stamp INTEGER NOT NULL,
        before TEXT NOT NULL, PRIMARY KEY (table_name, row_key)
    ) STRICT, WITHOUT ROWID""",
    # Rows that copies made independently and that say the same: the old one went into the new one.
    """CREATE TABLE aliases (
        table_name TEXT NOT NULL, old_key TEXT NOT NULL, new_key TEXT NOT NULL, PRIMARY KEY (table_name, old_key)
    ) STRICT, WITHOUT ROWID""",
)

# A wording that ships is written down only where the project switched it off.
_ACTORS = (
    """CREATE TABLE actor_roles (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> '')
    ) STRICT""",
    f"""CREATE TABLE actor_wordings (
        id TEXT PRIMARY KEY, role_id TEXT NOT NULL CHECK (role_id <> ''), text TEXT NOT NULL CHECK (text <> ''),
        exact INTEGER NOT NULL CHECK (exact IN (0, 1)), enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
        document_id TEXT {ref("documents")}, created_at TEXT NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX actor_wordings_once ON actor_wordings(role_id, text, coalesce(document_id, ''))",
    "CREATE INDEX actor_wordings_by_document ON actor_wordings(document_id) WHERE document_id IS NOT NULL",
    f"""CREATE TABLE actor_corrections (
        id TEXT PRIMARY KEY, coding_id TEXT NOT NULL {ref("codings")}, actor TEXT NOT NULL CHECK (actor <> ''),
        present INTEGER NOT NULL CHECK (present IN (0, 1)), coder_id TEXT NOT NULL {ref("coders")},
        created_at TEXT NOT NULL, UNIQUE (coding_id, actor)
    ) STRICT""",
    "CREATE INDEX actor_corrections_by_coder ON actor_corrections(coder_id)",
)

# A summary may be of one case over all codes, or of one code over all cases: a column that is NULL stands for all. The
# old tables are emptied before they go, since rows that others refer to cannot.
_SUMMARIES = (
    "ALTER TABLE summary_links RENAME TO summary_links_1",
    "ALTER TABLE summaries RENAME TO summaries_1",
    "DROP INDEX summaries_by_code",
    "DROP INDEX summaries_by_coder",
    "DROP INDEX summary_links_by_coding",
    f"""CREATE TABLE summaries (
        id TEXT PRIMARY KEY, case_id TEXT {ref("cases")}, code_id TEXT {ref("codes")},
        coder_id TEXT NOT NULL {ref("coders")}, text TEXT NOT NULL, draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
        created_at TEXT NOT NULL, modified_at TEXT NOT NULL, CHECK (case_id IS NOT NULL OR code_id IS NOT NULL)
    ) STRICT""",
    "CREATE UNIQUE INDEX summaries_by_cell ON summaries(case_id, code_id) WHERE code_id IS NOT NULL",
    "CREATE UNIQUE INDEX summaries_of_case ON summaries(case_id) WHERE code_id IS NULL",
    "CREATE UNIQUE INDEX summaries_of_code ON summaries(code_id) WHERE case_id IS NULL",
    "CREATE INDEX summaries_by_code ON summaries(code_id)",
    "CREATE INDEX summaries_by_coder ON summaries(coder_id)",
    f"""CREATE TABLE summary_links (
        summary_id TEXT NOT NULL {ref("summaries")}, coding_id TEXT NOT NULL {ref("codings")},
        position INTEGER NOT NULL, PRIMARY KEY (summary_id, coding_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX summary_links_by_coding ON summary_links(coding_id)",
    "INSERT INTO summaries SELECT * FROM summaries_1",
    "INSERT INTO summary_links SELECT * FROM summary_links_1",
    "DROP TABLE summary_links_1",
    "DROP TABLE summaries_1",
)

SCHEMA_2 = (*_ASSIGNING, *_SUGGESTING, *_SAVED_TABLES, *_SETTLING, *_MERGING, *_ACTORS, *_SUMMARIES)

#: The journalled tables among them, and the keys of those that have no id.
TABLES_2 = (
    "shown_suggestions",
    "muted_codes",
    "lexicon_entries",
    "cast_members",
    "table_definitions",
    "settlements",
    "actor_roles",
    "actor_wordings",
    "actor_corrections",
)
KEYS_2: dict[str, tuple[str, ...]] = {
    "shown_suggestions": ("coder_id", "document_id", "code_id", "span_start", "span_end"),
    "muted_codes": ("coder_id", "code_id"),
    "sittings": ("number",),
    "row_versions": ("table_name", "row_key"),
    "withheld": ("table_name", "row_key"),
    "revived": ("table_name", "row_key"),
    "mended": ("table_name", "row_key"),
    "aliases": ("table_name", "old_key"),
}
