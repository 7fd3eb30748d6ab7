"""Keeping text from being run as a formula by the spreadsheet that opens it, and taking the guard off again."""

import re

# What a spreadsheet takes for the beginning of a formula, behind any apostrophes; the wide forms count in East Asia.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Return text that no spreadsheet runs: with an apostrophe in front where it begins like a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
