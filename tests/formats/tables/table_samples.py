"""Tables that the tests of all writers share."""

from kamcoder.formats.tables.grid import Column, ColumnKind, Grid

NAME, ATTRIBUTE, VALUE, TOTAL = ColumnKind.NAME, ColumnKind.ATTRIBUTE, ColumnKind.VALUE, ColumnKind.TOTAL

STUDY = Grid(
    title="Passages by case",
    rule="Each passage counts once.",
    columns=(
        Column("Case", NAME),
        Column("Ownership", ATTRIBUTE),
        Column("Employees", ATTRIBUTE),
        Column("Embeddedness", VALUE),
        Column("Direct", VALUE),
        Column("Total", TOTAL),
    ),
    rows=(("A", "family-owned", 1000, 12, 3, 15), ("B", None, 0, 0, 6, 6), ("C", "", 8000, 0, 0, 0)),
    totals=("Total", None, None, 12, 9, 21),
)

HOSTILE = Grid(
    title="<script>alert(1)</script>",
    rule='a rule with "quotes" & <b>markup</b>\nover two lines',
    columns=(Column("=1+1", NAME), Column('<img src=x onerror="x">', ATTRIBUTE), Column("n\x1b[31m", VALUE)),
    rows=(
        ('=HYPERLINK("http://example.org";"x")', "first line\r\nsecond line", 1),
        ("@sum", "<script>alert(2)</script>", 2),
        ("+1 more", "🙂 👩🏽‍💼 e\u0301", -3),
        ("-dash", "שלום עולם \u202eabc", 4),
        ("\tindented", 'comma, "quoted"; semicolon', 5),
        ("\rreturned", "bell\x07 nul\x00 lone\ud800", 6),
        ("'=already", "漢字", 7),
    ),
)

#: Longer than any spreadsheet cell, with characters of two UTF-16 units.
ENDLESS = "word 😀 " * 8000

WORDS = Grid(
    title="Quotes",
    rule="In order.",
    columns=(Column("Case", NAME), Column("Share", VALUE, decimals=1, unit="%"), Column("What was said", VALUE)),
    rows=(
        ("A", 12.345, "one | two `three` *four* _five_ [six](seven) <b>eight</b> &amp; \\nine"),
        ("B", 0.0, "# no heading\n1. no list\n> no quote"),
        ("C", 99.99, ENDLESS),
    ),
)
