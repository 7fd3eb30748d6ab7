"""Every key that the readers raise or note has its sentence, and every sentence is used."""

import re
import tomllib
from pathlib import Path

from kamcoder import formats, paths

SENTENCES = tomllib.loads((paths.resources() / "messages" / "en" / "import.toml").read_text("utf-8"))
SOURCES = "\n".join(path.read_text("utf-8") for path in Path(formats.__file__).parent.glob("*.py"))


def test_every_refusal_has_its_sentence() -> None:
    assert set(re.findall(r'"(import_[a-z_]+)"', SOURCES)) == set(SENTENCES["errors"])


def test_every_notice_has_its_sentence() -> None:
    # Notices come from calls and from tables of counts, whose keys all say what happened to something.
    ending = "unreadable|left_out|dropped|skipped|guessed|differs|rejoined|replaced"
    used = set(re.findall(rf'"([a-z_]+_(?:{ending}))"', SOURCES)) - set(SENTENCES["errors"])
    assert used == set(SENTENCES["notices"])


def test_refusals_name_the_file_in_one_calm_sentence() -> None:
    for key, sentence in SENTENCES["errors"].items():
        assert sentence.startswith("{name} "), key
        assert sentence.endswith("."), key
        assert not re.search(r"!|please|\. [A-Z]", sentence, re.IGNORECASE), key
