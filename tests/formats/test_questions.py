"""Guide questions: by number, by wording, and what answers and follow-ups inherit."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from kamcoder.domain.transcript import Extracted, GuideQuestion, Paragraph, Transcript, TurnOptions
from kamcoder.formats.speakers import read_transcript
from kamcoder.paths import resources
from tests.formats.speakers_material import ANSWERED, extracted


def _read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _guide() -> tuple[GuideQuestion, ...]:
    questions = tomllib.loads((resources() / "guides" / "kam.toml").read_text(encoding="utf-8"))["questions"]
    return tuple(GuideQuestion(q["number"], q["about"], tuple(q["wordings"])) for q in questions)


GUIDE = _guide()
PARAPHRASES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "guide_paraphrases.toml").read_text(encoding="utf-8")
)
OUTSIDE = PARAPHRASES.pop("none")
REPLY = "Well, that depends on the season, and on who is asking 🙂."


def interview(*questions: str, guide: Sequence[GuideQuestion] = GUIDE, reply: str = REPLY) -> Transcript:
    """Read an interview in which each question gets an answer."""
    paragraphs = [part for question in questions for part in (f"Interviewer: {question}", f"Respondent: {reply}")]
    return read_transcript(extracted(*paragraphs), guide=guide)


def numbers(transcript: Transcript) -> list[str | None]:
    """The guide numbers of the question turns."""
    return [turn.guide_question for turn in transcript.turns[::2]]


def test_the_guide_has_eleven_questions_each_in_several_wordings_and_follow_ups() -> None:
    assert [question.number for question in GUIDE] == [f"Q{n}" for n in range(1, 12)]
    assert all(question.about and 4 <= len(question.wordings) <= 6 for question in GUIDE)
    assert "Why, or why not?" in _read(resources() / "guides" / "kam.toml")["follow_ups"]  # type: ignore[operator]


def test_paraphrases_are_recognised_by_wording_alone_and_seldom_taken_for_another() -> None:
    found = [(number, numbers(interview(text))[0]) for number, texts in PARAPHRASES.items() for text in texts]
    assert len(found) == 110
    assert sum(truth == said for truth, said in found) >= 88
    assert sum(said not in (None, truth) for truth, said in found) <= 4


def test_questions_outside_the_guide_seldom_get_a_number() -> None:
    found = [numbers(interview(text))[0] for text in OUTSIDE]
    assert len(found) == 40
    assert sum(number is not None for number in found) <= 3


@pytest.mark.parametrize("variant", range(10))
def test_a_whole_interview_in_other_words_is_numbered(variant: int) -> None:
    asked = [texts[variant] for texts in PARAPHRASES.values()]
    got = numbers(interview(*asked))
    right = sum(number == truth for number, truth in zip(got, PARAPHRASES, strict=True))
    wrong = sum(number not in (None, truth) for number, truth in zip(got, PARAPHRASES, strict=True))
    assert right >= 7
    assert wrong <= 2


def test_answers_and_follow_ups_carry_the_number_until_the_next_question_of_the_guide() -> None:
    transcript = interview(
        "Thank you for having me, it is a long way. Is the recorder allowed to run?",
        "What share of revenue comes from key accounts?",
        "Why is that?",
        "Can you give an example?",
        "Mm-hm.",
        "How is key account management linked to other departments of the firm?",
        "And in what way does it suit you?",
    )
    assert numbers(transcript) == [None, "Q3", "Q3", "Q3", "Q3", "Q4", "Q4"]
    assert [turn.guide_question for turn in transcript.turns[1::2]] == numbers(transcript)


def test_an_unknown_question_where_one_may_have_been_missed_ends_the_number() -> None:
    unknown = "Suppose that a competitor from the Far East bought the warehouse next door, what then, and for whom?"
    gap = interview(GUIDE[2].wordings[0], unknown, "Why?", GUIDE[4].wordings[0])
    assert numbers(gap) == ["Q3", None, None, "Q5"]
    closed = interview(GUIDE[2].wordings[0], unknown, "Why?", GUIDE[3].wordings[0])
    assert numbers(closed) == ["Q3", "Q3", "Q3", "Q4"]


def test_a_turn_that_asks_two_questions_gets_the_first() -> None:
    both = f"{GUIDE[2].wordings[0]} {GUIDE[3].wordings[0]}"
    assert numbers(interview(both)) == ["Q3"]


def test_a_question_that_was_answered_already_is_not_asked_again() -> None:
    text = "You have just answered my question about the share of revenue from key accounts. And who is Philippe?"
    assert numbers(interview(text)) == [None]


@pytest.mark.parametrize(
    "pattern",
    [
        "Q{n}: {text}",
        "Q{n}. {text}",
        "Question {n}) {text}",
        "Vraag {n}: {text}",
        "Interviewer: Q{n}. {text}",
        "Interviewer: {n}. {text}",
    ],
)
def test_an_explicit_number_counts_whatever_the_words(pattern: str) -> None:
    order = (1, 2, 6, 7, 10, 11)
    paragraphs: list[str] = []
    for n, answer in zip(order, ANSWERED, strict=True):
        paragraphs += [pattern.format(n=n, text="And this one, how about it?"), f"Anna: {answer}"]
    transcript = read_transcript(extracted(*paragraphs), guide=GUIDE)
    assert numbers(transcript) == [f"Q{n}" for n in order]
    assert [turn.guide_question for turn in transcript.turns[1::2]] == [f"Q{n}" for n in order]


def test_numbers_that_run_past_the_guide_count_something_else() -> None:
    paragraphs = [
        part for n in range(1, 31) for part in (f"Q{n}. Is it cold in room {n}?", f"A: It is, and it was {n} degrees.")
    ]
    transcript = read_transcript(extracted(*paragraphs), guide=GUIDE)
    assert set(numbers(transcript)) == {None}


def test_a_falling_count_is_no_numbering() -> None:
    questions = [f"{n}. Is it cold in the room, or only a little?" for n in (3, 1, 2)]
    assert numbers(interview(*questions)) == [None, None, None]


def test_explicit_numbers_need_no_guide() -> None:
    assert numbers(interview("Q4. And then?", "Q9. And now?", guide=())) == ["Q4", "Q9"]
    assert numbers(interview("What is your role in the company?", guide=())) == [None]


def test_two_numbered_questions_in_a_row_stay_two_turns() -> None:
    paragraphs = ["Q1: Who are you?", "Q2: And what is key?", "A: Both are easy.", "Q3: How much?", "A: Ninety."]
    transcript = read_transcript(extracted(*paragraphs), guide=GUIDE)
    assert [turn.guide_question for turn in transcript.turns] == ["Q1", "Q2", "Q2", "Q3", "Q3"]


def test_notes_have_no_number_and_prose_is_not_searched() -> None:
    paragraphs = tuple(Paragraph(question.wordings[0]) for question in GUIDE)
    prose = read_transcript(Extracted("txt", None, paragraphs), guide=GUIDE, options=TurnOptions(structured=False))
    assert [turn.guide_question for turn in prose.turns] == [None]
