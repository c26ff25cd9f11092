"""groovy, kotlin and other languages of the JVM: text that opens a database is not read further."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SIGNS = ("jdbc:", "groovy.sql", "java.sql", "DriverManager")


def read(call: Call) -> None:
    options = parse(call.args, short="e:c:D:")
    if any(sign in text for text in options.values("e") for sign in SIGNS):
        call.effect("unread-program")
