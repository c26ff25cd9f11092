"""Bundler: `bundle exec` starts a program of the project's gems."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("exec e", "--gemfile --retry")
