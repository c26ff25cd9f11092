"""snowsql is the client of Snowflake."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "accountname username dbname schemaname rolename warehouse host port region mfa-passcode query filename "
    "connection variable option config private-key-path authenticator"
)


def read(call: Call) -> None:
    found = parse(call.args, "a:u:d:s:r:w:h:p:m:q:f:c:D:o:P", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "snowflake", found.values("q", "query"), found.values("f", "filename"))
