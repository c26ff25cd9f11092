"""Queries made fast: the same run as `orchestrate run`, and the key parts of its document."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestrator.mcp_server import work
from orchestrator.mcp_server.answer import Answer
from orchestrator.mcp_server.setup import Setup
from orchestrator.model.errors import UsageError

DEMO_TASK = "optimize hybrid search"
QUERY_TASK = "make this slow query fast"


async def tune(
    setup: Setup,
    *,
    task: str,
    sql: str,
    queries: Mapping[str, str] | None,
    params: Mapping[str, Sequence[Any]] | None,
    documents: int | None,
) -> Answer:
    texts = dict(queries or {}) | ({"query": sql} if sql.strip() else {})
    if params and not texts:
        raise UsageError("values were given for parameters, but no query", hint="Give the query in sql.")
    with tempfile.TemporaryDirectory(prefix="pgwright-tune-") as folder:
        words = ["run", task.strip() or (QUERY_TASK if texts else DEMO_TASK), "--json", "--project", str(setup.project)]
        words += ["--timeout", str(setup.timeout_s)]
        words += ["--documents", str(documents)] if documents and not texts else []
        if texts:
            words += ["--dsn", setup.server(), *_query_words(Path(folder), texts)]
        if params:
            values = Path(folder) / "params.json"
            values.write_text(json.dumps(params), encoding="utf-8")
            words += ["--params", str(values)]
        document = await work.done({"words": words}, folder=setup.project)
    data = _key_parts(document)
    return Answer(text=_text(data), data=data)


def _query_words(folder: Path, texts: Mapping[str, str]) -> list[str]:
    words = []
    for number, (name, text) in enumerate(texts.items()):
        plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")[:50] or "query"
        path = folder / str(number) / f"{plain}.sql"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        words += ["--query", str(path)]
    return words


def _key_parts(document: Mapping[str, Any]) -> dict[str, Any]:
    """The answer by schemas/mcp-tune.schema.json; all of it is in the run's output.json."""
    migration, review = document["migration"], document["review"]
    rewritten = [query["rewritten"] for query in document["queries"]]
    keys = ("query", "before_ms", "after_ms", "fix", "evidence")
    return {
        "schema": "mcp-tune",
        "run_id": document["run_id"],
        "headline": document["headline"],
        "target": document["target"]["shown"],
        "findings": [
            {key: finding[key] for key in keys} | {"rewritten": text}
            for finding, text in zip(document["output"]["performance_findings"], rewritten, strict=True)
        ],
        "indexes": [
            {key: index[key] for key in ("name", "sql", "size_bytes", "reason")}
            for index in document["indexes"]
            if index["chosen"]
        ],
        "migration": migration
        and {
            "path": migration["path"],
            "revision": migration["revision"],
            "proof_clean": migration["proof"]["clean"],
        },
        "review": review and review["verdict"],
        "evidence": [{key: claim[key] for key in ("id", "kind", "claim", "how")} for claim in document["evidence"]],
        "decisions": document["decisions"],
        "artifacts": document["artifacts"],
        "not_checked": document["not_checked"],
        "undo": document["undo"],
        "seconds": round(sum(document["seconds"].values()), 1),
    }


def _text(data: Mapping[str, Any]) -> str:
    lines = [data["headline"], f"run {data['run_id']} on {data['target']}, {data['seconds']:g} s"]
    lines += [f"index: {each['sql']} ({each['size_bytes']} bytes): {each['reason']}" for each in data["indexes"]]
    lines += [f"rewritten:\n{each['rewritten']}" for each in data["findings"] if each["rewritten"]]
    if data["migration"]:
        proved = "proved up, down and up" if data["migration"]["proof_clean"] else "PROOF FAILED"
        lines.append(f"migration: {data['migration']['path']}, {proved}; review: {data['review']}")
    lines += [f"{each['id']} ({each['kind']}): {each['claim']}" for each in data["evidence"]]
    lines += [f"decision {each['id']} {each['action']}" for each in data["decisions"]]
    lines += [f"not checked: {each}" for each in data["not_checked"]]
    lines.append("files: " + ", ".join(each["path"] for each in data["artifacts"]))
    return "\n".join(lines)
