"""clojure, read as clj."""

from orchestrator.gate.programs.clj import read

__all__ = ["read"]
