"""A document to hand out, as every writer takes it: what stands in it and in which order, not how it looks."""

from collections.abc import Iterator
from dataclasses import dataclass

from kamcoder.formats.tables.grid import Grid


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; with `new_page` it begins a page where there are pages."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line ends in it begin paragraphs of their own. A `quiet` one is an aside."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody said, and where it stands, such as `A-CEO ¶14`."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from 1 or with bullets."""

    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what is to be said under each."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A table, with the counts shaded by their size if `heat`."""

    grid: Grid
    heat: bool = True


Block = Heading | Text | Quotation | Items | Facts | Figures


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks on pages of the same shape; a `wide` part lies on its side."""

    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document; `contents` heads its table of contents (empty: none), which goes down to the level `depth`."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    contents: str = ""
    depth: int = 2
    lang: str = "en"

    def headings(self) -> Iterator[tuple[int, Heading]]:
        """Yield the headings of the table of contents with their numbers, counted over all headings from 1."""
        number = 0
        for part in self.parts:
            for block in part.blocks:
                if isinstance(block, Heading):
                    number += 1
                    if block.level <= self.depth:
                        yield number, block


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, empty ones left out."""
    return [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
