"""What is said beside the subject is told apart, and nothing is suggested for it before anything is coded."""

from dataclasses import replace

import pytest

from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.suggesting import Study, StudyDocument, StudyTurn
from kamcoder.suggest.engine import Engine
from kamcoder.suggest.small_talk import is_small_talk
from tests.suggest.studies import coded_study

SAID = (
    (
        None,
        "Good morning.",
        "Morning. Coffee 😀? Dinner was late in Zoe\u0308lle last night. The traffic was terrible.",
    ),
    (
        "Q1",
        "Who meets them?",
        "That is a good question. Let me think. The director had dinner and golf with the buyer.",
    ),
)


def interview() -> StudyDocument:
    text, turns = "", []
    for number, asked, answer in SAID:
        for said, kind, role in (
            (asked, TurnKind.QUESTION, SpeakerRole.INTERVIEWER),
            (answer, TurnKind.ANSWER, SpeakerRole.INTERVIEWEE),
        ):
            turns.append(StudyTurn(TextSpan(len(text), len(text) + len(said)), kind, role, number, "R"))
            text += said + "\n"
    return StudyDocument("new", "New", text[:-1], tuple(turns), "en")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Good morning, thank you.", "en"),
        ("Yes, that’s fine.", "en"),
        ("Hmm, let me think.", "en"),
        ("SORRY, that is my phone.", "en"),
        ("Goedemorgen, gaat u zitten.", "nl"),
        ("Tja, even denken hoor.", "nl"),
    ],
)
def test_greetings_thanks_and_thinking_aloud_are_small_talk(sentence: str, language: str) -> None:
    assert is_small_talk(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Yes.", "en"),
        ("No, of course.", "en"),
        ("We said good morning to the buyer and then talked about the contract for two hours.", "en"),
        ("What happens when he retires, I don't know.", "en"),
        ("Thanks to our CEO they doubled their turnover.", "en"),
        ("😀", "en"),
        ("", "en"),
        ("Goedemorgen.", "xx"),
        ("Good morning.", "../en"),
    ],
)
def test_an_answer_is_none(sentence: str, language: str) -> None:
    assert not is_small_talk(sentence, language)


@pytest.fixture
def study() -> Study:
    study = coded_study(())
    return replace(study, documents=(*study.documents, interview()))


def test_nothing_is_suggested_before_the_subject_begins(blank_engine: Engine, study: Study) -> None:
    document = study.documents[-1]
    found = blank_engine.suggest(study, blank_engine.train(study), document.id)
    begin = document.text.index("The director")
    assert next(item.code_id for item in found.proposals if item.span.end > begin) == "social"
    assert {item.span.start for item in found.proposals} == {begin}


def test_whoever_lowers_the_threshold_sees_what_is_below_it(blank_engine: Engine, study: Study) -> None:
    lowered = replace(study, threshold=0.05)
    found = blank_engine.suggest(lowered, blank_engine.train(lowered), "new")
    assert min(item.span.start for item in found.proposals) < study.documents[-1].text.index("Who meets")
