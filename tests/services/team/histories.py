"""Acts of a coder on a copy, by number, so that histories can be drawn, told and done again."""

import itertools
import random
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kamcoder.domain.case import AttributeType
from kamcoder.domain.coding import WorkState
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput, KamCoderError, NotFound
from kamcoder.domain.memo import MemoTarget
from kamcoder.domain.settling import Choice
from kamcoder.domain.suggesting import ActorRole
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.session import Session
from kamcoder.storage.merging.tables import MERGED
from tests.builders import small_study

Act = tuple[str, int, int, int]
_NAMES = ("social", "strategic", "new", "Other")


@contextmanager
def known_ids(seed: int) -> Iterator[None]:
    """Let new identities be the same in every run, so that a failing history can be played again."""
    chance = random.Random(seed)
    with patch("uuid.uuid4", lambda: uuid.UUID(int=chance.getrandbits(128), version=4)):
        yield


def base_study(folder: Path) -> Path:
    """Make the project of which copies are made: three interviews, codes, cases, two coders who disagree."""
    path = folder / "base.kamcoder"
    with Session.create(path) as session:
        small_study(session, folder)
        session.cases.add_attribute("employees", AttributeType.TEXT)
        book = session.codebook.all()
        for case in session.cases.all():
            session.summaries.write(case.id, book.find("Antecedents").id, "They never meet.")
        session.memos.write(MemoTarget.CODE, book.find("social").id, "What of coffee?")
        ann = session.coder
        assert ann is not None
        session.coders.activate(session.coders.add("Ben"))
        document = session.documents.find("A-CEO")
        for start in (10, 60, 90):
            session.codings.apply(document.id, TextSpan(start, start + 20), book.find("social").id, memo="why")
        session.coders.activate(ann)
    return path


