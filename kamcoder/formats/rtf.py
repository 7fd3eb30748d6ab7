"""Rich Text Format.

striprtf, which many use for this, leaves out footnotes and text boxes, adds the addresses of links to the text, keeps
what tracked changes deleted, marks table cells with a sign that occurs in text, and gives no bold. A transcript may
lose nothing silently, so the stream of tokens is read here.
"""

from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind
from kamcoder.formats.assembly import Assembler, Tally, as_footnotes, finish, table_row
from kamcoder.formats.rtf_tokens import (
    CHARACTER_SETS,
    CHARACTERS,
    FONT_CHARACTER_SETS,
    HIDDEN,
    MARGINS,
    SEALED,
    SYMBOLS,
    Token,
    code_page,
    tokens,
)

_NO_HEADING = 9  # the outline level of text that is no heading
_MOST_DEEP = 2000
_LONGEST_FALLBACK = 16
_LIST_NUMBERS = frozenset({"listtext", "pntext"})
_ASIDES = frozenset({"footnote", "shptxt", "dptxbxtext"})


class RtfImporter:
    """Reads `.rtf`."""

    key: Final = "rtf"
    suffixes: Final = (".rtf",)

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read a Rich Text file; raises ImportRefused for one that is no RTF, is cut short or has no text."""
        data = data.removeprefix(BOM_UTF8).lstrip()
        if not data.startswith(b"{\\rtf"):
            raise ImportRefused("import_damaged", name=name)
        reader = _Reader()
        for token in tokens(data):
            reader.take(token)
            if reader.depth > _MOST_DEEP:
                raise ImportRefused("import_too_deep", name=name)
            if reader.depth == 0:
                break  # what follows the document's group is no part of it
        if reader.depth:
            raise ImportRefused("import_cut_short", name=name)
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=reader.finished(),
            encoding=reader.encoding,
            notices=reader.notices,
        )


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it and forgets at its end."""

    hidden: bool = False
    sealed: bool = False  # hidden with all that is inside, be it a text box
    margin: bool = False  # a header or footer
    bold: bool = False
    deleted: bool = False
    fallback: int = 1  # how many characters stand in for a Unicode one and are passed over
    font: int | None = None
    aside: bool = False  # opened a note or a text box


class _Flow:
    """A stream of paragraphs: the body, a note or a text box."""

    def __init__(self, tally: Tally, *, is_note: bool = False) -> None:
        self.line = Assembler(tally)  # the paragraph being read, after those of the same table cell
        self.heading = self.listed = self.in_table = False
        self.following: list[Paragraph] = []  # notes and text boxes of the paragraph being read
        self._is_note = is_note
        self._cells: list[list[Paragraph]] = []
        self._done: list[Paragraph] = []

    def reset(self) -> None:
        """Forget the paragraph properties."""
        self.heading = self.listed = self.in_table = False

    def end_paragraph(self) -> None:
        """Close a paragraph; in a table it waits for the end of its cell."""
        kind = ParagraphKind.LIST_ITEM if self.listed else ParagraphKind.BODY
        self.line.end(ParagraphKind.HEADING if self.heading else kind)
        self._take_following()
        if not self.in_table:
            self.end_row()
            self._done += self._taken()

    def end_cell(self) -> None:
        """Close a table cell with the paragraphs read since the one before."""
        self.line.end_if_begun()
        self._take_following()
        self._cells.append(self._taken())

    def end_row(self) -> None:
        """Close a table row."""
        self._done += table_row(self._cells) if self._cells else []
        self._cells = []

    def finished(self) -> list[Paragraph]:
        """Close what is open and give all paragraphs."""
        self.in_table = False
        if self.line.end_if_begun():
            self._take_following()
        self.end_row()
        self._done += self._taken() + self.following
        return as_footnotes(self._done) if self._is_note else self._done

    def _take_following(self) -> None:
        self.line.extend(self.following)
        self.following = []

    def _taken(self) -> list[Paragraph]:
        taken, self.line.paragraphs = self.line.paragraphs, []
        return taken


