"""What is handed out: in every format that is offered, from a project that is open and being changed."""

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from kamcoder.domain.errors import Cancelled, InvalidInput
from kamcoder.formats.charts.model import PAPER
from kamcoder.formats.report.model import Figures, Paper, Part
from kamcoder.formats.tables.grid import Column, ColumnKind, Grid
from kamcoder.services.charts import ChartDefinition
from kamcoder.services.exporting import GRID_FORMATS, PAPER_FORMATS, write_grid, write_paper
from kamcoder.services.handing_out import FORMATS, Order, Output, beside, hand_out, look_ahead, picture
from kamcoder.services.report_options import ReportOptions
from kamcoder.services.session import Session
from tests.builders import code_quote

_STARTS = {
    ".docx": b"PK",
    ".xlsx": b"PK",
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG",
    ".html": b"<!DOCTYPE",
    ".svg": b"<?xml",
}


@pytest.mark.parametrize("output", Output)
def test_everything_goes_to_every_format_it_offers(study: Session, tmp_path: Path, output: Output) -> None:
    for ending in FORMATS[output]:
        path = hand_out(study, Order(output), tmp_path / f"{output}{ending}")
        assert path.read_bytes().startswith(_STARTS.get(ending, b""))
        assert path.stat().st_size > 30
    with pytest.raises(InvalidInput, match="format_unknown"):
        hand_out(study, Order(output), tmp_path / "x.odt")
    assert not (tmp_path / "x.odt").exists()


def test_a_project_beside_the_open_one_stands_still(study: Session, tmp_path: Path) -> None:
    before = len(study.passages.book().lines())
    with beside(study.path) as other:
        assert len(other.passages.book().lines()) == before
        code_quote(study, "A-KAM", "social", "Hardly ever.")
        assert len(other.passages.book().lines()) == before
    assert len(study.passages.book().lines()) == before + 1
    with beside(study.path) as other:
        assert len(other.passages.book().lines()) == before + 1


def test_what_is_cancelled_leaves_no_file(study: Session, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _subject: str) -> None:
        raise Cancelled

    for output in (Output.REPORT, Output.PASSAGES, Output.CHART):
        with pytest.raises(Cancelled):
            hand_out(study, Order(output), tmp_path / f"x{FORMATS[output][0]}", progress=stop)
    assert list(tmp_path.glob("x.*")) == []


def test_passages_keep_to_what_is_chosen(study: Session, tmp_path: Path) -> None:
    case, code = study.cases.find("A").id, study.codebook.all().find("Direct").id
    order = Order(Output.PASSAGES, ReportOptions(case_ids=(case,), code_ids=(code,)))
    text = hand_out(study, order, tmp_path / "p.csv").read_text(encoding="utf-8-sig")
    assert "A-CEO" in text
    assert "B-KAM" not in text


def test_the_methods_appendix_alone(study: Session) -> None:
    shown, more = look_ahead(study, Order(Output.METHODS))
    assert shown.startswith("# ")
    assert "How it is counted" in shown
    assert "Made with" in shown
    assert not more


def test_a_look_ahead_is_short(study: Session) -> None:
    study.codebook.edit(study.codebook.all().find("Direct").id, definition="<b>bold</b> " * 100)
    for output in Output:
        if output is not Output.CHART:
            shown, _ = look_ahead(study, Order(output))
            assert len(shown) < 30_000
            assert "<b>" not in shown


def test_a_look_ahead_at_many_cases_shows_the_first(study: Session) -> None:
    for name in ("C", "D", "E"):
        study.cases.add(name)
    shown, more = look_ahead(study, Order(Output.REPORT))
    assert more
    assert "\n## C\n" in shown
    assert "\n## D\n" not in shown
    assert "Methods appendix" not in shown
    shown, _ = look_ahead(study, Order(Output.REPORT, ReportOptions(case_ids=(study.cases.find("E").id,))))
    assert "\n## E\n" in shown
    assert "Methods appendix" in shown


def test_a_chart_for_the_window_knows_its_marks(study: Session) -> None:
    found = picture(study, ChartDefinition(), look=PAPER, dpi=96)
    assert found.png.startswith(b"\x89PNG")
    assert len(found.hits) == 4
    assert found.title.startswith("Cases × codes")


@pytest.mark.parametrize("ending", [*GRID_FORMATS, *PAPER_FORMATS])
def test_a_cell_longer_than_a_spreadsheet_takes_is_whole_elsewhere(ending: str) -> None:
    text = "=SUM(<b>|`x`) 😀 " * 2500
    columns = (Column("name", ColumnKind.NAME), Column("said", ColumnKind.VALUE))
    grid = Grid("Long", "", columns, (("a", text),))
    if ending in GRID_FORMATS:
        data = write_grid(grid, Path(f"x{ending}"))
    else:
        data = write_paper(Paper("Long", "", (Part((Figures(grid),)),)), Path(f"x{ending}"))
    if ending in (".xlsx", ".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [name for name in package.namelist() if name.endswith(".xml") and "theme" not in name]
            shown = "".join(package.read(name).decode("utf-8") for name in parts)
    elif ending == ".pdf":
        with pypdfium2.PdfDocument(data) as document:
            shown = "".join(page.get_textpage().get_text_bounded() for page in document)
    else:
        shown = data.decode("utf-8-sig")
    assert (shown.count("=SUM(") == 2500) == (ending != ".xlsx")
    assert shown.count("=SUM(") > 1900
    assert "<f>" not in shown
