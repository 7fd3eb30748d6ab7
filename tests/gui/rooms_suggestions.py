"""The rooms of suggestions, for walks over everything that is shown."""

from PySide6.QtWidgets import QWidget

from kamcoder.gui.suggestions.findings import Kind
from kamcoder.services.session import Session
from tests.figures import figures
from tests.gui.scenes import Room, Scene
from tests.gui.suggesting import packed, remember_figures, with_stub

#: What is left of a passage in which a word is underlined.
WORDS_OF_SUGGESTIONS = frozenset({"meet", "the largest customers once a year."})

LARGEST = "I meet the largest customers once a year."


def words_of_lexicon(session: Session) -> set[str]:
    """Return the words that ship for the codes of the study: they are of the language of the interviews."""
    codes = session.codebook.all().codes
    return {line.entry.pattern for code in codes for line in session.lexicon.lines(code.id)}


def _window(scene: Scene) -> QWidget:
    window, session = scene.window, scene.session
    window.desk.projects.adopt(session)
    document = session.documents.find("A-CEO").id
    window.place.open_document(document)
    with_stub(window, {document: (packed(session, "A-CEO", "social", LARGEST, match="meet"),)})
    return window


def suggestions(scene: Scene) -> QWidget:
    window = _window(scene)
    scene.window.workspace.suggesting.run("suggest.list")
    acts = scene.window.place.suggestions
    acts.go(acts.queue()[0])
    panel = scene.window.workspace.below.suggestions
    assert panel is not None
    panel.refresh()
    scene.window.workspace.why.show()
    return window


def no_suggestions(scene: Scene) -> QWidget:
    window = _window(scene)
    scene.window.workspace.suggesting.run("suggest.on")
    scene.window.workspace.suggesting.run("suggest.list")
    return window


def suggestions_not_shown(scene: Scene) -> QWidget:
    window = _window(scene)
    runner = scene.window.place.suggestions.source.runner
    assert runner is not None
    runner.hidden = ((0, 30, "interviewer", None, 0.0, "", None), (0, 30, "below threshold", None, 0.2, "", None))
    scene.window.place.suggestions.source._propose()
    scene.window.workspace.suggesting.run("suggest.list")
    panel = scene.window.workspace.below.suggestions
    assert panel is not None
    panel.show_kind(Kind.HIDDEN)
    return window


def _dialog(scene: Scene, command: str) -> QWidget:
    _window(scene)
    scene.window.workspace.suggesting.run(command)
    dialog = scene.window.workspace.suggesting.dialog
    assert dialog is not None
    return dialog


def many_at_once(scene: Scene) -> QWidget:
    return _dialog(scene, "suggest.bulk")


def words_for_codes(scene: Scene) -> QWidget:
    code_id = scene.session.codebook.all().find("social").id
    scene.session.lexicon.add(code_id, "zebra")
    return _dialog(scene, "suggest.words")


def quality(scene: Scene) -> QWidget:
    _window(scene)
    remember_figures(scene.window, scene.session, figures(scene.session, "social"))
    scene.window.workspace.suggesting.run("suggest.quality")
    dialog = scene.window.workspace.suggesting.dialog
    assert dialog is not None
    return dialog


SUGGESTION_ROOMS = (
    Room(suggestions, ("SuggestionsPanel", "ReasonsView", "OfferView")),
    Room(no_suggestions, ("SuggestionsPanel",)),
    Room(suggestions_not_shown, ("SuggestionsPanel",)),
    Room(many_at_once, ("BulkDialog",)),
    Room(words_for_codes, ("WordsDialog", "LexiconPage")),
    Room(quality, ("QualityDialog",)),
)
