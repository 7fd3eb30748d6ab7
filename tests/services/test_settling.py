"""Settling disagreements: what is open, what becomes of a decision, and that it holds."""

import pytest

from kamcoder.domain.coding import CoderKind, Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.domain.settling import Choice, Disagreement, Standing
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.session import Session
from tests.builders import code_quote

MEETS = "I meet the largest customers once a year."
ALL = CompareScope()


@pytest.fixture
def double(study: Session) -> Session:
    """The small study with Ben beside Ann: agreed in A-CEO, other ends, another code, and what only one has."""
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-CEO", "strategic", "meet the largest customers once a year.")
    code_quote(study, "B-KAM", "strategic", "He drinks coffee with the big ones.")
    code_quote(study, "A-CEO", "Antecedents", "Because the sales director")
    code_quote(study, "B-KAM", "strategic", "No, only when a relation is at risk.")
    return study


def open_ones(session: Session, scope: CompareScope = ALL) -> list[Disagreement]:
    return [found for found in session.settling.disagreements(scope) if not found.decided]


def one(session: Session, standing: Standing) -> Disagreement:
    (found,) = [found for found in session.settling.disagreements(ALL) if found.standing is standing]
    return found


def consensus(session: Session) -> list[tuple[str, str]]:
    """Return (code, quote) of the consensus codings."""
    coder = session.settling.consensus
    book = session.codebook.all()
    every = [
        coding
        for document in session.documents.all()
        for coding in session.codings.of_document(document.id)
        if coder and coding.coder_id == coder.id
    ]
    assert {coding.origin for coding in every} <= {Origin.CONSENSUS}
    return [(book.get(coding.code_id).name, coding.quote) for coding in every]


def own_codings(session: Session) -> set[Coding]:
    return {
        coding
        for document in session.documents.all()
        for coding in session.codings.of_document(document.id)
        if coding.origin is not Origin.CONSENSUS
    }


def test_what_is_to_be_settled(double: Session) -> None:
    assert [(found.standing, len(found.claims)) for found in double.settling.disagreements(ALL)] == [
        (Standing.BOUNDARY, 2),
        (Standing.OTHER_CODE, 2),
        (Standing.ONLY_SOME, 1),
    ]
    (agreed,) = double.settling.agreed(ALL)
    assert {claim.coder_id for claim in agreed.claims} == set(agreed.coder_ids)
    assert double.settling.consensus is None
    progress = double.settling.progress(ALL)
    assert (progress.agreed, progress.agreed_taken, progress.disagreements, progress.open) == (1, 0, 3, 3)


def test_decisions_become_codings_of_the_consensus_and_the_originals_stay(double: Session) -> None:
    before = own_codings(double)
    ann, ben = double.coders.find("Ann").id, double.coders.find("Ben").id
    crossed, only = one(double, Standing.OTHER_CODE), one(double, Standing.ONLY_SOME)
    double.settling.take(crossed, Choice.CODERS, coder_ids=[ann], memo="  social it is ")
    assert consensus(double) == [("social", "He drinks coffee with the big ones.")]
    double.settling.take(only, Choice.NEITHER)
    assert [found.standing for found in open_ones(double)] == [Standing.BOUNDARY]
    settled = one(double, Standing.OTHER_CODE).settlement
    assert settled is not None
    assert (settled.choice, settled.taken_ids, settled.memo) == (Choice.CODERS, (ann,), "social it is")
    assert settled.coder_id == ben
    assert own_codings(double) == before
    coder = double.settling.consensus
    assert coder is not None
    assert coder.kind is CoderKind.CONSENSUS
    assert [found.name for found in double.comparing.compare(ALL).coders] == ["Ann", "Ben"]


@pytest.mark.parametrize(
    ("choice", "quotes"),
    [
        (Choice.UNION, ["Because the sales director is closer to them."]),
        (Choice.INTERSECTION, ["Because the sales director"]),
        (Choice.ALL, ["Because the sales director", "Because the sales director is closer to them."]),
    ],
)
def test_other_ends(double: Session, choice: Choice, quotes: list[str]) -> None:
    found = one(double, Standing.BOUNDARY)
    assert choice in found.choices
    double.settling.take(found, choice)
    assert consensus(double) == [("Antecedents", quote) for quote in quotes]


def test_an_own_span_and_code(double: Session) -> None:
    found = one(double, Standing.OTHER_CODE)
    assert Choice.UNION not in found.choices
    with pytest.raises(InvalidInput, match="settle_one_code"):
        double.settling.take(found, Choice.UNION)
    text = double.documents.text(found.document_id)
    start = text.index("drinks coffee")
    code = double.codebook.all().find("Antecedents").id
    double.settling.take(found, Choice.OWN, span=TextSpan(start - 1, start + 14), code_ids=[code])
    assert consensus(double) == [("Antecedents", "drinks coffee")]
    with pytest.raises(InvalidInput, match="settle_coder"):
        double.settling.take(found, Choice.CODERS)


