"""`orchestrate run`: route a task, then do it: measured, proved and written down."""

from __future__ import annotations

import json
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orchestrator.cli.tell import tell
from orchestrator.model.errors import CouldNotFindOut, NoAgentFits, UsageError
from orchestrator.runner.spec import DEMO_DOCUMENTS, MAX_ROWS, MAX_TURNS, MAX_USD, TIMEOUT_S

if TYPE_CHECKING:
    from orchestrator.router.answer import Route
    from orchestrator.runner.spec import RunSpec

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DEMO_SKILL = "pgvector-search"


def _seconds(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    if not 0.1 <= value <= 86_400:  # also refuses nan
        raise click.BadParameter("between 0.1 and 86400 seconds are needed")
    return value


@click.command("run")
@click.argument("task", nargs=-1, required=True)
@click.option(
    "--dsn",
    help="Read this server, in a read-only session, and work on a copy. Without it: the bundled demo.",
)
@click.option(
    "--query",
    "queries",
    type=FILE,
    multiple=True,
    help="A file with one SELECT, parameters written :name; may be given again.",
)
@click.option(
    "--params",
    type=FILE,
    help="A JSON file with values of the parameters, by name. Without it they are drawn from the tables.",
)
@click.option(
    "--project",
    type=FOLDER,
    default=Path(),
    help="Where alembic.ini and the context are looked for; the current folder if not given.",
)
@click.option(
    "--documents",
    type=click.IntRange(200, DEMO_DOCUMENTS),
    default=DEMO_DOCUMENTS,
    show_default=True,
    help="Size of the demo.",
)
@click.option(
    "--rows",
    type=click.IntRange(100, 10_000_000),
    default=MAX_ROWS,
    show_default=True,
    help="Rows copied of each table at most.",
)
@click.option(
    "--timeout",
    type=float,
    callback=_seconds,
    default=TIMEOUT_S,
    show_default=True,
    help="Seconds that one execution may take.",
)
@click.option(
    "--pg-bin", type=FOLDER, help="The bin folder of a PostgreSQL 14 or newer to use instead of the bundled one."
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "offline", "live"]),
    default="auto",
    show_default=True,
    help="Who drives the tools: offline is a playbook without a language model, live the agents inside Claude Code."
    " auto is offline where a playbook exists, else live where a key and the client are there.",
)
@click.option(
    "--max-turns",
    type=click.IntRange(1, 1_000),
    default=MAX_TURNS,
    show_default=True,
    help="Turns of the main thread of a live run; what an agent does has its own budget.",
)
@click.option(
    "--max-usd",
    type=click.FloatRange(0, 10_000, min_open=True),
    default=MAX_USD,
    show_default=True,
    help="What a live run may cost, by the client's price list; it is looked at after each turn.",
)
@click.option("--dry-run", is_flag=True, help="Only say who would do what.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document, by schemas/run.schema.json or run-live."
)
def command(
    *, task: tuple[str, ...], dsn: str | None, project: Path, dry_run: bool, as_json: bool, **options: Any
) -> int:
    """Do TASK: measure, try, prove, write a migration and a report.

    \b
    Examples:
      orchestrate "optimize hybrid search"
      orchestrate run "make this query fast" --dsn "$DATABASE_URL" --query search.sql
      orchestrate run "create a schema for an invoicing app" --engine live --max-usd 2
    """
    from orchestrator.memory.location import locate
    from orchestrator.migration import project as projects
    from orchestrator.router.answer import route

    words = " ".join(task).encode("utf-8", "backslashreplace").decode()
    found = route(words, project=project)
    engine = _engine(found, options.pop("engine"))
    queries = _queries(options.pop("queries"), dsn, found, engine=engine)
    projects.find(project.absolute())
    context = locate(project.absolute())
    places = (project.absolute(), context.absolute())
    if engine == "live":
        from orchestrator.runner import live_ready

        live_ready.check_plugin()
    spec = _spec(found, queries, dsn, places=places, options=options, engine=engine)
    if dry_run:
        _print_plan(spec, as_json=as_json)
        return 0
    return _run(spec, dsn, as_json=as_json)


