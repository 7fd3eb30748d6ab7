"""What one open project means."""

from pathlib import Path

import pytest

from kamcoder.domain.errors import ProjectFileError
from kamcoder.services.checking import check_file
from kamcoder.services.session import Session
from tests.builders import code_quote


def test_a_copy_is_a_project_of_its_own(study: Session, tmp_path: Path) -> None:
    target = tmp_path / "for Ben.kamcoder"
    study.save_copy(target)
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    with Session.open(target) as copy:
        assert copy.project == study.project
        assert len(copy.passages.select()) == 3
        assert copy.log()[0].operation == "create_project"
    assert check_file(target).sound


def test_a_copy_onto_itself_or_into_nowhere_is_refused(study: Session, tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match="copy_onto_itself"):
        study.save_copy(study.path)
    with pytest.raises(ProjectFileError, match="folder_missing"):
        study.save_copy(tmp_path / "nowhere" / "x.kamcoder")


def test_a_backup_is_dated_and_stands_beside_the_project(study: Session) -> None:
    backup = study.save_backup()
    assert backup.parent == study.path.parent
    assert "backup 20" in backup.name
    assert check_file(backup).sound


def test_a_session_for_reading_sees_and_changes_nothing(study: Session) -> None:
    with Session.open(study.path, read_only=True) as reader:
        assert len(reader.passages.select()) == 3
        with pytest.raises(ProjectFileError, match="file_read_only"):
            reader.codebook.add("new")
        reader.idle()


def test_settings_are_kept_in_the_project(study: Session) -> None:
    assert study.setting("language") is None
    study.set("language", "nl")
    study.set("language", "en")
    assert study.setting("language") == "en"
    study.undo()
    assert study.setting("language") == "nl"


def test_a_project_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    from kamcoder.domain.codebook import Code

    twice = Code("same", "one", colour="#000000")
    path = tmp_path / "x.kamcoder"
    with pytest.raises(Exception, match="UNIQUE"):
        Session.create(path, codes=[twice, twice])
    assert list(tmp_path.iterdir()) == []


def test_coders_are_found_renamed_and_told_apart(study: Session) -> None:
    ann = study.coders.find("ANN")
    study.coders.rename(ann.id, "Anna")
    assert study.coder is not None
    assert study.coder.name == "Anna"
    for name in ("", "  ", "anna"):
        with pytest.raises(Exception, match="coder_name"):
            study.coders.add(name)
