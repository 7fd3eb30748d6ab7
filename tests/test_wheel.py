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


def test_the_installed_wheel_runs_elsewhere(wheel: Path, tmp_path: Path) -> None:
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
    # What `demo` needs of the program's data; the whole demo is run by the tests of the command line.
    sample = "from pathlib import Path; from kamcoder.services.demo import build_sample; build_sample(Path())"
    steps: tuple[list[str | Path], ...] = (
        [python, "-c", sample],
        [scripts / "kamcoder", "check", "sample-study.kamcoder"],
        [scripts / "kamcoder", "report", "sample-study.kamcoder", "--output", "report.pdf"],
        [scripts / "kamcoder", "new", "own.kamcoder"],
    )
    for step in steps:
        done = subprocess.run(step, cwd=elsewhere, env=clean, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert {path.name for path in elsewhere.iterdir()} == {"sample-study.kamcoder", "report.pdf", "own.kamcoder"}
    where = subprocess.run(
        [python, "-c", "import kamcoder; print(kamcoder.__file__)"],
        cwd=elsewhere,
        env=clean,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(target)
