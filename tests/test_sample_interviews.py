"""The sample study as it ships: every transcript reads as what was written, every coded passage is found in it."""

import csv
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pytest

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.transcript import Extracted, GuideQuestion, Transcript, TurnDraft
from kamcoder.formats.registry import read_file
from kamcoder.formats.speakers import read_transcript
from kamcoder.paths import resources, sample_interviews

HEADINGS = ("KAM embeddedness", "Direct TM involvement", "Indirect TM involvement", "Involvement antecedents")
NOTE = "Invented interview, written for KamCoder. Any likeness to real firms or people is accidental."


@dataclass(frozen=True, slots=True)
class Expected:
    """What stands in a transcript; `asked` maps the place of a turn to the number of the guide question it asks.

    `last` is the time of the last turn in seconds where the transcript gives times; `words` are those of the speech.
    In subtitles the paragraphs of a turn are one.
    """

    file: str
    speakers: tuple[str, str]
    turns: int
    words: int
    paragraphs: int
    about: str
    asked: str
    last: float | None = None

    @property
    def document(self) -> str:
        return self.file.split(".")[0]

    @property
    def questions(self) -> dict[int, str]:
        pairs = (entry.split(":") for entry in self.asked.split())
        return {int(turn): number for turn, number in pairs}


STUDY = (
    Expected(
        "A-CEO.docx", ("Interviewer", "CEO"), 48, 2608, 58, "CEO; 20+ years in management",
        "2:Q1 6:Q2 10:Q3 14:Q4 16:Q5 18:Q6 26:Q8 30:Q7 34:Q9 38:Q10 42:Q11",
    ),
    Expected(
        "A-SD.txt", ("I", "R"), 46, 2669, 52, "Sales Director; 15+ years in sales",
        "2:Q1 4:Q2 8:Q4 12:Q5 14:Q6 22:Q7 26:Q8 30:Q9 34:Q10 40:Q11",
    ),
    Expected(
        "A-KAM.pdf", ("Interviewer", "KAM"), 46, 2265, 57, "Key Account Manager; 15+ years in sales",
        "2:Q1 4:Q2 8:Q3 10:Q4 16:Q6 24:Q8 28:Q7 32:Q10 36:Q9 40:Q11",
    ),
    Expected(
        "B-KAM.odt", ("Q", "A"), 66, 2678, 77, "KAM; 3+ years in key account management",
        "2:Q1 6:Q2 10:Q3 14:Q4 16:Q5 20:Q6 28:Q7 34:Q8 42:Q9 50:Q10 58:Q11",
    ),
    Expected(
        "C-NAM.vtt", ("Interviewer", "Νίκος"), 56, 2858, 56, "National Account Manager; 20+ years in management",
        "2:Q1 4:Q2 6:Q3 12:Q4 14:Q5 16:Q6 26:Q7 32:Q8 38:Q9 44:Q10 48:Q11",
        last=1336.0,
    ),
    Expected(
        "C-KAM1.rtf", ("Interviewer", "KAM 1"), 58, 2742, 73, "KAM 1, acquisition and tenders; 10+ years in sales",
        "2:Q1 8:Q2 12:Q3 14:Q4 16:Q5 18:Q6 28:Q7 34:Q8 42:Q9 46:Q10 50:Q11",
    ),
    Expected(
        "C-KAM2.html", ("Interviewer", "Joris"), 58, 2579, 76,
        "KAM 2, retention, one of three regions; 10+ years in sales",
        "2:Q1 6:Q2 10:Q3 12:Q4 14:Q5 16:Q6 28:Q7 34:Q8 42:Q9 46:Q10 50:Q11",
        last=1106.0,
    ),
    Expected(
        "D-KAM.srt", ("INTERVIEWER", "KAM"), 62, 2675, 62, "KAM; 10+ years in sales",
        "2:Q1 8:Q2 12:Q3 14:Q4 16:Q5 20:Q6 30:Q7 34:Q8 42:Q9 50:Q10 54:Q11",
        last=1183.0,
    ),
    Expected(
        "E-KAM.md", ("Interviewer", "KAM"), 64, 2579, 73, "KAM; 10+ years in sales",
        "4:Q1 8:Q2 12:Q3 14:Q4 18:Q5 20:Q6 28:Q7 36:Q8 42:Q9 48:Q10 52:Q11",
    ),
    Expected(
        "F-KAM.txt", ("Interviewer", "KAM"), 56, 2699, 75,
        "Key Account Manager (retail); 10+ years in key account management",
        "2:Q1 8:Q2 14:Q3 18:Q4 20:Q5 22:Q6 30:Q7 34:Q8 38:Q9 44:Q11 48:Q10",
        last=1161.0,
    ),
    Expected(
        "G-KAM.docx", ("Speaker 1", "Speaker 2"), 51, 2607, 62,
        "Key Account Manager (Food Services); 10+ years in key account management",
        "2:Q1 8:Q2 10:Q4 12:Q5 14:Q6 18:Q8 24:Q7 32:Q10 38:Q9 44:Q11",
        last=1132.0,
    ),
)  # fmt: skip
DOCUMENTS = {expected.document: expected for expected in STUDY}
each = pytest.mark.parametrize("expected", STUDY, ids=lambda expected: expected.document)


