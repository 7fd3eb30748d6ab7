"""Text in codebook files: what may stand in it, and the one description field that other tools have for our four."""

import re
from collections.abc import Mapping

# What XML 1.0 cannot carry; left out of every codebook file, so that the formats carry the same text.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADINGS = {"Definition": "definition", "Include": "include", "Exclude": "exclude", "Example": "example"}
_HEADED = re.compile(rf"( *)({'|'.join(_HEADINGS)}):(?: (.*)|)", re.DOTALL)

FIELDS = tuple(_HEADINGS.values())


def tidy(text: str) -> str:
    """Return text with LF line ends, without characters that XML cannot carry and without space around it."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def tidy_name(text: str) -> str:
    """Return a name on one line, with single spaces; it may come out empty."""
    return " ".join(_ILLEGAL.sub("", " ".join(text.split())).split())


def join_description(fields: Mapping[str, str]) -> str:
    """Return definition, include, exclude and example as one text with a heading before each that is not empty.

    A line inside a field that looks like one of the headings is set in by a space, which `split_description` takes off.
    """
    parts = []
    for heading, field in _HEADINGS.items():
        text = tidy(fields.get(field, ""))
        if text:
            first, *others = text.split("\n")
            shielded = [f" {line}" if _HEADED.fullmatch(line) else line for line in others]
            parts.append("\n".join([f"{heading}: {first}", *shielded]))
    return "\n".join(parts)


def split_description(text: str) -> dict[str, str]:
    """Return the four fields of a description.

    The text is split when it begins with one of our headings and each stands once, in our order; anything else is
    another tool's text, and all of it is the definition.
    """
    text = tidy(text)
    found: dict[str, list[str]] = {}
    order = list(_HEADINGS)
    for line in text.split("\n"):
        headed = _HEADED.fullmatch(line)
        if headed and not headed[1]:
            if headed[2] not in order:
                return {"definition": text}
            del order[: order.index(headed[2]) + 1]
            found[headed[2]] = [headed[3] or ""]
        elif not found:
            return {"definition": text}
        else:
            found[list(found)[-1]].append(line[1:] if headed else line)
    return {_HEADINGS[heading]: tidy("\n".join(lines)) for heading, lines in found.items()}
