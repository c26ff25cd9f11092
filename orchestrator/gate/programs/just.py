"""just: the recipes that a command line names."""

from __future__ import annotations

from orchestrator.gate.justfile import Justfile
from orchestrator.gate.launch import front
from orchestrator.gate.task import lines, start, unread
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.launch import Front

VALUED = (
    "-f --justfile -d --working-directory --set --shell --shell-arg --dotenv-path --dotenv-filename -E --color "
    "--command-color --dump-format --chooser --list-heading --list-prefix --timestamp-format --alias-style --tempdir"
)
QUIET = (
    "-n --dry-run -l --list -s --show --summary --dump --evaluate --variables -e --edit --completions --init --fmt "
    "--groups -h --help -V --version --man --usage".split()
)
FILES = ("justfile", ".justfile", "Justfile", "JUSTFILE")
LANGUAGES = {
    "python": "python",
    "python3": "python",
    "node": "javascript",
    "ruby": "ruby",
    "perl": "perl",
    "php": "php",
}


def read(call: Call) -> None:
    found = front(call.args, VALUED)
    if found.has(*QUIET):
        return
    if found.has("-c", "--command"):
        start(call, found.rest)
        return
    given: dict[str, str] = {}
    words = found.rest
    if found.has("--set"):
        given[found.last("--set")] = (words or [""])[0]
        words = words[1:]
    while words and "=" in words[0] and words[0].partition("=")[0].replace("_", "").replace("-", "").isalnum():
        name, _, given[name] = words[0].partition("=")
        words = words[1:]
    _run(call, found, words, given)


def _run(call: Call, found: Front, words: list[str], given: dict[str, str]) -> None:
    path = _path(call, found)
    folder = found.last("-d", "--working-directory") or path.rpartition("/")[0]
    text = call.read(path) if path else None
    if text is None:
        for word in words:
            unread(call, word)
        return

    def include(name: str) -> str | None:
        return call.read(name if name.startswith("/") or not folder else folder + "/" + name)

    justfile = Justfile(given, include)
    justfile.parse(text)
    _recipes(call, justfile, words or list(justfile.recipes)[:1], folder)


def _path(call: Call, found: Front) -> str:
    given = found.last("-f", "--justfile")
    if given:
        return given
    for prefix in ("", "../", "../../"):
        for name in FILES:
            if call.read(prefix + name) is not None:
                return prefix + name
    return ""


def _recipes(call: Call, justfile: Justfile, words: list[str], folder: str) -> None:
    """Recipes one after another, each with as many of the words that follow as it has parameters."""
    while words:
        name, words = words[0], words[1:]
        recipe = justfile.recipes.get(justfile.aliases.get(name, name))
        if recipe is None:
            if not justfile.is_whole or not is_known(name):
                for word in (name, *justfile.recipes) if not is_known(name) else (name + ":" + " ".join(words),):
                    unread(call, word)
            continue
        for command in justfile.commands(name, words):
            _command(call, justfile, command, folder)
        words = words[recipe.bound(words)[1] :]


def _command(call: Call, justfile: Justfile, command: str, folder: str) -> None:
    if not command.startswith("#!"):
        if justfile.shell and justfile.shell[0].rpartition("/")[2].rstrip("0123456789") in LANGUAGES:
            call.run([*justfile.shell, command])
        else:
            lines(call, command, folder)
        return
    # #!/usr/bin/env -S python3 -u
    words = command.split("\n", 1)[0][2:].split()
    if words and words[0].endswith("/env"):
        words = [word for word in words[1:] if not word.startswith("-")]
    name = (words or ["sh"])[0].rpartition("/")[2]
    if name in LANGUAGES:
        call.code(LANGUAGES[name], command, script=True)
    elif name.endswith("sh"):
        lines(call, command, folder)
