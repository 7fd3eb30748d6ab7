"""What may stand at the head of a paragraph before the speech begins: a label, a time, a number.

One paragraph can be read in several ways; this module lists the ways and decides nothing. Which of them hold for a
file is settled in `layouts`.
"""

import re
from dataclasses import dataclass
from enum import Enum

from kamcoder.domain.transcript import Paragraph, ParagraphKind
from kamcoder.formats.speakers import labels, words
from kamcoder.formats.speakers.times import BRACKETED, CLOCK, is_time, seconds, time_at


class Form(Enum):
    """How a transcript marks who speaks."""

    VOICE = "the format names the speaker"
    TABLE = "a column of a table"
    STAMPED = "Name  0:17"
    COLON = "Name: text"
    BRACKET = "[Name] text"
    BOLD = "a name in bold"
    ALONE = "a name alone on its line"
    TAB = "Name<tab>text"
    QUESTIONS = "questions set apart, answers without a mark"
    DASH = "- question? - answer."


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph on its way to a turn: `text` without a line number, and its number of `words`."""

    paragraph: Paragraph
    text: str
    words: int

    @staticmethod
    def of(paragraph: Paragraph) -> "Line":
        """Wrap a paragraph of a file."""
        return Line(paragraph, paragraph.text, len(paragraph.text.split()))

    @property
    def kind(self) -> ParagraphKind:
        """What the paragraph is in its file."""
        return self.paragraph.kind


@dataclass(frozen=True, slots=True)
class Lead:
    """One way to read the head of a paragraph: who (`label`, or "" for a voice without a name) begins to speak.

    `text` is what is said, `number` the number of a question ("6"), `bold` whether the label is set in bold, `weak`
    that the label looks like a speaker only if it comes often.
    """

    form: Form
    label: str
    text: str
    key: str
    time: float | None = None
    number: str | None = None
    bold: bool = False
    weak: bool = False


_REACH = 100
_LONGEST_NAME = 60
# A glance that spares most paragraphs a closer look: times have colons too, and `Q6.` begins with its letter.
_MAY_BE_LABELLED = re.compile(r"[:：\t]|\A\s*[QqVvFfAa]")
_STOP = re.compile(rf"\s*(?:(?P<colon>[:：])|(?P<stamp>{BRACKETED})|(?P<tab>\t)|(?<=\s)(?P<clock>{CLOCK})\s*\Z)")
_AFTER_TIME = re.compile(r"[\s:]*(?:[-–—]\s*)?")
_AFTER_STAMP = re.compile(r"\s*(?:[-–—]\s+)?")
_NUMBER = re.compile(
    r"(?:(?P<q>Q|Question|Vraag|V|Frage|F)|(?P<a>A|Answer|Antwoord|Antwort))"
    r"[ .]?(?P<n>\d{1,2})[a-z]?\s?(?:[.:)：–-]|\Z)\s*",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"(?P<letter>[QA])\.\s+")
_BRACKET = re.compile(r"\s*\[(?P<label>[^\[\]:]{1,50})\]\s*[:：]?\s*(?:[-–—]\s+)?")
_NO_SPEECH_AFTER = ("//", "\\", ")", "(", "-)", "/")


def find_leads(line: Line) -> list[Lead]:
    """Return every way to read the head of `line`, at most one of each form."""
    paragraph = line.paragraph
    if paragraph.kind is ParagraphKind.FOOTNOTE or paragraph.kind is ParagraphKind.TABLE_ROW:
        return []
    if paragraph.voice and paragraph.voice.strip():
        voice = paragraph.voice.strip()
        return [Lead(Form.VOICE, voice, line.text.strip(), labels.key_of(voice) or voice, paragraph.start)]
    found = []
    if _MAY_BE_LABELLED.search(line.text, 0, _REACH) and (lead := _scanned(line)):
        found.append(lead)
    if "[" in line.text[:_REACH] and (lead := _bracketed(line)):
        found.append(lead)
    if (paragraph.bold or len(line.text) <= _LONGEST_NAME) and (lead := _set_apart(line)):
        found.append(lead)
    return found


def _scanned(line: Line) -> Lead | None:
    """Read a label that ends in a colon, a time or a tab, maybe after a time."""
    text = line.text
    position = len(text) - len(text.lstrip())
    time, position = time_at(text, position)
    if time is not None:
        position = _end_of(_AFTER_TIME, text, position)
    elif text.startswith("*", position):
        position = _end_of(_STARS, text, position)
    numbered = _numbered(line, position, time)
    if numbered is not None:
        return numbered
    head = text[position : position + _REACH]
    stop = _STOP.search(head)
    if stop is None:
        return _header(head, time) if len(head) < _REACH and time is not None else None
    label = head[: stop.start()]
    after = position + stop.end()
    if stop.lastgroup == "clock":
        ends_here = position + len(head) == len(text)
        return _made(Form.STAMPED, label, "", seconds(stop.group("clock"))) if ends_here else None
    if stop.lastgroup == "stamp":
        return _stamped(line, label, after, seconds(stop.group("stamp")), position)
    if stop.lastgroup == "tab":
        return _made(Form.TAB, label, text[after:], time, bold=_is_bold(line, position + len(label)))
    return _with_colon(line, label, after, time, position)


_STARS = re.compile(r"[*_]{1,3}")


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _with_colon(line: Line, label: str, after: int, time: float | None, start: int) -> Lead | None:
    text = line.text
    if text.startswith(_NO_SPEECH_AFTER, after):
        return None
    if line.text.lstrip().startswith("*"):
        after = _end_of(_STARS, text, after)
    spoken = text[after:].lstrip()
    if spoken.startswith(("[", "(", "<")):
        late, end = time_at(spoken, 0)
        if late is not None:
            time, spoken = (late if time is None else time), spoken[end:]
    weak = _is_weak(line, label)
    return _made(Form.COLON, label, spoken, time, bold=_is_bold(line, start + len(label)), weak=weak)


def _is_weak(line: Line, label: str) -> bool:
    # Names that people give themselves in a video call may have any form; each cue repeats them.
    if line.kind is ParagraphKind.CUE:
        return len(label.split()) <= 5 and label.split(" ")[0].casefold() not in words.STARTERS
    return labels.is_lower_word(label)


def _stamped(line: Line, label: str, after: int, time: float | None, start: int) -> Lead | None:
    text = line.text
    rest = text[after:].lstrip()
    if rest.startswith((":", "：")):
        return _made(Form.COLON, label, rest[1:], time, bold=_is_bold(line, start + len(label.rstrip())))
    return _made(Form.STAMPED, label, text[_end_of(_AFTER_STAMP, text, after) :], time)


def _header(head: str, time: float) -> Lead | None:
    return _made(Form.STAMPED, head, "", time)


def _numbered(line: Line, position: int, time: float | None) -> Lead | None:
    """Read `Q6.`, `Question 3)`, `A1:` and, without a number, `Q.` and `A.`."""
    text = line.text
    bold = _is_bold(line, position + 1)
    found = _NUMBER.match(text, position)
    if found is not None:
        label = found.group()[: found.end("n") - found.start()]
        key = "q" if found.group("q") else "a"
        return Lead(Form.COLON, label, text[found.end() :].strip(), key, time, str(int(found.group("n"))), bold=bold)
    found = _LEGAL.match(text, position)
    if found is not None:
        letter = found.group("letter")
        return Lead(Form.COLON, letter, text[found.end() :].strip(), letter.casefold(), time, bold=bold)
    return None


def _bracketed(line: Line) -> Lead | None:
    found = _BRACKET.match(line.text)
    if found is None or is_time(found.group("label")):
        return None
    label = found.group("label")
    parts = label.casefold().split()
    if not parts or parts[0].rstrip(".") in words.NOT_SPEECH or parts[-1] in words.NOT_SPEECH:
        return None
    return _made(Form.BRACKET, label, line.text[found.end() :])


def _set_apart(line: Line) -> Lead | None:
    """Read a name set in bold (alone or before the speech) or alone on its line."""
    text = line.text.strip()
    if is_wholly_bold(line):
        lead = _made(Form.BOLD, text.rstrip(":："), "", bold=True) if len(text) <= _LONGEST_NAME else None
    else:
        lead = _bold_run_in(line)
    if lead is None and len(text) <= 40 and len(text.split()) <= 4:
        lead = _made(Form.ALONE, text, "")
    return lead


def _bold_run_in(line: Line) -> Lead | None:
    intervals = line.paragraph.bold
    if not intervals or intervals[0][0] > 1 or intervals[0][1] > _LONGEST_NAME or line.text != line.paragraph.text:
        return None
    end = intervals[0][1]
    label = line.text[:end].rstrip()
    if label.endswith((":", "：")) or line.text[end:].lstrip().startswith((":", "：")):
        return None
    return _made(Form.BOLD, label, line.text[_end_of(_AFTER_STAMP, line.text, end) :], bold=True)


def is_wholly_bold(line: Line) -> bool:
    """Tell whether a paragraph is a heading, or set in bold but for spaces and marks."""
    if line.kind is ParagraphKind.HEADING:
        return True
    intervals = line.paragraph.bold
    if not intervals:
        return False
    text = line.paragraph.text
    position = 0
    for start, end in intervals:
        if any(character.isalnum() for character in text[position:start]):
            return False
        position = end
    return not any(character.isalnum() for character in text[position:])


def _is_bold(line: Line, end: int) -> bool:
    intervals = line.paragraph.bold
    shift = len(line.paragraph.text) - len(line.text)
    return bool(intervals) and intervals[0][0] <= 1 + shift and intervals[0][1] >= end + shift


def _made(
    form: Form, label: str, text: str, time: float | None = None, *, bold: bool = False, weak: bool = False
) -> Lead | None:
    label = label.strip().strip("*_").strip()
    if labels.is_plausible(label):
        weak = False
    elif not weak:
        return None
    key = labels.key_of(label)
    return Lead(form, label, text.strip(), key, time, bold=bold, weak=weak) if key else None
