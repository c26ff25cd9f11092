"""clickhouse-client runs SQL from its options or standard input."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import feed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    name + "=": name
    for name in (
        "query queries-file host port user password database format time_zone config-file connection log-level "
        "external-file history_file max_memory_usage param file structure input-format path "
        "output-format table name types"
    ).split()
}


def options(args: list[str]) -> Options:
    return parse(args, "q:h:d:u:f:t:C:N:S:F:", {"": "", **_LONG, "password=?": "password"})


def give(call: Call, found: Options) -> None:
    """Judges the SQL of a client; with a query, standard input is data."""
    if not found.has("help", "version", "V"):
        # Before version 24 the text followed --multiquery as an operand.
        texts = found.values("q", "query") + [word for word in found.operands if " " in word.strip()]
        feed.give(call, "clickhouse", texts, found.values("queries-file"))


def read(call: Call) -> None:
    give(call, options(call.args))
