"""sqldef: brings a database to the schema that it reads."""

from __future__ import annotations

from orchestrator.gate.migration import scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUES = (
    "-U --user -W --password -h --host -p --port -P -S --socket -f --file --before-apply --config --config-inline "
    "--ssl-mode --ssl-ca --skip-file"
)


def read(call: Call) -> None:
    line = scan(call.args, VALUES)
    if line.asks_for_help() or line.given("--dry-run", "--export") or not line.operands:
        return
    call.effect("push-schema")
