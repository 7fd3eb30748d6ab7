"""The rooms of actors: the ticks of a passage, and the words by which actors are known."""

from PySide6.QtWidgets import QWidget

from kamcoder.gui.actors.passage_dialog import PassageActors
from kamcoder.gui.actors.reading import ActorReader
from kamcoder.gui.actors.wordings_dialog import ActorWordings
from kamcoder.services.session import Session
from tests.gui.scenes import Room, Scene


def words_of_actors(session: Session) -> set[str]:
    """Return roles and wordings: they are data, named in the language of the study."""
    roles = session.actors.roles
    return {*roles.names().values(), *(wording.text for wording in roles.wordings())}


def ticks(scene: Scene) -> QWidget:
    (_, second, *_) = scene.session.passages.select()
    reader = ActorReader(scene.window.tasks, scene.window)
    reader.load(scene.session)
    scene.session.actors.correct([second.coding.id], "ceo", present=True)
    return PassageActors(scene.session, [second.coding.id], reader, scene.window)


def ticks_of_several(scene: Scene) -> QWidget:
    found = scene.session.passages.select()
    reader = ActorReader(scene.window.tasks, scene.window)
    reader.load(scene.session)
    scene.session.actors.named([])
    return PassageActors(scene.session, [item.coding.id for item in found], reader, scene.window)


def wordings(scene: Scene) -> QWidget:
    document = scene.session.documents.find("A-CEO")
    scene.session.actors.roles.add_wording("ceo", "Zoe", document_id=document.id)
    dialog = ActorWordings(scene.session, scene.window)
    dialog.tree.expand(dialog.model.index(0, 0))
    return dialog


ACTOR_ROOMS = (
    Room(ticks, ("PassageActors",)),
    Room(ticks_of_several, ("PassageActors",)),
    Room(wordings, ("ActorWordings",)),
)
