"""The built wheel runs by itself, from another folder."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_data_and_stays_small(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "kamcoder/_data/resources/codebooks/kam.toml" in names
    assert sum(name.startswith("kamcoder/_data/sample_interviews/transcripts/") for name in names) == 11
    assert not [name for name in names if name.startswith(("tests/", "resources/"))]
    assert wheel.stat().st_size < 15_000_000


def test_the_installed_wheel_runs_the_demo_elsewhere(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    # The dependencies come from the environment of the tests; the program itself only from the wheel.
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    target = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    Path(target, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(python),
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--ignore-installed",
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    shown = subprocess.run(
        [scripts / "kamcoder", "demo"], cwd=elsewhere, env=clean, capture_output=True, text=True, check=True
    )
    assert "Involvement" in shown.stdout
    left = {path.name for path in (elsewhere / "kamcoder-demo").iterdir()}
    tables = {f"agreement{ending}" for ending in (".csv", ".html", ".xlsx")}
    tables |= {f"cross-case-table{ending}" for ending in (".csv", ".html", ".xlsx")}
    assert (
        left
        == {"sample-study.kamcoder", "case-report.docx", "case-report.html", "case-report.pdf", "cross-case-chart.svg"}
        | tables
    )
    where = subprocess.run(
        [python, "-c", "import kamcoder; print(kamcoder.__file__)"],
        cwd=elsewhere,
        env=clean,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(target)
