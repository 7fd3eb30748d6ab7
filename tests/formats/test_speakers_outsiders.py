"""Transcripts as people outside have typed them; each was once read wrongly."""

import pytest

from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind, Transcript
from kamcoder.formats.speakers import read_transcript

LONG = "Well, that is a long story, and it starts with my predecessor, who sold only to small shops in the south."


def read(*lines: str, heading: str = "", bold: int = 0) -> Transcript:
    """Read lines as paragraphs; `bold` letters of each are bold, and a heading stands above."""
    top = [Paragraph(heading, kind=ParagraphKind.HEADING)] if heading else []
    body = [Paragraph(line, bold=((0, bold),) if bold else ()) for line in lines]
    return read_transcript(Extracted("txt", "utf-8", (*top, *body)))


def voices(transcript: Transcript) -> list[tuple[str, str]]:
    return [(speaker.name, speaker.role.value) for speaker in transcript.speakers]


def test_a_follow_up_numbered_with_a_letter_is_a_question() -> None:
    found = read(
        "Q1. What is your role?", f"A. {LONG}", "Q6. Is he there?", f"A. {LONG}", "Q6a. Why, or why not?", f"A. {LONG}"
    )
    assert [turn.guide_question for turn in found.turns][-2:] == ["Q6", "Q6"]
    assert "Q6a" not in found.text


def test_a_heading_is_no_speaker() -> None:
    names = ("Anna  What do you do here?", "Cees  I sell, ten years now.", "Anna  Why do you?", "Cees  I like it.")
    found = read(*names, heading="Interview 7", bold=4)
    assert [name for name, _ in voices(found)] == ["Anna", "Cees"]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "访谈者：您在公司担任什么职务？",
            "李明：我是大客户经理，做了十年。",
            "访谈者：总经理会见客户吗？",
            "李明：很少。",
        ),
        ("מראיין: מה התפקיד שלך?", "מרואיין: אני מנהל לקוחות.", "מראיין: מי פוגש את הלקוח?", "מרואיין: רק אני."),
        ("Интервьюер: Кто решает?", "Анна: Совет, раз в год.", "Интервьюер: Почему?", "Анна: Так сложилось."),
    ],
)
def test_scripts_of_every_kind_have_speakers(lines: tuple[str, ...]) -> None:
    found = read(*lines)
    assert [role for _, role in voices(found)] == ["interviewer", "interviewee"]
    assert len(found.turns) == 4


@pytest.mark.parametrize(
    "label",
    [
        "Prof. Dr. Maria van der Heijden-Oosterhout",
        "Key Account Manager (Consumer Electronics and Appliances)",
        "Zoe\u0308 Van den Broeck-Vandenbossche, Sales Director",
    ],
)
def test_a_long_name_with_titles_or_a_long_role_is_a_speaker(label: str) -> None:
    found = read("Interviewer: Who goes?", f"{label}: {LONG}", "Interviewer: Every day?", f"{label}: No, never.")
    assert voices(found) == [("Interviewer", "interviewer"), (label, "interviewee")]
    assert len(found.turns) == 4


def test_one_line_about_the_interviewee_above_is_no_turn() -> None:
    lines = ["Interviewer: Who goes?", f"KAM: {LONG}", "Interviewer: Every day?", "KAM: No, never."]
    paragraphs = [Paragraph("Interviewee: Board member; 12 years in retail")]
    paragraphs += [Paragraph(line, gap_before=number == 0) for number, line in enumerate(lines)]
    found = read_transcript(Extracted("txt", "utf-8", tuple(paragraphs)))
    assert [name for name, _ in voices(found)] == ["Interviewer", "KAM"]
    assert found.text.startswith("Interviewee: Board member")
