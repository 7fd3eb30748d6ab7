"""Papers as Markdown: headings, block quotes and pipe tables; no text is taken for markup."""

from functools import singledispatch

from kamcoder.formats.report.model import Block, Facts, Figures, Heading, Items, Paper, Quotation, Text, paragraphs
from kamcoder.formats.tables import markdown
from kamcoder.formats.tables.grid import printable
from kamcoder.formats.tables.markdown import line_text


def to_markdown(paper: Paper) -> str:
    """Return the document as Markdown; the program that shows it makes its own table of contents."""
    blocks = [f"# {line_text(_one_line(paper.title))}"]
    if paper.subtitle:
        blocks.append(line_text(_one_line(paper.subtitle)))
    before: Block | None = None
    for block in (block for part in paper.parts for block in part.blocks):
        if isinstance(block, Items | Facts) and isinstance(before, Items | Facts):
            blocks.append("<!-- -->")  # or both would be one list
        blocks.append(_block(block))
        before = block
    return "\n\n".join(block for block in blocks if block) + "\n"


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(type(block))


@_block.register
def _(block: Heading) -> str:
    return f"{'#' * (block.level + 1)} {line_text(_one_line(block.text))}"


@_block.register
def _(block: Text) -> str:
    return "\n\n".join(line_text(text) for text in paragraphs(block.text))


@_block.register
def _(block: Quotation) -> str:
    lines = [line_text(line) for line in f"“{printable(block.text).strip()}”".split("\n")]
    # Two blanks at the end of a line keep it a line of its own.
    return "> " + "  \n> ".join([*lines, f"— {line_text(block.source)}"])


@_block.register
def _(block: Items) -> str:
    marks = [f"{number}." if block.numbered else "-" for number in range(1, len(block.texts) + 1)]
    return "\n".join(f"{mark} {line_text(_one_line(text))}" for mark, text in zip(marks, block.texts, strict=True))


@_block.register
def _(block: Facts) -> str:
    return "\n".join(f"- **{line_text(_one_line(label))}** {line_text(_one_line(text))}" for label, text in block.pairs)


@_block.register
def _(block: Figures) -> str:
    return markdown.to_markdown(block.grid).rstrip()


def _one_line(text: str) -> str:
    return " ".join(text.split())
