"""The run as one HTML file: offline, without scripts, safe to open whatever the SQL in it says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.report import charts, figures, plantree, reading, timeline

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).parent / "templates"


def render(document: Mapping[str, Any]) -> str:
    """The report page of a run document (schemas/run.schema.json). The same document gives the same page."""
    clean = figures.printable(document)
    return _environment().get_template("report.html.j2").render(**_view(clean))


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    named = (
        "ms",
        "us",
        "seconds",
        "times",
        "size",
        "count",
        "overlap",
        "share",
        "words",
        "shortened",
        "without_vectors",
    )
    environment.filters.update({name: getattr(figures, name) for name in named})
    environment.filters["file_name"] = lambda path: path.rsplit("/", 1)[-1]
    environment.tests["web_address"] = lambda text: text.startswith("https://")
    return environment


def _view(document: Mapping[str, Any]) -> dict[str, Any]:
    """Everything the templates show, computed."""
    proof = reading.proof(document)
    taken = {each["name"] for each in document["indexes"] if each["chosen"]}
    return {
        "run": document,
        "changes": reading.changes(document),
        "facts": _facts(document),
        "rejections": reading.rejections(document),
        "trials": charts.trials(document["queries"]),
        "ratios": charts.ratios(document["queries"]),
        "curves": {query["id"]: charts.curves(query, taken) for query in document["queries"]},
        "plans": {query["id"]: _plans(query) for query in document["queries"]},
        "index_evidence": {
            each["name"]: reading.refs(reading.claims(document, "index", about=each["name"]))
            for each in document["indexes"]
        },
        "index_reasons": {each["name"]: reading.index_reason(document, each) for each in document["indexes"]},
        "write_evidence": {
            each["relation"]: reading.refs(reading.claims(document, "writes", about=each["relation"]))
            for each in document["inserts"]
        },
        "proof": proof,
        "phases": reading.PHASES,
        "lock_charts": timeline.locks(proof) if proof else [],
        "proof_evidence": reading.refs(reading.claims(document, "locks", "roundtrip", "waiting")),
        "steps": timeline.steps(document["seconds"]),
    }


def _facts(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "locks": reading.locks(document),
        "roundtrip": reading.roundtrip(document),
        "sessions": reading.sessions(document),
        "review": reading.passed_checks(document),
        "route": reading.route_reason(document),
        "target": reading.target(document),
    }


def _plans(query: Mapping[str, Any]) -> dict[str, plantree.ShownNode | None]:
    return {when: plantree.shown(query["plans"][when]) for when in ("before", "after")}
