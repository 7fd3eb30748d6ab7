"""Merging a copy back: what comes, what stays away, what is kept, and what is said about it."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kamcoder.domain.changes import Operation
from kamcoder.domain.coding import CoderKind
from kamcoder.domain.document import SpeakerRole, TextSpan, TurnKind
from kamcoder.domain.errors import Cancelled, KamCoderError, NotFound, ProjectFileError
from kamcoder.domain.memo import MemoTarget
from kamcoder.domain.settling import Choice
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.checking import check_file
from kamcoder.services.importing import ImportPreview
from kamcoder.services.merging_words import what
from kamcoder.services.messages import sentence
from kamcoder.services.session import Session
from kamcoder.storage.merging.planning import DifferenceKind
from kamcoder.storage.merging.tables import MERGED, references
from kamcoder.storage.schema import JOURNALLED
from tests.builders import code_quote
from tests.services.team.histories import rows_of


@pytest.fixture
def other(study: Session, tmp_path: Path) -> Iterator[Session]:
    """Ben's copy of the small study, open beside it."""
    ben = study.coders.add("Ben")
    study.merging.save_copy(tmp_path / "ben.kamcoder", ben.id, with_others=True)
    with Session.open(tmp_path / "ben.kamcoder") as session:
        session.coders.activate(session.coders.find("Ben"))
        yield session


def code_id(session: Session, name: str) -> str:
    return session.codebook.all().find(name).id


def quotes(session: Session) -> list[tuple[str, str, str]]:
    return sorted((item.coder, item.code_path, item.coding.quote) for item in session.passages.select())


def agree(first: Session, second: Session) -> None:
    """Merge both ways and again, and see that both say the same and nothing comes twice."""
    first.merging.merge(second.path)
    second.merging.merge(first.path)
    assert rows_of(first) == rows_of(second)
    assert first.merging.merge(second.path).empty
    for session in (first, second):
        assert check_file(session.path).findings == ()


def test_every_journalled_table_is_described_after_those_it_refers_to(study: Session) -> None:
    assert set(MERGED) == set(JOURNALLED)
    order = list(MERGED)
    for table, found in references(study._store).items():
        for column, target in found:
            assert table == target or order.index(target) < order.index(table), f"{table}.{column}"
        columns = set(study._store.columns[table])
        merged = MERGED[table]
        assert what(table)
        assert {*merged.natural, *merged.local, *merged.ids_in, *filter(None, [merged.part_of])} <= columns


def test_what_both_did_is_there_after_merging(study: Session, other: Session) -> None:
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    code_quote(other, "A-KAM", "strategic", "Hardly ever.")
    other.memos.write(MemoTarget.CODE, code_id(other, "social"), "Coffee counts.")
    other.cases.add("Firm C")
    preview = study.merging.preview(other.path)
    assert dict(preview.codings) == {"Ben": 1}
    before = rows_of(study)
    report = study.merging.merge(other.path)
    assert report == preview
    assert ("Ben", "Direct involvement › strategic", "Hardly ever.") in quotes(study)
    assert ("Ann", "Direct involvement › social", "Hardly ever.") in quotes(study)
    study.undo()
    assert rows_of(study) == before
    study.redo()
    agree(study, other)
    assert "merge_copy" in [str(entry.operation) for entry in study.log()]


def test_after_an_undo_the_copy_can_be_merged_again(study: Session, other: Session) -> None:
    code_quote(other, "A-KAM", "strategic", "Hardly ever.")
    study.merging.merge(other.path)
    after = rows_of(study)
    study.undo()
    study.merging.merge(other.path)
    assert rows_of(study) == after


def test_what_one_deleted_goes_and_does_not_come_back(study: Session, other: Session) -> None:
    (coding, *_) = [item.coding for item in other.passages.select() if item.code_path == "Antecedents"]
    other.codings.remove([coding.id])
    other.documents.delete(other.documents.find("A-KAM").id)
    agree(study, other)
    assert all(code != "Antecedents" for _, code, _ in quotes(study))
    assert [document.name for document in study.documents.all()] == ["A-CEO", "B-KAM"]


def test_what_is_still_used_is_kept(study: Session, other: Session) -> None:
    other.codebook.delete(code_id(other, "Direct involvement"), with_codings=True)
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    preview = study.merging.preview(other.path)
    kept = {difference.name for difference in preview.differences if difference.kind is DifferenceKind.KEPT}
    assert kept == {"Direct involvement", "Direct involvement › social"}
    agree(study, other)
    assert {code.name for code in study.codebook.all().codes} == {"Direct involvement", "Antecedents", "social"}
    assert ("Ann", "Direct involvement › social", "Hardly ever.") in quotes(study)


