"""What looks like a speaker and is none: colons in speech, lists, articles, guides, particulars on top."""

import pytest

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.transcript import Paragraph, ParagraphKind
from kamcoder.formats.speakers import read_transcript
from tests.formats.speakers_material import ANSWERED, ASKED, body, cue, extracted, heading, keys, row, said

INSIDE_AN_ANSWER = (
    "one thing: price",
    "I always say: never",
    "Note: he laughs here.",
    "So: no.",
    "The CEO said: it is your account.",
    "Well, look: it works.",
    "Remember: it is a family firm.",
    "Example: the pallet of Lille.",
    "10:30 we met, and 11:30 we were friends.",
    "https://example.org/price: that is where it stands.",
    "Q4: 2008 was bad, and Q1: 2009 was worse.",
    "My answer: wait.",
    "CEO: sixty per cent; KAM: forty.",
    "Budapest: that was the place.",
    "De baas: die belt zelf.",
    "Nice :) we said",
    "[laughs] and so it went.",
    "[Pause]",
    "(10:30) was the hour.",
    "ABSOLUTELY",
    "A: the first reason.",
    "3. Third, the weather.",
)


def conversation(asker: str = "Interviewer", answerer: str = "Anna", *, inside: str = "") -> list[Paragraph | str]:
    paragraphs: list[Paragraph | str] = []
    for question, answer in zip(ASKED, ANSWERED, strict=True):
        paragraphs += [f"{asker}: {question}", f"{answerer}: {answer}"]
    if inside:
        paragraphs.insert(4, inside)
    return paragraphs


@pytest.mark.parametrize("labels", [("Interviewer", "Anna"), ("I", "KW"), ("Jan de Wit", "Speaker 2"), ("JAN", "ANNA")])
@pytest.mark.parametrize("inside", INSIDE_AN_ANSWER)
def test_a_label_like_beginning_stays_speech(inside: str, labels: tuple[str, str]) -> None:
    transcript = read_transcript(extracted(*conversation(*labels, inside=inside)))
    assert said(transcript)[3] == (labels[1], f"{ANSWERED[1]}\n{inside}")
    assert len(transcript.turns) == 12
    assert {speaker.name for speaker in transcript.speakers} == set(labels)


@pytest.mark.parametrize("inside", ["Price: that is what counts.", "Guess: nobody."])
def test_an_ordinary_word_that_comes_twice_stays_speech(inside: str) -> None:
    paragraphs = conversation(inside=inside)
    paragraphs.insert(9, f"{inside} You cannot guess a price.")
    transcript = read_transcript(extracted(*paragraphs))
    assert {speaker.name for speaker in transcript.speakers} == {"Interviewer", "Anna"}
    assert transcript.text.count(inside) == 2


def test_a_plain_word_among_bold_or_timed_labels_stays_speech() -> None:
    bold = [
        body(f"{who}: {text}", bold=len(who) + 1)
        for question, answer in zip(ASKED, ANSWERED, strict=True)
        for who, text in (("Jan", question), ("Anna", answer))
    ]
    transcript = read_transcript(extracted(*bold[:4], "Peter: he never came.", *bold[4:8], "Peter: never.", *bold[8:]))
    assert {speaker.name for speaker in transcript.speakers} == {"Jan", "Anna"}
    assert "Peter: he never came." in transcript.text
    notice = transcript.notices[0]
    assert (notice.key, dict(notice.values)) == ("labels_left_as_text", {"count": 1, "labels": "Peter"})


def test_a_role_that_speaks_once_is_a_speaker() -> None:
    transcript = read_transcript(extracted(*conversation(), "Moderator: We have to stop here, I am afraid."))
    assert said(transcript)[-1] == ("Moderator", "We have to stop here, I am afraid.")
    assert transcript.speakers[-1].role is SpeakerRole.INTERVIEWER


def test_a_short_interview_needs_no_label_twice() -> None:
    short = ["Interviewer: How many customers do you have?", "Respondent: About forty, and one that counts."]
    assert [speaker for speaker, _ in said(read_transcript(extracted(*short)))] == ["Interviewer", "Respondent"]


def _guide(*, probe: str = "") -> list[Paragraph | str]:
    questions = [f"Q{n}. What do you think about matter {n}, and who else thinks so?" for n in range(1, 12)]
    return [
        "Interview guide",
        *(part for question in questions for part in ((question, probe) if probe else (question,))),
    ]


PROSE: dict[str, list[Paragraph | str]] = {
    "article": [
        heading("Key accounts in seven firms"),
        "Top managers matter. The question is: who?",
        "Note: this is not so. Source: own data.",
        "Example: a firm sells tools.",
        "Example: another firm does not.",
        "Conclusion: it depends. Who knows?",
    ],
    "case study": [
        "A: Family-owned business",
        "B: Family-owned business",
        "C: National subsidiary",
        *(
            f"{head}: {text}"
            for text in ("it is done weekly.", "once a year, at dinner.", "nobody does it.")
            for head in ("Embeddedness", "Direct", "Indirect", "Antecedents", "CEO", "SD")
        ),
    ],
    "guide": _guide(),
    "guide with probes": _guide(probe="Probe: why, or why not?"),
    "guide with codes": _guide(probe="Code: embeddedness, links"),
    "bullets": [Paragraph(f"Point {n}: what for?", kind=ParagraphKind.LIST_ITEM) for n in range(9)],
    "headings": [
        part for n in range(5) for part in (heading(f"CHAPTER {n}"), "Much text follows here, page after page.")
    ],
    "table": [row("Firm", "Employees"), row("A", "1000"), row("B", "200"), row("C", "8000"), row("D", "100")],
    "letter": ["Dear Anna,", "10:30 we met. The rest: silence.", "PS: is it cold there?", "PS: write soon."],
    "recipes": ["Serves: 4", "Time: 30 minutes", "Serves: 2", "Time: 20 minutes", "Serves: 6", "Time: ages"],
    "numbered steps": ["1. Open the tin", "2. Is it open?", "3. Eat"],
}


