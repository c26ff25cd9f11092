"""`orchestrate run`: route a task, then do it: measured, proved and written down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orchestrator.cli.tell import tell
from orchestrator.model.errors import CouldNotFindOut, NoAgentFits, UsageError
from orchestrator.runner.spec import DEMO_DOCUMENTS, MAX_ROWS, TIMEOUT_S

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
    "--engine", type=click.Choice(["auto", "offline"]), default="auto", show_default=True, help="Who drives the tools."
)
@click.option("--dry-run", is_flag=True, help="Only say who would do what.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, by schemas/run.schema.json.")
def command(
    *, task: tuple[str, ...], dsn: str | None, project: Path, dry_run: bool, as_json: bool, **options: Any
) -> int:
    """Do TASK: measure, try, prove, write a migration and a report.

    \b
    Examples:
      orchestrate "optimize hybrid search"
      orchestrate run "make this query fast" --dsn "$DATABASE_URL" --query search.sql
    """
    from orchestrator.memory.location import locate
    from orchestrator.migration import project as projects
    from orchestrator.router.answer import route

    words = " ".join(task).encode("utf-8", "backslashreplace").decode()
    found = route(words, project=project)
    _refuse_unplayable(found)
    queries = _queries(options.pop("queries"), dsn, found)
    projects.find(project.absolute())
    context = locate(project.absolute())
    spec = _spec(found, queries, dsn, places=(project.absolute(), context.absolute()), options=options)
    if dry_run:
        _print_plan(spec, as_json=as_json)
        return 0
    return _run(spec, dsn, as_json=as_json)


def _run(spec: RunSpec, dsn: str | None, *, as_json: bool) -> int:
    from orchestrator.cli import engine
    from orchestrator.memory import files
    from orchestrator.pg import catalog, connect, query
    from orchestrator.runner import offline
    from orchestrator.tuning import parameters

    if dsn is not None:
        with connect.reader(dsn) as source:
            for text in spec.queries.values():
                parsed = query.read(text)
                catalog.read(source, query.relations(parsed.tree))
                if spec.parameters:
                    parameters.given(spec.parameters, parsed)
    engine.check_context(Path(spec.context))
    with files.in_plain_words(spec.folder, "write"):
        offline.save_spec(spec)
    _announce(spec)
    return engine.drive(spec, dsn=dsn, resume=False, as_json=as_json)


def _refuse_unplayable(found: Route) -> None:
    """Raises unless an agent fits and the offline engine has a playbook for what it would do."""
    from orchestrator.runner.offline import PLAYBOOKS

    if found.agent == "none":
        nearest = ", ".join(f"{entry.agent} ({entry.score:g})" for entry in found.nearest)
        raise NoAgentFits(
            f'no agent fits "{found.task}"', detail=f"Nearest: {nearest}." if nearest else "", hint=found.question or ""
        )
    skills = [skill.name for skill in found.skills]
    if found.agent != "database-engineer" or (skills and skills[0] not in PLAYBOOKS):
        raise CouldNotFindOut(
            f"there is no playbook yet for {found.agent}{' with ' + skills[0] if skills else ''}, which this needs",
            detail=f"Without a language model, tasks of {' and '.join(PLAYBOOKS)} can be done today.",
            hint='orchestrate "optimize hybrid search" shows one; agent files tell a coding agent how to do the rest.',
        )


def _queries(files: tuple[Path, ...], dsn: str | None, found: Route) -> dict[str, str]:
    """The queries by file name, each checked to be one SELECT."""
    from orchestrator.pg import query

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
    found: Route, queries: dict[str, str], dsn: str | None, *, places: tuple[Path, Path], options: dict[str, Any]
) -> RunSpec:
    """`places` are the project and its context."""
    from orchestrator.pg import connect
    from orchestrator.plugin.definitions import load_agent
    from orchestrator.runner.spec import RunSpec, new_run_id

    now = datetime.now(UTC)
    agent = load_agent(found.agent)
    return RunSpec(
        run_id=new_run_id(now),
        task=found.task,
        route=found.as_json(),
        agent={"name": agent.name, "version": agent.version, "sha256": agent.sha256},
        project=str(places[0]),
        context=str(places[1]),
        target="demo" if dsn is None else "dsn",
        target_shown="the bundled demo" if dsn is None else connect.shown(dsn),
        created_at=now.isoformat(timespec="seconds"),
        documents=options["documents"],
        max_rows=options["rows"],
        timeout_s=options["timeout"],
        pg_bin=str(options["pg_bin"].absolute()) if options["pg_bin"] else "",
        queries=queries,
        parameters=_parameters(options["params"]),
    )


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
    else:
        tell(f"target: {spec.target_shown}, read only; the work is done on a copy")
    tell(f"run {spec.run_id}")


def _print_plan(spec: RunSpec, *, as_json: bool) -> None:
    from orchestrator.runner import offline
    from orchestrator.runner.workspace import Workspace

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
