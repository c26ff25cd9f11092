"""A disguise never makes the gate milder on a risky command, and never makes it speak on a harmless one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from disguises import ELSEWHERE, HERE, NAMES, OPEN_NAMES, Disguise, is_plain
from examples import fires_on, judged_at, project, silent_on
from hook_process import STRICTNESS, event

from orchestrator.gate import catalogue
from orchestrator.gate.place import Place

SEED = 20260101
AS_TYPED = "as typed"
SAMPLES = 60_000  # of about 140,000 combinations; one takes a few milliseconds
CASES = Path(__file__).parent / "cases"
# Aliases take effect on the next line only, so a block around them changes what they do.
BOUND_TO_THEIR_PLACE = ("alias ", "{{CWD}}")
READS_INPUT = frozenset(
    (
        "psql",
        "pgcli",
        "clickhouse-client",
        "clickhouse",
        "mysql",
        "sqlite3",
        "mongosh",
        "redis-cli",
        "ssh",
        "sh",
        "bash",
    )
)


class Base(NamedTuple):
    """A command as somebody would type it, the files it needs, and what the gate says to it."""

    command: str
    files: Mapping[str, str]
    is_local: bool
    decision: str


class Loosened(NamedTuple):
    """Sorts by what a person would look at first: fewest disguises, then the shortest text."""

    disguises: int
    length: int
    names: tuple[str, ...]
    text: str
    was: str
    now: str


def written(path: Path) -> Iterator[tuple[str, Mapping[str, str], bool]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["tool"] == "Bash":
            yield case["input"]["command"], case.get("files", {}), case["class"] == "tamper" or "files" in case


def commands() -> Iterator[tuple[str, Mapping[str, str], bool]]:
    """Text, files, and whether it is about things of this machine."""
    for path in sorted(CASES.glob("*.jsonl")):
        yield from written(path)
    rules = catalogue.every()
    for example in (*fires_on(rules), *silent_on(rules)):
        if example.event["tool_name"] == "Bash" and "agent_type" not in example.event:
            about_here = bool(example.files) or ".claude" in example.written or "orchestrate" in example.written
            yield example.event["tool_input"]["command"], example.files, about_here


def decision(command: str, files: Mapping[str, str], empty: Place) -> str:
    found = event("Bash", {"command": command})
    if not files:
        return judged_at(empty, found).decision
    with project(files) as place:
        return judged_at(place, found).decision


@pytest.fixture(scope="module")
def empty() -> Iterator[Place]:
    with project({}) as place:
        yield place


@pytest.fixture(scope="module")
def bases(empty: Place) -> list[Base]:
    known = {(text, str(files)): (text, files, local) for text, files, local in commands()}
    return [
        Base(text, files, local, decision(text, files, empty))
        for text, files, local in known.values()
        if not any(word in text for word in BOUND_TO_THEIR_PLACE)
    ]


def wrappers(base: Base) -> list[tuple[str, Disguise]]:
    return [*HERE.items(), *({} if base.is_local else ELSEWHERE).items()]


def renames(base: Base) -> list[tuple[str, Disguise]]:
    known = NAMES.items() if is_plain(base.command) else ()
    return [(AS_TYPED, str), *known, *(OPEN_NAMES.items() if known and base.decision else ())]


def disguised(base: Base, chance: random.Random) -> tuple[tuple[str, ...], str]:
    """Names of up to three disguises, and the text."""
    name, rename = chance.choice(renames(base))
    text, used = rename(base.command) or base.command, [name]
    for _ in range(chance.choice((0, 1, 1, 2))):
        wrapper, wrap = chance.choice(wrappers(base))
        wrapped = wrap(text)
        # A prefix fits a renamed command, too, but not one that sets a variable first.
        if wrapped is None and used == [name] and not text.startswith("C=") and wrap(base.command) is not None:
            wrapped = f"{wrapper} {text}"
        if wrapped is not None:
            text = wrapped
            used.append(wrapper)
    return tuple(each for each in used if each != AS_TYPED), text


def loosened(base: Base, chance: random.Random, empty: Place) -> Iterator[Loosened]:
    names, text = disguised(base, chance)
    if "echo y |" in names and not base.decision and READS_INPUT & set(base.command.split()):
        return
    now = decision(text, base.files, empty)
    wanted, got = STRICTNESS[base.decision or "allow"], STRICTNESS[now or "allow"]
    if got < wanted or (wanted == 0 and got > 0):
        yield Loosened(len(names), len(text), names, text, base.decision or "silence", now or "silence")


def smallest(found: list[Loosened]) -> str:
    """Each set of disguises that changes an answer, with the shortest text that shows it."""
    kinds: dict[tuple[str, ...], list[Loosened]] = {}
    for each in sorted(found):
        kind = next((kind for kind in kinds if set(kind) <= set(each.names)), each.names)
        kinds.setdefault(kind, []).append(each)
    return "\n".join(
        f"{len(group)} × {' in '.join(kind)}: {group[0].was} became {group[0].now}\n{group[0].text}\n"
        for kind, group in kinds.items()
    )


@pytest.mark.parametrize("risky", [True, False], ids=["risky", "harmless"])
def test_disguise_does_not_change_the_answer(risky: bool, bases: list[Base], empty: Place) -> None:
    chance = random.Random(SEED)
    chosen = [base for base in bases if bool(base.decision) == risky]
    found = [each for turn in range(SAMPLES // 2) for each in loosened(chosen[turn % len(chosen)], chance, empty)]
    assert not found, f"{len(found)} of {SAMPLES // 2}\n{smallest(found)}"


def test_disguises_fit_what_they_are_made_for() -> None:
    fits = ["psql shop -c 'DROP TABLE x'", "dropdb shop", 'psql -c "select 1" --set=a=b']
    others = ["psql -f $F", "cd x", "psql < a", "a; b", "A=b psql", "./x", "echo `ls`", "psql -c 'a\nb' | cat"]
    assert [text for text in fits if not is_plain(text)] == []
    assert [text for text in others if is_plain(text)] == []
    for text in fits:
        assert None not in [disguise(text) for disguise in (*NAMES.values(), *HERE.values(), *ELSEWHERE.values())]
