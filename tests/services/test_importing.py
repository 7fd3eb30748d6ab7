"""Importing: the preview, its corrections, and the one act that writes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.document import SpeakerRole, TurnKind
from kamcoder.domain.errors import Cancelled, InvalidInput
from kamcoder.domain.transcript import TurnOptions
from kamcoder.services import import_json
from kamcoder.services.checking import check_file
from kamcoder.services.codebook_files import read_guide
from kamcoder.services.importing import ImportPreview
from kamcoder.services.session import Session
from tests.builders import INTERVIEWS, write_interviews


def notices(preview: ImportPreview) -> list[set[str]]:
    return [{notice.key for notice in item.notices} for item in preview.items]


def test_the_preview_writes_nothing(session: Session, tmp_path: Path) -> None:
    preview = session.imports.preview(write_interviews(tmp_path))
    assert [item.name for item in preview.items] == ["A-CEO", "A-KAM", "B-KAM"]
    assert [item.case for item in preview.items] == ["A", "A", "B"]
    assert session.documents.all() == []
    assert session.cases.all() == []


def test_one_act_writes_all_files_and_one_undo_takes_them_back(session: Session, tmp_path: Path) -> None:
    documents = session.imports.commit(session.imports.preview(write_interviews(tmp_path)))
    assert [document.name for document in documents] == ["A-CEO", "A-KAM", "B-KAM"]
    assert [case.name for case in session.cases.all()] == ["A", "B"]
    assert [(person.name, person.role) for person in session.cases.participants()] == [
        ("A-CEO", "CEO"),
        ("A-KAM", "KAM"),
        ("B-KAM", "KAM"),
    ]
    session.undo()
    assert session.documents.all() == []
    assert session.cases.all() == []
    assert session.cases.participants() == []
    assert session.to_undo is None
    session.redo()
    assert len(session.documents.all()) == 3


def test_speakers_are_structure_and_the_text_is_what_was_said(session: Session, tmp_path: Path) -> None:
    session.imports.commit(session.imports.preview(write_interviews(tmp_path)))
    document = session.documents.find("A-CEO")
    text = session.documents.text(document.id)
    assert "CEO:" not in text
    assert "Trust matters: people know us." in text
    turns = session.documents.turns(document.id)
    names = {speaker.id: speaker.name for speaker in session.documents.speakers(document.id)}
    assert [(names[turn.speaker_id or ""], turn.kind) for turn in turns] == [
        ("Interviewer", TurnKind.QUESTION),
        ("CEO", TurnKind.ANSWER),
    ] * 2
    assert turns[3].span.of(text).startswith("Because the sales director")


def test_a_bad_file_does_not_stop_the_others(session: Session, tmp_path: Path) -> None:
    paths = write_interviews(tmp_path)
    empty = tmp_path / "C-KAM.docx"
    empty.write_bytes(b"")
    preview = session.imports.preview([paths[0], empty, tmp_path / "missing.txt", paths[1]])
    assert [failure.path.name for failure in preview.failures] == ["C-KAM.docx", "missing.txt"]
    assert len(session.imports.commit(preview)) == 2


def test_the_same_text_twice_is_noticed_and_left_out(session: Session, tmp_path: Path) -> None:
    paths = write_interviews(tmp_path)
    twin = tmp_path / "copy of A-CEO.txt"
    twin.write_text(INTERVIEWS["A-CEO.txt"].replace("\n", "\r\n"), encoding="utf-16")
    preview = session.imports.preview([paths[0], twin])
    assert [item.include for item in preview.items] == [True, False]
    assert "same_text_in_files" in notices(preview)[1]
    session.imports.commit(preview)
    again = session.imports.preview([twin])
    assert notices(again)[0] >= {"same_text_in_project"}
    assert session.imports.commit(again) == []
    forced = replace(again, items=tuple(replace(item, include=True) for item in again.items))
    session.imports.commit(forced)
    assert len(session.documents.all()) == 2


def test_taken_names_get_a_number(session: Session, tmp_path: Path) -> None:
    session.imports.commit(session.imports.preview(write_interviews(tmp_path)))
    other = tmp_path / "other"
    other.mkdir()
    (other / "a-ceo.txt").write_text("Something else was said here.", encoding="utf-8")
    session.imports.commit(session.imports.preview([other / "a-ceo.txt"]))
    assert "a-ceo (2)" in [document.name for document in session.documents.all()]


def test_a_person_corrects_roles_names_and_labels(session: Session, tmp_path: Path) -> None:
    (path, *_) = write_interviews(tmp_path)
    (item,) = session.imports.preview([path]).items
    options = TurnOptions(
        roles={"CEO": SpeakerRole.INTERVIEWER, "Interviewer": SpeakerRole.INTERVIEWEE},
        renamed={"CEO": "Anna"},
    )
    corrected = replace(item.reread(options), name="Talk with Anna", case="Firm Z", participant=None)
    session.imports.commit(ImportPreview((corrected,), ()))
    document = session.documents.find("Talk with Anna")
    roles = {speaker.name: speaker.role for speaker in session.documents.speakers(document.id)}
    assert roles == {"Interviewer": SpeakerRole.INTERVIEWEE, "Anna": SpeakerRole.INTERVIEWER}
    assert [case.name for case in session.cases.all()] == ["Firm Z"]


def test_prose_and_labels_that_are_no_speakers(session: Session, tmp_path: Path) -> None:
    (path, *_) = write_interviews(tmp_path)
    (item,) = session.imports.preview([path]).items
    plain = item.reread(TurnOptions(structured=False))
    assert plain.transcript.speakers == ()
    assert "CEO: I am the CEO" in plain.transcript.text
    fewer = item.reread(TurnOptions(not_speakers=frozenset({"CEO"})))
    assert [voice.name for voice in fewer.transcript.speakers] == ["Interviewer"]
    assert "CEO: Because" in fewer.transcript.text


def test_a_script_corrects_the_preview_as_json(session: Session, tmp_path: Path) -> None:
    paths = write_interviews(tmp_path)
    listed = import_json.to_json(session.imports.preview([*paths, tmp_path / "missing.txt"]))
    assert [entry["file"] for entry in listed["failures"]] == [str(tmp_path / "missing.txt")]
    assert "missing.txt" in listed["failures"][0]["reason"]
    listed["files"][0] |= {"case": "Z", "name": "First"}
    listed["files"][0]["speakers"][1] |= {"name": "Boss"}
    listed["files"][1]["include"] = False
    text = json.dumps(listed)
    session.imports.commit(import_json.from_json(session.imports, text, name="preview.json"))
    assert [document.name for document in session.documents.all()] == ["B-KAM", "First"]
    assert [case.name for case in session.cases.all()] == ["Z", "B"]
    first = session.documents.find("First")
    assert [speaker.name for speaker in session.documents.speakers(first.id)] == ["Interviewer", "Boss"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [{}]}', '{"files": 3}'])
def test_a_broken_json_preview_is_refused(session: Session, text: str) -> None:
    with pytest.raises(InvalidInput, match="preview_format"):
        import_json.from_json(session.imports, text, name="preview.json")


def test_a_file_changed_since_its_preview_is_refused(session: Session, tmp_path: Path) -> None:
    (path, *_) = write_interviews(tmp_path)
    text = json.dumps(import_json.to_json(session.imports.preview([path])))
    path.write_text(INTERVIEWS["B-KAM.txt"], encoding="utf-8")
    with pytest.raises(InvalidInput, match="preview_changed"):
        import_json.from_json(session.imports, text, name="preview.json")


def test_a_wrong_role_in_json_is_refused(session: Session, tmp_path: Path) -> None:
    (path, *_) = write_interviews(tmp_path)
    listed = import_json.to_json(session.imports.preview([path]))
    listed["files"][0]["speakers"][0]["role"] = "guest"
    with pytest.raises(InvalidInput, match="preview_format"):
        import_json.from_json(session.imports, json.dumps(listed), name="preview.json")


def test_cancelling_leaves_the_project_as_it_was(session: Session, tmp_path: Path) -> None:
    def cancel(done: int, total: int, subject: str) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        session.imports.preview(write_interviews(tmp_path), progress=cancel)
    assert session.documents.all() == []


def test_a_folder_stands_for_its_transcripts(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "interviews"
    folder.mkdir()
    write_interviews(folder)
    (folder / "notes.xyz").write_text("not a transcript", encoding="utf-8")
    assert len(session.imports.preview([folder]).items) == 3


@pytest.mark.parametrize(
    ("stem", "first_line", "case", "role"),
    [
        ("A-CEO", "", "A", "CEO"),
        ("interview_B_KAM", "", "B", "KAM"),
        ("Acme CFO 2024", "", "Acme", "CFO"),
        ("2024-03-11 recording", "Company: Acme Foods", "Acme Foods", None),
        ("recording 7", "", None, None),
        ("transcript final", "", None, None),
        ("x7 KAM1", "Interviewee: Board member; 12 years in retail", "x7", "Board member"),
    ],
)
def test_case_and_role_are_guessed_from_name_and_header(
    session: Session, tmp_path: Path, stem: str, first_line: str, case: str | None, role: str | None
) -> None:
    path = tmp_path / f"{stem}.txt"
    path.write_text(f"{first_line}\n\n{INTERVIEWS['B-KAM.txt']}", encoding="utf-8")
    (item,) = session.imports.preview([path]).items
    assert (item.guess.case, item.guess.role) == (case, role)


def test_a_case_of_the_project_is_recognised_in_the_name(session: Session, tmp_path: Path) -> None:
    session.cases.add("Northwind")
    path = tmp_path / "talk at northwind.txt"
    path.write_text(INTERVIEWS["B-KAM.txt"], encoding="utf-8")
    (item,) = session.imports.preview([path]).items
    assert item.case == "Northwind"


def test_guide_questions_are_recognised_with_a_guide(session: Session, tmp_path: Path) -> None:
    session.set_guide(read_guide("kam"))
    path = tmp_path / "A-KAM.txt"
    path.write_text(
        "Q1. What is your role?\nA: I sell.\nQ2. What makes an account key?\nA: Its size.\n", encoding="utf-8"
    )
    (item,) = session.imports.preview([path]).items
    assert item.questions == ("Q1", "Q2")
    session.imports.commit(ImportPreview((item,), ()))
    assert check_file(session.path).sound


def test_a_long_file_is_written_in_steps_and_kept_whole_or_not_at_all(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "A-KAM.txt"
    path.write_text("\n".join(f"{'IK'[n % 2]}: Answer {n} 😀." for n in range(1000)), encoding="utf-8")
    preview = session.imports.preview([path])
    begun = session.imports.write(preview)
    assert [next(begun) for _ in range(4)] == [None] * 4
    begun.close()
    assert session.documents.all() == []
    assert session.to_undo is None
    steps = list(session.imports.write(preview))
    (document,) = [step for step in steps if step is not None]
    assert len(steps) > 5
    assert len(session.documents.turns(document.id)) == 1000
    assert session.documents.original(document.id) == (path.name, path.read_bytes())
    session.undo()
    session.redo()
    assert len(session.documents.turns(document.id)) == 1000
    session.close()
    assert check_file(session.path).sound


def test_an_import_that_is_kept_is_told_of_even_if_the_last_step_is_not_waited_for(
    session: Session, tmp_path: Path
) -> None:
    heard: list[ChangeSet] = []
    session.subscribe(heard.append)
    steps = session.imports.write(session.imports.preview(write_interviews(tmp_path)))
    while session.to_undo is None:  # until it is kept
        next(steps)
    assert heard == []
    steps.close()
    (change,) = heard
    assert len(list(change.of("documents"))) == len(session.documents.all()) == 3
