"""The styles of transcripts: each one written from the same conversation must give the same turns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.transcript import Paragraph, ParagraphKind
from kamcoder.formats.speakers import read_transcript
from tests.formats.speakers_material import ANSWERED, ASKED, body, cue, extracted, heading, keys, row, said

# What a style makes of one turn: one paragraph or several.
Part = Paragraph | str


@dataclass(frozen=True)
class Style:
    """How a question and an answer (by number, 0-5) are written, under which names, and whether times are kept."""

    ask: Callable[[int, str], Part | list[Part]]
    answer: Callable[[int, str], Part | list[Part]]
    asker: str
    answerer: str
    timed: bool = False

    def paragraphs(self) -> list[Part]:
        parts: list[Part] = []
        for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True)):
            for made in (self.ask(number, question), self.answer(number, answer)):
                parts.extend(made if isinstance(made, list) else [made])
        return parts


def labelled(asker: str, answerer: str, *, pattern: str = "{label}: {text}") -> Style:
    """A style that is one pattern for both."""
    return Style(
        lambda _, text: pattern.format(label=asker, text=text),
        lambda _, text: pattern.format(label=answerer, text=text),
        asker,
        answerer,
    )


def stamped(pattern: str, asker: str = "Jan de Wit", answerer: str = "Anna", *, gap: str = "|") -> Style:
    """A style with times; `gap` in the pattern separates paragraphs, `{m}` and `{s}` are minutes and seconds."""

    def write(label: str, number: int, seconds: int, text: str) -> list[Part]:
        written = pattern.format(label=label, m=number, mm=f"{number:02d}", s=f"{seconds:02d}", text=text)
        return list(written.split(gap))

    return Style(
        lambda number, text: write(asker, number, 4, text),
        lambda number, text: write(answerer, number, 31, text),
        asker,
        answerer,
        timed=True,
    )


def cue_style(*, voice: bool, name_each: bool = True) -> Style:
    """Subtitles: each turn in two cues cut in mid-sentence, names as voices or in the text."""

    def cues(label: str, number: int, seconds: int, text: str) -> list[Part]:
        start = number * 60.0 + seconds
        cut = text.index(" ", len(text) // 2)
        first, second = text[:cut], text[cut + 1 :]
        if voice:
            return [cue(first, start, start + 9, label), cue(second, start + 9, start + 20, label)]
        again = f"{label}: " if name_each else ""
        return [cue(f"{label}: {first}", start, start + 9), cue(again + second, start + 9, start + 20)]

    return Style(
        lambda number, text: cues("Jan de Wit", number, 4, text),
        lambda number, text: cues("Anna", number, 31, text),
        "Jan de Wit",
        "Anna",
        timed=True,
    )


def numbered(ask: str, answer: str, asker: str, answerer: str) -> Style:
    return Style(
        lambda number, text: ask.format(n=number + 1, text=text),
        lambda number, text: answer.format(n=number + 1, text=text),
        asker,
        answerer,
    )


def in_bold(asker: str, answerer: str, *, tail: str) -> Style:
    """Names in bold before the speech."""
    return Style(
        lambda _, text: body(f"{asker}{tail}{text}", bold=len(asker) + 1),
        lambda _, text: body(f"{answerer}{tail}{text}", bold=len(answerer) + 1),
        asker,
        answerer,
    )


STYLES: dict[str, Style] = {
    "Interviewer:": labelled("Interviewer", "Respondent"),
    "lower case": labelled("interviewer", "respondent"),
    "I and R": labelled("I", "R"),
    "I and B": labelled("I", "B"),
    "INT and P1": labelled("INT", "P1"),
    "initials": labelled("JW", "KW"),
    "Q and A": labelled("Q", "A"),
    "Q. and A.": labelled("Q", "A", pattern="{label}. {text}"),
    "Vraag": labelled("Vraag", "Antwoord"),
    "Frage": labelled("Frage", "Antwort"),
    "no space": labelled("Interviewer", "KAM", pattern="{label}:{text}"),
    "space before": labelled("Intervieweur", "Marie", pattern="{label} : {text}"),
    "full-width colon": labelled("Νίκος", "李明", pattern="{label}：{text}"),
    "combining mark": labelled("Zoe\u0308", "Jean-Luc O’Neil"),
    "title and initials": labelled("Dr. J.P. de Vries", "Mrs. Smith-Jones"),
    "five words": labelled("Maria van der Heyden Claes", "Speaker 2"),
    "role in brackets": labelled("Jan (interviewer)", "Anna (KAM)"),
    "capitals": labelled("JAN DE WIT", "ANNA"),
    "machine": labelled("SPEAKER_00", "SPEAKER_01"),
    "markdown stars": Style(
        lambda _, text: f"**Interviewer:** {text}", lambda _, text: f"**Anna:** {text}", "Interviewer", "Anna"
    ),
    "tab": labelled("I", "KW", pattern="{label}\t{text}"),
    "[Name] text": labelled("Jan", "Anna", pattern="[{label}] {text}"),
    "[Name]: text": labelled("Jan", "Anna", pattern="[{label}]: {text}"),
    "label alone": Style(
        lambda _, text: ["Interviewer:", text], lambda _, text: ["Anna:", text], "Interviewer", "Anna"
    ),
    "[Name] alone": Style(lambda _, text: ["[Jan]", text], lambda _, text: ["[Anna]", text], "Jan", "Anna"),
    "NAME alone": Style(lambda _, text: ["JAN DE WIT", text], lambda _, text: ["ANNA", text], "JAN DE WIT", "ANNA"),
    "heading alone": Style(
        lambda _, text: [heading("Jan"), text], lambda _, text: [heading("Anna"), text], "Jan", "Anna"
    ),
    "Q1: and A1:": numbered("Q{n}: {text}", "A{n}: {text}", "Q", "A"),
    "Question 3) and A:": numbered("Question {n}) {text}", "A: {text}", "Question", "A"),
    "Q6. and nothing": numbered("Q{n}. {text}", "{text}", "Q", "Interviewee"),
    "6. and nothing": Style(
        lambda number, text: f"{number + 1}. {text}", lambda _, text: text, "Interviewer", "Interviewee"
    ),
    "only the interviewer": Style(
        lambda _, text: f"Interviewer: {text}", lambda _, text: text, "Interviewer", "Interviewee"
    ),
    "bold label": in_bold("Interviewer", "Anna", tail=": "),
    "bold run-in": in_bold("Jan", "Anna", tail=" "),
    "bold alone": Style(
        lambda _, text: [body("Jan", bold=3), text], lambda _, text: [body("Anna", bold=4), text], "Jan", "Anna"
    ),
    "bold questions": Style(
        lambda _, text: body(text, bold=len(text)), lambda _, text: text, "Interviewer", "Interviewee"
    ),
    "heading questions": Style(lambda _, text: heading(text), lambda _, text: text, "Interviewer", "Interviewee"),
    "line numbers": Style(
        lambda number, text: f"{number * 10 + 1} Interviewer: {text}",
        lambda number, text: f"{number * 10 + 4} Anna: {text}",
        "Interviewer",
        "Anna",
    ),
    "two columns": Style(lambda _, text: row("Jan", text), lambda _, text: row("Anna:", text), "Jan", "Anna"),
    "Name (time) - text": stamped("{label} (00:{mm}:{s}) - {text}"),
    "Name (time): text": stamped("{label} (00:{mm}:{s}): {text}"),
    "Name [time] text": stamped("{label} [00:{mm}:{s}] {text}"),
    "Otter": stamped("{label}  {m}:{s}  |{text}"),
    "Otter with hours": stamped("{label}  0:{mm}:{s}|{text}"),
    "Teams in Word": stamped("{label}   {m}:{s}|{text}", asker="de Wit, Jan"),
    "Rev": stamped("{label} ({mm}:{s}):|{text}", asker="Speaker 1", answerer="Speaker 2"),
    "[time] Name, lines": stamped("[00:{mm}:{s}] {label}|{text}"),
    "[time] Name: text": stamped("[00:{mm}:{s}] {label}: {text}", asker="Speaker 1", answerer="Speaker 2"),
    "(time) Name: text": stamped("({m}:{s}) {label}: {text}"),
    "<time> Name: text": stamped("<{mm}:{s}> {label}: {text}"),
    "f4": stamped("{label}: {text} #00:{mm}:{s}-0#", asker="I", answerer="B"),
    "ATLAS.ti": stamped("{label}: #00:{mm}:{s}.0# {text}", asker="I", answerer="B"),
    "MAXQDA": stamped("00:{mm}:{s}.0{label}: {text}", asker="Zack"),
    "Sonix": stamped("{label}: [00:{mm}:{s}] {text}"),
    "Descript": stamped("[00:{mm}:{s}.00] - {label}|{text}"),
    "time alone, then Name:": stamped("[0:{mm}:{s}]|{label}: {text}"),
    "NVivo": Style(
        lambda n, text: row(f"{n}:04.0 - {n}:30.5", text, "Jan"),
        lambda n, text: row(f"{n}:31.0 - {n}:59.9", text, "Anna"),
        "Jan",
        "Anna",
        timed=True,
    ),
    "VTT voices": cue_style(voice=True),
    "Zoom": cue_style(voice=False),
    "SRT, names at a change": cue_style(voice=False, name_each=False),
}


def conversation(asker: str, answerer: str) -> list[tuple[str, str]]:
    return [
        turn
        for question, answer in zip(ASKED, ANSWERED, strict=True)
        for turn in ((asker, question), (answerer, answer))
    ]


@pytest.mark.parametrize("name", STYLES)
def test_every_style_gives_the_same_conversation(name: str) -> None:
    style = STYLES[name]
    transcript = read_transcript(extracted(*style.paragraphs()))

    expected = conversation(style.asker, style.answerer)
    if name == "6. and nothing":  # A count is part of what stands there; only labels and times are taken out.
        expected = [
            (who, f"{turn // 2 + 1}. {text}" if turn % 2 == 0 else text) for turn, (who, text) in enumerate(expected)
        ]
    assert said(transcript) == expected
    assert {speaker.name: speaker.role for speaker in transcript.speakers} == {
        style.asker: SpeakerRole.INTERVIEWER,
        style.answerer: SpeakerRole.INTERVIEWEE,
    }
    assert [turn.kind for turn in transcript.turns] == [TurnKind.QUESTION, TurnKind.ANSWER] * 6
    assert [speaker.turns for speaker in transcript.speakers] == [6, 6]
    times = [number * 60.0 + seconds for number in range(6) for seconds in (4, 31)]
    assert [turn.time for turn in transcript.turns] == (times if style.timed else [None] * 12)
    assert keys(transcript) == []


@pytest.mark.parametrize(
    "name", ["Interviewer:", "Otter", "Rev", "[Name] alone", "bold run-in", "NAME alone", "initials"]
)
def test_answers_of_several_paragraphs_stay_together(name: str) -> None:
    style = STYLES[name]
    more = "And one more thing: the pallet, you know. Nobody: not one person rang."
    paragraphs: list[Part] = []
    for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True)):
        for made in (style.ask(number, question), style.answer(number, answer)):
            paragraphs.extend(made if isinstance(made, list) else [made])
        paragraphs.append(more)
    transcript = read_transcript(extracted(*paragraphs))
    answers = [text for who, text in said(transcript) if who == style.answerer]
    assert answers == [f"{answer}\n{more}" for answer in ANSWERED]


def test_dashes_are_turns_only_where_questions_and_answers_alternate_strictly() -> None:
    questions = [text if text.endswith("?") else f"{text}?" for text in ASKED]
    answers = [text for text in ANSWERED if not text.endswith("?")] + ["Then I would be a postman."]
    pairs = list(zip(questions, answers, strict=True))
    dashed = [f"– {text}" for pair in pairs for text in pair]
    transcript = read_transcript(extracted(*dashed))
    assert said(transcript) == [
        turn for question, answer in pairs for turn in (("Interviewer", question), ("Interviewee", answer))
    ]
    disturbed = read_transcript(extracted(*dashed[:4], "– not a question", *dashed[4:]))
    assert keys(disturbed) == ["no_speakers"]
    assert disturbed.text.split("\n") == [*dashed[:4], "– not a question", *dashed[4:]]


@pytest.mark.parametrize("caption", [("Timespan", "Content", "Speaker"), ("Tijd", "Tekst", "Spreker")])
def test_the_captions_of_a_table_are_kept_as_a_note(caption: tuple[str, ...]) -> None:
    transcript = read_transcript(extracted(row(*caption), *STYLES["NVivo"].paragraphs()))
    assert said(transcript)[0] == (None, "\t".join(caption))
    assert transcript.turns[0].kind is TurnKind.NOTE
    assert said(transcript)[1:] == conversation("Jan", "Anna")


def test_an_empty_name_cell_goes_on_with_the_speaker_above() -> None:
    rows: list[Part] = [row("Jan", "Well?"), row("Anna", "First."), row("", "Second."), row("Jan", "And then?")]
    transcript = read_transcript(extracted(*rows, row("Anna", "Third."), row("Jan", "Why so?"), row("Anna", "Fourth.")))
    assert said(transcript)[1] == ("Anna", "First.\nSecond.")


def test_a_column_of_remarks_is_not_lost() -> None:
    rows = [
        row(
            str(number + 1),
            "Jan" if number % 2 == 0 else "Anna",
            f"What is {number}?" if number % 2 == 0 else "It is.",
            "(laughs)",
        )
        for number in range(8)
    ]
    transcript = read_transcript(extracted(*rows))
    assert said(transcript)[1] == ("Anna", "It is.\t(laughs)")
    assert "3" not in transcript.text.replace("What is 3?", "")


def test_an_anonymous_header_is_a_voice_of_its_own() -> None:
    paragraphs: list[Part] = []
    for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True)):
        paragraphs += [f"{number}:04  ", question, f"Anna  {number}:31 ", answer]
    transcript = read_transcript(extracted(*paragraphs, "Transcribed by https://otter.ai"))
    assert said(transcript) == conversation("Unknown speaker", "Anna")
    assert [turn.time for turn in transcript.turns][:3] == [4.0, 31.0, 64.0]
    assert [(notice.key, dict(notice.values)) for notice in transcript.notices] == [("otter_footer", {"count": 1})]
    assert "otter" not in transcript.text


def test_a_bullet_list_of_questions_with_plain_answers_is_an_interview() -> None:
    paragraphs: Iterable[Part] = (
        part
        for question, answer in zip(ASKED, ANSWERED, strict=True)
        for part in (Paragraph(question, kind=ParagraphKind.LIST_ITEM), answer)
    )
    listed = [part for part in paragraphs if not (isinstance(part, str) and part.endswith("?"))]
    transcript = read_transcript(extracted(*listed))
    assert {speaker.name for speaker in transcript.speakers} == {"Interviewer", "Interviewee"}


def test_three_people_and_somebody_who_hardly_speaks() -> None:
    paragraphs: list[Part] = []
    for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True)):
        paragraphs += [f"Jan: {question}", f"Anna: {answer}", f"Peter: {ANSWERED[number - 1]}"]
    paragraphs += ["Els: Coffee?", "Jan: Yes, thank you. May I go on?", "Els: Sure."]
    transcript = read_transcript(extracted(*paragraphs))
    assert {speaker.name: speaker.role for speaker in transcript.speakers} == {
        "Jan": SpeakerRole.INTERVIEWER,
        "Anna": SpeakerRole.INTERVIEWEE,
        "Peter": SpeakerRole.INTERVIEWEE,
        "Els": SpeakerRole.OTHER,
    }
    assert transcript.turns[-1].kind is TurnKind.NOTE


def test_among_bold_questions_titles_are_no_questions_and_nods_are() -> None:
    paragraphs: list[Part] = [body("Interview with a key account manager", bold=36), "3 May, in the rain"]
    opening = "Thank you for having me. I have the form here."
    paragraphs += [body(opening, bold=len(opening)), "Good. Then we can begin."]
    for number, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True)):
        paragraphs += [body(question, bold=len(question)), answer]
        if number == 2:
            paragraphs += [body("Mm-hm.", bold=6), "And so on."]
        if number == 3:
            paragraphs.append(body("Antecedents", bold=11))
    transcript = read_transcript(extracted(*paragraphs))
    turns = said(transcript)
    assert turns[0] == (None, "Interview with a key account manager\n3 May, in the rain")
    assert turns[1:3] == [("Interviewer", opening), ("Interviewee", "Good. Then we can begin.")]
    assert ("Interviewer", "Mm-hm.") in turns
    assert ("Interviewee", f"{ANSWERED[3]}\nAntecedents") in turns
