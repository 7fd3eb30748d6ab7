"""A threshold of its own for each code: as far as its codings carry it, and never without."""

import numpy as np
import pytest

from kamcoder.suggest.thresholds import fit_shifts, shown_from


def scores(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return scores of which those from .3 on are right, and what is right."""
    said = np.tile(np.linspace(0.05, 0.95, 10), count)[:, None]
    return said, (said > 0.3) * 1.0


def test_a_code_that_is_right_below_the_threshold_is_shown_sooner() -> None:
    said, right = scores(50)
    shifts = fit_shifts(said, right, np.ones(len(said)))
    assert -0.25 < shifts[0] < -0.1
    assert shown_from(0.5, shifts)[0] == pytest.approx(0.5 + shifts[0])
    assert shown_from(0.0, shifts)[0] == 0.0


def test_few_codings_move_little_and_too_few_nothing() -> None:
    many, some, few = (fit_shifts(*scores(count), np.ones(10 * count))[0] for count in (50, 5, 1))
    assert many < some < 0
    assert few == 0


def test_units_that_stand_for_others_count_for_them() -> None:
    said, right = scores(20)
    wrong = np.where(right[:, 0] > 0, 1.0, 30.0)
    assert fit_shifts(said, right, wrong)[0] >= fit_shifts(said, right, np.ones(len(said)))[0]
