"""Other ways to do it, measured on the same units by the same rule, so that ours can be told from them.

All see the words of a sentence alone and are tried leaving one document out. `scikit-learn` is no dependency of the
program: where it is missing, its line is missing too.
"""

import importlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from kamcoder.domain.suggesting import Study
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.evaluating import Trial, coded_documents, leave_one_out
from kamcoder.suggest.kernel import Floats
from kamcoder.suggest.labels import labels_of
from kamcoder.suggest.learning import train
from kamcoder.suggest.sheets import Readings
from kamcoder.suggest.stacking import EXAMPLES, FOLLOW_UP, PRIOR, QUESTION, SECTION
from kamcoder.suggest.units import units_of

_EPOCHS = 10
_BATCH = 32

_ARCHITECTURE = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "length": 262144,
    "ngram_size": 1,
    "no_output_layer": False,
}

Guess = Callable[[Sequence[str], Sequence[int], Sequence[str]], Floats]


def baselines(study: Study, readings: Readings, level: int) -> dict[str, Trial]:
    """Return the trials by name: majority, keyword lexicon, TF-IDF + logistic regression, spaCy textcat."""
    found = {"majority": _tried(study, level, _majority(study, level))}
    context = (PRIOR, QUESTION, FOLLOW_UP, SECTION, EXAMPLES)
    alone = leave_one_out(
        replace(study, context=False),
        readings,
        level,
        learn=lambda some: train(replace(some, codings=(), decisions=()), readings, leave_out=context),
        chained=False,
    )
    if alone is not None:
        found["keyword lexicon"] = alone
    with suppress(ImportError):  # a dependency of the tests: its line is missing then
        found["TF-IDF + logistic regression"] = _tried(study, level, _logistic(study, level))
    found["spaCy textcat"] = _tried(study, level, _textcat(study, level))
    return found


def _size(study: Study, level: int) -> int:
    codeset = CodeSet.of(study.codes)
    return len(codeset.headings) if level else codeset.size


def _tried(study: Study, level: int, guess: Guess) -> Trial:
    """Try a guesser: it gets texts and their main choice, and gives scores (texts x choices) for other texts."""
    codeset = CodeSet.of(study.codes)
    units = [
        unit for document in study.documents if document.id in coded_documents(study) for unit in units_of(document)
    ]
    shared = labels_of(units, study, codeset).shared
    shared = codeset.to_headings(shared, highest=False) if level else shared
    main = np.where(shared.sum(axis=1) > 0, shared.argmax(axis=1), -1)
    said = np.zeros(shared.shape)
    for document_id in coded_documents(study):
        inside = [at for at, unit in enumerate(units) if unit.document_id == document_id]
        others = [at for at, unit in enumerate(units) if unit.document_id != document_id and main[at] >= 0]
        said[inside] = guess(
            [units[at].text for at in others], [int(main[at]) for at in others], [units[at].text for at in inside]
        )
    return Trial(said, said, shared > 0, main.astype(np.int64))


def _majority(study: Study, level: int) -> Guess:
    size = _size(study, level)

    def guess(_texts: Sequence[str], given: Sequence[int], asked: Sequence[str]) -> Floats:
        counts = np.bincount(np.array(given, dtype=np.int64), minlength=size) / max(len(given), 1)
        return np.tile(counts, (len(asked), 1))

    return guess


def _logistic(study: Study, level: int) -> Guess:
    texts_module: Any = importlib.import_module("sklearn.feature_extraction.text")
    linear: Any = importlib.import_module("sklearn.linear_model")
    size = _size(study, level)

    def guess(texts: Sequence[str], given: Sequence[int], asked: Sequence[str]) -> Floats:
        vectors = texts_module.TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1)
        model = linear.LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000)
        model.fit(vectors.fit_transform(texts), given)
        said = np.zeros((len(asked), size))
        said[:, model.classes_] = model.predict_proba(vectors.transform(asked))
        return said

    return guess


def _textcat(study: Study, level: int) -> Guess:
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    size = _size(study, level)

    def guess(texts: Sequence[str], given: Sequence[int], asked: Sequence[str]) -> Floats:
        fix_random_seed(0)
        nlp = spacy.blank("en")
        component: Any = nlp.add_pipe("textcat", config={"model": _ARCHITECTURE})
        for choice in range(size):
            component.add_label(str(choice))
        examples = [
            Example.from_dict(
                nlp.make_doc(text), {"cats": {str(choice): float(choice == one) for choice in range(size)}}
            )
            for text, one in zip(texts, given, strict=True)
        ]
        optimizer = nlp.initialize(lambda: examples)
        for _ in range(_EPOCHS):
            for at in range(0, len(examples), _BATCH):
                nlp.update(examples[at : at + _BATCH], sgd=optimizer, drop=0.2)
        return np.array([[doc.cats[str(choice)] for choice in range(size)] for doc in nlp.pipe(asked)])

    return guess
