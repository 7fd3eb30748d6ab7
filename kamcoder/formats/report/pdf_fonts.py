"""The fonts of PDFs: DejaVu Sans, which matplotlib brings along, so that every machine sets the same pages.

It has Latin, Greek, Cyrillic, Hebrew and Arabic letters. A sign it lacks shows as an empty box; what is copied out of
the PDF is right all the same.
"""

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT, BOLD = "KamCoder", "KamCoder-Bold"
_FILES = {FONT: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
# Joiners, direction marks and variation selectors have nothing to show.
_SILENT = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF)
_BEYOND_BMP = re.compile(r"<([0-9A-F]{5,6})>")


def load_fonts() -> None:
    """Make the fonts known to the library."""
    if FONT in pdfmetrics.getRegisteredFontNames():
        return
    for name, file in _FILES.items():
        pdfmetrics.registerFont(_Font(name, str(_folder() / file)))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)


class _Font(TTFont):  # type: ignore[misc]
    """A font that keeps the text under signs it has no picture of, and under those beyond U+FFFF."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        face = self.face
        for code in _SILENT:
            if code not in face.charToGlyph:
                face.charToGlyph[code], face.charWidths[code] = face.charToGlyph[32], 0
        face.charToGlyph = _Glyphs(face.charToGlyph)
        self._width = lru_cache(maxsize=50_000)(super().stringWidth)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Return how wide a text is; words come again and again."""
        return float(self._width(text, size, encoding))

    def addObjects(self, doc: Any) -> None:
        """Put the font into the file; the table that leads back from pictures to text speaks UTF-16."""
        super().addObjects(doc)
        for key, item in doc.idToObject.items():
            if str(key).startswith("toUnicodeCMap:"):
                item.content = _BEYOND_BMP.sub(_as_utf_16, item.content)


class _Glyphs(dict[int, int]):
    """Gives every sign a picture: that of a missing one where there is none."""

    def __contains__(self, code: object) -> bool:
        return True

    def __missing__(self, code: int) -> int:
        return 0


def _as_utf_16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


def _folder() -> Path:
    """Return where matplotlib keeps its fonts, without loading it."""
    spec = find_spec("matplotlib")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("matplotlib")
    return Path(spec.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"
