"""The pages of the guide: read from Markdown, with the keys and names of commands filled in from the commands.

A page may hold `{key:code.apply}` (the command's keys), `{command:code.apply}` (its menu and name), `{press:Esc}` (any
key as the platform writes it), and a paragraph `{shortcuts}` (the table of all keys). So no page names a key that is
not in force.
"""

import html
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from kamcoder import paths
from kamcoder.gui.action_spec import MENUS, ActionSpec, Scope
from kamcoder.gui.actions import ACTIONS, key_text_of, plain_text

_PLACEHOLDER = re.compile(r"\{(key|command|press):([^{}\s]+)\}")
_HEADING = re.compile(r"<h([12])>(.*?)</h\1>", re.S)
_TAG = re.compile(r"<[^>]+>")
_AROUND = 60  # characters of an excerpt before and behind the first hit


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a page; `text` is what stands below the heading, without markup."""

    page: str
    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page as HTML; its first section is the page's own heading."""

    key: str
    html: str
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """Return the page's heading."""
        return self.sections[0].title


@dataclass(frozen=True)
class Guide:
    """All pages in their order; `rooms` names for classes of widgets the page (and section) about them."""

    pages: tuple[HelpPage, ...]
    rooms: Mapping[str, str]

    def page(self, key: str) -> HelpPage:
        """Return the page of a key; the first one if there is none."""
        return next((page for page in self.pages if page.key == key), self.pages[0])

    def find(self, query: str) -> list[tuple[Section, str]]:
        """Return the sections that hold all words of a query, in the guide's order, each with an excerpt."""
        words = query.casefold().split()
        found: list[tuple[Section, str]] = []
        for page in self.pages:
            for section in page.sections:
                text = f"{section.title}\n{section.text}".casefold()
                if words and all(word in text for word in words):
                    found.append((section, excerpt(section.text, words)))
        return found


def folder() -> Path:
    """Return where the pages lie: in the language of the system if they were translated, else in English."""
    home = paths.resources() / "help"
    translated = home / QLocale().name().split("_")[0]
    return translated if (translated / "contents.toml").is_file() else home


def read_guide(where: Path | None = None, *, specs: Sequence[ActionSpec] = ACTIONS) -> Guide:
    """Read the guide, with the keys of these commands in it."""
    # Imported when the guide is first opened, not at the start of the program.
    from markdown_it import MarkdownIt

    home = folder() if where is None else where
    contents = tomllib.loads((home / "contents.toml").read_text(encoding="utf-8"))
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    filling = _Filling(specs)
    pages = []
    for key in contents["pages"]:
        rendered = markdown.render((home / f"{key}.md").read_text(encoding="utf-8"))
        pages.append(_page(key, filling.fill(rendered)))
    return Guide(tuple(pages), contents["rooms"])


def excerpt(text: str, words: Sequence[str]) -> str:
    """Return the text around the first of the words, in one line."""
    flat = " ".join(text.split())
    lowered = flat.casefold()
    hits = [place for place in (lowered.find(word) for word in words) if place >= 0]
    start = max(0, min(hits, default=0) - _AROUND)
    end = min(len(flat), min(hits, default=0) + _AROUND)
    start = flat.rfind(" ", 0, start) + 1 if start else 0
    end = len(flat) if flat.find(" ", end) < 0 else flat.find(" ", end)
    return f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"


def _page(key: str, rendered: str) -> HelpPage:
    heads = list(_HEADING.finditer(rendered))
    sections: list[Section] = []
    anchors: list[str] = []
    for number, head in enumerate(heads):
        title = _plain(head[2])
        anchor = re.sub(r"[^\w]+", "-", title.casefold()).strip("-")
        end = heads[number + 1].start() if number + 1 < len(heads) else len(rendered)
        sections.append(Section(key, anchor, title, _plain(rendered[head.end() : end])))
        anchors.append(anchor)
    named = iter(anchors)
    with_anchors = _HEADING.sub(lambda head: f'<h{head[1]} id="{next(named)}">{head[2]}</h{head[1]}>', rendered)
    return HelpPage(key, with_anchors, tuple(sections))


def _plain(rendered: str) -> str:
    return html.unescape(_TAG.sub(" ", rendered)).replace("\xa0", " ").strip()


class _Filling:
    """Puts the keys and names of commands into rendered pages."""

    def __init__(self, specs: Sequence[ActionSpec]) -> None:
        self._specs = {spec.key: spec for spec in specs}
        self._menus = {key: QCoreApplication.translate("actions", title).replace("&", "") for key, title in MENUS}

    def fill(self, rendered: str) -> str:
        """Return a rendered page with everything filled in."""
        filled = _PLACEHOLDER.sub(self._filled, rendered)
        return filled.replace("<p>{shortcuts}</p>", self._table()) if "{shortcuts}" in filled else filled

    def _filled(self, found: re.Match[str]) -> str:
        kind, name = found[1], html.unescape(found[2])
        if kind == "press":
            return _key(name)
        spec = self._specs.get(name)
        if spec is None:
            return html.escape(name)
        if kind == "key":
            return _key(spec.keys[0]) if spec.keys else html.escape(plain_text(spec))
        return f"<i>{html.escape(self._menus[spec.menu])} › {html.escape(plain_text(spec))}</i>"

    def _table(self) -> str:
        parts: list[str] = []
        for menu, title in self._menus.items():
            specs = [spec for spec in self._specs.values() if spec.menu == menu and spec.keys]
            if specs:
                rows = "".join(map(_row, specs))
                parts.append(f'<h2>{html.escape(title)}</h2><table width="100%" cellspacing="0">{rows}</table>')
        return "".join(parts)


def _row(spec: ActionSpec) -> str:
    words = html.escape(plain_text(spec))
    if spec.hint:
        words += f'<br><span class="muted">{html.escape(QCoreApplication.translate("actions", spec.hint))}</span>'
    places = {
        Scope.READER: QCoreApplication.translate("help", "while reading"),
        Scope.CODEBOOK: QCoreApplication.translate("help", "in the codebook"),
        Scope.DOCUMENTS: QCoreApplication.translate("help", "in the documents"),
    }
    where = html.escape(places.get(spec.scope, ""))
    keys = " &nbsp; ".join(map(_key, spec.keys))
    return (
        f'<tr><td width="46%">{words}</td><td width="32%">{keys}</td>'
        f'<td width="22%"><span class="muted">{where}</span></td></tr>'
    )


def _key(portable: str) -> str:
    return f'<span class="key">&nbsp;{html.escape(key_text_of(portable))}&nbsp;</span>'