def test_differences_of_the_codebook_are_shown_and_can_be_chosen(study: Session, other: Session) -> None:
    social, strategic = code_id(study, "social"), code_id(study, "strategic")
    study.codebook.edit(social, name="sociable")
    other.codebook.edit(social, name="informal")
    other.codebook.move(strategic, None)
    other.codebook.delete(code_id(other, "Antecedents"), with_codings=True)
    other.codebook.add("Consequences")
    found = {difference.id: difference for difference in study.merging.preview(other.path).differences}
    renamed = found[f"codes:{social}"]
    assert (renamed.kind, renamed.mine, renamed.apart, renamed.open) == (DifferenceKind.CHANGED, False, True, True)
    assert [(field.name, field.ours, field.theirs) for field in renamed.fields] == [("name", "sociable", "informal")]
    moved = found[f"codes:{strategic}"]
    assert ("parent", "Direct involvement", "–") in [(one.name, one.ours, one.theirs) for one in moved.fields]
    assert {difference.kind for difference in found.values()} >= {DifferenceKind.NEW, DifferenceKind.DELETED}
    antecedents = code_id(study, "Antecedents")
    chosen = {f"codes:{social}": True, f"codes:{antecedents}": True}
    study.merging.merge(other.path, chosen=chosen)
    assert {code.name for code in study.codebook.all().codes} == {
        "Direct involvement",
        "sociable",
        "strategic",
        "Antecedents",
        "Consequences",
    }
    # What was deleted with the code comes back with it, and the choice holds for the other copy too.
    assert any(code == "Antecedents" for _, code, _ in quotes(study))
    agree(other, study)
    assert "sociable" in {code.name for code in other.codebook.all().codes}
    with pytest.raises(NotFound, match="merge_difference"):
        study.merging.preview(other.path, chosen={"nothing:x": True})


def test_a_choice_for_theirs_overrules_the_later_one(study: Session, other: Session) -> None:
    social = code_id(study, "social")
    other.codebook.edit(social, name="informal")
    study.codebook.edit(social, name="sociable")
    assert [entry.mine for entry in study.merging.preview(other.path).differences] == [True]
    study.merging.merge(other.path, chosen={f"codes:{social}": False})
    assert study.codebook.all().get(social).name == "informal"
    agree(study, other)


def test_things_made_apart_that_say_the_same_become_one(study: Session, other: Session, tmp_path: Path) -> None:
    path = tmp_path / "C-KAM.txt"
    path.write_text("Interviewer: And?\nBoss: Nobody knows 😀 what we know, Zoe\u0308.\n", encoding="utf-8")
    for session in (study, other):
        session.imports.commit(session.imports.preview([path]))
        session.codebook.add("Consequences")
        code_quote(session, "C-KAM", "Consequences", "Nobody knows 😀")
        session.coders.add("Cem")
    other.coders.activate(other.coders.find("Cem"))
    code_quote(other, "C-KAM", "Consequences", "what we know")
    agree(study, other)
    assert len([document for document in study.documents.all() if document.name == "C-KAM"]) == 1
    assert [coder.name for coder in study.coders.all()] == ["Ann", "Ben", "Cem"]
    assert ("Cem", "Consequences", "what we know") in quotes(study)
    assert len(study.documents.turns(study.documents.find("C-KAM").id)) == 2


def test_two_consensus_coders_are_one_and_two_decisions_are_open_again(study: Session, other: Session) -> None:
    code_quote(other, "A-CEO", "social", "I meet the largest customers once a year.")
    study.merging.merge(other.path)
    other.merging.merge(study.path)
    study.coders.activate(study.coders.find("Ann"))
    for session, choice in ((study, Choice.ALL), (other, Choice.NEITHER)):
        (found,) = [item for item in session.settling.disagreements(CompareScope()) if len(item.claims) == 2]
        session.settling.take(found, choice)
    agree(study, other)
    assert [coder.kind for coder in study.coders.all()].count(CoderKind.CONSENSUS) == 1
    (found,) = [item for item in study.settling.disagreements(CompareScope()) if len(item.claims) == 2]
    assert not found.decided
    assert found.outdated is not None
    study.settling.take(found, Choice.NEITHER)
    agree(study, other)
    assert all(item.coder not in ("consensus",) for item in other.passages.select())


