"""The rooms of the window, each built as it is seen, for walks over everything that is shown.

A new room is one function here and one row of `ROOMS`.
"""

import re
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog, QWidget

from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.memo import MemoTarget
from kamcoder.domain.transcript import GuideQuestion
from kamcoder.gui.command_palette import CommandPalette, Place
from kamcoder.gui.crash_dialog import CrashDialog
from kamcoder.gui.help.pages import read_guide
from kamcoder.gui.help.window import HelpWindow
from kamcoder.gui.hints import HintBar, Hints
from kamcoder.gui.settings.dialog import SettingsDialog
from kamcoder.gui.start.new_project import NewProjectDialog
from kamcoder.services.session import Session
from tests.gui.rooms_actors import ACTOR_ROOMS, words_of_actors
from tests.gui.rooms_compare import COMPARE_ROOMS, words_of_agreement
from tests.gui.rooms_reports import REPORT_ROOMS
from tests.gui.rooms_suggestions import SUGGESTION_ROOMS, WORDS_OF_SUGGESTIONS, words_of_lexicon
from tests.gui.rooms_tables import TABLE_ROOMS, words_of_tables
from tests.gui.rooms_team import TEAM_ROOMS, WORDS_OF_MERGING
from tests.gui.scenes import Room, Scene

EVERYTHING = frozenset({"project", "document", "selection", "undo", "redo"})


def data_of(scene: Scene) -> set[str]:
    """Return the words of the study: they are the researcher's and stay as they are."""
    session, folder = scene.session, str(scene.folder)
    book: Codebook = session.codebook.all()
    documents, people = session.documents.all(), session.cases.participants()
    items = (*documents, *session.cases.all(), *people, *session.coders.all(), *book.codes, session.project)
    names = {item.name for item in items} | {book.path(code.id) for code in book.codes}
    names |= {code.definition for code in book.codes}
    for document in documents:
        names.add(document.original_name)
        names |= {speaker.name for speaker in session.documents.speakers(document.id)}
        names |= {coding.quote for coding in session.codings.of_document(document.id)}
        text = session.documents.text(document.id)
        names |= {" ".join(text.split()), *text.split("\n"), *re.split(r"\n|(?<=[.?])\s", text)}
    # The words of tables that are handed out come from the catalogue of messages, in the language of the study.
    names |= words_of_tables(session)
    names |= words_of_agreement(session) | WORDS_OF_SUGGESTIONS | WORDS_OF_MERGING
    names |= words_of_actors(session) | words_of_lexicon(session)
    names |= {str(session.path), session.path.name, folder, "…" + folder[-47:], str(Path.home())}
    names |= {"B-KAM 2.txt", "UTF-8"}
    # Dates come from the system's locale.
    calendar = QLocale()
    names |= {calendar.dayName(day) for day in range(1, 8)} | {calendar.monthName(month) for month in range(1, 13)}
    # The pages of the guide are translated as files.
    names |= {section.title for page in read_guide().pages for section in page.sections}
    return names - {""}


def start(scene: Scene) -> QWidget:
    scene.preferences.add_recent(scene.session.path)
    scene.window.start.show_recent(scene.preferences.recent())
    return scene.window


def workspace(scene: Scene) -> QWidget:
    window = scene.window
    window.desk.projects.adopt(scene.session)
    window.place.open_document(scene.session.documents.find("A-CEO").id)
    window.place.reader.step(1)
    return window


def empty_project(scene: Scene) -> QWidget:
    session = Session.create(scene.folder / "empty.kamcoder", name="A-CEO")
    scene.window.desk.projects.adopt(session)
    return scene.window


def notices(scene: Scene) -> QWidget:
    window = workspace(scene)
    scene.session.coders.add("Ben")
    window.desk.coders.load(scene.session, remembered="")
    window.desk.tell_imported(["A-CEO"], [])
    return window


def code_palette(scene: Scene) -> QWidget:
    window = workspace(scene)
    window.place.reader.view.selectAll()
    window.place.acts.ask_for_code()
    window.place.acts.palette.field.setText("zzz")
    return window


def naming(scene: Scene) -> QWidget:
    window = workspace(scene)
    window.place.reader.view.selectAll()
    window.place.acts.ask_name(in_vivo=False)
    window.place.acts.naming.field.setText("A-CEO")
    return window


def finding_here(scene: Scene) -> QWidget:
    window = workspace(scene)
    window.place.reader.searching.begin()
    window.place.reader.find_bar.field.setText("A-CEO")
    return window


