# Two commands need nothing but Python 3.11 or newer: make run, make test. Everything they install stays in .venv.

SHELL := /bin/sh
.SUFFIXES:
.DELETE_ON_ERROR:
# Two targets never install into .venv at the same time, whatever -j says.
.NOTPARALLEL:
.PHONY: help run test lint check docs bench bench-gate bench-route words fuzz-gate clean FORCE

SCRIPTS := hooks/gate hooks/contract bin/orchestrate
TASK ?= optimize hybrid search
export TASK

USABLE := import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))
INSTALL := .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --root-user-action=ignore
# An environment whose Python is gone, after an upgrade of the system, is made anew.
BROKEN := $(shell .venv/bin/python -c "import pip" 2>/dev/null || echo FORCE)

help:
	@echo 'make run     the demo: optimise a hybrid search; TASK="..." make run does another task'
	@echo 'make test    the tests'
	@echo 'make check   format, lint, types, imports, docs and the tests, as in CI'
	@echo 'make docs    write docs/reference.md and docs/gate.md anew'
	@echo 'make bench   latency, recall and build time for three sizes of the demo'
	@echo 'make bench-gate  what the hooks cost at each tool call, beside a bare Python'
	@echo 'make bench-route  tasks a second and time to the first answer, with 3 and with 500 agents'
	@echo 'make words   what single words say to the router, learned anew from its labelled examples'
	@echo 'make fuzz-gate   a million mutated inputs: no crash, nothing open, nothing loosened'
	@echo 'make clean   remove .venv, demo/ and the caches'

run: .venv/ready
	@mkdir -p demo
	@.venv/bin/orchestrate "$$TASK" --project demo

test: .venv/ready-dev
	@.venv/bin/python -m pytest

check: lint test

lint: .venv/ready-dev
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m ruff check .
	.venv/bin/python -m mypy
	.venv/bin/lint-imports
	.venv/bin/shellcheck $(SCRIPTS)
	.venv/bin/shfmt -d -i 2 -ci $(SCRIPTS)
	.venv/bin/python docs/reference.py --check
	.venv/bin/python docs/gate.py --check

docs: .venv/ready-dev
	@.venv/bin/python docs/reference.py
	@.venv/bin/python docs/gate.py

bench: .venv/ready-dev
	@.venv/bin/python -m benchmarks.demo

bench-gate: .venv/ready-dev
	@.venv/bin/python -m benchmarks.gate

bench-route: .venv/ready-dev
	@.venv/bin/python -m benchmarks.route

words: .venv/ready-dev
	@$(INSTALL) -e '.[learn]'
	@.venv/bin/python -m orchestrator.router.learn

fuzz-gate: .venv/ready-dev
	@.venv/bin/python -m benchmarks.fuzz

clean:
	rm -rf .venv demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made: $(BROKEN)
	@found=; for each in "$$PYTHON" python3.14 python3.13 python3.12 python3.11 python3; do \
	  if [ -n "$$each" ] && "$$each" -c '$(USABLE)' 2>/dev/null; then found=$$each; break; fi; \
	done; \
	if .venv/bin/python -c 'import pip; $(USABLE)' 2>/dev/null; then :; \
	elif [ -n "$$found" ]; then echo "making .venv with $$("$$found" --version)" >&2; "$$found" -m venv --clear .venv; \
	else \
	  echo 'error: no Python 3.11 or newer with the modules venv and ensurepip was found' >&2; \
	  echo 'hint: Install one (Debian and Ubuntu: apt-get install python3 python3-venv), or run PYTHON=/path/to/python3 make run.' >&2; \
	  exit 1; \
	fi
	@touch $@

.venv/ready: .venv/made pyproject.toml
	@echo 'installing pgwright into .venv, once' >&2
	@$(INSTALL) -e .
	@touch $@

.venv/ready-dev: .venv/made pyproject.toml
	@echo 'installing pgwright and its test tools into .venv, once' >&2
	@$(INSTALL) -e '.[dev]'
	@touch .venv/ready $@

FORCE:
