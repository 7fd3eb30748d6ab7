"""The house rules that no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kamcoder"
MODULES = sorted(PACKAGE.rglob("*.py"))
SQL = re.compile(r"\b(SELECT\s+.+\s+FROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA)\b")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_outgrows_its_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_sql_stands_in_storage_only() -> None:
    outside = [path for path in MODULES if "storage" not in path.parts]
    assert len(outside) > 20
    assert [str(path) for path in outside if SQL.search(path.read_text(encoding="utf-8"))] == []


def test_the_top_level_is_the_one_agreed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    agreed = {"kamcoder", "resources", "sample_interviews", "tests", "pyproject.toml", "README.md", "LICENSE"}
    assert {name for name in top if not name.startswith(".")} <= agreed | {"CHANGELOG.md"}


def test_resources_hold_no_python() -> None:
    assert list((ROOT / "resources").rglob("*.py")) == []
    assert list((ROOT / "sample_interviews").rglob("*.py")) == []


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("kamcoder.services.session", ("PySide6", "spacy", "numpy", "pandas", "matplotlib")),
        ("kamcoder.cli", ("PySide6", "spacy", "numpy", "pandas", "matplotlib", "openpyxl")),
        ("kamcoder.domain.codebook", ("sqlite3", "sqlite_utils", "lxml", "click", "PySide6")),
        ("kamcoder.gui.application", ("sqlite_utils", "numpy", "pandas", "spacy", "matplotlib", "lxml", "openpyxl")),
        ("kamcoder.__main__", ("PySide6", "sqlite_utils", "click")),
    ],
)
def test_a_module_loads_nothing_heavy(module: str, unwanted: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(sorted(set({unwanted!r}) & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
