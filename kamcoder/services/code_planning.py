"""Codes that a path of names asks for, planned without writing anything."""

from collections.abc import Sequence

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.ids import new_id
from kamcoder.formats.codebooks.colours import next_colour


def plan_codes(codebook: Codebook, names: Sequence[str], *, parent_id: str | None = None) -> list[Code]:
    """Return the codes that names name below a parent (None: the top), each below the one before.

    Those that are not in the codebook are new. Raise InvalidInput if a name cannot be used, NotFound for an unknown
    parent.
    """
    planned: list[Code] = []
    if parent_id is not None:
        codebook.get(parent_id)
    for name in names or ("",):
        wanted = " ".join(name.split()).casefold()
        code = next((child for child in codebook.children(parent_id) if child.name.casefold() == wanted), None)
        if code is None:
            code = _new(codebook, name, parent_id)
            codebook = Codebook((*codebook.codes, code))
        planned.append(code)
        parent_id = code.id
    return planned


def _new(codebook: Codebook, name: str, parent_id: str | None) -> Code:
    siblings = codebook.children(parent_id)
    above = codebook.get(parent_id).colour if parent_id else None
    return Code(
        id=new_id(),
        name=codebook.check_name(name, parent_id),
        parent_id=parent_id,
        position=1 + max((sibling.position for sibling in siblings), default=-1),
        colour=next_colour([sibling.colour for sibling in siblings], above).upper(),
    )
