"""The dialogs of team work."""

from PySide6.QtWidgets import QWidget

from kamcoder.gui.team.assign_dialog import AssignDialog
from kamcoder.gui.team.copy_dialog import CopyDialog
from kamcoder.gui.team.merge_dialog import MergeDialog
from kamcoder.gui.team.work_dialog import WorkDialog
from kamcoder.services.merging_words import what
from kamcoder.services.session import Session
from kamcoder.storage.merging.tables import MERGED
from tests.gui.scenes import Room, Scene


def assign(scene: Scene) -> QWidget:
    session = scene.session
    ann = session.coders.find("Ann").id
    session.assigning.assign([document.id for document in session.documents.all()], [ann])
    return AssignDialog(session)


def work(scene: Scene) -> QWidget:
    assign(scene)
    return WorkDialog(scene.session)


def no_work(scene: Scene) -> QWidget:
    return WorkDialog(scene.session)


def copy(scene: Scene) -> QWidget:
    return CopyDialog(scene.session)


def merge(scene: Scene) -> QWidget:
    session = scene.session
    path = scene.folder / "B-KAM 2.txt"
    session.merging.save_copy(path, session.coders.find("Ann").id, with_others=True)
    social = session.codebook.all().find("social").id
    with Session.open(path) as other:
        other.codebook.edit(social, name="B-KAM")
    session.codebook.edit(social, name="A-KAM")
    return MergeDialog(session, scene.window.tasks, path)


TEAM_ROOMS = (
    Room(assign, ("AssignDialog",)),
    Room(work, ("WorkDialog",)),
    Room(no_work, ("WorkDialog",)),
    Room(copy, ("CopyDialog",)),
    Room(merge, ("MergeDialog",), ready=lambda dialog: dialog.model.rowCount() > 0),
)

#: The words of differences come from the catalogue, in the language of the study; parts are named by the schema.
WORDS_OF_MERGING = {what(table) for table in MERGED} | {"name: A-KAM", "name: B-KAM"}
