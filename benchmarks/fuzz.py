"""Feeds mutated command lines and hook events to the gate, in process: python -m benchmarks.fuzz --inputs 1000000

Three claims are checked on every input, repeatable by its seed:

- nothing crashes: every command line gets a judgement, and every event is read or refused;
- nothing fails open: bytes that are no event are refused, never read as a harmless one;
- nothing loosens: up to three disguises on top of each other (quotes in the name, sudo, bash -c, eval, a loop, ssh, a
  container, base64 into a shell, …; see tests/gate/disguises.py) keep the decision of what is inside, or are stricter.

Measured on two cores with seed 1: 1,000,000 inputs, 1,155,274 judgements, 79 s, 0 failures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.gate.disguises import ELSEWHERE, HERE, NAMES

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "gate" / "cases"
HERE_OR_THERE = list({**NAMES, **HERE, **ELSEWHERE}.items())
ONLY_HERE = list({**NAMES, **HERE}.items())
# Rules about files of this machine: on another host the same words mean other files.
LOCAL = ("tamper-", "remove-", "move-", "wipe-", "outside-", "forbidden-")
ORDER = {"": 0, "ask": 1, "deny": 2}
BATCH = 2000
SNIPPETS = (
    *" \t\n;&|<>(){}[]$`'\"\\#!*?~=-:,.%@",
    *("$(", "${", "<<E\n", "\nE\n", "<<<", "&&", "||", "$'", "\\\n", "/*", "*/", "--", "::", "E'", "$$", "$a$"),
    *("psql ", "DROP TABLE t", "DELETE FROM t", " -c ", " -f ", "sudo ", "bash -c ", "eval ", "xargs ", "\u00a0"),
    *("\udc80", "\x00", "\ue000", "\ue001", "é", "\U0001f4a3", "\r\n", "if ", "then ", "fi", "do ", "done", "esac"),
)


@dataclass
class Found:
    """Failures of one batch; a failure is (claim, seed, input)."""

    inputs: int = 0
    judged: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)


def seeds() -> list[str]:
    """Bash commands of the labelled cases and of the rules' examples."""
    from orchestrator.gate import catalogue

    found = []
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if case["tool"] == "Bash" and "files" not in case:
                found.append(case["input"]["command"])
    for rule in catalogue.every():
        found += [each for each in (*rule.fires_on, *rule.silent_on) if isinstance(each, str) and not rule.matches]
    return found


def mutated(text: str, others: list[str], chance: random.Random) -> str:
    """One to four random edits: deletion, insertion, doubling, exchange, a piece of another command."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.randint(1, 8))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + text[end:]
        elif kind == 1:
            text = text[:at] + chance.choice(SNIPPETS) + text[at:]
        elif kind == 2:
            text = text[:end] + text[at:]
        elif kind == 3:
            text = text[:at] + chance.choice(SNIPPETS) + text[end:]
        else:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            text = text[:at] + other[start : start + chance.randint(1, 40)] + text[at:]
    return text[:4000]


def judged(command: str) -> tuple[str, bool]:
    """The decision, and whether it is about files of this machine."""
    from orchestrator.gate import judge
    from orchestrator.gate.place import Place

    event = {"tool_name": "Bash", "tool_input": {"command": command}}
    found = judge.judge(event, Place(cwd="/nonexistent/project", home="/nonexistent/home"))
    is_local = any(effect.rule.id.startswith(LOCAL) for effect in found.effects)
    return found.decision, is_local or any(sign in command for sign in ("*", "?", "[", "pwd", "PWD"))


def parses(command: str) -> bool:
    from orchestrator.gate.shell import nodes, parser

    try:
        parser.parse(command)
    except nodes.Unparsable:
        return False
    return True


def disguised(command: str, is_local: bool, chance: random.Random) -> tuple[str, str]:
    """The command under one to three disguises, and their names; the command itself where none fits."""
    names = []
    for _ in range(chance.randint(1, 3)):
        name, disguise = chance.choice(ONLY_HERE if is_local else HERE_OR_THERE)
        other = disguise(command)
        if other is not None and parses(other):
            command = other
            names.append(name)
    return command, " in ".join(names)


def _bears_line_end(command: str, inside: str, found: Found) -> bool:
    """False where a line end alone makes another command: it can close a here-document that was open."""
    return ORDER[_judged(command + "\n", found)[0]] >= ORDER[inside]


def bears_disguise(command: str) -> bool:
    """An alias takes effect on the next line only, a text with a dash in front is an option of a shell."""
    return "alias" not in command and not command.startswith(("-", "+")) and "\udc80" not in command and parses(command)


def check(command: str, chance: random.Random, found: Found) -> None:
    """All claims for one input."""
    found.inputs += 1
    inside, is_local = _judged(command, found)
    if inside and bears_disguise(command):
        wrapped, names = disguised(command, is_local, chance)
        if names and ORDER[_judged(wrapped, found)[0]] < ORDER[inside] and _bears_line_end(command, inside, found):
            found.failures.append((f"{names} loosens", inside, command))
    _check_event(command, chance, found)


def _check_event(command: str, chance: random.Random, found: Found) -> None:
    """One byte of the event is changed, doubled or lost: what Python's own reader refuses is refused here, too."""
    from orchestrator.gate import event

    raw = json.dumps({"tool_name": "Bash", "tool_input": {"command": command}}).encode()
    at = chance.randrange(len(raw))
    broken = raw[:at] + bytes([chance.randrange(256)]) + raw[at + chance.randrange(2) :]
    try:
        read = event.decode(broken.decode("utf-8"))
    except ValueError:
        return
    except Exception as error:  # a crash is what is looked for
        found.failures.append((f"event: {error!r}", "", repr(broken)))
        return
    if read != json.loads(broken):
        found.failures.append(("event is read as another one", "", repr(broken)))


def _judged(command: str, found: Found) -> tuple[str, bool]:
    found.judged += 1
    try:
        return judged(command)
    except Exception as error:  # a crash is what is looked for
        found.failures.append((f"crash: {error!r}", "", command))
        return "", False


def batch(number: int, seed: int, size: int) -> Found:
    """One batch of inputs, the same for the same number and seed."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311
    others = seeds()
    found = Found()
    for _ in range(size):
        check(mutated(chance.choice(others), others, chance), chance, found)
    return found


def batches(inputs: int, seed: int, processes: int) -> Iterator[Found]:
    sizes = [min(BATCH, inputs - start) for start in range(0, inputs, BATCH)]
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(batch, range(len(sizes)), [seed] * len(sizes), sizes)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args(words)
    begin = time.monotonic()
    total = Found()
    for part in batches(given.inputs, given.seed, given.processes):
        total.inputs += part.inputs
        total.judged += part.judged
        total.failures += part.failures
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{total.inputs:,} inputs, {len(total.failures)} failures")
    for claim, inside, command in total.failures[:50]:
        print(f"{claim} {inside}: {command!r}")
    seconds = time.monotonic() - begin
    print(
        f"{total.inputs:,} inputs, {total.judged:,} judgements, seed {given.seed}, {seconds:.0f} s: "
        f"{len(total.failures)} failures"
    )
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
