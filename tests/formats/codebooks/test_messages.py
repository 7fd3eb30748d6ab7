"""Every key that these readers raise or note has its sentence, and every sentence its values."""

import re
import tomllib
from pathlib import Path

from kamcoder import paths
from kamcoder.formats import codebooks

SENTENCES = tomllib.loads((paths.resources() / "messages" / "en" / "codebook_files.toml").read_text("utf-8"))
SOURCES = "\n".join(path.read_text("utf-8") for path in Path(codebooks.__file__).parent.glob("*.py"))


def test_keys_and_sentences_match() -> None:
    used = set(re.findall(r'"((?:codebook|qdc|template)_[a-z_]+)"', SOURCES))
    assert used == {*SENTENCES["errors"], *SENTENCES["notices"]}


def test_sentences_are_one_and_calm() -> None:
    for key, sentence in {**SENTENCES["errors"], **SENTENCES["notices"]}.items():
        assert sentence.endswith("."), key
        assert not re.search(r"!|please|\. [A-Z]", sentence, re.IGNORECASE), key
