"""Keys that the client passes over, and values that it does not take, by the record in client.yaml."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from orchestrator.plugin.host import hooks, values
from orchestrator.plugin.host.client import client
from orchestrator.plugin.host.prediction import shown

if TYPE_CHECKING:
    from orchestrator.plugin.host.client import Key
    from orchestrator.plugin.host.prediction import Case

OURS = "x-orchestrate"
# Judged by functions of their own.
_APART = frozenset({"name", "description", "tools"})


def judge(case: Case) -> None:
    known, others = client().keys(case.kind), client().others(case.kind, case.scope)
    for key, value in case.keys.items():
        if key in others:
            continue
        record = known.get(key)
        if record is None or not record.is_used(case.scope):
            _ignore(case, key, record)
        elif key not in _APART:
            _take(case, record, value)


def _ignore(case: Case, key: str, record: Key | None) -> None:
    case.ignored.append(key)
    if key == OURS:
        return
    if record is not None:
        message = f"the client ignores {key} in a plugin"
        case.problem("ignored-key", key, message, f"Move it: it works in {record.instead}." if record.instead else "")
        return
    message = f"the client does not know {key} and passes over it"
    fix = "Remove it, or keep it below x-orchestrate, where it is known to be without effect."
    case.problem("ignored-key", key, message, fix, severity="warning")


def _take(case: Case, record: Key, value: Any) -> None:
    judged = _FORMS[record.form](case, record, value)
    if judged is not None:
        case.effective[record.name] = judged
    elif record.bad == "false":
        case.effective[record.name] = False


def _text(case: Case, record: Key, value: Any) -> Any:
    if isinstance(value, str) and value.strip():
        return value.strip()
    if record.bad == "written" and value is not None:
        return _written(case, record, value)
    case.drop(record.name, value, "a text is needed", "Write a text.")
    return None


def _written(case: Case, record: Key, value: Any) -> str:
    """A value of another kind, turned into a text."""
    found = values.as_written(value)
    if isinstance(value, list | dict):
        message = f"{record.name} is read as {shown(found)}: a text is needed, and this is none"
        case.problem("changed-value", record.name, message, "Put the value in quotes.")
    return found


def _names(case: Case, record: Key, value: Any) -> Any:
    found = values.names(value)
    if not found:
        case.drop(record.name, value, "no names are in it", "Write a list of names, or remove the key.")
        return None
    return list(found)


def _effort(case: Case, record: Key, value: Any) -> Any:
    found = values.effort(value)
    if found is None:
        case.drop(record.name, value, f"it is none of {', '.join(record.values)} and no number", "Use one of them.")
    return found


def _count(case: Case, record: Key, value: Any) -> Any:
    found = values.count(value, record.least)
    if found is None:
        fix = f"Write a whole number of at least {record.least}."
        case.drop(record.name, value, f"a whole number of at least {record.least} is needed", fix)
    return found


def _word(case: Case, record: Key, value: Any) -> Any:
    words = record.words(case.scope)
    if value in words:
        return value
    case.drop(record.name, value, f"it is none of {', '.join(words)}", "Use one of them, or remove the key.")
    return None


def _on(case: Case, record: Key, value: Any) -> Any:
    word = values.as_written(value) if isinstance(value, bool | str) else ""
    if word == "true":
        return True
    if word != "false":
        case.drop(record.name, value, "only true switches it on", "Write true, or remove the key.")
    return None


def _switch(case: Case, record: Key, value: Any) -> Any:
    found = values.switch(value)
    if found is None:
        case.drop(record.name, value, "true or false is needed", "Write true or false.")
    return found


def _list(case: Case, record: Key, value: Any) -> Any:
    if isinstance(value, list):
        return value
    case.drop(record.name, value, "a list is needed", "Write a list.")
    return None


def _mapping(case: Case, record: Key, value: Any) -> Any:
    if isinstance(value, dict):
        return value
    case.drop(record.name, value, "keys and values are needed", "Write `key: value` lines below it.")
    return None


_FORMS: dict[str, Callable[[Case, Key, Any], Any]] = {
    "text": _text,
    "names": _names,
    "effort": _effort,
    "count": _count,
    "word": _word,
    "on": _on,
    "switch": _switch,
    "list": _list,
    "mapping": _mapping,
    "hooks": lambda case, _, value: hooks.kept(case, value),
    "any": lambda _case, _key, value: value,
}
