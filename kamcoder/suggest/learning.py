"""How a model is made from a study."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.suggesting import Study
from kamcoder.suggest import stacking
from kamcoder.suggest.chain import Transitions, learn_transitions, neighbours, step_kinds
from kamcoder.suggest.codeset import CodeSet
from kamcoder.suggest.codewords import CodeWords, code_words
from kamcoder.suggest.evidence import CONTEXT, Evidence, TextScores, chances, gather
from kamcoder.suggest.kernel import Floats, Integers, Space, fit
from kamcoder.suggest.labels import Labels, labels_of
from kamcoder.suggest.lexicon import lexicon_of
from kamcoder.suggest.model import Learned, Model, scattered
from kamcoder.suggest.rules import rule_scores
from kamcoder.suggest.sheets import Readings, Sheet
from kamcoder.suggest.tables import Tables, Tally
from kamcoder.suggest.thresholds import fit_shifts
from kamcoder.suggest.units import units_of
from kamcoder.suggest.vocabulary import vocabulary
from kamcoder.suggest.words import stems

#: Below so many codings, and for a code with fewer than so many, suggestions come from rules alone.
FEWEST_CODINGS, FEWEST_OF_A_CODE = 20, 3

_MOST_ROWS = 1500
_ENOUGH_HEADINGS = 4
#: With so many codings what they teach about headings, and about the codes under them, is believed by half.
_HALF_BELIEVED, _CODES_HALF_BELIEVED = 80.0, 250.0
_READ_FOR_RARITY = 300_000
_UNREAD = 100
_STRENGTH = 0.6
_STRENGTHS = (0.0, 0.35, 0.6, 0.85)
_REJECTED = -0.5
_WORTH_CALIBRATING = 0.004


@dataclass(frozen=True)
class Lesson:
    """Units to learn from, with what is known of them; `groups` are held out together, `top` and `leaf` are shares.

    `times` tells how many units of a long study each stands for, see `_thinned`.
    """

    sheet: Sheet
    labels: Labels
    groups: Integers
    rules: Floats
    top: Floats
    leaf: Floats
    times: Floats

    @property
    def counted(self) -> Floats:
        """Return the shares of the headings (and none), each unit as often as it stands for others."""
        return np.asarray(self.top * self.times[:, None])


@dataclass(frozen=True)
class Course:
    """All that a study teaches: the model, the lesson, and the chances that each unit had without its own group."""

    model: Model
    lesson: Lesson
    held_out: Floats


def train(study: Study, readings: Readings, *, leave_out: tuple[int, ...] = ()) -> Model:
    """Learn from a study; the same study gives the same model. `leave_out` are sources not to be used."""
    return take_course(study, readings, leave_out=leave_out).model


def take_course(study: Study, readings: Readings, *, leave_out: tuple[int, ...] = ()) -> Course:
    """Learn from a study and keep what was learned from."""
    codeset = CodeSet.of(study.codes)
    readings.use(study)
    language = Counter(document.language for document in study.documents).most_common(1)
    spoken = language[0][0] if language else "en"
    words = code_words(codeset.codes, Codebook(study.codes), study.guide, _rarity(study), vocabulary(spoken))
    lesson = _lesson(study, readings, codeset, words)
    number = sum(coding.code_id in codeset.places for coding in study.codings)
    learns = number >= FEWEST_CODINGS and _wide_enough(study, codeset) and len(lesson.sheet.units) > 0
    counted = _tally(lesson, codeset, words.reasons)
    tables = counted.tables() if learns else Tables(codeset, words.reasons)
    model = Model(
        codeset, words, tables, None, stacking.HEADING_DEFAULTS, stacking.CODE_DEFAULTS, _transitions(lesson, tables),
        _STRENGTH if study.context else 0.0, (1.0, 0.0), (1.0, 0.0), calibrated=False, codings=number,
        tier=readings.reader(spoken).tier, left_out=(*leave_out, *(() if study.context else CONTEXT)),
        rules=hashlib.sha256(repr((lexicon_of(study, spoken), study.cast, study.wordings)).encode()).hexdigest()[:12],
        examples=readings.examples(codeset, spoken),
    )  # fmt: skip
    if not learns:
        return Course(model, lesson, np.zeros((0, codeset.size + 1)))
    return _learned(study, lesson, model, counted)


def _wide_enough(study: Study, codeset: CodeSet) -> bool:
    """Tell whether the codings reach over enough headings: an interview's beginning tells of its first questions."""
    places = [codeset.places[coding.code_id] for coding in study.codings if coding.code_id in codeset.places]
    counts = np.bincount(codeset.heading[places], minlength=len(codeset.headings))
    return int((counts >= FEWEST_OF_A_CODE).sum()) >= min(len(codeset.headings), _ENOUGH_HEADINGS)


