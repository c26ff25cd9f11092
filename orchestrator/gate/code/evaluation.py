"""Calls that run text as code of the same language: exec, eval, new Function, instance_eval."""

from __future__ import annotations

from orchestrator.gate.code.values import Chain, as_text
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.site import Site

EVALUATORS = {
    "python": frozenset("exec eval execfile run_path run_string runsource runcode execute_code run_line_magic".split()),
    "javascript": frozenset("eval Function runInNewContext runInThisContext runInContext evalScript".split()),
    "ruby": frozenset("eval instance_eval class_eval module_eval load require_relative".split()),
    "perl": frozenset(("eval", "do")),
    "php": frozenset(("eval", "assert", "create_function", "include", "require", "include_once", "require_once")),
    "lua": frozenset(("load", "loadstring", "dofile", "loadfile")),
    "r": frozenset(("eval", "parse", "source")),
    "elixir": frozenset(("eval_string", "eval_file")),
}
FILES = frozenset(
    "execfile run_path load require_relative include require include_once require_once dofile loadfile source"
    " eval_file".split()
)
# Words near which code that only the run can tell is worth a question.
NEAR = (
    "psycopg", "asyncpg", "sqlalchemy", "sqlite3", "pymysql", "django.db", "pymongo", "psql", "dropdb", "mysql",
    "mongo", "postgres", "redis", "prisma", "knex", "sequelize", "typeorm", "DBI->", "PDO(", "DATABASE_URL",
    "PGPASSWORD",
    "alembic",
)  # fmt: skip


def judge(site: Site) -> bool:
    """Judges code that is run from text. False if the call does not run text."""
    program = site.program
    if site.name not in EVALUATORS.get(program.language, frozenset()) or not site.link.args:
        return False
    if (
        program.language == "python"
        and site.receiver
        and site.name in {"exec", "eval"}
        and "builtins" not in site.path()
    ):
        return False
    value = site.arg()
    if isinstance(value, Chain) and value.name == "compile" and value.links[-1].args:
        value = program.resolved(value.links[-1].args[0])
    if site.name in FILES:
        _file(site, as_text(value))
    elif isinstance(value, str):
        _code(site, value)
    elif isinstance(value, Chain):
        _elsewhere(site, value)
    return site.name not in {"do", "assert", "parse"}


def _code(site: Site, text: str) -> None:
    from orchestrator.gate.code import whole

    whole.inner(site.program, text)


def _file(site: Site, path: str) -> None:
    if not is_known(path) or site.program.script:
        return
    for name in (path, path + ".rb"):
        text = site.call.read(name)
        if text is not None:
            site.call.code(site.program.language, text, True)
            return


def _elsewhere(site: Site, value: Chain) -> None:
    program = site.program
    found = program.outside.file(value)
    if found is not None and found[1] is not None:
        _code(site, found[1])
    elif not program.script and any(word in program.text for word in NEAR):
        program.call.effect("unread-program", site.source())
