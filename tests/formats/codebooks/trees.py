"""Random codebooks with names that files find hard."""

import uuid

from hypothesis import strategies as st

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.formats.codebooks.texts import FIELDS, tidy, tidy_name

NASTY = (
    "R&D",
    "<b>bold</b>",
    'say "yes"',
    "top manager's",
    "=1+1",
    "-minus",
    "+plus",
    "@home",
    "'=quoted",
    "''+more",
    "a/b",
    "a > b",
    "a.b.c",
    "a, b; c",
    "Ω… 漢字",
    "é combining",
    "👩‍👩‍👧 family 🇧🇪",
    "]]>",
    "&amp;",
    "x" * 300,
    "path",
    "]]",
    "%s {name}",
)
PROSE = (
    "Include: not a heading",
    "Definition: x\nExample: y",
    " Include: set in\n  Exclude: more",
    "line one\nline two\n\nline four",
    "=cmd|'/c calc'!A0",
    "\tindented",
    "Example:",
)


def prose() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(PROSE), st.text(max_size=30), st.just("")).map(tidy)


def names() -> st.SearchStrategy[str]:
    texts = st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=12))
    return texts.map(lambda text: tidy_name(text).replace("›", ">")).filter(bool)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Draw a tree of 1 to 9 codes; siblings differ in name, as the domain demands."""
    codes: list[Code] = []
    taken: set[tuple[str | None, str]] = set()
    shortcuts = draw(st.lists(st.sampled_from("=+-@'KDIWSTO;,"), unique_by=str.casefold, max_size=9))
    for number in range(draw(st.integers(1, 9))):
        parent = draw(st.sampled_from([None, *(code.id for code in codes)]))
        name = draw(names())
        if (parent, name.casefold()) in taken:
            name = f"{name} {number}"
        if (parent, name.casefold()) in taken:
            continue
        taken.add((parent, name.casefold()))
        texts = {field: draw(prose()) for field in FIELDS}
        codes.append(
            Code(
                id=str(draw(st.uuids(version=4))),
                name=name,
                parent_id=parent,
                position=sum(code.parent_id == parent for code in codes),
                colour=draw(st.sampled_from(["#145FF0", "#000000", "#FFFFFF", "#888888"])),
                shortcut=shortcuts.pop() if shortcuts else "",
                codable=draw(st.booleans()),
                questions=tuple(draw(st.lists(st.sampled_from(["Q1", "Q6", "Q11"]), unique=True, max_size=3))),
                **texts,
            )
        )
    return Codebook(tuple(codes))


def ladder(depth: int) -> Codebook:
    """Return a codebook of one code on each level."""
    ids = [str(uuid.uuid4()) for _ in range(depth)]
    return Codebook(
        tuple(
            Code(id=own, name=f"level {level}", parent_id=above)
            for level, (own, above) in enumerate(zip(ids, [None, *ids[:-1]], strict=True))
        )
    )
