"""Markdown, read with markdown-it: the markup goes; bold, headings, lists and tables are kept as what they are."""

import html
import re
from typing import TYPE_CHECKING, Final

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import Extracted, ParagraphKind
from kamcoder.formats.assembly import Assembler, Run, Tally, finish
from kamcoder.formats.decoding import decode, normalise
from kamcoder.formats.layout import starts_turn

if TYPE_CHECKING:
    from markdown_it.token import Token

# Tags that are markup in Markdown too; anything else in angle brackets, such as <inaudible>, is text.
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|mark"
    r"|ol|p|pre|s|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK_TAG = re.compile(r"</?(?:br|p|div|li|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"<(/?)(?:b|strong)\b", re.IGNORECASE)
_WITH_LINES = frozenset({"paragraph_open", "heading_open", "table_open", "code_block", "fence", "html_block"})


class MarkdownImporter:
    """Reads `.md`."""

    key: Final = "md"
    suffixes: Final = (".md", ".markdown")

    def read(self, data: bytes, *, name: str) -> Extracted:
        """Read a Markdown file; raises ImportRefused for binary data, white space and absurdly deep nesting."""
        from markdown_it import MarkdownIt  # slow to load

        decoded = decode(data, name=name)
        tally = Tally()
        cleaned = normalise(decoded.text, trim=False)  # two spaces at a line's end are a hard break
        tally.add(cleaned)
        # Without "reference": `[Anna]: Yes.` is a turn of speech and no definition of a link. The default bound on
        # nesting would leave out what lies deeper without telling; here it ends in a RecursionError instead.
        parser = MarkdownIt("commonmark", {"maxNesting": 10_000}).enable("table").disable("reference")
        reader = _TokenReader(cleaned.text, tally)
        try:
            for token in parser.parse(cleaned.text):
                reader.take(token)
        except RecursionError as error:
            raise ImportRefused("import_too_deep", name=name) from error
        return finish(
            format_key=self.key,
            name=name,
            paragraphs=reader.assembler.paragraphs,
            encoding=decoded.encoding,
            notices=(*decoded.notices, *tally.notices),
        )


class _Numbering:
    """Tells of each item of a list whether its number is markup, or text: `1986. That was the year.`, `6. Why?`."""

    def __init__(self) -> None:
        self._next = 1
        self._literal = False

    def is_text(self, number: int) -> bool:
        """Take the next item's number: text from the first that does not count on from one (or is always one)."""
        self._literal = self._literal or number not in {self._next, 0, 1}
        self._next = number + 1
        return self._literal


class _TokenReader:
    """Goes through the parser's flat list of block tokens and assembles paragraphs."""

    def __init__(self, source: str, tally: Tally) -> None:
        self.assembler = Assembler(tally)
        self._source = source.split("\n")
        self._lists: list[_Numbering] = []  # those of the open lists
        self._number = ""  # the number of an item that is text, until its paragraph begins
        self._cells: list[Assembler] = []
        self._row_line = 0
        self._next_line = 0  # the source line after the last block, to see empty lines before the next
        self._handlers = {
            "bullet_list_open": self._on_list,
            "ordered_list_open": self._on_list,
            "bullet_list_close": self._on_list_end,
            "ordered_list_close": self._on_list_end,
            "list_item_open": self._on_item,
            "inline": self._on_inline,
            "paragraph_close": self._on_paragraph_end,
            "heading_close": self._on_heading_end,
            "th_open": self._on_cell,
            "td_open": self._on_cell,
            "tr_open": self._on_row,
            "tr_close": self._on_row_end,
            "code_block": self._on_literal,
            "fence": self._on_literal,
            "html_block": self._on_html,
        }

    def take(self, token: "Token") -> None:
        """Take in the next token of the document."""
        if token.map and token.type in _WITH_LINES:
            if token.map[0] > self._next_line:
                self.assembler.gap()
            self._next_line = token.map[1]
        handler = self._handlers.get(token.type)
        if handler:
            handler(token)

    def _on_list(self, _: "Token") -> None:
        self._lists.append(_Numbering())

    def _on_list_end(self, _: "Token") -> None:
        self._lists.pop()

    def _on_item(self, token: "Token") -> None:
        is_text = token.info.isdecimal() and self._lists[-1].is_text(int(token.info))
        self._number = f"{token.info}{token.markup} " if is_text else ""

    def _on_paragraph_end(self, _: "Token") -> None:
        self.assembler.end_if_begun(self._kind())

    def _on_heading_end(self, _: "Token") -> None:
        self.assembler.end_if_begun(ParagraphKind.HEADING)

    def _on_literal(self, token: "Token") -> None:
        self.assembler.add(token.content.rstrip("\n"))
        self.assembler.end_if_begun(self._kind())

    def _on_html(self, token: "Token") -> None:
        content = _without_comments(token.content.rstrip("\n"))
        self.assembler.add(html.unescape(_TAG.sub("", _BREAK_TAG.sub("\n", content))))
        self.assembler.end_if_begun(self._kind())

    def _on_row(self, token: "Token") -> None:
        self._row_line = token.map[0] if token.map else 0

    def _on_cell(self, _: "Token") -> None:
        self._cells.append(Assembler(self.assembler.tally))

    def _on_row_end(self, _: "Token") -> None:
        # The parser leaves out cells beyond those of the table's head.
        for text in _split_row(self._source[self._row_line])[len(self._cells) :]:
            self._cells.append(Assembler(self.assembler.tally))
            self._cells[-1].add(text)
        for cell in self._cells:
            cell.end()
        self.assembler.row([cell.paragraphs for cell in self._cells])
        self._cells = []

    def _on_inline(self, token: "Token") -> None:
        target = self._cells[-1] if self._cells else self.assembler
        target.add(self._number)
        self._number = ""
        segments = _segments(token.children or [])
        for position, (segment, hard) in enumerate(segments):
            if position and (hard or starts_turn("".join(text for text, _ in segment))):
                target.add("\n")
            elif position:
                target.add(" ")
            for text, bold in segment:
                target.add(text, bold=bold)

    def _kind(self) -> ParagraphKind:
        return ParagraphKind.LIST_ITEM if self._lists else ParagraphKind.BODY


def _segments(children: "list[Token]") -> list[tuple[list[Run], bool]]:
    """Give the runs between line breaks, each with whether a hard break stands before it."""
    segments: list[tuple[list[Run], bool]] = [([], False)]
    bold = 0
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            segments.append(([], child.type == "hardbreak"))
        elif child.type == "html_inline" and (child.content.startswith("<!--") or _TAG.fullmatch(child.content)):
            bold += _bold_change(child.content)
            if _BREAK_TAG.fullmatch(child.content):
                segments.append(([], True))
        else:
            bold += child.nesting if child.type in {"strong_open", "strong_close"} else 0
            segments[-1][0].append((child.content, bold > 0))
    return segments


def _without_comments(text: str) -> str:
    """Leave out HTML comments; one that is never closed is text. Linear, which a pattern would not be."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[position:start])
        position = end + len("-->")
    return "".join(parts) + text[position:]


def _bold_change(tag: str) -> int:
    match = _BOLD_TAG.match(tag)
    return 0 if match is None else -1 if match[1] else 1


def _split_row(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