@pytest.mark.parametrize("name", PROSE)
def test_what_is_no_interview_becomes_one_note_with_its_text_untouched(name: str) -> None:
    paragraphs = PROSE[name]
    transcript = read_transcript(extracted(*paragraphs))
    assert transcript.text.split("\n") == [part if isinstance(part, str) else part.text for part in paragraphs]
    assert [(turn.kind, turn.speaker) for turn in transcript.turns] == [(TurnKind.NOTE, None)]
    assert transcript.speakers == ()
    assert keys(transcript) == ["no_speakers"]


def test_nothing_gives_nothing() -> None:
    transcript = read_transcript(extracted("", "   "))
    assert (transcript.text, transcript.turns, keys(transcript)) == ("", (), ["no_speakers"])


FRONTS: dict[str, list[Paragraph | str]] = {
    "particulars": [
        "Interview with the KAM of firm F",
        "Date: 3 May 2011",
        "Interviewer: Jan Smit",
        "Respondent: Anna de Bruyn",
        "Invented interview, written for a test.",
    ],
    "names only": ["Interviewer: Jan Smit", "Respondent: Anna de Bruyn"],
    "title": [heading("Interview F"), "Participants: two people and a dog"],
}


@pytest.mark.parametrize("name", FRONTS)
def test_what_stands_above_the_interview_is_one_note(name: str) -> None:
    front = FRONTS[name]
    transcript = read_transcript(extracted(*front, *conversation("Interviewer", "Respondent")))
    note = "\n".join(part if isinstance(part, str) else part.text for part in front)
    assert said(transcript)[0] == (None, note)
    assert [turn.kind for turn in transcript.turns][:2] == [TurnKind.NOTE, TurnKind.QUESTION]
    assert len(transcript.turns) == 13


def test_the_particulars_tell_who_the_initials_are() -> None:
    front = ["Date: 3 May 2011", "Interviewer: Anna Buys", "Respondent: Jan Smit"]
    statements = [text.replace("?", ".") for text in ASKED]
    paragraphs = [
        part
        for asked, answer in zip(statements, ANSWERED, strict=True)
        for part in (f"AB: {asked}", f"JS: {answer} Or?")
    ]
    transcript = read_transcript(extracted(*front, *paragraphs))
    assert {speaker.name: speaker.role for speaker in transcript.speakers} == {
        "AB": SpeakerRole.INTERVIEWER,
        "JS": SpeakerRole.INTERVIEWEE,
    }


def test_headings_between_turns_are_notes_and_the_speaker_goes_on_after_them() -> None:
    paragraphs = conversation()
    paragraphs[6:6] = [heading("Indirect involvement")]
    paragraphs[9:9] = [heading("Antecedents"), "And so on, for an hour."]
    transcript = read_transcript(extracted(*paragraphs))
    assert said(transcript)[6] == (None, "Indirect involvement")
    assert said(transcript)[9:11] == [(None, "Antecedents"), ("Anna", "And so on, for an hour.")]


def test_footnotes_stay_with_their_turn() -> None:
    paragraphs = conversation()
    note = Paragraph("1 Lille: a town in France.", kind=ParagraphKind.FOOTNOTE)
    transcript = read_transcript(extracted(*paragraphs[:2], note, *paragraphs[2:]))
    assert said(transcript)[1] == ("Anna", f"{ANSWERED[0]}\n{note.text}")


def test_one_speaker_alone_is_told() -> None:
    cues = [cue(text, number * 10.0, number * 10.0 + 9, "Anna") for number, text in enumerate(ANSWERED)]
    transcript = read_transcript(extracted(*cues))
    assert [speaker for speaker, _ in said(transcript)] == ["Anna"]
    assert [(notice.key, dict(notice.values)) for notice in transcript.notices] == [
        ("one_speaker_only", {"speaker": "Anna"})
    ]


def test_roles_that_the_text_hardly_tells_are_told() -> None:
    cues = [
        cue(text, number * 10.0, number * 10.0 + 9, ("Jan", "Anna")[number % 2]) for number, text in enumerate(ANSWERED)
    ]
    transcript = read_transcript(extracted(*cues))
    assert keys(transcript) == ["roles_uncertain"]
    assert {speaker.role for speaker in transcript.speakers} == {SpeakerRole.INTERVIEWER, SpeakerRole.INTERVIEWEE}


def test_letters_a_and_b_are_initials_where_nobody_is_called_an_interviewer() -> None:
    transcript = read_transcript(extracted(*conversation("B", "A")))
    assert {speaker.name: speaker.role for speaker in transcript.speakers} == {
        "B": SpeakerRole.INTERVIEWER,
        "A": SpeakerRole.INTERVIEWEE,
    }
