"""The command chart, as a script uses it."""

from pathlib import Path

import pytest
from lxml import etree

from kamcoder.services.demo import build_sample
from tests.cli.terminal import Run


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped study as a file."""
    return build_sample(tmp_path_factory.mktemp("sample"))


def test_charts_are_written(cli: Run, sample: Path, tmp_path: Path) -> None:
    for kind, more in (
        ("heat", ("--below", "antecedents", "--measure", "share")),
        ("groups", ("--rows-by", "ownership", "--coder", "Ann")),
        ("portrait", ("--document", "A-CEO")),
        ("together", ("--turns-apart", 0, "--below", "direct")),
    ):
        out = tmp_path / f"{kind}.svg"
        assert str(out) in cli("chart", sample, "--kind", kind, *more, "-o", out)
        # matplotlib leaves the words of a drawing as comments beside their outlines.
        said = [item.text.strip() for item in etree.parse(out).iter(etree.Comment)]
        assert any(
            {"heat": "company culture", "groups": "family-owned", "portrait": "A-CEO", "together": "social"}[kind]
            == text
            for text in said
        )


def test_what_cannot_be_drawn_is_said(cli: Run, sample: Path, tmp_path: Path) -> None:
    assert ".svg, .png, .pdf" in cli("chart", sample, "-o", tmp_path / "x.docx", status=1)
    assert "no attribute 'size'" in cli("chart", sample, "--rows-by", "size", "-o", tmp_path / "x.svg", status=1)
    cli("chart", sample, "--measure", "quote", "-o", tmp_path / "x.svg", status=2)
    cli("chart", sample, status=2)
    assert list(tmp_path.iterdir()) == []
