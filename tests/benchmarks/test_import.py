"""How long a transcript takes to read: 60 KB, 600 KB and 6 MB, and the sixty interviews of a study."""

import io
import random
from pathlib import Path

import docx
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kamcoder.formats.registry import read_file

WORDS = Path(__file__).read_text("utf-8").split()


def turns(size: int, *, seed: int = 1) -> list[str]:
    """Make turns of speech of `size` characters in all; varied, or an archive of them would look like a bomb."""
    chosen = random.Random(seed)
    lines: list[str] = []
    while size > 0:
        words = (f"{chosen.choice(WORDS)}{chosen.randrange(1000)}" for _ in range(chosen.randint(5, 80)))
        lines.append(f"{'IR'[len(lines) % 2]}: {' '.join(words)}.")
        size -= len(lines[-1]) + 1
    return lines


def written(folder: Path, suffix: str, size: int, *, seed: int = 1) -> Path:
    path = folder / f"interview-{seed}{suffix}"
    lines = turns(size, seed=seed)
    if suffix == ".txt":
        path.write_text("\n".join(lines), "utf-8")
        return path
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.add_run(line[:2]).bold = True
        paragraph.add_run(line[2:])
    target = io.BytesIO()
    document.save(target)
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize("size", [60_000, 600_000, 6_000_000])
@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_read_one(benchmark: BenchmarkFixture, tmp_path: Path, suffix: str, size: int) -> None:
    path = written(tmp_path, suffix, size)
    extracted = benchmark(read_file, path)
    assert sum(len(paragraph.text) + 1 for paragraph in extracted.paragraphs) >= size


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_read_a_study_of_sixty(benchmark: BenchmarkFixture, tmp_path: Path, suffix: str) -> None:
    paths = [written(tmp_path, suffix, 60_000, seed=seed) for seed in range(60)]
    read = benchmark(lambda: [read_file(path) for path in paths])
    assert len(read) == len(paths)
