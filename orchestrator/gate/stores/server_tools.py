"""Options that the programs of a PostgreSQL installation share."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHORT = "h:p:U:"
_LONG = {
    "host=": "h", "port=": "p", "username=": "U", "no-password": "w", "password": "W",
    "maintenance-db=": "maintenance-db",
    "echo": "e", "help": "help", "version": "version",
}  # fmt: skip


def options(args: Sequence[str], short: str = "", long: Mapping[str, str] | None = None) -> Options:
    """Options of a client program: the connection's, and those of the program itself."""
    return parse(args, _SHORT + short, {**_LONG, **(long or {})})


def only_tells(found: Options) -> bool:
    """True for --help, -? and --version; -V where the program has no other meaning for it."""
    return found.has("help", "?", "version", "V")
