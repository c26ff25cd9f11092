"""A parsed command as indented lines, for people."""

from __future__ import annotations

from orchestrator.gate.shell import nodes
from orchestrator.gate.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from orchestrator.gate.shell.nodes import Command, Part, Script

_INDENT = "  "


def lines(script: Script) -> list[str]:
    """One line for every command, redirection and nested list of commands; here-documents line by line."""
    found: list[str] = []
    for item in script.items:
        found += _item(item)
    return found


def _indented(found: Sequence[str]) -> list[str]:
    return [_INDENT + line for line in found]


def _item(item: nodes.Item) -> list[str]:
    found = _pipeline(item.first)
    for operator, pipeline in item.rest:
        found.append(operator)
        found += _pipeline(pipeline)
    return ["in the background", *_indented(found)] if item.background else found


def _pipeline(pipeline: nodes.Pipeline) -> list[str]:
    found = _command(pipeline.commands[0])
    for command, both in zip(pipeline.commands[1:], pipeline.both):
        found.append("|&" if both else "|")
        found += _command(command)
    for word, is_set in (("!", pipeline.negated), ("time", pipeline.timed)):
        if is_set:
            found = [word, *_indented(found)]
    return found


def _command(command: Command) -> list[str]:
    found = _SHOWN[type(command)](command)
    redirects: list[str] = []
    for redirect in command.redirects:
        redirects += _redirect(redirect)
    return found + _indented(redirects)


def _block(title: str, script: Script | None) -> list[str]:
    return [] if script is None else [title, *_indented(lines(script))]


def _simple(command: nodes.Simple) -> list[str]:
    texts = [_element(each) for each in [*command.assigns, *command.words]]
    return [" ".join(texts) or "(nothing)", *_indented(_inside_all([*command.assigns, *command.words]))]


def _group(command: nodes.Group) -> list[str]:
    return _block("{ }", command.body)


def _subshell(command: nodes.Subshell) -> list[str]:
    return _block("( )", command.body)


def _if(command: nodes.If) -> list[str]:
    found: list[str] = []
    word = "if"
    for condition, body in command.branches:
        found += _block(word, condition) + _block("then", body)
        word = "elif"
    return found + _block("else", command.otherwise)


def _loop(command: nodes.Loop) -> list[str]:
    return _block(command.kind, command.condition) + _block("do", command.body)


def _for(command: nodes.For) -> list[str]:
    words = [nodes.Word([nodes.Param("@", True)])] if command.words is None else command.words
    title = "%s %s in %s" % (command.kind, command.name, " ".join(map(_word, words)))
    return [title, *_indented(_inside_all(words)), *_block("do", command.body)]


def _for_arithmetic(command: nodes.ForArithmetic) -> list[str]:
    return ["for ((%s))" % _word(command.header), *_indented(_inside(command.header)), *_block("do", command.body)]


def _case(command: nodes.Case) -> list[str]:
    found = ["case " + _word(command.word), *_indented(_inside(command.word))]
    for patterns, body in command.branches:
        found += _indented(_block("%s)" % " | ".join(map(_word, patterns)), body) + _indented(_inside_all(patterns)))
    return found


def _function(command: nodes.Function) -> list[str]:
    return ["function " + shown(command.name), *_indented(_command(command.body))]


def _test(command: nodes.Test) -> list[str]:
    return ["[[ %s ]]" % " ".join(map(_word, command.words)), *_indented(_inside_all(command.words))]


def _calculation(command: nodes.Calculation) -> list[str]:
    return ["((%s))" % _word(command.word), *_indented(_inside(command.word))]


def _coproc(command: nodes.Coproc) -> list[str]:
    return ["coproc " + shown(command.name), *_indented(_command(command.command))]