def _run(spec: RunSpec, dsn: str | None, *, as_json: bool) -> int:
    from orchestrator.cli import engine, live_engine
    from orchestrator.memory import files
    from orchestrator.runner import live_ready, offline

    if spec.engine == "live":
        live_ready.check()
    _check_queries(spec, dsn)
    engine.check_context(Path(spec.context))
    with files.in_plain_words(spec.folder, "write"):
        offline.save_spec(spec)
    _announce(spec)
    if spec.engine == "live":
        return live_engine.drive(spec, dsn=dsn, resume=False, as_json=as_json)
    return engine.drive(spec, dsn=dsn, resume=False, as_json=as_json)


def _check_queries(spec: RunSpec, dsn: str | None) -> None:
    """Raises at once where the server cannot be reached, or has not what the queries name."""
    from orchestrator.pg import catalog, connect, query
    from orchestrator.tuning import parameters

    if dsn is not None:
        with connect.reader(dsn) as source:
            for text in spec.queries.values():
                parsed = query.read(text)
                catalog.read(source, query.relations(parsed.tree))
                if spec.parameters:
                    parameters.given(spec.parameters, parsed)


def _engine(found: Route, asked: str) -> str:
    """offline or live. Raises unless an agent fits, and the engine can do what it would do."""
    from orchestrator.runner import live_ready
    from orchestrator.runner.offline import PLAYBOOKS

    if found.agent == "none":
        nearest = ", ".join(f"{entry.agent} ({entry.score:g})" for entry in found.nearest)
        raise NoAgentFits(
            f'no agent fits "{found.task}"', detail=f"Nearest: {nearest}." if nearest else "", hint=found.question or ""
        )
    skills = [skill.name for skill in found.skills]
    has_playbook = found.agent == "database-engineer" and (not skills or skills[0] in PLAYBOOKS)
    chosen = live_ready.engine(asked, has_playbook=has_playbook)
    if chosen == "offline" and not has_playbook:
        raise CouldNotFindOut(
            f"there is no playbook yet for {found.agent}{' with ' + skills[0] if skills else ''}, which this needs",
            detail=f"Without a language model, tasks of {' and '.join(PLAYBOOKS)} can be done today.",
            hint="With one, --engine live lets the agents do it."
            ' orchestrate "optimize hybrid search" shows what works without.',
        )
    return chosen


def _queries(files: tuple[Path, ...], dsn: str | None, found: Route, *, engine: str) -> dict[str, str]:
    """The queries by file name, each checked to be one SELECT."""
    if engine == "offline":
        _refuse_half(files, dsn, found)
    return _texts(files)


def _refuse_half(files: tuple[Path, ...], dsn: str | None, found: Route) -> None:
    """The playbook needs a server and a query, or neither."""
    if dsn is None and files:
        raise UsageError(
            "--query was given without --dsn",
            hint='Name the server whose tables the query reads: --dsn "host=... dbname=..."',
        )
    if dsn is not None and not files:
        raise UsageError("--dsn was given without --query", hint="Put the slow query into a file: --query search.sql")
    if dsn is None and found.skills and found.skills[0].name != DEMO_SKILL:
        raise UsageError(
            "this task needs a query to work on",
            detail="The bundled demo has hybrid searches only.",
            hint='Give --dsn and --query, or see the demo: orchestrate "optimize hybrid search"',
        )


