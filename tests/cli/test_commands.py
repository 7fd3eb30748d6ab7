"""The command line, as a script and as a person use it."""

import csv
import json
from pathlib import Path

import pytest

from kamcoder.cli import run
from kamcoder.services.session import Session
from tests.builders import write_interviews
from tests.cli.terminal import Run, loaded


@pytest.fixture
def coded(cli: Run, project: Path, tmp_path: Path) -> Path:
    """A project made on the command line alone."""
    cli("new", project, "--template", "kam")
    cli("import", project, *write_interviews(tmp_path))
    for coder, document, code, quote in (
        ("Ann", "A-CEO", "direct › strategic", "I meet the largest customers once a year."),
        ("Ann", "B-KAM", "direct/social", "He drinks coffee with the big ones."),
        ("Ben", "B-KAM", "direct > tactical", "No, only when a relation is at risk."),
    ):
        cli("code", project, "--coder", coder, "--document", document, "--code", code, "--quote", quote)
    return project


def test_new_starts_with_the_template_and_its_guide(cli: Run, tmp_path: Path) -> None:
    assert "30 codes" in cli("new", tmp_path / "study")
    with Session.open(tmp_path / "study.kamcoder") as session:
        assert [question.number for question in session.guide] == [f"Q{number}" for number in range(1, 12)]
    assert "0 codes" in cli("new", tmp_path / "empty.kamcoder", "--template", "none")
    assert "choose one of" in cli("new", tmp_path / "x.kamcoder", "--template", "nothing", status=1)
    assert not (tmp_path / "x.kamcoder").exists()
    assert "exists already" in cli("new", tmp_path / "study.kamcoder", status=1)


def test_every_template_makes_a_project(cli: Run, tmp_path: Path) -> None:
    keys = [entry["key"] for entry in loaded(cli("codebook", "templates", "--json"))]
    assert len(keys) == 5
    for key in keys:
        cli("new", tmp_path / f"{key}.kamcoder", "--template", key)
        assert "sound" in cli("check", tmp_path / f"{key}.kamcoder")


def test_import_tells_what_it_read_and_fails_softly(cli: Run, project: Path, tmp_path: Path) -> None:
    cli("new", project)
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    errors = cli("import", project, *write_interviews(tmp_path), bad, status=1)
    assert "bad.docx: not imported." in errors
    with Session.open(project) as session:
        assert len(session.documents.all()) == 3


def test_preview_json_corrected_and_given_back(cli: Run, project: Path, tmp_path: Path) -> None:
    cli("new", project)
    preview = loaded(cli("import", project, "--preview", "--json", *write_interviews(tmp_path)))
    assert preview["imported"] == []
    preview["files"][0]["case"] = "Z"
    corrected = tmp_path / "corrected.json"
    corrected.write_text(json.dumps(preview), encoding="utf-8")
    cli("import", project, "--from", corrected)
    assert [entry["case"] for entry in loaded(cli("cases", "list", project, "--json"))] == ["Z", "A", "B"]
    cli("import", project, status=2)
    cli("import", project, "--from", tmp_path / "missing.json", status=1)


def test_roles_can_be_corrected_in_the_call(cli: Run, project: Path, tmp_path: Path) -> None:
    cli("new", project)
    (path, *_) = write_interviews(tmp_path)
    cli("import", project, path, "--role", "ceo", "interviewer", "--role", "Interviewer", "interviewee", "--case", "Q")
    with Session.open(project) as session:
        (document,) = session.documents.all()
        roles = {speaker.name: speaker.role.value for speaker in session.documents.speakers(document.id)}
    assert roles == {"Interviewer": "interviewee", "CEO": "interviewer"}


