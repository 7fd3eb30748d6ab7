"""What ships for the study's codebook: it fits it, speaks to texts nobody tuned on, and stays away from others."""

from dataclasses import replace

import pytest

from kamcoder.domain.codebook import Code
from kamcoder.domain.suggesting import Study
from kamcoder.services.codebook_files import read_guide, read_template
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.engine import Engine
from kamcoder.suggest.evaluating import Trial, trial_of
from kamcoder.suggest.examples import starter_examples
from kamcoder.suggest.lexicon import starter_lexicon
from kamcoder.suggest.shipped import Placing, shipped_files
from tests.suggest.judging import judging_study
from tests.suggest.studies import CODES

KAM = read_template("kam").codes

#: A codebook of the study's headings as somebody else would name them.
OTHER_NAMES = (
    Code("e", "Embeddedness"),
    Code("d", "Direct involvement"),
    Code("i", "Indirect involvement"),
    Code("s", "Strategic", parent_id="i"),
    Code("a", "Antecedents"),
)


def tried(engine: Engine, study: Study) -> Trial:
    """Return what is said of a set's sentences before anything is coded."""
    model = engine.train(replace(study, codings=()))
    ids = [document.id for document in study.documents]
    return trial_of(model, study, engine.readings, ids, 1, chained=study.context)


@pytest.mark.parametrize("folder", ["lexicons", "examples"])
def test_everything_shipped_belongs_to_a_code_of_the_codebook(folder: str) -> None:
    placing = Placing(KAM)
    for name, content in shipped_files(folder):
        assert [path for path in content if not placing.place(path)[1]] == [], name


def test_other_names_of_the_headings_are_understood() -> None:
    found = {entry.code_id for entry in starter_lexicon(OTHER_NAMES)}
    assert found == {"e", "d", "i", "s", "a"}
    golf = {entry.code_id for entry in starter_lexicon(OTHER_NAMES) if entry.pattern == "golf" and entry.weight > 0}
    assert golf == {"d"}
    assert {code for code, _ in starter_examples(OTHER_NAMES, "en")} == {"e", "d", "i", "s", "a"}


def test_a_codebook_of_another_study_gets_nothing() -> None:
    assert starter_lexicon(CODES) == ()
    assert starter_examples(CODES, "en") == ()
    assert starter_examples(KAM, "xx") == ()


@pytest.mark.parametrize(("name", "alone", "context"), [("written-english", 0.65, 0.8), ("spoken-english", 0.5, 0.83)])
def test_sentences_of_other_firms_are_told_apart_before_anything_is_coded(
    engine: Engine, name: str, alone: float, context: float
) -> None:
    study = judging_study(name, KAM, guide=read_guide("kam"))
    assert tried(engine, replace(study, context=False)).macro_f1() >= alone
    assert tried(engine, study).macro_f1() >= context
    assert CodeSet.of(KAM).size > len(study.documents)


@pytest.mark.parametrize(("name", "alone"), [("spoken-dutch", 0.6), ("spoken-dutch-2", 0.45)])
def test_dutch_interviews_are_told_apart_before_anything_is_coded(
    blank_engine: Engine, name: str, alone: float
) -> None:
    study = judging_study(name, KAM, guide=read_guide("kam"), language="nl")
    assert tried(blank_engine, replace(study, context=False)).macro_f1() >= alone
    assert tried(blank_engine, study).macro_f1() >= 0.8


def test_each_language_has_its_own_words() -> None:
    english, dutch = ({entry.pattern for entry in starter_lexicon(KAM, language)} for language in ("en", "nl"))
    assert "jaargesprek" in dutch - english
    assert "annual meeting" in english - dutch
