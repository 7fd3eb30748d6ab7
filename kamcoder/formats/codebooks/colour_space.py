"""Arithmetic of colours: sRGB, OKLab (Ottosson 2020), and how colours look without one kind of cone.

Distances are taken in OKLab, where 1 is the step from black to white, and are the smallest over full colour vision and
the three kinds of dichromacy, simulated in linear RGB by the matrices of Machado, Oliveira and Fernandes (2009).
"""

import math
import operator
from functools import lru_cache

Triple = tuple[float, float, float]

_DICHROMACY: tuple[tuple[Triple, Triple, Triple], ...] = (
    (  # protanopia
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (  # deuteranopia
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    (  # tritanopia
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
)


def linear(colour: str) -> Triple:
    """Return the linear parts, 0 to 1, of a #RRGGBB."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance of a #RRGGBB, 0 to 1, as contrast ratios use it."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def oklab(rgb: Triple) -> Triple:
    """Return lightness, green-red and blue-yellow of linear RGB."""
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def linear_from_oklab(lab: Triple) -> Triple:
    """Return linear RGB; parts outside 0 to 1 mean that no screen shows the colour."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def written(rgb: Triple) -> str:
    """Return linear RGB, clipped to 0 to 1, as #RRGGBB."""
    clipped = map(_clipped, rgb)
    encoded = [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in clipped]
    return "#" + "".join(f"{round(255 * part):02X}" for part in encoded)


def distance(one: str, other: str) -> float:
    """Return how far apart two #RRGGBB are for the eyes that tell them apart least (OKLab)."""
    return min(map(math.dist, _views(one), _views(other)))


def _clipped(part: float) -> float:
    return min(max(part, 0.0), 1.0)


@lru_cache(maxsize=4096)
def _views(colour: str) -> tuple[Triple, ...]:
    full = linear(colour)
    seen = [full]
    for matrix in _DICHROMACY:
        red, green, blue = (sum(map(operator.mul, row, full)) for row in matrix)
        seen.append((_clipped(red), _clipped(green), _clipped(blue)))
    return tuple(oklab(rgb) for rgb in seen)
