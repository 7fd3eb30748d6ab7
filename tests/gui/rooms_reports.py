"""The rooms of what is handed out."""

from PySide6.QtWidgets import QWidget

from kamcoder.gui.reports.place import ReportsPlace
from kamcoder.services.handing_out import Output
from tests.gui.scenes import Room, Scene


def reports(scene: Scene, output: Output = Output.REPORT) -> ReportsPlace:
    place = ReportsPlace(scene.window.theme, scene.window.tasks)
    place.load(scene.session)
    place.resize(1500, 900)
    place.choose(output)
    return place


def written(scene: Scene) -> QWidget:
    place = reports(scene, Output.TABLE)
    place._told_done(scene.folder / "A-CEO")
    return place


def charts(scene: Scene) -> QWidget:
    return reports(scene, Output.CHART)


def nothing_to_hand_out(scene: Scene) -> QWidget:
    place = ReportsPlace(scene.window.theme, scene.window.tasks)
    place.resize(1200, 700)
    return place


REPORT_ROOMS = (
    Room(reports, ("ReportsPlace", "OptionsPanel", "Preview")),
    Room(written, ("ReportsPlace",)),
    Room(charts, ("ChartPane", "CellPassages")),
    Room(nothing_to_hand_out, ("ReportsPlace",)),
)
