"""What all tests share. The platform is set before anything imports Qt: a machine without a screen must do."""

import os
import shutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamcoder.services.session import Session
from tests.builders import small_study


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """How the application is started: in the style of the program, whatever the machine prefers."""
    from kamcoder.gui.application import STYLE

    return ["kamcoder", *STYLE]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The path of a project file that does not exist yet."""
    return tmp_path / "study.kamcoder"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project, made once; to be copied, not opened."""
    path = tmp_path_factory.mktemp("blank") / "study.kamcoder"
    Session.create(path).close()
    return path


@pytest.fixture(scope="session")
def filled(blank: Path) -> Path:
    """The small study of `builders`, made once; to be copied, not opened."""
    path = blank.with_name("filled.kamcoder")
    shutil.copy(blank, path)
    with Session.open(path) as session:
        small_study(session, blank.parent)
    return path


@pytest.fixture
def session(request: pytest.FixtureRequest, project: Path) -> Iterator[Session]:
    """An open project: an empty one, or the small study if the test asks for `study` too."""
    shutil.copy(request.getfixturevalue("filled" if "study" in request.fixturenames else "blank"), project)
    with Session.open(project) as opened:
        yield opened


@pytest.fixture
def study(session: Session) -> Session:
    """A small open study: two firms, three interviews with emoji, a codebook, coder Ann active, a few codings."""
    session.coders.activate(session.coders.find("Ann"))
    return session
