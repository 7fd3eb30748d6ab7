"""Pieces that the statements of every schema share."""

SPAN = "span_start INTEGER NOT NULL CHECK (span_start >= 0), span_end INTEGER NOT NULL CHECK (span_end > span_start)"


def ref(table: str) -> str:
    """Return a foreign key on the id of a table; a row that is referred to cannot go."""
    return f"REFERENCES {table}(id) ON DELETE RESTRICT ON UPDATE RESTRICT"
