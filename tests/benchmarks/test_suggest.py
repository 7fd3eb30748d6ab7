"""Suggestions: the bars are 3 s for 10,000 words, 1 s to the first screen, 3 s to learn from 1,000 codings."""

from dataclasses import replace

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.domain.codebook import Code
from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.suggesting import Study, StudyCoding, StudyDocument, StudyTurn, Tier
from kamcoder.suggest.engine import Engine

_WORDS = """
    customer director board meeting price team account contract yearly dinner problem delivery marketing decision plan
    region report turnover size market
"""
WORDS = _WORDS.split()
CODES = tuple(
    Code(f"c{n}", f"{WORDS[n % 20]} {n}", definition=f"About {WORDS[n % 20]} and {WORDS[n // 2]}.") for n in range(25)
)


def sentence(number: int) -> str:
    """Return a sentence of twenty words that no other number gives."""
    picked = [WORDS[(number * 7 + at * at) % 20] for at in range(6)]
    return f"We told them number{number} that the {' and the '.join(picked)} came up again last year."


def interview(name: str, first: int, sentences: int) -> tuple[StudyDocument, list[TextSpan]]:
    """Return an interview of answers of five sentences, and the sentences' spans."""
    text, turns, spans = "", [], []
    for start in range(first, first + sentences, 5):
        begin = len(text)
        text += "And what about that?\n"
        turns.append(
            StudyTurn(TextSpan(begin, len(text) - 1), TurnKind.QUESTION, SpeakerRole.INTERVIEWER, f"Q{start % 11}")
        )
        begin = len(text)
        for number in range(start, start + 5):
            at = len(text)
            text += sentence(number) + " "
            spans.append(TextSpan(at, len(text) - 1))
        turns.append(
            StudyTurn(TextSpan(begin, len(text) - 1), TurnKind.ANSWER, SpeakerRole.INTERVIEWEE, f"Q{start % 11}")
        )
        text = text[:-1] + "\n"
    return StudyDocument(name, name, text[:-1], tuple(turns)), spans


def coded_study(codings: int) -> Study:
    """Return ten interviews with so many codings of one sentence, and one of 10,000 words that is not coded."""
    documents, found = [], []
    for number in range(10):
        document, spans = interview(f"d{number}", 1000 * number, codings // 10)
        documents.append(document)
        found += [
            StudyCoding(f"{number}-{at}", document.id, span, CODES[(at * at + number) % 25].id)
            for at, span in enumerate(spans)
        ]
    return Study(CODES, (*documents, interview("long", 50_000, 500)[0]), tuple(found))


@pytest.fixture(scope="module")
def warm() -> Engine:
    engine = Engine()
    engine.warm()
    return engine


@pytest.mark.parametrize("tier", list(Tier), ids=lambda tier: tier.value)
def test_ten_thousand_words_read_for_the_first_time(benchmark: BenchmarkFixture, tier: Tier, warm: Engine) -> None:
    study = replace(coded_study(10), codings=())

    def fresh() -> tuple[tuple[Engine], dict[str, object]]:
        engine = Engine(tier=tier)
        engine.warm()
        return (engine,), {}

    def suggest(engine: Engine) -> int:
        return len(engine.suggest(study, engine.train(study), "long").units)

    assert benchmark.pedantic(suggest, setup=fresh, rounds=3) == 500


def test_first_screen(benchmark: BenchmarkFixture) -> None:
    study = replace(coded_study(10), codings=())
    first = study.documents[-1].turns[40].span

    def fresh() -> tuple[tuple[Engine], dict[str, object]]:
        engine = Engine()
        engine.warm()
        return (engine,), {}

    def screen(engine: Engine) -> bool:
        return next(
            engine.stream(study, engine.train(study), "long", first=TextSpan(first.start, first.start + 4000))
        ).complete

    assert benchmark.pedantic(screen, setup=fresh, rounds=3) is False


def test_learning_from_a_thousand_codings_of_25_codes(benchmark: BenchmarkFixture, warm: Engine) -> None:
    study = coded_study(1000)
    warm.train(study)
    model = benchmark.pedantic(lambda: warm.train(study), rounds=3)
    assert model.codings == 1000


def test_scoring_again_after_learning(benchmark: BenchmarkFixture, warm: Engine) -> None:
    study = coded_study(1000)
    model = warm.train(study)
    warm.suggest(study, model, "long")
    assert len(benchmark.pedantic(lambda: warm.suggest(study, model, "long"), rounds=3).units) == 500


def test_a_model_to_bytes_and_back(benchmark: BenchmarkFixture, warm: Engine) -> None:
    model = warm.train(coded_study(500))
    assert len(benchmark(model.to_bytes)) < 20_000_000
