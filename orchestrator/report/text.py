"""The run on the terminal: what was found, tried, chosen and proved. It needs neither colour nor boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from orchestrator.report import figures, reading

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 100
MOST_CANDIDATES = 8
NARROWEST = 24
ONE_LINE = 84
LABEL = 24
Row = tuple[str, ...]


def stdout_console() -> Console:
    """Standard output: as wide as the terminal, 100 columns without one."""
    import os

    from rich.console import Console

    found = Console(highlight=False, markup=False, emoji=False)
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found.width = PIPED_WIDTH
    return found


def render(document: Mapping[str, Any], *, console: Console) -> None:
    """Prints the result of a run (schemas/run.schema.json)."""
    run = figures.printable(document)
    columns(console, [(run["headline"],)], style="bold")
    console.print()
    columns(console, [*_origin(run), *_found(run)])
    for query in run["queries"]:
        _candidates(console, query)
    section(console, "Result", _result(run))
    section(console, "Migration", _migration(run))
    console.print()
    for title, entries in (
        ("Proven", _known(run, "proven")),
        ("Measured", _known(run, "measured")),
        ("Not checked", run["not_checked"]),
    ):
        line(console, title, "bold")
        columns(console, [("-", entry) for entry in entries or ["nothing"]], gap=1)
    console.print()
    _last(console, run)


def line(console: Console, words: str, style: str = "") -> None:
    """One line that the terminal may break but that is copied whole: paths and commands."""
    from rich.text import Text

    console.print(Text(words, style=style), soft_wrap=True)


def section(console: Console, title: str, rows: Sequence[Row]) -> None:
    console.print()
    line(console, title, "bold")
    columns(console, rows, indent=2)


def columns(
    console: Console, rows: Sequence[Row], *, indent: int = 0, gap: int = 2, right: Sequence[int] = (), style: str = ""
) -> None:
    """Rows in columns, the last wrapped in what is left of the width. `right` are numbers."""
    from rich.cells import cell_len
    from rich.text import Text

    fixed = [max(cell_len(row[position]) for row in rows) for position in range(len(rows[0]) - 1)] if rows else []
    left = max(console.width - indent - sum(fixed) - gap * len(fixed), NARROWEST)
    for row in rows:
        cells = [
            _padded(cell, size, place in right) for place, (cell, size) in enumerate(zip(row, fixed, strict=False))
        ]
        start = " " * indent + "".join(cell + " " * gap for cell in cells)
        for part in Text(row[-1]).wrap(console, left, overflow="fold"):
            line(console, (start + part.plain).rstrip(), style)
            start = " " * cell_len(start)


def _padded(cell: str, size: int, right: bool) -> str:
    from rich.cells import cell_len

    spaces = " " * (size - cell_len(cell))
    return spaces + cell if right else cell + spaces


def _origin(run: Mapping[str, Any]) -> Iterator[Row]:
    yield "Route", reading.route_reason(run)
    yield "Target", reading.target(run)


def _found(run: Mapping[str, Any]) -> Iterator[Row]:
    """Where the time goes, the two dearest causes of each query."""
    causes = [
        f"{figures.words(query['id'])} {cause['says']}" for query in run["queries"] for cause in query["causes"][:2]
    ]
    yield from _labelled("Found", causes)


def _labelled(label: str, entries: Sequence[str]) -> Iterator[Row]:
    """The label beside the first of the entries."""
    for position, entry in enumerate(entries):
        yield label if position == 0 else "", entry


def _candidates(console: Console, query: Mapping[str, Any]) -> None:
    """What was tried for one query; of many, the kept ones and the fastest of the others."""
    ordered = sorted(query["candidates"], key=lambda each: (each["verdict"] != "kept", each["measured"]["wall_ms"]))
    before = query["effect"]["wall"]["before_ms"] if query["effect"] else query["baseline"]["wall_ms"]
    rows = [
        (
            each["verdict"],
            f"{each['measured']['wall_ms']:.1f}",
            figures.overlap(each["measured"]["overlap"]),
            f"{each['name']} - {each['reason']}",
        )
        for each in ordered[:MOST_CANDIDATES]
    ]
    console.print()
    line(console, f"Tried for {figures.words(query['id'])}, {figures.ms(before)} as it is", "bold")
    if rows:
        columns(console, [("verdict", "ms", "overlap", "candidate - reason"), *rows], indent=2, right=(1, 2))
    else:
        line(console, "  nothing: no rule has a proposal for this query")
    if len(ordered) > MOST_CANDIDATES:
        line(console, f"  and {len(ordered) - MOST_CANDIDATES} more: see the report")


def _result(run: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = [(figures.shortened(change.query, LABEL), _effect(change)) for change in reading.changes(run)]
    for index in sorted(run["indexes"], key=lambda each: not each["chosen"]):
        reason = reading.index_reason(run, index)
        cost = f"{figures.size(index['size_bytes'])}, built in {figures.seconds(index['seconds'])}"
        taken = ("index", f"{index['name']} ({cost}): {reason}")
        rows.append(
            taken if index["chosen"] else ("not taken", figures.shortened(f"{index['name']}: {reason}", ONE_LINE))
        )
    for cost in run["inserts"]:
        spent = (
            f"{figures.us(cost['before_us'])} → {figures.us(cost['after_us'])} a row ({figures.times(cost['times'])})"
        )
        rows.append(("inserts", f"into {cost['relation']} {spent}"))
    return rows


def _effect(change: reading.Change) -> str:
    if change.wall is None or change.after is None:
        return f"{figures.ms(change.before_ms)}, no change is worth making"
    wall = change.wall
    rows = "" if change.same_rows else ", fewer rows"
    also = [what for what in change.what if not what.startswith("index ")]
    return (
        f"{figures.ms(wall['before_ms'])} → {figures.ms(wall['after_ms'])}, {figures.times(wall['ratio'])} faster"
        f" (95 % interval {figures.interval(wall)}),"
        f" overlap {figures.overlap(change.after['overlap'])}{rows}{'; ' if also else ''}{', '.join(also)}"
    )


def _migration(run: Mapping[str, Any]) -> list[Row]:
    if not run["migration"]:
        return [("none", "no index is worth adding")]
    rows: list[Row] = [("locks", f"{fact.what}: {fact.said}") for fact in reading.locks(run)]
    if reading.proof(run):
        rows.append(("round trip", reading.roundtrip_in_one_line(run)))
    else:
        rows.append(("proof", "none"))
    verdict = figures.words(run["review"]["verdict"]).replace("-", " ") + ", " if run["review"] else ""
    return [*rows, ("review", verdict + reading.passed_checks(run))]


def _known(run: Mapping[str, Any], kind: str) -> list[str]:
    """The claims about what was chosen; those about what was not are in the report."""
    shown = ("speed", "answers", "writes", "locks", "roundtrip", "waiting")
    return [
        f"{each['id']} {each['claim']}" for each in run["evidence"] if each["kind"] == kind and each["topic"] in shown
    ]


def _last(console: Console, run: Mapping[str, Any]) -> None:
    """Files, time, and the commands; the last line is the next command."""
    for each in run["artifacts"]:
        line(console, f"{each['kind'].capitalize():<11}  {each['path']}")
    spent = ", ".join(f"{name} {value:.1f}" for name, value in run["seconds"].items() if value >= 0.05)
    line(console, f"{'Time':<11}  {figures.seconds(sum(run['seconds'].values()))} ({spent})")
    line(console, f"{'Undo':<11}  {run['undo']}")
    console.print()
    line(console, f"Next: {run['next']}", "bold")
