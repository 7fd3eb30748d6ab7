"""compare and coders on the command line."""

import csv
from pathlib import Path

import openpyxl
import pytest

from kamcoder.services.session import Session
from tests.builders import write_interviews
from tests.cli.terminal import Run, loaded


@pytest.fixture
def coded(cli: Run, project: Path, tmp_path: Path) -> Path:
    """A project with two coders who agree on one passage, differ on another, and one that only Ann has."""
    cli("new", project, "--template", "kam")
    cli("import", project, *write_interviews(tmp_path))
    for coder, document, code, quote in (
        ("Ann", "A-CEO", "direct › strategic", "I meet the largest customers once a year."),
        ("Ben", "A-CEO", "direct › strategic", "I meet the largest customers once a year."),
        ("Ann", "B-KAM", "direct/social", "He drinks coffee with the big ones."),
        ("Ben", "B-KAM", "direct > tactical", "He drinks coffee with the big ones."),
        ("Ann", "B-KAM", "direct > tactical", "No, only when a relation is at risk."),
    ):
        cli("code", project, "--coder", coder, "--document", document, "--code", code, "--quote", quote)
    return project


def test_the_table_tells_unit_base_rule_coders_and_documents(cli: Run, coded: Path) -> None:
    shown = " ".join(cli("compare", coded, "--code", "strategic", "--code", "direct › social", status=1).split())
    assert "fits several codes" in shown
    shown = " ".join(cli("compare", coded, "--below", "direct").split())
    for said in (
        "Agreement of Ann and Ben",
        "The unit is the character",
        "2 documents",
        "(A-CEO, B-KAM)",
        "Interviewers' words are left out",
        "because fewer than two coders worked on them: A-KAM.",
        "Kappa is Cohen's",
    ):
        assert said in shown
    assert "only Ann (1)" in shown
    assert "less than chance" in shown


def test_json_has_every_count(cli: Run, coded: Path) -> None:
    found = loaded(cli("compare", coded, "--below", "direct", "--json"))
    assert (found["unit"], found["coders"], found["left_out"]) == ("character", ["Ann", "Ben"], ["A-KAM"])
    strategic = next(row for row in found["codes"] if row["code"].endswith("strategic"))
    (pair,) = strategic["pairs"]
    assert pair["both"] == len("I meet the largest customers once a year.")
    assert pair["both"] + pair["neither"] == found["size"]
    assert (pair["kappa"], strategic["alpha"], strategic["f1"]) == (1.0, 1.0, 1.0)
    assert pair["passages"]["agreed"] == 1
    assert found["pooled"]["pairs"][0]["passages"] == {
        "agreed": 1,
        "boundary": 0,
        "other_code": 2,
        "only_first": 1,
        "only_second": 0,
    }
    unused = loaded(cli("compare", coded, "--code", "antecedents", "--json"))["codes"][0]
    assert unused["kappa"] == {"undefined": "not_used"}
    assert unused["remark"] == "not_used"


def test_scope_and_units_are_chosen_by_options(cli: Run, coded: Path) -> None:
    def size(*options: str) -> int:
        return int(loaded(cli("compare", coded, "--json", *options))["size"])

    assert size("--unit", "document") == 2
    assert size("--unit", "turn") == 4
    assert size("--unit", "turn", "--interviewers") == 8
    assert size("--unit", "document", "--case", "A") == 1
    assert size("--unit", "document", "--document", "B-KAM", "--coder", "ann", "--coder", "BEN") == 1
    assert size("--unit", "sentence", "--snap", "--no-children") == 7


def test_intervals_segments_suggestions_and_exclusive_codes(cli: Run, coded: Path) -> None:
    shown = loaded(cli("compare", coded, "--below", "direct", "--interval", "--seed", "3", "--json"))
    assert shown == loaded(cli("compare", coded, "--below", "direct", "--interval", "--seed", "3", "--json"))
    assert "seed 3" in shown["how"]
    text = " ".join(
        cli(
            "compare", coded, "--below", "", "--interval", "--segments", "--suggestions", "--exclusive", "direct"
        ).split()
    )
    assert "Intervals are the middle 95 %" in text
    assert "Without the codings taken from suggestions" in text
    assert "uα" in text


