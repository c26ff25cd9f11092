"""Mix, the build tool of Elixir, with what Ecto adds to it."""

from __future__ import annotations

from orchestrator.gate.migration import Tool, judge
from orchestrator.gate.task import changes_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

TASKS = {
    "ecto.migrate": "run-migration",
    "ecto.setup": "run-migration",
    "ecto.rollback": "revert-migration",
    "ecto.reset": "reset-database",
    "ecto.drop": "destroy-database",
    "ecto.load": "load-schema",
    "ash.setup": "run-migration",
    "ash.migrate": "run-migration",
    "ash.rollback": "revert-migration",
    "ash.reset": "reset-database",
    "ash.tear_down": "destroy-database",
    "ash_postgres.migrate": "run-migration",
    "ash_postgres.rollback": "revert-migration",
    "ash_postgres.drop": "destroy-database",
    "triplex.migrate": "run-migration",
    "triplex.rollback": "revert-migration",
    "triplex.drop": "destroy-database",
}

TOOL = Tool(
    TASKS,
    "-r --repo -n --step --to --to-exclusive -v --migrations-path --prefix --pool-size --log-level -d --dump-path",
    custom=True,
)


def read(call: Call) -> None:
    if call.args[:1] in (["run"], ["eval"]):
        _code(call, call.args[1:])
        return
    if call.args[:1] != ["do"]:
        judge(call, TOOL)
        return
    for words in _parts(call.args[1:]):
        call.run(["mix", *words])


def _parts(args: list[str]) -> list[list[str]]:
    """The tasks of `mix do a, b` and of `mix do a + b`."""
    parts: list[list[str]] = [[]]
    for word in " ".join(args).replace(",", " + ").split():
        if word == "+":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part and part[0] != "do"]


def _code(call: Call, args: list[str]) -> None:
    """Elixir text, or a script: what they name is all that is looked at."""
    for word in args:
        if "Ecto.Migrator" in word or "Release.migrate" in word:
            call.effect("run-migration")
        elif "Release.rollback" in word:
            call.effect("revert-migration")
        elif _deletes_all(word):
            call.effect("delete-all-records")
        elif "Repo.query" in word or "SQL.query" in word:
            _queries(call, word)
        elif "delete_all" in word:
            call.effect("unread-program")
        elif word.endswith(".exs"):
            _script(call, word)


def _queries(call: Call, text: str) -> None:
    """SQL between the quotes of a query; one that is put together elsewhere cannot be read."""
    pieces = text.replace('"""', '"').split('"')[1::2]
    if not pieces:
        call.effect("unread-program")
    for piece in pieces:
        call.sql(piece)


def _deletes_all(text: str) -> bool:
    """Repo.delete_all(Order), not Repo.delete_all(from o in Order, where: …)."""
    return any(
        piece.partition(")")[0].replace(".", "").replace("_", "").isalnum() for piece in text.split("delete_all(")[1:]
    )


def _script(call: Call, path: str) -> None:
    name = path.rpartition("/")[2][:-4]
    if name in ("seeds", "seed"):
        call.effect("seed-database")
        return
    text = call.read(path)
    if text is not None:
        _code(call, [text])
    elif changes_database(name):
        call.effect("unread-task")
