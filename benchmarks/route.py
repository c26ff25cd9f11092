"""What routing costs, with our three agents and with 500 of a collection, and how often those 500 are found.

usage: python -m benchmarks.route [--starts N] [--lines N] [--json]      default: 20 starts, 10,000 lines
exit code 1 when a bar is missed

Starts are whole processes, from before they exist until their answer is read: `first` without a kept lexicon, `next`
with one; `min` is close to an idle machine, and its bar is there. The stream counts the time of its core, start
included. Its tasks are made from the requests of tests/routes, alone and joined.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import route_agents
from orchestrator.plugin import paths
from orchestrator.router import answer, shipped

LARGE = 500
JOINTS = ("{} and then {}", "{}. {}", "first {}, then {}", "{} for the shop. {}")
START_MS, TASKS_A_SECOND, GROWTH, FOUND, PEAK_MB = 200.0, 2000.0, 3.0, 0.9, 80.0


@dataclass(frozen=True, kw_only=True)
class Process:
    """Wall time, time of a core, and the most memory that it held."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def tasks(count: int, seed: int = 3) -> list[str]:
    """Half of them one request, half of them two."""
    chance = random.Random(seed)  # noqa: S311
    requests = [line.task for line in shipped.read(paths.root())]
    joined = [chance.choice(JOINTS).format(*chance.sample(requests, 2)) for _ in range(count // 2)]
    made = [chance.choice(requests) for _ in range(count - len(joined))] + joined
    chance.shuffle(made)
    return made


def run(words: Sequence[str], cache: Path, given: Path | None = None) -> Process:
    """`orchestrate route WORDS`, with the lexicon kept in `cache`, reading the file `given`."""
    argv = [sys.executable, "-m", "orchestrator", "route", *words]
    files = [(os.POSIX_SPAWN_OPEN, 0, str(given or os.devnull), os.O_RDONLY, 0)]
    files += [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    begun = time.perf_counter()
    pid = os.posix_spawn(sys.executable, argv, {**os.environ, "ORCHESTRATE_CACHE": str(cache)}, file_actions=files)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"orchestrate route {' '.join(words)} failed")
    cpu = used.ru_utime + used.ru_stime
    return Process(wall_s=wall, cpu_s=cpu, peak_mb=used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def starts(words: Sequence[str], folder: Path, rounds: int) -> dict[str, float]:
    """Median milliseconds from start to answer without and with a kept lexicon."""
    first = [run([*words, "slow query"], folder / f"empty-{n}").wall_s for n in range(max(3, rounds // 4))]
    following = [run([*words, "slow query"], folder / "empty-0").wall_s for _ in range(rounds)]
    return {
        "first_start_ms": round(statistics.median(first) * 1e3, 1),
        "next_start_ms": round(statistics.median(following) * 1e3, 1),
        "next_start_min_ms": round(min(following) * 1e3, 1),
    }


def stream(words: Sequence[str], given: Path, lines: int, cache: Path) -> dict[str, float]:
    done = run([*words, "-", "--json"], cache, given)
    return {"tasks_a_second": round(lines / done.cpu_s), "peak_mb": round(done.peak_mb, 1)}


def found(folder: Path, made: Sequence[route_agents.Agent]) -> dict[str, float]:
    """The share of requests that reach the agent they were written for, go to nobody, or go astray."""
    router = answer.router(agents=[folder])
    answers = [(agent.name, router.route(task).agent) for agent in made for task in agent.requests]
    nobody = sum(given == "none" for _, given in answers) / len(answers)
    right = sum(wanted == given for wanted, given in answers) / len(answers)
    return {"top_1": round(right, 3), "nobody": round(nobody, 3), "astray": round(1 - right - nobody, 3)}


def measure(rounds: int, lines: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        collection, given = folder / "collection", folder / "tasks.txt"
        made = route_agents.agents(LARGE)
        route_agents.write(collection, made)
        given.write_text("\n".join(task.replace("\n", " ") for task in tasks(lines)) + "\n", encoding="utf-8")
        requests = folder / "requests.txt"
        asked = [task for agent in made for task in agent.requests]
        requests.write_text("".join(f"{asked[n % len(asked)]}\n" for n in range(lines)), encoding="utf-8")
        large = ["--agents", str(collection)]
        os.environ["ORCHESTRATE_CACHE"] = str(folder / "own")
        return {
            "3 agents": starts([], folder / "3", rounds) | stream([], given, lines, folder / "3" / "empty-0"),
            f"{LARGE} agents": starts(large, folder / "500", rounds)
            | stream(large, requests, lines, folder / "500" / "empty-0")
            | found(collection, made),
        }


def missed(measured: dict[str, dict[str, float]]) -> list[str]:
    small, large = measured.values()
    bars = {
        f"start to answer with 3 agents at most {START_MS:g} ms": small["next_start_min_ms"] <= START_MS,
        f"at least {TASKS_A_SECOND:g} tasks a second with 3 agents": small["tasks_a_second"] >= TASKS_A_SECOND,
        f"{LARGE} agents at most {GROWTH:g} times as slow as 3": large["tasks_a_second"] * GROWTH
        >= small["tasks_a_second"],
        f"at least {FOUND:.0%} of the requests reach their one of {LARGE} agents": large["top_1"] >= FOUND,
        f"at most {PEAK_MB:g} MB for a stream of tasks": max(small["peak_mb"], large["peak_mb"]) <= PEAK_MB,
    }
    return [bar for bar, is_met in bars.items() if not is_met]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    measured = measure(given.starts, given.lines)
    failed = missed(measured)
    if given.json:
        print(json.dumps({"measured": measured, "missed": failed}, indent=2))
    else:
        for name, figures in measured.items():
            print(f"{name}: {', '.join(f'{key} {value:g}' for key, value in figures.items())}")
        for bar in failed:
            print(f"missed: {bar}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
