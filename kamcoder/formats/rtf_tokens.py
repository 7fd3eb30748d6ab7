"""The tokens of Rich Text Format, and what its words and code pages mean in Unicode."""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<symbol>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)

# Groups whose content is no part of the text. All others that are marked with \* are left out too.
HIDDEN = {
    "aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnparent",
    "atnref", "atntime", "atrfend", "atrfstart", "bkmkend", "bkmkstart", "colortbl", "comment", "datastore",
    "do", "fldinst", "fonttbl", "ftncn", "ftnsep", "ftnsepc", "info", "latentstyles", "listoverridetable",
    "listtable", "listtext", "nonesttables", "objdata", "pict", "pntext", "private", "revtbl", "rxe",
    "shpinst", "sn", "stylesheet", "sv", "tc", "tcn", "template", "themedata", "txe", "upr", "xe",
}  # fmt: skip
MARGINS = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})
# Groups hidden with all they hold: a text box in a header, and the copy of a drawing for old programs.
SEALED = MARGINS | {"shprslt"}

CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "line": "\n",
    "lbr": "\n",
}
SYMBOLS = {"~": "\xa0", "-": "\xad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}
CHARACTER_SETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
FONT_CHARACTER_SETS = {  # 0 is the document's own code page
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
}


class Token(NamedTuple):
    """A piece of the file: `{`, `}`, a control `word` with its number, a `symbol`, `hex` or `text`."""

    kind: str
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Cut a file into tokens; binary data after a `bin` word is passed over. Time is linear."""
    position = 0
    while match := _TOKEN.match(data, position):
        position = match.end()
        kind = match.lastgroup
        if kind == "text":
            yield Token("text", data=match["text"])
        elif kind == "word" or kind == "number":
            number = None if match["number"] is None else int(match["number"])
            word = match["word"].decode("ascii")
            if word == "bin":
                position += max(0, number or 0)
            yield Token("word", word, number)
        elif kind == "hex":
            yield Token("hex", data=bytes.fromhex(match["hex"].decode("ascii")))
        elif kind == "brace":
            yield Token(match["brace"].decode("ascii"))
        elif kind == "symbol":
            yield Token("symbol", match["symbol"].decode("latin-1"))


def code_page(number: int | None) -> str | None:
    """Give the codec of a code page, None if Python has none."""
    if number == 65001:
        return "utf-8"
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return None
