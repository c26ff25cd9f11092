"""A gate rule: one effect of a tool call, what the gate answers, and what to do instead. One record, one file.

A rule in `rules/<id>.py` is named by a reader of a program, as `call.effect("<id>")`. A rule in `rules/sql/<word>/` is
tried on every SQL statement whose first word is <word>, through its `matches`. Adding the file is the whole change.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Union

    # A command line for the Bash tool; SQL text in a rule under rules/sql; or {"tool": name, "input": {...}}, with
    # "files": {path: content} where the command reads some.
    Example = Union[str, Mapping[str, Any]]

DENY = "deny"
ASK = "ask"
STRICTNESS = {ASK: 1, DENY: 2}


class Rule:
    """`id` names the effect and is the file's name with dashes. `decision` is deny or ask.

    `why` says what would have happened, in the user's terms, lower-case, no full stop. `instead` is the legal way.
    `clause` names the DON'T clause of an agent definition that this rule keeps: an agent that has the clause is denied
    where others are asked.
    """

    __slots__ = ("clause", "decision", "fires_on", "id", "instead", "matches", "silent_on", "source", "why")

    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        decision: str,
        why: str,
        instead: str,
        source: str,
        fires_on: tuple[Example, ...],
        silent_on: tuple[Example, ...],
        matches: Callable[[Any], bool] | None = None,
        clause: str = "",
    ) -> None:
        self.id = id
        self.decision = decision
        self.why = why
        self.instead = instead
        self.source = source
        self.fires_on = fires_on
        self.silent_on = silent_on
        self.matches = matches
        self.clause = clause


class Effect:
    """One thing that would happen: the rule it falls under, the statement or command, and how it is reached.

    `path` is outermost first, for example ("sudo", "psql -c").
    """

    __slots__ = ("detail", "path", "rule")

    def __init__(self, rule: Rule, detail: str, path: tuple[str, ...] = ()) -> None:
        self.rule = rule
        self.detail = detail
        self.path = path