def test_passages_have_references_and_filters(cli: Run, coded: Path, tmp_path: Path) -> None:
    everything = loaded(cli("passages", coded, "--json"))
    assert [entry["reference"] for entry in everything] == ["A-CEO ¶2", "B-KAM ¶2", "B-KAM ¶4"]
    assert [entry["coder"] for entry in loaded(cli("passages", coded, "--json", "--case", "b"))] == ["Ann", "Ben"]
    assert len(loaded(cli("passages", coded, "--json", "--code", "direct tm", "--coder", "ben"))) == 1
    assert len(loaded(cli("passages", coded, "--json", "--text", "COFFEE"))) == 1
    assert "A-CEO ¶2" in cli("passages", coded)
    cli("passages", coded, "--output", tmp_path / "passages.csv")
    rows = list(csv.reader((tmp_path / "passages.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "reference"
    assert len(rows) == 4
    assert "no coder 'Zed'" in cli("passages", coded, "--coder", "Zed", status=1)


def test_code_by_positions_sheet_and_removal(cli: Run, coded: Path, tmp_path: Path) -> None:
    made = loaded(
        cli(
            "code",
            coded,
            "--coder",
            "Ann",
            "--document",
            "A-KAM",
            "--code",
            "social",
            "--start",
            21,
            "--end",
            27,
            "--json",
        )
    )
    assert (made["start"], made["end"], len(made["quote"])) == (22, 26, 4)
    cli("code", coded, "--remove", made["id"])
    sheet = tmp_path / "codings.csv"
    sheet.write_text("document,code,quote\nA-KAM,social,Hardly ever.\nA-KAM,social,never said\n", encoding="utf-8")
    errors = cli("code", coded, "--coder", "Ann", "--from", sheet, status=1)
    assert "row 3" in errors
    assert "never said" in errors
    cli("code", coded, "--coder", "Ann", "--from", sheet, "--skip-bad", status=1)
    assert len(loaded(cli("passages", coded, "--json"))) == 4
    cli("code", coded, "--document", "A-KAM", "--code", "social", "--quote", "Hardly ever.", status=1)
    cli("code", coded, "--coder", "Ann", status=2)


def test_the_table_prints_and_is_written(cli: Run, coded: Path, tmp_path: Path) -> None:
    shown = cli("table", coded)
    assert "Direct TM" in shown
    assert shown.rstrip().splitlines()[-1].split() == ["total", "0", "3", "0", "0", "3"]
    grid = loaded(cli("table", coded, "--json", "--coder", "Ann", "--below", "direct"))
    assert [column["label"] for column in grid["columns"]] == ["case", "strategic", "tactical", "social", "total"]
    assert grid["rows"] == [["A", 1, 0, 0, 1], ["B", 0, 0, 1, 1]]
    for name in ("table.csv", "table.html", "table.txt", "table.xlsx", "table.docx", "table.md"):
        cli("table", coded, "--output", tmp_path / name)
        assert (tmp_path / name).stat().st_size > 50
    assert "ending" in cli("table", coded, "--output", tmp_path / "table.doc", status=1)


def test_tables_are_saved_listed_shown_and_changed(cli: Run, coded: Path, tmp_path: Path) -> None:
    assert "No table is saved" in cli("table", coded, "--list")
    cli("table", coded, "--below", "direct", "--coder", "Ann", "--no-attributes", "--save", "By Ann")
    assert cli("table", coded, "--list").rstrip().endswith("By Ann")
    assert [item["name"] for item in loaded(cli("table", coded, "--list", "--json"))] == ["By Ann"]
    shown = loaded(cli("table", coded, "--saved", "by ann", "--json"))
    assert [column["label"] for column in shown["columns"]] == ["case", "strategic", "tactical", "social", "total"]
    assert shown["rows"] == [["A", 1, 0, 0, 1], ["B", 0, 0, 1, 1]]
    less = loaded(cli("table", coded, "--saved", "By Ann", "--hide-empty", "--case", "B", "--json"))
    assert less["rows"] == [["B", 1, 1]]
    cli("table", coded, "--saved", "By Ann", "--measure", "words", "--save", "By Ann")
    assert "words" in loaded(cli("table", coded, "--saved", "By Ann", "--json"))["title"]
    cli("codebook", "delete", coded, "social", "--yes")
    assert "gone" not in cli("table", coded, "--saved", "By Ann")
    assert "no saved table" in cli("table", coded, "--saved", "Ben", status=1)


def test_tables_of_levels_groups_and_speakers(cli: Run, coded: Path) -> None:
    deep = loaded(cli("table", coded, "--level", 2, "--hide-empty", "--json"))
    assert [column["label"].split(" › ")[-1] for column in deep["columns"]][1:-1] == ["strategic", "tactical", "social"]
    asked = loaded(cli("table", coded, "--speaker", "interviewer", "--json"))
    assert asked["totals"][-1] == 0
    only = loaded(cli("table", coded, "--columns", "coders", "--only-code", "social", "--json"))
    assert only["totals"][-1] == 1
    assert "attribute" in cli("table", coded, "--group-by", "ownership", status=1)


def test_the_codebook_grows_moves_merges_splits_and_shrinks(cli: Run, coded: Path, tmp_path: Path) -> None:
    cli("codebook", "add", coded, "price", "--parent", "antecedents", "--definition", "What it costs.")
    cli("codebook", "edit", coded, "price", "--name", "pricing", "--shortcut", "z")
    cli("codebook", "move", coded, "pricing", "--under", "indirect")
    cli("codebook", "split", coded, "direct › social", "coffee", "--quoting", "drinks")
    cli("codebook", "merge", coded, "direct › tactical", "direct › strategic", "--yes")
    cli("codebook", "delete", coded, "informant", "--yes")
    book = {entry["path"]: entry for entry in loaded(cli("codebook", "list", coded, "--json"))}
    assert book["Indirect TM involvement › pricing"]["definition"] == "What it costs."
    assert book["Direct TM involvement › social › coffee"]["codings"] == 1
    assert book["Direct TM involvement › strategic"]["codings"] == 2
    assert "KAM embeddedness › informant" not in book
    assert "cannot stand below" in cli("codebook", "move", coded, "Indirect", "--under", "pricing", status=1)
    for name in ("book.csv", "book.qdc"):
        cli("codebook", "export", coded, tmp_path / name)
        other = tmp_path / f"{name}.kamcoder"
        cli("new", other, "--template", "none")
        cli("codebook", "import", other, tmp_path / name)
        assert [entry["path"] for entry in loaded(cli("codebook", "list", other, "--json"))] == list(book)
    assert "--add" in cli("codebook", "import", coded, tmp_path / "book.csv", status=1)


def test_cases_by_hand_and_from_a_sheet(cli: Run, coded: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "cases.csv"
    sheet.write_text("case;employees;sector\nA;1000;retail\nB;200;payments\n", encoding="utf-8")
    assert "4 attribute values" in cli("cases", "import", coded, sheet)
    cli("cases", "add", coded, "C")
    cli("cases", "rename", coded, "C", "D")
    cli("cases", "link", coded, "B-KAM", "D")
    cli("cases", "attribute", coded, "listed", "yes/no")
    cli("cases", "set", coded, "D", "listed", "no")
    assert "no value" in cli("cases", "set", coded, "D", "employees", "many", status=1)
    people = tmp_path / "people.csv"
    people.write_text("participant,case,role,years\nB-KAM,B,KAM,3\n", encoding="utf-8")
    cli("cases", "import", coded, people, "--participants")
    listed = {entry["case"]: entry for entry in loaded(cli("cases", "list", coded, "--json"))}
    assert listed["A"]["attributes"]["employees"] == "1000"
    assert listed["D"]["documents"] == ["B-KAM"]
    assert listed["D"]["attributes"]["listed"] == "no"
    assert listed["B"]["participants"][0]["years"] == 3
    cli("cases", "delete", coded, "D", "--yes")
    assert "A: employees 1000; sector retail" in cli("cases", "list", coded)


def test_log_and_check(cli: Run, coded: Path) -> None:
    entries = loaded(cli("log", coded, "--json"))
    assert [entry["operation"] for entry in entries[-1:]] == ["apply_code"]
    assert "coded A-CEO" in cli("log", coded)
    assert len(cli("log", coded, "--last", 2).splitlines()) == 2
    report = loaded(cli("check", coded, "--json"))
    assert report["sound"] is True
    assert report["examined"]["quotes"] == 3


def test_check_tells_what_is_wrong(cli: Run, coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    connection = sqlite3.connect(coded)
    connection.execute("UPDATE codings SET quote = upper(quote)")
    connection.execute("UPDATE codes SET parent_id = 'nobody' WHERE name = 'informant'")
    connection.execute("UPDATE codings SET coder_id = 'nobody' WHERE rowid = 1")
    connection.execute("DELETE FROM originals WHERE rowid = 1")
    connection.execute("DROP TRIGGER documents_text_frozen")
    connection.execute("UPDATE documents SET text = replace(text, 'firm', 'FIRM')")
    connection.commit()
    connection.close()
    before = coded.read_bytes()
    assert run(["check", str(coded), "--json"]) == 1
    report = loaded(capsys.readouterr().out)
    found = {finding["check"] for finding in report["findings"]}
    assert found == {"foreign_keys", "quotes", "orphans", "text_hash", "turns"}
    assert sum(finding["check"] == "quotes" for finding in report["findings"]) == 3
    assert run(["check", str(coded)]) == 1
    assert "keeps another quote" in capsys.readouterr().out
    assert coded.read_bytes() == before


def test_demo_leaves_project_and_tables(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "case-report.html").write_text("of an earlier one", encoding="utf-8")
    assert "exists already" in cli("demo", "--output", tmp_path / "out", status=1)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["case-report.html"]
    shown = cli("demo", "--output", tmp_path / "out", "--force")
    assert "11 interviews" in shown
    assert "retail" in shown
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "sample-study.kamcoder",
        "cross-case-table.csv",
        "cross-case-table.html",
        "agreement.csv",
        "agreement.html",
        "agreement.xlsx",
        "cross-case-table.xlsx",
        "case-report.docx",
        "case-report.html",
        "case-report.pdf",
        "cross-case-chart.svg",
    }
    assert "Agreement of Ann and Ben" in shown
    assert "The unit is the character" in shown
    assert "of an earlier one" not in (tmp_path / "out" / "case-report.html").read_text(encoding="utf-8")
    assert "sound" in cli("check", tmp_path / "out" / "sample-study.kamcoder")


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["import"], ["table"], ["code", "x.kamcoder", "--start", "-1"], ["log", "x", "--last", "0"]],
)
def test_wrong_usage_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "Usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "verb", ["table", "passages", "summary", "report", "compare", "coders", "check", "log", "import", "code"]
)
def test_a_missing_project_is_said_in_one_sentence(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "missing.kamcoder")
    extra = {"import": ["x.txt"], "code": ["--remove", "x"], "report": ["--output", "x.docx"]}.get(verb, [])
    assert run([verb, missing, *extra]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert missing in line


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    from kamcoder.cli.program import program

    for name, command in program.commands.items():
        assert run([name, "--help"]) == 0
        assert len(capsys.readouterr().out) > 80
        for sub in getattr(command, "commands", {}):
            assert run([name, sub, "--help"]) == 0
            assert "Usage:" in capsys.readouterr().out


def test_open_hands_over_to_the_window(capsys: pytest.CaptureFixture[str]) -> None:
    opened: list[list[str]] = []

    def window(arguments: list[str]) -> int:
        opened.append(arguments)
        return 0

    assert run(["open", "study.kamcoder"], open_window=window) == 0
    assert opened == [["study.kamcoder"]]
