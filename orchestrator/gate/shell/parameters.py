"""$name, "$@" and the operators of ${name…}."""

from __future__ import annotations

from orchestrator.gate.shell import expand, pattern
from orchestrator.gate.shell.state import OUTER, Choice, either
from orchestrator.gate.text import OPEN, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.shell.evaluate import Evaluator
    from orchestrator.gate.shell.nodes import Param
    from orchestrator.gate.shell.state import State


def values(evaluator: Evaluator, state: State, part: Param) -> list[str]:
    """The values of the parameter, more than one for "$@" and "${a[@]}"."""
    if part.op == "length":
        return [_length(evaluator, state, part)]
    if part.op == "names":
        names = [name for name in state.variables if name.startswith(part.name)]
        return names or [unknown(part.name)]
    return _operated(evaluator, state, part, _raw(evaluator, state, part))


def _operated(evaluator: Evaluator, state: State, part: Param, found: list[str]) -> list[str]:
    if part.op == "indirect":
        return [_looked_up(evaluator, state, found[0]) if found and is_known(found[0]) else unknown(part.name)]
    if part.op in ("-", ":-", "=", ":=", "+", ":+", "?", ":?"):
        return _with_default(evaluator, state, part, found)
    if not part.op:
        return found
    if part.op == ":" and (part.name in ("@", "*") or _is_whole(evaluator, state, part)):
        return _slice(evaluator, state, part, found)
    return [_changed(evaluator, state, part, value) for value in found]


def _is_whole(evaluator: Evaluator, state: State, part: Param) -> bool:
    return part.index is not None and expand.text(evaluator, state, part.index) in ("@", "*")


def _slice(evaluator: Evaluator, state: State, part: Param, found: list[str]) -> list[str]:
    """${@:2} counts from 1, with $0 in front; ${a[@]:1} from 0."""
    start = _integer(expand.text(evaluator, state, part.argument))
    size = _integer(expand.text(evaluator, state, part.second)) if part.second is not None else len(found)
    if start is None or size is None:
        return [unknown(part.name)]
    if part.name in ("@", "*"):
        found = [state.name, *found]
    return found[start:][: max(size, 0)]


def _raw(evaluator: Evaluator, state: State, part: Param) -> list[str]:
    if part.index is not None:
        return _element(evaluator, state, part)
    if part.name in ("@", "*"):
        if part.name == "*" and part.quoted:
            return [" ".join(state.arguments)]
        return list(state.arguments)
    return [_looked_up(evaluator, state, part.name)]


def _element(evaluator: Evaluator, state: State, part: Param) -> list[str]:
    value = state.variables.get(part.name)
    index = expand.text(evaluator, state, part.index)
    if value is None or type(value) is Choice:
        return [_looked_up(evaluator, state, part.name)]
    items: list[str] = value if type(value) is list else [value]  # type: ignore[list-item]
    if index in ("@", "*"):
        return [" ".join(items)] if index == "*" and part.quoted else list(items)
    keyed = state.variables.get(part.name + "[" + index + "]")
    if type(keyed) is str:
        return [keyed]
    number = index.lstrip("-")
    if not number.isdecimal() or len(number) > 6:
        return [evaluator.choose(items, part.name)]
    position = int(index)
    return [items[position]] if -len(items) <= position < len(items) else [""]


def _looked_up(evaluator: Evaluator, state: State, name: str) -> str:
    if name.isdecimal():
        return _argument(state, name)
    value = state.variables.get(name)
    if value is None:
        return _of_the_shell(evaluator, state, name)
    if type(value) is Choice:
        return evaluator.choose(value.values, name)
    if type(value) is list:
        return value[0] if value else ""
    return value  # type: ignore[return-value]


def _argument(state: State, name: str) -> str:
    if name == "0":
        return state.name
    if state.arguments is OUTER:
        return unknown(name)
    position = int(name[:6]) - 1
    return state.arguments[position] if position < len(state.arguments) else ""


