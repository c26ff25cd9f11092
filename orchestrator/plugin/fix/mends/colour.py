"""Colours that the client does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

NEAREST = {
    "red": ("crimson", "scarlet", "maroon", "ruby", "coral", "tomato"),
    "blue": ("navy", "sky", "azure", "indigo", "royalblue", "cobalt"),
    "green": ("emerald", "lime", "olive", "mint", "forest", "sage"),
    "yellow": ("gold", "amber", "lemon"),
    "purple": ("violet", "lavender", "plum", "fuchsia", "magenta"),
    "orange": ("bronze", "copper", "brown"),
    "pink": ("rose", "salmon"),
    "cyan": ("teal", "turquoise", "aqua"),
}
BY_NAME = {name: colour for colour, names in NEAREST.items() for name in (colour, *names)}


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    value = draft.header.get("color")
    colour = BY_NAME.get(value.strip().lower()) if isinstance(value, str) else None
    if colour and colour != value:
        draft.header["color"] = colour
        yield "color", f"{value} made {colour}: the client has no colour of that name"


MEND = Mend(
    id="colour", step="values", of=("agent",), does="replaces a colour by the nearest that the client has", apply=apply
)