def test_passages_of_a_kind_are_listed(cli: Run, coded: Path) -> None:
    listed = loaded(cli("compare", coded, "--below", "direct", "--passages", "only_first", "--json"))["passages"]
    assert [entry["codings"][0]["quote"] for entry in listed] == ["No, only when a relation is at risk."]
    shown = cli("compare", coded, "--below", "direct", "--passages", "agreed")
    assert "Ann, A-CEO ¶2, " in shown
    assert "Ben, A-CEO ¶2, " in shown


def test_whole_passages_and_codes_on_the_same_text_are_listed(cli: Run, coded: Path, tmp_path: Path) -> None:
    with Session.open(coded) as session:
        session.coders.activate(session.coders.find("Ann"))
        (taken, *_) = [one for one in session.passages.select() if one.code_path.startswith("Direct")]
        codes = [code.id for code in session.codebook.all().children(session.codebook.all().find("direct").id)]
        other = next(code for code in codes if code != taken.coding.code_id)
        session.codings.apply(taken.coding.document_id, taken.coding.span, other, coder_id=taken.coding.coder_id)
    asked = ("compare", coded, "--below", "direct", "--segments", "--exclusive", "direct")
    told = loaded(cli(*asked, "--json"))
    pair = told["violations"][0]["codings"]
    assert {coding["quote"] for coding in pair} == {taken.coding.quote}
    assert len({coding["code"] for coding in pair}) == 2
    assert {entry["partner"] for entry in told["segments"]} == {True, False}
    assert "On the same text:" in cli(*asked)
    cli(*asked, "--output", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[1:] == ["Whole passages", "Codes on the same text"]
    rows = list(book["Whole passages"].iter_rows(values_only=True))
    assert rows[0][:4] == ("code", "coders", "has a partner", "shared %")
    assert sum(row[1] is not None for row in rows) == len(told["segments"]) + 1
    assert book["Codes on the same text"]["D2"].value == taken.coding.quote


def test_output_in_every_format(cli: Run, coded: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "a.html", "a.xlsx", "a.txt"):
        cli("compare", coded, "--output", tmp_path / name)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["coders"] for row in rows} == {"Ann and Ben", "all"}
    assert "<table" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "The unit is the character" in (tmp_path / "a.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:4] == ["code", "coders", "unit", "documents"]
    assert "a.pptx" in cli("compare", coded, "--output", tmp_path / "a.pptx", status=1)


def test_what_cannot_be_compared_is_said_in_one_sentence(cli: Run, coded: Path, tmp_path: Path) -> None:
    assert "needs two coders" in cli("compare", coded, "--coder", "Ann", status=1)
    assert "no coder 'Cem'" in cli("compare", coded, "--coder", "Cem", status=1)
    assert "exclude one another" in cli("compare", coded, "--exclusive", "direct › social", status=1)
    assert "missing.kamcoder" in cli("compare", tmp_path / "missing.kamcoder", status=1)
    cli("compare", coded, "--unit", "word", status=2)
    cli("compare", coded, "--seed", "-1", status=2)


def test_coders_lists_who_codes(cli: Run, coded: Path, tmp_path: Path) -> None:
    assert cli("coders", coded).splitlines() == ["Ann: 3 codings in 2 documents", "Ben: 2 codings in 2 documents"]
    entries = loaded(cli("coders", coded, "--json"))
    assert [(entry["name"], entry["codings"], entry["finished"]) for entry in entries] == [("Ann", 3, 0), ("Ben", 2, 0)]
    cli("new", tmp_path / "empty.kamcoder")
    assert "Nobody codes here yet" in cli("coders", tmp_path / "empty.kamcoder")
