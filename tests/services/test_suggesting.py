"""Suggestions as a coder decides on them: what is kept, what is undone, and that nothing counts until it is taken."""

from dataclasses import replace
from pathlib import Path

import pytest

from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.domain.suggesting import ActorRole, Band, LexiconKind, Proposal
from kamcoder.domain.suggestion import SuggestionState
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.checking import check_file
from kamcoder.services.session import Session
from kamcoder.services.tables import TableDefinition
from kamcoder.storage.schema import JOURNALLED

MODEL = "model-1"


def proposal(session: Session, document: str, code: str, quote: str, *, score: float = 0.8, rank: int = 1) -> Proposal:
    found = session.documents.find(document)
    start = session.documents.text(found.id).index(quote)
    code_id = session.codebook.all().find(code).id
    return Proposal(found.id, TextSpan(start, start + len(quote)), code_id, score, score, Band.HIGH, rank)


def everything(session: Session, *, besides: frozenset[str] = frozenset()) -> dict[str, list[object]]:
    return {table: session._store.rows(table) for table in JOURNALLED if table not in besides}


CUSTOMERS = "I look after four key accounts."
BOARD = "The board decides yearly which accounts are key."
HARDLY = "Hardly ever."
PROBLEMS = "Problems go to the sales director first."


def test_suggestions_are_off_until_somebody_turns_them_on_and_that_is_undone(study: Session) -> None:
    assert not study.suggestions.on
    study.suggestions.switch(on=True)
    assert study.suggestions.on
    study.undo()
    assert not study.suggestions.on


def test_accepting_makes_a_coding_that_says_for_ever_where_it_came_from(study: Session) -> None:
    item = proposal(study, "A-KAM", "strategic", BOARD, score=0.73, rank=2)
    coding = study.suggestions.accept(item, model_version=MODEL)
    assert (coding.origin, coding.quote, coding.span) == (Origin.SUGGESTION, BOARD, item.span)
    kept = study.suggestions.provenance(coding.id)
    assert (kept["score"], kept["rank"], kept["model"], kept["edited"]) == (0.73, 2, MODEL, False)
    (decided,) = study.suggestions.decided()
    assert (decided.state, decided.coding_id, decided.rank) == (SuggestionState.ACCEPTED, coding.id, 2)
    other = study.codebook.all().find("social").id
    study.codings.recode(coding.id, other)
    assert study.codings.of_document(item.document_id)[0].origin is Origin.SUGGESTION
    assert study.suggestions.provenance(coding.id) == kept


def test_accepting_with_another_end_and_code_keeps_what_was_suggested(study: Session) -> None:
    item = proposal(study, "A-KAM", "strategic", BOARD)
    other = study.codebook.all().find("social").id
    span = TextSpan(item.span.start, item.span.end - 1)
    coding = study.suggestions.accept(item, model_version=MODEL, span=span, code_id=other)
    assert (coding.span, coding.code_id) == (span, other)
    kept = study.suggestions.provenance(coding.id)
    assert kept["edited"]
    assert kept["suggested"] == {"span": [item.span.start, item.span.end], "code": item.code_id}
    assert study.suggestions.decided()[0].state is SuggestionState.EDITED


def test_every_decision_is_one_step_that_is_undone_and_done_again(study: Session) -> None:
    first, second = proposal(study, "A-KAM", "strategic", BOARD), proposal(study, "A-KAM", "social", HARDLY)
    acts = (
        lambda: study.suggestions.accept(first, model_version=MODEL),
        lambda: study.suggestions.reject([second], model_version=MODEL),
        lambda: study.suggestions.postpone([second], model_version=MODEL),
        lambda: study.suggestions.forget([item.id for item in study.suggestions.decided()]),
        lambda: study.suggestions.mute(first.code_id),
        lambda: study.suggestions.share(shared=True),
        lambda: study.suggestions.set_threshold(0.7),
        lambda: study.lexicon.add(first.code_id, "signs the contract"),
        lambda: study.lexicon.cast_as("Peter", ActorRole.TOP_MANAGER, document_id=first.document_id),
    )
    states = [everything(study)]
    for act in acts:
        act()
        states.append(everything(study))
        assert states[-1] != states[-2]
    for state in reversed(states[:-1]):
        study.undo()
        assert everything(study) == state
    for state in states[1:]:
        study.redo()
        assert everything(study) == state
    assert check_file(study.path).sound


