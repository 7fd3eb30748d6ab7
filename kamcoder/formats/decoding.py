"""Bytes to text, and text to the one shape the rest of the program knows; every reader goes through `normalise`."""

import codecs
import re
from dataclasses import dataclass

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.formats.charsets import guess

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A charset may only be declared in ASCII, so a declared UTF-16 is not true; Python's other codecs are no charsets.
_DECLARABLE = re.compile(r"utf-8|ascii|iso8859|cp\d|windows|mac|koi8|gb|big5|euc|shift|iso2022|johab|tis")
# Labels that browsers and word processors read as the wider Windows code page.
_WIDER = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
_SAMPLE = 64 * 1024  # bytes looked at to guess an encoding; more does not change the answer
_MOST_CONTROLS = 0.01  # a text may hold stray control characters; more than one in a hundred is binary data

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BINARY = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SUSPICIOUS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read in; `guessed` when neither a mark, a declaration nor UTF-8 settled it."""

    text: str
    encoding: str
    guessed: bool = False

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Tell of a guess, so that a person looks at the accents, and of bytes that could not be read."""
        found = [Notice("encoding_guessed", {"encoding": self.encoding})] if self.guessed else []
        if unreadable := self.text.count("\ufffd"):
            found.append(Notice("characters_unreadable", {"count": unreadable}))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Text in the program's one shape, with how many characters were left out or replaced on the way."""

    text: str
    controls: int = 0
    soft_hyphens: int = 0
    surrogates: int = 0


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """Decode a text file's bytes by mark, `declared` charset, UTF-8 or a guess, in this order.

    Raises ImportRefused, naming the file `name`, when the bytes are no text.
    """
    decoded = _by_mark(data) or _by_declaration(data, declared) or _by_nulls(data) or _by_charset(data, "utf-8")
    if decoded is None:
        sample = data[:_SAMPLE]
        if is_binary(sample.decode("latin-1")):
            raise ImportRefused("import_binary", name=name)
        encoding = guess(sample)
        decoded = Decoded(data.decode(encoding, errors="replace"), encoding, guessed=True)
    if is_binary(decoded.text):
        raise ImportRefused("import_binary", name=name)
    return decoded


def is_binary(text: str) -> bool:
    """Tell whether text holds more control characters than any text would."""
    return len(_BINARY.findall(text)) > max(2, len(text) * _MOST_CONTROLS)


def normalise(text: str, *, trim: bool = True) -> Normalised:
    r"""Bring text into the one shape that is stored: LF line ends, no control characters, whole code points.

    Every kind of line end (CR LF, CR, VT, FF, NEL, U+2028, U+2029) becomes LF. Control characters but tab, and
    noncharacters, are left out; so are soft hyphens and a leading byte order mark. A pair of surrogates becomes its
    character, a lone one U+FFFD. With `trim`, spaces and tabs at line ends go. No Unicode normalisation form is
    applied and no-break spaces stay. Time is linear in the text.
    """
    controls = soft_hyphens = surrogates = 0
    if _SUSPICIOUS.search(text):
        if _SURROGATES.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
            text, surrogates = _SURROGATES.subn("\ufffd", text)
        text = _LINE_ENDS.sub("\n", text)
        text, controls = _CONTROLS.subn("", text)
        soft_hyphens = text.count("\xad")
        text = text.replace("\xad", "").lstrip("\ufeff")
    if trim:
        text = "\n".join([line.rstrip(" \t") for line in text.split("\n")])
    return Normalised(text, controls, soft_hyphens, surrogates)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            # Half a character at the end, or a lone surrogate, is shown as U+FFFD rather than refused.
            return Decoded(data[len(mark) :].decode(encoding, errors="replace"), encoding)
    return None


def _by_declaration(data: bytes, declared: str | None) -> Decoded | None:
    decoded = None if declared is None else _by_charset(data, declared)
    if decoded is None or data.isascii():
        return decoded
    # Any bytes fit a single-byte charset, but hardly any text in one is UTF-8 by chance: then the declaration is stale.
    return _by_charset(data, "utf-8") or decoded


def _by_charset(data: bytes, charset: str) -> Decoded | None:
    try:
        encoding = codecs.lookup(charset.strip()).name
        if not _DECLARABLE.match(encoding):
            return None
        encoding = _WIDER.get(encoding, encoding)
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, ValueError):  # an unknown label or one with a NUL, or bytes that are not in that charset
        return None


def _by_nulls(data: bytes) -> Decoded | None:
    """Recognise UTF-16 without a mark: nearly all its zero bytes stand on one side of each pair."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) <= len(sample) // 20 or min(even, odd) > max(even, odd) // 20:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return Decoded(data.decode(encoding, errors="replace"), encoding, guessed=True)
