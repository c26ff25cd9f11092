"""A parsed command as plain data, to be written down in tests."""

from __future__ import annotations

from orchestrator.gate.shell import nodes

EMPTY = "<empty>"
NOTHING = ("", None, False, [], [False], [False, False])


def n(name, /, **values):
    return (name, values)


def v(name, quoted=False, **rest):
    return n("Param", name=name, **({"quoted": True} if quoted else {}), **rest)


def sub(*script, quoted=False):
    return n("Substitution", script=list(script), **({"quoted": True} if quoted else {}))


def redirect(op, target, **rest):
    return n("Redirect", op=op, target=target, **rest)


def simple(words=None, redirects=None, assigns=None):
    given = {"words": words, "redirects": redirects, "assigns": assigns}
    return n("Simple", **{slot: value for slot, value in given.items() if value})


def assign(name, value=None, **rest):
    given = {} if value is None else {"value": value}
    return n("Assign", **({"name": name} if name else {}), **given, **rest)


def tree(node):
    """A node as plain data: what is empty is left out, what has one child is that child, sources are left out."""
    if isinstance(node, (list, tuple)):
        return [tree(each) for each in node]
    reader = _READERS.get(type(node), _fields)
    return reader(node) if hasattr(node, "__slots__") else node


def _word(word):
    if not word.parts:
        return EMPTY
    return tree(word.parts if len(word.parts) > 1 else word.parts[0])


def _item(item):
    return _fields(item) if item.rest or item.background else tree(item.first)


def _pipeline(pipeline):
    bare = len(pipeline.commands) == 1 and not pipeline.negated and not pipeline.timed
    return tree(pipeline.commands[0]) if bare else _fields(pipeline)


def _fields(node):
    values = {slot: tree(getattr(node, slot)) for slot in node.__slots__ if slot != "source"}
    kept = {slot: value for slot, value in values.items() if value not in NOTHING}
    return kept["words"] if type(node) is nodes.Simple and set(kept) == {"words"} else (type(node).__name__, kept)


_READERS = {
    nodes.Literal: lambda part: part.text,
    nodes.Quoted: lambda part: ("q", part.text),
    nodes.Word: _word,
    nodes.Script: lambda script: tree(script.items),
    nodes.Item: _item,
    nodes.Pipeline: _pipeline,
}
