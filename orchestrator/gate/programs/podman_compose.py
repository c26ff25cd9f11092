"""podman-compose has the command line of docker-compose."""

from __future__ import annotations

from orchestrator.gate.programs.docker_compose import read

__all__ = ["read"]