def rows_of(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Return all rows but what is local to a file."""
    store = session._store
    return {
        table: [
            {column: value for column, value in row.items() if column not in merged.local} for row in store.rows(table)
        ]
        for table, merged in MERGED.items()
    }


def copied(path: Path, target: Path) -> Path:
    """Copy a closed project as a file manager does."""
    shutil.copy(path, target)
    return target


class Acting:
    """One copy, and acts on it; what a rule forbids is not done."""

    def __init__(self, session: Session, coder: str, folder: Path) -> None:
        self.session = session
        self.folder = folder
        session.coders.activate(session.coders.ensure(coder))

    def act(self, act: Act) -> None:
        """Do one act; refused ones leave things as they are."""
        verb, *numbers = act
        try:
            getattr(self, verb)(*numbers)
        except (InvalidInput, NotFound):
            return
        except KamCoderError as error:
            assert error.key == "history_broken"  # noqa: PT017

    def pick(self, items: list[Any], number: int) -> Any:
        if not items:
            raise NotFound("code_unknown", code="none")
        return items[number % len(items)]

    def code(self, number: int) -> str:
        return self.pick([code.id for _, code in self.session.codebook.all().walk()], number)

    def document(self, number: int) -> str:
        return self.pick([document.id for document in self.session.documents.all()], number)

    def coding(self, number: int) -> str:
        return self.pick([passage.coding.id for passage in self.session.passages.select()], number)

    def case(self, number: int) -> str:
        return self.pick([case.id for case in self.session.cases.all()], number)

    def apply(self, a: int, b: int, c: int) -> None:
        self.session.codings.apply(self.document(a), TextSpan(10 * b, 10 * b + 9), self.code(c))

    def uncode(self, a: int, b: int, c: int) -> None:
        self.session.codings.remove([self.coding(a)])

    def recode(self, a: int, b: int, c: int) -> None:
        self.session.codings.recode(self.coding(a), self.code(b))

    def resize(self, a: int, b: int, c: int) -> None:
        self.session.codings.resize(self.coding(a), TextSpan(10 * b, 10 * b + 9))

    def add_code(self, a: int, b: int, c: int) -> None:
        self.session.codebook.add(_NAMES[a % 4], parent_id=None if b % 2 else self.code(c))

    def rename_code(self, a: int, b: int, c: int) -> None:
        self.session.codebook.edit(self.code(a), name=_NAMES[b % 4], shortcut="XYZ"[c % 3])

    def move_code(self, a: int, b: int, c: int) -> None:
        self.session.codebook.move(self.code(a), None if c % 3 == 0 else self.code(b))

    def merge_codes(self, a: int, b: int, c: int) -> None:
        self.session.codebook.merge(self.code(a), self.code(b))

    def delete_code(self, a: int, b: int, c: int) -> None:
        self.session.codebook.delete(self.code(a), with_codings=True)

    def memo(self, a: int, b: int, c: int) -> None:
        if b % 2:
            self.session.memos.write(MemoTarget.CODING, self.coding(a), f"memo {c}")
        else:
            self.session.memos.write(MemoTarget.CODE, self.code(a), f"memo {c}")

    def rewrite_memo(self, a: int, b: int, c: int) -> None:
        memo = self.pick(self.session.memos.all(), a)
        assert self.session.coder is not None
        self.session.memos.edit(memo, text=f"again {c} by {self.session.coder.name}" if b % 4 else "")

    def summary(self, a: int, b: int, c: int) -> None:
        assert self.session.coder is not None
        marks = {number: self.coding(a + number + c) for number in range(1, c % 3 + 1)}
        text = f"summary {c} by {self.session.coder.name} {''.join(f'[{number}]' for number in marks)}"
        self.session.summaries.write(self.case(a), self.code(b), text if c % 4 else "", marks=marks)

    def add_case(self, a: int, b: int, c: int) -> None:
        case = self.session.cases.add(f"Firm {a % 3}")
        self.session.documents.link(self.document(b), case.id)

    def delete_case(self, a: int, b: int, c: int) -> None:
        self.session.cases.delete(self.case(a))

    def value(self, a: int, b: int, c: int) -> None:
        attribute = self.pick([attribute.id for attribute in self.session.cases.attributes()], 0)
        self.session.cases.set_value(attribute, self.case(a), str(b) if c % 4 else "")

    def bring_in(self, a: int, b: int, c: int) -> None:
        path = self.folder / f"C-{a % 2}.txt"
        path.write_text(
            f"Interviewer: And {b % 2}?\nBoss: Nobody knows 😀 what we know, Zoe\u0308.\n", encoding="utf-8"
        )
        self.session.imports.commit(self.session.imports.preview([path]))

    def delete_document(self, a: int, b: int, c: int) -> None:
        self.session.documents.delete(self.document(a))

    def rename_document(self, a: int, b: int, c: int) -> None:
        self.session.documents.rename(self.document(a), f"Interview {b % 3}")

    def speaker(self, a: int, b: int, c: int) -> None:
        speakers = [speaker.id for speaker in self.session.documents.speakers(self.document(a))]
        person = self.pick([person.id for person in self.session.cases.participants()], a)
        self.session.documents.set_speaker(
            self.pick(speakers, b), role=list(SpeakerRole)[c % 3], participant_id=person if c % 2 else None
        )

    def progress(self, a: int, b: int, c: int) -> None:
        self.session.documents.set_work_state(self.document(a), list(WorkState)[b % 3])

    def word(self, a: int, b: int, c: int) -> None:
        self.session.lexicon.cast_as(f"Name {a % 2}", list(ActorRole)[b % len(ActorRole)])

    def settle(self, a: int, b: int, c: int) -> None:
        found = self.session.settling.disagreements(CompareScope())
        if found:
            self.session.settling.take(found[a % len(found)], (Choice.ALL, Choice.NEITHER)[b % 2])

    def take_agreed(self, a: int, b: int, c: int) -> None:
        self.session.settling.take_agreed(CompareScope())

    def undo(self, a: int, b: int, c: int) -> None:
        self.session.undo()

    def redo(self, a: int, b: int, c: int) -> None:
        self.session.redo()


VERBS: tuple[str, ...] = tuple(
    name
    for name, value in vars(Acting).items()
    if isinstance(value, Callable) and not name.startswith("_")  # type: ignore[arg-type]
    if name not in ("act", "pick", "code", "document", "coding", "case")
)
ORDERS = tuple(itertools.permutations(range(3)))