def _learned(study: Study, lesson: Lesson, model: Model, counted: Tally) -> Course:
    codeset = model.codeset
    learned, text = _learn_words(study, lesson, codeset)
    evidence = _held_out(lesson, text, model, counted).only(*model.left_out)
    heading_weights, code_weights = _weights(evidence, lesson, codeset)
    # Few codings come from few places of few interviews: what they teach is believed by degrees.
    number = model.codings
    heading_weights = _between(stacking.HEADING_DEFAULTS, heading_weights, number / (number + _HALF_BELIEVED))
    code_weights = _between(stacking.CODE_DEFAULTS, code_weights, number / (number + _CODES_HALF_BELIEVED))
    own = chances(evidence, heading_weights, code_weights, codeset)
    strength, final = 0.0, own
    if study.context:
        alone = chances(evidence.only(*CONTEXT), heading_weights, code_weights, codeset)
        alone[[unit.idle for unit in lesson.sheet.units]] = model.tables.states()
        strength, final = _chained(own, alone, lesson, model)
    places = np.arange(len(final))
    curve, heading_curve = _curves(final, places, lesson, codeset)
    curve_known, heading_curve_known = curve, heading_curve
    if not set(CONTEXT) & set(model.left_out):
        known, chances_known = _after_known(own, alone, lesson, replace(model, strength=strength))
        curve_known, heading_curve_known = _curves(chances_known, known, lesson, codeset)
    said: Floats = np.asarray(1 / (1 + np.exp(-(curve[0] * stacking.log_odds(final[:, :-1]) + curve[1]))))
    shifts = fit_shifts(said, np.asarray((lesson.labels.shared > 0) * 1.0), lesson.times)
    made = replace(
        model, learned=learned, shifts=shifts, heading_weights=heading_weights, code_weights=code_weights,
        strength=strength, curve=curve, heading_curve=heading_curve, curve_known=curve_known,
        heading_curve_known=heading_curve_known,
        calibrated=True,
    )  # fmt: skip
    return Course(made, lesson, final)


def _between(defaults: Floats, learned: Floats, belief: float) -> Floats:
    return defaults + belief * (learned - defaults)


def _tally(lesson: Lesson, codeset: CodeSet, reasons: tuple[bool, ...], inside: Integers | None = None) -> Tally:
    """Count the units of a lesson, or some of them."""
    places = np.arange(len(lesson.sheet.units)) if inside is None else inside
    leaf = lesson.leaf[places] * lesson.times[places, None]
    return Tally.of(codeset, reasons, [lesson.sheet.units[at] for at in places], lesson.counted[places], leaf)


def _rarity(study: Study) -> dict[str, float]:
    """Return the share of sentences of the interviews (as far as needed) that hold each stem."""
    counts: Counter[str] = Counter()
    sentences, characters = 0, 0
    for document in study.documents:
        if characters > _READ_FOR_RARITY:
            break
        for unit in units_of(document):
            counts.update(set(stems(unit.text)))
            sentences += 1
            characters += len(unit.text)
            if characters > _READ_FOR_RARITY:
                break
    # A short text says little about how rare a word is.
    return {stem: count / (sentences + _UNREAD) for stem, count in counts.items()}


def _lesson(study: Study, readings: Readings, codeset: CodeSet, words: CodeWords) -> Lesson:
    touched = {coding.document_id for coding in study.codings} | {item.document_id for item in study.decisions}
    sheet = Sheet((), ())
    for document in study.documents:
        if document.id in touched:
            sheet = sheet.joined(readings.sheet(document))
    labels = labels_of(sheet.units, study, codeset)
    kept, times = _thinned(labels)
    sheet = sheet.part(kept)
    labels = Labels(
        labels.shared[kept], labels.empty[kept], labels.rejected[kept], tuple(labels.codings[i] for i in kept)
    )
    carried = (labels.shared > 0).astype(np.float64)
    leaf = carried / np.maximum(carried.sum(axis=1, keepdims=True), 1.0)
    tops = codeset.to_headings(carried) if len(kept) else np.zeros((0, len(codeset.headings)))
    top = np.hstack([tops, ((carried.sum(axis=1) == 0) * 1.0)[:, None]])
    top /= top.sum(axis=1, keepdims=True)
    return Lesson(sheet, labels, _groups(sheet), rule_scores(sheet.read, words, codeset), top, leaf, times)


