"""The older alpha for unitizing, replaced in 2016, for comparing with programs that still compute it.

Krippendorff (1995), "On the reliability of unitizing continuous data"; Content Analysis, 2nd edition, pages 251-256. It
punishes units by the squares of how far their ends lie apart, for each code by itself.
"""

from dataclasses import dataclass

from kamcoder.analysis.agreement.segments import Segment


@dataclass(frozen=True, slots=True)
class Differing:
    """Observed and expected disagreement on one code."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        """Return 1 - observed/expected; None if nobody used the code."""
        return 1 - self.observed / self.expected if self.expected else None


def differing(units: list[list[Segment]], *, total: int) -> Differing:
    """Return the disagreement of coders on the units of one code, ordered and disjoint, in text [0, total)."""
    coders = len(units)
    gaps = [_gaps(own, total) for own in units]
    observed = sum(
        _apart(units[i], units[j]) + _inside(units[i], gaps[j]) + _inside(units[j], gaps[i])
        for i in range(coders)
        for j in range(coders)
        if i != j
    )
    lengths = [end - start for own in units for start, end in own]
    free = [end - start for own in gaps for start, end in own]
    among_units = sum((len(lengths) - 1) / 3 * (2 * size**3 - 3 * size**2 + size) for size in lengths)
    in_gaps = sum(size**2 * sum(gap - size + 1 for gap in free if gap >= size) for size in lengths)
    places = coders * total * (coders * total - 1) - sum(size * (size - 1) for size in lengths)
    return Differing(
        observed / (coders * (coders - 1) * total**2), 2 / total * (among_units + in_gaps) / places if places else 0.0
    )


def alpha_u(codes: list[Differing]) -> float | None:
    """Return the alpha over several codes; None if none was used."""
    expected = sum(code.expected for code in codes)
    return 1 - sum(code.observed for code in codes) / expected if expected else None


def _gaps(units: list[Segment], total: int) -> list[Segment]:
    bounds = [0, *(bound for unit in units for bound in unit), total]
    return [(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if start < end]


def _apart(first: list[Segment], second: list[Segment]) -> int:
    return sum(
        (start - low) ** 2 + (end - high) ** 2
        for start, end in first
        for low, high in second
        if start < high and low < end
    )


def _inside(units: list[Segment], gaps: list[Segment]) -> int:
    """Return the squared lengths of the units that lie wholly in a gap of the other coder."""
    return sum((end - start) ** 2 for start, end in units if any(low <= start and end <= high for low, high in gaps))
