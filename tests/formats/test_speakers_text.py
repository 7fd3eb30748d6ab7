"""The text of a transcript: nothing lost, cues joined, long paragraphs split, times taken out, corrections obeyed."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind, Transcript, TurnOptions
from kamcoder.formats.speakers import read_transcript
from tests.formats.speakers_material import ANSWERED, ASKED, cue, extracted, keys, said

CONVERSATION = [
    paragraph
    for question, answer in zip(ASKED, ANSWERED, strict=True)
    for paragraph in (f"Jan: {question}", f"Anna (KAM): {answer}")
]

# Speech in Cyrillic, apparatus in Latin letters: so the one can be told from the other afterwards.
_speech = st.text(alphabet="абвгде ё́ж🙂,.:?!", min_size=1, max_size=40)
_head = st.sampled_from(
    ("", "", "", "Jan: ", "Anna: ", "I: ", "R: ", "Interviewer: ", "Q6. ", "[Jan] ", "[00:01:02] ", "Jan (00:03): ",
     "JAN", "Anna  0:17", "0:15", "– ", "12 Jan: ", "Note: ", "Jan\t", "So: ", "**Jan:** ")
)  # fmt: skip
_kind = st.sampled_from((ParagraphKind.BODY,) * 6 + tuple(ParagraphKind))


@st.composite
def _paragraphs(draw: st.DrawFn) -> Paragraph:
    text = (draw(_head) + draw(_speech) + draw(st.sampled_from(("", "", " #00:00:05-3#", "?")))).strip()
    kind = draw(_kind)
    bold = ((0, draw(st.integers(1, len(text)))),) if text and draw(st.booleans()) else ()
    if kind is ParagraphKind.TABLE_ROW:
        cells = (draw(st.sampled_from(("Jan", "Anna", "", "ёж"))), text)
        return Paragraph("\t".join(cells), kind=kind, cells=cells)
    if kind is ParagraphKind.CUE:
        return Paragraph(text, kind=kind, start=1.0, end=2.0, voice=draw(st.sampled_from((None, "Jan"))))
    return Paragraph(text, kind=kind, bold=bold, gap_before=draw(st.booleans()))


def _spoken(text: str) -> str:
    return "".join(c for c in text if "CYRILLIC" in unicodedata.name(c, "") or c == "🙂" or unicodedata.combining(c))


def _assert_well_formed(transcript: Transcript) -> None:
    turns = transcript.turns
    assert "\n".join(transcript.text[turn.start : turn.end] for turn in turns) == transcript.text
    assert all(turn.start < turn.end for turn in turns)
    names = {speaker.name for speaker in transcript.speakers}
    assert {turn.speaker for turn in turns} <= names | {None}


@given(st.lists(_paragraphs(), max_size=30))
def test_whatever_is_read_nothing_that_was_said_gets_lost(paragraphs: list[Paragraph]) -> None:
    source = Extracted("txt", None, tuple(paragraphs))
    transcript = read_transcript(source)
    _assert_well_formed(transcript)
    labels = {label for speaker in transcript.speakers for label in speaker.labels}
    assume(not _spoken("".join(labels)))
    assert _spoken(transcript.text) == _spoken("".join(paragraph.text for paragraph in paragraphs))
    assert read_transcript(source) == transcript

    letters = "".join(c for paragraph in paragraphs for c in paragraph.text if c.isascii() and c.isalpha())
    kept = "".join(c for c in transcript.text if c.isascii() and c.isalpha())
    assert set(letters) - set(kept) <= {c for label in labels for c in label}


@given(st.lists(_paragraphs(), max_size=20))
def test_unstructured_text_is_the_file_word_for_word(paragraphs: list[Paragraph]) -> None:
    plain = [p for p in paragraphs if p.kind is not ParagraphKind.CUE]
    transcript = read_transcript(Extracted("txt", None, tuple(plain)), options=TurnOptions(structured=False))
    assert transcript.text == "\n".join(p.text for p in plain if p.text.strip())
    assert [turn.kind for turn in transcript.turns] == ([TurnKind.NOTE] if transcript.text else [])


def test_unstructured_cues_keep_their_voices_as_text() -> None:
    cues = [cue("Are you there?", 0, 1, "Jan"), cue("I am.", 2, 3, "Anna"), cue("Good.", 9, 10, "Jan")]
    transcript = read_transcript(extracted(*cues), options=TurnOptions(structured=False))
    assert transcript.text == "Jan: Are you there? Anna: I am.\nJan: Good."


# --- cues ---------------------------------------------------------------------------------------------------------


def test_cues_cut_in_mid_sentence_are_joined_whatever_the_pause() -> None:
    cues = [
        cue("Well, is", 0, 1, "Jan"),
        cue("it so?", 8, 9, "Jan"),
        cue("It is, and", 10, 12, "Anna"),
        cue("it was.", 13, 14, "Anna"),
        cue("And it will be.", 18.1, 20, "Anna"),
        cue("Always.", 24, 25, "Anna"),
        cue("Why?", 26, 27, "Jan"),
    ]
    transcript = read_transcript(extracted(*cues))
    assert said(transcript) == [
        ("Jan", "Well, is it so?"),
        ("Anna", "It is, and it was.\nAnd it will be. Always."),
        ("Jan", "Why?"),
    ]
    assert [turn.time for turn in transcript.turns] == [0, 10, 26]


def test_a_long_run_of_cues_breaks_at_a_sentence_end() -> None:
    sentence = "This is a sentence of the ordinary kind, neither long nor short."
    cues = [cue(sentence, float(n), n + 1.0, "Anna") for n in range(60)] + [cue("And then?", 61, 62, "Jan")]
    answer = said(read_transcript(extracted(*cues)))[0][1]
    assert max(map(len, answer.split("\n"))) <= 1_200
    assert min(map(len, answer.split("\n")[:-1])) > 1_100
    assert answer.replace("\n", " ") == " ".join([sentence] * 60)


def test_cues_without_anybody_are_prose() -> None:
    transcript = read_transcript(extracted(cue("The sea is", 1, 2), cue("blue.", 2, 3), cue("It was grey.", 9, 10)))
    assert transcript.text == "The sea is blue.\nIt was grey."
    assert [(turn.kind, turn.time) for turn in transcript.turns] == [(TurnKind.NOTE, 1)]


# --- long paragraphs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["A sentence, and not a long one. ", "no end in sight "])
def test_a_paragraph_above_5000_characters_is_split_at_a_space(unit: str) -> None:
    text = (unit * 1_000).strip()
    transcript = read_transcript(extracted("Jan: Well?", f"Anna: {text}", "Jan: Why?", "Anna: Because.", "Jan: So?"))
    answer = said(transcript)[1][1]
    assert answer.replace("\n", " ") == text
    assert max(map(len, answer.split("\n"))) <= 5_000
    if "." in unit:
        assert all(part.endswith(".") for part in answer.split("\n"))


def test_what_has_no_space_is_left_whole() -> None:
    text = "長" * 12_000
    assert read_transcript(extracted(text)).text == text


# --- times --------------------------------------------------------------------------------------------------------


def test_times_within_the_speech_are_taken_out_where_they_are_the_custom_of_the_file() -> None:
    answers = [answer.replace(", ", f", [00:0{n}:10] ", 1) for n, answer in enumerate(ANSWERED)]
    paragraphs = [part for q, a in zip(ASKED, answers, strict=True) for part in (f"Jan: {q}", f"Anna: {a}")]
    regular = read_transcript(extracted(*paragraphs))
    assert [text for who, text in said(regular) if who == "Anna"] == list(ANSWERED)
    seldom = read_transcript(extracted(*CONVERSATION[:4], "He said [00:04:10] so.", *CONVERSATION[4:]))
    assert "He said [00:04:10] so." in seldom.text


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("[1:02:03]", 3723.0), ("(75:10)", 4510.0), ("<00:15>", 15.0), ("[00:00:05,250]", 5.25), ("#00:00:05-3#", 5.3)],
)
def test_times_are_read_in_all_their_forms(written: str, seconds: float) -> None:
    transcript = read_transcript(extracted(*(f"{written} {paragraph}" for paragraph in CONVERSATION)))
    assert {turn.time for turn in transcript.turns} == {seconds}
    assert [text for _, text in said(transcript)][:2] == [ASKED[0], ANSWERED[0]]


def test_a_turn_has_the_first_of_its_times() -> None:
    paragraphs = ["Jan  0:01", "Well?", "Anna  0:05", "Yes.", "Anna  0:09", "Or no.", "Jan  1:00:12", "Why?"]
    transcript = read_transcript(extracted(*paragraphs))
    assert [(turn.speaker, turn.time) for turn in transcript.turns] == [("Jan", 1.0), ("Anna", 5.0), ("Jan", 3612.0)]
    assert said(transcript)[1][1] == "Yes.\nOr no."


def test_times_without_speakers_are_notes_with_times() -> None:
    transcript = read_transcript(extracted("[0:01:15] First.", "More.", "[0:02:15] Second.", "[0:03:15] Third."))
    assert [(turn.kind, turn.time) for turn in transcript.turns] == [
        (TurnKind.NOTE, 75.0),
        (TurnKind.NOTE, 135.0),
        (TurnKind.NOTE, 195.0),
    ]
    assert transcript.text == "First.\nMore.\nSecond.\nThird."


def test_times_that_fall_are_told() -> None:
    paragraphs = ["Jan  0:30", "Well?", "Anna  0:05", "Yes.", "Jan  0:40", "Why?", "Anna  0:41", "So."]
    transcript = read_transcript(extracted(*paragraphs))
    assert ("times_not_rising", {"count": 1}) in [(n.key, dict(n.values)) for n in transcript.notices]


# --- corrections --------------------------------------------------------------------------------------------------


def test_roles_can_be_corrected_by_any_spelling_of_the_label() -> None:
    roles = {"jan": SpeakerRole.INTERVIEWEE, "ANNA (KAM):": SpeakerRole.INTERVIEWER}
    transcript = read_transcript(extracted(*CONVERSATION), options=TurnOptions(roles=roles))
    assert [(speaker.name, speaker.role) for speaker in transcript.speakers] == [
        ("Jan", SpeakerRole.INTERVIEWEE),
        ("Anna (KAM)", SpeakerRole.INTERVIEWER),
    ]
    assert [turn.kind for turn in transcript.turns][:2] == [TurnKind.ANSWER, TurnKind.QUESTION]


def test_two_labels_renamed_alike_become_one_speaker() -> None:
    paragraphs = [*CONVERSATION, "KW: And that is all.", "Jan: Thank you?", "KW: You are welcome."]
    renamed = {"Anna (KAM)": "Respondent F", "KW": "Respondent F"}
    transcript = read_transcript(extracted(*paragraphs), options=TurnOptions(renamed=renamed))
    assert [(s.name, s.labels, s.turns) for s in transcript.speakers] == [
        ("Jan", ("Jan",), 7),
        ("Respondent F", ("Anna (KAM)", "KW"), 7),
    ]
    assert said(transcript)[11] == ("Respondent F", f"{ANSWERED[5]}\nAnd that is all.")


def test_a_label_that_is_no_speaker_becomes_text_again_word_for_word() -> None:
    paragraphs = [*CONVERSATION[:4], "Peter:  he came.", *CONVERSATION[4:8], "Peter:  he went.", *CONVERSATION[8:]]
    assert len(read_transcript(extracted(*paragraphs)).speakers) == 3
    transcript = read_transcript(extracted(*paragraphs), options=TurnOptions(not_speakers=frozenset({"Peter"})))
    assert {speaker.name for speaker in transcript.speakers} == {"Jan", "Anna (KAM)"}
    assert said(transcript)[3] == ("Anna (KAM)", f"{ANSWERED[1]}\nPeter:  he came.")


def test_without_any_speaker_left_the_file_is_prose() -> None:
    options = TurnOptions(not_speakers=frozenset({"Jan", "Anna (KAM)"}))
    transcript = read_transcript(extracted(*CONVERSATION), options=options)
    assert transcript.text.split("\n") == CONVERSATION
    assert keys(transcript) == ["no_speakers"]


def test_spellings_that_differ_in_case_spaces_and_punctuation_are_one_speaker() -> None:
    paragraphs = [text.replace("Jan:", ("Jan:", "JAN :", "jan.:")[n % 3]) for n, text in enumerate(CONVERSATION)]
    paragraphs = [text.replace("Anna (KAM)", "Anna") if n > 3 else text for n, text in enumerate(paragraphs)]
    transcript = read_transcript(extracted(*paragraphs))
    assert [speaker.name for speaker in transcript.speakers] == ["Jan", "Anna"]
    assert transcript.speakers[1].labels == ("Anna (KAM)", "Anna")
    assert transcript.speakers[1].role is SpeakerRole.INTERVIEWEE
