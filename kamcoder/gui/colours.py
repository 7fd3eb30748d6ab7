"""Contrast between colours, and colours moved until they keep one."""

from PySide6.QtGui import QColor


def luminance(colour: QColor) -> float:
    """Return the relative luminance (WCAG 2.2) of a colour, 0 to 1."""
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio (WCAG 2.2) of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return `one` with `share` (0 to 1) of `other` in it."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def kept_apart(colour: QColor, ground: QColor, towards: QColor, ratio: float) -> QColor:
    """Return `colour`, mixed with as little of `towards` as gives it this contrast to `ground`."""
    if contrast(colour, ground) >= ratio:
        return colour
    low, high = 0.0, 1.0
    for _ in range(7):
        middle = (low + high) / 2
        if contrast(mixed(colour, towards, middle), ground) >= ratio:
            high = middle
        else:
            low = middle
    return mixed(colour, towards, high)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
