"""Settings of Claude Code that keep the hooks from starting."""

from __future__ import annotations

import json

from orchestrator.cli import gate_hook
from orchestrator.cli.doctor_checks import Check, Result, Subject, Trouble, judged, problem, warning


def call(subject: Subject) -> Result:
    troubles: list[Trouble] = []
    read = []
    for path in gate_hook.settings_files(subject.project):
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            troubles.append(warning(f"{path} cannot be read, so the client passes it over: {error}", "Mend the file."))
        else:
            read.append(str(path))
    troubles += [
        problem(f"{error.message}: {error.detail.lower().rstrip('.')}", error.hint)
        for error in gate_hook.switched_off(subject.project)
    ]
    facts = [f"read {', '.join(read)}" if read else "there is no settings file"]
    return judged(facts if troubles else ["nothing switches the hooks off", *facts], troubles)


CHECK = Check(id="settings", title="settings of Claude Code", order=50, deadline_s=10, call=call)
