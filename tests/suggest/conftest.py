"""One engine of each tier for all tests: loading the English model takes its time."""

import pytest

from kamcoder.domain.suggesting import Tier
from kamcoder.suggest.engine import Engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    """An engine with the English model."""
    return Engine()


@pytest.fixture(scope="session")
def blank_engine() -> Engine:
    """An engine without any model."""
    return Engine(tier=Tier.BLANK)