def test_a_blind_copy_holds_nothing_of_the_others_and_loses_nothing(study: Session, tmp_path: Path) -> None:
    ben = study.coders.add("Ben")
    study.memos.write(MemoTarget.CODING, study.passages.select()[0].coding.id, "secret thought")
    path = tmp_path / "blind.kamcoder"
    assert study.merging.save_copy(path, ben.id, with_others=False) == 3
    data = path.read_bytes()
    assert b"secret thought" not in data
    before = quotes(study)
    with Session.open(path) as blind:
        assert blind.passages.select() == []
        assert [document.name for document in blind.documents.all()] == ["A-CEO", "A-KAM", "B-KAM"]
        blind.coders.activate(blind.coders.find("Ben"))
        code_quote(blind, "A-KAM", "social", "Hardly ever.")
        # He may even delete a code that others use: it stays for them.
        blind.codebook.delete(code_id(blind, "Antecedents"), with_codings=True)
    report = study.merging.merge(path)
    assert dict(report.codings) == {"Ben": 1}
    assert set(before) < set(quotes(study))
    assert study.merging.merge(path).empty
    assert check_file(study.path).findings == ()


def test_a_blind_copy_takes_in_what_it_did_not_hold(study: Session, tmp_path: Path) -> None:
    ben = study.coders.add("Ben")
    path = tmp_path / "blind.kamcoder"
    study.merging.save_copy(path, ben.id, with_others=False)
    with Session.open(path) as blind:
        blind.merging.merge(study.path)
        assert quotes(blind) == quotes(study)
        assert rows_of(blind) == rows_of(study)


def test_foreign_and_broken_files_are_refused_in_a_sentence(study: Session, tmp_path: Path) -> None:
    with Session.create(tmp_path / "foreign.kamcoder"):
        pass
    (tmp_path / "text.kamcoder").write_text("no database")
    (tmp_path / "cut.kamcoder").write_bytes(study.path.read_bytes()[:5000])
    study.save_copy(tmp_path / "altered.kamcoder")
    with sqlite3.connect(tmp_path / "altered.kamcoder") as connection:
        connection.execute("UPDATE documents SET text_hash = text_hash WHERE 1 = 0")
        connection.execute("DROP TRIGGER documents_text_frozen")
        connection.execute("UPDATE documents SET text_hash = 'x' WHERE name = 'A-CEO'")
    study.save_copy(tmp_path / "newer.kamcoder")
    with sqlite3.connect(tmp_path / "newer.kamcoder") as connection:
        connection.execute("PRAGMA user_version = 99")
    golden = Path(__file__).parents[2] / "golden" / "schema-1.kamcoder"
    expected = {
        tmp_path / "foreign.kamcoder": "merge_foreign",
        tmp_path / "text.kamcoder": "file_not_project",
        tmp_path / "cut.kamcoder": "file_damaged",
        tmp_path / "altered.kamcoder": "merge_text",
        tmp_path / "newer.kamcoder": "file_newer",
        tmp_path / "nowhere.kamcoder": "file_missing",
        golden: "file_older",
        study.path: "merge_itself",
    }
    before = rows_of(study)
    for path, key in expected.items():
        with pytest.raises(KamCoderError) as caught:
            study.merging.merge(path)
        assert caught.value.key == key
        assert path.name in sentence(caught.value)
    assert rows_of(study) == before
    with pytest.raises(ProjectFileError, match="copy_onto_itself"):
        study.merging.save_copy(study.path, study.coders.find("Ann").id, with_others=True)
    with pytest.raises(NotFound):
        study.merging.save_copy(tmp_path / "x.kamcoder", "nobody", with_others=True)


