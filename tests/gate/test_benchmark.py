"""The benchmark of the gate runs and says what it measured; its bars are for a quiet machine."""

from __future__ import annotations

import json
import subprocess
import sys

from launcher_process import ROOT

from benchmarks import gate


def test_the_benchmark_measures_every_process_and_part():
    argv = [sys.executable, "-m", "benchmarks.gate", "--rounds", "2", "--json"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, check=False)
    report = json.loads(done.stdout)
    assert report["processes"].keys() >= {gate.SHELL, gate.INTERPRETER, *gate.COMMANDS}
    assert all(row["min_ms"] > 0 for row in report["processes"].values())
    assert done.returncode == (1 if report["missed"] else 0)


def test_a_missed_bar_is_named():
    fast, slow = {"median_ms": 1.0, "cpu_ms": 1.0}, {"median_ms": 3.0, "cpu_ms": 1.0}
    figures = {gate.SHELL: fast, gate.SIMPLE: slow, gate.INTERPRETER: fast, gate.DATABASE: fast}
    (missed,) = gate.missed(figures)
    assert missed == "hook: git status takes 3.00 times sh -c : in median_ms, 2 are allowed"
