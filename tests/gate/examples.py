"""The examples of the gate's rules as hook events, and the gate's judgement of an event without a process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hook_process import PLUGIN, event, filled, put

from orchestrator.gate import catalogue
from orchestrator.gate.judge import judge
from orchestrator.gate.judgement import Judgement
from orchestrator.gate.place import Place
from orchestrator.gate.rule import Rule

END = "END_OF_EXAMPLE"


class Example(NamedTuple):
    """An event of a rule's example with the files that it needs, and the example as it is written there."""

    rule: Rule
    event: dict[str, Any]
    files: Mapping[str, str]
    written: str


def of(rule: Rule, given: Any, in_sql: bool) -> Example:
    """SQL goes to a client by a quoted here-document, so that no quoting matters."""
    if isinstance(given, Mapping):
        more = {"agent_type": given["agent"]} if "agent" in given else {}
        return Example(rule, event(given["tool"], given["input"], **more), given.get("files", {}), repr(given))
    command = f"psql shop <<'{END}'\n{given}\n{END}" if in_sql else given
    return Example(rule, event("Bash", {"command": command}), {}, given)


def sql_rules() -> frozenset[str]:
    """Ids of the rules that are tried on SQL statements."""
    folder = Path(catalogue.HERE, "rules", "sql")
    words = [each.name for each in folder.iterdir() if each.is_dir()]
    return frozenset(rule.id for word in words for rule in catalogue.for_statement(word))


def fires_on(rules: list[Rule]) -> Iterator[Example]:
    in_sql = sql_rules()
    return (of(rule, given, rule.id in in_sql) for rule in rules for given in rule.fires_on)


def silent_on(rules: list[Rule]) -> Iterator[Example]:
    in_sql = sql_rules()
    return (of(rule, given, rule.id in in_sql) for rule in rules for given in rule.silent_on)


def judged(event: Mapping[str, Any], files: Mapping[str, str] | None = None) -> Judgement:
    """The gate's judgement of an event in a project that holds `files`."""
    with project(files or {}) as place:
        return judged_at(place, event)


def judged_at(place: Place, event: Mapping[str, Any]) -> Judgement:
    place.agent = event.get("agent_type", "")
    return judge(filled(event, place.cwd), place)


@contextmanager
def project(files: Mapping[str, str]) -> Iterator[Place]:
    """A fresh project with the surroundings that the hook process has."""
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        for name in ("project/.git", "home", "data"):
            Path(folder, name).mkdir(parents=True)
        put(files, Path(folder, "project"))
        yield Place(cwd=folder + "/project", plugin=str(PLUGIN), data=folder + "/data", home=folder + "/home")
