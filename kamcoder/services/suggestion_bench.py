"""`kamcoder bench suggestions`: how good and how fast suggestions are on a project's own codings, beside other ways."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from kamcoder.domain.suggesting import Study, Tier
from kamcoder.services.jobs import Progress, silent

if TYPE_CHECKING:
    from kamcoder.suggest.evaluating import Trial
    from kamcoder.suggest.sheets import Readings

_TIMES = 3
_STEPS = 7


@dataclass(frozen=True, slots=True)
class BenchLine:
    """One way to suggest, tried on the same units."""

    name: str
    macro_f1: float
    top1: float
    top2: float
    top3: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Bench:
    """All figures of one coder's codings at one level (1: headings, 0: every code by itself)."""

    coder: str
    level: int
    lines: tuple[BenchLine, ...]
    baselines: tuple[BenchLine, ...]
    quality: dict[str, Any]
    rehearsal: dict[str, Any]
    rehearsal_error: float
    speed: dict[str, float]

    def record(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)


def bench(study: Study, coder: str, *, level: int, tier: Tier = Tier.MODEL, progress: Progress = silent) -> Bench:
    """Measure; takes minutes. Figures of what is read after the document was held out, see suggestion_quality."""
    from kamcoder.suggest import baselines, evaluating, rehearsing
    from kamcoder.suggest.engine import Engine

    engine = Engine(tier=tier)
    readings = engine.readings
    progress(0, _STEPS, "reading")
    speed = _speed(study, engine)
    progress(1, _STEPS, "evidence")
    lines = [_line(name, trial) for name, trial in _ablation(study, readings, level)]
    progress(3, _STEPS, "baselines")
    others = [_line(name, trial) for name, trial in baselines.baselines(study, readings, level).items()]
    progress(4, _STEPS, "learning curve")
    quality = evaluating.evaluate(study, readings, level=level)
    progress(5, _STEPS, "coding in order")
    step = rehearsing.rehearse(study, readings, level=level)
    progress(_STEPS, _STEPS, "")
    error = evaluating.reliability(step.trial)[0]
    return Bench(
        coder, level, tuple(lines), tuple(others), asdict(quality), asdict(step.figures), round(error, 4), speed
    )


def _line(name: str, trial: "Trial") -> BenchLine:
    from kamcoder.suggest.evaluating import reliability

    figures = (trial.macro_f1(), trial.hits(1), trial.hits(2), trial.hits(3), reliability(trial)[0])
    return BenchLine(name, *(round(figure, 4) for figure in figures))


def _ablation(study: Study, readings: "Readings", level: int) -> list[tuple[str, "Trial"]]:
    """Try the sources of evidence, each with those before it."""
    from kamcoder.suggest.evaluating import leave_one_out
    from kamcoder.suggest.learning import train
    from kamcoder.suggest.stacking import EXAMPLES, RULES

    def cold(some: Study, *left_out: int) -> Any:
        return train(replace(some, codings=(), decisions=()), readings, leave_out=left_out)

    alone = replace(study, context=False)
    tries: list[tuple[str, Study, Callable[[Study], Any] | None, bool]] = [
        ("cold: rules", alone, lambda some: cold(some, EXAMPLES), False),
        ("cold: rules, examples", alone, cold, False),
        ("cold: all", study, cold, True),
        ("trained: words", alone, lambda some: train(some, readings, leave_out=(RULES, EXAMPLES)), False),
        ("trained: words, rules", alone, lambda some: train(some, readings, leave_out=(EXAMPLES,)), False),
        ("trained: words, rules, examples", alone, None, False),
        ("trained: and questions", study, None, False),
        ("trained: all", study, None, True),
    ]
    found = []
    for name, some, learn, chained in tries:
        trial = leave_one_out(some, readings, level, learn=learn, chained=chained)
        if trial is not None:
            found.append((name, trial))
    return found


def _speed(study: Study, engine: Any) -> dict[str, float]:
    """Return seconds (best of three where nothing is read for the first time) and memory in MB."""
    base = _peak()
    figures = {"load": _seconds(engine.warm)}
    longest = max(study.documents, key=lambda document: len(document.text), default=None)
    if longest is None:
        return figures
    bare = replace(study, codings=(), decisions=())
    model = engine.train(bare)
    opening = longest.turns[min(2, len(longest.turns) - 1)].span if longest.turns else None
    figures["first screen"] = _seconds(lambda: next(engine.stream(bare, model, longest.id, first=opening)))
    figures["document, first time"] = _seconds(lambda: engine.suggest(bare, model, longest.id))
    figures["words of it"] = float(len(longest.text.split()))
    engine.train(study)
    figures["learn"] = min(_seconds(lambda: engine.train(study)) for _ in range(_TIMES))
    trained = engine.train(study)
    figures["score again"] = min(_seconds(lambda: engine.suggest(study, trained, longest.id)) for _ in range(_TIMES))
    figures["memory over base (MB)"] = round(_peak() - base, 1)
    return figures


def _peak() -> float:
    """Return the most memory the process has had, in MB; 0 on a system that does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return round(time.perf_counter() - begin, 3)
