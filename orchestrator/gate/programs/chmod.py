"""chmod, chown, chgrp, chattr: files of which something other than the content changes."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = [word for word in call.args if not word.startswith("--") and word not in ("-R", "-v", "-f", "-c", "-h")]
    # The first word is the mode or the owner, unless a file gives it.
    for path in words if parse(call.args).has("reference") else words[1:]:
        call.changed(path)
    call.output("")
