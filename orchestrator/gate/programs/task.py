"""task: that of a Taskfile (go-task), or of pyproject.toml (taskipy)."""

from __future__ import annotations

from orchestrator.gate import pyproject
from orchestrator.gate.launch import front
from orchestrator.gate.task import joined, lines, unread
from orchestrator.gate.taskfile import Taskfile
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUED = "-t --taskfile -d --dir -o --output -C --concurrency -I --interval --sort --output-group-begin"
QUIET = "-n --dry -l --list -a --list-all --summary --status -i --init -h --help --version --completion".split()
FILES = ("Taskfile.yml", "taskfile.yml", "Taskfile.yaml", "taskfile.yaml", "Taskfile.dist.yml", "Taskfile.dist.yaml")


def read(call: Call) -> None:
    words = call.args
    extra = words[words.index("--") + 1 :] if "--" in words else []
    words = words[: words.index("--")] if "--" in words else words
    found = front(words, VALUED)
    if found.has(*QUIET):
        return
    folder = found.last("-d", "--dir")
    given = {"CLI_ARGS": joined(extra)}
    names: list[str] = []
    for word in found.rest:
        name, equals, value = word.partition("=")
        if equals:
            given[name] = value
        elif not word.startswith("-"):
            names.append(word)
    text = _text(call, found.last("-t", "--taskfile"), folder)
    if text is not None:
        _tasks(call, Taskfile(text), names or ["default"], given, folder)
    elif names:
        text = call.read("pyproject.toml")
        if text is None:
            unread(call, names[0])
        else:
            pyproject.run(call, text, ("tool.taskipy.tasks",), names[0], names[1:])


def _text(call: Call, given: str, folder: str) -> str | None:
    prefix = folder + "/" if folder else ""
    for name in (given,) if given else FILES:
        text = call.read(prefix + name)
        if text is not None:
            return text
    return None


def _tasks(call: Call, taskfile: Taskfile, names: list[str], given: dict[str, str], folder: str) -> None:
    for name in names:
        if name in taskfile.tasks:
            for command in taskfile.commands(name, given):
                lines(call, command, folder)
        elif not is_known(name):
            for each in taskfile.tasks:
                unread(call, each)
        elif not taskfile.is_whole or ":" in name:
            unread(call, name)
