"""What a program would do to a database, to the files of one, or with other programs; from its text alone."""

from __future__ import annotations

from orchestrator.gate.task import changes_database, only_reads
from orchestrator.gate.text import CLOSE, OPEN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONGEST = 262144
# A text without any of these neither uses a database, nor starts a program, nor removes or writes a file.
SIGNS = (
    "system", "subprocess", "popen", "spawn", "exec", "eval", "sql", "pg", "postgres", "`", "%x", "unlink", "remove",
    "rm(", "rms", "rm_", "rmt", "rmd", "delete", "del(", "drop", "truncate", "migrat", "upgrade", "stamp", "artisan",
    "call_command", "redis", "mongo", "elastic", "prisma", "knex", "database", "db", "destroy", "update", "flush",
    "write", "open(", "function(", "import(", "dbi", "pdo", "getattr", "command", "run(", "qx", "repo.", "decode",
    "sync", "rename", "copy", "move", "sh(", "session", "cursor", "process", "reset", "purge", "clean",
    "rimraf", "umzug", "select ", "insert ", "explain ", "lua", "http", "clear(", "put_", "fork(", "alembic",
)  # fmt: skip


def judge(  # noqa: PLR0917
    call: Call,
    language: str,
    text: str,
    script: bool = False,
    arguments: list[str] | None = None,
    path: str = "",
    fed: bool = False,
) -> None:
    """Reports what program text would do. `script` is true for a file, `path` its name, `arguments` what follows it.

    `fed` is true where the text itself came through standard input.
    """
    if text.startswith(OPEN) and not text.partition(CLOSE)[2].strip():
        return
    if len(text) > LONGEST and not script:
        call.effect("unread-program", "program text of " + str(len(text)) + " characters")
    text = text[:LONGEST]
    lowered = text.lower()
    if not script and "orchestrator" in lowered and _grants(lowered):
        call.effect("self-approval")
    if not any(sign in lowered for sign in SIGNS):
        return
    from orchestrator.gate.code.outside import Outside
    from orchestrator.gate.code.site import Program
    from orchestrator.gate.code.whole import judge as judge_program

    judge_program(Program(call, language, text, script, Outside(call, arguments or [], path, fed)))


def _grants(lowered: str) -> bool:
    """The module behind `orchestrate gate allow`, or its words for the command line."""
    return "gate_allow" in lowered or ("gate" in lowered and any(quote + "allow" in lowered for quote in "'\""))


def read_script(call: Call, language: str, path: str, arguments: list[str]) -> None:
    """Judges a script of the project by its path. One that cannot be read is worth a question if its name is."""
    text = call.read(path) if is_known(path) else None
    if text is None and is_known(path) and call.is_folder(path):
        text = call.read(path.rstrip("/") + "/__main__.py")
    if text is not None:
        _script(call, language, path, arguments, text)
    elif is_known(path) and changes_database(path.rpartition("/")[2]) and not only_reads(arguments):
        call.effect("unread-program")


def _script(call: Call, language: str, path: str, arguments: list[str], text: str) -> None:
    """A script may start itself again; with the same arguments it does the same."""
    code = "\0".join([text, *arguments])
    if not call.machine.enter(code, 1):
        return
    try:
        judge(call, language, text, True, arguments, path)
    finally:
        call.machine.leave(code)