def test_deciding_again_replaces_and_reopening_takes_back(double: Session) -> None:
    found = one(double, Standing.OTHER_CODE)
    double.settling.take(found, Choice.ALL)
    assert len(consensus(double)) == 2
    double.settling.take(one(double, Standing.OTHER_CODE), Choice.CODERS, coder_ids=[double.coders.find("Ben").id])
    assert consensus(double) == [("strategic", "He drinks coffee with the big ones.")]
    assert len(double.settling.settlements()) == 1
    double.settling.reopen(one(double, Standing.OTHER_CODE))
    assert consensus(double) == []
    assert len(open_ones(double)) == 3
    double.undo()
    assert len(open_ones(double)) == 2
    double.undo()
    assert len(consensus(double)) == 2
    double.undo()
    assert double.settling.consensus is None
    assert double.settling.settlements() == []
    double.redo()
    assert len(consensus(double)) == 2
    assert len(open_ones(double)) == 2


def test_all_that_is_agreed_is_taken_in_one_step(double: Session) -> None:
    assert double.settling.take_agreed(ALL) == 1
    # Nine tenths in common: of two versions the longer one.
    assert consensus(double) == [("strategic", MEETS)]
    assert double.settling.progress(ALL).agreed_taken == 1
    assert double.settling.take_agreed(ALL) == 0
    double.undo()
    assert consensus(double) == []
    assert double.settling.progress(ALL).agreed_taken == 0


def test_a_decision_holds_until_somebody_codes_something_new_there(double: Session) -> None:
    double.settling.take(one(double, Standing.OTHER_CODE), Choice.NEITHER)
    double.settling.take_agreed(ALL)
    before = {found.id for found in double.settling.disagreements(ALL)}
    code_quote(double, "B-KAM", "Antecedents", "The commercial director signs the contracts.")
    assert before < {found.id for found in double.settling.disagreements(ALL)}
    assert one(double, Standing.OTHER_CODE).decided
    swapped = CompareScope(coder_ids=(double.coders.find("Ben").id, double.coders.find("Ann").id))
    assert {found.id for found in double.settling.disagreements(swapped)} == {
        found.id for found in double.settling.disagreements(ALL)
    }
    code_quote(double, "B-KAM", "Antecedents", "He drinks coffee")
    again = one(double, Standing.OTHER_CODE)
    assert not again.decided
    assert again.outdated is not None
    assert again.outdated.choice is Choice.NEITHER
    double.settling.take(again, Choice.ALL)
    assert [found.choice for found in double.settling.settlements()] == [Choice.AGREED, Choice.ALL]


def test_a_coding_taken_away_leaves_the_decision(double: Session) -> None:
    crossed = one(double, Standing.OTHER_CODE)
    ben = double.coders.find("Ben").id
    double.settling.take(crossed, Choice.CODERS, coder_ids=[ben])
    double.codings.remove([claim.coding_id for claim in crossed.of(ben)])
    left = [found for found in double.settling.disagreements(ALL) if found.document_id == crossed.document_id]
    assert all(found.decided for found in left if found.span == crossed.span)
    assert ("strategic", "He drinks coffee with the big ones.") in consensus(double)


def test_what_was_looked_at_must_still_be_there(double: Session) -> None:
    crossed = one(double, Standing.OTHER_CODE)
    claim = crossed.claims[0]
    double.codings.resize(claim.coding_id, TextSpan(claim.span.start, claim.span.end - 5))
    with pytest.raises(InvalidInput, match="settle_changed"):
        double.settling.take(crossed, Choice.ALL)
    assert consensus(double) == []


def test_two_decisions_may_share_a_coding(double: Session) -> None:
    first, second = one(double, Standing.OTHER_CODE), one(double, Standing.ONLY_SOME)
    code, span = double.codebook.all().find("Antecedents").id, second.span
    for found in (first, second):
        double.settling.take(found, Choice.OWN, span=span, code_ids=[code])
    assert len(consensus(double)) == 1
    double.settling.reopen(one(double, Standing.ONLY_SOME))
    assert len(consensus(double)) == 1
    double.settling.reopen(one(double, Standing.OTHER_CODE))
    assert consensus(double) == []


def test_scope_by_code_takes_in_the_codes_below(double: Session) -> None:
    book = double.codebook.all()
    direct = (book.find("Direct involvement").id,)
    found = double.settling.disagreements(CompareScope(code_ids=direct))
    assert [item.standing for item in found] == [Standing.OTHER_CODE, Standing.ONLY_SOME]
    assert double.settling.disagreements(CompareScope(code_ids=direct, children=False)) == []
    coding = found[0].claims[0].coding_id
    assert double.settling.at(ALL, coding) == found[0]
    assert double.settling.at(CompareScope(code_ids=direct, children=False), coding) is None


def test_codes_and_documents_go_with_what_was_decided_about_them(double: Session) -> None:
    double.settling.take(one(double, Standing.OTHER_CODE), Choice.ALL)
    double.settling.take_agreed(ALL)
    book = double.codebook.all()
    double.codebook.merge(book.find("social").id, book.find("strategic").id)
    assert [found.decided for found in double.settling.disagreements(ALL)] == [False, False]
    assert [found.decided for found in double.settling.agreed(ALL)] == [True, True]
    double.undo()
    document = double.documents.find("B-KAM")
    double.documents.delete(document.id)
    assert [found.choice for found in double.settling.settlements()] == [Choice.AGREED]
    double.undo()
    assert len(double.settling.settlements()) == 2
    assert one(double, Standing.OTHER_CODE).decided