def memo_line(scene: Scene) -> QWidget:
    window = workspace(scene)
    coder = scene.session.coders.add("Ben")
    made = window.place.reader.view.marks.ordered()[0].coding
    scene.session.codings.apply(made.document_id, made.span, made.code_id, coder_id=coder.id)
    window.place.show_everyone(everyone=True)
    window.place.reader.go_to(made.id)
    window.commands["code.memo"].trigger()
    return window


def commands(scene: Scene) -> QWidget:
    window = workspace(scene)
    names = [Place(document.id, document.name) for document in scene.session.documents.all()]
    palette = CommandPalette(window.commands, scene.preferences, window, documents=lambda: names, codes=lambda: names)
    palette.open()
    return palette


def no_commands(scene: Scene) -> QWidget:
    palette = commands(scene)
    palette.field.setText("zzz")
    return palette


def guide(scene: Scene) -> QWidget:
    window = HelpWindow(scene.window.theme, scene.preferences)
    window.show_page("shortcuts")
    return window


def guide_without_finds(scene: Scene) -> QWidget:
    window = HelpWindow(scene.window.theme, scene.preferences)
    window.field.setText("zebra")
    return window


def settings(scene: Scene) -> QWidget:
    hints = Hints(scene.window.commands, scene.preferences)
    return SettingsDialog(scene.window.theme, scene.preferences, hints=hints, session=scene.session)


def settings_without_project(scene: Scene) -> QWidget:
    return SettingsDialog(scene.window.theme, scene.preferences)


def hint(scene: Scene) -> QWidget:
    hints = Hints(scene.window.commands, scene.preferences)
    bar = HintBar(hints)
    bar.resize(900, bar.sizeHint().height())
    hints.consider(EVERYTHING)
    return bar


def new_project(scene: Scene) -> QWidget:
    return NewProjectDialog(scene.folder, [("kam", "A-CEO", "A-KAM")])


def prompt(scene: Scene) -> QWidget:
    return scene.window.desk.coders.ask_name()


def crash(scene: Scene) -> QWidget:
    return CrashDialog("A-CEO", scene.folder / "A-CEO", None)


def cases(scene: Scene) -> QWidget:
    from kamcoder.gui.cases.place import CasesPlace

    scene.session.cases.add_attribute("A-CEO", AttributeType.TEXT)
    place = CasesPlace(scene.window.theme, scene.window.tasks)
    place.load(scene.session)
    place.resize(1280, 700)
    return place


def no_cases(scene: Scene) -> QWidget:
    from kamcoder.gui.cases.place import CasesPlace

    place = CasesPlace(scene.window.theme, scene.window.tasks)
    place.load(None)
    place.resize(1280, 700)
    return place


def attribute(scene: Scene) -> QWidget:
    place = cases(scene)
    place.run("attribute.new")
    return dialog_of(place)


def link(scene: Scene) -> QWidget:
    place = cases(scene)
    scene.session.cases.add("B-KAM")
    place.load(scene.session)
    return place.panel.ask_link()


def sheet(scene: Scene) -> QWidget:
    from kamcoder.formats.spreadsheet import read_sheet
    from kamcoder.gui.cases.sheet_dialog import SheetDialog

    data = b"B-KAM,A-CEO,A-KAM\nA,12,x\nZ-1,3,y\n"
    table = read_sheet(data, name="A-CEO")
    return SheetDialog(scene.session, table, AttributeScope.CASE, title="A-CEO", verb="A-CEO")


def import_files(scene: Scene) -> QWidget:
    from kamcoder.gui.importing.dialog import ImportDialog

    dialog = ImportDialog(scene.window.theme, scene.window.tasks, scene.session)
    (scene.folder / "B-KAM 2.txt").write_text("Interviewer: B-KAM?\nKAM: A-CEO.", encoding="utf-8")
    dialog.add([scene.folder / "B-KAM 2.txt"])
    return dialog


def no_files(scene: Scene) -> QWidget:
    from kamcoder.gui.importing.dialog import ImportDialog

    return ImportDialog(scene.window.theme, scene.window.tasks, scene.session)


def finding(scene: Scene) -> QWidget:
    from kamcoder.gui.finding.panel import FindPanel

    panel = FindPanel(scene.window.theme)
    panel.load(scene.session)
    panel.resize(1280, 320)
    panel.ask("customer")
    return panel


def finding_nothing(scene: Scene) -> QWidget:
    panel = finding(scene)
    panel.ask("zebra")
    return panel


def passages(scene: Scene) -> QWidget:
    from kamcoder.gui.finding.passages_panel import PassagesPanel

    panel = PassagesPanel(scene.window.theme)
    panel.load(scene.session)
    panel.resize(1280, 600)
    return panel


