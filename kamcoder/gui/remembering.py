"""How a project was looked at when it was left: filters, orders, ticks, whose codings, and what was open below."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from kamcoder.gui.codebook.model import Order as CodeOrder
from kamcoder.gui.documents.model import Order as DocumentOrder
from kamcoder.gui.preferences import ProjectPlace
from kamcoder.gui.workspace import REMEMBERING, Workspace

_EVERYONE = "everyone"
_Order = TypeVar("_Order", bound=StrEnum)


def keep(space: Workspace, remembered: ProjectPlace, *, coder_id: str) -> None:
    """Remember how the project is looked at; `coder_id` is who codes, empty for nobody."""
    place, reader = space.code, space.code.reader
    remembered["document"] = reader.document_id or ""
    remembered["top"] = str(reader.view.top_position())
    remembered["caret"] = str(reader.view.caret())
    remembered["coder"] = coder_id
    remembered["others"] = _EVERYONE if place.everyone else " ".join(sorted(place.others))
    remembered["place"] = space.place
    remembered["recent"] = " ".join(place.acts.recent)
    remembered["hidden"] = " ".join(sorted(place.codebook.model.hidden))
    remembered["below"] = space.below.shown
    for key in REMEMBERING:
        remembered[key] = space.memory(key)
    remembered["quality"] = space.suggesting.remembered()
    for name, panel in (("codes", place.codebook), ("documents", place.documents)):
        remembered[f"{name}/order"] = panel.model.order.value
        remembered[f"{name}/filter"] = panel.search.field.text()


def restore(space: Workspace, remembered: ProjectPlace, *, coder_id: str) -> None:
    """Let a project that was just loaded look as it was left, and open the document that was read."""
    place, reader = space.code, space.code.reader
    place.acts.recall(remembered["recent"].split())
    place.codebook.order_by(_known(CodeOrder, remembered["codes/order"], CodeOrder.BOOK))
    place.documents.order_by(_known(DocumentOrder, remembered["documents/order"], DocumentOrder.NAME))
    for name, panel in (("codes", place.codebook), ("documents", place.documents)):
        panel.search.field.setText(remembered[f"{name}/filter"])
    place.codebook.model.hide(remembered["hidden"].split())
    if coder_id and coder_id == remembered["coder"]:
        others = remembered["others"]
        if others == _EVERYONE:
            place.show_everyone(everyone=True)
        elif others:
            place.show_others(frozenset(others.split()))
    if remembered["document"] in place.documents.model.documents():
        place.open_document(remembered["document"])
        reader.view.place_caret(remembered.number("caret"))
        reader.view.scroll_to(remembered.number("top"))
    else:
        place.step_document(1)
    space.below.resume(remembered["below"])
    for key in REMEMBERING:
        space.recall(key, remembered[key])
    space.suggesting.recall(remembered["quality"])


def _known(kind: type[_Order], value: str, otherwise: _Order) -> _Order:
    return next((order for order in kind if order.value == value), otherwise)
