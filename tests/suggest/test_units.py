"""What gets suggestions: sentences of answers, or of paragraphs."""

from kamcoder.domain.suggesting import StudyDocument
from kamcoder.suggest.units import asks_for_reasons, interviewer_turns, units_of
from tests.suggest.studies import talk


def prose(text: str) -> StudyDocument:
    return StudyDocument("p", "P", text)


def test_units_are_sentences_of_answers_with_their_question() -> None:
    document, codings = talk(0)
    units = units_of(document)
    assert [unit.text for unit in units][:2] == ["The director had dinner with the buyer.", "They play golf."]
    assert all(unit.span.of(document.text) == unit.text for unit in units)
    assert {coding.span for coding in codings} <= {unit.span for unit in units}
    assert {unit.question for unit in units} == {"Q1", "Q2", "Q3"}
    assert not any(unit.span.overlaps(asked) for unit in units for asked in interviewer_turns(document))


def test_a_question_for_reasons_is_known() -> None:
    units = units_of(talk(0)[0])
    assert [unit.text for unit in units if unit.follow_up] == [
        "Because Zoe\u0308's firm is small.",
        "That is the reason for it.",
    ]
    assert asks_for_reasons("En waarom dan?")
    assert not asks_for_reasons("Who is whyte?")


def test_a_heading_is_no_unit_but_the_section_of_what_follows() -> None:
    units = units_of(prose("Direct involvement\nThe CEO calls. He visits.\nReasons\nIt is the law."))
    assert [(unit.text, unit.section) for unit in units] == [
        ("The CEO calls.", "Direct involvement"),
        ("He visits.", "Direct involvement"),
        ("It is the law.", "Reasons"),
    ]


def test_short_lines_one_after_the_other_are_a_list() -> None:
    assert [unit.text for unit in units_of(prose("weekly calls\nyearly talks\na dinner"))] == [
        "weekly calls",
        "yearly talks",
        "a dinner",
    ]


def test_equal_sentences_have_equal_keys() -> None:
    first, second, third = units_of(prose("It is so. It is so. It is not."))
    assert first.key == second.key != third.key
