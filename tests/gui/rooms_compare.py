"""The rooms of comparison: with two coders, with one, and what is kept from sight."""

from PySide6.QtWidgets import QWidget

from kamcoder.domain.coding import Origin
from kamcoder.domain.errors import InvalidInput
from kamcoder.gui.comparing.place import ComparePlace
from kamcoder.services import agreement_report
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.session import Session
from tests.gui.scenes import Room, Scene


def words_of_agreement(session: Session) -> set[str]:
    """Return what comes from the catalogue of messages, in the language of the study."""
    finished = frozenset(one.id for one in session.documents.all()) - {one.id for one in session.comparing.unfinished()}
    scopes = (CompareScope(), CompareScope(resamples=1000), CompareScope(document_ids=finished))
    try:
        found = [session.comparing.compare(scope) for scope in scopes]
    except InvalidInput:
        return set()
    return {agreement_report.explanation(one, session.codebook.all()) for one in found}


def double(scene: Scene) -> Session:
    """Let B-KAM code as a second person beside Ann."""
    session = scene.session
    ben = session.coders.ensure("B-KAM")
    (made, *_) = session.codings.of_document(session.documents.find("A-CEO").id)
    session.codings.apply(made.document_id, made.span, made.code_id, coder_id=ben.id, origin=Origin.SUGGESTION)
    return session


def place_on(scene: Scene, session: Session) -> ComparePlace:
    place = ComparePlace(scene.window.theme, scene.window.tasks)
    place.resize(1700, 800)
    place.load(session)
    return place


def comparing(scene: Scene) -> QWidget:
    place = place_on(scene, double(scene))
    place.scope.intervals.trigger()
    return place


def comparing_pairs(scene: Scene) -> QWidget:
    place = place_on(scene, double(scene))
    place.run("compare.pairs")
    return place


def measures(scene: Scene) -> QWidget:
    place = place_on(scene, double(scene))
    place.run("compare.measures")
    return place


def settling(scene: Scene) -> QWidget:
    place = place_on(scene, double(scene))
    place.run("compare.text")
    place.text.side.filter.setCurrentIndex(1)
    return place


def blind(scene: Scene) -> QWidget:
    session = double(scene)
    session.assigning.assign([session.documents.find("A-KAM").id], [session.coders.find("Ann").id])
    return place_on(scene, session)


def nobody_to_compare(scene: Scene) -> QWidget:
    return place_on(scene, scene.session)


def _ready(place: ComparePlace) -> bool:
    return not place.working.busy and not place.text.busy


COMPARE_ROOMS = (
    Room(comparing, ("ComparePlace", "ScopeBar", "BehindPane"), _ready),
    Room(comparing_pairs, ("ComparePlace", "PairsPane"), _ready),
    Room(measures, ("ComparePlace", "MeasuresPane"), _ready),
    Room(settling, ("SettlingPane", "DifferencesPane", "SettleBar", "SideReader", "Legend"), _ready),
    Room(blind, ("ComparePlace", "Told"), _ready),
    Room(nobody_to_compare, ("ComparePlace", "EmptyState"), _ready),
)
