"""Papers as one self-contained HTML file: reads well on a screen, light and dark, and prints well."""

from functools import singledispatchmethod
from html import escape

from kamcoder.formats.report.model import (
    Block,
    Facts,
    Figures,
    Heading,
    Items,
    Paper,
    Part,
    Quotation,
    Text,
    paragraphs,
)
from kamcoder.formats.tables.grid import printable
from kamcoder.formats.tables.html import SCHEMES, TABLES, page, table

_STYLE = """
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
header { border-bottom: 2px solid var(--ink); margin-bottom: 1.5rem; }
header p, .quiet { color: var(--quiet); font-size: 0.9em; }
h1, h2, h3, h4, h5 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.9rem; margin: 0 0 0.3rem; }
h2 { font-size: 1.45rem; margin: 2.6rem 0 0.6rem; padding-top: 0.8rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.12rem; margin: 1.7rem 0 0.4rem; }
h4, h5 { font-size: 1rem; margin: 1.2rem 0 0.2rem; }
p { margin: 0 0 0.7em; }
blockquote { margin: 0 0 0.8em; padding: 0.1em 0 0.1em 1em; border-left: 3px solid var(--line); white-space: pre-line; }
blockquote cite { color: var(--quiet); font-style: normal; font-size: 0.88em; white-space: nowrap; margin-left: 0.5em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25em 1em; margin: 0 0 1em; }
dt { font-weight: 600; max-width: 14em; }
dd { margin: 0; white-space: pre-line; }
li { margin-bottom: 0.35em; }
nav { margin: 0 0 2rem; }
nav ol { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 2rem; }
nav li { margin: 0; break-inside: avoid; }
nav .level2 { padding-left: 1.2em; font-size: 0.9em; }
nav a { color: inherit; text-decoration: none; }
nav a:hover { text-decoration: underline; }
table { font-size: 0.85rem; line-height: 1.35; }
.figures { overflow-x: auto; margin: 0 0 1.8em; }
.wide .figures { width: max-content; min-width: 100%; max-width: 95vw; margin-left: 50%; translate: -50%; }
@page { size: A4; margin: 18mm; }
@page wide { size: A4 landscape; margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .wide { page: wide; break-before: page; break-after: page; }
  .wide .figures { width: auto; max-width: none; margin-left: 0; translate: none; }
  .figures { overflow: visible; break-inside: avoid; }
  h1, h2, h3, h4, h5 { break-after: avoid; }
  h2.page { break-before: page; border-top: none; padding-top: 0; margin-top: 0; }
  blockquote { break-inside: avoid; }
}
"""


def to_html(paper: Paper) -> str:
    """Return the document as an HTML page; write it as UTF-8."""
    return page(paper.title, _Writer(paper).body(), style=SCHEMES + TABLES + _STYLE, lang=paper.lang)


class _Writer:
    """Writes one paper."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._headings = 0

    def body(self) -> str:
        paper = self._paper
        subtitle = f"<p>{_text(paper.subtitle)}</p>" if paper.subtitle else ""
        head = f'<header><h1 dir="auto">{_text(paper.title)}</h1>{subtitle}</header>'
        return "\n".join([head, self._contents(), *(self._part(part) for part in paper.parts)])

    def _contents(self) -> str:
        entries = [
            f'<li class="level{block.level}"><a href="#h{number}">{_text(block.text)}</a></li>'
            for number, block in self._paper.headings()
        ]
        if not self._paper.contents or not entries:
            return ""
        return f'<nav aria-label="{_text(self._paper.contents)}"><ol>{"".join(entries)}</ol></nav>'

    def _part(self, part: Part) -> str:
        blocks = "\n".join(self._block(block) for block in part.blocks)
        return f'<section class="wide">\n{blocks}\n</section>' if part.wide else f"<section>\n{blocks}\n</section>"

    @singledispatchmethod
    def _block(self, block: Block) -> str:
        raise TypeError(type(block))

    @_block.register
    def _(self, block: Heading) -> str:
        self._headings += 1
        # The title is the only h1.
        tag = f"h{block.level + 1}"
        kind = ' class="page"' if block.new_page else ""
        return f'<{tag} id="h{self._headings}"{kind} dir="auto">{_text(block.text)}</{tag}>'

    @_block.register
    def _(self, block: Text) -> str:
        kind = ' class="quiet"' if block.quiet else ""
        return "\n".join(f'<p{kind} dir="auto">{_text(text)}</p>' for text in paragraphs(block.text))

    @_block.register
    def _(self, block: Quotation) -> str:
        return f'<blockquote dir="auto">“{_text(block.text.strip())}”<cite>{_text(block.source)}</cite></blockquote>'

    @_block.register
    def _(self, block: Items) -> str:
        tag = "ol" if block.numbered else "ul"
        items = "".join(f'<li dir="auto">{_text(text.strip())}</li>' for text in block.texts)
        return f"<{tag}>{items}</{tag}>"

    @_block.register
    def _(self, block: Facts) -> str:
        pairs = "".join(
            f'<dt dir="auto">{_text(label)}</dt><dd dir="auto">{_text(text.strip())}</dd>'
            for label, text in block.pairs
        )
        return f"<dl>{pairs}</dl>"

    @_block.register
    def _(self, block: Figures) -> str:
        return f'<div class="figures">{table(block.grid, heat=block.heat)}</div>'


def _text(text: str) -> str:
    return escape(printable(text))
