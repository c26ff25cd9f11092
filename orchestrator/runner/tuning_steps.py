"""The steps that measure: fill the disposable server, time the queries as they are, try candidates, confirm the
choice.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from orchestrator.demo import corpus
from orchestrator.pg import catalog as catalogs
from orchestrator.pg import copy, query
from orchestrator.pg.catalog import Catalog
from orchestrator.runner.durable import Done
from orchestrator.runner.workspace import Workspace, design_from
from orchestrator.tuning import baseline as baselines
from orchestrator.tuning import choice, confirm, experiment, parameters
from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm, Bench
from orchestrator.tuning.record import Change, IndexDesign
from orchestrator.tuning.workload import Workload

if TYPE_CHECKING:
    import psycopg

DEMO_TITLES = {
    "rank_fusion": "reciprocal rank fusion, LIMIT in each half",
    "weighted_sum": "weighted sum of similarity and text rank",
}


class Tuning:
    """The measuring steps of one run. Each method is one step and returns JSON."""

    def __init__(self, work: Workspace) -> None:
        self.work = work
        self.spec = work.spec
        work.fill = self._fill

    def prepare(self, _done: Done) -> dict[str, Any]:
        queries = self._queries()
        connection = self.work.connection()
        catalog = self._catalog(connection, queries)
        versions = catalogs.rows(connection, "catalog", "server")[0]
        return {
            "target": {"kind": self.spec.target, "shown": self.spec.target_shown, **self.work.contents},
            "scratch": {
                "postgresql": versions["version"],
                "pgvector": catalog.extensions.get("vector"),
                "source": self.work.server.source,
            },
            "memory_bytes": graph_bytes(catalog),
            "workloads": [asdict(self._workload(connection, name, text, catalog)) for name, text in queries.items()],
        }

    def _queries(self) -> dict[str, str]:
        return corpus.queries() if self.spec.target == "demo" else dict(self.spec.queries)

    def _fill(self, empty: psycopg.Connection[Any]) -> dict[str, Any]:
        """Makes the tables and says which they are, what they lack, and which server they come from."""
        if self.spec.target == "demo":
            rows = corpus.load(empty, self.spec.documents)
            table = copy.CopiedTable(name=corpus.TABLE, rows=rows, estimated_rows=rows, sampled=False)
            return {"tables": [asdict(table)], "left_out": [], "server": None}
        texts = self.spec.queries.values()
        names = list(dict.fromkeys(name for text in texts for name in query.relations(query.read(text).tree)))
        with self.work.read_user_server() as source:
            copied = copy.copy_tables(source, empty, names, max_rows=self.spec.max_rows)
            server = catalogs.rows(source, "catalog", "server")[0]
            extensions = {row["name"]: row["version"] for row in catalogs.rows(source, "catalog", "extensions")}
        found = {
            "postgresql": server["version"],
            "pgvector": extensions.get("vector"),
            "read_only": server["read_only"],
        }
        return {**asdict(copied), "server": found}

    def _catalog(self, connection: psycopg.Connection[Any], queries: dict[str, str]) -> Catalog:
        names = dict.fromkeys(name for text in queries.values() for name in query.relations(query.read(text).tree))
        return catalogs.read(connection, list(names))

    def _workload(self, connection: psycopg.Connection[Any], name: str, text: str, catalog: Catalog) -> Workload:
        if self.spec.target == "demo":
            return Workload(
                id=name,
                title=DEMO_TITLES[name],
                query=text,
                bindings=corpus.questions(),
                bindings_from="40 questions written for the demo",
            )
        parsed = query.read(text)
        if self.spec.parameters:
            bindings, source = parameters.given(self.spec.parameters, parsed), "the parameter file"
        else:
            bindings, source = (
                parameters.draw(connection, parsed, catalog),
                "rows of the copied tables" if parsed.parameters else "the query has no parameters",
            )
        return Workload(id=name, title=name.replace("_", " "), query=text, bindings=bindings, bindings_from=source)

    def measure(self, done: Done) -> list[dict[str, Any]]:
        bench, catalog = self._bench(done)
        bench.show(())
        return [asdict(baselines.measure(bench, workload, key=_key(catalog))) for workload in workloads(done)]

    def build(self, done: Done) -> dict[str, Any]:
        bench, catalog = self._bench(done)
        changes = {workload.id: experiment.propose(workload.query, catalog) for workload in workloads(done)}
        designs = {change.index.name: change.index for each in changes.values() for change in each if change.index}
        built = bench.build_all(designs.values(), memory_bytes=self._memory(done))
        bench.show(())
        return {
            "changes": {name: [asdict(change) for change in each] for name, each in changes.items()},
            "designs": [asdict(designs[each.name]) for each in built],
            "built": [asdict(each) for each in built],
            "failed": bench.failed,
        }

    def try_out(self, done: Done) -> dict[str, Any]:
        bench, catalog = self._bench(done)
        screened: list[dict[str, Any]] = []
        found: list[choice.Option] = []
        for workload, base in zip(workloads(done), bases(done), strict=True):
            changes = [_change(document) for document in done["build"]["changes"][workload.id]]
            before, tried = experiment.screen(bench, workload, base, changes, _key(catalog))
            winner = experiment.best(tried)
            screened.append(
                {
                    "workload": workload.id,
                    "before": asdict(before),
                    "tried": [asdict(item) for item in tried],
                    "winner": winner and winner.arm.name,
                }
            )
            if winner:
                found += choice.options(
                    bench, workload, base, winner, changes=changes, catalog=catalog, key=_key(catalog)
                )
        sizes = {built["name"]: built["size_bytes"] for built in done["build"]["built"]}
        return {
            "screened": screened,
            "options": [asdict(option) for option in found],
            "choices": [asdict(each) for each in choice.decide(found, sizes)],
        }

    def confirm(self, done: Done) -> dict[str, Any]:
        bench, catalog = self._bench(done)
        results: list[dict[str, Any]] = []
        for position, (workload, base) in enumerate(zip(workloads(done), bases(done), strict=True)):
            arm = chosen_arm(done, position)
            if arm is None:
                results.append({"workload": workload.id, "arm": None})
                continue
            elimination, kept = experiment.needed(bench, arm, workload)
            final = replace(arm, indexes=kept)
            rules = winner(done, position)["rules"]
            confirmed = confirm.confirm(bench, workload, base, final, key=_key(catalog), rules=tuple(rules))
            if confirmed.verdict != "kept":
                results.append({"workload": workload.id, "arm": None, "unconfirmed": asdict(confirmed)})
                continue
            results.append(
                {"workload": workload.id, "arm": asdict(final), "needed": elimination, "confirmed": asdict(confirmed)}
            )
        return {"workloads": results, "inserts": self._inserts(bench, catalog, results)}

    @staticmethod
    def _inserts(bench: Bench, catalog: Catalog, results: list[dict[str, Any]]) -> list[dict[str, Any]]:
        used = {name for result in results if result["arm"] for name in result["arm"]["indexes"]}
        found = []
        for relation in catalog.relations:
            own = sorted(name for name in used if any(index.name == name for index in relation.indexes))
            cost = confirm.insert_cost(bench, relation, own) if own else None
            if cost:
                found.append(cost.as_json())
        return found

    def _bench(self, done: Done) -> tuple[Bench, Catalog]:
        connection = self.work.connection()
        designs = [design_from(document) for document in done.get("build", {}).get("designs", [])]
        bench = self.work.bench(connection, designs, self._memory(done))
        bench.failed.update(done.get("build", {}).get("failed", {}))
        return bench, self._catalog(connection, {workload.id: workload.query for workload in workloads(done)})

    @staticmethod
    def _memory(done: Done) -> int:
        return int(done["prepare"]["memory_bytes"])


def graph_bytes(catalog: Catalog) -> int:
    """maintenance_work_mem for an HNSW graph to be built in memory: rows × (4 × dimensions + 300) bytes, a fifth
    more, at most 2 GB.
    """
    wanted = [
        relation.estimated_rows * (4 * column.dimensions + 300)
        for relation in catalog.relations
        for column in relation.columns
        if column.base_type in ("vector", "halfvec") and column.dimensions > 0
    ]
    return min(2 << 30, int(max(wanted, default=0) * 1.2))


def workloads(done: Done) -> list[Workload]:
    return [Workload(**document) for document in done["prepare"]["workloads"]]


def bases(done: Done) -> list[Baseline]:
    return [Baseline(**document) for document in done["measure"]]


def _key(catalog: Catalog) -> str | None:
    return next((relation.primary_key for relation in catalog.relations if relation.primary_key), None)


def _change(document: dict[str, Any]) -> Change:
    index = document["index"]
    return Change(**{**document, "index": design_from(index) if index else None})


def winner(done: Done, position: int) -> dict[str, Any]:
    """The candidate that won for the n-th query. Raises StopIteration when none did."""
    screened = done["try"]["screened"][position]
    found: dict[str, Any] = next(item for item in screened["tried"] if item["arm"]["name"] == screened["winner"])
    return found


def chosen_arm(done: Done, position: int) -> Arm | None:
    """The arm to confirm for the n-th query: the winner's, with the chosen index type and the chosen value of its
    setting.
    """
    screened = done["try"]["screened"][position]
    if screened["winner"] is None:
        return None
    best = winner(done, position)["arm"]
    arm = Arm(**{**best, "indexes": tuple(best["indexes"])})
    chosen = {each["index"]["name"] for each in done["try"]["choices"]}
    for option in done["try"]["options"]:
        index: dict[str, Any] = option["change"]["index"]
        if option["workload"] != screened["workload"] or index["name"] not in chosen:
            continue
        knob, value = index["knob"], option["point"]["value"]
        settings = {knob["setting"]: str(value)} if value != knob["default"] else {}
        arm = Arm(
            name="chosen",
            query=option["arm"]["query"],
            indexes=tuple(option["arm"]["indexes"]),
            settings={**arm.settings, **settings},
        )
    return arm


def designs_used(done: Done) -> list[IndexDesign]:
    """The indexes that the confirmed arms need, in the order in which they were built."""
    used = {name for result in done["confirm"]["workloads"] if result["arm"] for name in result["arm"]["indexes"]}
    return [design_from(document) for document in done["build"]["designs"] if document["name"] in used]
