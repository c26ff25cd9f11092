"""A parsed command as one line for every simple command, assignment, redirection and here-document, to compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch

from orchestrator.gate.shell import nodes


def outline(script: nodes.Script) -> list[str]:
    """The simple commands, assignments, redirections and here-documents in order of their text, one line each."""
    return list(_script(script))


def _script(script: nodes.Script) -> Iterator[str]:
    for item in script.items:
        yield from _pipeline(item.first)
        for operator, pipeline in item.rest:
            yield operator
            yield from _pipeline(pipeline)
        if item.background:
            yield "&"


def _pipeline(pipeline: nodes.Pipeline) -> Iterator[str]:
    if pipeline.timed:
        yield "time"
    if pipeline.negated:
        yield "!"
    for command, both in zip(pipeline.commands, pipeline.both, strict=True):
        yield from _command(command)
        if command is not pipeline.commands[-1]:
            yield "|&" if both else "|"


def _command(command: nodes.Command) -> Iterator[str]:
    yield from _outline(command)
    for redirect in command.redirects:
        yield f"{'' if redirect.fd is None else redirect.fd}{redirect.op}{_word(redirect.target)}"
        yield from _nested([redirect.target])
        if redirect.body:
            yield from (f"body {_word(redirect.body)!r}", *_nested([redirect.body]))


@singledispatch
def _outline(command: nodes.Coproc) -> Iterator[str]:
    yield from (f"coproc {command.name}", *_command(command.command))


@_outline.register
def _(command: nodes.Group) -> Iterator[str]:
    yield from ("{", *_script(command.body), "}")


@_outline.register
def _(command: nodes.Subshell) -> Iterator[str]:
    yield from ("(", *_script(command.body), ")")


@_outline.register
def _(command: nodes.If) -> Iterator[str]:
    for condition, body in command.branches:
        yield from ("if", *_script(condition), "then", *_script(body))
    if command.otherwise:
        yield from ("else", *_script(command.otherwise))


@_outline.register
def _(command: nodes.Loop) -> Iterator[str]:
    yield from (command.kind, *_script(command.condition), "do", *_script(command.body))


@_outline.register
def _(command: nodes.For) -> Iterator[str]:
    words = command.words or []
    yield f"{command.kind} {command.name} in {' '.join(map(_word, words))}"
    yield from (*_nested(words), *_script(command.body))


@_outline.register
def _(command: nodes.ForArithmetic) -> Iterator[str]:
    yield from ("for ((", *_nested([command.header]), *_script(command.body))


@_outline.register
def _(command: nodes.Case) -> Iterator[str]:
    yield from (f"case {_word(command.word)}", *_nested([command.word]))
    for patterns, body in command.branches:
        yield from (f"{'|'.join(map(_word, patterns))})", *_nested(patterns), *_script(body))


@_outline.register
def _(command: nodes.Function) -> Iterator[str]:
    yield from (f"function {command.name}", *_command(command.body))


@_outline.register
def _(command: nodes.Test) -> Iterator[str]:
    yield from (f"[[ {' '.join(map(_word, command.words))} ]]", *_nested(command.words))


@_outline.register
def _(command: nodes.Calculation) -> Iterator[str]:
    yield from ("((", *_nested([command.word]))


@_outline.register
def _(command: nodes.Simple) -> Iterator[str]:
    both = [*command.assigns, *command.words]
    first = command.words[0].plain() if command.words and isinstance(command.words[0], nodes.Word) else None
    if first == "let":
        yield from ("let", *_nested(both))
    elif both:
        yield from (" ".join(map(_element, both)), *_nested(both))


def _element(element: nodes.Word | nodes.Assign) -> str:
    if isinstance(element, nodes.Word):
        return _word(element)
    index = "" if element.index is None else "[]"
    value = _word(element.value) if element.value else ""
    if element.array is not None:
        value = f"({' '.join(map(_element, element.array))})"
    return f"{element.name}{index}{'+' if element.append else ''}={value}"


def _word(word: nodes.Word) -> str:
    return "".join(map(_part, word.parts))


def _part(part: nodes.Part) -> str:
    match part:
        case nodes.Literal(text=text) | nodes.Quoted(text=text):
            return text
        case nodes.Param(name=name):
            # ${!x:-y} is a parameter called !x.
            return f"${{{name.lstrip('!') or name}}}"
        case nodes.Substitution():
            return "$()"
    return "$(())" if isinstance(part, nodes.Arithmetic) else f"{part.direction}()"


def _nested(words: Sequence[nodes.Word | nodes.Assign]) -> Iterator[str]:
    """The outlines of the substitutions in the words."""
    for word in words:
        if isinstance(word, nodes.Assign):
            yield from _nested([each for each in (word.index, word.value) if each])
            yield from _nested(word.array or ())
        else:
            for part in word.parts:
                yield from _inside(part)


def _inside(part: nodes.Part) -> Iterator[str]:
    match part:
        case nodes.Substitution() | nodes.Process():
            yield from ("$(", *_script(part.script), ")")
        case nodes.Arithmetic():
            yield from _nested([part.word])
        case nodes.Param():
            yield from _nested([each for each in (part.index, part.argument, part.second) if each])
