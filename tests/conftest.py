"""What all tests share. The platform is set before anything imports Qt: a machine without a screen must do."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamcoder.services.session import Session
from tests.builders import small_study


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The path of a project file that does not exist yet."""
    return tmp_path / "study.kamcoder"


@pytest.fixture
def session(project: Path) -> Iterator[Session]:
    """An open, empty project."""
    with Session.create(project) as opened:
        yield opened


@pytest.fixture
def study(session: Session, tmp_path: Path) -> Session:
    """A small open study: two firms, three interviews with emoji, a codebook, coder Ann active, a few codings."""
    return small_study(session, tmp_path)
