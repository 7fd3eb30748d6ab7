"""Expected failures and notices, as keys with values.

The sentence a person reads is made from `resources/messages/*.toml` by `services.messages`, so that a translation is a
file and the core stays free of text. A `KamCoderError` is something the user can cause and mend; any other exception is
a bug.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class KamCoderError(Exception):
    """An expected failure: `key` names the sentence in the catalogue, `values` fill it."""

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(key, values)
        self.key = key
        self.values: Mapping[str, Any] = values

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key} ({details})"


class ProjectFileError(KamCoderError):
    """A project file cannot be opened, created or written."""


class ImportRefused(KamCoderError):  # noqa: N818 - reads as what happened, like the other members of this family
    """A file given for import cannot be taken in; the project is as it was."""


class NotFound(KamCoderError):  # noqa: N818
    """A document, code, case, coder or passage that was asked for does not exist."""


class InvalidInput(KamCoderError):  # noqa: N818
    """A value breaks a rule of the domain (an empty name, a cycle of codes, a span outside the text)."""


class Cancelled(KamCoderError):  # noqa: N818
    """The user cancelled a long operation; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("cancelled")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling that is no failure; `key` and `values` as in `KamCoderError`."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