class _Reader:
    """A machine fed with tokens."""

    def __init__(self) -> None:
        self.encoding = "cp1252"
        self.depth = 0
        self._tally = Tally()
        self._unreadable = self._margins = 0
        self._in_margin = False
        self._state = _State()
        self._stack: list[_State] = []
        self._flows = [_Flow(self._tally)]
        self._fonts: dict[int, str] = {}
        self._default_font: int | None = None
        self._bytes = bytearray()  # not yet decoded: a character may be cut into several tokens
        self._to_skip = 0
        self._starred = False
        self._on_state = {
            "b": self._on_bold,
            "plain": self._on_plain,
            "deleted": self._on_deleted,
            "u": self._on_unicode,
            "uc": self._on_fallback,
            "f": self._on_font,
            "deff": self._on_default_font,
            "fcharset": self._on_font_charset,
            "ansicpg": self._on_code_page,
        }

    def finished(self) -> list[Paragraph]:
        """Give the paragraphs of the document."""
        return self._flows[0].finished()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Tell of what was left out or could not be read."""
        counts = {"characters_unreadable": self._unreadable, "margins_left_out": self._margins}
        return (*self._tally.notices, *(Notice(key, {"count": count}) for key, count in counts.items() if count))

    def take(self, token: Token) -> None:
        """Take in the next token."""
        kind, word, number, data = token
        if kind == "text" or kind == "hex":
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            self._bytes += data[skipped:]
            return
        self._flush()
        if kind == "word":
            self._on_word(word, number)
        elif kind == "symbol":
            self._on_symbol(word)
        else:
            self._to_skip = 0
            (self._on_open if kind == "{" else self._on_close)()

    def _flush(self) -> None:
        if not self._bytes:
            return
        if not self._state.hidden or self._state.margin:
            font = self._default_font if self._state.font is None else self._state.font
            encoding = self.encoding if font is None else self._fonts.get(font, self.encoding)
            text = self._bytes.decode(encoding, errors="replace")
            self._unreadable += text.count("\ufffd")
            self._emit(text)
        self._bytes.clear()

    def _emit(self, text: str) -> None:
        state = self._state
        if state.margin and self._in_margin and any(map(str.isalpha, text)):
            self._margins += 1
            self._in_margin = False
        if not state.hidden and not state.deleted:
            self._flows[-1].line.add(text, bold=state.bold)

    def _on_open(self) -> None:
        self.depth += 1
        self._starred = False
        self._stack.append(self._state)
        self._state = replace(self._state, aside=False)

    def _on_close(self) -> None:
        self.depth -= 1
        if self._state.aside:
            aside = self._flows.pop().finished()
            self._flows[-1].following += aside
        self._state = self._stack.pop()

    def _on_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif self._to_skip:
            self._to_skip -= 1
        elif symbol in SYMBOLS:
            self._emit(SYMBOLS[symbol])
        elif symbol in "\r\n":
            self._on_word("par", None)

    def _on_word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word in CHARACTERS:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._emit(CHARACTERS[word])
            return
        self._to_skip = 0
        if word in _ASIDES:
            self._open_aside(is_note=word == "footnote")
        elif word == "ud" and not self._state.sealed:
            self._state = replace(self._state, hidden=False)
        elif starred or word in HIDDEN or word in SEALED:
            self._hide(word)
        elif word in self._on_state:
            self._on_state[word](number)
        elif word in _ON_PARAGRAPH and not self._state.hidden:
            _ON_PARAGRAPH[word](self._flows[-1], number)
        elif word in CHARACTER_SETS:
            self.encoding = CHARACTER_SETS[word]

    def _open_aside(self, *, is_note: bool) -> None:
        state = self._state
        # A text box is text even in the hidden group of its drawing; a note in a hidden group is not.
        if state.sealed or state.aside or (state.hidden and is_note):
            return
        self._flows.append(_Flow(self._tally, is_note=is_note))
        self._state = replace(state, hidden=False, aside=True, bold=False)

    def _hide(self, word: str) -> None:
        if not self._state.hidden:
            self._tally.comments += word == "annotation"
            self._flows[-1].listed |= word in _LIST_NUMBERS
        self._in_margin = word in MARGINS
        self._state = replace(
            self._state,
            hidden=True,
            sealed=self._state.sealed or word in SEALED,
            margin=self._state.margin or word in MARGINS,
        )

    def _on_bold(self, number: int | None) -> None:
        self._state = replace(self._state, bold=number != 0)

    def _on_plain(self, _: int | None) -> None:
        self._state = replace(self._state, bold=False, deleted=False)

    def _on_deleted(self, number: int | None) -> None:
        self._tally.deletions += number != 0 and not self._state.deleted
        self._state = replace(self._state, deleted=number != 0)

    def _on_unicode(self, number: int | None) -> None:
        if number is None:
            return
        if -0x8000 <= number <= 0x10FFFF:
            self._emit(chr(number + 0x10000 if number < 0 else number))
        else:
            self._unreadable += 1
            self._emit("\ufffd")
        self._to_skip = self._state.fallback

    def _on_fallback(self, number: int | None) -> None:
        self._state = replace(self._state, fallback=min(max(0, number or 0), _LONGEST_FALLBACK))

    def _on_font(self, number: int | None) -> None:
        self._state = replace(self._state, font=number)

    def _on_default_font(self, number: int | None) -> None:
        self._default_font = number

    def _on_font_charset(self, number: int | None) -> None:
        if self._state.font is not None and number in FONT_CHARACTER_SETS:
            self._fonts[self._state.font] = FONT_CHARACTER_SETS[number]

    def _on_code_page(self, number: int | None) -> None:
        self.encoding = code_page(number) or self.encoding


def _end_paragraph(flow: _Flow, _: int | None) -> None:
    flow.end_paragraph()


def _set_heading(flow: _Flow, level: int | None) -> None:
    flow.heading = level is not None and level < _NO_HEADING


def _set_listed(flow: _Flow, number: int | None) -> None:
    flow.listed = number != 0


def _set_in_table(flow: _Flow, number: int | None) -> None:
    flow.in_table = number != 0


_ON_PARAGRAPH: dict[str, Callable[[_Flow, int | None], None]] = {
    "par": _end_paragraph,
    "sect": _end_paragraph,
    "page": _end_paragraph,
    "column": _end_paragraph,
    "nestcell": _end_paragraph,
    "cell": lambda flow, _: flow.end_cell(),
    "row": lambda flow, _: flow.end_row(),
    "pard": lambda flow, _: flow.reset(),
    "intbl": _set_in_table,
    "ls": _set_listed,
    "outlinelevel": _set_heading,
}
