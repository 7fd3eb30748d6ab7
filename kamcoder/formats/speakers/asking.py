"""Whether a paragraph asks something, as far as its end shows."""

import re

_MARKS = ("?", "？", "؟")
# What may stand behind the question mark: quotes, a remark in brackets, a time stamp.
_BEHIND = re.compile(r"(?:\s|[\"'”’»]|[(\[<][^()\[\]<>]{0,30}[)\]>]|#[^#]{1,30}#)+\Z")
_FAR_ENOUGH = 80


def asks(text: str) -> bool:
    """Tell whether `text` ends with a question mark, whatever quotes, remarks and times stand behind it."""
    end = text[-_FAR_ENOUGH:]
    if not any(mark in end for mark in _MARKS):
        return False
    return end.endswith(_MARKS) or _BEHIND.sub("", end).endswith(_MARKS)
