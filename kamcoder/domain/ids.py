"""Identity and time of entities: a UUID from birth, times in UTC."""

import uuid
from datetime import UTC, datetime


def new_id() -> str:
    """Return a new random UUID in its canonical lower-case form."""
    return str(uuid.uuid4())


def now() -> str:
    """Return the present time in UTC as ISO 8601 with milliseconds and `Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