def _of_the_shell(evaluator: Evaluator, state: State, name: str) -> str:
    if name == "IFS":
        return " \t\n"
    if name == "PWD":
        return state.cwd
    if name == "HOME" and not state.remote:
        return evaluator.machine.place.home or unknown(name)
    if name == "BASH_SOURCE" and state.arguments is not OUTER:
        return state.name
    if name == "#":
        return str(len(state.arguments))
    return unknown(name)


def _with_default(evaluator: Evaluator, state: State, part: Param, found: list[str]) -> list[str]:
    joined = " ".join(found)
    is_set = part.name in state.variables or part.name in ("@", "*", "IFS", "PWD") or part.name.isdecimal()
    given = bool(joined) if part.op.startswith(":") or part.name.isdecimal() or part.name in "@*" else is_set
    sign = part.op[-1]
    if not is_set:
        # The environment may hold it: both readings count.
        default = expand.text(evaluator, state, part.argument)
        if sign == "=":
            state.variables[part.name] = either([unknown(part.name), default], part.name)
        return [evaluator.choose([joined if sign != "+" else "", default], part.name)] if sign != "?" else found
    if sign == "+":
        return [expand.text(evaluator, state, part.argument)] if given else [""]
    if given or sign == "?":
        return found
    default = expand.text(evaluator, state, part.argument)
    if sign == "=":
        state.variables[part.name] = default
    return [default]


def _length(evaluator: Evaluator, state: State, part: Param) -> str:
    if part.name in ("@", "*"):
        return str(len(state.arguments))
    found = _raw(evaluator, state, part)
    if part.index is not None and expand.text(evaluator, state, part.index) in ("@", "*"):
        return str(len(found))
    return str(len(found[0])) if found and is_known(found[0]) else unknown("length")


def _changed(evaluator: Evaluator, state: State, part: Param, value: str) -> str:
    argument = expand.text(evaluator, state, part.argument)
    second = expand.text(evaluator, state, part.second) if part.second is not None else None
    if OPEN in value or OPEN in argument or (second is not None and OPEN in second):
        return unknown(part.name)
    op = part.op
    if op in ("#", "##"):
        return pattern.without_prefix(value, argument, op == "##")
    if op in ("%", "%%"):
        return pattern.without_suffix(value, argument, op == "%%")
    if op == ":":
        return _substring(value, argument, second, part.name)
    if op[0] == "/":
        return _replaced(value, op, argument, second or "", part.name)
    return _in_other_case(value, op) if op[0] in "^," else _transformed(value, argument)


def _transformed(value: str, argument: str) -> str:
    """${x@U} and the like."""
    return {"U": value.upper(), "L": value.lower(), "u": value[:1].upper() + value[1:]}.get(argument, value)


def _in_other_case(value: str, op: str) -> str:
    end = len(value) if len(op) == 2 else 1
    return (value[:end].upper() if op[0] == "^" else value[:end].lower()) + value[end:]


def _substring(value: str, offset: str, length: str | None, name: str) -> str:
    start = _integer(offset)
    size = _integer(length) if length is not None else len(value)
    if start is None or size is None:
        return unknown(name)
    if start < 0:
        start = max(0, len(value) + start)
    return value[start : start + size] if size >= 0 else value[start:size]


def _integer(text: str) -> int | None:
    digits = text.strip()
    bare = digits.lstrip("-")
    if not bare:
        return 0
    return int(digits) if bare.isdecimal() and len(bare) < 7 and digits.count("-") <= 1 else None


def _replaced(value: str, op: str, old: str, new: str, name: str) -> str:
    if pattern.special(old):
        return unknown(name)
    if not old:
        return value
    if op == "/#":
        return new + value[len(old) :] if value.startswith(old) else value
    if op == "/%":
        return value[: -len(old)] + new if value.endswith(old) else value
    return value.replace(old, new, -1 if op == "//" else 1)
