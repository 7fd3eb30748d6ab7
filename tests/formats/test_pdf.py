"""PDF: lines to paragraphs, hyphens, running headers, and files that cannot be read."""

import io
import random

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats import pdf_pages
from kamcoder.formats.layout import join_lines, vocabulary
from tests.formats.making import bold_texts, notices, pdf_of_lines, pdf_of_turns, read, texts

WORDS = (
    "account manager the firm customer",
    "really well we talk about",
    "prices every year",
    "and sometimes management",
)


def speech(seed: int, words: int) -> str:
    chosen = random.Random(seed)
    return " ".join(" ".join(chosen.choice(WORDS) for _ in range(words)).split()[:words]).capitalize() + "."


TURNS = [(("I", "R", "")[number % 3], speech(number, (12, 90, 60)[number % 3])) for number in range(36)]
PARAGRAPHS = [f"{who}: {text}" if who else text for who, text in TURNS]


@pytest.mark.parametrize(
    "layout",
    [
        {"spaceAfter": 8},
        {"spaceAfter": 8, "justified": True},
        {"firstLineIndent": 18},
        {"leftIndent": 40, "firstLineIndent": -40, "spaceAfter": 3},
    ],
    ids=["space between", "justified", "indented first lines", "hanging speakers"],
)
def test_lines_are_rejoined_to_paragraphs_over_pages_without_headers_and_page_numbers(layout: dict[str, float]) -> None:
    data = pdf_of_turns(TURNS, **layout)  # type: ignore[arg-type]
    pages = len(pypdfium2.PdfDocument(data))
    extracted = read("pdf", data)
    assert texts(extracted) == PARAGRAPHS
    assert set(bold_texts(extracted)) == {"I:", "R:"}
    assert pages > 2
    assert notices(extracted)["page_furniture_left_out"] == {"count": 2 * pages}


def test_a_paragraph_without_label_or_space_begins_where_the_last_line_ended_early() -> None:
    lines = [
        "The customer came back to us in the spring with",
        "a new plan.",
        "We did not like the plan at all, but still",
    ]
    extracted = read("pdf", pdf_of_lines([[(72, 700 - 14 * number, line) for number, line in enumerate(lines)]]))
    assert texts(extracted) == [" ".join(lines[:2]), lines[2]]


@pytest.mark.parametrize("start", ["R: yes", "Q6. Who", "[00:01:23] well", "Anna de Vries (KAM): so", "0:01:23 Anna"])
def test_a_line_that_begins_as_a_turn_does_begins_a_paragraph(start: str) -> None:
    lines = ["The customer came back to us in the spring with a long", f"{start} and it was a long and winding plan of"]
    extracted = read("pdf", pdf_of_lines([[(72, 700, lines[0]), (72, 686, lines[1])]]))
    assert texts(extracted) == lines


def test_words_divided_at_line_ends_are_mended_and_real_hyphens_kept() -> None:
    lines = [
        "We find that top-management decides, and manage-",
        "ment as a whole is slow. Then again it is the top-",
        "management of the firm that signs, in 2011-",
        "2015 at least, for our Anglo-",
        "Dutch customers, and the govern-",
        "ment agrees.",
    ]
    extracted = read("pdf", pdf_of_lines([[(72, 700 - 14 * number, line) for number, line in enumerate(lines)]]))
    assert " ".join(texts(extracted)) == (
        "We find that top-management decides, and management as a whole is slow. Then again it is the top-management "
        "of the firm that signs, in 2011-2015 at least, for our Anglo-Dutch customers, and the government agrees."
    )


def test_a_larger_gap_is_an_empty_line() -> None:
    lines = [(72, 700, "First of all the prices"), (72, 686, "R: then"), (72, 640, "R: at last")]
    body = [(72, 600 - 14 * number, f"I: question number {number}") for number in range(5)]
    assert [each.gap_before for each in read("pdf", pdf_of_lines([lines + body])).paragraphs][:3] == [
        False,
        False,
        True,
    ]


def test_a_repeated_short_turn_at_a_page_top_is_kept() -> None:
    pages = [
        [
            (72, 760, "R: Yes." if number < 2 else f"R: No, number {number}"),
            *((72, 740 - 14 * line, f"I: page {number}{line} has a question") for line in range(20)),
        ]
        for number in range(3)
    ]
    assert texts(read("pdf", pdf_of_lines(pages))).count("R: Yes.") == 2


def test_characters_beyond_ascii() -> None:
    extracted = read("pdf", pdf_of_lines([[(72, 700, "R: “Één café” – c’est l’œuvre… €5")]]))
    assert texts(extracted) == ["R: “Één café” – c’est l’œuvre… €5"]


def drawn(**options: object) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, **options)
    canvas.rect(10, 10, 100, 100)
    if options:
        canvas.drawString(72, 700, "secret")
    canvas.showPage()
    canvas.save()
    return target.getvalue()


WHOLE = pdf_of_turns(TURNS)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (drawn(), "import_scanned"),
        (drawn(encrypt=StandardEncryption("open", canPrint=0)), "import_encrypted"),
        (WHOLE[: len(WHOLE) // 2], "import_cut_short"),
        (WHOLE[:-9], "import_cut_short"),
        (b"%PDF-1.7\nnothing here\n%%EOF", "import_damaged"),
        (b"no pdf", "import_damaged"),
    ],
    ids=["picture", "password", "half", "without its end", "garbage", "text"],
)
def test_files_that_cannot_be_read_are_refused(data: bytes, key: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read("pdf", data)
    assert refused.value.key == key


def test_text_that_needs_no_password_to_be_read_is_read() -> None:
    assert texts(read("pdf", drawn(encrypt=StandardEncryption("", ownerPassword="owner")))) == ["secret"]


def test_a_file_that_draws_more_text_than_anybody_says_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_CHARACTERS", 30)
    with pytest.raises(ImportRefused) as refused:
        read("pdf", pdf_of_lines([[(72, 700, "I: Why should that be?")], [(72, 700, "R: Because.")]]))
    assert refused.value.key == "import_bomb"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 1)
    with pytest.raises(ImportRefused) as refused:
        read("pdf", pdf_of_lines([[(72, 700, "I: Why?")]] * 2))
    assert (refused.value.key, refused.value.values["most"]) == ("import_too_many_pages", 1)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["It was thirty-", "five degrees in there."], "It was thirty-five degrees in there."),
        (["The rule is eighty-", "twenty, always."], "The rule is eighty-twenty, always."),
        (["We talk about manage-", "ment all day."], "We talk about management all day."),
        (
            ["A customer team, a sales force: customer-", "sales talks."],
            "A customer team, a sales force: customer-sales talks.",
        ),
    ],
)
def test_a_compound_keeps_its_hyphen_and_a_divided_word_loses_it(lines: list[str], expected: str) -> None:
    text, _ = join_lines(lines, words=vocabulary(lines), typeset=True)
    assert text == expected
