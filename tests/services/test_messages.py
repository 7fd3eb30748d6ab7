"""Every error and notice has a sentence, and every sentence is used."""

import re
from pathlib import Path

from kamcoder.domain.errors import KamCoderError, Notice
from kamcoder.services.messages import catalogue_keys, notice, sentence

PACKAGE = Path(__file__).parents[2] / "kamcoder"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
QUOTED = set(re.findall(r'"([a-z][a-z0-9_]+)"', SOURCE))
RAISED = set(
    re.findall(r'(?:KamCoderError|ProjectFileError|ImportRefused|NotFound|InvalidInput)\(\s*"([a-z_]+)"', SOURCE)
)
NOTED = set(re.findall(r'Notice\(\s*"([a-z_]+)"', SOURCE))


def test_every_raised_key_has_a_sentence() -> None:
    assert len(RAISED) > 60
    assert RAISED - catalogue_keys()["errors"] == set()


def test_every_notice_has_a_sentence() -> None:
    assert len(NOTED) > 5
    assert NOTED - catalogue_keys()["notices"] == set()


def test_no_sentence_is_left_over() -> None:
    made = {"participant_unknown"}  # put together from the scope
    assert catalogue_keys()["errors"] - QUOTED - made == set()
    assert catalogue_keys()["notices"] - QUOTED == set()


def test_a_sentence_is_one_line_and_bounded_whatever_is_in_it() -> None:
    error = KamCoderError("quote_missing", quote="first\nsecond {x} " + "long " * 500, document="A-CEO")
    shown = sentence(error)
    assert "\n" not in shown
    assert len(shown) < 500
    assert "{x}" in shown
    assert "A-CEO" in shown
    assert sentence(KamCoderError("file_missing")).startswith("? does not exist")
    assert notice(Notice("unheard_of")) == "unheard_of"
