"""What `orchestrate doctor` looks at: one check a module, with a record CHECK. Adding the file is the whole change."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Status = Literal["ok", "warning", "problem", "skipped"]
_WORST: tuple[Status, ...] = ("problem", "warning", "skipped", "ok")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`dsn` is as given on the command line; None leaves it to the environment."""

    project: Path
    dsn: str | None = None


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """`fix` is what to do, as a sentence or a command."""

    status: Status
    text: str
    fix: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """`fixes` is empty only where the status is ok. `is_undone`: the check should have been done and could not be."""

    status: Status
    found: str
    fixes: tuple[str, ...] = ()
    is_undone: bool = False


@dataclass(frozen=True, kw_only=True)
class Check:
    """`call` may raise an OrchestrateError, which is a problem found. `order` is the place in the list."""

    id: str
    title: str
    order: int
    deadline_s: float
    call: Callable[[Subject], Result]


def warning(text: str, fix: str) -> Trouble:
    return Trouble(status="warning", text=text, fix=fix)


def problem(text: str, fix: str) -> Trouble:
    return Trouble(status="problem", text=text, fix=fix)


def skipped(text: str, fix: str) -> Result:
    """What was not asked for, or is not there and need not be."""
    return Result(status="skipped", found=text, fixes=(fix,))


def judged(facts: Iterable[str], troubles: Iterable[Trouble]) -> Result:
    """The worst trouble gives the status and stands first; without any it is ok."""
    ordered = sorted(troubles, key=lambda each: _WORST.index(each.status))
    found = [*(each.text for each in ordered), *facts]
    return Result(
        status=ordered[0].status if ordered else "ok",
        found="; ".join(found),
        fixes=tuple(dict.fromkeys(each.fix for each in ordered)),
    )


def checks() -> list[Check]:
    """The record of every module in this folder, in order."""
    modules = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    return sorted((module.CHECK for module in modules), key=lambda check: (check.order, check.id))
