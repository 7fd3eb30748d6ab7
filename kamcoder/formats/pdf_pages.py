"""The lines of a PDF's pages: their text with its weight, and where they stand."""

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import Paragraph
from kamcoder.formats.assembly import Assembler, Tally

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES: Final = 5000
MOST_CHARACTERS: Final = 10_000_000  # a few kilobytes can draw the same text over and over
_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi")
_LAST_CODE = 0x10FFFF
_LINE_ENDS = frozenset({0x0A, 0x0D})
_HYPHENS = frozenset({0x02, 0x2D, 0xAD, 0xFFFE})  # PDFium gives one at a line's end as the first or the last
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
                return list(_bounded(document, name=name, tally=tally))
        except PdfiumError as error:
            protected = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
            raise ImportRefused("import_encrypted" if protected else "import_damaged", name=name) from error


def _bounded(document: "PdfDocument", *, name: str, tally: Tally) -> Iterator[Page]:
    characters = 0
    for number in range(len(document)):
        page = _page(document, number, tally)
        characters += page.characters
        if characters > MOST_CHARACTERS:
            raise ImportRefused("import_bomb", name=name)
        yield page


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
    """Collects the characters of a page, by their index, into lines.

    Calls into PDFium are what takes time here: one for each character, and the others only where words and lines begin
    and end.
    """

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
        self._characters: list[str] = []  # of the word being read
        self._first: int | None = None  # index of the line's first visible character,
        self._last = 0  # of the last one so far,
        self._word_end: int | None = None  # and of the last one of the first word, once it is over

    def take(self, index: int) -> None:
        """Take in the next character."""
        code = self._api.FPDFText_GetUnicode(self._page, index)
        if code in _LINE_ENDS:
            self.end_line()
            return
        character = chr(code) if 0 < code <= _LAST_CODE else "\ufffd"
        if character.isspace():
            self._end_word()
            self._spaces += character if character == "\xa0" else " "
            return
        if not self._in_word:
            self._begin_word(index)
        self._last = index
        if code in _HYPHENS:
            self._characters.append("-")
            if self._api.FPDFText_IsHyphen(self._page, index):  # no line end follows this one
                self.end_line()
        else:
            self.unreadable += character == "\ufffd"
            self._characters.append(character)

    def end_line(self) -> None:
        """Close the line, if it has any text."""
        self._end_word()
        self._assembler.end()
        for paragraph in self._assembler.paragraphs:
            if self._first is not None:
                self.lines.append(self._placed(paragraph, self._first))
        self._assembler.paragraphs.clear()
        self._first = self._word_end = None
        self._spaces = ""

    def _begin_word(self, index: int) -> None:
        was_bold, self._bold, self._in_word = self._bold, self._is_bold(index), True
        if self._first is None:
            self._first = index  # white space before a line is none of its text
        else:
            self._assembler.add(self._spaces, bold=was_bold and self._bold)
        self._spaces = ""

    def _end_word(self) -> None:
        if self._in_word:
            self._assembler.add("".join(self._characters), bold=self._bold)
            self._characters.clear()
            self._in_word = False
            if self._word_end is None:
                self._word_end = self._last

    def _placed(self, paragraph: Paragraph, first: int) -> Line:
        self._api.FPDFText_GetCharOrigin(self._page, first, self._x, self._y)
        size = self._api.FPDFText_GetFontSize(self._page, first)
        left, _ = self._extent(first)
        _, right = self._extent(self._last)
        _, word = self._extent(self._last if self._word_end is None else self._word_end)
        return Line(paragraph.text, left, right, self._y.value, size, word, paragraph.bold)

    def _extent(self, index: int) -> tuple[float, float]:
        self._api.FPDFText_GetLooseCharBox(self._page, index, self._box)
        return self._box.left, self._box.right

    def _is_bold(self, index: int) -> bool:
        if self._api.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT:
            return True
        self._api.FPDFText_GetFontInfo(self._page, index, self._font, len(self._font), self._flags)
        name = self._font.value.lower()  # of the fonts every reader has, only the name is known
        return any(part in name for part in _BOLD_NAMES)
