"""The rooms of tables and summaries."""

from PySide6.QtWidgets import QWidget

from kamcoder.gui.tables.place import TablesPlace
from kamcoder.services.session import Session
from kamcoder.services.summary_grid import summary_grid
from kamcoder.services.table_definition import TableAxis, TableDefinition
from tests.gui.scenes import Room, Scene


def tables(scene: Scene) -> TablesPlace:
    place = TablesPlace(scene.window.theme, scene.window.tasks)
    place.load(scene.session)
    place.resize(1700, 800)
    return place


def together(scene: Scene) -> QWidget:
    place = tables(scene)
    place.numbers.builder.offer(scene.session)
    place.numbers.builder.choose(TableDefinition(rows=TableAxis.CODES))
    return place


def saved_table(scene: Scene) -> QWidget:
    place = tables(scene)
    scene.session.saved_tables.save("A-CEO", TableDefinition())
    return place.numbers.saved.ask_name()


def summaries(scene: Scene) -> QWidget:
    session = scene.session
    case, code = session.cases.find("A").id, session.codebook.all().find("Direct").id
    session.summaries.write(case, code, "A-CEO [1] [2]", marks={1: summary_grid(session).coding_ids((case, code))[0]})
    session.summaries.write(case, session.codebook.all().find("Antecedents").id, "A-KAM", draft=True)
    place = tables(scene)
    place.run("tables.summaries")
    return place


def no_tables(scene: Scene) -> QWidget:
    place = TablesPlace(scene.window.theme, scene.window.tasks)
    place.resize(1500, 700)
    return place


TABLE_ROOMS = (
    Room(tables, ("TablesPlace",)),
    Room(together, ("TablesPlace",)),
    Room(saved_table, ("Prompt",)),
    Room(summaries, ("SummariesView", "SummaryEditor", "CellPassages")),
    Room(no_tables, ("TablesPlace",)),
)


def words_of_tables(session: Session) -> set[str]:
    """Return the words of tables that come from the catalogue, in the language of the study."""
    found: set[str] = set()
    for definition in (TableDefinition(), TableDefinition(rows=TableAxis.CODES)):
        grid = session.tables.grid(definition)
        found |= {grid.title, grid.rule, *(column.label for column in grid.columns)}
    return found
