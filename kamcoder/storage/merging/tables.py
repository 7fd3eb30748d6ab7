"""What merging has to know of each journalled table beyond its key and its foreign keys.

A new journalled table needs one row in MERGED, after the tables it refers to; a test says so.
"""

from dataclasses import dataclass

from kamcoder.storage.database import ProjectStore


@dataclass(frozen=True, slots=True)
class Merged:
    """How the rows of a table are merged.

    `natural`: columns by which two rows made apart are the same one. `twins`: such rows are one even if a copy has both
    (the schema allows only one). `distinct`: sets of columns that tell rows apart, name among them; what two different
    rows share is renamed. `local`: columns that have no meaning outside their file. `part_of`: the reference to the row
    that this one is a piece of; when two wholes become one, the pieces of one of them are left out, unless they are by
    nature the same as a piece of the other. `blank`: columns with the values that say nothing; of two versions the one
    that says more there is taken before the later one. `goes_with`: the reference to the row that rules this one; what
    was written together with a version of it that gave way, gives way too. `ids_in`: columns that hold ids beside
    others or in JSON. `bulk`: differences are counted, not listed.
    """

    natural: tuple[str, ...] = ()
    twins: bool = False
    distinct: tuple[tuple[str, ...], ...] = ()
    local: tuple[str, ...] = ()
    part_of: str = ""
    blank: tuple[tuple[str, str | None], ...] = ()
    goes_with: str = ""
    ids_in: tuple[str, ...] = ()
    bulk: bool = False


_PLACE = ("document_id", "span_start", "span_end", "code_id", "coder_id")

MERGED: dict[str, Merged] = {
    "projects": Merged(),
    "settings": Merged(),
    "guide_questions": Merged(natural=("number",), twins=True),
    "coders": Merged(natural=("kind", "name"), distinct=(("name",),)),
    "cases": Merged(natural=("name",), distinct=(("name",),)),
    "participants": Merged(natural=("name",), distinct=(("name",),)),
    "attributes": Merged(natural=("scope", "name"), distinct=(("scope", "name"),)),
    "documents": Merged(natural=("text_hash",), distinct=(("name",),)),
    "originals": Merged(part_of="document_id", bulk=True),
    "document_cases": Merged(bulk=True),
    "speakers": Merged(
        natural=("document_id", "name"), part_of="document_id", blank=(("participant_id", None), ("role", "other"))
    ),
    "turns": Merged(local=("number",), part_of="document_id", bulk=True),
    "attribute_values": Merged(natural=("attribute_id", "case_id", "participant_id", "document_id"), twins=True),
    "codes": Merged(natural=("parent_id", "name"), distinct=(("parent_id", "name"),)),
    "codings": Merged(natural=_PLACE, twins=True, bulk=True),
    "assignments": Merged(bulk=True),
    "suggestions": Merged(bulk=True),
    "shown_suggestions": Merged(bulk=True),
    "muted_codes": Merged(bulk=True),
    "lexicon_entries": Merged(natural=("code_id", "kind", "pattern"), twins=True),
    "cast_members": Merged(natural=("name", "document_id"), twins=True),
    "memos": Merged(),
    "summaries": Merged(natural=("case_id", "code_id"), twins=True),
    "summary_links": Merged(goes_with="summary_id", bulk=True),
    "table_definitions": Merged(natural=("name",), distinct=(("name",),), ids_in=("definition",)),
    "actor_roles": Merged(natural=("name",), twins=True),
    "actor_wordings": Merged(natural=("role_id", "text", "document_id"), twins=True, ids_in=("role_id",)),
    "actor_corrections": Merged(natural=("coding_id", "actor"), twins=True, ids_in=("actor",)),
    "settlements": Merged(ids_in=("taken", "claims", "results"), bulk=True),
}


def references(store: ProjectStore) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each table its references as (column, table referred to)."""
    found = {}
    for table in MERGED:
        rows = store.query('SELECT "from", "table" FROM pragma_foreign_key_list(?) ORDER BY id', [table])
        found[table] = tuple((str(column), str(target)) for column, target in rows)
    return found
