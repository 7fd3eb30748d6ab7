"""How long actors take: 20,000 passages read for the first time, asked for again, and the table of who is involved."""

import random

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.services.actor_reading import ActorWork
from kamcoder.suggest.actors import ActorFinder, shipped_wordings

_SAID = (
    "The sales director joins once a year and our key account manager does the rest.",
    "I went there with Bart, and nobody of the Board has ever seen that warehouse, which is a pity.",
    "They change the buyer every two years, so we begin again with somebody who knows nothing of us.",
    "What is late is late; logistics calls, and the pallets stand where they always stood, in the rain.",
)


@pytest.fixture(scope="module")
def passages() -> list[str]:
    """20,000 passages of one to three sentences."""
    chance = random.Random(1)
    return [" ".join(chance.choices(_SAID, k=chance.randint(1, 3))) for _ in range(20_000)]


def test_read_20000_passages(benchmark: BenchmarkFixture, passages: list[str]) -> None:
    finder = ActorFinder(shipped_wordings())
    found = benchmark.pedantic(lambda: sum(len(finder.find(text)) for text in passages), rounds=3)
    assert found > 20_000


def test_read_60_interviews_with_all_that_is_loaded(benchmark: BenchmarkFixture, passages: list[str]) -> None:
    texts = {str(place): "\n".join(passages[place::60]) for place in range(60)}
    work = ActorWork(wordings=shipped_wordings(), texts=texts, titles=("Sales Director",))
    readings = benchmark.pedantic(work, rounds=3)
    assert len(readings.documents) == 60
