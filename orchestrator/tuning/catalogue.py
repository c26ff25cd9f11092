"""All tuning rules, found by listing the folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from orchestrator.tuning import rules
from orchestrator.tuning.record import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by id. Raises AttributeError when a file in `rules/` has no RULE."""
    modules = (
        importlib.import_module(f"{rules.__name__}.{found.name}") for found in pkgutil.iter_modules(rules.__path__)
    )
    found: list[Rule] = [module.RULE for module in modules]
    return tuple(sorted(found, key=lambda rule: rule.id))


def rule(rule_id: str) -> Rule:
    return next(rule for rule in all_rules() if rule.id == rule_id)
