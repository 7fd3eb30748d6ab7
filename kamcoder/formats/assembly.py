"""Put runs of text together into paragraphs, for the formats that come as a tree or a stream of marked-up runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from operator import itemgetter

from kamcoder.domain.errors import ImportRefused, Notice
from kamcoder.domain.transcript import Extracted, Paragraph, ParagraphKind
from kamcoder.formats.decoding import Normalised, normalise

Run = tuple[str, bool]  # text, and whether it is bold


@dataclass(slots=True)
class Tally:
    """What was left out or replaced while a file was read, for its notices."""

    controls: int = 0
    soft_hyphens: int = 0
    surrogates: int = 0
    deletions: int = 0
    comments: int = 0

    def add(self, cleaned: Normalised) -> None:
        """Count what `normalise` did."""
        self.controls += cleaned.controls
        self.soft_hyphens += cleaned.soft_hyphens
        self.surrogates += cleaned.surrogates

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Give one notice for each thing that happened."""
        counts = {
            "controls_dropped": self.controls,
            "soft_hyphens_dropped": self.soft_hyphens,
            "surrogates_replaced": self.surrogates,
            "deletions_left_out": self.deletions,
            "comments_left_out": self.comments,
        }
        return tuple(Notice(key, {"count": count}) for key, count in counts.items() if count)


class Assembler:
    """Collect runs of text, line breaks and gaps into `paragraphs`; an empty paragraph becomes a gap."""

    def __init__(self, tally: Tally | None = None) -> None:
        self.tally = tally or Tally()
        self.paragraphs: list[Paragraph] = []
        self._runs: list[Run] = []
        self._gap = False

    def add(self, text: str, *, bold: bool = False) -> None:
        """Add a run to the paragraph being built; any line end in it will begin another paragraph."""
        self._runs.append((text, bold))

    def gap(self) -> None:
        """Note that an empty line stands before what comes next."""
        self._gap = True

    def end(self, kind: ParagraphKind = ParagraphKind.BODY) -> None:
        """Close the paragraph: one Paragraph of `kind` for each of its lines that is not empty."""
        runs, self._runs = self._runs, []
        for line in _lines(self._cleaned(runs)):
            paragraph = _paragraph(line, kind)
            if paragraph is None:
                self._gap = True
                continue
            self.extend([replace(paragraph, gap_before=self._gap) if self._gap else paragraph])

    def end_if_begun(self, kind: ParagraphKind = ParagraphKind.BODY) -> bool:
        """Close the paragraph if it holds more than white space, and tell; otherwise forget it, without a gap."""
        begun = any(text and not text.isspace() for text, _ in self._runs)
        if begun:
            self.end(kind)
        self._runs = []
        return begun

    def extend(self, paragraphs: Iterable[Paragraph]) -> None:
        """Append paragraphs that were made elsewhere."""
        before = len(self.paragraphs)
        self.paragraphs.extend(paragraphs)
        if len(self.paragraphs) > before:
            self._gap = False

    def row(self, cells: Sequence[Sequence[Paragraph]]) -> None:
        """Append a table row, given the paragraphs of each cell; see `table_row`."""
        rows = table_row(cells)
        if rows and self._gap:
            rows[0] = replace(rows[0], gap_before=True)
        self.extend(rows)

    def _cleaned(self, runs: list[Run]) -> list[Run]:
        cleaned = []
        # Runs of the same weight are put together first: a surrogate pair or CR LF may be cut between two of them.
        for bold, group in groupby(runs, key=itemgetter(1)):
            normalised = normalise("".join([text for text, _ in group]), trim=False)
            self.tally.add(normalised)
            cleaned.append((normalised.text, bold))
        return cleaned


def table_row(cells: Sequence[Sequence[Paragraph]]) -> list[Paragraph]:
    """Give the paragraphs of a table row: one TABLE_ROW for each line of its longest cell, then notes and inner tables.

    A transcript set as a table often has several paragraphs in the cell of the speech; each becomes a row of its own in
    which the other cells are empty. A table of a single column is only a frame: its paragraphs stay what they are.
    """
    if len(cells) == 1:
        return list(cells[0])
    inline = [[each for each in cell if each.kind not in _AFTER_ROW] for cell in cells]
    after = [each for cell in cells for each in cell if each.kind in _AFTER_ROW]
    return [_joined(line) for line in zip_longest(*inline)] + after


def as_footnotes(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Give the paragraphs of a note as FOOTNOTE, without the space after the note's number; tables stay rows."""
    return [
        each if each.kind is ParagraphKind.TABLE_ROW else replace(stripped(each), kind=ParagraphKind.FOOTNOTE)
        for each in paragraphs
    ]


def stripped(paragraph: Paragraph) -> Paragraph:
    """Give a paragraph without white space at its ends."""
    text = paragraph.text.strip()
    shift = len(paragraph.text) - len(paragraph.text.lstrip())
    bold = ((max(0, start - shift), min(end - shift, len(text))) for start, end in paragraph.bold)
    return replace(paragraph, text=text, bold=tuple((start, end) for start, end in bold if start < end))


def finish(
    *,
    format_key: str,
    name: str,
    paragraphs: Sequence[Paragraph],
    encoding: str | None = None,
    notices: Iterable[Notice] = (),
) -> Extracted:
    """Make the reader's answer; raises ImportRefused for a file without any text."""
    if not paragraphs:
        raise ImportRefused("import_no_text", name=name)
    return Extracted(format_key, encoding, tuple(paragraphs), tuple(notices))


_AFTER_ROW = frozenset({ParagraphKind.TABLE_ROW, ParagraphKind.FOOTNOTE})


def _joined(line: Sequence[Paragraph | None]) -> Paragraph:
    texts, bold, position = [], [], 0
    gap = line[0] is not None and line[0].gap_before
    for paragraph in line:
        # A tab inside a cell would look like the border of one.
        text = paragraph.text.replace("\t", " ") if paragraph else ""
        bold += [(position + start, position + end) for start, end in (paragraph.bold if paragraph else ())]
        texts.append(text)
        position += len(text) + 1
    return Paragraph("\t".join(texts), ParagraphKind.TABLE_ROW, tuple(bold), tuple(texts), gap_before=gap)


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for text, bold in runs:
        first, *others = text.split("\n")
        lines[-1].append((first, bold))
        lines.extend([(other, bold)] for other in others)
    return lines


def _paragraph(line: Iterable[Run], kind: ParagraphKind) -> Paragraph | None:
    texts, bold, position = [], [], 0
    for text, is_bold in line:
        if is_bold and text:
            bold.append((position, position + len(text)))
        texts.append(text)
        position += len(text)
    text = "".join(texts).rstrip(" \t")
    if not text or text.isspace():
        return None
    return Paragraph(text, kind, tuple((start, min(end, len(text))) for start, end in bold if start < len(text)))