_KILLED = """
import os, sys
from pathlib import Path
from kamcoder.services.session import Session
from kamcoder.storage.database import ProjectStore
left = int(sys.argv[3])
for name in ("insert", "update", "delete"):
    def counted(self, *given, _write=getattr(ProjectStore, name), **more):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return _write(self, *given, **more)
    setattr(ProjectStore, name, counted)
session = Session.open(Path(sys.argv[1]))
session.merging.merge(Path(sys.argv[2]))
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("writes", [0, 2, 4, 1000])
def test_killed_in_the_middle_it_is_before_or_after(
    study: Session, other: Session, tmp_path: Path, writes: int
) -> None:
    code_quote(other, "A-KAM", "strategic", "Hardly ever.")
    other.codings.remove([other.passages.select()[0].coding.id])
    other.codebook.add("Consequences")
    target = tmp_path / "main.kamcoder"
    study.save_copy(target)
    before = rows_of(study)
    study.merging.merge(other.path)
    after = rows_of(study)
    done = subprocess.run([sys.executable, "-c", _KILLED, target, other.path, str(writes)], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    with Session.open(target) as opened:
        assert rows_of(opened) == (after if writes == 1000 else before)
    assert check_file(target).findings == ()


def test_names_that_two_things_got_apart_are_told_apart(study: Session, other: Session) -> None:
    first, second = study.documents.find("A-CEO").id, study.documents.find("A-KAM").id
    study.documents.rename(first, "Interview")
    other.documents.rename(second, "interview")
    agree(study, other)
    assert sorted(document.name.casefold() for document in study.documents.all()) == [
        "b-kam",
        "interview",
        "interview (2)",
    ]


def test_swapped_names_and_moves_in_a_circle(study: Session, other: Session) -> None:
    a, b = other.documents.find("A-CEO").id, other.documents.find("A-KAM").id
    other.documents.rename(a, "third")
    other.documents.rename(b, "A-CEO")
    other.documents.rename(a, "A-KAM")
    direct, antecedents = code_id(study, "Direct involvement"), code_id(study, "Antecedents")
    study.codebook.move(direct, antecedents)
    other.codebook.move(antecedents, direct)
    agree(study, other)
    assert study.documents.find("A-CEO").id == b
    study.undo()
    assert study.documents.find("A-CEO").id == a


def test_a_coding_moved_by_one_and_recoded_by_the_other(study: Session, other: Session) -> None:
    coding = next(item.coding for item in study.passages.select() if item.code_path.endswith("social"))
    study.codings.recode(coding.id, code_id(study, "strategic"))
    other.codings.resize(coding.id, TextSpan(coding.span.start, coding.span.end - 5))
    (difference,) = study.merging.preview(other.path).differences
    assert difference.apart
    assert {field.name for field in difference.fields} >= {"code", "quote"}
    agree(study, other)


def test_written_in_steps_it_is_all_or_nothing_and_only_of_what_was_planned(study: Session, other: Session) -> None:
    other.codebook.add("Consequences")
    other.cases.add("Firm C")
    planned = study.merging.plan(other.path)
    before = rows_of(study)
    steps = study.merging.write(planned)
    told = [next(steps), next(steps)]
    assert [done for done, _ in told] == [1, 2]
    assert {total for _, total in told} == {2}
    steps.close()
    assert rows_of(study) == before
    assert study.to_undo is None or study.to_undo.operation is not Operation.MERGE_COPY
    study.cases.add("Firm D")
    with pytest.raises(KamCoderError, match="merge_outdated"):
        next(study.merging.write(planned))
    list(study.merging.write(study.merging.plan(other.path)))
    assert {"Firm C", "Firm D"} <= {case.name for case in study.cases.all()}


def test_planning_can_be_ended(study: Session, other: Session) -> None:
    other.cases.add("Firm C")
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int, subject: str) -> None:
        told.append((done, total))
        if done == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        study.merging.plan(other.path, progress=progress)
    assert [done for done, _ in told] == [0, 1, 2, 3, 4, 5]
    study.merging.merge(other.path)  # neither file is held on to
    assert "Firm C" in {case.name for case in study.cases.all()}


def test_texts_that_give_way_are_kept_whole_as_memos(study: Session, other: Session) -> None:
    code, case = code_id(study, "social"), study.cases.add("Firm A")
    memo = study.memos.write(MemoTarget.CODE, code, "What of coffee?")
    assert memo is not None
    other.merging.merge(study.path)
    long = "Zoe\u0308 drinks coffee 😀 with the big ones. " * 40
    (coding,) = [item.coding for item in study.passages.select() if item.code_path.endswith("social")]
    study.memos.edit(memo, long + "Ann", title="Coffee")
    study.summaries.write(case.id, code, long + "Ann [1]", marks={1: coding.id})
    other.memos.edit(memo, long + "Ben", title="Coffee")
    other.summaries.write(case.id, code, long + "Ben")
    preview = study.merging.preview(other.path)
    assert {memo.title for memo in preview.beside} == {
        "Other version: Coffee",
        "Other version of the summary: Direct involvement › social",
    }
    agree(study, other)
    kept = {memo.title: memo for memo in study.memos.all() if memo.title.startswith("Other version")}
    assert kept["Other version: Coffee"].text == long + "Ann"
    summary = kept["Other version of the summary: Direct involvement › social"]
    assert summary.text == long + "Ann [B-KAM ¶2]"
    assert (summary.target, summary.target_id) == (MemoTarget.CASE, case.id)
    assert summary.coder_id == study.coders.find("Ann").id
    (logged,) = [entry.details for entry in study.log() if entry.details.get("beside")]
    assert any(long + "Ann" in str(one["fields"]) for one in logged["differences"])
    study.undo()
    assert [memo.text for memo in study.memos.all()] == [long + "Ann"]


def test_what_a_deleted_thing_said_is_told_whole_before_it_goes(study: Session, other: Session) -> None:
    long = "Nobody knows. " * 30
    memo = study.memos.write(MemoTarget.CODE, code_id(study, "social"), long)
    assert memo is not None
    other.merging.merge(study.path)
    other.memos.edit(memo, "")
    (difference,) = study.merging.preview(other.path).differences
    assert [(field.name, field.ours, field.theirs) for field in difference.fields] == [("text", long, None)]


def test_the_passages_of_a_summary_follow_the_text_that_is_taken(study: Session, other: Session) -> None:
    case, code = study.cases.add("Firm A"), code_id(study, "social")
    codings = [item.coding.id for item in study.passages.select()]
    study.summaries.write(case.id, code, "Base [1] [2]", marks={1: codings[0], 2: codings[1]})
    other.merging.merge(study.path)
    study.summaries.write(case.id, code, "Ann [1] [2]", marks={1: codings[0], 2: codings[2]})
    other.summaries.write(case.id, code, "Ben [1]", marks={1: codings[1]})
    agree(study, other)
    (summary,) = study.summaries.all().values()
    assert (summary.text, dict(summary.marks)) == ("Ben [1]", {1: codings[1]})
    # A person may take the other text, and its passages come with it.
    other.summaries.write(case.id, code, "Ben again [2]", marks={2: codings[0]})
    study.summaries.write(case.id, code, "Ann again [3]", marks={3: codings[2]})
    study.merging.merge(other.path, chosen={f"summaries:{summary.id}": False})
    agree(study, other)
    (summary,) = other.summaries.all().values()
    assert (summary.text, dict(summary.marks)) == ("Ben again [2]", {2: codings[0]})


def test_summaries_made_apart_become_one_with_the_passages_of_the_later(study: Session, other: Session) -> None:
    code, case = code_id(study, "social"), study.cases.all()[0].id
    codings = [item.coding.id for item in study.passages.select()]
    for session, name, coding in ((study, "Ann", codings[0]), (other, "Ben", codings[1])):
        session.summaries.write(case, code, f"{name} [1]", marks={1: coding})
    agree(study, other)
    (summary,) = study.summaries.all().values()
    assert (summary.text, dict(summary.marks)) == ("Ben [1]", {1: codings[1]})


def test_a_link_that_one_took_out_of_a_summary_does_not_come_back(study: Session, other: Session) -> None:
    code, case = code_id(study, "social"), study.cases.all()[0].id
    codings = [item.coding.id for item in study.passages.select()]
    study.summaries.write(case, code, "Base [1] [2]", marks={1: codings[0], 2: codings[1]})
    other.merging.merge(study.path)
    other.summaries.write(case, code, "Base [1]", marks={1: codings[0]})
    agree(study, other)
    (summary,) = study.summaries.all().values()
    assert dict(summary.marks) == {1: codings[0]}


def test_a_text_imported_twice_keeps_who_speaks(study: Session, other: Session, tmp_path: Path) -> None:
    path = tmp_path / "C-KAM.txt"
    turns = "Anna: And?\nBoss: Nobody knows 😀 what we know, Zoe\u0308.\nWaiter: More coffee?\n"
    path.write_text(turns * 3, encoding="utf-8")
    person = study.cases.add_participant("Boss of C")
    other.merging.merge(study.path)
    for session in (study, other):
        item = session.imports.preview([path]).items[0]
        session.imports.commit(ImportPreview((replace(item, participant=None),), ()))
    # The first knows who the boss is, the second, later, what the others are.
    for session, name, role, participant in (
        (study, "Boss", SpeakerRole.INTERVIEWEE, person.id),
        (other, "Boss", SpeakerRole.INTERVIEWER, None),
        (other, "Waiter", SpeakerRole.INTERVIEWER, None),
    ):
        document = session.documents.find("C-KAM")
        (speaker,) = [one for one in session.documents.speakers(document.id) if one.name == name]
        session.documents.set_speaker(speaker.id, role=role, participant_id=participant)
    agree(study, other)
    document = study.documents.find("C-KAM")
    voices = {voice.name: voice for voice in study.documents.speakers(document.id)}
    assert len(voices) == 3
    assert (voices["Boss"].role, voices["Boss"].participant_id) == (SpeakerRole.INTERVIEWEE, person.id)
    assert voices["Waiter"].role is SpeakerRole.INTERVIEWER
    kinds = {turn.speaker_id: turn.kind for turn in study.documents.turns(document.id)}
    assert kinds[voices["Boss"].id] is TurnKind.ANSWER
    assert kinds[voices["Waiter"].id] is TurnKind.QUESTION
