"""Calls that run migrations, and those that run a management command of a framework."""

from __future__ import annotations

from orchestrator.gate.code.site import table
from orchestrator.gate.code.values import Chain, as_text, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.code.site import Site
    from orchestrator.gate.code.values import Value

RUN = "run-migration"
REVERT = "revert-migration"
ALEMBIC = ("alembic", "flask_migrate")


def judge(site: Site) -> None:
    known = TABLES.get(site.name)
    if known is not None and site.link.args is not None:
        rule = known(site)
        if rule:
            site.effect(rule)


def _words(site: Site) -> list[str]:
    return [as_text(value) for value in site.args() if isinstance(value, str)]


def _alembic(site: Site) -> str:
    """alembic.command.upgrade(config, "head"), flask_migrate.upgrade()."""
    modules = ".".join(site.path())
    if "flask_migrate" in modules:
        site.call.run(["flask", "db", site.name, *_words(site)])
    elif "alembic" in modules or (site.path()[:1] == ["command"] and site.program.evidence.any(*ALEMBIC)):
        offline = ["--sql"] if site.named("sql") is True else []
        site.call.run(["alembic", site.name, *_words(site), *offline])
    return ""


def _alembic_main(site: Site) -> str:
    """alembic.config.main(argv=["upgrade", "head"])"""
    value = site.named("argv")
    words = value if isinstance(value, list) else site.arg()
    if words is None and isinstance(_argv(site), list):
        words = _argv(site)[1:]
        if "manage" in site.path():
            return _django_line(site)
    if isinstance(words, list) and "alembic" in ".".join(site.path()):
        site.call.run(["alembic", *[as_text(word) for word in words]])
    return ""


def _argv(site: Site) -> Value:
    """What the program put into sys.argv."""
    return site.program.reader.variables.get("sys.argv")


def _run_module(site: Site) -> str:
    """runpy.run_module("alembic") with the words in sys.argv."""
    words = _argv(site)
    rest = [as_text(word) for word in words[1:]] if isinstance(words, list) else site.program.outside.arguments
    if isinstance(site.arg(), str):
        site.call.run(["python", "-m", site.arg(), *rest])
    return ""


def _django(site: Site) -> str:
    """call_command("migrate", "app")"""
    words = _words(site)
    if words:
        options = ["--" + name for name in ("plan", "check") if site.named(name) is True]
        site.call.run(["django-admin", *words[0].split(), *words[1:], *options])
    return ""


def _django_line(site: Site) -> str:
    words = site.arg() if site.link.args else _argv(site)
    if isinstance(words, list) and len(words) > 1:
        site.call.run(["django-admin", *[as_text(word) for word in words[1:]]])
    elif isinstance(words, Chain) and words.dotted() == "sys.argv":
        site.call.run(["django-admin", *site.program.outside.arguments])
    return ""


def _artisan(site: Site) -> str:
    words = _words(site)
    if words and "Artisan" in site.path():
        site.call.run(["artisan", *words[0].split()])
    return ""


def _rake(site: Site) -> str:
    """Rake::Task["db:drop"].invoke"""
    for link in site.chain.links[: site.at]:
        names = [link.name] if ":" in link.name else texts(link.args or [])
        if names and "Rake" in site.path():
            site.call.run(["rake", names[0]])
    return ""


def _mix(site: Site) -> str:
    words = _words(site)
    if words and "Mix" in site.path():
        site.call.run(["mix", words[0], *texts(site.arg(1))])
    return ""


def _always(rule: str) -> Callable[[Site], str]:
    def check(site: Site) -> str:
        return rule if site.receiver or site.program.language != "ruby" else ""

    return check


def _member(rule: str) -> Callable[[Site], str]:
    def check(site: Site) -> str:
        return rule if site.receiver else ""

    return check


def _run_migrations(site: Site) -> str:
    """Not context.run_migrations() of Alembic's own env.py, which Alembic calls."""
    return RUN if site.receiver and not site.program.evidence.any("alembic") else ""


def _latest(rule: str) -> Callable[[Site], str]:
    """knex.migrate.latest() and knex.migrate.rollback()"""

    def check(site: Site) -> str:
        return rule if site.before("migrate") else ""

    return check


def _up(rule: str) -> Callable[[Site], str]:
    """up() and down() of Umzug, MikroORM's migrator, db-migrate and others."""

    def check(site: Site) -> str:
        path = [name.lower() for name in site.path()[:-1]]
        known = any("umzug" in name or "migrat" in name or "dbm" in name or "goose" in name for name in path)
        return rule if known and site.receiver else ""

    return check


def _migrate(site: Site) -> str:
    """migrate(db, …) of drizzle-orm/…/migrator, MigrationContext#migrate of Rails, Migrator->run() of Laravel."""
    path = ".".join(site.path())
    if "migrator" in path and "drizzle-orm" in path:
        return RUN
    if site.program.evidence.any("drizzle-orm") and not site.receiver:
        return RUN
    return RUN if any(sign in path for sign in ("Migrator", "MigrationContext", "DatabaseTasks", "Migration.")) else ""


def _runner(site: Site) -> str:
    """The default export of node-pg-migrate."""
    if "node-pg-migrate" not in site.path():
        return ""
    return REVERT if site.named("direction") == "down" else RUN


def _database_tasks(site: Site) -> str:
    if "DatabaseTasks" not in site.path():
        return ""
    return "destroy-database" if site.name.startswith(("drop", "purge")) else "reset-database"


def _seeds(site: Site) -> str:
    return "seed-database" if site.before("seed") and site.receiver and not site.program.script else ""


def _sequel(site: Site) -> str:
    return RUN if "Migrator" in site.path() or "IntegerMigrator" in site.path() else ""


def _ecto(site: Site) -> str:
    """Ecto.Migrator.run(Repo, :up, all: true)"""
    if "Migrator" not in site.path():
        return ""
    return REVERT if "down" in texts(site.link.args or []) else RUN


def _run(site: Site) -> str:
    return _mix(site) or _sequel(site) or _ecto(site) or _seeds(site)


TABLES: dict[str, Callable[[Site], str]] = table({
    _alembic: "upgrade downgrade stamp",
    _alembic_main: "main",
    _run_module: "run_module",
    _django: "call_command",
    _django_line: "execute_from_command_line",
    _artisan: "call queue",
    _rake: "invoke execute reenable",
    _run: "run",
    _migrate: "migrate",
    _runner: "node-pg-migrate runner default",
    _run_migrations: "run_migrations",
    _member(RUN): "runMigrations apply_migrations migrateToLatest apply_migrations_forward",
    _always(REVERT): "undoLastMigration rollback_migrations revertMigrations migrateDown rollback_one",
    _latest(RUN): "latest",
    _latest(REVERT): "rollback",
    _up(RUN): "up Up UpTo UpByOne Steps migrateUp executePendingMigrations runPendingMigrations",
    _up(REVERT): "down Down DownTo Reset",
    _database_tasks: "drop_all drop_current purge_current purge_all purge load_schema load_schema_current",
})  # fmt: skip
