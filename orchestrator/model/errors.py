"""The exception tree, drawn once:

OrchestrateError                  message, detail, hint, exit_code
├── UsageError          exit 2    the words, a file or a configuration value is wrong
├── CouldNotFindOut     exit 3    no server, no connection, a timeout, a full disk: nothing was learnt
│   └── NoAgentFits     exit 3    no agent is meant for this task
├── ProofFailed         exit 1    the check ran and the claim does not hold
└── NeedsApproval       exit 4    a person has to say yes first

Messages follow the PostgreSQL style: one factual lower-case line without a full stop, then a detail and a hint.
"""

from __future__ import annotations


class OrchestrateError(Exception):
    """An expected failure. The command line prints it once, without a traceback, and leaves with `exit_code`."""

    exit_code = 70

    def __init__(self, message: str, *, detail: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
        self.hint = hint

    def as_json(self) -> dict[str, object]:
        return {"message": self.message, "detail": self.detail, "hint": self.hint, "exit_code": self.exit_code}


class UsageError(OrchestrateError):
    exit_code = 2


class CouldNotFindOut(OrchestrateError):
    exit_code = 3


class NoAgentFits(CouldNotFindOut):
    pass


class ProofFailed(OrchestrateError):
    exit_code = 1


class NeedsApproval(OrchestrateError):
    exit_code = 4
