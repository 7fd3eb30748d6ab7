"""The lines of a PDF's pages: their text with its weight, and where they stand."""

import ctypes
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats.assembly import Assembler, Tally

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES: Final = 5000
_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi")
_LAST_CODE = 0x10FFFF
_LINE_ENDS = frozenset({0x0A, 0x0D})
_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})  # how PDFium gives a hyphen at a line's end; and one in a font of its own
_LOCK = threading.Lock()  # PDFium is one for the process and not made for several threads


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page.

    `left`, `right`, `baseline` and `size` (the font's, of the first character) are in points, the origin below left;
    `word` is the right end of the first word. `bold` holds intervals of `text` as in Paragraph.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    word: float
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order of the file, and how many of its characters have no meaning in Unicode."""

    lines: tuple[Line, ...]
    characters: int
    unreadable: int


def pages_of(data: bytes, *, name: str, tally: Tally) -> list[Page]:
    """Give the pages of a PDF; raises ImportRefused, naming the file `name`, if it cannot be opened or read."""
    from pypdfium2 import PdfDocument, PdfiumError  # slow to load
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    with _LOCK:
        try:
            with PdfDocument(data) as document:
                if len(document) > MOST_PAGES:
                    raise ImportRefused("import_too_many_pages", name=name, most=MOST_PAGES)
                return [_page(document, number, tally) for number in range(len(document))]
        except PdfiumError as error:
            protected = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
            raise ImportRefused("import_encrypted" if protected else "import_damaged", name=name) from error


def _page(document: "PdfDocument", number: int, tally: Tally) -> Page:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            builder = _LineBuilder(text_page.raw, tally)
            count = text_page.count_chars()
            for index in range(count):
                builder.take(index)
            builder.end_line()
        finally:
            text_page.close()
    finally:
        page.close()
    return Page(tuple(builder.lines), count, builder.unreadable)


class _LineBuilder:
    """Collects the characters of a page, by their index, into lines."""

    def __init__(self, text_page: Any, tally: Tally) -> None:
        from pypdfium2 import raw

        self.lines: list[Line] = []
        self.unreadable = 0
        self._api = raw
        self._page = text_page
        self._assembler = Assembler(tally)
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._font = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._bold = self._in_word = False
        self._spaces = ""  # since the last word
        self._start: tuple[float, float, float] | None = None  # left, baseline and size of the line's first character
        self._right = 0.0
        self._word: float | None = None  # right end of the first word, once it is over

    def take(self, index: int) -> None:
        """Take in the next character."""
        code = self._api.FPDFText_GetUnicode(self._page, index)
        if code in _LINE_ENDS:
            self.end_line()
        elif chr(min(code, _LAST_CODE)).isspace():
            self._on_space(chr(code))
        else:
            self._place(index)
            self._assembler.add(self._character(code), bold=self._bold)
            if self._api.FPDFText_IsHyphen(self._page, index):  # no line end follows this one
                self.end_line()

    def end_line(self) -> None:
        """Close the line, if it has any text."""
        self._assembler.end()
        for paragraph in self._assembler.paragraphs:
            if self._start is not None:
                left, baseline, size = self._start
                word = self._right if self._word is None else self._word
                self.lines.append(Line(paragraph.text, left, self._right, baseline, size, word, paragraph.bold))
        self._assembler.paragraphs.clear()
        self._start = self._word = None
        self._in_word = False
        self._spaces = ""

    def _on_space(self, character: str) -> None:
        self._in_word = False
        if self._start is not None:  # white space before a line is none of its text
            self._word = self._right if self._word is None else self._word
            self._spaces += character if character == "\xa0" else " "

    def _character(self, code: int) -> str:
        if code in _HYPHENS:
            return "-"
        if 0 < code <= _LAST_CODE:
            return chr(code)
        self.unreadable += 1
        return "\ufffd"

    def _place(self, index: int) -> None:
        """Note where a visible character stands and, where a word begins, what its font is."""
        if not self._in_word:
            was_bold, self._bold, self._in_word = self._bold, self._is_bold(index), True
            self._assembler.add(self._spaces, bold=was_bold and self._bold)
            self._spaces = ""
        self._api.FPDFText_GetLooseCharBox(self._page, index, self._box)
        self._right = self._box.right
        if self._start is None:
            self._api.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
            self._start = (self._box.left, self._y.value, self._api.FPDFText_GetFontSize(self._page, index))

    def _is_bold(self, index: int) -> bool:
        if self._api.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT:
            return True
        self._api.FPDFText_GetFontInfo(self._page, index, self._font, len(self._font), self._flags)
        name = self._font.value.lower()  # of the fonts every reader has, only the name is known
        return any(part in name for part in _BOLD_NAMES)
