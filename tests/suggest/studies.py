"""Studies in a line for the tests of suggestions, without a project file."""

from collections.abc import Sequence

from kamcoder.domain.codebook import Code
from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.suggesting import Study, StudyCoding, StudyDocument, StudyTurn

CODES = (
    Code("social", "social", definition="A top manager meets people at the customer, such as dinner or golf."),
    Code("share", "revenue share", definition="How much turnover comes from key accounts, as a percentage."),
    Code("team", "key account teams", definition="Whether there is a team around an account, and who leads it."),
    Code("why", "reasons", definition="The reasons a speaker gives for it, with because."),
)

#: Question, answer sentences with their codes; emoji and a combining mark on purpose.
TALKS = (
    (
        (
            "Q1",
            "Who meets them? 😀",
            ("The director had dinner with the buyer.", "social"),
            ("They play golf.", "social"),
        ),
        ("Q2", "How much is it?", ("About ninety per cent of turnover.", "share"), ("It was sunny.", "")),
        ("Q2", "Why so much?", ("Because Zoe\u0308's firm is small.", "why"), ("That is the reason for it.", "why")),
        ("Q3", "And teams?", ("We have no team around an account.", "team"), ("Nobody leads a team.", "team")),
    ),
    (
        ("Q1", "Is there contact?", ("Our CEO went to a golf clinic.", "social"), ("He likes a dinner.", "social")),
        ("Q2", "What is the share?", ("Half of the turnover, fifty per cent.", "share"), ("I have a dog.", "")),
        ("Q2", "Why is that?", ("Because they buy a lot.", "why"), ("The reason is their size.", "why")),
        ("Q3", "Teams?", ("There is a team of three people.", "team"), ("The team is led by me.", "team")),
    ),
    (
        ("Q1", "Who sees them?", ("The owner drinks coffee with buyers.", "social"), ("A dinner a year.", "social")),
        ("Q2", "And the turnover?", ("Seventy per cent comes from five accounts.", "share"), ("We moved house.", "")),
        ("Q2", "How come?", ("Because the trade is like that.", "why"), ("For that reason we grew.", "why")),
        ("Q3", "A team?", ("An account team meets weekly.", "team"), ("I lead that team.", "team")),
    ),
)


def talk(number: int, *, language: str = "en") -> tuple[StudyDocument, list[StudyCoding]]:
    """Return one of the interviews with its codings."""
    text, turns, codings = "", [], []
    for question, asked, *answers in TALKS[number]:
        start = len(text)
        text += asked + "\n"
        turns.append(
            StudyTurn(TextSpan(start, len(text) - 1), TurnKind.QUESTION, SpeakerRole.INTERVIEWER, str(question))
        )
        start = len(text)
        for sentence, code in answers:
            at = len(text)
            text += sentence + " "
            if code:
                span = TextSpan(at, len(text) - 1)
                codings.append(StudyCoding(f"{number}-{at}", f"d{number}", span, code))
        text = text[:-1] + "\n"
        turns.append(
            StudyTurn(TextSpan(start, len(text) - 1), TurnKind.ANSWER, SpeakerRole.INTERVIEWEE, str(question), "R")
        )
    return StudyDocument(f"d{number}", f"D{number}", text[:-1], tuple(turns), language), codings


def coded_study(numbers: Sequence[int] = (0, 1, 2)) -> Study:
    """Return a study of the interviews, those of `numbers` coded."""
    talks = [talk(number) for number in range(len(TALKS))]
    codings = tuple(coding for number in numbers for coding in talks[number][1])
    return Study(CODES, tuple(document for document, _ in talks), codings)


def prose(text: str, *, language: str = "en") -> Study:
    """Return a study of one text in which nobody speaks."""
    return Study(CODES, (StudyDocument("p", "P", text, (), language),))