def _thinned(labels: Labels) -> tuple[list[int], Floats]:
    """Return the places of what is known, and how many units each stands for.

    Of more than 1,500 the uncoded, then the commonest, are thinned evenly; what is left of the uncoded, or of the
    coded, stands for the rest, so that chances stay what they are.
    """
    kept = np.flatnonzero(labels.known > 0)
    if len(kept) <= _MOST_ROWS:
        return [int(at) for at in kept], np.ones(len(kept))
    carried = labels.shared[kept] > 0
    spread = carried.sum(axis=0)
    # The rarest code of a unit tells how dear it is; nothing is cheaper than a unit without a code.
    cost = np.where(carried, spread[None, :], len(kept)).min(axis=1).astype(np.float64)
    order = np.arange(len(kept))
    even = (order * 0.6180339887498949) % 1.0  # spreads evenly over the order for any cut
    chosen = np.sort(np.argsort(even * cost, kind="stable")[:_MOST_ROWS])
    coded = carried.sum(axis=1) > 0
    stands = [float((coded == kind).sum()) / max(float((coded[chosen] == kind).sum()), 1.0) for kind in (False, True)]
    return [int(at) for at in kept[chosen]], np.where(coded[chosen], stands[1], stands[0])


def _groups(sheet: Sheet) -> Integers:
    """Return what is held out together: documents where there are three or more, else turns."""
    documents = [unit.document_id for unit in sheet.units]
    keys: list[object] = list(documents)
    if len(set(documents)) < 3:
        keys = [(unit.document_id, unit.turn) for unit in sheet.units]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return np.array([places[key] for key in keys], dtype=np.int64)


def _learn_words(study: Study, lesson: Lesson, codeset: CodeSet) -> tuple[Learned | None, TextScores | None]:
    """Fit the words; a code needs three codings. Return also what each unit gets without its own group."""
    counts = Counter(codeset.places[coding.code_id] for coding in study.codings if coding.code_id in codeset.places)
    carried = (lesson.labels.shared > 0).astype(np.float64)
    heading_counts = Counter(int(codeset.heading[place]) for place, count in counts.items() for _ in range(count))
    codes = [place for place in range(codeset.size) if counts[place] >= FEWEST_OF_A_CODE]
    headings = [place for place in range(len(codeset.headings)) if heading_counts[place] >= FEWEST_OF_A_CODE]
    columns = np.array([*codes, codeset.size, *(codeset.size + 1 + place for place in headings)], dtype=np.int64)
    none = (carried.sum(axis=1) == 0)[:, None] * 1.0
    targets = np.hstack([carried, none, codeset.to_headings(carried)])
    targets[:, : codeset.size] += _REJECTED * lesson.labels.rejected
    if not codes or len(np.unique(lesson.groups)) < 2:
        return None, None
    sentences = [item.reading.features for item in lesson.sheet.read]
    space = Space.of(sentences)
    rows = space.rows(sentences)
    found = fit(rows, len(space.columns), targets[:, columns], lesson.groups)
    weights = found.weights.astype(np.float32).astype(np.float64)
    of_codes = [(at, place) for at, coded in enumerate(lesson.labels.codings) for place in sorted(coded)]
    learned = Learned(
        space, weights, found.offsets, columns,
        space.rows([_near_features(sentences[at]) for at, _ in of_codes]),
        tuple(lesson.labels.codings[at][place] for at, place in of_codes),
        np.array([place for _, place in of_codes], dtype=np.int64),
    )  # fmt: skip
    return learned, scattered(found.held_out, columns, codeset)


