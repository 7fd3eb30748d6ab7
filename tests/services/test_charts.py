"""Charts of the sample study: the numbers are those of the tables, and every mark knows its codings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamcoder.analysis.measures import Measure
from kamcoder.domain.errors import InvalidInput
from kamcoder.formats.charts.model import Bars, Chart, HeatMap, Tracks
from kamcoder.services.charts import ChartDefinition, ChartKind, make_chart
from kamcoder.services.demo import build_sample
from kamcoder.services.exporting import CHART_FORMATS, check_chart, write_chart
from kamcoder.services.session import Session
from kamcoder.services.tables import TableAxis, TableDefinition


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The shipped study, to be read only."""
    with Session.open(build_sample(tmp_path_factory.mktemp("sample")), read_only=True) as opened:
        yield opened


def made(session: Session, kind: ChartKind, **table: object) -> Chart:
    return make_chart(session, ChartDefinition(kind, TableDefinition(**table)))  # type: ignore[arg-type]


def test_a_heat_map_is_the_table(sample: Session) -> None:
    chart = made(sample, ChartKind.HEAT)
    grid = sample.tables.grid(TableDefinition(attributes=False))
    assert isinstance(chart.body, HeatMap)
    assert [[mark.value for mark in line] for line in chart.body.cells] == [list(row[1:-1]) for row in grid.rows]
    assert chart.body.rows == tuple("ABCDEFG")
    assert chart.title == grid.title
    assert "total" not in chart.rule
    first = chart.body.cells[0][0]
    assert first.told == f"A × KAM embeddedness: {first.value} (passages)"
    book = sample.passages.book()
    wanted = sample.codebook.all().subtree(sample.codebook.all().find("embeddedness").id)
    lines = [line for line in book.lines() if line.id in set(first.coding_ids)]
    assert len({(line.document_id, line.start, line.end, line.coder_id) for line in lines}) == first.value
    assert {line.code_id for line in lines} <= wanted


def test_bars_by_group_and_by_code_tell_the_same(sample: Session) -> None:
    ownership = next(item for item in sample.cases.attributes() if item.name == "ownership").id
    by_group = made(sample, ChartKind.CODES, rows=TableAxis.GROUPS, row_attribute=ownership).body
    by_code = made(sample, ChartKind.GROUPS, rows=TableAxis.GROUPS, row_attribute=ownership).body
    assert isinstance(by_group, Bars)
    assert isinstance(by_code, Bars)
    assert [panel.title for panel in by_group.panels] == ["family-owned", "national subsidiary"]
    assert [bar.label for bar in by_code.panels[0].bars] == ["family-owned", "national subsidiary"]
    book = sample.codebook.all()
    for place, code in enumerate(book.children(None)):
        assert by_code.panels[place].title == code.name
        for group in range(2):
            assert by_group.panels[group].bars[place].mark == by_code.panels[place].bars[group].mark
            assert by_code.panels[place].bars[group].colour == code.colour


def test_shares_keep_their_unit(sample: Session) -> None:
    chart = made(sample, ChartKind.GROUPS, measure=Measure.SHARE)
    assert (chart.unit, chart.decimals) == ("%", 1)
    assert "last row" not in chart.rule


def test_codes_that_stand_together(sample: Session) -> None:
    chart = made(sample, ChartKind.TOGETHER)
    body = chart.body
    assert isinstance(body, HeatMap)
    assert body.diagonal
    assert body.rows == body.columns
    numbers = [[mark.value for mark in line] for line in body.cells]
    assert numbers == [list(column) for column in zip(*numbers, strict=True)]
    assert "On the diagonal" in chart.rule
    assert "last column" not in chart.rule
    own = body.cells[0][0]
    assert own.value == len(own.coding_ids) > 0


def test_a_portrait_of_one_interview_counts_its_paragraphs(sample: Session) -> None:
    document = sample.documents.find("A-CEO")
    chart = make_chart(sample, ChartDefinition(ChartKind.PORTRAIT, document_ids=(document.id,)))
    assert isinstance(chart.body, Tracks)
    (track,) = chart.body.tracks
    assert track.ticks[0] == (0.0, "¶1")
    assert track.lanes[0].label == "KAM embeddedness"
    text, book = sample.documents.text(document.id), sample.passages.book()
    lines = {line.id: line for line in book.lines()}
    for lane in track.lanes:
        for stretch in lane.stretches:
            line = lines[stretch.mark.coding_ids[0]]
            assert (line.start / len(text), line.end / len(text)) == (stretch.start, stretch.end)
            assert f"¶{book.paragraph(document.id, line.start)}:" in stretch.mark.told
    shown = {key for lane in track.lanes for stretch in lane.stretches for key in stretch.mark.coding_ids}
    assert shown == {key for key, line in lines.items() if line.document_id == document.id}


def test_portraits_of_some_cases_codes_and_coders(sample: Session) -> None:
    case, book = sample.cases.find("C"), sample.codebook.all()
    table = TableDefinition(
        case_ids=frozenset({case.id}),
        coder_ids=frozenset({sample.coders.find("Ben").id}),
        below=book.find("direct").id,
    )
    chart = make_chart(sample, ChartDefinition(ChartKind.PORTRAIT, table))
    assert isinstance(chart.body, Tracks)
    assert [track.title for track in chart.body.tracks] == ["C-KAM1", "C-KAM2", "C-NAM"]
    assert [lane.label for lane in chart.body.tracks[0].lanes] == ["strategic", "tactical", "social"]
    assert "Ben" in chart.rule
    assert "Ann" not in chart.rule


def test_words_cannot_be_drawn(sample: Session) -> None:
    for measure in (Measure.QUOTE, Measure.SUMMARY):
        with pytest.raises(InvalidInput, match="chart_of_words"):
            made(sample, ChartKind.HEAT, measure=measure)


@pytest.mark.parametrize("kind", ChartKind)
def test_an_empty_project_has_charts_that_say_so(session: Session, kind: ChartKind) -> None:
    chart = make_chart(session, ChartDefinition(kind))
    assert write_chart(chart, Path("x.svg")).startswith(b"<?xml")
    assert chart.nothing.startswith("There is nothing to show yet")


@pytest.mark.parametrize("ending", CHART_FORMATS)
def test_every_ending_that_is_offered_is_written(sample: Session, ending: str) -> None:
    data = write_chart(made(sample, ChartKind.HEAT), Path(f"x{ending}"))
    assert data.startswith({".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF-"}[ending])
    with pytest.raises(InvalidInput, match="format_unknown"):
        check_chart(Path("x.gif"))
