"""Who is meant for a task, and how the server would run a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from orchestrator.mcp_server import permitted, reading
from orchestrator.mcp_server.answer import Answer
from orchestrator.mcp_server.setup import Setup
from orchestrator.model.errors import UsageError
from orchestrator.pg import connect, plan, query

if TYPE_CHECKING:
    import psycopg

GENERIC_PLAN = 160000  # the first version whose EXPLAIN takes parameters without values
ESTIMATE_OFF = 10
MANY_ROWS = 10_000


def route(task: str, setup: Setup) -> Answer:
    from orchestrator.router import answer

    found = answer.route(task, project=setup.project)
    skills = ", ".join(skill.name for skill in found.skills)
    because = ", ".join(f'"{found.task[hit.start : hit.end]}"' for hit in found.matched)
    text = f"{found.agent}{f' with {skills}' if skills else ''}{f', because of {because}' if because else ''}"
    return Answer(text=f"{text}\n{found.question}" if found.question else text, data=found.as_json())


def explain(setup: Setup, sql: str, *, analyze: bool, params: Mapping[str, Any] | None) -> Answer:
    statement = permitted.explainable(sql, analyze=analyze)
    with reading.session(setup) as connection:
        if analyze:
            permitted.refuse_volatile(connection, statement)
        raw, generic = _plan(connection, statement.text, analyze=analyze, params=params or {})
        server = reading.records(connection, "catalog", "server")[0]
    node = plan.node(raw["Plan"])
    data: dict[str, Any] = {
        "schema": "mcp-explain",
        "analyzed": analyze,
        "generic": generic,
        "server": {
            "postgresql": server["version"],
            "database": server["database"],
            "from": connect.shown(setup.server()),
        },
        "estimated_cost": float(raw["Plan"].get("Total Cost", 0.0)),
        "planning_ms": raw.get("Planning Time"),
        "execution_ms": raw.get("Execution Time"),
        "causes": list(_causes(raw["Plan"], analyzed=analyze)),
        "plan": node.as_json(),
    }
    return Answer(text=_text(data, node), data=data)


def _plan(
    connection: psycopg.Connection[Any], text: str, *, analyze: bool, params: Mapping[str, Any]
) -> tuple[dict[str, Any], bool]:
    """EXPLAIN's JSON document, and whether it is a plan for any value of the parameters."""
    wanted = permitted.parameters(text)
    missing = [name for name in wanted if name not in params]
    if unknown := sorted(set(params) - set(wanted)):
        raise UsageError(
            f"the statement has no parameter {', '.join(unknown)}", hint=f"It has: {', '.join(wanted) or 'none'}."
        )
    options = "ANALYZE, BUFFERS, FORMAT JSON" if analyze else "FORMAT JSON"
    if not missing:
        return _document(connection.execute(f"EXPLAIN ({options}) {query.bound(text)}".encode(), dict(params))), False
    if analyze or connection.info.server_version < GENERIC_PLAN:
        raise UsageError(
            f"no values were given for the parameters {', '.join(missing)}",
            hint="Give them in params, by name without the colon.",
        )
    numbered = permitted.numbered(text)
    return _document(connection.execute(f"EXPLAIN (GENERIC_PLAN, {options}) {numbered}".encode())), True


def _document(cursor: psycopg.Cursor[Any]) -> dict[str, Any]:
    row = cursor.fetchone()
    found: dict[str, Any] = row[0][0] if row else {}
    return found


def _causes(raw: Mapping[str, Any], *, analyzed: bool) -> Iterator[dict[str, str]]:
    """Why the statement takes the time it takes: of each node what stands out, in the order of the plan."""
    evidence = "measured" if analyzed else "inferred"
    for node in _walk(raw):
        where = " on ".join(part for part in (node["Node Type"], node.get("Relation Name", "")) if part)
        for found in (*_reads(node), *(_estimates(node) if analyzed else ()), *_spills(node)):
            yield {"node": where, "cause": found, "evidence": evidence}


def _walk(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _walk(child)


def _reads(node: Mapping[str, Any]) -> Iterator[str]:
    loops = node.get("Actual Loops", 1)
    removed = node.get("Rows Removed by Filter", 0) * loops
    kept = node.get("Actual Rows", 0) * loops
    if removed >= MANY_ROWS and removed > ESTIMATE_OFF * kept:
        yield f"{removed:.0f} rows are read and thrown away by the filter {node.get('Filter', '')}; {kept:.0f} are kept"
    if node["Node Type"] == "Seq Scan" and "Actual Loops" not in node and "Filter" in node:
        yield f"every row is read for the filter {node['Filter']}: no index serves it, or none is worth it"
    if node.get("Rows Removed by Index Recheck", 0) * loops >= MANY_ROWS:
        yield "the bitmap did not fit into work_mem, so whole pages are checked again"
    if node.get("Heap Fetches", 0) >= MANY_ROWS:
        yield f"{node['Heap Fetches']} rows of an index-only scan are looked up in the table: it needs a VACUUM"
    if node["Node Type"] == "Nested Loop" and any(
        each.get("Actual Loops", 1) >= MANY_ROWS for each in node.get("Plans", ())
    ):
        yield f"the inner side runs {max(each.get('Actual Loops', 1) for each in node['Plans'])} times"


def _estimates(node: Mapping[str, Any]) -> Iterator[str]:
    expected, actual = node.get("Plan Rows", 0), node.get("Actual Rows", 0)
    times = max(expected, actual, 1) / max(min(expected, actual), 1)
    if times >= ESTIMATE_OFF and max(expected, actual) >= 100:
        yield f"the planner expected {expected:g} rows a loop and {actual:g} came: ANALYZE, or extended statistics"


def _spills(node: Mapping[str, Any]) -> Iterator[str]:
    if node.get("Sort Space Type") == "Disk":
        yield f"the sort did not fit into work_mem and wrote {node.get('Sort Space Used', 0)} kB to disk"
    if node.get("Hash Batches", 1) > 1:
        yield f"the hash table did not fit into work_mem: {node['Hash Batches']} batches went to disk"


def _text(data: Mapping[str, Any], node: plan.PlanNode) -> str:
    if data["analyzed"]:
        head = f"ran once in {data['execution_ms']:.1f} ms, planned in {data['planning_ms']:.1f} ms (measured)"
    else:
        head = f"not run; estimated cost {data['estimated_cost']:g} (inferred)"
    lines = [f"PostgreSQL {data['server']['postgresql']}, database {data['server']['database']}: {head}"]
    lines += ["the plan is for any value of the parameters"] if data["generic"] else []
    lines += _tree(node, 0, analyzed=data["analyzed"])
    lines += [f"cause ({each['evidence']}): {each['node']}: {each['cause']}" for each in data["causes"]]
    return "\n".join(lines)


def _tree(node: plan.PlanNode, depth: int, *, analyzed: bool) -> Iterator[str]:
    where = "".join([f" on {node.relation}" if node.relation else "", f" using {node.index}" if node.index else ""])
    rows = (
        f"{node.actual_rows:g} of {node.estimated_rows:g} rows expected"
        if analyzed
        else f"{node.estimated_rows:g} rows expected"
    )
    times = f", {node.own_ms:.1f} ms of its own, {node.buffers} pages" if analyzed else ""
    yield f"{'  ' * depth}{node.kind}{where}: {rows}{times}{f' ({node.condition})' if node.condition else ''}"
    for child in node.children:
        yield from _tree(child, depth + 1, analyzed=analyzed)