def _near_features(features: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    return (features[0], (), features[2])


def _held_out(lesson: Lesson, text: TextScores | None, model: Model, counted: Tally) -> Evidence:
    """Return the evidence for each unit as it would be without its own group."""
    size, codeset = len(lesson.sheet.units), model.codeset
    examples = None
    if model.examples is not None:
        examples = model.examples.said_of([item.reading.features for item in lesson.sheet.read], codeset)
    headings = np.zeros((size, len(codeset.headings) + 1, len(stacking.SOURCES)))
    codes = np.zeros((size, codeset.size, len(stacking.SOURCES)))
    for group in np.unique(lesson.groups):
        inside = np.flatnonzero(lesson.groups == group)
        units = [lesson.sheet.units[at] for at in inside]
        tables = counted.tables(without=_tally(lesson, codeset, counted.reasons, inside))
        said, shown = (scores.part(inside) if scores is not None else None for scores in (text, examples))
        found = gather(units, lesson.rules[inside], said, tables, shown)
        headings[inside], codes[inside] = found.headings, found.codes
    return Evidence(headings, codes)


def _weights(evidence: Evidence, lesson: Lesson, codeset: CodeSet) -> tuple[Floats, Floats]:
    sure = np.flatnonzero((lesson.top[:, :-1].sum(axis=1) > 0) | (lesson.labels.empty > 0))
    heading_weights = stacking.fit_weights(
        evidence.headings[sure], lesson.top[sure], stacking.HEADING_DEFAULTS, times=lesson.times[sure]
    )
    rows, wanted, open_to = [], [], []
    for inside in codeset.members:
        share = np.zeros_like(lesson.leaf)
        share[:, inside] = lesson.leaf[:, inside]
        having = np.flatnonzero(share.sum(axis=1) > 0)
        if len(inside) > 1 and len(having):
            rows.append(evidence.codes[having])
            wanted.append(share[having] / share[having].sum(axis=1, keepdims=True))
            choices = np.zeros((len(having), codeset.size), dtype=bool)
            choices[:, inside] = True
            open_to.append(choices)
    if not rows:
        return heading_weights, stacking.CODE_DEFAULTS
    code_weights = stacking.fit_weights(
        np.concatenate(rows), np.concatenate(wanted), stacking.CODE_DEFAULTS, open_to=np.concatenate(open_to)
    )
    return heading_weights, code_weights


def _sequences(lesson: Lesson) -> list[list[int]]:
    places = range(len(lesson.sheet.units))
    return [list(found) for _, found in groupby(places, key=lambda at: lesson.sheet.units[at].document_id)]


def _transitions(lesson: Lesson, tables: Tables) -> Transitions:
    kinds = step_kinds(lesson.sheet.units)
    shares = np.hstack([lesson.leaf, lesson.top[:, [-1]]])
    sequences = [[(shares[at], int(kinds[at])) for at in places] for places in _sequences(lesson)]
    return learn_transitions(tables.states(), sequences)


def _chained(own: Floats, alone: Floats, lesson: Lesson, model: Model) -> tuple[float, Floats]:
    """Return how much neighbours are to count (what suits the held-out units best), and the chances with them.

    `own` are the units' chances, `alone` those without their questions: neighbours share the question as a rule.
    """
    before, behind = _heard(alone, np.zeros_like(lesson.leaf), lesson, replace(model, strength=1.0))
    wanted = np.hstack([lesson.leaf, lesson.top[:, [-1]]])
    best, best_fit, best_chances = _STRENGTH, -np.inf, own
    for strength in _STRENGTHS:
        found = stacking.softmax(np.log(np.maximum(own, 1e-12)) + strength * (before + behind))
        quality = float((wanted * np.log(np.maximum(found, 1e-12))).sum()) - 5.0 * abs(strength - _STRENGTH)
        if quality > best_fit:
            best, best_fit, best_chances = strength, quality, found
    return best, best_chances


def _after_known(own: Floats, alone: Floats, lesson: Lesson, model: Model) -> tuple[Integers, Floats]:
    """Return the places of the units that follow a coded one, and their chances while they are to be coded next."""
    before, _ = _heard(alone, lesson.labels.shared, lesson, model)
    _, behind = _heard(alone, np.zeros_like(lesson.leaf), lesson, model)
    coded = lesson.labels.shared.sum(axis=1) > 0
    known = [two for places in _sequences(lesson) for one, two in pairwise(places) if coded[one]]
    final = stacking.softmax(np.log(np.maximum(own, 1e-12)) + before + behind)
    return np.array(known, dtype=np.int64), final[known]


def _heard(alone: Floats, carried: Floats, lesson: Lesson, model: Model) -> tuple[Floats, Floats]:
    """Return what neighbours add from before and from behind."""
    kinds, prior = step_kinds(lesson.sheet.units), model.tables.states()
    before, behind = np.zeros_like(alone), np.zeros_like(alone)
    for places in _sequences(lesson):
        before[places], behind[places] = neighbours(
            alone[places], carried[places], kinds[places], model.transitions, prior, model.strength
        )
    return before, behind


def _curves(
    final: Floats, places: Integers, lesson: Lesson, codeset: CodeSet
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the curves for codes and for headings that make the chances of some units right."""
    found = []
    for said, right in (
        (final[:, :-1], lesson.labels.shared[places] > 0),
        (codeset.to_headings(final[:, :-1], highest=False), lesson.top[places, :-1] > 0),
    ):
        worth = said > _WORTH_CALIBRATING
        times = np.broadcast_to(lesson.times[places, None], said.shape)[worth]
        found.append(stacking.fit_curve(stacking.log_odds(said[worth]), right[worth].astype(np.float64), times))
    return found[0], found[1]
