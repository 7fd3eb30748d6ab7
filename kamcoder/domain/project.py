"""The project itself: one file with everything in it."""

from dataclasses import dataclass

PROJECT_SUFFIX = ".kamcoder"


@dataclass(frozen=True, slots=True)
class Project:
    """Identity of a project file."""

    id: str
    name: str
    description: str
    created_at: str


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key under which `P2` stands before `P10`, without regard to case."""
    parts: list[tuple[int, int, str]] = []
    digits, word = "", ""
    for character in name.casefold():
        if character.isdecimal():
            if word:
                parts.append((1, 0, word))
                word = ""
            digits += character
        else:
            if digits:
                parts.append((0, int(digits), ""))
                digits = ""
            word += character
    if digits:
        parts.append((0, int(digits), ""))
    if word:
        parts.append((1, 0, word))
    return tuple(parts)