def test_many_are_accepted_as_one_step(study: Session) -> None:
    items = [proposal(study, "A-KAM", "strategic", quote) for quote in (CUSTOMERS, BOARD, HARDLY)]
    study.suggestions.accept(items[0], model_version=MODEL)
    before = everything(study)
    taken = study.suggestions.accept_many(items, model_version=MODEL)
    assert (len(taken.coding_ids), taken.already) == (3, 1)
    assert len(study.codings.of_document(items[0].document_id)) == 3
    study.undo()
    assert everything(study) == before


def test_what_was_put_off_and_then_accepted_is_one_suggestion(study: Session) -> None:
    item = proposal(study, "A-KAM", "strategic", BOARD)
    study.suggestions.postpone([item], model_version=MODEL)
    study.suggestions.accept(item, model_version=MODEL)
    assert [found.state for found in study.suggestions.decided()] == [SuggestionState.ACCEPTED]


@pytest.mark.parametrize("reach", [TextSpan(0, 100_000), TextSpan(99_998, 99_999)])
def test_a_span_outside_the_text_is_refused_and_nothing_is_kept(study: Session, reach: TextSpan) -> None:
    good, bad = proposal(study, "A-KAM", "strategic", BOARD), proposal(study, "A-KAM", "social", HARDLY)
    before = everything(study)
    with pytest.raises(InvalidInput):
        study.suggestions.accept_many(
            [good, Proposal(bad.document_id, reach, bad.code_id, 0.8, None, Band.FROM_RULES, 1)], model_version=MODEL
        )
    assert everything(study) == before


def test_a_proposal_whose_code_or_document_is_gone_is_refused(study: Session) -> None:
    item = proposal(study, "A-KAM", "strategic", BOARD)
    study.codebook.delete(item.code_id, with_codings=True)
    with pytest.raises(NotFound):
        study.suggestions.accept(item, model_version=MODEL)
    study.undo()
    study.documents.delete(item.document_id)
    with pytest.raises(NotFound):
        study.suggestions.accept(item, model_version=MODEL)


def test_nothing_counts_before_it_is_taken(study: Session) -> None:
    study.coders.activate(study.coders.add("Ben"))
    items = [proposal(study, "A-KAM", "strategic", quote) for quote in (CUSTOMERS, BOARD, HARDLY)]
    ann, ben = (study.coders.find(name) for name in ("Ann", "Ben"))
    study.codings.apply(items[2].document_id, items[2].span, items[2].code_id, coder_id=ann.id)
    study.codings.apply(items[2].document_id, items[2].span, items[2].code_id, coder_id=ben.id)

    def figures() -> tuple[object, ...]:
        scope = CompareScope(coder_ids=(ann.id, ben.id))
        pooled = study.comparing.compare(scope).pooled.pairs
        return (
            study.tables.grid(TableDefinition()).rows,
            [(pair.both, pair.only_first, pair.only_second) for pair in pooled],
            [passage.coding.id for passage in study.passages.select()],
            [entry.codings for entry in study.documents.entries()],
        )

    before = figures()
    study.suggestions.note_shown(items, model_version=MODEL)
    study.suggestions.reject([items[0]], model_version=MODEL)
    study.suggestions.postpone([items[2]], model_version=MODEL)
    assert figures() == before
    study.suggestions.accept(items[1], model_version=MODEL)
    assert figures() != before


def test_shown_ones_are_counted_once_beside_history_and_log(study: Session) -> None:
    items = [proposal(study, "A-KAM", "strategic", quote) for quote in (CUSTOMERS, BOARD)]
    step, lines = study.to_undo, len(study.log())
    for _ in range(2):
        study.suggestions.note_shown(items, model_version=MODEL)
    assert (study.to_undo, len(study.log())) == (step, lines)
    (rate,) = study.suggestions.rates()
    assert (rate.shown, rate.taken, rate.share) == (2, 0, 0.0)
    study.suggestions.accept(items[0], model_version=MODEL)
    (rate,) = study.suggestions.rates()
    assert (rate.shown, rate.accepted, rate.share) == (2, 1, 0.5)


