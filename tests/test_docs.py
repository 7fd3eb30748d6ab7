"""README says what the program does: its tables equal the registries."""

import re
from pathlib import Path

from kamcoder import __version__
from kamcoder.cli.program import program
from kamcoder.formats.registry import supported_suffixes
from kamcoder.gui.actions import ACTIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def between(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_table_of_formats_lists_every_ending() -> None:
    listed = set(
        re.findall(r"(?<=[ |])\.\w+", "\n".join(line.split("|")[2] for line in between("formats").splitlines()))
    )
    assert listed == set(supported_suffixes())


def test_the_table_of_commands_lists_every_command() -> None:
    assert sorted(re.findall(r"`kamcoder (\w+)`", between("commands"))) == sorted(program.commands)


def test_the_table_of_shortcuts_lists_every_command_with_a_key() -> None:
    listed = re.findall(r"^\| \w+ \| (.+?) \| (.+?) \|$", between("shortcuts"), re.MULTILINE)[1:]
    keys = {name: re.findall(r"`([^`]+)`", written) for name, written in listed if "`" in written}
    assert keys == {spec.text.replace("&", "").rstrip("…"): list(spec.keys) for spec in ACTIONS if spec.keys}


def test_the_set_up_commands_are_one_line_each() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert all("pip install" in line for line in lines)
    assert "<!-- test command -->" in README


def test_the_changelog_knows_the_version_or_is_unreleased() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Unreleased" in changelog or f"## {__version__}" in changelog


def test_files_named_in_the_readme_exist() -> None:
    for name in ("CHANGELOG.md", "LICENSE", ".ci/run", "tests/test_architecture.py", "tests/benchmarks"):
        assert (ROOT / name).exists()
