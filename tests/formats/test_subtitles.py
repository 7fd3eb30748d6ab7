"""WebVTT and SubRip."""

import pytest

from kamcoder.domain.errors import ImportRefused
from tests.formats.making import bold_texts, notices, read, texts

TEAMS = """WEBVTT

1d9e4a7c-0b0a-4f9e-9b1e-1f1f1f1f1f1f/12-0
00:00:01.000 --> 00:00:04.250
<v Anna de Vries>Hello there 😀 &amp; welcome.</v>

1d9e4a7c-0b0a-4f9e-9b1e-1f1f1f1f1f1f/12-1
00:00:04.250 --> 01:00:06.000
<v Ben O&#39;Hara>Thank
you.</v>
"""


def one_cue(payload: str, key: str = "vtt") -> str:
    header = "WEBVTT\n\n" if key == "vtt" else "1\n"
    return f"{header}00:00:01.000 --> 00:00:04.000\n{payload}\n"


def test_teams_cues_have_voices_and_times_and_no_cue_names() -> None:
    extracted = read("vtt", TEAMS.encode())
    assert [(each.voice, each.start, each.end, each.text) for each in extracted.paragraphs] == [
        ("Anna de Vries", 1.0, 4.25, "Hello there 😀 & welcome."),
        ("Ben O'Hara", 4.25, 3606.0, "Thank you."),
    ]
    assert {each.kind for each in extracted.paragraphs} == {"cue"}
    assert extracted.notices == ()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_and_a_mark_change_nothing(end: str) -> None:
    assert (
        read("vtt", ("\ufeff" + TEAMS).replace("\n", end).encode()).paragraphs == read("vtt", TEAMS.encode()).paragraphs
    )


def test_comments_styles_regions_and_headers_are_no_speech() -> None:
    text = (
        "WEBVTT - Interview\nKind: captions\nLanguage: en\n\nNOTE\nmade by a machine\n\nNOTE one line\n\n"
        "STYLE\n::cue { color: red }\n\nREGION\nid:fred\n\n1\n00:01.000 --> 00:02.000 align:start position:10%\nHello\n"
    )
    extracted = read("vtt", text.encode())
    assert texts(extracted) == ["Hello"]
    assert extracted.paragraphs[0].start == 1.0
    assert extracted.notices == ()


def test_several_voices_in_a_cue_are_several_paragraphs() -> None:
    extracted = read("vtt", one_cue("<v.loud.first Anna>Yes.</v> <v Ben>No.\n<v Anna>Well.").encode())
    assert [(each.voice, each.text) for each in extracted.paragraphs] == [
        ("Anna", "Yes."),
        ("Ben", "No."),
        ("Anna", "Well."),
    ]


def test_a_name_or_a_dash_in_a_cue_begins_a_paragraph_and_stays_text() -> None:
    extracted = read("vtt", one_cue("Anna: we met\nlast year\nBen: no\n- yes\n- no").encode())
    assert texts(extracted) == ["Anna: we met last year", "Ben: no", "- yes", "- no"]
    assert {each.end for each in extracted.paragraphs} == {4.0}


def test_markup_and_entities_go_but_unknown_tags_are_text() -> None:
    extracted = read(
        "vtt", one_cue("<i>Oh</i> <c.red>we</c> <00:00:02.500>said <b>no</b> &lt;5 <laughs> &nbsp;ok").encode()
    )
    assert texts(extracted) == ["Oh we said no <5 <laughs> \xa0ok"]
    assert bold_texts(extracted) == ["no"]


def test_malformed_cues_are_left_out_and_counted() -> None:
    text = "WEBVTT\n\nxx --> yy\nlost\n\nno times here\n\n00:00:05.000 --> 00:00:06.000\nkept\n\n1:2:3 -> 4\nlost too\n"
    extracted = read("vtt", text.encode())
    assert texts(extracted) == ["kept"]
    assert notices(extracted)["cues_skipped"] == {"count": 3}


def test_cues_without_empty_lines_between_are_still_cues() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo 2\n"
        "3\n00:00:05,0 --> 00:00:06\nThree"
    )
    assert texts(read("srt", text.encode())) == ["One", "Two 2", "Three"]


def test_subrip_keeps_text_after_an_empty_line_in_a_cue() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<font color='red'>One</font>\n\nmore\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nTwo\n"
    )
    extracted = read("srt", text.encode("cp1252"))
    assert texts(extracted) == ["One more", "Two"]
    assert (extracted.paragraphs[0].end, extracted.notices) == (2.5, ())


def test_times_are_exact_and_an_end_before_its_start_is_mended() -> None:
    extracted = read("srt", b"1\n00:00:01,1 --> 00:00:00,500\nOne\n\n2\n99:59:59.999 --> 100:00:00.001\nTwo")
    assert [(each.start, each.end) for each in extracted.paragraphs] == [(1.1, 1.1), (359999.999, 360000.001)]


@pytest.mark.parametrize("key", ["vtt", "srt"])
def test_a_file_without_cues_is_refused(key: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read(key, b"WEBVTT\n\nonly text")
    assert refused.value.key == "import_no_cues"


def test_cues_without_words_are_no_text() -> None:
    with pytest.raises(ImportRefused) as refused:
        read("vtt", one_cue("<v Anna></v>").encode())
    assert refused.value.key == "import_no_text"