def _redirect(redirect: nodes.Redirect) -> list[str]:
    fd = redirect.fd
    prefix = "" if fd is None else str(fd) if isinstance(fd, int) else "{%s}" % fd
    space = "" if redirect.op.endswith("&") else " "  # 2>&1, but 2> 1
    title = prefix + redirect.op + space + _word(redirect.target)
    found = [title, *_indented(_inside(redirect.target))]
    if redirect.body is not None:
        found += [_INDENT + "| " + line for line in _text(redirect.body).splitlines()]
        found += _indented(_inside(redirect.body))
    return found


def _element(element: nodes.Word | nodes.Assign) -> str:
    if isinstance(element, nodes.Word):
        return _word(element)
    index = "" if element.index is None else "[%s]" % _word(element.index)
    value = "" if element.value is None else _word(element.value)
    if element.array is not None:
        value = "(%s)" % " ".join(map(_element, element.array))
    return "%s%s%s=%s" % (element.name, index, "+" if element.append else "", value)


def _word(word: nodes.Word) -> str:
    return "".join(map(_part, word.parts))


def _text(word: nodes.Word) -> str:
    """The word without the quotes around its plain pieces."""
    return "".join(shown(part.text) if isinstance(part, nodes.Quoted) else _part(part) for part in word.parts)


def _part(part: Part) -> str:
    if isinstance(part, nodes.Literal):
        return shown(part.text)
    if isinstance(part, nodes.Quoted):
        return quoted(shown(part.text))
    if isinstance(part, nodes.Param):
        return _param(part)
    if isinstance(part, nodes.Arithmetic):
        return "$((%s))" % _word(part.word)
    return "$(...)" if isinstance(part, nodes.Substitution) else "%s(...)" % part.direction


def quoted(text: str) -> str:
    """The text in quotes, as one would type it, but on one line."""
    line = text.replace("\n", "\\n")
    if "'" not in line:
        return "'" + line + "'"
    if not any(sign in line for sign in '"$`\\'):
        return '"' + line + '"'
    return "'" + line.replace("'", "'\\''") + "'"


def _param(part: nodes.Param) -> str:
    name = shown(part.name) + ("" if part.index is None else "[%s]" % _word(part.index))
    if part.op == "length":
        return "${#%s}" % name
    if part.op in ("indirect", "names"):
        return "${!%s%s}" % (name, "" if part.op == "indirect" else "*")
    argument = "" if part.argument is None else _word(part.argument)
    separator = ":" if part.op == ":" else "/"
    return "${%s%s%s%s}" % (name, part.op, argument, "" if part.second is None else separator + _word(part.second))


def _inside(word: nodes.Word | nodes.Assign) -> list[str]:
    """The commands that run while the word is expanded."""
    if isinstance(word, nodes.Assign):
        given = [each for each in (word.index, word.value) if each is not None]
        return _inside_all([*given, *(word.array or ())])
    found: list[str] = []
    for part in word.parts:
        found += _inside_part(part)
    return found


def _inside_all(words: Sequence[nodes.Word | nodes.Assign]) -> list[str]:
    found: list[str] = []
    for word in words:
        found += _inside(word)
    return found


def _inside_part(part: Part) -> list[str]:
    if isinstance(part, nodes.Substitution):
        return _block("$( )", part.script)
    if isinstance(part, nodes.Process):
        return _block("%s( )" % part.direction, part.script)
    if isinstance(part, nodes.Arithmetic):
        return _inside(part.word)
    if isinstance(part, nodes.Param):
        return _inside_all([word for word in (part.index, part.argument, part.second) if word is not None])
    return []


_SHOWN: dict[type, Callable[[Any], list[str]]] = {
    nodes.Simple: _simple,
    nodes.Group: _group,
    nodes.Subshell: _subshell,
    nodes.If: _if,
    nodes.Loop: _loop,
    nodes.For: _for,
    nodes.ForArithmetic: _for_arithmetic,
    nodes.Case: _case,
    nodes.Function: _function,
    nodes.Test: _test,
    nodes.Calculation: _calculation,
    nodes.Coproc: _coproc,
}
