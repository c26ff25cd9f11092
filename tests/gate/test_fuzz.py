"""A small run of `python -m benchmarks.fuzz`, and proof that it finds a gate that is broken."""

from __future__ import annotations

from benchmarks import fuzz
from orchestrator.gate.shell import wrappers
from orchestrator.gate.sql import judge as sql


def test_mutated_input_neither_crashes_nor_loosens_the_gate():
    found = fuzz.batch(0, seed=20260101, size=1500)
    assert found.failures == []
    assert found.judged > found.inputs == 1500


def test_the_same_seed_gives_the_same_inputs():
    assert fuzz.batch(1, seed=5, size=200).judged == fuzz.batch(1, seed=5, size=200).judged


def test_a_crash_is_found(monkeypatch):
    monkeypatch.setattr(sql, "effects", lambda *_: 1 / 0)
    assert any(claim.startswith("crash: ZeroDivisionError") for claim, _, _ in fuzz.batch(0, seed=1, size=300).failures)


def test_a_wrapper_that_loosens_is_found(monkeypatch):
    monkeypatch.setattr(
        wrappers, "TABLE", {name: (short, long, 99) for name, (short, long, _) in wrappers.TABLE.items()}
    )
    assert any("loosens" in claim for claim, _, _ in fuzz.batch(0, seed=1, size=1500).failures)
