"""All definitions in some paths, fixed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from orchestrator.plugin import gather, paths, surroundings
from orchestrator.plugin.fix.fixed import Fixed, fix

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def fix_all(named: Sequence[Path]) -> list[Fixed]:
    """Raises UsageError for a path that holds no definition."""
    around = functools.cache(surroundings.under)
    done = []
    for found in gather.named(named):
        if found.kind not in ("agent", "skill"):
            continue
        kind, folder = surroundings.place(found.path)
        done.append(fix(found, paths.root(), around(folder, kind)))
    return done
