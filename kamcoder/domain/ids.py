"""Identity and time of entities: a UUID from birth, times in UTC."""

import uuid
from datetime import UTC, datetime

_NAMESPACE = uuid.UUID("6c0a3a52-3b0e-5f5e-9c57-4b414d430001")


def new_id() -> str:
    """Return a new random UUID in its canonical lower-case form."""
    return str(uuid.uuid4())


def id_of(*parts: str) -> str:
    """Return the UUID that belongs to these texts: the same on every machine (version 5, RFC 9562)."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def now() -> str:
    """Return the present time in UTC as ISO 8601 with milliseconds and `Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
