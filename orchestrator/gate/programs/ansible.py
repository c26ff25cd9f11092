"""ansible: a module on other hosts; shell modules run a command line there."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "module-name=": "m", "args=": "a", "inventory=": "i", "user=": "u", "limit=": "l", "forks=": "f", "key-file=": "k",
    "extra-vars=": "e", "become-user=": "v", "become-method=": "v", "connection=": "c", "timeout=": "T", "check": "C",
}  # fmt: skip
SHELLS = ("command", "shell", "raw", "script", "expect")


def read(call: Call) -> None:
    options = parse(call.args, short="m:a:i:u:l:f:k:e:c:T:B:P:t:M:", long=LONG)
    module = options.last("m", default="command").rpartition(".")[2]
    words = options.last("a")
    if options.has("C", "list-hosts", "syntax-check"):
        return
    if module in SHELLS:
        call.run(["bash", "-c", "--", words], remote=True)
    elif module.endswith("_query"):
        call.sql(_value(words, "query"))
    elif module.endswith("_db") and _value(words, "state") in ("absent", "restore"):
        call.effect("destroy-database" if _value(words, "state") == "absent" else "restore-over-database")


def _value(words: str, name: str) -> str:
    """The value of name=value or name="a value"."""
    after = words.partition(name + "=")[2]
    if after[:1] in ("'", '"'):
        return after[1:].partition(after[0])[0]
    return after.split(" ", 1)[0]
