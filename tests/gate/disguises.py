"""Ways to type one command differently: other words for the program's name, and a wrapper around the command.

A disguise takes the text of a command and gives another text that runs it at least as much as before. None means that
it does not fit the command: a prefix needs one plain command, a container has not the project's files.
"""

from __future__ import annotations

import base64
import re
import shlex
from collections.abc import Callable, Mapping

Disguise = Callable[[str], "str | None"]

PLAIN_WORDS = re.compile(r"""(?:[^\s'"\\$`;&|<>(){}#*?\[~!=]|'[^']*'|"[^"$`\\!]*"|(?<=\S)[=~!]|[ ])+""")
NAME = re.compile(r"[a-z][a-z0-9_.-]*")
# Words that the shell itself understands: no other program can start them.
SHELL_WORDS = frozenset(
    """
    alias bg bind break builtin case cd command coproc declare dirs eval exec exit export false fg for function if jobs
    let local mapfile noglob popd pushd read readonly return select set shift shopt source test time trap true type
    typeset ulimit umask unset until wait while
    """.split()  # noqa: SIM905
)
POSITIONAL = re.compile(r"\$[\d@*#]|\$\{[\d@*#!]")
END = "END_OF_DISGUISE"


def is_plain(command: str) -> bool:
    """One command of a program and its words, without expansions, redirections and assignments."""
    first = command.partition(" ")[0]
    return bool(PLAIN_WORDS.fullmatch(command)) and bool(NAME.fullmatch(first)) and first not in SHELL_WORDS


def _name(change: Callable[[str], str]) -> Disguise:
    def disguise(command: str) -> str | None:
        name, space, rest = command.partition(" ")
        return change(name) + space + rest if is_plain(command) else None

    return disguise


def _continued(command: str) -> str | None:
    return " \\\n  ".join(map(shlex.quote, shlex.split(command))) if is_plain(command) else None


NAMES: Mapping[str, Disguise] = {
    '"ps"ql': _name(lambda name: f'"{name[:2]}"{name[2:]}'),
    "p\\sql": _name(lambda name: f"{name[0]}\\{name[1:]}" if name[1:] else name),
    "'psql'": _name(lambda name: f"'{name}'"),
    "p''sql": _name(lambda name: f"{name[0]}''{name[1:]}"),
    "$'\\x70sql'": _name(lambda name: f"$'\\x{ord(name[0]):02x}{name[1:]}'"),
    "C=psql; $C": _name(lambda name: f"C={name}; $C"),
    "$(echo psql)": _name(lambda name: f"$(echo {name})"),
    "/usr/bin/psql": _name(lambda name: f"/usr/bin/{name}"),
    "backslash and newline between words": _continued,
}

# What the variable holds is not known: on a harmless command a question is in place.
OPEN_NAMES: Mapping[str, Disguise] = {"${C:-psql}": _name(lambda name: f"${{C:-{name}}}")}


def _prefix(words: str) -> Disguise:
    return lambda command: f"{words} {command}" if is_plain(command) else None


def _around(before: str, after: str) -> Disguise:
    return lambda command: f"{before}\n{command}\n{after}"


def _quoted(before: str, after: str = "") -> Disguise:
    """In a shell of its own, which has other positional parameters."""
    return lambda command: None if POSITIONAL.search(command) else f"{before} {shlex.quote(command)}{after}"


def _document(command: str) -> str | None:
    return None if POSITIONAL.search(command) else f"bash <<'{END}'\n{command}\n{END}"


def _encoded(command: str) -> str | None:
    text = base64.b64encode((command + "\n").encode()).decode()
    return None if POSITIONAL.search(command) else f"echo {text} | base64 -d | bash"


def _called(command: str) -> str | None:
    return None if POSITIONAL.search(command) else f"wrapped() {{\n{command}\n}}\nwrapped"


def _trapped(command: str) -> str | None:
    return None if "trap" in command else f"trap {shlex.quote(command)} EXIT"


def _found(command: str) -> str | None:
    """find puts a name for {}, in the words of the command as well."""
    return None if "{}" in command else _quoted("find . -maxdepth 0 -exec sh -c", " \\;")(command)


HERE: Mapping[str, Disguise] = {
    "sudo": _prefix("sudo"),
    "sudo -u postgres": _prefix("sudo -u postgres"),
    "env A=b": _prefix("env A=b"),
    "A=b": _prefix("A=b"),
    "command": _prefix("command"),
    "nohup": _prefix("nohup"),
    "nice -n 5": _prefix("nice -n 5"),
    "timeout 5": _prefix("timeout 5"),
    "time": _prefix("time"),
    "!": _prefix("!"),
    "stdbuf -oL": _prefix("stdbuf -oL"),
    "echo y |": _prefix("echo y |"),
    "bash -c": _quoted("bash -c"),
    "sh -c": _quoted("sh -c"),
    "zsh -c": _quoted("zsh -c"),
    "eval": lambda command: f"eval {shlex.quote(command)}",
    "( )": _around("(", ")"),
    "{ }": _around("{", "}"),
    "if true": _around("if true; then", "fi"),
    "true &&": _around("true && {", "}"),
    "false ||": _around("false || {", "}"),
    "&": _around("{", "} &"),
    "x=$( )": _around("x=$(", ")"),
    "for": _around("for one in 1; do", "done"),
    "while": _around("while true; do", "break; done"),
    "case": _around("case x in x)", ";; esac"),
    "xargs sh -c": _quoted("echo x | xargs sh -c"),
    "find -exec sh -c": _found,
    "bash <<": _document,
    "base64 -d | bash": _encoded,
    "function": _called,
    "trap": _trapped,
    "a comment and a newline before": _around("echo start # here", "echo end"),
}
ELSEWHERE: Mapping[str, Disguise] = {
    "ssh": _quoted("ssh db1"),
    "docker compose exec": _quoted("docker compose exec -T db sh -c"),
    "kubectl exec": _quoted("kubectl exec -i db-0 -- bash -c"),
}
