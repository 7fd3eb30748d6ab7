"""The commands report, summary, table, passages and codebook export, as a script uses them."""

import json
from pathlib import Path

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup

from kamcoder.services.demo import build_sample
from tests.cli.terminal import Run


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped study as a file."""
    return build_sample(tmp_path_factory.mktemp("sample"))


def headings(path: Path) -> list[str]:
    document = docx.Document(str(path))
    return [item.text for item in document.paragraphs if item.style and item.style.name == "Heading 1"]


def test_report_in_word_with_the_agreement_of_the_coders(cli: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assert str(out) in cli("report", sample, "--output", out)
    assert headings(out)[1].startswith("A: family-owned")
    document = docx.Document(str(out))
    assert "Agreement of the coders" in [item.text for item in document.paragraphs]
    assert len(document.tables) == 9


def test_report_as_a_page_of_chosen_things(cli: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    cli(
        *("report", sample, "--output", out, "--case", "b", "--case", "G", "--code", "social", "--coder", "ann"),
        *("--quotes", 1, "--heading", "employees", "--without", "guide", "--without", "methods", "--pseudonyms"),
    )
    soup = BeautifulSoup(out.read_bytes(), "lxml")
    assert [tag.get_text() for tag in soup.select("h2")] == [
        "How to read this report",
        "B: 200 employees",
        "G: 40 employees",
        "Across the cases",
        "Questions for discussion",
    ]
    assert len(soup.select("blockquote")) == 2


def test_report_says_what_is_wrong(cli: Run, sample: Path, tmp_path: Path) -> None:
    assert ".docx, .pdf, .html, .md" in cli("report", sample, "--output", tmp_path / "r.odt", status=1)
    assert "Zed" in cli("report", sample, "--output", tmp_path / "r.md", "--case", "Zed", status=1)
    assert "size" in cli("report", sample, "--output", tmp_path / "r.md", "--heading", "size", status=1)
    cli("report", sample, status=2)
    assert list(tmp_path.iterdir()) == []


def test_summaries_are_printed_or_written(cli: Run, sample: Path, tmp_path: Path) -> None:
    shown = cli("summary", sample, "--case", "A", "--code", "antecedents")
    assert "Tasks are strictly separated" in shown
    assert "sells by international area" not in shown
    records = json.loads(cli("summary", sample, "--json"))
    assert len(records) == 28
    assert records[0]["case"] == "A"
    assert records[0]["coder"] == "Ann"
    cli("summary", sample, "--output", tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx").active
    assert str(sheet["B2"].value).startswith("Firm A sells")
    cli("summary", sample, "--case", "B", "--output", tmp_path / "s.docx")
    assert headings(tmp_path / "s.docx") == ["B: family-owned, integrated payment solutions, 200 employees"]
    empty = json.loads(cli("summary", sample, "--code", "social", "--case", "A", "--json"))
    assert empty[0]["summary"] is None
    assert "No summary is written yet." in cli("summary", sample, "--code", "social", "--case", "A")


def test_tables_of_other_rows_columns_and_measures(cli: Run, sample: Path) -> None:
    grid = json.loads(cli("table", sample, "--rows-by", "ownership", "--measure", "share", "--json"))
    assert [row[0] for row in grid["rows"]] == ["family-owned", "national subsidiary"]
    assert all(0 < value < 100 for row in grid["rows"] for value in row[1:])
    grid = json.loads(cli("table", sample, "--rows", "codes", "--columns", "coders", "--below", "direct", "--json"))
    assert [column["label"] for column in grid["columns"]] == ["code", "Ann", "Ben", "total"]
    together = json.loads(cli("table", sample, "--rows", "codes", "--turns-apart", 0, "--json"))
    assert together["rows"][1][4] == together["rows"][3][2] > 0
    some = json.loads(cli("table", sample, "--where", "ownership", "National subsidiary", "--no-attributes", "--json"))
    assert [row[0] for row in some["rows"]] == ["D", "F"]
    none = json.loads(cli("table", sample, "--where", "ownership", "listed", "--no-attributes", "--json"))
    assert none["rows"] == []
    assert "“" in cli("table", sample, "--case", "B", "--measure", "quote", "--code", "social", "--no-attributes")
    assert "no attribute 'size'" in cli("table", sample, "--rows-by", "size", status=1)


def test_lists_of_passages_as_sheet_and_document(cli: Run, sample: Path, tmp_path: Path) -> None:
    cli("passages", sample, "--case", "B", "--output", tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    assert [cell.value for cell in sheet[1]][:4] == ["reference", "case", "code", "quote"]
    found = json.loads(cli("passages", sample, "--case", "B", "--json"))
    assert [cell.value for cell in sheet["D"][1 : len(found) + 1]] == [entry["quote"] for entry in found]
    cli("passages", sample, "--case", "B", "--output", tmp_path / "p.docx")
    table = docx.Document(str(tmp_path / "p.docx")).tables[0]
    assert len(table.rows) == len(found) + 1


def test_the_codebook_for_people(cli: Run, sample: Path, tmp_path: Path) -> None:
    cli("codebook", "export", sample, tmp_path / "book.docx")
    assert headings(tmp_path / "book.docx")[0] == "KAM embeddedness"
    cli("codebook", "export", sample, tmp_path / "book.md")
    assert "Last changed 20" in (tmp_path / "book.md").read_text(encoding="utf-8")
    assert ".docx" in cli("codebook", "export", sample, tmp_path / "book.odt", status=1)


def test_lists_of_cases_and_people(cli: Run, sample: Path, tmp_path: Path) -> None:
    cli("cases", "list", sample, "--output", tmp_path / "cases.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "cases.xlsx").active
    assert [cell.value for cell in sheet["A"][:8]] == ["case", *"ABCDEFG"]
    grid = json.loads(cli("cases", "list", sample, "--of", "documents", "--json"))
    assert len(grid["rows"]) == 11
    assert "A-CEO" in cli("cases", "list", sample, "--of", "documents")