def memos(scene: Scene) -> QWidget:
    from kamcoder.gui.memos.journal import MemoJournal

    scene.session.memos.write(MemoTarget.PROJECT, scene.session.project.id, "A-CEO", title="A-KAM")
    code = scene.session.codebook.all().codes[0]
    scene.session.memos.write(MemoTarget.CODE, code.id, "B-KAM")
    journal = MemoJournal(scene.window.theme)
    journal.load(scene.session)
    journal.resize(1280, 600)
    return journal


def no_memos(scene: Scene) -> QWidget:
    from kamcoder.gui.memos.journal import MemoJournal

    journal = MemoJournal(scene.window.theme)
    journal.load(scene.session)
    journal.resize(1280, 600)
    return journal


def memo(scene: Scene) -> QWidget:
    from kamcoder.gui.memos.dialog import MemoDialog

    dialog = MemoDialog(scene.window.theme)
    dialog.load(scene.session)
    dialog.editor.show_target(MemoTarget.DOCUMENT, scene.session.documents.find("A-CEO").id)
    return dialog


def code_editor(scene: Scene) -> QWidget:
    window = workspace(scene)
    scene.session.set_guide([GuideQuestion("Q1", "A-CEO"), GuideQuestion("Q2", "A-KAM")])
    window.place.codebook.acts.ask_edit(scene.session.codebook.all().find("social").id)
    return dialog_of(window)


def split_code(scene: Scene) -> QWidget:
    window = workspace(scene)
    window.place.codebook.acts.ask_split(scene.session.codebook.all().find("social").id)
    return dialog_of(window)


def merge_codes(scene: Scene) -> QWidget:
    window, book = workspace(scene), scene.session.codebook.all()
    window.place.codebook.acts.ask_merge([book.find("social").id], book.find("Antecedents").id)
    return dialog_of(window)


def part_of_the_codes(scene: Scene) -> QWidget:
    window = workspace(scene)
    panel = window.place.codebook
    panel.model.solo([scene.session.codebook.all().find("social").id])
    return window


def filtered_panels(scene: Scene) -> QWidget:
    window = workspace(scene)
    for panel in (window.place.codebook, window.place.documents):
        panel.search.field.setText("zebra")
    return window


def dialog_of(widget: QWidget) -> QWidget:
    """Return the dialog that a widget has just opened."""
    return next(dialog for dialog in widget.findChildren(QDialog) if dialog.isVisible())


ROOMS = (
    Room(start, ("MainWindow", "StartPage", "StatusLine")),
    Room(workspace, ("CodePlace", "DocumentsPanel", "ReaderPanel", "CodebookPanel", "Inspector")),
    Room(empty_project, ("EmptyState",)),
    Room(notices, ("NoticeBar",)),
    Room(code_palette, ("CodePalette",)),
    Room(naming, ("NamingBox",)),
    Room(finding_here, ("FindBar",)),
    Room(memo_line, ("MemoEditor", "WhoseButton")),
    Room(commands, ("CommandPalette",)),
    Room(no_commands, ("CommandPalette",)),
    Room(guide, ("HelpWindow",)),
    Room(guide_without_finds, ("HelpWindow",)),
    Room(settings, ("SettingsDialog",)),
    Room(settings_without_project, ("SettingsDialog",)),
    Room(hint, ("HintBar",)),
    Room(new_project, ("NewProjectDialog",)),
    Room(prompt, ("Prompt",)),
    Room(crash, ("CrashDialog",)),
    Room(cases, ("CasesPlace", "CasePanel")),
    Room(no_cases, ("CasesPlace",)),
    Room(attribute, ("AttributeDialog",)),
    Room(link, ("LinkDialog",)),
    Room(sheet, ("SheetDialog",)),
    Room(
        import_files,
        ("ImportDialog", "LookPanel", "CorrectionsPanel"),
        lambda dialog: dialog.files.rowCount() == 1 and not dialog.reader.busy,
    ),
    Room(no_files, ("ImportDialog",)),
    Room(finding, ("FindPanel",), lambda panel: not panel.searching),
    Room(finding_nothing, ("FindPanel",)),
    Room(passages, ("PassagesPanel",)),
    Room(memos, ("MemoJournal",)),
    Room(no_memos, ("MemoJournal",)),
    Room(memo, ("MemoDialog",)),
    Room(code_editor, ("CodeEditor",)),
    Room(split_code, ("SplitDialog",)),
    Room(merge_codes, ("Confirm",)),
    Room(part_of_the_codes, ("CodebookPanel",)),
    Room(filtered_panels, ("CodebookPanel", "DocumentsPanel")),
    *ACTOR_ROOMS,
    *COMPARE_ROOMS,
    *REPORT_ROOMS,
    *TABLE_ROOMS,
    *TEAM_ROOMS,
    *SUGGESTION_ROOMS,
)
