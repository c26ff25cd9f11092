"""How interpreters are started: with text, with a script, or with a program on standard input."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.code import judge
from orchestrator.gate.text import is_known, is_opaque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SUFFIXES = (".py", ".js", ".mjs", ".cjs", ".ts", ".rb", ".php", ".pl")
BINARIES = {"prisma": "prisma", "knex": "knex", "sequelize-cli": "sequelize", "typeorm": "typeorm"}


def text(call: Call, language: str, texts: list[str], arguments: list[str]) -> None:
    """Judges program text that stands on the command line."""
    judge.judge(call, language, "\n".join(texts), arguments=arguments)


def standard_input(call: Call, language: str, arguments: list[str]) -> None:
    """Judges the program that is fed to the interpreter."""
    if call.stdin is not None and not is_opaque(call.stdin):
        judge.judge(call, language, call.stdin, arguments=arguments, fed=True)


def words(call: Call, language: str, rest: list[str]) -> None:
    """Judges the script that the remaining words begin with, or standard input if there is none."""
    if not rest or rest[0] == "-":
        standard_input(call, language, rest[1:])
        return
    program = known_program(rest[0])
    if program:
        call.run([program, *rest[1:]])
        return
    judge.read_script(call, language, rest[0], rest[1:])


def known_program(path: str) -> str:
    """The program that a script is the front of: alembic for venv/bin/alembic, prisma for a file of its package."""
    if not is_known(path):
        return ""
    name = path.rpartition("/")[2]
    if "node_modules/" in path:
        package = path.rpartition("node_modules/")[2]
        package = package.split("/")[1] if package.startswith((".bin/", "@")) and "/" in package else package
        name = package.split("/")[0]
        name = BINARIES.get(name, name)
    elif name.endswith(SUFFIXES):
        return ""
    module = name.replace("-", "_").replace(".", "_")
    return name if module in catalogue.names("programs") and not module.startswith("_") else ""
