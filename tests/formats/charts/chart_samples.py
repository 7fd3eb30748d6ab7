"""Charts of every kind, and the same with names that would break a drawing."""

from dataclasses import replace

from kamcoder.formats.charts.model import (
    Bar,
    Bars,
    Body,
    Chart,
    HeatMap,
    Lane,
    Mark,
    Panel,
    Stretch,
    Track,
    Tracks,
)

BAD = (
    '<script>alert(1)</script> & "x" -- ]]>',
    "$\\frac{1}{0}$ _^{}",
    "😀 👩🏽‍💼 漢字 \U0001fae0",
    "مرحبا بالعالم שלום",
    "a\u0301 line\nand \x07 another",
    "long " * 200,
    "",
)


def mark(value: float | None, name: str) -> Mark:
    return Mark(value, name, (f"id of {name}",))


def heat(rows: tuple[str, ...], columns: tuple[str, ...], *, diagonal: bool = False) -> HeatMap:
    cells = tuple(
        tuple(mark(row * len(columns) + column, f"{row}/{column}") for column in range(len(columns)))
        for row in range(len(rows))
    )
    return HeatMap(rows, columns, cells, diagonal=diagonal)


def bars(groups: tuple[str, ...], labels: tuple[str, ...]) -> Bars:
    return Bars(
        tuple(
            Panel(
                group,
                tuple(
                    Bar(label, "#0072B2", mark(place + number, f"{place}/{number}"))
                    for number, label in enumerate(labels)
                ),
            )
            for place, group in enumerate(groups)
        )
    )


def tracks(documents: tuple[str, ...], codes: tuple[str, ...]) -> Tracks:
    return Tracks(
        tuple(
            Track(
                document,
                tuple(
                    Lane(
                        code,
                        "#D55E00",
                        (Stretch(0.1, 0.2, mark(1, f"{place}/{number}")), Stretch(0.5, 0.5, mark(1, "p"))),
                    )
                    for number, code in enumerate(codes)
                ),
                ((0.0, "0 %"), (1.0, "100 %")),
            )
            for place, document in enumerate(documents)
        )
    )


def chart(body: Body, title: str = "Cases × codes: passages") -> Chart:
    return Chart(title, "Passages are counted once.", "codes", "case", body, nothing="There is nothing to show yet.")


NAMES = ("A", "B", "C")
CODES = ("direct", "indirect")
CHARTS = {
    "heat": chart(heat(NAMES, CODES)),
    "together": chart(heat(CODES, CODES, diagonal=True)),
    "bars": chart(bars(NAMES, CODES)),
    "tracks": chart(tracks(NAMES, CODES)),
}
HOSTILE = {
    "heat": replace(chart(heat(BAD, BAD), " ".join(BAD)), rule=" ".join(BAD), across=BAD[0], down=BAD[5]),
    "bars": replace(chart(bars(BAD, BAD), BAD[5]), rule=BAD[1], across=BAD[2], down=BAD[3]),
    "tracks": chart(tracks(BAD, BAD), BAD[2]),
}
EMPTY = {
    "heat": chart(HeatMap((), (), ())),
    "bars": chart(Bars(())),
    "panels without bars": chart(Bars((Panel("A", ()),))),
    "tracks": chart(Tracks(())),
}
