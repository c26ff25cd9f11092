"""How the demo's queries grow: latency before and after, overlap, build time and insert cost for several sizes.

usage: python -m benchmarks.demo [DOCUMENTS ...]      default: 5000 20000 60000, about two minutes on two cores
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from orchestrator.demo import corpus
from orchestrator.pg import catalog as catalogs
from orchestrator.pg import connect, scratch
from orchestrator.runner.tuning_steps import graph_bytes
from orchestrator.runner.workspace import SETTINGS
from orchestrator.tuning import baseline, confirm, experiment
from orchestrator.tuning.bench import Bench
from orchestrator.tuning.workload import Workload

MORE = corpus.Part(
    texts=Path(__file__).parent / "data" / "more.jsonl.xz", vectors=Path(__file__).parent / "data" / "more.i8"
)
KEY = "id"


def measure(count: int) -> None:
    """Prints one line for each query at this size, and one for the indexes."""
    with scratch.running(settings=SETTINGS) as server, connect.scratch(server.dsn()) as connection:
        begun = time.perf_counter()
        loaded = corpus.load(connection, count, (corpus.BUNDLED, MORE))
        print(f"{loaded:,} documents, loaded in {time.perf_counter() - begun:.1f} s")
        bench = Bench(connection)
        names: list[str] = []
        for name, text in corpus.queries().items():
            workload = Workload(id=name, title=name, query=text, bindings=corpus.questions())
            names = _query(bench, workload) or names
        relation = catalogs.read(connection, [corpus.TABLE]).relations[0]
        cost = confirm.insert_cost(bench, relation, names)
        if cost:
            print(f"  insert of a row: {cost.before_us:.0f} µs without the indexes, {cost.after_us:.0f} µs with them")


def _query(bench: Bench, workload: Workload) -> list[str]:
    """Builds what is missing, prints before and after, and returns the indexes of the winner."""
    bench.show(())
    base = baseline.measure(bench, workload, key=KEY)
    catalog = catalogs.read(bench.connection, [corpus.TABLE])
    # Indexes of the query before are in the catalog already; they are hidden, so they still count as missing.
    hidden = [
        replace(each, indexes=tuple(i for i in each.indexes if i.name not in bench.managed))
        for each in catalog.relations
    ]
    changes = experiment.propose(workload.query, replace(catalog, relations=tuple(hidden)))
    for change in experiment.first_choice(changes):
        if change.index and change.index.name not in bench.managed:
            built = bench.build(change.index, memory_bytes=graph_bytes(catalog))
            print(f"  {built.name}: {built.seconds:.1f} s, {built.size_bytes / 1e6:.0f} MB")
    _, tried = experiment.screen(bench, workload, base, changes, KEY)
    winner = experiment.best(tried)
    if winner is None:
        print(f"  {workload.id}: nothing was better")
        return []
    found = confirm.confirm(bench, workload, base, winner.arm, key=KEY)
    wall = found.wall
    print(
        f"  {workload.id:13} {wall.before_ms:7.1f} ms → {wall.after_ms:6.2f} ms, {wall.ratio:5.1f} times"
        f" ({wall.ratio_low:.1f} to {wall.ratio_high:.1f}), overlap {found.after.overlap:.3f}"
    )
    return list(winner.arm.indexes)


if __name__ == "__main__":
    for size in [int(word) for word in sys.argv[1:]] or [5_000, 20_000, 60_000]:
        measure(size)
