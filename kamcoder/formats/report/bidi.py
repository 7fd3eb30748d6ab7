"""Text written from right to left, for pages on which signs are put from left to right.

The order follows the Unicode Bidirectional Algorithm (UAX #9) without explicit embeddings, whose marks are ignored, and
without its rule for paired brackets (N0). Arabic letters take the forms of their places from Unicode's own table of
presentation forms.
"""

import unicodedata
from functools import cache

_STRONG = ("L", "R", "AL")
_RIGHT = ("R", "AL", "AN", "EN")
_NEUTRAL = ("B", "S", "WS", "ON", "BN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "")
_MIRRORS = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
_FORMS = range(0xFE70, 0xFEFD)
_TATWEEL, _LAM = "\u0640", "\u0644"


def is_mixed(text: str) -> bool:
    """Tell whether something in a text is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in text)


def base_is_right(text: str) -> bool:
    """Tell whether a paragraph is written from right to left as a whole: by its first letter."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in _STRONG:
            return kind != "L"
    return False


def visual_order(line: str, *, right: bool) -> list[int]:
    """Return the positions of the signs of one line from left to right, marks behind the letters they stand on."""
    levels = _levels(line, 1 if right else 0)
    # A letter and the marks on it move together.
    clusters: list[list[int]] = []
    for position, sign in enumerate(line):
        if clusters and unicodedata.bidirectional(sign) == "NSM":
            clusters[-1].append(position)
        else:
            clusters.append([position])
    found = clusters
    highest = max(levels, default=0)
    for level in range(highest, 0, -1):
        found = _reversed_from(found, levels, level)
    return [position for cluster in found for position in cluster]


def visual(text: str) -> str:
    """Return one line as it is put from left to right, Arabic letters joined."""
    if not is_mixed(text):
        return text
    shaped = joined(text)
    right = base_is_right(shaped)
    levels = _levels(shaped, 1 if right else 0)
    return "".join(mirrored(shaped[at], level=levels[at]) for at in visual_order(shaped, right=right))


def mirrored(sign: str, *, level: int) -> str:
    """Return a sign as it stands at a level: brackets open the other way among words from right to left."""
    return _MIRRORS.get(sign, sign) if level % 2 else sign


def levels_of(line: str, *, right: bool) -> list[int]:
    """Return the level of each sign: odd for right to left."""
    return _levels(line, 1 if right else 0)


def joined(text: str) -> str:
    """Return a text with its Arabic letters in the forms of their places: alone, first, in the middle, last.

    A lam with an alef behind it becomes one sign and a zero-width non-joiner, so that positions stay.
    """
    forms, ligatures = _presentation_forms()
    if not any(sign in forms for sign in text):
        return text
    signs = list(text)
    letters = [at for at, sign in enumerate(text) if unicodedata.category(sign) != "Mn"]
    linked = False  # whether the letter before reaches out to this one
    skip = -1
    for order, at in enumerate(letters):
        if at == skip:
            continue
        sign, following = text[at], letters[order + 1] if order + 1 < len(letters) else None
        pair = ligatures.get(sign + text[following]) if sign == _LAM and following is not None else None
        if pair is not None and following is not None:
            signs[at], signs[following] = pair.get("final" if linked else "isolated", sign), "\u200c"
            skip, linked = following, False
            continue
        known = forms.get(sign, {})
        next_known = forms.get(text[following], {}) if following is not None else {}
        reaches = "initial" in known and ("final" in next_known or text[following or 0] == _TATWEEL)
        place = ("medial" if linked else "initial") if reaches else ("final" if linked else "isolated")
        signs[at] = known.get(place, sign)
        linked = reaches or (sign == _TATWEEL and "final" in next_known)
    return "".join(signs)


@cache
def _presentation_forms() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Return for each letter, and each pair that makes one sign, its signs by place."""
    forms: dict[str, dict[str, str]] = {}
    ligatures: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        tag, *bases = unicodedata.decomposition(chr(code)).split() or [""]
        letters = "".join(chr(int(base, 16)) for base in bases)
        if tag.strip("<>") in ("isolated", "final", "initial", "medial") and letters and " " not in letters:
            table = forms if len(letters) == 1 else ligatures
            table.setdefault(letters, {})[tag.strip("<>")] = chr(code)
    return forms, {pair: found for pair, found in ligatures.items() if pair[0] == _LAM}


def _levels(line: str, base: int) -> list[int]:
    kinds = [unicodedata.bidirectional(sign) for sign in line]
    edge = "R" if base else "L"
    _resolve_weak(kinds, edge)
    _resolve_neutral(kinds, edge)
    levels = []
    for kind in kinds:
        if base:
            levels.append(2 if kind in ("L", "EN", "AN") else 1)
        else:
            levels.append(1 if kind == "R" else 2 if kind in ("EN", "AN") else 0)
    for at in range(len(line) - 1, -1, -1):
        if not line[at].isspace():
            break
        levels[at] = base
    return levels


def _resolve_weak(kinds: list[str], edge: str) -> None:
    """Apply the rules W1 to W7."""
    _resolve_marks(kinds, edge)
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        around = kinds[at - 1], kinds[at + 1]
        if around == ("EN", "EN") and kinds[at] in ("ES", "CS"):
            kinds[at] = "EN"
        elif around == ("AN", "AN") and kinds[at] == "CS":
            kinds[at] = "AN"
    for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        near = ""
        for at in order:
            if kinds[at] == "ET" and near == "EN":
                kinds[at] = "EN"
            near = kinds[at]
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    strong = edge
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _resolve_marks(kinds: list[str], edge: str) -> None:
    """Apply the rules W1 and W2: marks go with their letters, figures behind Arabic letters are Arabic ones."""
    before, strong = edge, edge
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = kind = before
        before = kind
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"


def _resolve_neutral(kinds: list[str], edge: str) -> None:
    """Apply the rules N1 and N2: what has no direction takes that of both its sides, or of the paragraph."""
    at = 0
    while at < len(kinds):
        if kinds[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        left = edge if at == 0 else "R" if kinds[at - 1] in _RIGHT else "L"
        right = edge if end == len(kinds) else "R" if kinds[end] in _RIGHT else "L"
        kinds[at:end] = [left if left == right else edge] * (end - at)
        at = end


def _reversed_from(clusters: list[list[int]], levels: list[int], level: int) -> list[list[int]]:
    """Reverse every stretch of clusters of at least this level (rule L2)."""
    found: list[list[int]] = []
    stretch: list[list[int]] = []
    for cluster in clusters:
        if levels[cluster[0]] >= level:
            stretch.append(cluster)
        else:
            found += [*reversed(stretch), cluster]
            stretch = []
    return [*found, *reversed(stretch)]