def test_counting_what_was_shown_never_stands_in_the_way_of_undo(study: Session) -> None:
    item = proposal(study, "A-KAM", "strategic", BOARD)
    apart = frozenset({"shown_suggestions"})
    before = everything(study, besides=apart)
    code = study.codebook.add("Trust")
    study.suggestions.note_shown([proposal(study, "A-CEO", "Trust", "Trust matters")], model_version=MODEL)
    study.undo()
    assert everything(study, besides=apart) == before
    study.codebook.merge(item.code_id, study.codebook.all().find("social").id)
    study.undo()
    both = [item, proposal(study, "A-KAM", "social", BOARD)]
    study.suggestions.note_shown(both, model_version=MODEL)
    study.redo()
    study.undo()
    study.documents.delete(item.document_id)
    study.undo()
    study.suggestions.note_shown([proposal(study, "A-KAM", "social", HARDLY)], model_version=MODEL)
    study.redo()
    study.undo()
    assert code.id not in study.codebook.all()
    assert everything(study, besides=apart) == before


def test_what_hangs_on_a_code_or_document_goes_and_comes_back_with_it(study: Session) -> None:
    item = proposal(study, "A-KAM", "strategic", BOARD)
    study.suggestions.note_shown([item], model_version=MODEL)
    study.suggestions.reject([item], model_version=MODEL)
    study.suggestions.mute(item.code_id)
    study.lexicon.add(item.code_id, "decides yearly")
    study.lexicon.cast_as("Peter", ActorRole.TOP_MANAGER, document_id=item.document_id)
    before = everything(study)
    study.codebook.delete(item.code_id, with_codings=True)
    assert not study.lexicon.entries()
    assert not study.suggestions.decided()
    study.undo()
    assert everything(study) == before
    study.documents.delete(item.document_id)
    assert not study.lexicon.cast()
    study.undo()
    assert everything(study) == before


def test_merging_codes_takes_suggestions_and_words_over(study: Session) -> None:
    item = proposal(study, "A-KAM", "strategic", BOARD)
    target = study.codebook.all().find("social").id
    study.suggestions.note_shown([item], model_version=MODEL)
    study.suggestions.reject([item], model_version=MODEL)
    for code_id in (item.code_id, target):
        study.lexicon.add(code_id, "decides yearly")
    study.lexicon.add(item.code_id, "key accounts")
    study.suggestions.mute(item.code_id)
    study.codebook.merge(item.code_id, target)
    assert [entry.pattern for entry in study.lexicon.entries(target)] == ["decides yearly", "key accounts"]
    assert study.suggestions.decided()[0].code_id == target
    assert [(rate.code_id, rate.shown, rate.muted) for rate in study.suggestions.rates()] == [(target, 1, True)]
    assert check_file(study.path).sound


def test_a_code_of_which_few_are_taken_is_muted_in_the_same_step_and_counted_anew_when_shown_again(
    study: Session,
) -> None:
    text = study.documents.text(study.documents.find("A-KAM").id)
    words = [word for word in text.replace("\n", " ").split(" ") if text.count(word) == 1][:20]
    items = [proposal(study, "A-KAM", "strategic", word) for word in words]
    outcomes = [study.suggestions.reject([item], model_version=MODEL) for item in items[:8]]
    assert [outcome.muted_code_id for outcome in outcomes] == [None] * 7 + [items[0].code_id]
    assert items[0].code_id in study.suggestions.study().muted
    study.undo()
    assert not study.suggestions.study().muted
    study.redo()
    study.suggestions.mute(items[0].code_id, muted=False)
    assert not study.suggestions.study().muted
    assert study.suggestions.reject([items[9]], model_version=MODEL).muted_code_id is None


