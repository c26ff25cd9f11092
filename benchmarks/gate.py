"""What the hooks cost at each tool call: whole processes side by side, and the parts of the gate in one process.

usage: python -m benchmarks.gate [--rounds N] [--json]      default: 200 rounds, about 40 seconds
exit code 1 when a bar is missed

Every round runs every program once, so that they all see the same machine. `min` is close to an idle machine, `median`
has the load of this run in it, and CPU is user and system time of the process and the programs that it waited for.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.gate.shell import parser
from orchestrator.gate.sql import judge as sql
from orchestrator.plugin import paths

HOOK = paths.root() / "hooks" / "gate"
CONTRACT = paths.root() / "hooks" / "contract"
SIMPLE, DATABASE = "hook: git status", "hook: psql, a read"
SHELL, INTERPRETER = "sh -c :", "python3 -I -S -c pass"
COMMANDS = {
    SIMPLE: "git status",
    DATABASE: """psql shop -c "select id, total from orders where placed_at > now() - interval '1 day' limit 10\"""",
    "hook: psql, a DROP TABLE": 'psql shop -c "drop table orders"',
    "hook: everyday": "npm test && git commit -m 'Drop the old name' && git push origin HEAD 2>&1 | tail -5",
}
# Harmless for guards that know databases as well as for those that do not.
GUARDED = COMMANDS[DATABASE]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The median of `name` may be `factor` times that of `base`, in wall time and in CPU time."""

    name: str
    base: str
    factor: float


BARS = (Bar(name=SIMPLE, base=SHELL, factor=2), Bar(name=DATABASE, base=INTERPRETER, factor=1.8))


@dataclass(kw_only=True)
class Program:
    argv: list[str]
    stdin: bytes = b""
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def run(self, env: dict[str, str]) -> None:
        """One start, from before the process exists until it is gone."""
        reading, writing = os.pipe()
        os.write(writing, self.stdin)  # fits into the pipe, so nobody has to read yet
        os.close(writing)
        files = [(os.POSIX_SPAWN_DUP2, reading, 0)]
        quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
        begun = time.perf_counter()
        pid = os.posix_spawn(self.argv[0], self.argv, env, file_actions=files + quiet)
        _, _, used = os.wait4(pid, 0)
        self.wall_ms.append((time.perf_counter() - begun) * 1e3)
        self.cpu_ms.append((used.ru_utime + used.ru_stime) * 1e3)
        os.close(reading)

    def figures(self) -> dict[str, float]:
        return {
            "min_ms": round(min(self.wall_ms), 2),
            "median_ms": round(statistics.median(self.wall_ms), 2),
            "cpu_ms": round(statistics.median(self.cpu_ms), 2),
        }


def event(command: str, cwd: str, **more: str) -> bytes:
    """What the client sends before a call of Bash, with paths and ids of the usual length."""
    session = "d961a009-c2dd-4407-9f9c-b213b6fc311f"
    given = {"command": command, "description": "Show the newest orders"}
    sent = {
        "session_id": session,
        "transcript_path": f"/home/somebody/.claude/projects/-home-somebody-code-shop/{session}.jsonl",
        "cwd": cwd,
        "prompt_id": session,
        "permission_mode": "default",
        "effort": {"level": "medium"},
        **more,
        "hook_event_name": "PreToolUse",
        "tool_name": "Bash",
        "tool_input": given,
        "tool_use_id": "toolu_01A09q90qw90lq917835lq9",
    }
    return json.dumps(sent, separators=(",", ":")).encode() + b"\n"


def guards() -> dict[str, list[str] | None]:
    """Public guards that read the same events, and how they are started; None where one is not on PATH."""
    found: dict[str, list[str] | None] = dict.fromkeys(("dcg", "cc-safety-net", "nah", "dippy"))
    for name in found:
        path = shutil.which(name)
        if path and name == "nah":
            interpreter = (
                Path(path).read_text(encoding="utf-8", errors="replace").partition("\n")[0].lstrip("#!").strip()
            )
            found[name] = [interpreter, "-m", "nah.hook"]
        elif path:
            found[name] = [path, *(("hook", "--claude-code") if name == "cc-safety-net" else ())]
    return found


def programs(interpreter: str, cwd: str) -> Iterator[tuple[str, Program]]:
    yield SHELL, Program(argv=["/bin/sh", "-c", ":"])
    yield INTERPRETER, Program(argv=[interpreter, "-I", "-S", "-c", "pass"])
    for name, command in COMMANDS.items():
        yield name, Program(argv=["/bin/sh", str(HOOK), "bash"], stdin=event(command, cwd))
    agent = {"agent_id": "ae42a218073e27720", "agent_type": "pgwright:database-engineer"}
    for name, more in (("count: main thread", {}), ("count: subagent", agent)):
        yield name, Program(argv=["/bin/sh", str(CONTRACT), "result"], stdin=event("git status", cwd, **more))
    for name, argv in guards().items():
        if argv:
            yield f"{name}: psql, a read", Program(argv=argv, stdin=event(GUARDED, cwd))


def measure(rounds: int, folder: str) -> dict[str, Program]:
    """Runs everything in a project of its own. The first start finds the interpreter and writes the bytecode."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "LANG": "C.UTF-8",
        "CLAUDE_PROJECT_DIR": f"{folder}/project",
        "CLAUDE_PLUGIN_ROOT": str(paths.root()),
        "CLAUDE_PLUGIN_DATA": f"{folder}/data",
    }
    Path(env["CLAUDE_PROJECT_DIR"]).mkdir()
    cwd = env["CLAUDE_PROJECT_DIR"]
    Program(argv=["/bin/sh", str(HOOK), "bash"], stdin=event(COMMANDS[DATABASE], cwd)).run(env)
    interpreter = Path(folder, "data", "gate", "python").read_text(encoding="utf-8").strip()
    made = dict(programs(interpreter, cwd))
    for program in made.values():
        program.run(env)
        program.wall_ms.clear()
        program.cpu_ms.clear()
    for _ in range(rounds):
        for program in made.values():
            program.run(env)
    return made


