"""A live run on the terminal: what came out, who worked, what it cost, what is not known. It needs no colour."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from orchestrator.report import figures, reading, text

if TYPE_CHECKING:
    from rich.console import Console

MOST_HELD = 8
LONGEST = 120
Row = tuple[str, ...]


def render(document: Mapping[str, Any], *, console: Console) -> None:
    """Prints the result of a live run (schemas/run-live.schema.json)."""
    run = figures.printable(document)
    text.columns(console, [(run["headline"],)], style="bold")
    console.print()
    text.columns(console, [("Route", reading.route_reason(run)), ("Target", run["target"]["shown"])])
    _section(console, "Answer", [*_answer(run["output"])] or [("nothing", "no change is worth making")])
    _section(console, "Agents", [*_agents(run)])
    _section(console, "Review", [*_review(run)])
    _section(console, "Held or denied", [*_held(run["permission_denials"])])
    console.print()
    for title, entries in (
        ("Proven", _known(run, "proven")),
        ("Measured", _known(run, "measured")),
        ("Inferred", _known(run, "inferred")),
        ("Not checked", run["not_checked"]),
    ):
        text.line(console, title, "bold")
        text.columns(console, [("-", entry) for entry in entries or ["nothing"]], gap=1)
    console.print()
    _last(console, run)


def _section(console: Console, title: str, rows: Sequence[Row]) -> None:
    if rows:
        text.section(console, title, rows)


def _answer(output: Mapping[str, Any]) -> Iterator[Row]:
    for name in output.get("migrations_created", ()):
        yield "migration", name
    for each in output.get("indexes_added", ()):
        yield "index", f"{each['definition']}: {each['reason']}"
    for each in output.get("constraints_added", ()):
        yield "constraint", f"{each['constraint']} on {each['table']}: {each['definition']}"
    for each in output.get("performance_findings", ()):
        yield "query", f"{figures.shortened(each['query'], LONGEST)}: {_times(each)}{each['fix']}"
    for each in output.get("models", ()):
        yield "model", f"{each['name']}: {each['row']}"
    for each in output.get("findings", ()):
        yield each["severity"], f"{each['file']}: {each['claim']}; instead: {each['instead']}"
    for each in output.get("recommendations", ()):
        yield "do", each


def _times(finding: Mapping[str, Any]) -> str:
    before, after = finding["before_ms"], finding["after_ms"]
    if before is None:
        return "not measured; "
    return f"{figures.ms(before)}{'' if after is None else f' → {figures.ms(after)}'}; "


def _agents(run: Mapping[str, Any]) -> Iterator[Row]:
    for each in run["agents"]:
        held = f", {each['held']} held" if each["held"] else ""
        yield each["name"], f"{each['status']}, {each['calls']} tool calls{held} ({each['run_id']})"


def _review(run: Mapping[str, Any]) -> Iterator[Row]:
    for each in run["handoffs"]:
        what = each["payload"].get("migration", "models")
        yield each["to"], f"{what}: {str(each['verdict']).replace('-', ' ')}"
    for each in (run["review"] or {}).get("findings", ()):
        line = "" if each["line"] is None else f":{each['line']}"
        yield each["severity"], f"{each['file']}{line}: {each['claim']}; instead: {each['instead']}"


def _held(denials: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for each in denials[:MOST_HELD]:
        given = each["input"].get("command") or each["input"].get("sql") or json.dumps(each["input"])
        yield each["tool"], f"{figures.shortened(str(given), LONGEST)}: {figures.shortened(each['why'], LONGEST)}"
    if len(denials) > MOST_HELD:
        yield "", f"and {len(denials) - MOST_HELD} more: see output.json"


def _known(run: Mapping[str, Any], kind: str) -> list[str]:
    return [f"{each['id']} {each['claim']}" for each in run["evidence"] if each["kind"] == kind]


def _last(console: Console, run: Mapping[str, Any]) -> None:
    """Files, cost, and the commands; the last line is the next command."""
    for each in run["artifacts"]:
        text.line(console, f"{each['kind'].capitalize():<11}  {each['path']}")
    cost = "unknown" if run["cost_usd"] is None else f"${run['cost_usd']:.4f}"
    spent = f"{cost}, {run['turns']} turns of the main thread, {run['tokens']['output']:,} tokens written"
    text.line(console, f"{'Cost':<11}  {spent} ({run['model']}, by the client's price list)")
    text.line(console, f"{'Time':<11}  {figures.seconds(sum(run['seconds'].values()))}")
    text.line(console, f"{'Undo':<11}  {run['undo']}")
    console.print()
    text.line(console, f"Next: {run['next']}", "bold")
