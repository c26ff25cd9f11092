"""env: variables, then a program; -S splits one word into several."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.place import normal
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"unset=": "u", "chdir=": "C", "split-string=": "S", "argv0=": "a", "ignore-environment": "i", "null": "0"}


def read(call: Call) -> None:
    options = parse(call.args, short="u:C:S:a:P:", long=LONG, stop=True)
    rest = list(options.rest)
    state = call.state.copy()
    for text in options.values("S"):
        rest = text.split() + rest if "'" not in text and '"' not in text else ["sh", "-c", text, *rest]
    if options.has("C") and is_known(options.last("C")) and is_known(state.cwd):
        state.cwd = normal(options.last("C"), state.cwd)
    while rest and "=" in rest[0] and not rest[0].startswith("="):
        name, _, value = rest.pop(0).partition("=")
        state.variables[name] = value
    call.state = state
    call.run(rest)