def missed(figures: dict[str, dict[str, float]]) -> list[str]:
    """The bars that do not hold."""
    found = []
    for bar in BARS:
        for unit in ("median_ms", "cpu_ms"):
            ratio = figures[bar.name][unit] / figures[bar.base][unit]
            if ratio > bar.factor:
                found.append(f"{bar.name} takes {ratio:.2f} times {bar.base} in {unit}, {bar.factor:g} are allowed")
    return found


def microseconds(work: Callable[[], object]) -> float:
    """Time of one call, the best of several series."""
    best = float("inf")
    for _ in range(7):
        begun = time.perf_counter()
        for _ in range(200):
            work()
        best = min(best, (time.perf_counter() - begun) / 200)
    return round(best * 1e6, 1)


def parts() -> dict[str, float]:
    """Microseconds of the steps inside the process, once everything is loaded."""
    commands = list(COMMANDS.values())
    statements = ("select id from orders where total > 100 limit 10", "drop table orders")
    made = {f"shell parser: {text[:40]}": microseconds(lambda text=text: parser.parse(text)) for text in commands}  # type: ignore[misc]
    for text in statements:
        made[f"SQL: {text[:40]}"] = microseconds(lambda text=text: sql.effects(text, "postgresql"))  # type: ignore[misc]
    return made


def show(figures: dict[str, dict[str, float]], inside: dict[str, float], failures: list[str]) -> None:
    print(f"{'process':32}{'min ms':>9}{'median':>9}{'CPU ms':>9}   ratio of the medians, CPU")
    bases = {bar.name: bar.base for bar in BARS}
    for name, row in figures.items():
        base = figures[bases.get(name, SHELL if name == SHELL else INTERPRETER)]
        ratios = f"{row['median_ms'] / base['median_ms']:.2f}, {row['cpu_ms'] / base['cpu_ms']:.2f}"
        against = f" of {bases[name]}" if name in bases else ""
        print(f"{name:32}{row['min_ms']:9.2f}{row['median_ms']:9.2f}{row['cpu_ms']:9.2f}   {ratios}{against}")
    for name, argv in guards().items():
        if argv is None:
            print(f"{name:32}not installed")
    print()
    for name, cost in inside.items():
        print(f"{name:60}{cost:9.1f} µs")
    print()
    for bar in BARS:
        print(f"bar: {bar.name} at most {bar.factor:g} times {bar.base}")
    print("\n".join(failures) or "every bar holds")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=200)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="pgwright-bench-") as folder:
        figures = {name: program.figures() for name, program in measure(options.rounds, folder).items()}
    inside = parts()
    failures = missed(figures)
    if options.json:
        absent = [name for name, argv in guards().items() if argv is None]
        print(
            json.dumps(
                {"processes": figures, "parts_us": inside, "not_installed": absent, "missed": failures}, indent=1
            )
        )
    else:
        show(figures, inside, failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
