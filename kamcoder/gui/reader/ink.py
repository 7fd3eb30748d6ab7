"""How each code looks in the reader: its tint, its lines, and what its name is beside the text."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtGui import QColor

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.gui.theme import Look


@dataclass(frozen=True, slots=True)
class Ink:
    """The look of one code; `within` names its parent where the name alone would not tell which code it is."""

    tint: QColor
    stroke: QColor
    writing: QColor
    name: str
    within: str
    path: str


class Inks:
    """The looks of all codes under one theme, made when first asked for."""

    def __init__(self, codebook: Codebook, look: Look) -> None:
        self._codebook = codebook
        self._look = look
        self._names = Counter(code.name.casefold() for code in codebook.codes)
        self._made: dict[str, Ink] = {}

    def __getitem__(self, code_id: str) -> Ink:
        ink = self._made.get(code_id)
        if ink is None:
            ink = self._made[code_id] = self._ink(code_id)
        return ink

    def _ink(self, code_id: str) -> Ink:
        known = code_id in self._codebook
        code = self._codebook.get(code_id) if known else Code(code_id, "?")
        within = ""
        if known and code.parent_id and self._names[code.name.casefold()] > 1:
            within = self._codebook.get(code.parent_id).name
        return Ink(
            tint=self._look.tint(code.colour),
            stroke=self._look.stroke(code.colour),
            writing=self._look.writing(code.colour),
            name=code.name,
            within=within,
            path=self._codebook.path(code_id) if known else code.name,
        )
