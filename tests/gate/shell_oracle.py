"""Whether bash accepts a text, and the commands that shfmt finds in it."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from orchestrator.gate.shell.escapes import decoded

Tree = dict[str, Any]
SHFMT = Path(sysconfig.get_path("scripts")) / "shfmt"
# Extended globs are off unless a script turns them on; our parser reads both. bash -n ends with 0 after an error in [[.
_LOOP = """
shopt -s nullglob
for file in "$1"/*; do
    if bash -n "$file" 2>"$1.err" || bash -O extglob -n "$file" 2>"$1.err"; then
        grep -q -v ': warning: ' "$1.err" && echo no || echo yes
    else echo no; fi
done
"""


def bash_accepts(commands: Sequence[str], folder: Path) -> list[bool]:
    """Whether bash would run each of the commands."""
    folder.mkdir()
    for number, command in enumerate(commands):
        (folder / f"{number:06}").write_text(command, encoding="utf-8", newline="")
    done = subprocess.run(["bash", "-c", _LOOP, "bash", folder], capture_output=True, text=True, check=True)
    return [line == "yes" for line in done.stdout.split()]


def shfmt_outline(command: str) -> list[str] | None:
    """The outline of the command as shfmt reads it, see `shell_outline`. None if it does not."""
    done = subprocess.run([SHFMT, "--to-json", "-ln=bash"], input=command, capture_output=True, text=True, check=False)
    return list(_statements(json.loads(done.stdout).get("Stmts", ()))) if done.returncode == 0 else None


def _statements(statements: Sequence[Tree]) -> Iterator[str]:
    for statement in statements:
        yield from _statement(statement)


def _statement(statement: Tree) -> Iterator[str]:
    if statement.get("Negated"):
        yield "!"
    if "Cmd" in statement:
        yield from _tree(statement["Cmd"])
    for redirect in statement.get("Redirs", ()):
        name = redirect.get("N", {}).get("Value", "")
        yield f"{name.strip('{}')}{redirect['Op']}{_text(redirect['Word'])}"
        yield from _commands_in(redirect["Word"])
        if redirect["Op"] in ("<<", "<<-"):
            # shfmt keeps no empty body.
            body = redirect.get("Hdoc", {})
            yield from (f"body {_body(redirect['Op'], redirect['Word'], body)!r}", *_commands_in(body))
    if statement.get("Background"):
        yield "&"


def _body(operator: str, delimiter: Tree, body: Tree) -> str:
    quoted = any(part["Type"] != "Lit" or "\\" in part["Value"] for part in delimiter["Parts"])
    text = "".join(_piece(part, None if quoted else "$`\\") for part in body.get("Parts", ()))
    return re.sub(r"^\t+", "", text, flags=re.MULTILINE) if operator == "<<-" else text


def _tree(tree: Tree) -> Iterator[str]:
    return _TREES[tree["Type"]](tree)


def _call(tree: Tree) -> Iterator[str]:
    both = [*map(_assign, tree.get("Assigns", ())), *map(_text, tree.get("Args", ()))]
    yield from (" ".join(both), *_commands_in([tree.get("Assigns", ()), tree.get("Args", ())]))


def _declaration(tree: Tree) -> Iterator[str]:
    yield " ".join([tree["Variant"]["Value"], *map(_assign, tree.get("Args", ()))])
    yield from _commands_in(tree.get("Args", ()))


def _let(tree: Tree) -> Iterator[str]:
    yield from ("let", *_commands_in(tree["Exprs"]))


def _binary(tree: Tree) -> Iterator[str]:
    yield from (*_statement(tree["X"]), tree["Op"], *_statement(tree["Y"]))


def _block(tree: Tree) -> Iterator[str]:
    yield from ("{", *_statements(tree["Stmts"]), "}")


def _subshell(tree: Tree) -> Iterator[str]:
    yield from ("(", *_statements(tree["Stmts"]), ")")


def _while(tree: Tree) -> Iterator[str]:
    yield from ("until" if tree.get("Until") else "while", *_statements(tree["Cond"]), "do")
    yield from _statements(tree["Do"])


def _case(tree: Tree) -> Iterator[str]:
    yield from (f"case {_text(tree['Word'])}", *_commands_in(tree["Word"]))
    for branch in tree.get("Items", ()):
        yield from (f"{'|'.join(map(_text, branch['Patterns']))})", *_commands_in(branch["Patterns"]))
        yield from _statements(branch.get("Stmts", ()))


def _function(tree: Tree) -> Iterator[str]:
    yield from (f"function {tree['Name']['Value']}", *_statement(tree["Body"]))


def _coproc(tree: Tree) -> Iterator[str]:
    name = _text(tree["Name"]) if tree.get("Name") else "COPROC"
    yield from (f"coproc {name}", *_statement(tree["Stmt"]))


def _test_clause(tree: Tree) -> Iterator[str]:
    yield from (f"[[ {' '.join(_test(tree['X']))} ]]", *_commands_in(tree["X"]))


def _arithmetic(tree: Tree) -> Iterator[str]:
    yield from ("((", *_commands_in(tree.get("X")))


def _time(tree: Tree) -> Iterator[str]:
    yield from ("time", *_statement(tree.get("Stmt") or {}))


def _if(tree: Tree) -> Iterator[str]:
    if "Cond" not in tree:
        yield from ("else", *_statements(tree["Then"]))
        return
    yield from ("if", *_statements(tree["Cond"]), "then", *_statements(tree["Then"]))
    if tree.get("Else"):
        yield from _if(tree["Else"])


def _for(tree: Tree) -> Iterator[str]:
    loop = tree["Loop"]
    if loop["Type"] == "WordIter":
        kind = "select" if tree.get("Select") else "for"
        yield f"{kind} {loop['Name']['Value']} in {' '.join(map(_text, loop.get('Items', ())))}"
    else:
        yield "for (("
    yield from (*_commands_in(loop), *_statements(tree["Do"]))


def _test(tree: Tree) -> Iterator[str]:
    match tree["Type"]:
        case "BinaryTest":
            yield from (*_test(tree["X"]), tree["Op"], *_test(tree["Y"]))
        case "UnaryTest":
            yield from (tree["Op"], *_test(tree["X"]))
        case "ParenTest":
            yield from ("(", *_test(tree["X"]), ")")
        case _:
            yield _text(tree)


def _assign(tree: Tree) -> str:
    if tree.get("Naked"):
        return _text(tree["Value"]) if tree.get("Value") else tree["Name"]["Value"]
    value = _text(tree["Value"]) if tree.get("Value") else ""
    if tree.get("Array"):
        elements = tree["Array"].get("Elems", ())
        values = [("[]=" if "Index" in each else "") + _value(each) for each in elements]
        value = f"({' '.join(values)})"
    index = "[]" if "Index" in tree else ""
    return f"{tree['Name']['Value']}{index}{'+' if tree.get('Append') else ''}={value}"


def _value(element: Tree) -> str:
    return _text(element["Value"]) if element.get("Value") else ""


def _text(word: Tree) -> str:
    return "".join(map(_piece, word.get("Parts", ())))


def _piece(part: Tree, special: str | None = "") -> str:
    """A part as text. `special` is what a backslash quotes in it: None nothing, "" everything."""
    kind = part["Type"]
    if kind == "Lit":
        return part["Value"] if special is None else _plain(part["Value"], special)
    if kind == "SglQuoted":
        return decoded(part.get("Value", "")) if part.get("Dollar") else part.get("Value", "")
    if kind == "DblQuoted":
        return "".join(_piece(each, '$`"\\') for each in part.get("Parts", ()))
    return _EXPANSIONS[kind](part)


def _plain(text: str, special: str) -> str:
    """Without the backslashes that quote: before `special`, everywhere if that is empty."""
    found = ""
    while text:
        if text[0] == "\\" and len(text) > 1 and (not special or text[1] in special + "\n"):
            found += text[1].replace("\n", "")
            text = text[2:]
        else:
            found += text[0]
            text = text[1:]
    return found


def _commands_in(tree: Any) -> Iterator[str]:
    """The outlines of the substitutions in a tree of words."""
    if isinstance(tree, dict):
        if tree.get("Type") in ("CmdSubst", "ProcSubst"):
            yield from ("$(", *_statements(tree.get("Stmts", ())), ")")
            return
        tree = list(tree.values())
    if isinstance(tree, (list, tuple)):
        for each in tree:
            yield from _commands_in(each)


_TREES: dict[str, Callable[[Tree], Iterator[str]]] = {
    "CallExpr": _call,
    "DeclClause": _declaration,
    "LetClause": _let,
    "BinaryCmd": _binary,
    "Block": _block,
    "Subshell": _subshell,
    "IfClause": _if,
    "WhileClause": _while,
    "ForClause": _for,
    "CaseClause": _case,
    "FuncDecl": _function,
    "CoprocClause": _coproc,
    "TestClause": _test_clause,
    "ArithmCmd": _arithmetic,
    "TimeClause": _time,
}
_EXPANSIONS: dict[str, Callable[[Tree], str]] = {
    "ParamExp": lambda part: f"${{{part['Param']['Value']}}}",
    "CmdSubst": lambda _: "$()",
    "ArithmExp": lambda _: "$(())",
    "ProcSubst": lambda part: f"{part['Op']})",
    "ExtGlob": lambda part: f"{part['Op']}{part['Pattern']['Value']})",
}