@cache
def guide() -> tuple[GuideQuestion, ...]:
    data = tomllib.loads((resources() / "guides" / "kam.toml").read_text("utf-8"))
    return tuple(GuideQuestion(each["number"], each["about"], tuple(each["wordings"])) for each in data["questions"])


@cache
def extracted(expected: Expected) -> Extracted:
    return read_file(sample_interviews() / "transcripts" / expected.file)


@cache
def imported(expected: Expected) -> Transcript:
    return read_transcript(extracted(expected), guide=guide())


def spoken(expected: Expected) -> list[TurnDraft]:
    return [turn for turn in imported(expected).turns if turn.kind is not TurnKind.NOTE]


def rows(name: str) -> list[dict[str, str]]:
    with (sample_interviews() / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_folder_holds_these_transcripts_and_no_others() -> None:
    files = {path.name for path in (sample_interviews() / "transcripts").iterdir()}
    assert files == {expected.file for expected in STUDY}


@each
def test_who_speaks_and_in_which_role(expected: Expected) -> None:
    speakers = {speaker.name: speaker.role for speaker in imported(expected).speakers}
    interviewer, interviewee = expected.speakers
    assert speakers == {interviewer: SpeakerRole.INTERVIEWER, interviewee: SpeakerRole.INTERVIEWEE}


@each
def test_question_and_answer_alternate_through_all_turns(expected: Expected) -> None:
    turns = spoken(expected)
    assert [turn.speaker for turn in turns] == [expected.speakers[place % 2] for place in range(expected.turns)]
    kinds = (TurnKind.QUESTION, TurnKind.ANSWER)
    assert [turn.kind for turn in turns] == [kinds[place % 2] for place in range(expected.turns)]


@each
def test_no_word_is_lost_or_added(expected: Expected) -> None:
    text = imported(expected).text
    speech = "\n".join(text[turn.start : turn.end] for turn in spoken(expected))
    words = len(speech.split())
    assert words == expected.words
    assert len(speech.split("\n")) == expected.paragraphs
    assert 1_800 <= words <= 3_500


@each
def test_front_matter_is_a_note_that_says_the_interview_is_invented(expected: Expected) -> None:
    transcript = imported(expected)
    first, *others = transcript.turns
    assert first.kind is TurnKind.NOTE
    assert first.speaker is None
    front = transcript.text[first.start : first.end]
    assert NOTE in front
    assert expected.about in front
    assert all(turn.kind is not TurnKind.NOTE for turn in others)


@each
def test_times_are_those_of_the_transcript(expected: Expected) -> None:
    times = [turn.time for turn in spoken(expected)]
    if expected.last is None:
        assert set(times) == {None}
        return
    known = [time for time in times if time is not None]
    assert len(known) == expected.turns
    assert all(earlier < later for earlier, later in pairwise(known))
    assert known[-1] == pytest.approx(expected.last, abs=0.01)


def test_apparatus_of_the_formats_is_no_speech() -> None:
    for document, apparatus in (
        ("A-CEO", ("Page ", "transcript A-CEO")),
        ("A-KAM", ("Key customers and the top of the firm", "Transcript A-KAM")),
        ("C-KAM2", ("About the study", "max-width", "(00:0")),
        ("C-NAM", ("-->", "5b0c9d52", "<v")),
        ("D-KAM", ("-->", "INTERVIEWER:", "KAM:")),
        ("E-KAM", ("*", "Interviewer:", "KAM:")),
        ("F-KAM", ("otter", "\ufeff")),
        ("G-KAM", ("Speaker", "[00:")),
    ):
        text = imported(DOCUMENTS[document]).text
        assert [mark for mark in apparatus if mark in text] == [], document


def test_a_footnote_stays_with_the_answer_it_stands_in() -> None:
    transcript = imported(DOCUMENTS["A-CEO"])
    remark = transcript.text.index("[The telephone goes on ringing in the room next door. Transcriber.]")
    [turn] = [turn for turn in transcript.turns if turn.start <= remark < turn.end]
    assert turn.kind is TurnKind.ANSWER
    assert "that is my telephone. It is my daughter" in transcript.text[turn.start : turn.end]


def test_words_hyphenated_by_the_page_are_whole_again() -> None:
    words = set(imported(DOCUMENTS["A-KAM"]).text.split())
    assert {"information?", "Saskia,", "himself,", "Brakelmans", "instrument"} <= words
    assert not any(word.endswith("-") for word in words)


def test_emoji_and_combining_marks_arrive_as_they_were_typed() -> None:
    assert "👩‍👩‍👧" in imported(DOCUMENTS["B-KAM"]).text
    assert "Zoe\u0308" in imported(DOCUMENTS["E-KAM"]).text
    assert "\u2019" in imported(DOCUMENTS["C-KAM1"]).text


def test_numbered_guide_questions_are_recognised_one_and_all() -> None:
    expected = DOCUMENTS["B-KAM"]
    turns = spoken(expected)
    assert {place: turns[place].guide_question for place in expected.questions} == expected.questions


def test_most_guide_questions_are_recognised_by_their_wording() -> None:
    found, wrong, total = 0, [], 0
    for expected in STUDY:
        turns = spoken(expected)
        for place, number in expected.questions.items():
            total += 1
            given = turns[place].guide_question
            found += given == number
            if given not in (number, None):
                wrong.append((expected.document, place, number, given))
    assert found >= 0.8 * total, f"{found} of {total}"
    assert len(wrong) <= 0.05 * total, wrong


def codebook_names() -> set[str]:
    data = tomllib.loads((resources() / "codebooks" / "kam.toml").read_text("utf-8"))
    parents = {code["name"]: [child["name"] for child in code.get("children", ())] for code in data["codes"]}
    return set(parents) | {f"{parent} › {child}" for parent, children in parents.items() for child in children}


@pytest.mark.parametrize("coder", ["ann", "ben"])
def test_each_coded_passage_stands_once_in_an_answer(coder: str) -> None:
    answers = {
        document: [
            (turn.start, turn.end) for turn in imported(expected).turns if turn.kind is TurnKind.ANSWER
        ]
        for document, expected in DOCUMENTS.items()
    }  # fmt: skip
    astray = []
    for row in rows(f"codings-{coder}.csv"):
        text = imported(DOCUMENTS[row["document"]]).text
        start = text.find(row["quote"])
        inside = any(first <= start and start + len(row["quote"]) <= last for first, last in answers[row["document"]])
        if text.count(row["quote"]) != 1 or not inside or "\n" in row["quote"]:
            astray.append((row["document"], row["quote"][:60]))
    assert astray == []


@pytest.mark.parametrize("coder", ["ann", "ben"])
def test_codings_stand_in_the_order_of_the_text(coder: str) -> None:
    codings = rows(f"codings-{coder}.csv")
    order = list(DOCUMENTS)
    places = [
        (order.index(row["document"]), imported(DOCUMENTS[row["document"]]).text.find(row["quote"])) for row in codings
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(("coder", "fewest", "most"), [("ann", 35, 60), ("ben", 28, 48)])
def test_codings_use_the_shipped_codebook_in_every_interview(coder: str, fewest: int, most: int) -> None:
    codings = rows(f"codings-{coder}.csv")
    assert {row["code"] for row in codings} - codebook_names() == set()
    counts = Counter(row["document"] for row in codings)
    assert set(counts) == set(DOCUMENTS)
    assert all(fewest <= count <= most for count in counts.values()), counts


def test_the_coders_agree_in_part() -> None:
    ann, ben = (
        {(row["document"], row["code"], row["quote"]) for row in rows(name)}
        for name in ("codings-ann.csv", "codings-ben.csv")
    )
    shared = len(ann & ben) / len(ben)
    assert 0.2 < shared < 0.9


def test_no_coding_is_there_twice() -> None:
    for coder in ("ann", "ben"):
        codings = [(row["document"], row["code"], row["quote"]) for row in rows(f"codings-{coder}.csv")]
        assert len(codings) == len(set(codings))


def test_cases_say_what_the_study_says() -> None:
    cases = {row["case"]: row for row in rows("cases.csv")}
    assert list(next(iter(cases.values()))) == [
        "case", "ownership", "sector", "employees", "interviews", "revenue from key accounts (%)", "key account teams",
    ]  # fmt: skip
    assert [case["employees"] for case in cases.values()] == ["1000", "200", "8000", "100", "500", "1500", "40"]
    assert {key: case["revenue from key accounts (%)"] for key, case in cases.items()} == {
        "A": "90", "B": "", "C": "80", "D": "35", "E": "80", "F": "", "G": "70",
    }  # fmt: skip
    assert {key: case["key account teams"] for key, case in cases.items()} == {
        "A": "no", "B": "no", "C": "", "D": "", "E": "yes", "F": "no", "G": "no",
    }  # fmt: skip
    interviews = Counter(document[0] for document in DOCUMENTS)
    assert {key: int(case["interviews"]) for key, case in cases.items()} == interviews


def test_each_transcript_has_its_participant() -> None:
    participants = rows("participants.csv")
    assert [row["document"] for row in participants] == list(DOCUMENTS)
    assert all(row["case"] == row["document"][0] for row in participants)
    assert all(row["years"].isdecimal() and row["experience"].startswith(f"{row['years']}+") for row in participants)


def test_each_case_has_a_summary_under_each_heading() -> None:
    summaries = rows("summaries.csv")
    assert [(row["case"], row["heading"]) for row in summaries] == [(case, h) for case in "ABCDEFG" for h in HEADINGS]
    assert all(len(row["summary"].split()) > 30 for row in summaries)
    assert {row["author"] for row in summaries} == {"Ann", "Ben"}


def test_the_readme_lists_every_file() -> None:
    readme = (sample_interviews() / "README.md").read_text("utf-8")
    assert [document for document in DOCUMENTS if f"| {document} |" not in readme] == []
    tables = [path.name for path in sample_interviews().glob("*.csv")]
    assert [name for name in tables if name not in readme] == []
    assert "invented" in readme
    assert "MIT" in readme
