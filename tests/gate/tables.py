"""Tables of command lines: on each line the id of a rule, or - for nothing, and the command that it should apply to."""

from __future__ import annotations

from pathlib import Path

from examples import judged_at, project
from hook_process import event

from orchestrator.gate.place import Place


def rows(table: Path) -> list[tuple[str, str]]:
    """(rule id or "", command); \\n in a command is a line break."""
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.split(" | ", 1) for line in lines]
    return [("" if rule == "-" else rule, command.replace("\\n", "\n")) for rule, command in pairs]


def found(command: str, files: dict[str, str] | None = None) -> list[str]:
    """Ids of the rules that a command falls under in a project that holds `files`."""
    with project(files or {}) as place:
        return ids(place, command)


def ids(place: Place, command: str) -> list[str]:
    return [effect.rule.id for effect in judged_at(place, event("Bash", {"command": command})).effects]


def wrong(table: Path, files: dict[str, str] | None = None) -> list[tuple[str, str, list[str]]]:
    """The rows that the gate reads otherwise: a rule that is missed, or a harmless command that falls under any."""
    with project(files or {}) as place:
        judged = [(rule, command, ids(place, command)) for rule, command in rows(table)]
    return [(rule, command, got) for rule, command, got in judged if (rule not in got if rule else got)]