def _texts(files: tuple[Path, ...]) -> dict[str, str]:
    from orchestrator.pg import query

    texts: dict[str, str] = {}
    for path in files:
        name = _free_name(path.stem[:60], texts)
        try:
            texts[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(f"cannot read {path}: it is not UTF-8 text") from error
        query.read(texts[name])
    return texts


def _free_name(stem: str, taken: dict[str, str]) -> str:
    names = (stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _parameters(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(
            f"cannot read {path}: {error}", hint='It should look like {"name": ["first value", "second value"]}'
        ) from error
    if not isinstance(document, dict):
        raise UsageError(f"cannot read {path}: a JSON object is needed, it holds a {type(document).__name__}")
    return document


def _spec(
    found: Route,
    queries: dict[str, str],
    dsn: str | None,
    *,
    places: tuple[Path, Path],
    options: dict[str, Any],
    engine: str,
) -> RunSpec:
    """`places` are the project and its context."""
    from orchestrator.plugin.definitions import load_agent
    from orchestrator.runner.spec import RunSpec, new_run_id

    now = datetime.now(UTC)
    agent = load_agent(found.agent)
    target, shown = _target(dsn, engine)
    return RunSpec(
        run_id=new_run_id(now),
        task=found.task,
        route=found.as_json(),
        agent={"name": agent.name, "version": agent.version, "sha256": agent.sha256},
        project=str(places[0]),
        context=str(places[1]),
        target=target,
        target_shown=shown,
        created_at=now.isoformat(timespec="seconds"),
        documents=options["documents"],
        max_rows=options["rows"],
        timeout_s=options["timeout"],
        pg_bin=str(options["pg_bin"].absolute()) if options["pg_bin"] else "",
        queries=queries,
        parameters=_parameters(options["params"]),
        engine=engine,
        session_id=str(uuid.uuid4()) if engine == "live" else "",
        max_turns=options["max_turns"],
        max_usd=options["max_usd"],
    )


def _target(dsn: str | None, engine: str) -> tuple[str, str]:
    """What is worked on, and how it is shown."""
    from orchestrator.pg import connect
    from orchestrator.runner.live_session import SERVER_NAMES

    if dsn is not None:
        return "dsn", connect.shown(dsn)
    if engine == "offline":
        return "demo", "the bundled demo"
    named = next((name for name in SERVER_NAMES if os.environ.get(name)), None)
    return ("environment", f"the server that {named} names") if named else ("none", "no server")


def _announce(spec: RunSpec) -> None:
    """Who does it and why, before anything takes time."""
    matched = ", ".join(f'"{hit["text"]}"' for hit in spec.route["matched"][:4])
    skills = ", ".join(skill["name"] for skill in spec.route["skills"][:2])
    tell(
        f"{spec.agent['name']} {spec.agent['version']} with {skills},"
        f" because of {matched} (score {spec.route['score']:g})"
    )
    if spec.target == "demo":
        from orchestrator.demo import corpus

        tell(f"target: the bundled demo, {spec.documents:,} {corpus.TEXT}")
        tell(f"        embeddings: {corpus.VECTORS}; made beforehand, nothing is downloaded")
    elif spec.engine == "live":
        tell(f"target: {spec.target_shown}; the tools read it, and work on a copy")
    else:
        tell(f"target: {spec.target_shown}, read only; the work is done on a copy")
    tell(f"run {spec.run_id}")


def _print_plan(spec: RunSpec, *, as_json: bool) -> None:
    from orchestrator.cli import live_engine
    from orchestrator.runner import offline
    from orchestrator.runner.workspace import Workspace

    if spec.engine == "live":
        live_engine.print_plan(live_engine.plan(spec), as_json=as_json)
        return
    steps = [
        {"name": step.name, "title": step.title}
        for step in offline.steps(Workspace(spec, dsn=None, say=lambda _: None))
    ]
    document = {
        "schema": "plan",
        "task": spec.task,
        "engine": "offline",
        "agent": dict(spec.agent),
        "route": dict(spec.route),
        "target": spec.target_shown,
        "steps": steps,
    }
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo(f"{spec.agent['name']} {spec.agent['version']} would work on {spec.target_shown}:")
    for position, step in enumerate(steps, 1):
        click.echo(f"{position:3}. {step['title']}")
    click.echo("Next: the same command without --dry-run")
