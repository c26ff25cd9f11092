"""A mend: one way in which headers of other collections differ from the normal form, and how it is brought into it."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from orchestrator.plugin.fix import mends
from orchestrator.plugin.fix.draft import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orchestrator.plugin.fix.draft import Draft

Step = Literal["keys", "values", "contract", "rest"]
STEPS: tuple[Step, ...] = ("keys", "values", "contract", "rest")


@dataclass(frozen=True, kw_only=True)
class Mend:
    """`apply` changes the draft and yields a key and what was done with it.

    A mend that finds nothing to do yields nothing and changes nothing, so that a second run is without effect.
    """

    id: str
    step: Step
    of: tuple[Literal["agent", "skill"], ...]
    does: str
    apply: Callable[[Draft], Iterable[tuple[str, str]]]

    def run(self, draft: Draft) -> None:
        if draft.kind in self.of:
            draft.changes += [Change(mend=self.id, key=key, message=message) for key, message in self.apply(draft)]


@functools.cache
def every() -> tuple[Mend, ...]:
    """The mends in the order in which they are run."""
    names = sorted(found.name for found in pkgutil.iter_modules(mends.__path__))
    loaded: list[Mend] = [importlib.import_module(f"{mends.__name__}.{name}").MEND for name in names]
    return tuple(sorted(loaded, key=lambda mend: (STEPS.index(mend.step), mend.id)))
