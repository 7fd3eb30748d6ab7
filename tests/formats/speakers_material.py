"""An invented conversation that the tests of the turn reader write down in many styles, and short ways to do so."""

from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind, Transcript

ASKED = (
    "Thanks for having me. Shall we begin with your own work here?",
    "And the customers: when is one of them key, in your view?",
    "Who decides about that?",
    "Tell me, does the owner ever come along?",
    "Why is that, do you think?",
    "Would you want it otherwise?",
)
ANSWERED = (
    "Sure. I have done this for eleven years 🙂 and before that I was on the road with samples, rain or shine.",
    "Mostly size. One thing: price is never the reason, whatever they say in the café. I always say: never promise.",
    "The two of us, Zoë and me, in December, with a list and a short lunch. At 10:30 we sit down, at 12:00 we know.",
    "Once a year, for the dinner. He shakes every hand, he eats little, and he is home before the coffee comes.",
    "Because he trusts us, and because he does not want to be called on a Sunday about a pallet that went to Lille.",
    "No, it works as it is. If he came more often the buyers would wait for him, and then what am I for?",
)


def body(text: str, *, bold: int = 0, gap: bool = False) -> Paragraph:
    """A plain paragraph, with its first `bold` characters in bold."""
    return Paragraph(text, bold=((0, bold),) if bold else (), gap_before=gap)


def heading(text: str) -> Paragraph:
    return Paragraph(text, kind=ParagraphKind.HEADING)


def row(*cells: str) -> Paragraph:
    return Paragraph("\t".join(cells), kind=ParagraphKind.TABLE_ROW, cells=cells)


def cue(text: str, start: float, end: float, voice: str | None = None) -> Paragraph:
    return Paragraph(text, kind=ParagraphKind.CUE, start=start, end=end, voice=voice)


def extracted(*paragraphs: Paragraph | str) -> Extracted:
    """An extracted file of these paragraphs; a string is a plain one."""
    return Extracted("txt", "utf-8", tuple(body(part) if isinstance(part, str) else part for part in paragraphs))


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    """Who says what, turn by turn."""
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def keys(transcript: Transcript) -> list[str]:
    """The keys of the notices."""
    return [notice.key for notice in transcript.notices]
