"""The suggestions of documents as the window keeps them."""

import pickle

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamcoder.domain.suggesting import Reasons, Tier
from kamcoder.gui.suggestions.offers import Offer, OfferBook
from kamcoder.services.suggestion_desk import Batch, Packed

NO_REASONS = pickle.dumps(Reasons())


def packed(start: int, end: int, code_id: str, sure: float = 0.8) -> Packed:
    return start, end, code_id, sure, sure, "high", 1, NO_REASONS


def batch(*offers: Packed, first: bool = True, last: bool = True) -> Batch:
    return Batch("d", offers, (), "m", Tier.BLANK, first=first, last=last)


def places(book: OfferBook) -> list[tuple[int, int, str]]:
    return [(offer.start, offer.end, offer.code_id) for offer in book.of("d")]


def test_what_is_on_screen_is_shown_at_once_and_all_of_it_at_the_end() -> None:
    book = OfferBook()
    assert book.take(batch(packed(10, 20, "a"), last=False))
    assert places(book) == [(10, 20, "a")]
    assert not book.take(batch(packed(0, 5, "a"), last=False))
    assert places(book) == [(10, 20, "a")]
    assert book.take(batch(packed(10, 20, "a"), first=False))
    assert places(book) == [(0, 5, "a"), (10, 20, "a")]
    assert book.complete == {"d"}


def test_the_most_uncertain_is_the_one_at_even_odds() -> None:
    doubts = [Offer("d", 0, 5, "a", sure, sure, "low", 1, NO_REASONS, "m").doubt for sure in (0.5, 0.6, 0.9, 0.1)]
    assert doubts[0] == 1
    assert doubts[1] > doubts[2]
    assert round(doubts[2], 9) == round(doubts[3], 9)


_PLACES = st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from("ab")).map(
    lambda made: (made[0], made[0] + made[1], made[2])
)
_ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("code"), st.integers(0, 5), _PLACES),
        st.tuples(st.just("uncode"), st.integers(0, 5)),
        st.tuples(st.just("know"), st.sets(_PLACES, max_size=4), st.sets(st.sampled_from("ab"), max_size=1)),
    ),
    max_size=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offers=st.sets(_PLACES, max_size=12), acts=_ACTS)
def test_what_is_left_after_any_acts_is_what_a_fresh_look_leaves(offers: set[tuple[int, int, str]], acts: list) -> None:
    kept, coded, decided, muted = OfferBook(), {}, set(), set()
    kept.take(batch(*(packed(*place) for place in sorted(offers))))
    for act in acts:
        kept.of("d")
        if act[0] == "code":
            coded[str(act[1])] = act[2]
            kept.uncode(str(act[1]), "d")
            kept.code(str(act[1]), "d", act[2])
        elif act[0] == "uncode":
            coded.pop(str(act[1]), None)
            kept.uncode(str(act[1]), "d")
        else:
            decided, muted = act[1], act[2]
            kept.know([("d", *place) for place in decided], muted)
        fresh = OfferBook()
        fresh.take(batch(*(packed(*place) for place in sorted(offers))))
        fresh.know([("d", *place) for place in decided], muted)
        for coding_id, place in coded.items():
            fresh.code(coding_id, "d", place)
        assert places(kept) == places(fresh)
