"""Python: program text, modules, scripts."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.code import judge, launch
from orchestrator.gate.task import changes_database, only_reads
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# Modules that run a script or another module, and their options that take the next word.
RUNNERS = {
    "pdb": "-c",
    "ipdb": "-c",
    "pudb": "",
    "trace": "-C --coverdir -f --file -g --ignore-module --ignore-dir",
    "cProfile": "-o --outfile -s --sort",
    "profile": "-o -s",
    "coverage": "--source --omit --include --rcfile --data-file --context",
    "debugpy": "--listen --connect --configure-subProcess",
    "memory_profiler": "-o",
    "kernprof": "-o -s",
    "scalene": "--outfile",
    "viztracer": "-o --output_file",
    "runpy": "",
    "pyinstrument": "-o -r --renderer",
    "dotenv": "-f --file -q --quote -e --export",
    "IPython": "--profile --matplotlib",
}
SILENT = frozenset("pip venv ensurepip json http compileall py_compile build twine virtualenv site sysconfig".split())
OWN_FRONTS = frozenset(("config", "__main__", "cli", "main", "commands", "command"))


def read(call: Call) -> None:
    args = call.args
    at = 0
    while at < len(args):
        word = args[at]
        if word == "-" or not word.startswith("-"):
            break
        at += 1
        if word.startswith("--"):
            at += word == "--check-hash-based-pycs"
            continue
        for place, letter in enumerate(word[1:], 1):
            if letter in "cm":
                value = word[place + 1 :] or (args[at] if at < len(args) else "")
                rest = args[at if word[place + 1 :] else at + 1 :]
                _given(call, letter, value, rest)
                return
            if letter in "WXQ":
                at += not word[place + 1 :]
                break
            if letter in "Vh?":
                return
    _script(call, args[at:])


def _given(call: Call, letter: str, value: str, rest: list[str]) -> None:
    if letter == "c":
        launch.text(call, "python", [value], rest)
    else:
        _module(call, value, rest)


def _script(call: Call, words: list[str]) -> None:
    if words and words[0].rpartition("/")[2] in {"manage.py", "django-admin.py"}:
        call.run(["django-admin", *words[1:]])
    elif words and words[0].rpartition("/")[2] == "setup.py":
        return
    else:
        launch.words(call, "python", words)


def _module(call: Call, module: str, rest: list[str]) -> None:
    name = module.partition(".")[0]
    if module in RUNNERS:
        _runner(call, module, rest)
    elif module == "timeit":
        texts = [word for word in rest if not word.startswith("-")]
        launch.text(call, "python", texts, [])
    elif module in {"manage", "django", "django.__main__"}:
        call.run(["django-admin", *rest])
    elif module == "orchestrator":
        call.run(["orchestrate", *rest])
    elif name not in SILENT and is_known(module) and not _of_project(call, module, rest):
        call.run([_program(module), *rest])


def _of_project(call: Call, module: str, rest: list[str]) -> bool:
    """Judges a module of the project. False if there is no such file."""
    if _program(module) in catalogue.names("programs") and "." not in module:
        return False
    path = module.replace(".", "/")
    for file in (path + ".py", path + "/__main__.py", "src/" + path + ".py", "src/" + path + "/__main__.py"):
        text = call.read(file)
        if text is not None:
            judge.judge(call, "python", text, True, rest, file)
            return True
    if "." in module and changes_database(module.rpartition(".")[2]) and not _is_tool(module):
        if only_reads(rest):
            return True
        call.effect("unread-program")
        return True
    return False


def _is_tool(module: str) -> bool:
    names = catalogue.names("programs")
    return any(part.replace("-", "_") in names for part in module.split("."))


def _program(module: str) -> str:
    """alembic for alembic.config, gunicorn for gunicorn.app.wsgiapp."""
    parts = module.split(".")
    while len(parts) > 1 and parts[-1] in OWN_FRONTS:
        parts.pop()
    names = catalogue.names("programs")
    return next((part for part in parts if part in names), parts[-1] if len(parts) == 1 else parts[0])


def _runner(call: Call, module: str, rest: list[str]) -> None:
    """`coverage run script.py`, `cProfile -m module`, `dotenv run -- program`."""
    valued = RUNNERS[module].split()
    at = 0
    while at < len(rest) and (rest[at].startswith("-") or (at == 0 and rest[at] == "run")):
        if rest[at] in {"-m", "--module"}:
            _module(call, rest[at + 1] if at + 1 < len(rest) else "", rest[at + 2 :])
            return
        if rest[at] == "-c" and "-c" not in valued:
            launch.text(call, "python", rest[at + 1 : at + 2], [])
            return
        at += 2 if rest[at] in valued else 1
    words = rest[at:]
    if module == "dotenv":
        call.run(words)
    elif words and words[0].endswith(".py"):
        _script(call, words)
