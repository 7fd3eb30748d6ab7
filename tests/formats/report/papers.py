"""A paper with every kind of block, and one whose every text is hostile."""

from dataclasses import replace

from kamcoder.formats.report.model import Facts, Figures, Heading, Items, Paper, Part, Quotation, Text
from tests.formats.tables.table_samples import HOSTILE, STUDY

PAPER = Paper(
    title="Sample study: case report",
    subtitle="2 cases",
    parts=(
        Part(
            (
                Heading("How to read", 1),
                Text("First paragraph.\n\nSecond paragraph."),
                Heading("A: family-owned", 1, new_page=True),
                Facts((("A-CEO", "CEO, 20+ years"), ("A-KAM", "KAM"))),
                Heading("Direct involvement", 2),
                Text("The director goes. 😀"),
                Quotation("Said once.\nAnd once more.", "A-CEO ¶14"),
                Text("Coded here: 2 passages.", quiet=True),
                Heading("too deep to be listed", 3),
            )
        ),
        Part((Heading("Across the cases", 1), Figures(STUDY)), wide=True),
        Part(
            (
                Heading("Questions", 1),
                Items(("Why?", "Why not?"), numbered=True),
                Items(("Who?",), numbered=True),
                Items(("a point",)),
                Heading("Last", 1),
            )
        ),
    ),
    contents="Contents",
)

_BAD = "<script>alert(1)</script> =1+1 | & *x* \x07 😀 שלום"
HOSTILE_PAPER = Paper(
    title=_BAD,
    subtitle=_BAD,
    parts=(
        Part(
            (
                Heading(_BAD, 1),
                Text(_BAD),
                Text("# no heading\n- no list", quiet=True),
                Quotation(f"{_BAD}\n> second line\n# third", _BAD),
                Facts(((_BAD, _BAD),)),
                Items((_BAD, "1. x"), numbered=True),
                Figures(replace(HOSTILE, title=_BAD)),
                Text("long " * 8000),
            )
        ),
    ),
    contents=_BAD,
)
SHOWN = _BAD.replace("\x07", "\ufffd")
