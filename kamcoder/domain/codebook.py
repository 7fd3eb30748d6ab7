"""Codes and the tree they form.

A `Codebook` is a read-only view over a set of codes with the tree's rules: paths, order, descendants, moves without
cycles, names unique among siblings. Changing codes is the business of `services.codebook`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kamcoder.domain.errors import InvalidInput, NotFound

PATH_SEPARATOR = " › "
_TYPED_SEPARATORS = ("›", ">", "/")


@dataclass(frozen=True, slots=True)
class Code:
    """A label of the codebook; `colour` is #RRGGBB, `questions` are guide numbers such as "Q6".

    `codable` is False for a folder that only groups other codes.
    """

    id: str
    name: str
    parent_id: str | None = None
    position: int = 0
    colour: str = "#888888"
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    shortcut: str = ""
    codable: bool = True
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """The tree of all codes."""

    codes: tuple[Code, ...]
    _by_id: dict[str, Code] = field(init=False, repr=False, compare=False)
    _children: dict[str | None, list[Code]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = {code.id: code for code in self.codes}
        children: dict[str | None, list[Code]] = {}
        for code in sorted(self.codes, key=lambda item: (item.position, item.name.casefold(), item.id)):
            children.setdefault(code.parent_id, []).append(code)
        object.__setattr__(self, "_by_id", by_id)
        object.__setattr__(self, "_children", children)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code_id: object) -> bool:
        return code_id in self._by_id

    def get(self, code_id: str) -> Code:
        """Return the code with this id; raise NotFound."""
        try:
            return self._by_id[code_id]
        except KeyError:
            raise NotFound("code_unknown", code=code_id) from None

    def children(self, code_id: str | None) -> list[Code]:
        """Return the children of a code (of the root for None) in the codebook's order."""
        return list(self._children.get(code_id, ()))

    def walk(self, code_id: str | None = None, depth: int = 0) -> Iterator[tuple[int, Code]]:
        """Yield (depth, code) in the order of the tree, parents before children, below `code_id`."""
        stack = [(depth, code) for code in reversed(self._children.get(code_id, ()))]
        while stack:
            level, code = stack.pop()
            yield level, code
            stack.extend((level + 1, child) for child in reversed(self._children.get(code.id, ())))

    def subtree(self, code_id: str) -> frozenset[str]:
        """Return the ids of a code and all its descendants."""
        return frozenset({code_id, *(code.id for _, code in self.walk(code_id))})

    def ancestors(self, code_id: str) -> list[Code]:
        """Return the codes above `code_id`, the nearest first."""
        found: list[Code] = []
        parent = self.get(code_id).parent_id
        while parent is not None:
            code = self.get(parent)
            found.append(code)
            parent = code.parent_id
        return found

    def path(self, code_id: str) -> str:
        """Return the names from the root to the code, joined with ` › `."""
        names = [code.name for code in reversed(self.ancestors(code_id))]
        return PATH_SEPARATOR.join([*names, self.get(code_id).name])

    def check_name(self, name: str, parent_id: str | None, *, besides: str | None = None) -> str:
        """Return the trimmed name; raise InvalidInput if empty, on several lines or taken by another sibling."""
        trimmed = " ".join(name.split())
        if not trimmed:
            raise InvalidInput("code_name_empty")
        if any(separator in trimmed for separator in ("›",)):
            raise InvalidInput("code_name_separator", name=trimmed)
        for sibling in self._children.get(parent_id, ()):
            if sibling.id != besides and sibling.name.casefold() == trimmed.casefold():
                raise InvalidInput("code_name_taken", name=trimmed)
        return trimmed

    def check_move(self, code_id: str, parent_id: str | None) -> None:
        """Raise InvalidInput if `code_id` cannot stand below `parent_id`, because it is the same or above it."""
        self.get(code_id)
        if parent_id is None:
            return
        self.get(parent_id)
        if parent_id in self.subtree(code_id):
            raise InvalidInput("code_cycle", name=self.get(code_id).name, parent=self.get(parent_id).name)

    def find(self, text: str) -> Code:
        """Return the code a person means by a path or name, for the command line and for coded tables.

        Tried in this order, each without regard to case: id, full path, end of a path (`strategic`, `direct ›
        strategic` with each step equal or, at last, beginning or containing the typed step). `›`, `>` and `/` separate
        steps. Raise NotFound if nothing fits and InvalidInput if several codes fit equally well.
        """
        if text in self._by_id:
            return self._by_id[text]
        paths = {code.id: [item.casefold() for item in self.path(code.id).split(PATH_SEPARATOR)] for code in self.codes}
        # The whole text first: a name may itself hold a slash.
        variants = [
            steps
            for steps in ([text.strip().casefold()], [step.casefold() for step in typed_steps(text)])
            if steps and steps[0]
        ]
        for fits in (_same, _ends, _begins_words, _contains):
            hits = [code for code in self.codes if any(fits(paths[code.id], steps) for steps in variants)]
            if len(hits) == 1:
                return hits[0]
            if hits:
                names = "; ".join(self.path(code.id) for code in hits)
                raise InvalidInput("code_ambiguous", code=text, candidates=names)
        raise NotFound("code_unknown", code=text)


def typed_steps(text: str) -> list[str]:
    """Return the trimmed names of a typed code path; the first of `›`, `>`, `/` that occurs separates them."""
    for separator in _TYPED_SEPARATORS:
        if separator in text:
            return [step.strip() for step in text.split(separator) if step.strip()]
    return [text.strip()] if text.strip() else []


def _same(path: list[str], steps: list[str]) -> bool:
    return path == steps


def _ends(path: list[str], steps: list[str]) -> bool:
    return path[-len(steps) :] == steps


def _begins_words(path: list[str], steps: list[str]) -> bool:
    tail = path[-len(steps) :]
    return len(tail) == len(steps) and all(
        any(word.startswith(step) for word in (name, *name.split())) for name, step in zip(tail, steps, strict=True)
    )


def _contains(path: list[str], steps: list[str]) -> bool:
    tail = path[-len(steps) :]
    return len(tail) == len(steps) and all(step in name for name, step in zip(tail, steps, strict=True))


def tree_order(codes: Iterable[Code]) -> list[Code]:
    """Return codes in tree order, parents before children."""
    return [code for _, code in Codebook(tuple(codes)).walk()]
