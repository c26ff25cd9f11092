"""Rules and program readers, found by the names of their files and imported only when they are needed."""

from __future__ import annotations

import posix
import sys

from orchestrator.gate.rule import Rule

HERE = __file__[: -len("/catalogue.py")]
_listed: dict[str, frozenset[str]] = {}


def names(folder: str) -> frozenset[str]:
    """Names of the modules in a folder of the gate, "rules/sql/drop" for example; empty if there is no such folder."""
    found = _listed.get(folder)
    if found is None:
        try:
            files = posix.listdir(HERE + "/" + folder)
        except (FileNotFoundError, NotADirectoryError):
            files = []
        found = _listed[folder] = frozenset(
            name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")
        )
    return found


def module(name: str) -> object:
    """The module `orchestrator.gate.<name>`."""
    full = "orchestrator.gate." + name
    __import__(full)
    return sys.modules[full]


def find(rule_id: str) -> Rule:
    """The rule that a reader names. Raises ModuleNotFoundError for an unknown id: that is a bug."""
    rule: Rule = module("rules." + rule_id.replace("-", "_")).RULE  # type: ignore[attr-defined]
    return rule


def for_statement(word: str) -> list[Rule]:
    """The rules that are tried on SQL statements that begin with `word`, in any case."""
    folder = word.lower()
    if folder not in verbs():
        return []
    return [
        module("rules.sql." + folder + "." + name).RULE  # type: ignore[attr-defined]
        for name in sorted(names("rules/sql/" + folder))
    ]


def verbs() -> frozenset[str]:
    """The first words of SQL statements that have rules, in lower case."""
    found = _listed.get("verbs")
    if found is None:
        found = _listed["verbs"] = frozenset(
            name for name in posix.listdir(HERE + "/rules/sql") if not name.startswith("_") and "." not in name
        )
    return found


def every() -> list[Rule]:
    """All rules by id; for tests and documentation."""
    found = [find(name) for name in names("rules")]
    for word in verbs():
        found += for_statement(word)
    return sorted(found, key=lambda rule: rule.id)
