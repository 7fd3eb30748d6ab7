import pytest

from kamcoder.gui.fuzzy import match

PATHS = [
    "KAM embeddedness › reporting line",
    "KAM embeddedness › revenue share",
    "Direct TM involvement › strategic",
    "Direct TM involvement › social",
    "Indirect TM involvement › strategic",
    "Involvement antecedents › customer size, power and potential",
    "Zoë › Größe",
]


def best(typed: str) -> str:
    found = [(fit.score, path) for path in PATHS if (fit := match(typed, path)) is not None]
    return max(found)[1] if found else ""


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("rep", "KAM embeddedness › reporting line"),
        ("rs", "KAM embeddedness › revenue share"),
        ("dir str", "Direct TM involvement › strategic"),
        ("ind strat", "Indirect TM involvement › strategic"),
        ("soc", "Direct TM involvement › social"),
        ("csp", "Involvement antecedents › customer size, power and potential"),
        ("direct/soc", "Direct TM involvement › social"),
        ("GRÖ", "Zoë › Größe"),
        ("zzz", ""),
    ],
)
def test_a_few_letters_find_the_code(typed: str, path: str) -> None:
    assert best(typed) == path


def test_the_places_are_those_of_the_letters() -> None:
    for path in PATHS:
        found = match("str", path)
        if found:
            assert [path[place].lower() for place in found.places] == ["s", "t", "r"]


def test_nothing_typed_fits_everything() -> None:
    assert all(match("  ", path) is not None for path in PATHS)


def test_letters_that_grow_in_lower_case_do_no_harm() -> None:
    found = match("x", "İİİ x")
    assert found is not None
    assert found.places == (4,)
