"""The desk at which suggestions are made: in this process, and warm in a process of its own that may be killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import kamcoder
from kamcoder.domain.suggesting import HiddenReason
from kamcoder.services import suggestion_desk as desk_module
from kamcoder.services.helper import Helper, HelperDiedError
from kamcoder.services.session import Session
from kamcoder.services.suggestion_desk import Ask, Batch, SuggestionDesk, unpacked
from kamcoder.suggest.engine import Engine


@pytest.fixture
def taught(study: Session) -> Session:
    """A study whose codebook says enough to suggest from."""
    book = study.codebook.all()
    study.codebook.edit(book.find("social").id, definition="Coffee, dinner and other personal contact.")
    study.codebook.edit(book.find("Antecedents").id, definition="Reasons why the sales director is involved.")
    study.suggestions.set_threshold(0.05)
    return study


@pytest.fixture(scope="module")
def engine() -> Engine:
    """One engine for all desks of this process, as it is kept in use: it remembers sentences, nothing of a study."""
    return Engine()


@pytest.fixture(autouse=True)
def _one_engine(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamcoder.suggest.engine.Engine", lambda: engine)


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    """A warm worker without a network, asked by one test after another as by one project after another."""
    helper = Helper(offline_desk)
    yield helper
    helper.close()


def ask(session: Session, number: int = 1, folder: Path | None = None) -> Ask:
    assert session.coder is not None
    return Ask(session.path, session.coder.id, number, folder)


def everything(helper: Helper, question: Ask, document_id: str) -> list[Batch]:
    helper.call(desk_module.learn, question)
    batches = [helper.call(desk_module.propose, question, document_id, None)]
    while not batches[-1].last:
        batches.append(helper.call(desk_module.more))
    return batches


def taken(session: Session) -> SuggestionDesk:
    desk, study = SuggestionDesk(), session.suggestions.study()
    desk.take(study, session.suggestions.learned_from(study))
    return desk


class NoSocket(socket.socket):
    """What takes the place of a socket where there must be none."""

    def __init__(self, *_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")


def _has_no_network(_: SuggestionDesk) -> bool:
    return socket.socket.__name__ == NoSocket.__name__


def offline_desk() -> SuggestionDesk:
    """Make a desk in a process in which a socket cannot be made."""
    socket.socket = NoSocket  # type: ignore[misc]
    return SuggestionDesk()


def test_the_worker_reads_the_file_and_says_what_the_desk_here_says(taught: Session, helper: Helper) -> None:
    document = taught.documents.find("A-KAM").id
    here = taken(taught).suggest(document)
    batches = everything(helper, ask(taught), document)
    assert here.proposals
    assert [offer[:3] for batch in batches for offer in batch.offers] == [
        (item.span.start, item.span.end, item.code_id) for item in here.proposals
    ]
    assert [unpacked(offer[7]) for batch in batches for offer in batch.offers] == [
        item.reasons for item in here.proposals
    ]
    assert {item[2] for batch in batches for item in batch.hidden} >= {HiddenReason.INTERVIEWER.value}
    assert (batches[0].first, batches[-1].last) == (True, True)


def test_the_codebook_speaks_before_anything_was_learned(taught: Session) -> None:
    desk = SuggestionDesk()
    document = taught.documents.find("A-KAM").id
    batch = desk.propose(ask(taught), document, None)
    assert batch.offers
    assert {offer[4] for offer in batch.offers} == {None}
    learned = desk.learn(ask(taught))
    assert learned.codings == 3
    assert desk.propose(ask(taught), document, None).model_version == learned.model_version != batch.model_version


def test_a_killed_worker_is_told_and_the_next_one_goes_on(taught: Session, helper: Helper, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    learned = helper.call(desk_module.learn, ask(taught, folder=folder))
    assert helper.pid is not None
    os.kill(helper.pid, signal.SIGKILL)
    with pytest.raises(HelperDiedError):
        helper.call(desk_module.learn, ask(taught, folder=folder))
    assert helper.call(desk_module.learn, ask(taught, folder=folder)) == learned


def test_a_damaged_kept_model_is_learned_anew(taught: Session, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    version = SuggestionDesk().learn(ask(taught, folder=folder)).model_version
    (kept,) = folder.iterdir()
    good = kept.read_bytes()
    for damage in (b"", good[: len(good) // 2]):
        kept.write_bytes(damage)
        assert SuggestionDesk().learn(ask(taught, folder=folder)).model_version == version
        assert kept.read_bytes() == good


def test_a_kept_model_is_of_use_only_to_the_same_codings(taught: Session, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    desk = SuggestionDesk()
    assert desk.learn(ask(taught, folder=folder)).codings == 3
    taught.undo()
    taught.codings.remove([taught.passages.select()[0].coding.id])
    assert desk.learn(ask(taught, 2, folder=folder)).codings == 2
    assert len(list(folder.iterdir())) == 1


def test_figures_are_told_of_on_the_way_and_no_network_is_asked_for(taught: Session, helper: Helper) -> None:
    assert helper.call(_has_no_network)
    told: list[tuple[int, int]] = []
    assert helper.call(desk_module.evaluate, ask(taught), 0, told=told.append).codings == 3
    assert told == [(step, told[-1][1]) for step in range(1, told[-1][1] + 1)]


def test_another_coder_gets_nothing_of_what_the_first_one_did(taught: Session, helper: Helper) -> None:
    document = taught.documents.find("A-KAM").id
    ben = taught.coders.add("Ben")
    alone = everything(helper, replace(ask(taught), coder_id=ben.id), document)
    for passage in taught.passages.select():
        taught.codings.remove([passage.coding.id])
    assert everything(helper, replace(ask(taught, 2), coder_id=ben.id), document) == alone


def test_the_worker_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = (
        "import os\n"
        "from kamcoder.services.helper import Helper\n"
        "if __name__ == '__main__':\n"
        "    helper = Helper()\n"
        "    print(helper.call(os.getpid), flush=True)\n"
        "    os._exit(9)\n"
    )
    program = tmp_path / "program.py"
    program.write_text(script, encoding="utf-8")
    # The worker holds the other end of this pipe: reading ends when it has gone too.
    found = os.environ | {"PYTHONPATH": str(Path(kamcoder.__file__).parents[1])}
    done = subprocess.run([sys.executable, str(program)], capture_output=True, timeout=60, check=False, env=found)
    assert (done.returncode, int(done.stdout) > 0) == (9, True)


def test_the_worker_sees_what_was_done_meanwhile(taught: Session, helper: Helper) -> None:
    document = taught.documents.find("A-KAM").id
    offers = everything(helper, ask(taught), document)[0].offers
    first = next(item for item in taken(taught).suggest(document).proposals)
    taught.suggestions.reject([first], model_version="m")
    again = everything(helper, ask(taught, 2), document)[0].offers
    place = (first.span.start, first.span.end, first.code_id)
    assert place in [offer[:3] for offer in offers]
    assert place not in [offer[:3] for offer in again]