def test_each_coder_has_a_model_of_his_own_unless_sharing_was_chosen(study: Session) -> None:
    ben = study.coders.add("Ben")
    item = proposal(study, "A-KAM", "strategic", BOARD)
    mine = study.suggestions.study()
    assert {coding.coder_id for coding in mine.codings} == {study.coders.find("Ann").id}
    study.coders.activate(ben)
    study.suggestions.reject([item], model_version=MODEL)
    his = study.suggestions.study()
    assert (his.codings, len(his.decisions)) == ((), 1)
    assert study.suggestions.learned_from(his) == his
    study.suggestions.share(shared=True)
    assert len(study.suggestions.learned_from(his).codings) == 3
    assert study.suggestions.study().codings == ()  # what is shown as coded stays one's own
    assert study.suggestions.study(coder_id=study.coders.find("Ann").id).decisions == ()


def test_other_coders_confirm_codings_by_hand_and_suggested_apart(study: Session) -> None:
    hand, suggested, alone = (proposal(study, "A-KAM", "strategic", quote) for quote in (CUSTOMERS, BOARD, HARDLY))
    study.codings.apply(hand.document_id, hand.span, hand.code_id)
    for item in (suggested, alone):
        study.suggestions.accept(item, model_version=MODEL)
    assert study.suggestions.blind_agreement().difference is None
    ben = study.coders.add("Ben")
    half = TextSpan(suggested.span.start, suggested.span.start + len(suggested.span) // 2)
    study.codings.apply(hand.document_id, half, hand.code_id, coder_id=ben.id)
    found = study.suggestions.blind_agreement()
    assert (found.by_hand.codings, found.by_hand.confirmed) == (1, 0)
    assert (found.suggested.codings, found.suggested.confirmed, found.difference) == (2, 1, 0.5)


def test_nobody_coding_is_said(session: Session) -> None:
    with pytest.raises(InvalidInput, match="coder_needed"):
        session.suggestions.study()


@pytest.mark.parametrize(
    ("pattern", "kind", "weight", "key"),
    [
        ("  ", LexiconKind.PHRASE, 2.0, "lexicon_empty"),
        ("*", LexiconKind.PHRASE, 2.0, "lexicon_empty"),
        ("sign", LexiconKind.PHRASE, 0.0, "lexicon_weight"),
        ("sign", LexiconKind.PHRASE, 4.0, "lexicon_weight"),
        ("sign", LexiconKind.PHRASE, float("nan"), "lexicon_weight"),
        ("(sign", LexiconKind.REGEX, 2.0, "lexicon_expression"),
        ("TM meets customer", LexiconKind.RELATION, 2.0, "lexicon_relation"),
        ("Meet  Customers", LexiconKind.PHRASE, 2.0, "lexicon_exists"),
    ],
)
def test_words_that_cannot_be_used_are_refused(
    study: Session, pattern: str, kind: LexiconKind, weight: float, key: str
) -> None:
    code_id = study.codebook.all().find("strategic").id
    study.lexicon.add(code_id, "meet customers")
    with pytest.raises(InvalidInput, match=key):
        study.lexicon.add(code_id, pattern, kind=kind, weight=weight)


def test_lexicon_and_cast_are_kept_changed_and_taken_out(study: Session, tmp_path: Path) -> None:
    code_id = study.codebook.all().find("strategic").id
    entry = study.lexicon.add(code_id, "signs  the contract", weight=-1.5)
    assert (entry.pattern, entry.weight) == ("signs the contract", -1.5)
    study.lexicon.change(replace(entry, weight=3.0))
    document = study.documents.find("A-KAM").id
    study.lexicon.cast_as("Peter", ActorRole.TOP_MANAGER)
    study.lexicon.cast_as("peter", ActorRole.ACCOUNT_MANAGER, document_id=document)
    study.lexicon.cast_as("Peter", ActorRole.CUSTOMER)
    copy = tmp_path / "copy.kamcoder"
    study.save_copy(copy)
    with Session.open(copy) as again:
        assert [(item.pattern, item.weight) for item in again.lexicon.entries()] == [("signs the contract", 3.0)]
        assert [(item.name, item.role) for item in again.lexicon.cast()] == [
            ("Peter", ActorRole.CUSTOMER),
            ("peter", ActorRole.ACCOUNT_MANAGER),
        ]
        again.lexicon.remove(entry.id)
        again.lexicon.uncast("Peter")
        assert not again.lexicon.entries()
        assert len(again.lexicon.cast()) == 1
        with pytest.raises(NotFound):
            again.lexicon.remove(entry.id)
