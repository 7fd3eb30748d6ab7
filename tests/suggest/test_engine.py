"""The verbs of the engine on small studies."""

import pickle

import pytest

from kamcoder.domain.codebook import Code
from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.suggesting import HiddenReason, Study, StudyDocument, StudyTurn, SuggestingError
from kamcoder.suggest.engine import Engine
from kamcoder.suggest.model import Model

QUESTION = "Does the CEO see the customer? 😀"
ANSWER = "Yes, he meets the customer for dinner. The weather was fine."


@pytest.fixture
def small() -> Study:
    text = f"{QUESTION}\n{ANSWER}"
    turns = (
        StudyTurn(TextSpan(0, len(QUESTION)), TurnKind.QUESTION, SpeakerRole.INTERVIEWER),
        StudyTurn(TextSpan(len(QUESTION) + 1, len(text)), TurnKind.ANSWER, SpeakerRole.INTERVIEWEE),
    )
    codes = (
        Code("social", "social", definition="A top manager meets people at the customer, such as a dinner or golf."),
        Code("share", "revenue share", definition="How much turnover comes from key accounts."),
    )
    return Study(codes, (StudyDocument("d", "A-CEO", text, turns),))


def test_a_code_is_suggested_from_its_definition_and_never_where_the_interviewer_speaks(small: Study) -> None:
    engine = Engine()
    found = engine.suggest(small, engine.train(small), "d")
    assert {(item.code_id, item.span.of(small.documents[0].text)) for item in found.proposals if item.rank == 1} == {
        ("social", "Yes, he meets the customer for dinner.")
    }
    assert (found.hidden[0].reason, found.hidden[0].span.end) == (HiddenReason.INTERVIEWER, len(QUESTION))
    assert {item.reason for item in found.hidden[1:]} == {HiddenReason.BELOW_THRESHOLD}


def test_values_travel_between_processes(small: Study) -> None:
    engine = Engine()
    model = engine.train(small)
    assert pickle.loads(pickle.dumps(small)) == small
    assert engine.suggest(small, Model.from_bytes(model.to_bytes()), "d") == engine.suggest(small, model, "d")


def test_a_damaged_model_is_refused() -> None:
    with pytest.raises(SuggestingError, match="suggest_model_damaged"):
        Model.from_bytes(b"\x00\x01 not a model")
